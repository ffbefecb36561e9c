package read

import (
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// leadIsOurs reports that the headline or the lead speaks of talks and names a
// side of them.
func (r *reader) leadIsOurs() bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 {
			break
		}
		if r.talksNear(s) && r.sides(s.p, s.from, s.to) > 0 {
			return true
		}
	}
	return false
}

// tied reports that sanctions have to do with talks: their sentence or the
// beginning of the item speaks of these.
func (r *reader) tied(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 6 && s != e.s {
			break
		}
		for k := s.from; k < s.to; k++ {
			if c := s.p.cues[k]; c != nil && c.classes.any(of(cTalks, cDeal, cMediating)) || s.p.is(k, aDispute) && c != nil && c.classes.any(of(cMeeting, cDelegation)) {
				return true
			}
		}
	}
	return false
}

func sanctions(k news.Kind) bool { return k == news.SanctionsImposed || k == news.SanctionsEased }

// titleSides counts the sides that the headline names.
func (r *reader) titleSides() int {
	return r.sides(&r.title, 0, len(r.title.t.Tokens))
}

// anchored reports that an event far down stands on its own: a side is named in
// its sentence or the one before, or headline and lead are about talks.
func (r *reader) anchored(e *event) bool {
	if r.sides(e.s.p, e.s.from, e.s.to) > 0 {
		return true
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order == e.s.order-1 && r.sides(s.p, s.from, s.to) > 0 || s.order <= 1 && r.talksNear(s) && r.sides(s.p, s.from, s.to) > 0 {
			return true
		}
	}
	return false
}

// asks reports a sentence that ends in a question mark.
func (s *sentence) asks() bool {
	t := s.p.t
	rest := t.Plain[t.Tokens[s.to-1].End:]
	if s.to < len(t.Tokens) {
		rest = t.Plain[t.Tokens[s.to-1].End:t.Tokens[s.to].Start]
	}
	return strings.ContainsAny(rest, "?؟")
}

// otherSubject reports why an item as a whole is none of ours.
func (r *reader) otherSubject() string {
	t := &r.title
	n := len(t.t.Tokens)
	if r.digest {
		return ""
	}
	if n > 0 {
		if q := t.cues[0]; q != nil && q.classes.has(cOpinion) && t.t.Tokens[0].Norm != "live" && opinionHead(t) {
			return "comment or background, by its headline"
		}
	}
	for k := 0; k < n; k++ {
		if t.is(k, aMemory) || t.t.Tokens[k].Norm == "explained" && (k == n-1 || t.t.Tokens[k].Gap&text.Comma != 0) {
			return "comment or background, by its headline"
		}
	}
	for k := 1; k < n; k++ { // "Ten years on: …", "… : a look back"
		q := t.cues[k]
		if q == nil || !q.classes.has(cOpinion) {
			continue
		}
		switch t.t.Tokens[k].Norm {
		case "كيوں", "كيسے", "كيسي", "چرا", "چگونه":
			if r.verbLast {
				return "comment or background, by its headline"
			}
		case "years", "anniversary", "lookback", "look":
			return "comment or background, by its headline"
		}
	}
	return ""
}

// opinionHead reports a headline that announces comment: "Opinion: …",
// "Why …", "TIMELINE - …".
func opinionHead(t *part) bool {
	switch t.t.Tokens[0].Norm {
	case "why", "how", "what", "who", "if", "pourquoi", "comment", "por", "почему", "как", "لماذا", "كيف", "چرا", "چگونه", "كيوں":
		return true
	}
	end := int(t.cues[0].length)
	if end == len(t.t.Tokens) {
		return true // "Corrections and clarifications"
	}
	return end < len(t.t.Tokens) && t.t.Tokens[end].Gap&(text.Colon|text.Dash|text.Ellipsis) != 0
}

// speaksOfTalks reports whether the item uses the words of our subject at all.
func (r *reader) speaksOfTalks() bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order >= 6 {
			break
		}
		for k := s.from; k < s.to; k++ {
			if c := s.p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting, cDeal, cProposal, cHold)) {
				return true
			}
		}
	}
	return false
}

// why chooses the reason of a silence: that of the strongest event that was
// discarded.
func (r *reader) why(reasons map[string]float32) string {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order < 4 && s.p.count(s.from, s.to, cNoDate) > 0 {
			return "says only that there is no date, or nothing to say"
		}
	}
	best, score := "", float32(-1)
	for k, v := range reasons {
		if v > score || v == score && k < best {
			best, score = k, v
		}
	}
	if best == "" && r.speaksOfTalks() {
		return "speaks of talks but reports nothing new"
	}
	return best
}

// unfit reports why an event is not one between states or armed or political
// parties.
func (r *reader) unfit(e *event) string {
	p := e.s.p
	if r.retold(e) {
		return "background: a story of years ago"
	}
	if c := r.alien(e); c != "" {
		return c
	}
	if why := r.longAgo(e); why != "" {
		return why
	}
	if why := r.pastime(e); why != "" {
		return why
	}
	if r.byAnalyst(e) {
		return "said by somebody who has no part in it"
	}
	if e.verdict.may && len(r.datesOf(e, nil)) == 0 {
		return "only possible, and nobody names a date"
	}
	if p.count(e.s.from, e.s.to, cNoDate) > 0 && (e.kind == news.TalksScheduled || e.kind == news.Atmosphere) && len(r.datesOf(e, nil)) == 0 {
		return "says only that there is no date, or nothing to say"
	}
	if sanctions(e.kind) && r.english && !r.tied(e) {
		return "sanctions that nothing ties to talks"
	}
	if strings.HasPrefix(string(e.kind), "talks-") && p.count(e.s.from, e.s.to, cNoDate) > 0 && e.s.p.title && len(r.datesOf(e, nil)) == 0 {
		return "says only that there is no date, or nothing to say"
	}
	if e.kind == news.MessageConveyed && r.sides(p, e.s.from, e.s.to) == 0 {
		return "names fewer than two sides"
	}
	n := r.negotiation(e)
	if n == nil && e.kind != news.SanctionsImposed && e.kind != news.SanctionsEased && p.count(e.s.from, e.s.to, cBusiness)+p.count(e.s.from, e.s.to, cPrivate) > 0 {
		return "business or labour, not politics"
	}
	if n == nil && e.kind != news.MediationOffered && max(r.sides(p, e.s.from, e.s.to), r.titleSides()) < 2 {
		return "names fewer than two sides"
	}
	if n == nil && r.actorsAround(e) < 2 {
		return "names fewer than two sides"
	}
	if e.s.order >= 3 && n == nil && r.sides(p, e.s.from, e.s.to) < 2 {
		return "names fewer than two sides"
	}
	if e.s.order >= 3 && !r.leadIsOurs() {
		// a story about something else: what it says of talks far down is news
		// only when somebody is named who says so
		if u := r.speaker(e); !u.found && !u.joint && !u.anon || r.sides(p, e.s.from, e.s.to) == 0 {
			return "far down in another story, and nobody stands by it"
		}
	}
	if e.s.order >= 4 && !r.anchored(e) {
		return "far down, and no side stands by it"
	}
	if e.s.asks() {
		return "a question"
	}
	return ""
}

// longAgo reports that the sentence dates what happened back more than a
// fortnight, and so recalls it.
func (r *reader) longAgo(e *event) string {
	if r.today == "" || e.verdict.mood != happened || e.kind == news.TalksScheduled || e.kind == news.TalksPostponed || e.kind == news.Denial || e.kind == news.ViolationAlleged {
		return ""
	}
	p := e.s.p
	for _, d := range p.datesIn(e.s.from, e.s.to) {
		if far := abs(d.First - e.trigger); d.To == 0 || far > 9 && !(hasYear(d.Span) && far < 30) {
			continue
		}
		if d.First > e.trigger && !r.bound(e.s, e.trigger, &d) {
			continue
		}
		days := 14
		if e.s.order >= 2 && (e.kind == news.TalksEnded || e.kind == news.TalksStarted) {
			days = 3 // far down, what was last week is background
		}
		if d.Granularity != dates.Deadline && !within(d.To.String(), r.today, days) && d.To.String() < r.today {
			return "background: it is dated " + d.Span
		}
	}
	return ""
}

// pastime reports sport by a word that means nothing else, and meetings at which
// nothing is negotiated: receptions, exhibitions, courtesy calls.
func (r *reader) pastime(e *event) string {
	p := e.s.p
	sport, routine := p.marked(e.s.from, e.s.to, aSureSport), p.marked(e.s.from, e.s.to, aRoutine)
	own := routine
	if !r.digest {
		for i := range r.sentences {
			if s := &r.sentences[i]; s != e.s && s.order <= 4 {
				if s.order <= 1 || abs(s.order-e.s.order) <= 1 {
					sport += s.p.marked(s.from, s.to, aSureSport)
				}
				routine += s.p.marked(s.from, s.to, aRoutine)
			}
		}
	}
	n := r.negotiation(e)
	switch {
	case sport > 0:
		return "sport"
	case p.marked(e.s.from, e.s.to, aSureFiction)+r.title.marked(0, len(r.title.t.Tokens), aSureFiction) > 0:
		return "a game or a simulation"
	case n == nil && routine > 0 && r.peaceful(e):
		return "a visit or a ceremony, at which nothing is negotiated"
	case !strings.HasPrefix(string(e.kind), "talks-") && e.kind != news.Atmosphere:
	case own >= 2, routine >= 2 && r.plain(e):
		return "a visit or a ceremony, at which nothing is negotiated"
	}
	return ""
}

// peaceful reports that nothing in the headline and the lead speaks of a
// dispute or of talks about one.
func (r *reader) peaceful(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order <= 2 && s.p.marked(s.from, s.to, aDispute) > 0 || s.order <= 2 && s.p.count(s.from, s.to, cMediating) > 0 {
			return false
		}
	}
	return e.s.p.marked(e.s.from, e.s.to, aDispute) == 0
}

// plain reports that an event's sentence has no word that only negotiations have.
func (r *reader) plain(e *event) bool {
	p := e.s.p
	for k := e.s.from; k < e.s.to; k++ {
		if q := p.cues[k]; q != nil && q.classes.any(of(cDeal, cMediating, cRoundWord, cProposal, cGap)) || q != nil && !r.english && q.classes.has(cReach) {
			return false
		}
	}
	return true
}

// byAnalyst reports that only watchers say it: analysts, historians, traders.
func (r *reader) byAnalyst(e *event) bool {
	p := e.s.p
	if k := r.title.t; e.s.order <= 1 && len(k.Tokens) > 1 && r.title.has(0, cAnalyst) && k.Tokens[1].Gap&text.Colon != 0 { // "Lawmaker: …"
		return true
	}
	if p.marked(e.s.from, e.s.to, aPoll) > 0 {
		return true
	}
	if e.verdict.may && e.s.order <= 2 { // "may meet, analysts say": and so the lead
		for k := range r.title.t.Tokens {
			if r.title.has(k, cAnalyst) {
				return true
			}
		}
	}
	for k := e.s.from; k < e.s.to; k++ {
		if p.has(k, cAnalyst) {
			for j := max(e.s.from, k-4); j < min(e.s.to, k+8); j++ {
				if p.has(j, cAccordingTo) || p.has(j, cSaid) && (j < k && k-j <= 3 || p.reaches(k+1, j)) {
					return true
				}
			}
		}
	}
	return false
}

// alien reports a subject that borrows the words of negotiation: sport,
// business, fiction, domestic politics.
func (r *reader) alien(e *event) string {
	p := e.s.p
	if !(r.title.classes | r.text.classes).any(of(cSport, cBusiness, cFiction, cDomestic)) {
		return ""
	}
	known := r.sides(p, e.s.from, e.s.to) >= 2 && r.negotiation(e) != nil
	if n := r.negotiation(e); !r.english && n != nil && len(n.Parties) == 0 {
		known = true // the process itself is named
	}
	pair := r.sides(p, e.s.from, e.s.to) >= 2
	for _, a := range [...]struct {
		c   class
		why string
	}{
		{cSport, "sport"}, {cBusiness, "business or labour, not politics"}, {cFiction, "culture or history, not news of a negotiation"}, {cDomestic, "domestic politics"},
	} {
		in := p.count(e.s.from, e.s.to, a.c)
		title, all := 0, in
		if !r.digest {
			title = r.title.count(0, len(r.title.t.Tokens), a.c)
		}
		for i := range r.sentences {
			s := &r.sentences[i]
			if s == e.s || s.order > 8 || r.digest && !sameParagraph(s, e.s) {
				continue
			}
			all += s.p.count(s.from, s.to, a.c)
		}
		alien := false
		switch a.c {
		case cSport:
			alien = all >= 3 || in >= 1 && all >= 2 || title >= 1 && all >= 2
		case cFiction:
			alien = in >= 2 || in >= 1 && all >= 2 || title >= 1 && all >= 2 || all >= 4 || !r.english && in >= 1 && e.s.p.title && !known
		case cBusiness:
			alien = !known && (in >= 2 || in >= 1 && title >= 1 || all >= 4 && title >= 1) || !pair && in >= 1 && all >= 2 ||
				title >= 1 && all >= 2 && r.titleSides() == 0 && (r.english || !known) || p.commerce(e.s.from, e.s.to) >= 2 && title >= 1
			alien = alien && !(sanctions(e.kind) && r.sanctionsNear(e) && r.tied(e)) // they are laid on firms
		case cDomestic:
			alien = !known && (in >= 2 || in >= 1 && title >= 1 || all >= 4 && title >= 1) || !pair && title >= 1 && all >= 2
		}
		if alien {
			return a.why
		}
	}
	return ""
}

// sanctionsNear reports that an event's sentence or the lead calls sanctions by
// their name.
func (r *reader) sanctionsNear(e *event) bool {
	if e.s.p.sanctioned(e.trigger) {
		return true
	}
	for i := range r.found {
		if o := &r.found[i]; o.kind == e.kind && o.because == "" && o.s.order <= 1 && o.s.p.sanctioned(o.trigger) {
			return true
		}
	}
	return false
}

// commerce counts the words of tokens [from,to) that speak of firms and labour.
func (p *part) commerce(from, to int) int {
	n := 0
	for k := from; k < to; k++ {
		if p.has(k, cBusiness) || p.has(k, cPrivate) {
			n++
		}
	}
	return n
}

// sameParagraph reports whether two sentences stand in one paragraph.
func sameParagraph(a, b *sentence) bool {
	return a.p == b.p && a.p.t.Tokens[a.from].Paragraph == b.p.t.Tokens[b.from].Paragraph
}

// actorsAround counts the actors in the event's sentence, the title and the lead.
func (r *reader) actorsAround(e *event) int {
	n := 0
	for _, id := range r.order {
		if r.present(e, id) >= 2 {
			n++
		}
	}
	return n
}
