package watch

import (
	"errors"
	"maps"
	"slices"

	"parley/internal/news"
	"parley/rules"
)

// Update brings the rulebook to other rules and subscriptions while items are
// matched, and nobody who matches waits: what is gone is removed, what is new is
// added, what is asked otherwise than before is changed, and all else stays as it
// is. v must come of the With of the vocabulary that the rulebook was made with,
// and know these rules. others are what the workspaces besides the home workspace
// have of their own.
//
// What cannot be compiled keeps its old form, or stays out; the error joins what
// is wrong with each, and all others are in force.
func (b *Rulebook) Update(list []news.Rule, subs []news.Subscription, v *rules.Vocabulary, others ...Workspace) error {
	b.updating.Lock()
	defer b.updating.Unlock()
	want, err := b.wanted("", list, subs)
	if err != nil {
		return err
	}
	words := map[string]*rules.Vocabulary{"": v}
	var faults []error
	for _, w := range others {
		own, err := b.wanted(w.Team, w.Rules, w.Subscriptions)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		want, words[w.Team] = append(want, own...), w.Vocabulary
	}
	if err := b.set.Know(v); err != nil {
		return err
	}
	reads := ""
	have := *b.entries.Load()
	next := maps.Clone(have)
	moved := otherwise(have, want)
	at := map[key][]int{} // where those of each key stand
	for _, i := range slices.Sorted(maps.Keys(have)) {
		k := have[i].key()
		at[k] = append(at[k], i)
	}
	for _, e := range want {
		var i int
		var err error
		if e.team != reads { // they come workspace by workspace
			if err := b.set.Know(words[e.team]); err != nil {
				return err
			}
			reads = e.team
		}
		k := e.key()
		if known := at[k]; len(known) == 0 {
			i, err = b.set.Add(e.source)
		} else {
			i, at[k] = known[0], known[1:]
			if have[i].source.When != e.source.When || asks(e, moved) {
				err = b.set.Change(i, e.source)
			}
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		next[i] = e
	}
	for _, gone := range at {
		for _, i := range gone {
			delete(next, i)
		}
	}
	b.entries.Store(&next)
	for _, gone := range at {
		for _, i := range gone {
			faults = append(faults, b.set.Remove(i))
		}
	}
	return errors.Join(faults...)
}

// A key is what makes an entry the same before and after: a rule's name, or a
// subscription's channel with what it is to. Those of one key are told apart by
// their order.
type key struct{ team, rule, channel, to string }

func (e entry) key() key {
	if e.rule != nil {
		return key{team: e.team, rule: e.rule.Name}
	}
	return key{team: e.team, channel: e.route.Channel, to: e.route.To}
}

// otherwise names the rules that ask otherwise than before, by their own words or
// by those of a rule that they name, and those that have come or gone.
func otherwise(have entries, want []entry) map[key]bool {
	out, before := map[key]bool{}, map[key]string{}
	for _, e := range have {
		if e.rule != nil {
			before[e.key()] = e.source.When
		}
	}
	for _, e := range want {
		if e.rule == nil {
			continue
		}
		if old, known := before[e.key()]; !known || old != e.source.When {
			out[e.key()] = true
		}
		delete(before, e.key())
	}
	for gone := range before {
		out[gone] = true
	}
	for more := len(out) > 0; more; {
		more = false
		for _, e := range want {
			if e.rule != nil && !out[e.key()] && asks(e, out) {
				out[e.key()], more = true, true
			}
		}
	}
	return out
}

// asks reports whether the query of an entry names one of the rules, of its own
// workspace or of the configuration.
func asks(e entry, of map[key]bool) bool {
	if len(of) == 0 {
		return false
	}
	q, err := rules.Parse(e.source.When)
	if err != nil {
		return false
	}
	for _, r := range q.Refers() {
		if of[key{team: e.team, rule: r}] || of[key{rule: r}] {
			return true
		}
	}
	return false
}
