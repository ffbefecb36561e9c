package read

import (
	"slices"
	"strings"

	"parley/internal/classify"
	"parley/internal/dates"
	"parley/internal/news"
)

// traceOf lists what the words of a class may tell of, by themselves.
var traceOf = [classes]news.Kind{
	cPostpone: news.TalksPostponed, cCancel: news.TalksCancelled, cSuspend: news.TalksSuspended, cStart: news.TalksStarted, cEnd: news.TalksEnded,
	cOffer: news.MediationOffered, cConvey: news.MessageConveyed, cPropose: news.ProposalMade, cAccept: news.ProposalAccepted, cReject: news.ProposalRejected,
	cReach: news.AgreementReached, cSign: news.AgreementSigned, cViolate: news.ViolationAlleged, cImpose: news.SanctionsImposed, cEase: news.SanctionsEased,
	cDeny: news.Denial, cUltimatum: news.Ultimatum, cGap: news.GapsNamed,
}

// likelyKind is the logarithm of the odds above which a silent item is worded like a kind.
const likelyKind = -2

// trace lists whom and where the headline and the lead name, and of what kinds of
// development they have words, whether or not anything is made of them. Of an item
// that is of another genre, or only wishes, asks and doubts, nothing is kept.
func (r *reader) trace(reading *news.Reading) {
	const top = 2
	out := &reading.Echoes
	if len(reading.Developments) == 0 {
		if why := reason(reading); why == "wished for, not announced" || why == "hypothetical" || why == "a question" || r.otherSubject() != "" {
			return
		}
		out.Doubtful = !r.retells(reading)
		out.Separate = r.separate()
	}
	kind := func(k news.Kind) {
		if k != "" && !slices.Contains(out.Kinds, k) {
			out.Kinds = append(out.Kinds, k)
		}
	}
	place := func(v string) {
		if v != "" && !slices.Contains(out.Places, v) {
			out.Places = append(out.Places, v)
		}
	}
	words := r.triggers | of(cDeny, cUltimatum, cGap)
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > top {
			continue
		}
		p := s.p
		for _, w := range p.whoIn(s.from, s.to) {
			if w.dateline {
				continue
			}
			if w.place {
				place(w.venue)
			}
			if w.id != "" && !w.inferred && !w.place && !slices.Contains(out.Actors, w.id) {
				out.Actors = append(out.Actors, w.id)
			}
		}
		x := townSeeker{r, p, s}
		for k := s.from; k < s.to; k++ {
			if lead := leadNone; x.written(k) && !x.known(k, k+1) {
				if lead = x.lead(k); lead == leadNone {
					continue
				}
				found, to := x.town(k, lead)
				place(found.venue)
				k = max(k, to-1)
			}
		}
		for k := p.telling.next(s.from, s.to); k < s.to; k = p.telling.next(k+1, s.to) {
			for c := range class(classes) {
				if words.has(c) && p.cues[k].classes.has(c) {
					kind(traceOf[c])
				}
			}
		}
		for _, d := range p.datesIn(s.from, s.to) {
			if d.Role == dates.Talks || d.From > r.today {
				kind(news.TalksScheduled)
			}
		}
	}
	if len(out.Actors) > 0 { // most items name nobody, so that nothing need be weighed
		if o := r.opinion(); o != nil {
			out.Worded = likelihoods(o)
			if best := o.Best(none + 1); len(reading.Developments) == 0 && o.LogOdds(best) > likelyKind {
				kind(out.Worded[best].Kind)
			}
		}
	}
	for i := range r.found {
		e := &r.found[i]
		switch {
		case e.s.order > top || e.s.asks():
		case e.because == "negated": // what is not so
			out.Kinds = slices.DeleteFunc(out.Kinds, func(k news.Kind) bool { return k == e.kind })
			kind(news.Denial)
		default:
			kind(e.kind)
		}
	}
}

// retells reports a silent item that may all the same tell what happened, for who
// knows it: nothing in it was too clear to be misread, and its genre is news.
func (r *reader) retells(reading *news.Reading) bool {
	if reading.Silence == nil {
		return true
	}
	switch why := *reading.Silence; why {
	case "speaks of talks but reports nothing new", "names fewer than two sides", "named, not reported", "nothing ties it to a negotiation",
		"a purpose, not an event", "demanded, not done", "too faint: no clause says it clearly", "sanctions that nothing ties to talks", "said by somebody who has no part in it",
		"a visit or a ceremony, at which nothing is negotiated", "states at work together, with nothing between them to negotiate",
		"nobody says or does it, and the item is not about it", "the headline is about something else, and nobody stands by it",
		"far down in another story, and nobody stands by it", "far down, and no side stands by it", "tells only when something else happens":
		return true
	case "business or labour, not politics":
		return len(r.order) > 1 && r.titleSides() > 0
	case "negated":
		return true
	default:
		return why == "background" || strings.HasPrefix(why, "background: it is dated")
	}
}

// likelihoods writes down what an opinion says of every kind, and of none.
func likelihoods(o *classify.Sum) []news.Likelihood {
	sorts := o.Model().Sorts()
	list := make([]news.Likelihood, len(sorts))
	for k, name := range sorts {
		list[k].LogOdds = o.LogOdds(k)
		if k != none {
			list[k].Kind = news.Kind(name)
		}
	}
	return list
}

// reason is why an item is silent, "" where nobody said.
func reason(reading *news.Reading) string {
	if reading.Silence == nil {
		return ""
	}
	return *reading.Silence
}
