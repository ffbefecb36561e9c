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
//	like.go      how alike two texts are
//	index.go     which developments a report is compared with
//	compare.go   two reports of one kind: the same, more exact, changed, apart
//	answers.go   two of different kinds: what a later one does to an earlier
//	putoff.go    talks put off: which day is the old one, which the new
//	deny.go      denials and answers: when two are to the same thing
//	fit.go       whether a report comes in time and belongs, and which fits best
//	story.go     the decision, and its reason
//	desk.go      what lies on the desk, and what it learns from a report
//	echo.go      what an item without news takes for known
//	link.go      … or must be about, and one happening told as different things
//	traits.go    what such a link is judged by: who, where, when, in what words
//	recall.go    what the top of an item speaks of, put so that it can be weighed
//	credit.go    whose text an item prints
//	days.go      the days that are named ahead, and what answers them
//	state.go     what follows for the negotiation: its state, rounds, dates ahead
package story

import (
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
	Echoes       news.Echoes    // what it speaks of besides
	Dates        []news.Mention // every date that the item mentions
}

// A Desk knows the developments that are open and judges what comes in. It is
// not safe for concurrent use: one check at a time decides.
type Desk struct {
	entries map[news.DevelopmentID]*entry
	index   index
	words   frequencies
	bodies  bodies
	over    map[news.DevelopmentID]news.DevelopmentID // the update after which one is no longer how things stand
	next    news.DevelopmentID                        // provisional, counts down from −1
	links   *links                                    // nil: facts alone decide
	glances []glance                                  // room that candidates reuse
	traits  []trait                                   // the same
}

// An entry is a development on the desk.
type entry struct {
	id, updates  news.DevelopmentID
	change       news.Change
	facts        facts
	first, last  time.Time
	day, lastDay int32          // of first and last, UTC
	signs        [maxMarks]sign // of marks
	marks        []mark
	heard        []string // sides that said it besides
	over         *entry   // the update that it gave way to, nil if it stands
}

// from reports whether one of the texts that are remembered of e has that link.
func (e *entry) from(own uint32) bool {
	return slices.ContainsFunc(e.signs[:len(e.marks)], func(s sign) bool { return s.own == own })
}

// A draft is a development of an item that is being judged.
type draft struct {
	facts facts
	full  *news.Development
	at    time.Time
	day   int32 // of publication where the outlet is
	mark  *weighed
	next  *facts // of talks put off: those that the same item says are to come
	off   bool   // of talks to come: the same item says that they are put off
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
		return d.echo(&r, at)
	}
	m := newMark(r.Language, r.Item.Link, r.Title, r.Text)
	w, copied := d.words.weigh(m), d.index.copies(&m)
	w.bodies = d.bodies.of(&m)
	gone, wire := givenUp(r.Dates), credit(r.Item.Text)
	for i := range r.Developments {
		full := &r.Developments[i]
		dr := d.draft(&r, i, at, w, gone)
		out[i] = d.judge(&dr, copied)
		if i == 0 && (out[i].Is != news.Repeat || len(copied) == 0) {
			if c, ok := d.link(newRecalled(&r, w, at), &dr, &out[i]); ok {
				out[i] = d.verdict(&dr, c)
			}
		}
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

// draft prepares the i-th development of a report to be judged. gone are the days that the
// report gives up.
func (d *Desk) draft(r *Report, i int, at time.Time, w *weighed, gone []span) draft {
	full := &r.Developments[i]
	dr := draft{facts: factsOf(full), full: full, at: at, day: civil(at), mark: w}
	dr.facts.gone = gone
	if putsOff(full.Kind) {
		d.newDay(&dr, r.Developments)
	}
	if full.Kind == news.TalksSuspended {
		dr.next = toBeHeld(&dr.facts, r.Developments)
	}
	dr.off = full.Kind == news.TalksScheduled && slices.ContainsFunc(r.Developments[:i], func(o news.Development) bool { return putsOff(o.Kind) })
	return dr
}

// inPassing reports whether what an item tells besides its news, which is known,
// is but background or colour to it: not in the headline, without a day, and by
// nobody who had not spoken.
func inPassing(second, first *news.Development) bool {
	a, b := factsOf(first), factsOf(second)
	if a.kind == b.kind && sameSides(&a, &b) >= 0 && (len(b.dates) == 0 || meet(a.dates, b.dates)) {
		return true
	}
	if a.negotiation == b.negotiation && b.kind == news.Atmosphere && b.tone == 0 {
		return true // "useful talks" in the headline of a report that they have ended says neither good nor bad
	}
	return second.Evidence.Field != news.Title && len(b.dates) == 0 && (len(b.sides) == 0 || sameSides(&a, &b) > 0)
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
	var repeat, change, later, nearest choice
	consider := func(e *entry, f finding) {
		if f.relation == apart {
			better(&nearest, choice{e, f, 0})
			return
		}
		best := &nearest
		switch {
		case f.relation == same, f.relation == sharper:
			best = &repeat
		case d.stands(e, r) && !r.at.Before(e.first):
			best = &change
		case ofTalks(r.facts.kind) && !r.at.Before(e.first):
			if last := e.lastOf(); last != e && !r.at.Before(last.first) && sameTalks(&last.facts, &r.facts) == "" {
				if alreadyEnded(last, r) {
					f = finding{same, "", "told late: these talks have ended"}
				}
				better(&later, choice{last, f, d.score(e, r, &later)})
			}
		}
		c := choice{e, f, d.score(e, r, best)}
		if f.relation == sharper {
			c.score -= 2
		}
		better(best, c)
	}
	for _, e := range d.index.again(r) {
		if e.takes(r) && d.belongs(e, r) {
			consider(e, d.compare(e, r))
		}
	}
	if repeat.of != nil && (repeat.of.over == nil || d.told(&repeat, r)) {
		return d.verdict(r, repeat)
	}
	if c, ok := d.moved(r); ok {
		return d.verdict(r, c)
	}
	for _, to := range replies[r.facts.kind] {
		if change.of != nil && to.change != news.Contradicted {
			break // the nearest kind that it answers; its own, first of all
		}
		list := d.index.like(r, to.to)
		if to.to == news.ProposalMade && to.change == news.Answered {
			list = merge(list, d.index.like(r, news.MessageConveyed)) // a paper is proposed by being sent
		}
		if to.change == news.Contradicted && len(list) > 0 && !sameClaim(to.to, r.facts.denies) {
			list = list[len(list)-1:] // one, to be named as what is not denied
		}
		for _, e := range list {
			if e.follows(r) && d.belongs(e, r) {
				consider(e, d.answers(e, r, to))
			}
		}
	}
	switch {
	case repeat.of != nil && (repeat.of.over == nil || change.of == nil):
		return d.verdict(r, repeat)
	case change.of != nil:
		if no := d.denied(change.of, r); no != nil && change.change == news.Corroborated {
			change.of, change.why = no, nowConfirmed[news.Denied]
		}
		return d.verdict(r, change)
	case later.of != nil:
		return d.verdict(r, later) // of the same talks, whatever came between
	}
	j := news.Judged{Development: *r.full, Is: news.New, Reason: "nothing like it is known"}
	if nearest.of != nil && nearest.why != "" {
		j.Reason = fmt.Sprintf("not %s: %s", nearest.of.id, nearest.why)
		if by := nearest.of.over; by != nil {
			j.Reason += fmt.Sprintf(", but %s came since", by.id)
		}
	}
	return j
}

// alreadyEnded reports whether r tells that talks are held of which e has told, not
// long ago, that they ended on that day.
func alreadyEnded(e *entry, r *draft) bool {
	return r.facts.kind == news.TalksStarted && e.facts.kind == news.TalksEnded &&
		held(e, r).relation == same && r.at.Sub(e.first) <= sameBriefing
}

// lastOf follows what has come of e to its last development.
func (e *entry) lastOf() *entry {
	for n := 0; e.over != nil && n < 16; n++ {
		e = e.over
	}
	return e
}

// stands reports whether nothing has come of e since, except what the very item
// of r tells besides: that talks are off, and when they are to be instead.
func (d *Desk) stands(e *entry, r *draft) bool {
	by := e.over
	return by == nil || by.by(r)
}

// told reports whether something that is over is told once more, late, rather
// than true again: soon after, and by nobody who had not said so before.
func (d *Desk) told(c *choice, r *draft) bool {
	const late = 24 * time.Hour
	return r.off || r.at.Sub(c.of.over.first) <= late && sameSides(&c.of.facts, &r.facts) >= 0
}

func better(best *choice, c choice) {
	if best.of == nil || c.score > best.score || c.score == best.score && c.of.order() > best.of.order() {
		*best = c
	}
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
		better(&found, choice{e, finding{same, "", "the same text, a copy"}, d.score(e, r, &found)})
	}
	if found.of == nil {
		for _, e := range copied {
			if e.takes(r) && !e.from(r.mark.own) {
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
	if by := c.of.over; by != nil {
		j.Reason += fmt.Sprintf(" (%s has replaced it since)", by.id)
	}
	return j
}
