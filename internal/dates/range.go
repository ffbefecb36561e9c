package dates

import "parley/internal/text"

// mayRange reports whether what stands at k can lead to the end of a range.
func (p *parser) mayRange(k int) bool {
	if k >= p.sent.To {
		return false
	}
	switch p.senses[k].class {
	case classTo, classThrough, classBy, classAnd:
		return true
	}
	return p.tokens[k].Gap&(text.Dash|text.Hyphen) != 0 || p.tokens[k].Gap == 0 || p.senses[k].cues&cueAnd != 0
}

// rangeEnd reads "to Thursday", "– 26 November", "and Wednesday" behind the
// value a that ends before k.
func (p *parser) rangeEnd(a *value, k int, opens class) (b value, moved bool, next int) {
	if k >= p.sent.To {
		return b, false, 0
	}
	gap := p.tokens[k].Gap
	j := k
	switch c := p.class(k); {
	case gap&^(text.Space|text.Dash|text.Hyphen|text.Dot) != 0:
		return b, false, 0
	case gap == 0 && a.kind == kindDate && a.month == 0 && c == classDigits: // 2014~2018
	case gap&(text.Dash|text.Hyphen) != 0 && c != classTo:
		if gap&text.Dash != 0 && opens == classNone && a.kind == kindWeekday && a.day == 0 && p.class(k) != classWeekday {
			return b, false, 0
		}
	case c == classAnd && p.lex.language == "en" && p.ending(k+1): // starting on 1 December and ending on 4 December
		j = k + 2
	case c == classTo, c == classThrough, c == classBy && opens == classFrom, c == classAnd && opens == classBetween:
		j = p.after(k)
	case p.senses[k].cues&cueAnd != 0 && opens == classBetween:
	default:
		return b, false, 0
	}
	for n := 0; n < 2 && (p.class(j) == classThe || p.class(j) == classOn || p.class(j) == classIn); n++ {
		j = p.after(j)
	}
	if j >= p.sent.To || j > k && !p.joined(j, soft) {
		return b, false, 0
	}
	p.lastPoint = j
	b, m := p.point(j)
	if m <= j || len(p.more) > 0 {
		p.more = p.more[:0]
		return b, false, 0
	}
	if p.possessive(m) && opens == classNone {
		return b, false, 0
	}
	if opens == classFrom && p.class(k) == classTo && p.putOff(k) {
		return b, true, m
	}
	return b, false, m
}

// ending reports the word that leads from the first day to the last.
func (p *parser) ending(k int) bool {
	if k >= p.sent.To || p.tokens[k].Gap != text.Space {
		return false
	}
	switch p.tokens[k].Norm {
	case "ending", "concluding", "closing", "lasting":
		return true
	}
	return false
}

// putOff reports whether the clause up to k says that something is moved.
func (p *parser) putOff(k int) bool {
	for i := k - 1; i >= p.sent.From && i > k-20 && (i == k-1 || !parts(p.tokens[i+1].Gap)); i-- {
		if p.senses[i].cues&cuePostpone != 0 {
			return true
		}
	}
	return false
}
