package read

import (
	"slices"
	"strings"

	"parley/internal/news"
	"parley/internal/text"
)

// Who names the day for the talks of others says so by doing it.

// caller reads "Oman brings forward US-Iran talks": a mediator that does something
// about the talks of others announces them.
func (r *reader) caller(e *event) utterance {
	n := r.negotiation(e)
	if n == nil || e.kind != news.TalksScheduled && (r.english || e.kind != news.MediationOffered) {
		return utterance{}
	}
	if !r.english {
		return r.callerAbroad(e, n)
	}
	if u := r.dayNamer(e, n); u.found {
		return u
	}
	p := e.s.p
	for _, w := range p.whoIn(e.s.from, e.s.to) {
		if w.place || w.dateline || w.id == "" {
			continue
		}
		if w.anon || w.inferred || slices.Contains(n.Parties, w.id) || !slices.Contains(n.Mediators, w.id) && !r.cued(e, w.id, cMediating) || !p.does(p.nameEnd(w.to, e.s.to), e.s.to) {
			return utterance{}
		}
		return utterance{who: w, p: p, found: true}
	}
	return utterance{}
}

// dayNamer reads a headline that says who names the day, of which the text tells: "Qatar, the
// mediator, names a day".
func (r *reader) dayNamer(e *event, n *news.Negotiation) utterance {
	p := &r.title
	if e.s.p.title || e.s.order > 2 || len(p.who) == 0 {
		return utterance{}
	}
	w := p.who[0]
	to := len(p.t.Tokens)
	i := p.nextMarked(w.to, min(to, w.to+6), aDater)
	if w.from > 1 && p.t.Tokens[w.from].Gap&text.Colon == 0 || w.place || w.anon || w.id == "" || slices.Contains(n.Parties, w.id) || i == min(to, w.to+6) || slices.ContainsFunc(p.whoIn(w.to, i), func(o who) bool { return o.id != "" }) {
		return utterance{}
	}
	if p.marked(i, min(to, i+5), aDateWord) == 0 && len(p.datesIn(i, min(to, i+5))) == 0 || !slices.Contains(r.mediatorsOf(e, n), w.id) {
		return utterance{}
	}
	return utterance{who: w, p: p, found: true}
}

// nameEnd goes on to the end of a longer name: "the United Nations Support Mission in
// Libya will convene".
func (p *part) nameEnd(k, to int) int {
	end := k
	for j := k; j < min(to, k+6); j++ {
		switch {
		case p.t.Tokens[j].Gap&^text.Space != 0:
			return end
		case p.t.Tokens[j].Flags&text.Capital != 0:
			end = j + 1
		case !p.is(j, aPreposition):
			return end
		}
	}
	return end
}

// topicThenActs finds who acts right behind the colon before which own stands: then
// own is what the headline is about.
func (r *reader) topicThenActs(e *event, own utterance) utterance {
	p, n := e.s.p, r.negotiation(e)
	if n == nil || e.kind != news.TalksScheduled || p != own.p || own.who.to >= e.s.to || p.t.Tokens[own.who.to].Gap&text.Colon == 0 {
		return utterance{}
	}
	for _, w := range p.whoIn(own.who.to, e.s.to) {
		if w.from == own.who.to && w.id != "" && w.id != own.who.id && !slices.Contains(n.Parties, w.id) && !w.place && !w.anon && !w.private && p.does(w.to, e.s.to) {
			return utterance{who: w, p: p, found: true}
		}
	}
	return utterance{}
}

// does reports that a verb in the active voice stands at token k.
func (p *part) does(k, to int) bool {
	if k+1 >= to || p.t.Tokens[k].Gap&^text.Space != 0 || p.has(k, cTalks) || p.has(k, cMeeting) || p.is(k, anAnd) {
		return false
	}
	if p.has(k, cWill) || p.has(k, cTo) && k > 0 {
		return !p.has(k+1, cBe)
	}
	if q := p.cues[k]; q != nil && q.length > 1 && q.forms[cHold] == future {
		return true // "will host" is one cue
	}
	w := p.t.Tokens[k].Norm
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "ed") && !p.has(k+1, cBe)
}
