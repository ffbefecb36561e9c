package dates

import "parley/internal/text"

// run reads the text sentence by sentence.
func (p *parser) run(into []Mention) []Mention {
	p.before = len(into)
	for n, s := range p.t.Sentences {
		if !p.holdsDate(s) {
			p.base = 0
			continue
		}
		p.last, p.scanned = p.scanned, n
		p.alternates = false
		p.scan(s)
		p.sent = s
		p.items = p.items[:0]
		for i := s.From; i < s.To; {
			c := p.senses[i].class
			if !starts[c] {
				i = p.after(i)
				continue
			}
			if k := p.after(i); leads[c] && (k >= s.To || p.senses[k].class == classNone || c == classArticle && p.senses[k].class == classOrdinal) { // a second round
				i = k
				continue
			}
			if next := p.expression(i); next > i {
				i = next
			} else {
				i = p.after(i)
			}
		}
		if len(p.items) > 0 {
			into = p.settle(into)
		} else {
			p.base = 0
		}
	}
	return into
}

// starts tells the classes that an expression can begin with.
var starts = [256]bool{
	classDigits: true, classNumeral: true, classTens: true, classVague: true, classArticle: true, classOrdinal: true, classWeekday: true, classWeekdayShort: true,
	classMonth: true, classMonthShort: true, classMonthName: true, classSolarMonth: true, classLunarMonth: true, classUnit: true, classShift: true,
	classPart: true, classRelative: true, classHoliday: true, classHolidayName: true, classEitherDay: true, classAgoFirst: true, classDual: true, classSeason: true, classQuarter: true, classHalf: true, classAround: true, classBy: true,
	classExactBy: true, classWithin: true, classFrom: true, classBetween: true, classThe: true, classIn: true, classBeginning: true,
	classThrough: true, classOtherDays: true, classOvernight: true, classEve: true,
}

// leads tells those that need another word of dates right behind them.
var leads = [256]bool{
	classOrdinal: true, classOtherDays: true, classArticle: true, classVague: true, classShift: true, classPart: true, classAround: true, classBy: true, classExactBy: true, classWithin: true, classFrom: true,
	classBetween: true, classThe: true, classIn: true, classBeginning: true, classThrough: true, classAgoFirst: true, classEve: true,
}

// expression reads the expression that begins at i, adds it to the items and
// returns the index behind it; i or less when there is none.
func (p *parser) expression(i int) int {
	it := item{first: i}
	j := i
	opens := classNone
	p.opens = classNone
	p.limit = false
	p.more = p.more[:0]
prefixes:
	for n := 0; n < 5 && j < p.sent.To; n++ {
		if j > i && !p.joined(j, soft) {
			return 0
		}
		switch c := p.class(j); c {
		case classAround:
			it.approx = true
			j = p.after(j)
		case classOtherDays:
			it.other = true
			j = p.after(j)
		case classBy, classExactBy:
			if it.deadline {
				return 0
			}
			if p.val(j) == 1 && p.lex.language != "en" {
				if v, k := p.ago(p.after(j)); k > 0 { // قبل ثلاثة أيام
					it.a, it.last, it.next = v, k, k
					p.items = append(p.items, it)
					return k
				}
			}
			it.deadline, it.before, it.upTo = true, p.val(j) == 1, p.val(j) == 2
			j = p.after(j)
		case classFrom, classBetween:
			opens = c
			p.opens = c
			j = p.after(j)
			if c == classFrom {
				it.first = j
			}
		case classThrough:
			if j != i || p.val(j) != 1 {
				return 0
			}
			it.deadline = true
			j = p.after(j)
		case classWithin, classIn:
			if v, k, dl, approx := p.ahead(j); k > j {
				it.a, it.last, it.next = v, k, k
				it.deadline, it.approx = it.deadline || dl, it.approx || approx
				if c == classWithin && !dl && p.val(j) == 0 && p.senses[j].n > 1 {
					it.first++ // in the coming days
				}
				p.items = append(p.items, it)
				return k
			}
			if j == i || c == classWithin {
				return 0
			}
			j = p.after(j)
		case classOn:
			if j == i {
				return 0
			}
			j = p.after(j)
		case classThe:
			j = p.after(j)
		case classDaytime: // حتى مساء الأحد
			k := p.skip(p.after(j), classOn)
			if !it.deadline || !p.is(k, classWeekday) {
				break prefixes
			}
			j = k // by midnight on Thursday
		case classDigits:
			clock, k := p.clockAt(j)
			if !it.deadline || k <= j {
				break prefixes
			}
			if k = p.skip(k, classOn); p.class(k) != classWeekday && p.class(k) != classRelative {
				break prefixes
			}
			it.clock, j = clock, k // until 6 p.m. Sunday
		default:
			break prefixes
		}
	}
	v, k := p.point(j)
	if k <= j && it.deadline {
		v, k = p.outlived(j)
	}
	if k <= j {
		return 0
	}
	if p.lex.verbLast && v.part == partNone && v.day == 0 && (v.kind == kindDate || v.kind == kindUnit) && p.is(k, classOf) && p.is(p.after(k), classPart) { // دسمبر کے اوائل
		v.part, k = part(p.val(p.after(k))), p.after(p.after(k))
	}
	if j == p.after(i) && p.class(i) == classThe && !p.articled(v) {
		it.first = j // the Tuesday
	}
	if it.deadline && p.possessive(k) { // before Friday's talks
		it.deadline = false
		it.first = j
	}
	it.bare = v.kind == kindWeekday && v.shift == shiftNone && v.week == shiftNone && v.day == 0
	it.approx = it.approx || p.hedged(v) && !(it.deadline && v.part == partEnd)
	it.a = v
	it.limit = p.limit
	it.deadline = it.deadline || p.limit
	it.last, it.next = k, k
	if h := p.head(i); p.class(h) == classAfter {
		it.after, it.since = p.val(h) > 0, p.val(h) < 0
	} else if h >= p.sent.From && v.kind == kindHoliday && p.tokens[h].Norm == "once" { // once Eid is over
		it.after = true
	}
	if len(p.more) > 0 {
		return p.list(it)
	}
	// the other end of a range
	if !p.mayRange(k) {
		if opens == classBetween {
			it.first = j
		}
	} else if e, moved, m := p.rangeEnd(&it.a, k, opens); m > k {
		if moved {
			old := it
			old.moved = true
			p.items = append(p.items, old)
			it = item{first: p.lastPoint, last: m, next: m, a: e}
			it.bare = e.kind == kindWeekday && e.shift == shiftNone && e.week == shiftNone
			p.items = append(p.items, it)
			p.suffix(&p.items[len(p.items)-1])
			return p.items[len(p.items)-1].next
		}
		it.b, it.ranged = e, true
		it.last, it.next = m, m
		it.approx = it.approx || p.hedged(e)
		if opens == classBetween {
			it.first = i
		}
	} else if opens == classBetween {
		it.first = j
	}
	p.items = append(p.items, it)
	last := &p.items[len(p.items)-1]
	p.suffix(last)
	return last.next
}

// articled reports values whose "the" belongs to them: the 24th, the weekend.
func (p *parser) articled(v value) bool {
	if v.weekOf || v.part != partNone || v.nth != 0 || v.off != 0 {
		return true
	}
	return v.kind != kindWeekday && v.kind != kindHoliday && v.kind != kindDecade && (v.kind != kindDate || v.month == 0)
}

// possessive reports whether the expression ending before k ends in 's.
func (p *parser) possessive(k int) bool {
	return k > p.sent.From && p.tokens[k-1].Flags&text.Possessive != 0
}

// hedged reports values that are vague by their wording.
func (p *parser) hedged(v value) bool {
	switch v.part {
	case partNone, partRest, partFirstHalf, partSecondHalf:
	case partLater, partEarlier:
		return v.kind != kindDays && v.kind != kindWeekday
	default:
		return v.kind != kindWeekday && v.kind != kindDays
	}
	return v.kind == kindSpan && v.n == 0
}

// suffix reads what may stand behind a date: at the latest, or so, a clock.
func (p *parser) suffix(it *item) {
	k := it.next
	if p.joined(k, comma) {
		switch p.class(k) {
		case classAtLatest, classExactBy:
			if p.class(k) == classExactBy && !p.ends(p.after(k)) {
				break
			}
			it.deadline = !it.ranged
			if it.deadline && it.a.part == partEnd {
				it.approx = false
			}
			it.before = it.before || p.class(k) == classAtLatest && p.val(k) == 1
			if it.ranged && p.lex.verbLast {
				break // "24 سے 26 نومبر تک"
			}
			k = p.after(k)
			it.last, it.next = k, k
		case classOrSo:
			it.approx = true
			k = p.after(k)
			it.last, it.next = k, k
		}
	}
	if c, m := p.clockBehind(k); m > k {
		it.clock, it.next = c, m
	} else if c, ok := p.clockBefore(it.first); ok && !it.clock.Set {
		it.clock = c
	}
}

// point reads one date at i and returns the index behind it, 0 when there is
// none. Further days of a list are left in p.more.
func (p *parser) point(i int) (value, int) {
	if i >= p.sent.To {
		return value{}, 0
	}
	switch p.class(i) {
	case classWeekday, classWeekdayShort:
		return p.weekday(i)
	case classMonth, classMonthShort, classMonthName, classSolarMonth, classLunarMonth:
		return p.monthFirst(i)
	case classDigits:
		if v, k := p.numeric(i); k > 0 {
			return v, k
		}
		if v, k := p.yearFirst(i); k > 0 {
			return v, k
		}
		if v, k := p.dayFirst(i); k > 0 {
			return v, k
		}
		if v, k := p.counted(i); k > 0 {
			return v, k
		}
		return p.yearAlone(i)
	case classNumeral, classTens, classVague, classArticle:
		if v, k := p.dayFirst(i); k > 0 {
			return v, k
		}
		if v, k := p.counted(i); k > 0 {
			return v, k
		}
		return p.yearAlone(i)
	case classOrdinal:
		if i > p.sent.From && p.class(p.head(i)) == classEvery { // every second Tuesday
			return value{}, 0
		}
		if v, k := p.nthUnit(p.val(i), p.after(i), i); k > 0 {
			return v, k
		}
		return p.dayFirst(i)
	case classShift:
		return p.shifted(i)
	case classPart:
		return p.parted(i)
	case classAgoFirst:
		return p.ago(p.after(i))
	case classRelative, classEitherDay:
		return p.relative(i)
	case classNow:
		if p.opens == classBetween || p.lastPoint == i {
			return value{kind: kindDays}, p.after(i)
		}
	case classOvernight:
		if k := p.after(i); p.cueAt(k)&cueEvent == 0 || p.tokens[k].Gap&^text.Space != 0 { // not "overnight talks"
			return value{kind: kindNight}, k
		}
	case classHoliday, classHolidayName:
		return p.holiday(i)
	case classSeason, classQuarter, classHalf:
		return p.season(i)
	case classUnit:
		return p.unit(i)
	case classEve:
		return p.beside(p.after(i), unitDay, p.val(i))
	case classBeginning:
		j := p.skip(p.after(i), classThe, classOn)
		if !p.joined(j, soft) {
			return value{}, 0
		}
		v, k := p.point(j)
		if k == 0 || v.kind != kindDate && v.kind != kindWeekday && v.kind != kindHoliday || v.kind == kindDate && v.day == 0 {
			return value{}, 0
		}
		v.weekOf = true
		return v, k
	case classThe:
		if j := p.after(i); p.joined(j, soft) && p.class(j) != classThe {
			return p.point(j)
		}
	}
	return value{}, 0
}

// skip passes words of the given classes that stand joined.
func (p *parser) skip(i int, classes ...class) int {
next:
	for p.joined(i, soft) {
		for _, c := range classes {
			if p.class(i) == c {
				i = p.after(i)
				continue next
			}
		}
		break
	}
	return i
}

// closed reports whether no noun follows at k that would make a measure or a
// name of what stands before: "24 and 25 people".
func (p *parser) closed(k int) bool {
	if k >= p.sent.To || p.tokens[k].Gap&^text.Space != 0 {
		return true
	}
	s := p.senses[k]
	return s.class != classNone && s.class != classUnit && s.class != classGuard || s.cues&^(cueEvent|cueSpeechNoun|cueOther|cueBackground) != 0
}
