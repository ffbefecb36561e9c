package read

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// least is the score under which an event is not believed.
const least = .8

// assemble decides what of all that was found is news, and writes it down.
func (r *reader) assemble(out news.Reading) news.Reading {
	if why := r.otherSubject(); why != "" {
		if r.speaksOfTalks() || len(r.found) > 0 {
			return silent(out, why)
		}
		return out
	}
	var live []event
	reason, strongest := "", float32(-1) // of the strongest event that is discarded
	top, topmost := "", float32(-1)      // … of those in headline and lead
	for i := range r.found {
		e := &r.found[i]
		if e.because == "" {
			e.because = r.unfit(e)
		}
		if e.because == "" && e.score < least {
			e.because = "too faint: no clause says it clearly"
		}
		if e.because != "" {
			if v := max(0, e.score); v > strongest || v == strongest && e.because < reason {
				reason, strongest = e.because, v
			}
			if v := max(0, e.score); e.s.order <= 1 && (v > topmost || v == topmost && e.because < top) {
				top, topmost = e.because, v
			}
			continue
		}
		live = append(live, *e)
	}
	if len(live) == 0 {
		if e, ok := r.worded(top); ok {
			live = append(live, e)
		}
	}
	if len(live) == 0 {
		out.Echoes.Known = r.echoes()
		if why := r.why(reason); why != "" {
			return silent(out, why)
		}
		return out
	}
	slices.SortStableFunc(live, func(a, b event) int { return cmp.Compare(b.rank, a.rank) })
	r.reorder(live)
	live = r.byOpinion(live)
	// a headline that leads with mood or sticking points is about these, whatever
	// date it adds at its end
	for i := 1; i < len(live) && live[0].kind == news.TalksScheduled && live[0].s.p.title; i++ {
		if e := live[i]; salience(e.kind) < .6 && e.s == live[0].s && e.trigger < live[0].trigger {
			copy(live[1:i+1], live[:i])
			live[0] = e
			break
		}
	}
	if first := &live[0]; salience(first.kind) < .6 && first.score < 1.2 {
		return silent(out, "too faint: no clause says it clearly")
	}
	if why := r.readsAsNone(live); why != "" {
		out.Echoes.Known = r.echoes()
		for i := range live[:min(len(live), 2)] { // who has heard of it can tell
			out.Echoes.Known = append(out.Echoes.Known, r.development(&live[i], live))
		}
		return silent(out, why)
	}
	if len(live) > most/4 { // the weakest of a text that never ends add nothing
		live = live[:most/4]
	}
	seen := map[string]bool{}
	for i := range live {
		e := &live[i]
		n := r.negotiation(e)
		key := string(e.kind)
		if n != nil {
			key += " " + n.ID
		}
		if n != nil && seen[key] {
			continue
		}
		d := r.development(e, live)
		if i > 0 && !r.alsoNews(e, &live[0], &d, &out) {
			continue
		}
		if i > 0 && len(out.Developments) > 0 {
			r.sameVoice(&d, &out.Developments[0], n)
		}
		if n == nil {
			if key += " " + strings.Join(d.Parties, "+"); seen[key] {
				continue
			}
		}
		seen[key] = true
		if d.Kind == news.TalksPostponed && len(d.Dates) > 0 && i == 0 {
			// put off to a date is a new date as well
			next := d
			next.Kind = news.TalksScheduled
			next.Headline = r.headline(&next)
			out.Developments = append(out.Developments, d)
			if k := string(next.Kind) + strings.TrimPrefix(key, string(d.Kind)); !seen[k] {
				seen[k] = true
				out.Developments = append(out.Developments, next)
			}
			continue
		}
		out.Developments = append(out.Developments, d)
	}
	return out
}

// sameVoice gives a development that nobody is named for, or only by surname,
// the speaker of the primary one, who goes on speaking.
func (r *reader) sameVoice(d, first *news.Development, n *news.Negotiation) {
	if first.Speaker == nil || d.Certainty == news.Reported || n == nil || first.Negotiation == nil || *first.Negotiation != n.ID {
		return
	}
	switch {
	case d.Speaker == nil:
	case d.Speaker.Name != nil && first.Speaker.Name != nil && *d.Speaker.Name == *first.Speaker.Name: // nobody speaks for two sides
	case d.Speaker.Affiliation == nil && d.Speaker.Name != nil && first.Speaker.Name != nil && strings.Contains(*first.Speaker.Name, *d.Speaker.Name):
	default:
		return
	}
	d.Speaker = first.Speaker
	d.Headline = r.headline(d)
}

// agreedDeeds are what two sides have agreed to do, which is no talks.
var agreedDeeds = [...]string{"swap", "exchange", "handover", "transfer", "release", "repatriation", "flights", "convoys", "withdrawal"}

// alsoNews decides whether an event besides the primary one is reported as
// news too. What an item tells beside its news is mostly how it came about, so
// little is believed: what comes next, the mood, what still divides the sides,
// and another story.
func (r *reader) alsoNews(e, first *event, d *news.Development, out *news.Reading) bool {
	if e.kind == first.kind && e.s == first.s || len(out.Developments) >= 6 {
		return false
	}
	if told := &out.Developments[0]; e.kind == first.kind && d.Negotiation == nil && told.Negotiation != nil &&
		slices.EqualFunc(d.Dates, told.Dates, func(a, b news.Date) bool { return a.Start == b.Start && a.End == b.End }) {
		return false // the same once more, in a sentence that does not name whose talks they are
	}
	if !r.english && e.s == first.s && e.s.p.title {
		switch {
		case (e.kind == news.TalksEnded || e.kind == news.TalksStarted) && (first.kind == news.ProposalRejected || first.kind == news.MediationOffered || first.kind == news.ProposalMade), // "отклонил предложение провести встречу"
			e.kind == news.AgreementReached && (first.kind == news.TalksStarted || first.kind == news.TalksScheduled): // "talks on a longer truce begin"
			return false
		}
	}
	if r.negotiation(e) != r.negotiation(first) {
		return e.score >= 1.2 && !(salience(e.kind) < .6)
	}
	switch e.kind {
	case news.TalksScheduled: // not the same meeting again
		if e.s.p.elsewhere(e) || r.ofOthers(e) {
			return false
		}
		if e.sequel {
			return len(d.Dates) > 0
		}
		if e.s == first.s && first.kind == news.TalksPostponed || e.s.p.count(e.s.from, e.s.to, cPostpone)+e.s.p.count(e.s.from, e.s.to, cCancel) > 0 {
			return false
		}
		switch first.kind {
		case news.Denial:
			return e.s != first.s && len(d.Dates) > 0 && e.s.p.count(e.s.from, e.s.to, cDeny) == 0
		case news.TalksStarted: // "the two will meet again on Thursday"
			return e.s != first.s && e.s.order > 0 && len(d.Dates) > 0 && e.s.p.furtherMeeting(e)
		case news.TalksCancelled, news.Ultimatum:
			return false
		case news.TalksSuspended: // how long they were to last is no new round
			if len(d.Dates) == 0 {
				return false
			}
		case news.ProposalRejected: // the date that is turned down is no date
			if e.s == first.s {
				return false
			}
		case news.MediationOffered: // "invites both to Jeddah on June 10" offers, and sets nothing
			offers := slices.ContainsFunc(r.found, func(o event) bool { return o.kind == news.MediationOffered && o.s == e.s })
			return len(d.Dates) > 0 && e.score >= 1.2 && !offers && !(r.english && e.s.p.count(e.s.from, e.s.to, cOffer)+e.s.p.count(e.s.from, e.s.to, cWant) > 0)
		case news.TalksPostponed, news.AgreementReached, news.AgreementSigned, news.ProposalAccepted:
			return len(d.Dates) > 0 && e.score >= 1.2 && !(r.english && e.s.p.nextWord(e.s.from, e.trigger, agreedDeeds[:]...) < e.trigger)
		}
		return e.score >= 1.2 || len(d.Dates) > 0 && e.score >= .9
	case news.Atmosphere, news.GapsNamed:
		if e.kind == news.Atmosphere && d.Speaker != nil && d.Speaker.Role == news.Other && e.s != first.s {
			return false // "Germany's environment minister called it good news"
		}
		switch first.kind {
		case news.TalksEnded, news.TalksStarted, news.Atmosphere, news.GapsNamed, news.AgreementReached, news.TalksSuspended, news.TalksScheduled:
			return e.score >= .9
		}
		return false
	}
	// two things at once, told in one breath: "calls off talks, puts back tariffs"
	return e.s.p.title && e.s == first.s && apart(e.kind) != apart(first.kind) && first.kind != news.Denial && first.kind != news.Ultimatum && e.score >= 1.2
}

// elsewhere reports the meeting of a standing body that only stands beside the talks:
// "the agency's board meets next week".
func (p *part) elsewhere(e *event) bool {
	for k := e.trigger; k >= e.s.from && k >= e.trigger-4; k-- {
		switch p.t.Tokens[k].Norm {
		case "board", "parliament", "parliaments", "cabinet", "assembly", "congress", "senate", "knesset", "court":
			return true
		}
	}
	return false
}

// ofOthers reports a meeting that belongs to somebody who has no part in the talks: "an EU
// foreign ministers' meeting", "the next meeting of East African heads of state".
func (r *reader) ofOthers(e *event) bool {
	n, p := r.negotiation(e), e.s.p
	if n == nil || !r.english || e.s.order == 0 {
		return false
	}
	if e.s.order >= 2 && r.othersBusiness(e.s, e.s.from, e.trigger, n) && !slices.ContainsFunc(r.order, func(id string) bool { return !takesPart(n, id) && r.cued(e, id, cMediating) }) {
		return true
	}
	k := p.next(max(e.s.from, e.trigger-9), min(e.s.to, e.trigger+3), of(cMeeting))
	if k == min(e.s.to, e.trigger+3) {
		return false
	}
	for _, w := range p.whoIn(max(e.s.from, k-4), k) {
		if w.id != "" && !w.place && !w.dateline && !takesPart(n, w.id) && !r.cued(e, w.id, cMediating) && !r.cued(e, w.id, cHosting) {
			return true
		}
	}
	if k+2 < e.s.to && p.t.Tokens[k+1].Norm == "of" && r.sides(p, k, min(e.s.to, k+8)) == 0 {
		for j := k + 2; j < min(e.s.to, k+7); j++ {
			switch p.t.Tokens[j].Norm {
			case "heads", "bloc", "council", "board", "union", "cabinet", "parliament", "assembly":
				return true
			}
		}
	}
	return false
}

// furtherMeeting reports that an event's words tell it from the meeting that has begun: "again",
// "a further session".
func (p *part) furtherMeeting(e *event) bool {
	for k := max(e.s.from, e.trigger-6); k < min(e.s.to, e.end+4); k++ {
		switch w := p.t.Tokens[k].Norm; w {
		case "again", "another", "further":
			return p.english
		default:
			if p.english && (p.is(k, aNext) || nthWord(w)) {
				return true
			}
		}
	}
	return false
}

// apart groups kinds of which one text tells only one: a proposal is not also a
// message, nor its acceptance an agreement.
func apart(k news.Kind) int {
	switch k {
	case news.SanctionsImposed, news.SanctionsEased:
		return 1
	case news.TalksStarted, news.TalksEnded, news.TalksPostponed, news.TalksCancelled, news.TalksSuspended:
		return 2
	}
	return 3
}

// development writes an event down.
func (r *reader) development(e *event, same []event) news.Development {
	n := r.negotiation(e)
	mediators := r.mediatorsOf(e, n)
	d := news.Development{Kind: e.kind, Dates: r.datesOf(e, same)}
	if n != nil {
		id := n.ID
		d.Negotiation = &id
	}
	u := r.speaker(e)
	u.who.mediates = u.who.mediates || n == nil && e.s.p.ownMediation(e.s)
	if u.found {
		role := r.role(e, n, u.who.id, mediators)
		if u.who.mediates && role != news.Party && role != news.Guarantor {
			role = news.Mediator
		}
		if role == news.Other && e.kind == news.MessageConveyed {
			role = news.Mediator // who carries messages is one
		}
		if role == news.Mediator && u.who.id != "" && !slices.Contains(mediators, u.who.id) {
			mediators = append(mediators, u.who.id)
		}
		d.Speaker = &news.Speaker{Role: role}
		if u.who.id != "" {
			id := u.who.id
			d.Speaker.Affiliation = &id
		}
		if u.who.person && u.who.name != "" {
			name := u.who.name
			d.Speaker.Name = &name
		}
	}
	if u.joint && n != nil {
		d.Joint = r.jointly(e, n.Parties, mediators)
	}
	d.Parties = r.partiesOf(e, n, mediators)
	d.Mediators = mediators
	if n == nil && d.Speaker != nil && d.Speaker.Affiliation != nil && slices.Contains(d.Parties, *d.Speaker.Affiliation) &&
		(d.Speaker.Role == news.Other || d.Speaker.Role == news.Host && !r.cued(e, *d.Speaker.Affiliation, cHosting)) { // a party at home is a party
		d.Speaker.Role = news.Party
	}
	d.Agent = r.agent(e, n)
	d.Moved = e.kind == news.TalksScheduled && r.relocated(e)
	d.InForce = r.entersForce(e)
	d.Separate = r.separate()
	d.Certainty = r.certainty(e, u, d.Speaker)
	if e.kind == news.Atmosphere {
		tone := e.tone
		d.Tone = &tone
	}
	if k := r.round(e); k > 0 {
		d.Round = &k
	}
	if e.denies != "" {
		k := e.denies
		d.Denies = &k
	} else if v := r.venue(e); v != "" {
		d.Venue = &v
	}
	d.Level = r.level(e)
	d.Evidence = r.evidence(e)
	d.Headline = r.headline(&d)
	return d
}

// roomsOnly reports an offer of a place and nothing more.
func (r *reader) roomsOnly(e *event) bool {
	host := false
	for _, s := range r.around(e) {
		if s.p.count(s.from, s.to, cMediating) > 0 || s.p.marked(s.from, s.to, aMediate) > 0 {
			return false
		}
		if s != e.s && s.order > 1 {
			continue
		}
		host = host || s.p.marked(s.from, s.to, aRoom) > 0
	}
	return host
}

// certainty says who states it: a participant, or nobody by name; and whether
// they hedge.
func (r *reader) certainty(e *event, u utterance, s *news.Speaker) news.Certainty {
	switch {
	case e.kind == news.Denial:
		return news.Denied
	case u.anon && !u.found:
		return news.Reported
	case r.reportedOnly(e) && !u.found:
		return news.Reported
	case e.verdict.hedged || e.verdict.may:
		return news.Expected
	}
	return news.Confirmed
}

// reportedOnly reports "reportedly", "local media said".
func (r *reader) reportedOnly(e *event) bool {
	return e.s.p.count(e.s.from, e.s.to, cAnonymous) > 0
}

// evidence cuts the clause that proves an event out of the item as delivered.
func (r *reader) evidence(e *event) news.Evidence {
	p := e.s.p
	a, b := p.t.TokenSpan(e.s.from, e.s.to)
	a, b = wholeQuote(p.t.Source, a, b)
	return news.Evidence{Field: p.field, Start: a, End: b, Quote: p.t.Source[a:b]}
}

// wholeQuote widens a span by the full stop behind it, and by the quotation mark
// or bracket whose partner stands inside: "ends with 'excellent progress'".
func wholeQuote(source string, a, b int) (int, int) {
	for b < len(source) && strings.IndexByte(".!?", source[b]) >= 0 {
		b++
	}
	for _, m := range [...]struct{ open, shut string }{{"\"", "\""}, {"“", "”"}, {"‘", "’"}, {"'", "'"}, {"«", "»"}, {"(", ")"}} {
		in := source[a:b]
		switch {
		case strings.HasPrefix(source[b:], m.shut) && strings.LastIndex(" "+in, " "+m.open) > strings.LastIndex(in+" ", m.shut+" "):
			b += len(m.shut)
		case strings.HasSuffix(source[:a], m.open) && m.open != "'" && strings.Contains(in, m.shut):
			if k := strings.Index(" "+in, " "+m.open); k < 0 || strings.Index(in, m.shut) < k {
				a -= len(m.open)
			}
		}
	}
	for b < len(source) && strings.IndexByte(".!?", source[b]) >= 0 {
		b++
	}
	return a, b
}

// level reads how high the talks are, and whether face to face.
func (r *reader) level(e *event) string {
	for _, s := range r.around(e) {
		const levels set = 1<<cTechnical | 1<<cIndirect | 1<<cDirect | 1<<cMinisterial
		if k := s.p.next(s.from, s.to, levels); k < s.to {
			if q := s.p.cues[k]; s != e.s && !s.p.title && q.classes.has(cTechnical) && !s.p.expertTalks(k, s.to) {
				continue // "the team has experts as well"
			}
			if r.english && s.p.has(k, cMinisterial) && k > s.from && s.p.t.Tokens[k-1].Norm == "of" {
				continue // "the Council of Ministers"
			}
			switch q := s.p.cues[k]; {
			case q.classes.has(cTechnical):
				return "technical"
			case q.classes.has(cIndirect):
				return "indirect"
			case q.classes.has(cDirect):
				return "direct"
			case q.classes.has(cMinisterial):
				return "ministerial"
			}
		}
	}
	return ""
}

// expertTalks reports that the technical word at token k stands before talks, or those
// who hold them: "technical talks", "expert-level meeting", "technical teams".
func (p *part) expertTalks(k, to int) bool {
	for j := k; j < min(to, k+4); j++ {
		if p.cues[j] != nil && p.cues[j].classes.any(of(cTalks, cMeeting)) || j > k && p.has(j, cDelegation) {
			return true
		}
	}
	return !p.english && k > 0 && p.cues[k-1] != nil && p.cues[k-1].classes.any(of(cTalks, cMeeting))
}

// around lists the event's sentence, then the title and the lead.
func (r *reader) around(e *event) []*sentence {
	out := []*sentence{e.s}
	for i := range r.sentences {
		if s := &r.sentences[i]; s != e.s && (s.order <= 2 || s.order == e.s.order+1) {
			out = append(out, s)
		}
	}
	return out
}

func parseDay(s string) (time.Time, error) { return time.Parse(time.DateOnly, s) }
