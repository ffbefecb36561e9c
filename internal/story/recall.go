package story

import (
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// A recalled item is one that reports nothing when read by itself, put so that the
// developments of these hours can be held against it.
type recalled struct {
	draft
	kinds  []news.Kind
	actors []string
	places []string
	dates  []span // that it names, of talks
	ahead  []span // of these those to come
	words  map[string]bool
	told   map[news.Kind]wording // of each kind, once asked
	before string                // the text that stands before the proof of what it reports
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

// How much must speak for it that a silent item is one more report of what is known,
// and how much more than for anything else.
const (
	enough = 4.
	margin = 1.
)

// recall finds the one development of these hours that a silent item must be about:
// by those whom it names, where and when, by its words, and by the words that it has
// for such a thing. What could as well be the next thing to happen is left alone.
func (d *Desk) recall(r *Report, w *weighed, at time.Time) (choice, bool) {
	if len(r.Echoes.Kinds) == 0 && len(r.Echoes.Actors) == 0 {
		return choice{}, false
	}
	x := newRecalled(r, w, at)
	var best choice
	var list []choice
	d.index.since(at.Add(-sameBriefing), at, func(e *entry) {
		if s := d.recalls(e, x, max(enough, best.score)-margin); s >= enough-margin {
			list = append(list, choice{e, finding{same, "", "told as known"}, s})
			better(&best, list[len(list)-1])
		}
	})
	if best.of == nil || best.score < enough {
		return choice{}, false
	}
	for _, c := range list {
		if c.of.facts.negotiation != best.of.facts.negotiation && c.score > best.score-margin {
			return choice{}, false
		}
	}
	return best, true
}

func newRecalled(r *Report, w *weighed, at time.Time) *recalled {
	x := &recalled{told: map[news.Kind]wording{}, draft: draft{at: at, day: civil(at), mark: w}, kinds: r.Echoes.Kinds, actors: r.Echoes.Actors}
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

// recalls weighs what speaks for it that x is one more report of e. Where that is less
// than least it may be any number that is.
func (d *Desk) recalls(e *entry, x *recalled, least float64) float64 {
	f := &e.facts
	named, others := 0, 0
	for _, a := range x.actors {
		switch {
		case slices.Contains(f.parties, a):
			named++
		case !f.takesPart(a):
			others++
		}
	}
	s := 0.
	switch {
	case named >= 2 || named > 0 && len(f.parties) == 1:
		s += 3
	case named == 1:
		s++
	}
	s -= .3 * float64(others)
	if saidBySide(f.kind) && len(f.sides) > 0 && len(x.actors) > 0 && !slices.Contains(f.sides, x.actors[0]) {
		s -= .5 // who is named first is most often who acts
		if !f.takesPart(x.actors[0]) {
			s -= 1
		}
	}
	word := x.wording(f.kind)
	switch {
	case word.told:
		s += 1.5
	case word.near:
		s++
	case !begins(f.kind):
	case word.talks:
		return 0
	default:
		s -= .5
	}
	if d.goesOn(e, x, word) {
		return 0
	}
	here := 0.
	for _, p := range x.places {
		switch {
		case f.venue == "":
		case sameVenue(f.venue, p):
			here = 1.5
		case f.kind == news.TalksScheduled:
			return 0
		}
	}
	s += here
	switch {
	case len(f.dates) == 0 || len(x.dates) == 0:
	case meet(f.dates, x.dates):
		s += 1.5
	case f.kind == news.TalksScheduled && len(x.ahead) > 0 && gap(f.dates, x.ahead) > 1:
		return 0
	default:
		s -= .5
	}
	if len(f.name) > 0 {
		if last := f.name[len(f.name)-1]; len(last) > 3 && x.words[last] {
			s++ // who said so is named
		}
	}
	s -= x.at.Sub(e.first).Hours() / sameBriefing.Hours()
	const weight, noise, most = 8, .05, 2 // of the likeness of texts
	if s+most < least {
		return 0
	}
	return s + min(most, weight*max(0, d.likeness(e, &x.draft, noise+(least-s)/weight)-noise))
}

// begins reports kinds after which the next is to come.
func begins(k news.Kind) bool { return k == news.TalksScheduled || k == news.TalksStarted }

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
