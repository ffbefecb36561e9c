// Package chart draws the developments of a negotiation on a time axis, as a
// picture for people who want to see at a glance what happened when, and who said
// so. A row is a side that speaks, a mark is a development, a shaded column is a
// round, and what lies right of the line is still ahead. Kinds differ by shape and
// by a colour that colour-blind people can tell apart; what is not confirmed is
// hollow.
//
// Laying out and painting are apart: Lay decides where everything stands, and that
// is what tests look at; Layout.PNG only paints it.
package chart

import (
	"time"

	"parley/internal/news"
)

// A Timeline is what is to be drawn.
type Timeline struct {
	Title        string
	Developments []news.Tracked // in any order
	Ahead        []news.Upcoming
	Now          time.Time
	Zone         *time.Location // in which days are written; nil: UTC
	// Actor names a side; an empty answer leaves its id made readable.
	Actor func(id string) string
	// Earlier says that there are more developments before these.
	Earlier bool
}

// A Layout says where everything of a picture stands, in pixels.
type Layout struct {
	Width, Height int
	Plot          Rect // where the marks are
	Now           int  // the x of the line that parts what was from what is ahead
	Rows          []Row
	Rounds        []Round
	Ticks         []Tick
	Marks         []Mark
	Labels        []Label
	Legend        []Key
	Title, Under  string
	// Alt says in words what the picture shows, for those who do not see it.
	Alt string

	fonts *fonts
}

// A Rect is a box; its right and lower edge lie outside.
type Rect struct{ X0, Y0, X1, Y1 int }

// Meets reports whether two boxes share a pixel.
func (r Rect) Meets(o Rect) bool { return r.X0 < o.X1 && o.X0 < r.X1 && r.Y0 < o.Y1 && o.Y0 < r.Y1 }

// Within reports whether a box lies inside of another.
func (r Rect) Within(o Rect) bool {
	return r.X0 >= o.X0 && r.X1 <= o.X1 && r.Y0 >= o.Y0 && r.Y1 <= o.Y1
}

// A Row is a side that speaks.
type Row struct {
	Name   string
	Y0, Y1 int
}

// A Round is the column of a round.
type Round struct {
	Name   string // "Round 2", empty where there is no room for it
	X0, X1 int
}

// A Tick is a day on the axis.
type Tick struct {
	X    int
	Name string
}

// A Mark is a development, or a date ahead.
type Mark struct {
	Rect
	Shape Shape
	Sure  bool // confirmed
	Ahead bool // a date ahead, which spans From to To
	From  int
	To    int
	More  int // how many others stand here for which there is no room
	ID    news.DevelopmentID
}

// whole is the mark with the span of a date ahead.
func (m Mark) whole() Rect {
	if !m.Ahead {
		return m.Rect
	}
	return Rect{min(m.Rect.X0, m.From), m.Y0, max(m.Rect.X1, m.To), m.Y1}
}

// A Label names a mark.
type Label struct {
	Rect
	Text string
	Of   int // the mark
}

// A Key explains a shape.
type Key struct {
	Rect
	Shape Shape
	Sure  bool
	Name  string
	Text  int // the x where the name begins
}
