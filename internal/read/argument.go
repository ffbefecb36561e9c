package read

import (
	"strings"

	"parley/internal/text"
)

// argument finds the nearest word the frame needs, to the right of an active
// verb first, to the left of a passive or intransitive one.
func (p *part) argument(i int, q *cue, f *frame, from, to int) (int, int) {
	bestAt, bestCost := -1, 1<<20
	end := i + int(q.length)
	reach := f.right
	if p.verbFirst && (f.class == cReach || f.class == cSign) {
		reach += 5 // who does it stands between
	}
	if last := min(to, end+reach); p.english && f.class != cReach && p.next(end, last, f.args) == last {
		reach = 0 // none is there, and nothing else is to be found
	}
	for k := end; k < min(to, end+reach); k++ {
		if !p.english && k > end {
			reach += p.aside(k, to)
		}
		if p.t.Tokens[k].Gap&(text.Semicolon|text.SentenceEnd) != 0 || p.t.Tokens[k].Gap&(text.Colon|text.Dash) != 0 && !p.title {
			break
		}
		if k > end && p.boundary(k) && !p.title {
			break
		}
		if p.english && f.class == cPropose && p.t.Tokens[k].Norm == "after" {
			break // "shares advanced after talks"
		}
		if p.english && f.class == cReach && k >= end {
			switch p.t.Tokens[k].Norm {
			case "despite", "amid", "after", "under", "during", "since", "before", "ahead":
				return -1, 0 // "strikes kill 12 despite truce"
			}
		}
		c := p.cues[k]
		if c == nil || k == i {
			continue
		}
		if c.classes.any(f.args) && !p.modifies(k, to, f.args) && !p.beside(k, end) {
			bestAt, bestCost = k, k-end+1
			if p.t.Tokens[k].Gap&text.Comma != 0 {
				bestCost += 4
			}
			break
		}
		// its object is something else: "cancel the licences granted in talks"
		if c.classes.any(of(cSanction, cProposal, cMessage, cDeal)) && k-end <= 3 && !c.classes.any(of(cSaid, cHold, cWill)) && !p.compound(k, to, f.args) {
			break
		}
	}
	cost, reach := 0, f.left
	if p.english && f.class == cReach && strings.HasPrefix(p.t.Tokens[i].Norm, "strike") {
		reach = 0 // "truce committee over strikes"
		if bestCost > 5 {
			return -1, 0
		}
	}
	if reach > 0 && q.forms[f.class] == past && p.left(i, from, 3, of(cBe)) >= 0 {
		reach = max(reach, 28) // "the licence under which the crude was sold has been revoked"
	}
	if first := max(from, i-reach); reach > 0 && p.next(first, i, f.args) == i {
		reach = 0
	}
	for k := i - 1; k >= from && k >= i-reach; k-- {
		if g := p.t.Tokens[k+1].Gap; g&text.Semicolon != 0 {
			break
		} else if g&text.Comma != 0 {
			cost++
		} else if p.boundary(k + 1) {
			cost += 3
		}
		c := p.cues[k]
		if c == nil || !c.classes.any(f.args) {
			continue
		}
		if d := i - k + cost; d < bestCost {
			bestAt, bestCost = k, d
		}
		break
	}
	return bestAt, bestCost
}

// beside reports "on the sidelines of the summit": a meeting at which two meet is not
// theirs.
func (p *part) beside(k, from int) bool {
	if !p.english {
		return false
	}
	for j := k - 1; j >= from && j >= k-5; j-- {
		switch p.t.Tokens[j].Norm {
		case "sidelines", "margins", "sideline":
			return true
		}
	}
	return false
}

// near turns the distance between trigger and argument into confidence.
func near(cost int) float32 {
	switch {
	case cost <= 3:
		return 1
	case cost <= 7:
		return .92
	default:
		return .82
	}
}

// modifies reports a noun that only says of what kind the next one is, which is
// none of args: "talks formula" is a formula.
func (p *part) modifies(k, to int, args set) bool {
	next := k + int(p.cues[k].length)
	if next >= to || p.t.Tokens[next].Gap&^(text.Space|text.Hyphen) != 0 || p.cues[next] == nil {
		return false
	}
	c := p.cues[next].classes
	return p.is(next, aHead) && c.any(of(cProposal, cDeal, cSanction, cMessage)) && !c.any(args)
}

// compound reports a noun that says of what kind the next one is, which is one
// of args: "the youth-scheme round".
func (p *part) compound(k, to int, args set) bool {
	next := k + int(p.cues[k].length)
	if next+1 < to && p.t.Tokens[next].Norm == "of" && p.cues[next+1] != nil && p.cues[next+1].classes.any(args) {
		return true // "the outline of a deal"
	}
	return next < to && p.t.Tokens[next].Gap&^(text.Space|text.Hyphen) == 0 && p.cues[next] != nil && p.cues[next].classes.any(args)
}

// negatedArgument reports "no talks", "without an agreement".
func (p *part) negatedArgument(arg, from int) bool {
	for k := arg - 1; k >= from && k >= arg-3; k-- {
		if c := p.cues[k]; c != nil && c.classes.has(cReject) {
			break
		}
		if p.english && p.t.Tokens[k].Norm == "no" && k > 0 && k+1 < arg && p.t.Tokens[k+1].Norm == "to" && p.cues[k-1] != nil && p.cues[k-1].classes.has(cReject) && p.cues[k-1].length > 1 {
			break // "says no to the paper"
		}
		switch p.t.Tokens[k].Norm {
		case "no", "without", "neither", "sans", "aucun", "aucune", "sin", "ningun", "ninguna", "без", "никаких", "بدون", "دون", "هيچ", "بغير", "كوئي":
			if c := p.cues[k]; c != nil && c.length > 1 && !c.classes.has(cNot) && !(p.english && c.classes.has(cNoDate)) {
				return false // "sin acuerdo" is a whole
			}
			return !p.boundary(k + 1)
		}
		if c := p.cues[k]; c != nil && c.classes.any(of(cBe, cHave, cSaid, cDeal)) {
			return false
		}
	}
	return false
}

// clause returns the part of a sentence between semicolons in which token i
// stands.
func (p *part) clause(i, from, to int) (int, int) {
	for k := i; k > from; k-- {
		if p.t.Tokens[k].Gap&text.Semicolon != 0 {
			from = k
			break
		}
	}
	for k := i + 1; k < to; k++ {
		if p.t.Tokens[k].Gap&text.Semicolon != 0 {
			to = k
			break
		}
	}
	return from, to
}
