package story

import (
	"slices"

	"parley/internal/news"
)

// sameClaim reports whether two denials can deny the same claim: what exactly
// is denied is put in many ways ("agreed to attend", "will be held").
func sameClaim(a, b news.Kind) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	for _, group := range a.Groups()[1:] {
		if slices.Contains(b.Groups(), group) {
			return true
		}
	}
	return false
}

// sameDenied reports whether r denies what e denies, though the two put it as
// claims of two kinds: they name one day as given up, or e denies a proposal
// and r that it was sent, of which nobody else is known to have spoken.
func (d *Desk) sameDenied(e *entry, r *draft) bool {
	base := d.entries[e.updates]
	if base == nil || e.change != news.Contradicted {
		return false
	}
	if meet(base.facts.dates, r.facts.gone) {
		return true
	}
	sent := []news.Kind{news.ProposalMade, news.MessageConveyed}
	if !slices.Contains(sent, base.facts.kind) || !slices.Contains(sent, r.facts.denies) {
		return false
	}
	return !slices.ContainsFunc(d.index.like(r, r.facts.denies), func(o *entry) bool { return o != base && o.follows(r) && d.belongs(o, r) })
}

// sameAnswer reports whether r answers or denies the very thing that e does: a
// side gives one answer, whoever speaks for it.
func (d *Desk) sameAnswer(e *entry, r *draft) bool {
	base := d.entries[e.updates]
	if base == nil || e.change != news.Answered && e.change != news.Contradicted {
		return false
	}
	var best choice
	for _, to := range replies[r.facts.kind] {
		for _, o := range d.index.like(r, to.to) {
			if o.follows(r) && d.belongs(o, r) && d.answers(o, r, to).relation == changed {
				better(&best, choice{of: o, score: d.score(o, r, &best)})
			}
		}
	}
	return best.of == base
}

// denied returns the latest denial of e that r can answer, nil if nobody has denied it.
func (d *Desk) denied(e *entry, r *draft) *entry {
	var last *entry
	for _, o := range d.index.like(r, news.Denial) {
		if o.updates == e.id && o.change == news.Contradicted && o.follows(r) && (last == nil || o.first.After(last.first)) {
			last = o
		}
	}
	return last
}
