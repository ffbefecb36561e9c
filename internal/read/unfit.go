package read

import (
	"slices"
	"strings"

	"parley/internal/actors"
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
	return strings.IndexByte(rest, '?') >= 0 || strings.Contains(rest, "؟")
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
	if q := t.lastCue(); q != nil && q.length > 1 && q.classes.has(cOpinion) {
		return "comment or background, by its headline" // "… at a glance"
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

// lastCue returns the cue with which the part ends.
func (p *part) lastCue() *cue {
	for k := len(p.cues) - 1; k >= 0 && k >= len(p.cues)-4; k-- {
		if q := p.cues[k]; q != nil {
			if k+int(q.length) == len(p.t.Tokens) {
				return q
			}
			return nil
		}
	}
	return nil
}

// opinionHead reports a headline that announces comment: "Opinion: …",
// "Why …", "TIMELINE - …".
func opinionHead(t *part) bool {
	switch t.t.Tokens[0].Norm {
	case "why", "how", "what", "who", "if", "suppose", "imagine", "whatever", "pourquoi", "comment", "por", "почему", "как", "لماذا", "كيف", "چرا", "چگونه", "كيوں":
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
		if s.classes.any(of(cTalks, cMeeting, cDeal, cProposal, cHold)) {
			return true
		}
	}
	return false
}

// why chooses the reason of a silence: best is that of the strongest event that was
// discarded, empty if none was.
func (r *reader) why(best string) string {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order < 4 && s.classes.has(cNoDate) {
			return "says only that there is no date, or nothing to say"
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
	if why := r.ofGenre(e); why != "" {
		return why
	}
	if why := r.byTheWay(e); why != "" {
		return why
	}
	if r.betOn(e) {
		return "what markets hope for"
	}
	if r.declined(e) {
		return "negated"
	}
	if e.instead && e.kind != news.MediationOffered && !r.ofParty(e) {
		return "names fewer than two sides"
	}
	if r.byAnalyst(e) || r.applauds(e) {
		return "said by somebody who has no part in it"
	}
	if r.english && !p.title && p.mediumSaid(e.s) {
		return "what a paper had told, which somebody answers"
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
	if r.english && e.kind == news.TalksScheduled && p.nextWord(max(e.s.from, e.arg-4), e.arg, "possible", "potential", "eventual") < e.arg && len(r.datesOf(e, nil)) == 0 {
		return "only possible, and nobody names a date" // "village prepares for possible US-Iran meeting"
	}
	over := r.english && (e.kind == news.TalksEnded || e.kind == news.TalksSuspended) && e.verdict.mood == happened && p.next(e.s.from, e.trigger, of(cNoDate)) == e.trigger // "talks over, no plan for fourth round"
	if strings.HasPrefix(string(e.kind), "talks-") && !over && p.count(e.s.from, e.s.to, cNoDate) > 0 && e.s.p.title && len(r.datesOf(e, nil)) == 0 {
		return "says only that there is no date, or nothing to say"
	}
	if e.kind == news.MessageConveyed && r.sides(p, e.s.from, e.s.to) == 0 {
		return "names fewer than two sides"
	}
	if r.english && salience(e.kind) < .6 && !r.ofTalks(e) {
		return "a mood or a gap, but not of talks"
	}
	if r.english && !r.negotiating(e) {
		return "nothing ties it to a negotiation"
	}
	n := r.negotiation(e)
	if n == nil && e.kind != news.SanctionsImposed && e.kind != news.SanctionsEased && p.business(e.s) {
		return "business or labour, not politics"
	}
	if n == nil && e.kind != news.MediationOffered && max(r.sides(p, e.s.from, e.s.to), r.titleSides()) < 2 {
		return "names fewer than two sides"
	}
	if n == nil && r.english && (e.kind == news.TalksStarted || e.kind == news.TalksEnded || e.kind == news.TalksScheduled) && !r.conflict(e) && !r.brokered(e) && !r.overTrade(e) {
		return "a visit or a ceremony, at which nothing is negotiated"
	}
	if n == nil && r.english && (e.kind == news.AgreementSigned || e.kind == news.AgreementReached || strings.HasPrefix(string(e.kind), "talks-") && e.arg == e.trigger) && !r.disputed(e) {
		return "states at work together, with nothing between them to negotiate"
	}
	if n == nil && r.english && e.kind == news.AgreementSigned && strings.HasPrefix(p.t.Tokens[e.trigger].Norm, "ratif") {
		return "states at work together, with nothing between them to negotiate"
	}
	if n == nil && r.english && e.kind == news.MessageConveyed && !r.disputed(e) && !r.speaksOfTalks() {
		return "states at work together, with nothing between them to negotiate"
	}
	if n == nil && strings.HasPrefix(string(e.kind), "talks-") && r.ownMeeting(e) {
		return "an organisation's own meeting"
	}
	if n == nil && r.actorsAround(e) < 2 {
		return "names fewer than two sides"
	}
	if e.s.order >= 3 && n == nil && r.sides(p, e.s.from, e.s.to) < 2 {
		return "names fewer than two sides"
	}
	follows := (e.sequel || r.english && e.kind == news.TalksScheduled && e.s.order <= 6) && r.toldInLead(e)
	if e.s.order >= 3 && !follows && !r.leadIsOurs() {
		// a story about something else: what it says of talks far down is news
		// only when somebody is named who says so
		if u := r.speaker(e); !u.found && !u.joint && !u.anon || r.sides(p, e.s.from, e.s.to) == 0 {
			return "far down in another story, and nobody stands by it"
		}
	}
	if r.english && e.s.order >= 1 && strings.HasPrefix(string(e.kind), "talks-") && len(r.title.t.Tokens) > 0 && r.otherHeadline(n) {
		if u := r.speaker(e); !u.found && !u.joint && !u.anon {
			return "the headline is about something else, and nobody stands by it"
		}
	}
	if e.s.order >= 4 && !follows && !r.anchored(e) {
		return "far down, and no side stands by it"
	}
	if e.s.asks() {
		return "a question"
	}
	if !follows && r.buried(e) {
		return "far down in another story, and nobody stands by it"
	}
	if r.unowned(e) {
		return "nobody says or does it, and the item is not about it"
	}
	return ""
}

// negotiating reports that the event's sentence, the headline or the lead has a
// word that only negotiations have: "demand", "meeting" and "deal" are everybody's.
func (r *reader) negotiating(e *event) bool {
	if r.sides(e.s.p, e.s.from, e.s.to) >= 2 || e.s.order > 0 && e.s.order <= 2 && r.titleSides() >= 2 {
		return true
	}
	if n := r.negotiation(e); n != nil {
		if r.english && r.ofMinister(e.s) && r.homeSide(e, n) != "" {
			return true // "the economy minister and his American counterpart signed the pact", in Tokyo
		}
		if len(n.Parties) == 0 && (strings.HasPrefix(string(e.kind), "talks-") || (e.kind == news.AgreementReached || e.kind == news.ProposalAccepted) && e.s.order <= 1) {
			return true // the process is its own subject
		}
		if e.s.p.title && r.english && e.kind == news.TalksScheduled && r.calledByName(n) && countIn(r.title.who, n.Mediators) > 0 {
			return true // "UN: leaders to meet on Thursday at Ledra Palace"
		}
		if e.s.p.title && r.english && len(n.Parties) == 2 && r.present(e, n.Parties[0]) >= 2 && r.present(e, n.Parties[1]) >= 2 && r.armed(n) {
			return true // "cabinet backs Gaza deal", and the lead names both
		}
		for _, id := range n.Parties {
			if _, kind, ok := r.actors.Title(id); ok && kind != actors.State && r.present(e, id) >= 3 {
				return true // who fights has nothing else to settle
			}
		}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 && abs(s.order-e.s.order) > 1 {
			continue
		}
		if s.marks&(aDispute|aMediate|aDiplomatic) != 0 || s.classes.any(of(cTalks, cMediating, cRoundWord, cIndirect)) {
			return true
		}
	}
	return false
}

// ofMinister reports a sentence that names somebody who negotiates for a state.
func (r *reader) ofMinister(s *sentence) bool {
	return slices.ContainsFunc(s.p.whoIn(s.from, s.to), func(w who) bool {
		return w.person && (strings.HasSuffix(w.office, "minister") || w.office == "president" || w.office == "negotiator" || w.office == "envoy")
	})
}

// ofTalks reports that what a sentence characterises may be talks: it, one
// beside it or the headline names some.
func (r *reader) ofTalks(e *event) bool {
	if r.english && r.betweenSides(e) {
		return true
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 && abs(s.order-e.s.order) > 1 {
			continue
		}
		if s.marks&(aDispute|aDiplomatic) != 0 || s.classes.any(of(cTalks, cMeeting, cRoundWord, cMediating, cDelegation)) {
			return true
		}
	}
	return false
}

// betweenSides reports that a mood or a gap is one between the two sides of a known
// negotiation, by a word that says so: "describes exchange with Baku as frank", "far
// apart on verification", "holds up their deal".
func (r *reader) betweenSides(e *event) bool {
	p, here := e.s.p, r.opponents(e.s.p.whoIn(e.s.from, e.s.to), false)
	if here && (e.s.classes.has(cDeal) || e.kind == news.Atmosphere && p.nearsDeal(e.s, e.trigger, e.end)) {
		return true
	}
	for k := e.s.from; k < e.s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "exchange", "exchanges", "conversation", "encounter", "apart", "positions":
			return here
		case "gap", "gaps", "sticking":
			return e.kind == news.GapsNamed && r.opponentsApart()
		}
	}
	return false
}

// business reports a word of trade or labour in a sentence, outside of what names
// somebody: "the security council secretary" is no councillor.
func (p *part) business(s *sentence) bool {
	for k := p.next(s.from, s.to, of(cBusiness, cPrivate)); k < s.to; k = p.next(k+1, s.to, of(cBusiness, cPrivate)) {
		if !slices.ContainsFunc(p.whoIn(max(s.from, k-8), k+1), func(w who) bool { return w.from <= k && k < w.to && w.person }) {
			return true
		}
	}
	return false
}

// ownMeeting reports that nobody is named to meet but an organisation: "NATO
// ministers gather in Helsinki, Finland's foreign ministry said".
func (r *reader) ownMeeting(e *event) bool {
	host, body := r.speaker(e).who.id, ""
	for i, list := range [...][]who{r.title.who, e.s.p.whoIn(e.s.from, e.s.to)} {
		p := [...]*part{&r.title, e.s.p}[i]
		for k, w := range list {
			if k > 0 && r.english && w.id != "" && list[k-1].id != "" && w.id != list[k-1].id && !w.place && !list[k-1].place && (p.listed(list[k-1].to, w.from) || w.from == list[k-1].to && p.t.Tokens[w.from].Gap == text.Hyphen) {
				return false // "Australia-EU trade talks", "Indonesia and the EU"
			}
			if w.id == "" || w.place || w.dateline || w.id == host || w.id == body {
				continue
			}
			if _, kind, ok := r.actors.Title(w.id); !ok || kind != actors.Organisation || body != "" {
				return false
			}
			body = w.id
		}
	}
	return body != ""
}

// otherHeadline reports a headline that speaks of no talks and names no party of n.
func (r *reader) otherHeadline(n *news.Negotiation) bool {
	t, end := &r.title, len(r.title.t.Tokens)
	if r.digest || t.count(0, end, cTalks)+t.count(0, end, cMeeting)+t.count(0, end, cDelegation)+t.count(0, end, cMediating)+t.count(0, end, cHold) > 0 {
		return false
	}
	for _, w := range t.who {
		if n == nil || slices.Contains(n.Parties, w.id) || slices.Contains(n.Mediators, w.id) {
			return false
		}
	}
	return true
}

// longAgo reports that the sentence dates what happened back more than a
// fortnight, and so recalls it.
func (r *reader) longAgo(e *event) string {
	if r.today == 0 || e.verdict.mood != happened || e.kind == news.TalksScheduled || e.kind == news.TalksPostponed || e.kind == news.Denial || e.kind == news.ViolationAlleged {
		return ""
	}
	p := e.s.p
	if r.english && e.s.order >= 3 && r.ofOtherYears(e.s) {
		return "background: it tells of other years"
	}
	if r.english && p.is(e.s.from, aPronoun) && e.s.at > 0 {
		if o := &r.sentences[e.s.at-1]; o.p == p {
			for _, d := range p.datesIn(o.from, min(o.to, o.from+5)) { // "On October 26 they met in Istanbul. They agreed on an exchange"
				if d.To != 0 && d.To < r.today && !within(d.To, r.today, 14) {
					return "background: it is dated " + d.Span
				}
			}
		}
	}
	if r.verbLast && e.s.order >= 2 && p.solarYearPast(e.s) {
		return "background: it tells of other years"
	}
	for _, d := range p.datesIn(e.s.from, e.s.to) {
		if far := abs(d.First - e.trigger); d.To == 0 || p.namesTruce(&d, e.s.to) || far > 9 && !(hasYear(d.Span) && far < 30) {
			continue
		}
		if d.First > e.trigger && !r.bound(e.s, e.trigger, &d) {
			continue
		}
		if d.First > e.trigger && p.sinceDate(&d) {
			continue // "une première depuis 2014"
		}
		days := 14
		if e.s.order >= 2 && (e.kind == news.TalksEnded || e.kind == news.TalksStarted) {
			days = 3 // far down, what was last week is background
		}
		if e.kind == news.MediationOffered {
			r.nextYear(&d) // to what somebody is invited is to come
		}
		if d.Granularity != dates.Deadline && !within(d.To, r.today, days) && d.To < r.today {
			return "background: it is dated " + d.Span
		}
	}
	return ""
}

// sinceDate reports that a date is only since when something had not been, in the languages
// that have one word for it.
func (p *part) sinceDate(d *dates.Mention) bool {
	for k := d.First - 1; k >= max(0, d.First-2); k-- {
		switch p.t.Tokens[k].Norm {
		case "depuis", "desde":
			return true
		case "since": // "the first time since 2019"
			if p.nextWord(max(0, k-5), k, "first") < k {
				return true
			}
		}
	}
	return false
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

// solarYearPast reports a year of the solar calendar that is over, by its number: "در سال
// ۱۴۰۴". It began in March 621 years later.
func (p *part) solarYearPast(s *sentence) bool {
	for k := s.from + 1; k < s.to; k++ {
		if t := &p.t.Tokens[k]; t.Flags&text.Number != 0 && len(t.Norm) == 4 && p.year > 0 && p.t.Tokens[k-1].Norm == "سال" {
			if y := atoi(t.Norm); y > 1300 && y < 1500 && y+622 < p.year+1 {
				return true
			}
		}
	}
	return false
}
