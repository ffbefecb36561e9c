package story

import (
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// A recalled item is one put so that the developments of these hours can be held against
// it: by whom, where, when and in what words it speaks at its top, whatever it was read as.
type recalled struct {
	draft
	kinds    []news.Kind
	also     []news.Kind // what it was read as besides the first
	actors   []string
	places   []string
	dates    []span // that it names, of talks
	ahead    []span // of these those to come
	words    map[string]bool
	told     map[news.Kind]wording // of each kind, once asked
	worded   []news.Likelihood
	doubtful bool
	separate bool
}

// A wording is what the kinds that an item has words for say of one kind.
type wording struct {
	told, near, talks bool
	after             []news.Kind // those of them that would come after it
}

// wording works that out once a kind: many developments are held against one item.
func (x *recalled) wording(of news.Kind) wording {
	w, ok := x.told[of]
	if ok {
		return w
	}
	for _, k := range x.kinds {
		w.told = w.told || k == of
		w.near = w.near || neighbours(k, of)
		w.talks = w.talks || slices.Contains(k.Groups(), "talks")
		if k != of && slices.ContainsFunc(replies[k], func(to reply) bool { return to.to == of }) {
			w.after = append(w.after, k)
		}
	}
	x.told[of] = w
	return w
}

func newRecalled(r *Report, w *weighed, at time.Time) *recalled {
	x := &recalled{told: map[news.Kind]wording{}, draft: draft{at: at, day: civil(at), mark: w}, kinds: r.Echoes.Kinds, actors: r.Echoes.Actors, worded: r.Echoes.Worded, doubtful: r.Echoes.Doubtful, separate: r.Echoes.Separate}
	for i := range r.Developments {
		k := r.Developments[i].Kind
		if i > 0 {
			x.also = append(x.also, k)
		}
		if !slices.Contains(x.kinds, k) {
			x.kinds = append(slices.Clip(x.kinds), k)
		}
	}
	const opening = 80
	x.words = make(map[string]bool, opening)
	for _, w := range r.Title {
		x.words[w] = true
	}
	for _, w := range r.Text[:min(len(r.Text), opening)] {
		x.words[w] = true
	}
	for _, p := range r.Echoes.Places {
		x.places = append(x.places, strings.ToLower(p))
	}
	for _, m := range r.Dates {
		if s, ok := spanOf(news.Date{Start: m.From, End: m.To, Approx: m.Approx, Preferred: true}); ok && m.Role == "talks" {
			x.dates = append(x.dates, s)
			if s.from > x.day {
				x.ahead = append(x.ahead, s)
			}
		}
	}
	return x
}

// likely is how likely the item is worded so for a kind, "" for none: the logarithm of the
// odds, very little where it is not known.
func (x *recalled) likely(kind news.Kind) float64 {
	for _, w := range x.worded {
		if w.Kind == kind {
			return w.LogOdds
		}
	}
	return unlikely
}

const unlikely = -20.

// likelyNext is that of the kind it is most likely worded for, of those that would come
// after one.
func (x *recalled) likelyNext(after news.Kind) float64 {
	most := unlikely
	for _, w := range x.worded {
		if w.LogOdds > most && w.Kind != after && answersTo(w.Kind, after) {
			most = w.LogOdds
		}
	}
	return most
}

// likeliestBut is that of the kind it is most likely worded for besides one.
func (x *recalled) likeliestBut(kind news.Kind) float64 {
	most := unlikely
	for _, w := range x.worded {
		if w.LogOdds > most && w.Kind != kind && w.Kind != "" {
			most = w.LogOdds
		}
	}
	return most
}

// neighbours reports kinds that two outlets can make of one act: a paper is proposed
// by being sent, what is agreed has been accepted by both.
func neighbours(a, b news.Kind) bool {
	for _, p := range [...][2]news.Kind{
		{news.MessageConveyed, news.ProposalMade},
		{news.MediationOffered, news.ProposalMade},
		{news.MessageConveyed, news.MediationOffered},
		{news.AgreementReached, news.ProposalAccepted},
		{news.AgreementSigned, news.AgreementReached},
		{news.Denial, news.ProposalRejected},
		{news.TalksPostponed, news.TalksCancelled},
	} {
		if p == [2]news.Kind{a, b} || p == [2]news.Kind{b, a} {
			return true
		}
	}
	return false
}

// goesOn reports that the item has words for what would come after e, so that it may
// be news of that instead.
func (d *Desk) goesOn(e *entry, x *recalled, w wording) bool {
	for _, k := range w.after {
		if base := d.entries[e.updates]; base != nil && (base.facts.kind == k || neighbours(base.facts.kind, k)) {
			continue // it is what e came after
		}
		switch k {
		case news.TalksScheduled:
			if w.told {
				continue // the day ahead that is named besides
			}
		case news.TalksStarted, news.TalksEnded:
			if w.told && e.facts.kind == news.TalksScheduled && len(x.ahead) > 0 {
				continue // "start of the week"
			}
		}
		return true
	}
	return false
}
