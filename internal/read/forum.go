package read

import (
	"strings"

	"parley/internal/text"
)

// atForum reports that what is held or attended is a conference at which people speak, and
// nobody negotiates: "Doha mediation forum to open on January 18", "the envoy is to attend the
// Manama Dialogue".
func (r *reader) atForum(e *event) bool {
	if !r.english || !strings.HasPrefix(string(e.kind), "talks-") {
		return false
	}
	p, s := e.s.p, e.s
	for k := max(s.from, min(e.trigger, e.arg)-8); k < min(s.to, max(e.trigger, e.arg)+7); k++ {
		switch p.t.Tokens[k].Norm {
		case "seminar", "workshop", "symposium", "webinar", "forum":
			if p.partedBetween(min(k, e.trigger), max(k, e.trigger)) || p.count(max(s.from, k-4), k, cTalks) > 0 || k+1 < s.to && p.has(k+1, cTalks) {
				continue // "on the sidelines of the Antalya forum, ministers met"
			}
			if k > s.from && p.t.Tokens[k-1].Norm == "dialogue" || p.nextWord(max(s.from, k-5), k, "sidelines", "margins", "during", "at") < k {
				continue
			}
			return true
		case "attend", "attends", "attended", "attending", "address", "addresses", "join", "joins":
			if r.sides(p, s.from, s.to) < 2 && p.convention(k+1, min(s.to, k+8)) {
				return true
			}
		}
	}
	return false
}

// convention reports the name of a conference in tokens [from,to): "the Munich Security
// Conference".
func (p *part) convention(from, to int) bool {
	for k := from + 1; k < to; k++ {
		if p.t.Tokens[k].Gap&^text.Space != 0 {
			return false
		}
		if p.t.Tokens[k].Flags&text.Capital == 0 || p.t.Tokens[k-1].Flags&text.Capital == 0 {
			continue
		}
		switch p.t.Tokens[k].Norm {
		case "forum", "conference", "dialogue", "assembly", "congress", "convention", "expo", "fair":
			return true
		}
	}
	return false
}
