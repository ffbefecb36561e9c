package story

// bodies tells by words of headline and lead who or what sort of body meets, and over what:
// commanders are no commissioners, and a committee on prisoners is not one on water. Where
// two reports name bodies and share none, two days are rather two meetings.
type bodies map[uint32]uint16

func newBodies() bodies {
	b := bodies{}
	for i, words := range [...][]string{
		{"defence", "defense", "military", "army", "commanders", "commander", "officers", "generals", "hotline"},
		{"leaders", "presidents", "summit"},
		{"experts", "technical", "surveyors", "technicians", "engineers"},
		{"commission", "commissions", "commissioners"},
		{"committee", "committees"},
		{"prisoners", "prisoner", "detainees", "captives", "missing"},
		{"water", "waters", "flood", "rivers"},
		{"trade", "tariff", "tariffs", "customs"},
		{"dialogue"},
		{"budget", "election", "elections", "electoral"},
	} {
		for _, w := range words {
			b[hash(w)] |= 1 << i
		}
	}
	return b
}

func (b bodies) of(m *mark) (found uint16) {
	for _, t := range m.terms {
		found |= b[t]
	}
	return found
}

// sign is that of m, with the bodies of which it speaks.
func (d *Desk) sign(m *mark) sign {
	s := m.sign()
	s.bodies = d.bodies.of(m)
	return s
}

// sameBody compares the bodies of which a report and those of e speak: 1 if they share one, −1 if
// they share none, 0 where either names none.
func (e *entry) sameBody(r *draft) int {
	theirs := uint16(0)
	for i := range e.marks {
		theirs |= e.signs[i].bodies
	}
	switch {
	case r.mark.bodies == 0 || theirs == 0:
		return 0
	case r.mark.bodies&theirs != 0:
		return 1
	}
	return -1
}
