package story

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/news"
)

// NewDesk returns an empty desk.
func NewDesk() *Desk { return newDesk(shippedLinks()) }

// newDesk returns one that judges with these links, by facts alone with none.
func newDesk(l *links) *Desk {
	return &Desk{entries: map[news.DevelopmentID]*entry{}, index: newIndex(), words: frequencies{of: map[uint32]int32{}}, over: map[news.DevelopmentID]news.DevelopmentID{}, next: -1, links: l, bodies: newBodies()}
}

// Len returns how many developments lie on the desk.
func (d *Desk) Len() int { return len(d.entries) }

// Take lays developments on the desk; of one that lies there already it takes
// over what is new.
func (d *Desk) Take(list []news.Tracked) {
	for i := range list {
		t := &list[i]
		if old := d.entries[t.ID]; old != nil {
			d.remove(old)
		}
		d.add(&entry{
			id: t.ID, updates: t.Updates, change: t.Change, facts: factsOf(&t.Development),
			first: t.First, last: t.Last, marks: decode(t.Marks),
		})
	}
	for i := range list { // once all are there: what one item told stands side by side
		e := d.entries[list[i].ID]
		if putsOff(e.facts.kind) && len(e.facts.dates) == 0 {
			e.facts.dates = d.index.sibling(e, news.TalksScheduled).dates
		}
	}
}

// Settle takes off the desk what Judge laid there since, once the store has
// numbered it: Take then brings it back with its number. What repeats have
// added to other developments must be taken anew as well.
func (d *Desk) Settle() {
	for id := news.DevelopmentID(-1); id > d.next; id-- {
		if e := d.entries[id]; e != nil {
			d.remove(e)
		}
	}
	d.next = -1
}

// Clear takes off the desk what no report can repeat or update any more.
func (d *Desk) Clear(now time.Time) {
	for _, e := range d.entries {
		if now.Sub(e.last) > Thread+Window && !e.ahead(civil(now.UTC())) {
			d.remove(e)
		}
	}
}

func (d *Desk) add(e *entry) {
	e.day, e.lastDay = civil(e.first.UTC()), civil(e.last.UTC())
	d.inherit(e)
	d.entries[e.id] = e
	e.over = d.entries[d.over[e.id]]
	d.index.add(e)
	for i := range e.marks {
		e.signs[i] = d.sign(&e.marks[i])
		d.words.add(&e.marks[i], 1)
	}
	if !ends(e.change) {
		return
	}
	for base := d.entries[e.updates]; base != nil; base = d.entries[base.updates] {
		if other := d.entries[d.over[base.id]]; other == nil || e.first.After(other.first) {
			d.over[base.id], base.over = e.id, e
		}
		if !base.change.Disputes() {
			break // what was disputed is over with the dispute
		}
	}
}

// inherit lets an update know what it does not repeat of the talks that it is
// about: where, which round, at which level.
func (d *Desk) inherit(e *entry) {
	if base := d.entries[e.updates]; base != nil {
		f := &e.facts
		f.venue, f.level = cmp.Or(f.venue, base.facts.venue), cmp.Or(f.level, base.facts.level)
		f.round = cmp.Or(f.round, base.facts.round)
		if e.change == news.Corroborated && narrows(f.dates, base.facts.dates) {
			f.dates = base.facts.dates // who confirms it names the day less exactly
		}
		if f.negotiation == "" && base.facts.negotiation != "" { // "declines the invitation": the invitation tells to what
			f.negotiation, f.parties = base.facts.negotiation, base.facts.parties
		}
	}
}

func (d *Desk) remove(e *entry) {
	delete(d.entries, e.id)
	d.index.remove(e)
	for i := range e.marks {
		d.words.add(&e.marks[i], -1)
	}
	for base := e.updates; base != 0 && d.over[base] == e.id; {
		delete(d.over, base)
		b := d.entries[base]
		if b == nil {
			break
		}
		b.over = nil
		base = b.updates
	}
}

// ends reports whether after a change the older development is no longer the
// one that a further change would be about.
func ends(c news.Change) bool {
	switch c {
	case "", news.Contradicted, news.DateDisputed, news.VenueDisputed, news.Answered: // others may answer too
		return false
	}
	return true
}

// remember puts a judged development on the desk, numbering a new one
// provisionally.
func (d *Desk) remember(j *news.Judged, r *draft, copied bool) {
	if j.Is != news.Repeat {
		j.ID = d.next
		d.next--
		e := &entry{id: j.ID, updates: j.Updates, change: j.Change, facts: r.facts, first: r.at, last: r.at, marks: []mark{r.mark.mark}}
		j.Marks = encode(e.marks)
		d.add(e)
		return
	}
	e := d.entries[j.ID]
	if e.facts.kind == r.facts.kind {
		another := len(r.facts.sides) > 0 && sameSides(&e.facts, &r.facts) <= 0 && !slices.Contains(e.heard, r.facts.sides[0])
		if another {
			e.heard = append(e.heard, r.facts.sides[0])
		}
		j.Adds = e.facts.grow(r)
		j.More = another || j.Adds != nil && len(j.Adds.Dates) > 0
	}
	if r.at.After(e.last) {
		e.last, e.lastDay = r.at, civil(r.at.UTC())
	}
	if r.at.Before(e.first) {
		d.index.redate(e, r.at)
	}
	if !copied && len(e.marks) < maxMarks {
		e.marks = append(slices.Clip(e.marks), r.mark.mark)
		e.signs[len(e.marks)-1] = d.sign(&r.mark.mark)
		d.words.add(&r.mark.mark, 1)
		d.index.mark(&r.mark.mark, e)
		j.Marks = encode(e.marks)
	}
}

// grow takes over what a report tells besides, or more exactly, and returns it;
// nil if that is nothing.
func (f *facts) grow(r *draft) *news.Development {
	add, more := news.Development{}, false
	if len(r.full.Dates) > 0 && !putsOff(f.kind) && (len(f.dates) == 0 || settles(f.dates, r.facts.dates)) {
		f.dates, add.Dates, more = r.facts.dates, r.full.Dates, true
	}
	if f.venue == "" && r.facts.venue != "" {
		f.venue, add.Venue, more = r.facts.venue, r.full.Venue, true
	}
	if f.round == 0 && r.facts.round != 0 {
		f.round, add.Round, more = r.facts.round, r.full.Round, true
	}
	if f.level == "" && r.facts.level != "" {
		f.level, add.Level, more = r.facts.level, r.full.Level, true
	}
	if !more {
		return nil
	}
	return &add
}
