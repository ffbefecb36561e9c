package dates

import "parley/internal/text"

// linkBetween tells how b is tied to a: by "or", "and", a comma.
func (p *parser) linkBetween(a, b *item) link {
	l := linkNone
	if b.first-a.next > 5 {
		return l
	}
	if p.senses[b.first].cues&cueAnd != 0 {
		l = linkAnd
	}
	for k := a.next; k <= b.first; k++ {
		gap := p.tokens[k].Gap
		if gap&(hard&^text.Dash|text.SentenceEnd) != 0 && k > a.next {
			return linkNone
		}
		if gap&text.Comma != 0 && l == linkNone {
			l = linkAnd
		}
		if k == b.first {
			break
		}
		switch p.class(k) {
		case classOr:
			l = linkOr
		case classAnd:
			if l != linkOr {
				l = linkAnd
			}
		case classOn, classThe, classIn, classAround, classPreferred:
		case classCont:
		default:
			if p.tokens[k].Norm == "with" && (b.other || p.alternateBehind(b.last, p.sent.To)) {
				l = linkOr
				continue
			}
			if p.senses[k].cues&cueConsider == 0 {
				return linkNone
			}
			if l == linkNone {
				return l
			}
		}
	}
	if l == linkAnd && b.a.kind != a.a.kind && b.a.kind != kindWeekday && b.a.kind != kindDate {
		return linkNone
	}
	return l
}

// inherit gives a bare weekday the week of the date it is tied to.
func (p *parser) inherit(v value, head *Mention) value {
	if head.From == 0 {
		return v
	}
	d := head.From.monday() + Day(v.weekday-1)
	if p.anchor != 0 { // "Saturday or Monday": go on in the same direction
		switch {
		case head.From >= p.anchor && d < p.anchor:
			d += 7
		case head.From < p.anchor && d > p.anchor:
			d -= 7
		}
	}
	y, m, dd := d.Date()
	return value{kind: kindDate, year: int16(y), month: int8(m), day: int8(dd), weekday: v.weekday}
}

// alternative reports whether the nth date of the sentence, with those that
// "and" and "or" tie to it, is said to be possible too.
func (p *parser) alternative(n int) bool {
	if !p.alternates {
		return false
	}
	for n+1 < len(p.items) && p.tied(&p.items[n], &p.items[n+1]) {
		n++
	}
	if n+1 < len(p.items) {
		return p.alternateBehind(p.items[n].last, p.items[n+1].first)
	}
	return p.alternateBehind(p.items[n].last, p.sent.To)
}

// tied reports whether only "and", "or", commas and prepositions part a and b.
func (p *parser) tied(a, b *item) bool {
	if b.link != linkNone {
		return true
	}
	for k := a.next; k < b.first; k++ {
		switch p.class(k) {
		case classAnd, classOr, classOn, classThe, classCont:
		default:
			return false
		}
	}
	return true
}

// joinGroup makes m an alternative of head.
func (p *parser) joinGroup(head, m *Mention) {
	if head.Group == 0 {
		p.group++
		head.Group = p.group
	}
	m.Group = head.Group
	m.Preferred = false
	if m.Status == Planned {
		m.Status = Considered
	}
}

// alternateBehind reports whether "also possible" follows soon behind k.
func (p *parser) alternateBehind(k, end int) bool {
	for j := k; j < end && j < k+8; j++ {
		if p.senses[j].class == classAlternate {
			return true
		}
		if p.tokens[j].Gap&(text.Semicolon|text.Dash) != 0 {
			return false
		}
	}
	return false
}

// isAlternate is alternative of it.
func (p *parser) isAlternate(it *item) bool {
	if !p.alternates {
		return false
	}
	for n := range p.items {
		if &p.items[n] == it {
			return p.alternative(n)
		}
	}
	return false
}

// prefer makes the date that is called preferable the preferred one of its
// group.
func (p *parser) prefer(ms []Mention) {
	for i := range ms {
		m := &ms[i]
		if m.Group == 0 || m.Preferred || m.First == p.sent.From {
			continue
		}
		if k := m.First - 1; p.class(k) == classPreferred || k > p.sent.From && p.class(k) == classOn && p.class(k-1) == classPreferred {
			for j := range ms {
				if ms[j].Group == m.Group {
					ms[j].Preferred = j == i
				}
			}
		}
	}
}

// lastLive returns the index of the date of talks to which one just read may be the
// alternative, past a day of speaking: "on Wednesday, he said on Sunday, with Thursday
// also possible". It is -1 where there is none.
func (p *parser) lastLive(into []Mention) int {
	for k := len(into) - 1; k >= p.before && k >= len(into)-3; k-- {
		if p.live(&into[k]) {
			return k
		}
		if into[k].Role != Speech {
			break
		}
	}
	return -1
}

// live reports a mention near the sentence whose alternatives may be named.
func (p *parser) live(m *Mention) bool {
	return m.Role == Talks && m.Status != Held && p.tokens[m.First].Paragraph+1 >= p.tokens[p.sent.From].Paragraph
}
