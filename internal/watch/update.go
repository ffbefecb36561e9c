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
// and know these rules.
//
// What cannot be compiled keeps its old form, or stays out; the error joins what
// is wrong with each, and all others are in force.
func (b *Rulebook) Update(list []news.Rule, subs []news.Subscription, v *rules.Vocabulary) error {
	b.updating.Lock()
	defer b.updating.Unlock()
	want, err := b.wanted(list, subs)
	if err != nil {
		return err
	}
	if err := b.set.Know(v); err != nil {
		return err
	}
	have := *b.entries.Load()
	next := maps.Clone(have)
	moved := otherwise(have, want)
	at := map[key][]int{} // where those of each key stand
	for _, i := range slices.Sorted(maps.Keys(have)) {
		k := have[i].key()
		at[k] = append(at[k], i)
	}
	var faults []error
	for _, e := range want {
		var i int
		var err error
		k := e.key()
		if known := at[k]; len(known) == 0 {
			i, err = b.set.Add(e.source)
		} else {
			i, at[k] = known[0], known[1:]
			if have[i].source.When != e.source.When || asks(e.source.When, moved) {
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
type key struct{ rule, channel, to string }

func (e entry) key() key {
	if e.rule != nil {
		return key{rule: e.rule.Name}
	}
	return key{channel: e.route.Channel, to: e.route.To}
}

// otherwise names the rules that ask otherwise than before, by their own words or
// by those of a rule that they name, and those that have come or gone.
func otherwise(have entries, want []entry) map[string]bool {
	out, before := map[string]bool{}, map[string]string{}
	for _, e := range have {
		if e.rule != nil {
			before[e.rule.Name] = e.source.When
		}
	}
	for _, e := range want {
		if e.rule == nil {
			continue
		}
		if old, known := before[e.rule.Name]; !known || old != e.source.When {
			out[e.rule.Name] = true
		}
		delete(before, e.rule.Name)
	}
	for gone := range before {
		out[gone] = true
	}
	for more := len(out) > 0; more; {
		more = false
		for _, e := range want {
			if e.rule != nil && !out[e.rule.Name] && asks(e.source.When, out) {
				out[e.rule.Name], more = true, true
			}
		}
	}
	return out
}

// asks reports whether a query names one of the rules.
func asks(query string, names map[string]bool) bool {
	if len(names) == 0 {
		return false
	}
	q, err := rules.Parse(query)
	if err != nil {
		return false
	}
	for _, r := range q.Refers() {
		if names[r] {
			return true
		}
	}
	return false
}
