package read

import (
	"parley/internal/classify"
	"parley/internal/news"
)

// What an item tells of which no rule knows the words: "Baku takes the brakes off
// Armenian oil". The opinion on its wording (wording.go) is then asked for a
// kind, and believed only where it is sure: two sides that negotiate are named
// together, the item reads as news, and nothing in the sentence denies, doubts, asks or
// wishes. The proof is that sentence, and in it the word that told most.

// How sure it must be, as logarithms of odds: of the kind, and of none, to tell what rules
// have not found (by cross-validation, TestWordingCrossValidated); of another kind, and of
// the one that rules put first, to overrule their order, and to overrule what they found.
const (
	sureKind    = -1.5
	sureNews    = -1
	surelyKind  = 0
	surelyOther = -2
	surestKind  = 1
	surestOther = -3
)

// worded finds what the wording of an item tells, if rules have found nothing, for
// a reason that leaves room for it.
func (r *reader) worded(reason string) (event, bool) {
	if r.digest || !r.unread(reason) {
		return event{}, false
	}
	s := r.ofOpponents()
	if s == nil { // most items end here, so that nothing need be weighed
		return event{}, false
	}
	o := r.opinion()
	if o == nil || o.LogOdds(none) >= sureNews {
		return event{}, false
	}
	best := o.Best(none + 1)
	if o.LogOdds(best) <= sureKind {
		return event{}, false
	}
	if _, reacts := r.reaction(); reacts {
		return event{}, false // what is praised or deplored was told before
	}
	e, ok := r.wordedIn(s, o, best)
	if !ok {
		return event{}, false
	}
	if e.kind == news.Denial {
		e.denies = deniedByWording(o, best)
	}
	return e, r.unfit(&e) == ""
}

// ofOpponents returns the headline or the lead, the first of them that names two who
// negotiate with each other; nil if neither does.
func (r *reader) ofOpponents() *sentence {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 {
			break
		}
		if r.opponents(s.p.whoIn(s.from, s.to), true) {
			return s
		}
	}
	return nil
}

// unread reports reasons for silence that say only that no clause was understood.
func (r *reader) unread(reason string) bool {
	switch reason {
	case "", "named, not reported", "nothing ties it to a negotiation", "the headline is about something else, and nobody stands by it",
		"far down in another story, and nobody stands by it", "nobody says or does it, and the item is not about it", "demanded, not done",
		"a mood or a gap, but not of talks", "said by somebody who has no part in it", "names fewer than two sides", "too faint: no clause says it clearly":
		why := r.why(reason)
		return why == reason || why == "speaks of talks but reports nothing new"
	}
	return false
}

// wordedIn makes an event of sentence s, by the word that weighs most for a sort of kind.
func (r *reader) wordedIn(s *sentence, o *classify.Sum, sort int) (event, bool) {
	p, kind := s.p, news.Kind(o.Model().Sorts()[sort])
	if s.asks() || s.classes.any(of(cMay, cIf, cNoDate)) || s.classes.any(of(cNot, cFail, cWant)) && !refuses(kind) {
		return event{}, false
	}
	where := byte(inLead)
	if p.title {
		where = inHeadline
	}
	at, most := s.from, float32(0)
	for k := s.from; k < s.to; k++ {
		if len(p.whoIn(k, k+1)) > 0 {
			continue
		}
		if w := o.Model().Weight(classify.Word(where, p.t.Tokens[k].Key), sort); w > most {
			at, most = k, w
		}
	}
	if list := p.whoIn(s.from, at); performs(kind) && len(list) > 2 && p.listed(list[len(list)-2].to, list[len(list)-1].from) && !list[0].place {
		at = list[0].to // "US envoy gives Israel and Hamas separate plan": who is named first does it
	}
	e := event{s: s, kind: kind, trigger: at, end: at + 1, arg: at, verdict: verdict{mood: happened}, score: 1.2, rank: 1.2, acts: performs(kind)}
	switch kind {
	case news.TalksScheduled:
		e.verdict.mood = planned
		if !r.ahead(p, at, s.from, s.to) {
			return event{}, false
		}
	case news.Atmosphere:
		tone, found := 0, false
		for k := p.next(s.from, s.to, of(cTone)); k < s.to; k = p.next(k+1, s.to, of(cTone)) {
			if v := int(p.cues[k].tone); !found || v < tone {
				tone, found = v, true
			}
		}
		if !found {
			return event{}, false
		}
		e.tone = tone
	}
	return e, true
}

// refuses reports kinds that are told with a "not" as often as without.
func refuses(k news.Kind) bool {
	switch k {
	case news.ProposalRejected, news.Denial, news.GapsNamed, news.Ultimatum, news.TalksSuspended, news.TalksCancelled, news.TalksPostponed,
		news.ViolationAlleged:
		return true
	}
	return false
}

// deniedByWording is the likeliest of the other kinds: what is denied has left its words.
func deniedByWording(o *classify.Sum, denial int) news.Kind {
	best := -1
	for k := range o.Model().Sorts() {
		if k != none && k != denial && (best < 0 || o.LogOdds(k) > o.LogOdds(best)) {
			best = k
		}
	}
	return news.Kind(o.Model().Sorts()[best])
}

// byOpinion puts first what the wording of the item says it is about, where that is sure of
// it, and sure that it is not about what the rules put first. If no rule has found that at all,
// and the wording is surer still, what the rules put first was a misreading of the same words.
func (r *reader) byOpinion(live []event) []event {
	o := r.opinion()
	if o == nil || r.digest {
		return live
	}
	best, first := o.Best(none+1), o.Model().Sort(string(live[0].kind))
	if best == first || first < 0 || o.LogOdds(best) < surelyKind || o.LogOdds(first) > surelyOther {
		return live
	}
	kind := news.Kind(o.Model().Sorts()[best])
	for i := range live {
		if live[i].kind == kind && live[i].s.order <= 1 {
			e := live[i]
			copy(live[1:i+1], live[:i])
			live[0] = e
			return live
		}
	}
	if live[0].s.order > 1 || o.LogOdds(best) < surestKind || o.LogOdds(first) > surestOther {
		return live
	}
	if e, ok := r.wordedIn(live[0].s, o, best); ok && kind != news.Denial && r.unfit(&e) == "" {
		live[0] = e
	}
	return live
}
