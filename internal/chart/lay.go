package chart

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"parley/internal/news"
)

// The measures of a picture.
const (
	pageWidth = 1600
	margin    = 36
	nameWidth = 270 // of the column in which the rows are named
	topHeight = 150 // of title, what stands under it, and the names of rounds
	axisRoom  = 56
	markSize  = 22
	gap       = 4               // between marks
	step      = markSize + gap  // from one mark to the next above it
	maxStack  = 6               // marks above one another in a row
	rowRoom   = 22              // above and below the marks of a row
	maxRows   = 9               // of sides; the rest share one
	others    = "Other sides"   // … which is this
	keyRoom   = 34              // of a line of the legend
	leastSpan = 12 * time.Hour  // of the axis
	mostAhead = 5               // twelfths of the axis at most for what is ahead
	edge      = markSize/2 + 12 // between a mark and the edge of the plot
)

// Lay decides where everything stands.
func Lay(t Timeline) (*Layout, error) {
	f, err := newFonts()
	if err != nil {
		return nil, err
	}
	list := slices.Clone(t.Developments)
	slices.SortStableFunc(list, func(a, b news.Tracked) int { return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.ID, b.ID)) })
	l := &Layout{Width: pageWidth, fonts: f, Alt: t.alt(list, f)}
	l.Plot = Rect{X0: margin + nameWidth, Y0: topHeight, X1: pageWidth - margin}
	a := newAxis(&t, list, l.Plot)
	l.Now = a.x(t.Now)
	l.headings(&t, list)
	l.rows(&t, list, a)
	l.Height = l.Plot.Y1 + axisRoom
	l.ticks(&t, a)
	l.rounds(list, a)
	l.labels(&t, list)
	l.legend()
	return l, nil
}

// An axis leads from instants to pixels.
type axis struct {
	from, to time.Time
	plot     Rect
}

// newAxis spans from the first development to the last date ahead. What is very far
// ahead is drawn at the right edge, so that it does not press all else together.
func newAxis(t *Timeline, list []news.Tracked, plot Rect) axis {
	a := axis{from: t.Now.Add(-leastSpan), to: t.Now, plot: plot}
	if len(list) > 0 && list[0].First.Before(a.from) {
		a.from = list[0].First
	}
	past := t.Now.Sub(a.from)
	a.to = t.Now.Add(past / 10)
	limit := t.Now.Add(past * mostAhead / (12 - mostAhead))
	a.to = latest(a.to, t.Now.Add(leastSpan/10))
	for _, u := range t.Ahead {
		if _, end, ok := days(u.Date, t.Zone); ok && end.After(a.to) {
			a.to = end
		}
	}
	if a.to.After(limit) {
		a.to = limit
	}
	return a
}

// x is where an instant stands; what lies beyond an end stands there.
func (a axis) x(at time.Time) int {
	room := a.plot.X1 - a.plot.X0 - 2*edge
	x := float64(at.Sub(a.from)) / float64(a.to.Sub(a.from)) * float64(room)
	return a.plot.X0 + edge + int(min(max(x, 0), float64(room)))
}

// days is when a date begins and ends.
func days(d news.Date, zone *time.Location) (from, to time.Time, ok bool) {
	if zone == nil {
		zone = time.UTC
	}
	from, err := time.ParseInLocation(time.DateOnly, d.Start, zone)
	if err != nil {
		return from, to, false
	}
	to, err = time.ParseInLocation(time.DateOnly, cmp.Or(d.End, d.Start), zone)
	if err != nil || to.Before(from) {
		to = from
	}
	return from, to.AddDate(0, 0, 1), true
}

func (l *Layout) headings(t *Timeline, list []news.Tracked) {
	room := l.Width - 2*margin
	l.Title = fit(l.fonts.title, cmp.Or(tidy(t.Title), "Timeline"), room)
	if !l.fonts.draws(tidy(t.Title)) {
		l.Title = "Timeline"
	}
	under := counted(len(list), "development")
	if len(list) > 0 {
		under += ", " + t.in(list[0].First).Format("2 January 2006") + " to " + t.in(list[len(list)-1].First).Format("2 January 2006")
	}
	if t.Earlier {
		under = "The latest " + under
	}
	l.Under = fit(l.fonts.text, under+". Each stands where it was first reported, in the row of the side that said so.", room)
}

// A seat is a mark on its way to its place.
type seat struct {
	mark Mark
	x    int
	row  string
}

// rows gives each side a row, and each mark a place in it.
func (l *Layout) rows(t *Timeline, list []news.Tracked, a axis) {
	var seats []seat
	for i := range list {
		d := &list[i]
		seats = append(seats, seat{Mark{Shape: shapeOf(d.Kind), Sure: d.Certainty == news.Confirmed || d.Certainty == "", ID: d.ID}, a.x(d.First), t.nameOf(sideOf(&d.Development), l.fonts)})
	}
	for _, u := range t.Ahead {
		from, to, ok := days(u.Date, t.Zone)
		if !ok || len(u.By) == 0 {
			continue
		}
		d := &u.By[0]
		from = latest(from, t.Now)
		m := Mark{Shape: shapeOf(d.Kind), Sure: d.Certainty == news.Confirmed, Ahead: true, ID: d.ID, From: a.x(from), To: a.x(to)}
		seats = append(seats, seat{m, max((m.From+m.To)/2, min(l.Now+markSize/2+gap, l.Plot.X1-edge)), t.nameOf(sideOf(&d.Development), l.fonts)})
	}
	names := rowNames(seats)
	y := l.Plot.Y0
	for _, name := range names {
		var of []seat
		for _, s := range seats {
			if s.row == name || name == others && !slices.Contains(names, s.row) {
				of = append(of, s)
			}
		}
		slices.SortStableFunc(of, func(a, b seat) int { return cmp.Compare(a.x, b.x) })
		stacks := l.stack(of, y+rowRoom)
		height := max(stacks, 1)*step + 2*rowRoom
		l.Rows = append(l.Rows, Row{Name: fit(l.fonts.text, name, nameWidth-16), Y0: y, Y1: y + height})
		y += height
	}
	if len(names) == 0 {
		y += 4 * step
	}
	l.Plot.Y1 = y
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// rowNames orders the sides: who speaks most first, and last what no side said.
// Beyond a number they share a row.
func rowNames(seats []seat) []string {
	count := map[string]int{}
	var names []string
	for _, s := range seats {
		if count[s.row]++; count[s.row] == 1 {
			names = append(names, s.row)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int {
		if (a == nobody) != (b == nobody) {
			if a == nobody {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	if len(names) > maxRows {
		last := names[len(names)-1]
		names = append(names[:maxRows-2:maxRows-2], others)
		if last == nobody {
			names = append(names, nobody)
		}
	}
	return names
}

// stack puts marks of one row above one another where they would meet, and counts
// those for which there is no room on the one that stands there. It returns how
// many stand above one another.
func (l *Layout) stack(of []seat, top int) int {
	var free []int // the x from which each level is free
	level := make([]int, len(of))
	at := make([]int, len(of)) // the mark that stands for it
	lastOn := map[int]int{}
	for i, s := range of {
		left := s.x - markSize/2
		n := slices.IndexFunc(free, func(x int) bool { return x <= left })
		if n < 0 && len(free) < maxStack {
			free, n = append(free, 0), len(free)
		}
		if n < 0 {
			at[i], level[i] = lastOn[maxStack-1], -1
			continue
		}
		free[n], level[i], lastOn[n], at[i] = left+markSize+gap, n, i, i
	}
	place := map[int]int{}
	for i, s := range of {
		if level[i] < 0 {
			l.Marks[place[at[i]]].More++
			continue
		}
		y := top + level[i]*step
		s.mark.Rect = Rect{s.x - markSize/2, y, s.x + markSize/2, y + markSize}
		place[i] = len(l.Marks)
		l.Marks = append(l.Marks, s.mark)
	}
	return len(free)
}

// ticks marks days on the axis, as many as there is room to name.
func (l *Layout) ticks(t *Timeline, a axis) {
	const each = 120 // pixels
	first := t.in(a.from)
	start := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, first.Location())
	span := a.to.Sub(a.from)
	room := (a.plot.X1 - a.plot.X0) / each
	next := func(d time.Time, n int) time.Time { return d.AddDate(0, 0, n) }
	every := 0
	for _, n := range []int{1, 2, 7, 14, 28} {
		if int(span/(time.Duration(n)*24*time.Hour)) <= room {
			every = n
			break
		}
	}
	if every == 0 { // months
		start = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, first.Location())
		every = 1
		for int(span/(time.Duration(every)*30*24*time.Hour)) > room {
			every++
		}
		next = func(d time.Time, n int) time.Time { return d.AddDate(0, n, 0) }
	}
	year, free := 0, 0
	for d := start; !d.After(a.to); d = next(d, every) {
		if d.Before(a.from) {
			continue
		}
		name := d.Format("2 Jan")
		if d.Year() != year {
			name = d.Format("2 Jan 2006")
		}
		x, w := a.x(d), width(l.fonts.small, name)
		if x-w/2 < max(free, l.Plot.X0-nameWidth/2) || x+w/2 > l.Plot.X1+margin/2 {
			continue
		}
		year, free = d.Year(), x+w/2+12
		l.Ticks = append(l.Ticks, Tick{x, name})
	}
}

// rounds shades where each round begins. A development that names no round belongs
// to that in which it falls.
func (l *Layout) rounds(list []news.Tracked, a axis) {
	now := 0
	for _, d := range list {
		if d.Round == nil || *d.Round == now {
			continue
		}
		now = *d.Round
		x := a.x(d.First) - markSize/2 - gap
		if n := len(l.Rounds); n > 0 {
			l.Rounds[n-1].X1 = max(x, l.Rounds[n-1].X0)
			x = max(x, l.Rounds[n-1].X1)
		}
		x = min(x, l.Now)
		l.Rounds = append(l.Rounds, Round{Name: fmt.Sprintf("Round %d", now), X0: x, X1: l.Now})
	}
	for i := range l.Rounds {
		if r := &l.Rounds[i]; width(l.fonts.bold, r.Name)+12 > r.X1-r.X0 {
			if r.Name = fmt.Sprint(r.Name[len("Round "):]); width(l.fonts.bold, r.Name)+8 > r.X1-r.X0 {
				r.Name = ""
			}
		}
	}
}

// legend explains the shapes that are drawn.
func (l *Layout) legend() {
	drawn := map[Shape]bool{}
	hollow := false
	for _, m := range l.Marks {
		drawn[m.Shape] = true
		hollow = hollow || !m.Sure
	}
	x, y := margin, l.Height+8
	add := func(s Shape, sure bool, name string) {
		w := markSize + 10 + width(l.fonts.small, name)
		if x+w > l.Width-margin {
			x, y = margin, y+keyRoom
		}
		l.Legend = append(l.Legend, Key{Rect: Rect{x, y, x + w, y + markSize}, Shape: s, Sure: sure, Name: name, Text: x + markSize + 10})
		x += w + 30
	}
	for s := range shapes {
		if drawn[s] {
			add(s, true, s.name())
		}
	}
	if hollow {
		add(Circle, false, "hollow: reported or expected, not confirmed")
	}
	if len(l.Legend) > 0 {
		l.Height = y + keyRoom
	}
	l.Height += margin / 2
}
