package chart

import (
	"cmp"
	"fmt"
	"slices"

	"parley/internal/news"
)

// labels names marks where there is room: first the dates ahead, then what weighs
// most, the newest first. What finds no room for its words gets its number, or
// none: the shape says what it is.
func (l *Layout) labels(t *Timeline, list []news.Tracked) {
	byID := map[news.DevelopmentID]*news.Tracked{}
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	ahead := map[news.DevelopmentID][]news.Date{}
	for _, u := range t.Ahead {
		if len(u.By) > 0 {
			ahead[u.By[0].ID] = append(ahead[u.By[0].ID], u.Date)
		}
	}
	order := make([]int, len(l.Marks))
	var taken []Rect
	for i, m := range l.Marks {
		order[i] = i
		taken = append(taken, m.whole())
	}
	// How many stand for one comes before all names.
	for i, m := range l.Marks {
		if m.More > 0 {
			l.label(i, []string{fmt.Sprintf("+%d", m.More)}, &taken)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := l.Marks[a], l.Marks[b]
		if x.Ahead != y.Ahead {
			if x.Ahead {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y.Shape.weight(), x.Shape.weight()), cmp.Compare(y.Rect.X0, x.Rect.X0), cmp.Compare(a, b))
	})
	for _, i := range order {
		m := l.Marks[i]
		var words []string
		if m.Ahead {
			if dates := ahead[m.ID]; len(dates) > 0 {
				words = append(words, dayWords(dates[0]))
				ahead[m.ID] = dates[1:]
			}
		} else if d := byID[m.ID]; d != nil {
			if m.Shape == Diamond && len(d.Dates) > 0 {
				words = append(words, "→ "+dayWords(d.Dates[0]))
			} else {
				words = append(words, short(d.Kind))
			}
		}
		if m.More == 0 {
			l.label(i, append(words, m.ID.String()), &taken)
		}
	}
}

// label puts the first of some words beside a mark for which there is room there.
func (l *Layout) label(of int, words []string, taken *[]Rect) {
	const height = smallSize + 2
	m, past := l.Marks[of].whole(), !l.Marks[of].Ahead
	middle := (m.Y0 + m.Y1 - height) / 2
	for _, text := range words {
		if !l.fonts.draws(text) {
			continue
		}
		w := width(l.fonts.small, text)
		for _, at := range [][2]int{{m.X1 + gap, middle}, {m.X0 - gap - w, middle}, {(m.X0 + m.X1 - w) / 2, m.Y0 - height}, {(m.X0 + m.X1 - w) / 2, m.Y1}} {
			box := Rect{at[0], at[1], at[0] + w, at[1] + height}
			meets := func(o Rect) bool { return o.Meets(Rect{box.X0 - gap, box.Y0, box.X1 + gap, box.Y1}) }
			own := box.X0 - gap // the mark itself may be as near as that
			if own < m.X1 && m.X0 < box.X1+gap && box.Meets(m) {
				continue
			}
			if !box.Within(l.Plot) || slices.ContainsFunc(*taken, func(o Rect) bool { return o != m && meets(o) }) {
				continue
			}
			if past && box.X1 > l.Now || !past && box.X0 < l.Now { // on the side of the line where the mark is
				continue
			}
			*taken = append(*taken, box)
			l.Labels = append(l.Labels, Label{Rect: box, Text: text, Of: of})
			return
		}
	}
}
