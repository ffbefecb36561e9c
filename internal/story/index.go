package story

import (
	"iter"
	"slices"
	"time"

	"parley/internal/news"
)

// An index finds the few developments that a report can belong to among all
// that are open: by kind and negotiation, by kind and party where there is no
// negotiation, by kind alone where there is neither, and by runs of words
// where the text itself is a copy.
type index struct {
	places  map[place][]*entry
	anchors map[uint32][]*entry // some of the runs of each text
	days    map[int32][]dated   // by the day of the first report, UTC
}

// A dated is a development with its first report, side by side, since most that are
// asked when they were first told are too old.
type dated struct {
	first time.Time
	e     *entry
}

// A place is where a development is filed. What only the side that said it can
// say again is filed by sides besides: side is one of them, "" if nobody is
// named, and everybody where all sides are filed together.
type place struct {
	kind news.Kind
	by   filing
	id   string
	side string
}

const everybody = "*"

type filing byte

const (
	byNegotiation filing = iota
	byParty
	byLooseParty // of those that are of no negotiation
	byKind
)

func newIndex() index {
	return index{places: map[place][]*entry{}, anchors: map[uint32][]*entry{}, days: map[int32][]dated{}}
}

// files lists the places of an entry.
func files(f *facts, yield func(place)) {
	yield(place{f.kind, byKind, "", everybody})
	if f.negotiation != "" {
		yield(place{f.kind, byNegotiation, f.negotiation, everybody})
		if saidBySide(f.kind) {
			for _, side := range f.sides {
				yield(place{f.kind, byNegotiation, f.negotiation, side})
			}
			if len(f.sides) == 0 {
				yield(place{f.kind, byNegotiation, f.negotiation, ""})
			}
		}
	}
	for _, p := range f.parties {
		yield(place{f.kind, byParty, p, everybody})
		if f.negotiation == "" {
			yield(place{f.kind, byLooseParty, p, everybody})
		}
	}
}

// One in eight of the runs of a text leads to it: a copy has several of these.
const sampled = 8

func (x *index) add(e *entry) {
	files(&e.facts, func(p place) { x.places[p] = append(x.places[p], e) })
	x.date(e)
	for i := range e.marks {
		x.mark(&e.marks[i], e)
	}
}

func (x *index) mark(m *mark, e *entry) {
	for _, h := range m.runs {
		if h%sampled == 0 && !slices.Contains(x.anchors[h], e) {
			x.anchors[h] = append(x.anchors[h], e)
		}
	}
}

func (x *index) remove(e *entry) {
	files(&e.facts, func(p place) { take(x.places, p, e) })
	x.undate(e)
	for i := range e.marks {
		for _, r := range e.marks[i].runs {
			if r%sampled == 0 {
				take(x.anchors, r, e)
			}
		}
	}
}

func take[K, V comparable](m map[K][]V, k K, v V) {
	list := m[k]
	if i := slices.Index(list, v); i >= 0 {
		last := len(list) - 1
		var none V
		list[i], list[last] = list[last], none
		if m[k] = list[:last]; last == 0 {
			delete(m, k)
		}
	}
}

// again returns the developments of its own kind that a report may be about. Of
// what each side says for itself these are what its sides have said and what
// nobody is named for; of the others only the latest, to be named as the one that
// it is not.
func (x *index) again(r *draft) []*entry {
	f := &r.facts
	if f.negotiation == "" || len(f.sides) == 0 || !saidBySide(f.kind) {
		return x.like(r, f.kind)
	}
	at := func(side string) []*entry { return x.places[place{f.kind, byNegotiation, f.negotiation, side}] }
	out := at("")
	for _, side := range f.sides {
		out = merge(out, at(side))
	}
	if all := at(everybody); len(all) > len(out) {
		out = merge(out, all[len(all)-1:])
	}
	return merge(out, x.loose(r, f.kind))
}

// like returns the developments of a kind that a report may be about.
func (x *index) like(r *draft, kind news.Kind) []*entry {
	f := &r.facts
	if f.negotiation != "" {
		return merge(x.places[place{kind, byNegotiation, f.negotiation, everybody}], x.loose(r, kind))
	}
	const pair = 2
	if len(f.parties) < pair {
		return x.places[place{kind, byKind, "", everybody}] // whose words must then be alike
	}
	var out []*entry
	for _, p := range f.parties {
		out = merge(out, x.places[place{kind, byParty, p, everybody}])
	}
	return out
}

// loose returns the developments of a kind that are of no negotiation and share a
// party with the report.
func (x *index) loose(r *draft, kind news.Kind) []*entry {
	var out []*entry
	for _, p := range r.facts.parties {
		out = merge(out, x.places[place{kind, byLooseParty, p, everybody}])
	}
	return out
}

// since yields the developments first reported between two instants at most a day apart.
func (x *index) since(from, to time.Time) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for day := civil(from.UTC()); day <= civil(to.UTC()); day++ {
			for _, d := range x.days[day] {
				if !d.first.Before(from) && !d.first.After(to) && !yield(d.e) {
					return
				}
			}
		}
	}
}

// redate files an entry under the day of a report that was earlier than its first.
func (x *index) redate(e *entry, first time.Time) {
	x.undate(e)
	e.first, e.day = first, civil(first.UTC())
	x.date(e)
}

// date files an entry under the day of its first report, and undate takes it from there.
func (x *index) date(e *entry) { x.days[e.day] = append(x.days[e.day], dated{e.first, e}) }

func (x *index) undate(e *entry) { take(x.days, e.day, dated{e.first, e}) }

// copies returns the developments that were told in the very text of m.
func (x *index) copies(m *mark) []*entry {
	const many = 64 // developments of one text
	var out []*entry
	for _, r := range m.runs {
		if r%sampled != 0 {
			continue
		}
		list := x.anchors[r]
		for _, e := range list[:min(len(list), many)] {
			if !slices.Contains(out, e) && slices.ContainsFunc(e.marks, func(o mark) bool { return o.copies(m) }) {
				out = append(out, e)
			}
		}
	}
	return out
}

// sibling returns the facts of the development of a kind that was first reported
// by the same item as e.
func (x *index) sibling(e *entry, kind news.Kind) facts {
	if len(e.marks) == 0 {
		return facts{}
	}
	r := draft{facts: e.facts}
	for _, o := range x.like(&r, kind) {
		if o.first.Equal(e.first) && len(o.marks) > 0 && o.signs[0].own == e.signs[0].own && o.signs[0].head == e.signs[0].head {
			return o.facts
		}
	}
	return facts{}
}

// merge returns what is in a or in b. It may return either itself, so nothing may
// be appended to what it returns but by merge.
func merge(a, b []*entry) []*entry {
	switch {
	case len(b) == 0:
		return a[:len(a):len(a)]
	case len(a) == 0:
		return b[:len(b):len(b)]
	}
	const few = 16
	out := slices.Clone(a)
	if len(a) <= few || len(b) <= few {
		for _, e := range b {
			if !slices.Contains(a, e) {
				out = append(out, e)
			}
		}
		return out
	}
	in := make(map[*entry]bool, len(a))
	for _, e := range a {
		in[e] = true
	}
	for _, e := range b {
		if !in[e] {
			out = append(out, e)
		}
	}
	return out
}
