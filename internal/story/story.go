// Package story tells developments apart: whether what an item reports is new,
// a repeat of what is known, or an update that changes a fact of it. Facts
// decide (negotiation or parties, kind, who says it, dates, round, venue, level,
// and how long ago). The likeness of texts only finds copies, proposes what to
// compare where facts are missing, and tells two statements of one side apart:
// two reports of one topic read alike and may be two events, while a rewrite
// may share no sentence with its original.
//
//	facts.go     what of a development decides
//	mark.go      what is remembered of a text, and which text is a copy
//	index.go     which developments a report is compared with
//	compare.go   two reports of one kind: the same, more exact, changed, apart
//	answers.go   two of different kinds: what a later one does to an earlier
//	story.go     the decision, and its reason
//	state.go     what follows for the negotiation: its state, rounds, dates ahead
package story

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"parley/internal/news"
)

const (
	// Window is how long after its latest report a development takes further
	// reports in; one that names a day is open until that day is past by as much.
	Window = 72 * time.Hour
	// Thread is how long after its latest report a development can be updated by
	// one of another kind, as when talks put off get a date again.
	Thread = 14 * 24 * time.Hour
)

// A Report is an item on its way to the desk.
type Report struct {
	Item     news.Item
	Language string
	// Title and Text are the item's words, folded.
	Title, Text  []string
	Developments []news.Development
	Dates        []news.Mention // every date that the item mentions
}

// A Desk knows the developments that are open and judges what comes in. It is
// not safe for concurrent use: one check at a time decides.
type Desk struct {
	entries map[news.DevelopmentID]*entry
	index   index
	words   frequencies
	over    map[news.DevelopmentID]news.DevelopmentID // the update after which one is no longer how things stand
	next    news.DevelopmentID                        // provisional, counts down from −1
}

// An entry is a development on the desk.
type entry struct {
	id, updates  news.DevelopmentID
	change       news.Change
	facts        facts
	first, last  time.Time
	day, lastDay int32 // of first and last, UTC
	marks        []mark
	heard        []string // sides that said it besides
}

// A draft is a development of an item that is being judged.
type draft struct {
	facts facts
	full  *news.Development
	at    time.Time
	day   int32 // of publication where the outlet is
	mark  mark
	next  *facts // of talks put off: those that the same item says are to come
	off   bool   // of talks to come: the same item says that they are put off
}

// NewDesk returns an empty desk.
func NewDesk() *Desk {
	return &Desk{entries: map[news.DevelopmentID]*entry{}, index: newIndex(), words: frequencies{of: map[uint32]int32{}}, over: map[news.DevelopmentID]news.DevelopmentID{}, next: -1}
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
	d.index.add(e)
	for i := range e.marks {
		d.words.add(&e.marks[i], 1)
	}
	if !ends(e.change) {
		return
	}
	for base := d.entries[e.updates]; base != nil; base = d.entries[base.updates] {
		if other := d.entries[d.over[base.id]]; other == nil || e.first.After(other.first) {
			d.over[base.id] = e.id
		}
		if !base.change.Disputes() {
			break // what was disputed is over with the dispute
		}
	}
}

// replaced returns the update that e gave way to, nil if it stands.
func (d *Desk) replaced(e *entry) *entry { return d.entries[d.over[e.id]] }

// inherit lets an update know what it does not repeat of the talks that it is
// about: where, which round, at which level.
func (d *Desk) inherit(e *entry) {
	if base := d.entries[e.updates]; base != nil {
		f := &e.facts
		f.venue, f.level = cmp.Or(f.venue, base.facts.venue), cmp.Or(f.level, base.facts.level)
		f.round = cmp.Or(f.round, base.facts.round)
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

// Judge decides what each development of an item is, and remembers it, so that
// the next item is judged against it.
func (d *Desk) Judge(r Report) []news.Judged {
	at := r.Item.Published
	if at.IsZero() {
		at = r.Item.Fetched
	}
	out := make([]news.Judged, len(r.Developments))
	if len(out) == 0 {
		return out
	}
	m := newMark(r.Language, r.Item.Link, r.Title, r.Text)
	d.words.weigh(&m)
	copied := d.index.copies(&m)
	gone, wire := givenUp(r.Dates), credit(r.Item.Text)
	for i := range r.Developments {
		full := &r.Developments[i]
		dr := draft{facts: factsOf(full), full: full, at: at, day: civil(at), mark: m}
		dr.facts.gone = gone
		if putsOff(full.Kind) {
			d.newDay(&dr, r.Developments)
		}
		if full.Kind == news.TalksSuspended {
			dr.next = toBeHeld(&dr.facts, r.Developments)
		}
		dr.off = full.Kind == news.TalksScheduled && slices.ContainsFunc(r.Developments[:i], func(o news.Development) bool { return putsOff(o.Kind) })
		out[i] = d.judge(&dr, copied)
		out[i].Wire, out[i].Copy = wire, len(copied) > 0
		if i > 0 && out[0].Is == news.Repeat && out[i].Is != news.Repeat && inPassing(full, &r.Developments[0]) {
			out[i].Is, out[i].ID, out[i].Updates, out[i].Change = news.Repeat, out[0].ID, 0, ""
			out[i].Reason = fmt.Sprintf("%s: told in passing by a report of it", out[0].ID)
			continue
		}
		d.remember(&out[i], &dr, len(copied) > 0)
	}
	return out
}

// inPassing reports whether what an item tells besides its news, which is known,
// is but background or colour to it: not in the headline, without a day, and by
// nobody who had not spoken.
func inPassing(second, first *news.Development) bool {
	a, b := factsOf(first), factsOf(second)
	if a.kind == b.kind && sameSides(&a, &b) >= 0 && (len(b.dates) == 0 || meet(a.dates, b.dates)) {
		return true
	}
	return second.Evidence.Field != news.Title && len(b.dates) == 0 && (len(b.sides) == 0 || sameSides(&a, &b) > 0)
}

// givenUp returns the dates of talks that an item says no longer hold.
func givenUp(mentions []news.Mention) []span {
	var out []span
	for _, m := range mentions {
		switch m.Status {
		case "superseded", "postponed", "negated":
			if s, ok := spanOf(news.Date{Start: m.From, End: m.To, Preferred: true}); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// putsOff reports that after a development of this kind a new day may be named,
// as a development of its own.
func putsOff(k news.Kind) bool { return k == news.TalksPostponed || k == news.TalksCancelled }

// newDay sees to the days of a report that talks are off: only that to which
// they are put off counts, which the same item may tell as a development of its
// own.
func (d *Desk) newDay(r *draft, all []news.Development) {
	f := &r.facts
	if r.next = toBeHeld(f, all); r.next != nil {
		f.dates = r.next.dates
	}
	for _, e := range d.index.like(r, news.TalksScheduled) {
		if ends(e.change) || len(f.dates) == 0 || !d.belongs(e, r) {
			continue
		}
		if meet(e.facts.dates, f.dates) && len(f.gone) == 0 && (r.next == nil || sameVenue(e.facts.venue, r.next.venue)) { // the old day
			f.dates, r.next = nil, nil
		}
	}
}

// toBeHeld returns what an item says is to be held, of the talks of f; nil if that
// is nothing.
func toBeHeld(f *facts, all []news.Development) *facts {
	for i := range all {
		if o := &all[i]; o.Kind == news.TalksScheduled && (o.Negotiation == nil) == (f.negotiation == "") && (o.Negotiation == nil || *o.Negotiation == f.negotiation) {
			next := factsOf(o)
			return &next
		}
	}
	return nil
}

// moved finds the move that a report of talks put off tells of, where that is
// known by the new day or place.
func (d *Desk) moved(r *draft) (choice, bool) {
	var found choice
	if r.next == nil {
		return found, false
	}
	for _, e := range d.index.like(r, news.TalksScheduled) {
		if !ends(e.change) || !e.takes(r) || !d.belongs(e, r) || sameTalks(&e.facts, &r.facts) != "" {
			continue
		}
		day := meet(e.facts.dates, r.next.dates)
		place := e.change == news.VenueMoved && r.next.venue != "" && sameVenue(e.facts.venue, r.next.venue)
		if day || place {
			better(&found, choice{e, finding{same, "", "to which day or place they are moved is known"}, d.score(e, r)})
		}
	}
	return found, found.of != nil
}

// A choice is a development that a report may belong to.
type choice struct {
	of *entry
	finding
	score float64
}

func (d *Desk) judge(r *draft, copied []*entry) news.Judged {
	if c, ok := d.copy(r, copied); ok {
		return d.verdict(r, c)
	}
	var repeat, change, nearest choice
	consider := func(e *entry, f finding) {
		if f.relation == apart {
			better(&nearest, choice{e, f, 0})
			return
		}
		c := choice{e, f, d.score(e, r)}
		switch {
		case f.relation == same, f.relation == sharper:
			if f.relation == sharper {
				c.score -= 2
			}
			better(&repeat, c)
		case f.relation == changed && d.stands(e, r) && !r.at.Before(e.first):
			better(&change, c)
		default:
			better(&nearest, c)
		}
	}
	for _, e := range d.index.like(r, r.facts.kind) {
		if e.takes(r) && d.belongs(e, r) {
			consider(e, d.compare(e, r))
		}
	}
	if repeat.of != nil && (d.replaced(repeat.of) == nil || d.told(&repeat, r)) {
		return d.verdict(r, repeat)
	}
	if c, ok := d.moved(r); ok {
		return d.verdict(r, c)
	}
	for _, to := range replies[r.facts.kind] {
		if change.of != nil && to.change != news.Contradicted {
			break // the nearest kind that it answers; its own, first of all
		}
		for _, e := range d.index.like(r, to.to) {
			if e.follows(r) && d.belongs(e, r) {
				consider(e, d.answers(e, r, to))
			}
		}
	}
	switch {
	case repeat.of != nil && (d.replaced(repeat.of) == nil || change.of == nil):
		return d.verdict(r, repeat)
	case change.of != nil:
		return d.verdict(r, change)
	}
	j := news.Judged{Development: *r.full, Is: news.New, Reason: "nothing like it is known"}
	if nearest.of != nil && nearest.why != "" {
		j.Reason = fmt.Sprintf("not %s: %s", nearest.of.id, nearest.why)
		if by := d.replaced(nearest.of); by != nil {
			j.Reason += fmt.Sprintf(", but %s came since", by.id)
		}
	}
	return j
}

// stands reports whether nothing has come of e since, except what the very item
// of r tells besides: that talks are off, and when they are to be instead.
func (d *Desk) stands(e *entry, r *draft) bool {
	by := d.replaced(e)
	return by == nil || by.by(r)
}

// told reports whether something that is over is told once more, late, rather
// than true again: soon after, and by nobody who had not said so before.
func (d *Desk) told(c *choice, r *draft) bool {
	const late = 24 * time.Hour
	return r.off || r.at.Sub(d.replaced(c.of).first) <= late && sameSides(&c.of.facts, &r.facts) >= 0
}

func better(best *choice, c choice) {
	if best.of == nil || c.score > best.score || c.score == best.score && c.of.order() > best.of.order() {
		*best = c
	}
}

// order is that in which developments came: those without a number are the latest.
func (e *entry) order() int64 {
	const numbered = 1 << 40
	if e.id < 0 {
		return numbered - int64(e.id)
	}
	return int64(e.id)
}

// score says how well a report fits a development, where several would do.
func (d *Desk) score(e *entry, r *draft) float64 {
	a, b := &e.facts, &r.facts
	s := 0.
	if meet(a.dates, b.dates) {
		s += 8
	}
	if a.venue != "" && b.venue != "" && sameVenue(a.venue, b.venue) {
		s += 4
	}
	if a.round != 0 && a.round == b.round {
		s += 2
	}
	if a.level != "" && a.level == b.level {
		s += 2
	}
	s -= min(r.at.Sub(e.last).Abs().Hours()/24, 3)
	if b.kind == news.Denial && a.certainty == news.Reported {
		s += 3 // rumours are what is denied
	}
	sides := 2 * float64(sameSides(a, b))
	if a.kind != b.kind && (b.kind == news.Denial || b.kind == news.ProposalAccepted || b.kind == news.ProposalRejected) {
		sides = -sides // one answers somebody else
	}
	s += sides
	if b.kind == news.Denial && b.denies == a.kind {
		s += 3
	}
	if len(b.dates) > 0 && meet(a.dates, b.dates[:1]) {
		s += 2
	}
	if a.kind != b.kind && slices.ContainsFunc(a.sides, func(side string) bool { return slices.Contains(b.involved, side) && !slices.Contains(b.sides, side) }) {
		s += 3 // it speaks of the side that said the other
	}
	s += 2 * float64(sameName(a.name, b.name))
	if d.replaced(e) == nil {
		s++
	}
	if a.kind == b.kind {
		s++
	}
	if r.mark.own != 0 && slices.ContainsFunc(e.marks, func(m mark) bool { return m.own == r.mark.own }) {
		s += 8
	}
	return s + 4*max(d.likeness(e, r), 0)
}

// takes reports whether e takes in further reports of it at the time of r.
// Reports may come out of order, so the window reaches back as well.
func (e *entry) takes(r *draft) bool {
	return (r.at.Sub(e.last) <= Window || toCome(e.facts.kind) && e.ahead(r.day)) && e.first.Sub(r.at) <= Window
}

// toCome reports that a development of this kind is told again until its day has
// come.
func toCome(k news.Kind) bool { return k == news.TalksScheduled || putsOff(k) }

// follows reports whether r can be an update of e, of another kind.
func (e *entry) follows(r *draft) bool {
	return (r.at.Sub(e.last) <= Thread || e.ahead(r.day)) && !r.at.Before(e.first)
}

// ahead reports whether a day that e names is not long past.
func (e *entry) ahead(day int32) bool {
	return len(e.facts.dates) > 0 && day <= reach(e.facts.dates)+int32(Window/(24*time.Hour))
}

// belongs reports whether two are of one negotiation; or, where one of them is
// of none that is configured, between the same parties or told in like words.
func (d *Desk) belongs(e *entry, r *draft) bool {
	a, b := &e.facts, &r.facts
	if a.negotiation != "" && b.negotiation != "" {
		return a.negotiation == b.negotiation
	}
	if (a.negotiation == "" || b.negotiation == "") && (within(b, a) || within(a, b)) {
		return true
	}
	const pair = 2
	if len(a.parties) >= pair && len(b.parties) >= pair {
		// A group goes by many names; that it meets one of them there, on that day,
		// is enough.
		return share(a.parties, b.parties) && meet(a.dates, b.dates) && a.venue != "" && a.venue == b.venue
	}
	return d.likely(e, r)
}

// within reports whether everybody whom a takes for a party has a part in b's
// talks, one of them at least as a party: where a text does not name both
// parties, a mediator is easily taken for one.
func within(a, b *facts) bool {
	parties := 0
	for _, p := range a.parties {
		switch {
		case slices.Contains(b.parties, p):
			parties++
		case !slices.Contains(b.sides, p) && !slices.Contains(b.involved, p):
			return false
		}
	}
	return parties > 0 && len(a.parties) > 1
}

// copy finds what a copied text told. It is a repeat in all its developments,
// except where its own line on top names another fact.
func (d *Desk) copy(r *draft, copied []*entry) (choice, bool) {
	var found choice
	for _, e := range copied {
		if !e.takes(r) {
			continue
		}
		if e.facts.kind != r.facts.kind {
			continue
		}
		if f := d.compare(e, r); f.relation == changed || f.relation == apart && sameTalks(&e.facts, &r.facts) != "" {
			return choice{}, false
		}
		better(&found, choice{e, finding{same, "", "the same text, a copy"}, d.score(e, r)})
	}
	if found.of == nil {
		for _, e := range copied {
			if e.takes(r) && !slices.ContainsFunc(e.marks, func(m mark) bool { return m.own == r.mark.own }) {
				better(&found, choice{e, finding{same, "", "the same text, a copy that reads otherwise"}, -float64(e.first.Unix())})
			}
		}
	}
	return found, found.of != nil
}

// verdict puts a choice into words.
func (d *Desk) verdict(r *draft, c choice) news.Judged {
	j := news.Judged{Development: *r.full, Reason: fmt.Sprintf("%s: %s", c.of.id, c.why)}
	if c.relation == changed {
		j.Is, j.Updates, j.Change = news.Update, c.of.id, c.change
		return j
	}
	j.Is, j.ID = news.Repeat, c.of.id
	if by := d.replaced(c.of); by != nil {
		j.Reason += fmt.Sprintf(" (%s has replaced it since)", by.id)
	}
	return j
}

// remember puts a judged development on the desk, numbering a new one
// provisionally.
func (d *Desk) remember(j *news.Judged, r *draft, copied bool) {
	if j.Is != news.Repeat {
		j.ID = d.next
		d.next--
		j.Marks = encode([]mark{r.mark})
		e := &entry{id: j.ID, updates: j.Updates, change: j.Change, facts: r.facts, first: r.at, last: r.at, marks: []mark{r.mark.kept()}}
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
		e.first, e.day = r.at, civil(r.at.UTC())
	}
	if !copied && len(e.marks) < maxMarks {
		e.marks = append(slices.Clip(e.marks), r.mark.kept())
		d.words.add(&r.mark, 1)
		d.index.mark(&r.mark, e)
		j.Marks = encode(e.marks)
	}
}

// grow takes over what a report tells besides, or more exactly, and returns it;
// nil if that is nothing.
func (f *facts) grow(r *draft) *news.Development {
	add, more := news.Development{}, false
	if len(r.full.Dates) > 0 && !putsOff(f.kind) && (len(f.dates) == 0 || narrows(f.dates, r.facts.dates)) {
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
