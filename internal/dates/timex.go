package dates

import "strconv"

// TIMEX3 returns the value attribute that the mention would have in TimeML:
// 2026-11-24, 2026-W48, 2026-W48-WE, 2026-11, 2027-Q1; a period as two days
// parted by a slash. X stands for what is not known.
func (m Mention) TIMEX3() string {
	v := m.value
	if m.From == 0 {
		return v.unknown()
	}
	var buf [32]byte
	b := buf[:0]
	y, mo, _ := m.From.Date()
	switch {
	case m.Granularity == Deadline:
		b = m.To.append(b)
	case m.From == m.To:
		b = m.From.append(b)
		if m.Clock.Set {
			b = append(b, 'T', byte('0'+m.Clock.Hour/10), byte('0'+m.Clock.Hour%10), ':', byte('0'+m.Clock.Minute/10), byte('0'+m.Clock.Minute%10))
		}
	case m.Granularity == ByWeek, v.kind == kindUnit && v.unit == unitWeekend && v.part == partNone:
		wy, w := m.From.isoWeek()
		b = append(appendYear(b, wy), '-', 'W', byte('0'+w/10), byte('0'+w%10))
		if m.Granularity != ByWeek {
			b = append(b, "-WE"...)
		}
	case m.Granularity == ByMonth && v.cal == gregorian:
		b = append(appendYear(b, y), '-', byte('0'+mo/10), byte('0'+mo%10))
	case m.wholeYear():
		b = appendYear(b, y)
	case v.part == partNone && (v.kind == kindQuarter || v.kind == kindUnit && v.unit == unitQuarters):
		b = append(appendYear(b, y), '-', 'Q', byte('1'+(mo-1)/3))
	case v.part == partNone && v.kind == kindHalf:
		b = append(appendYear(b, y), '-', 'H', byte('1'+(mo-1)/6))
	case v.part == partNone && v.kind == kindSeason:
		b = append(append(appendYear(b, y), '-'), [...]string{"SP", "SU", "FA", "WI"}[(int(v.month)/3-1)&3]...)
	default:
		b = m.To.append(append(m.From.append(b), '/'))
	}
	return string(b)
}

// Strings returns the first and the last day as 2006-01-02, empty where there
// are none, and what TIMEX3 and EDTF return. Most dates are one plain day, of
// which all four are one string.
func (m *Mention) Strings(as *Spelling) (from, to, timex3, edtf string) {
	from = as.Of(m.From)
	if to = from; m.To != m.From {
		to = as.Of(m.To)
	}
	if m.From > 0 && m.From == m.To && m.Granularity != Deadline && !m.Clock.Set && !m.Approx {
		return from, to, from, from
	}
	return from, to, m.TIMEX3(), m.EDTF()
}

func (m Mention) wholeYear() bool {
	y, mo, d := m.From.Date()
	y2, mo2, d2 := m.To.Date()
	return y == y2 && mo == 1 && d == 1 && mo2 == 12 && d2 == 31
}

// unknown is the TIMEX3 value of what could not be counted out.
func (v value) unknown() string {
	switch v.kind {
	case kindWeekday:
		return "XXXX-WXX-" + string('0'+byte(v.weekday))
	case kindUnit:
		switch v.unit {
		case unitWeek:
			return "XXXX-WXX"
		case unitWeekend:
			return "XXXX-WXX-WE"
		case unitMonths:
			return "XXXX-XX"
		case unitQuarters:
			return "XXXX-QX"
		}
		return "XXXX"
	case kindQuarter:
		return "XXXX-Q" + strconv.Itoa(int(v.n))
	case kindDate:
		if v.cal != gregorian {
			break
		}
		s := "XXXX-"
		if v.month == 0 {
			s += "XX"
		} else {
			s += string([]byte{byte('0' + v.month/10), byte('0' + v.month%10)})
		}
		if v.day != 0 {
			s += string([]byte{'-', byte('0' + v.day/10), byte('0' + v.day%10)})
		}
		return s
	}
	return "XXXX-XX-XX"
}

// Through returns the period from the first day of m to the last of end, which stands
// behind it in plain.
func (m Mention) Through(end *Mention, plain string) Mention {
	m.Last, m.End, m.To, m.Granularity = end.Last, end.End, end.To, ByRange
	m.Span = plain[m.Start:m.End]
	m.value = value{kind: kindSpan}
	return m
}

// EDTF returns the mention's days in the Extended Date/Time Format (ISO
// 8601-2): 2026-11-24, 2026-11 or an interval, each with ~ when approximate;
// empty where there are no days.
func (m Mention) EDTF() string {
	if m.From == 0 {
		return ""
	}
	var buf [32]byte
	b := buf[:0]
	tilde := func() {
		if m.Approx {
			b = append(b, '~')
		}
	}
	y, mo, _ := m.From.Date()
	switch {
	case m.From == m.To && m.Granularity != Deadline:
		b = m.From.append(b)
		tilde()
	case m.Granularity == ByMonth && m.value.cal == gregorian:
		b = append(appendYear(b, y), '-', byte('0'+mo/10), byte('0'+mo%10))
		tilde()
	case m.Granularity != Deadline && m.wholeYear():
		b = appendYear(b, y)
		tilde()
	case m.Granularity == Deadline:
		b = append(m.From.append(b), '/')
		b = m.To.append(b)
		tilde()
	default:
		b = m.From.append(b)
		tilde()
		b = append(b, '/')
		b = m.To.append(b)
		tilde()
	}
	return string(b)
}
