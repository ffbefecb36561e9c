package chart

import (
	"image/color"
	"strings"

	"parley/internal/news"
)

// A Shape stands for a class of kinds.
type Shape int

// The shapes.
const (
	Diamond  Shape = iota // talks are scheduled
	Play                  // talks have started
	Square                // talks have ended
	Cross                 // put off, called off, broken off
	Star                  // an agreement
	Circle                // proposals, mediation, messages
	Triangle              // pressure: ultimatums, sanctions, breaches
	Dot                   // what is said of mood and gaps, denials
	shapes
)

// shapeOf is the shape of a kind.
func shapeOf(k news.Kind) Shape {
	switch k {
	case news.TalksScheduled:
		return Diamond
	case news.TalksStarted:
		return Play
	case news.TalksEnded:
		return Square
	case news.TalksPostponed, news.TalksCancelled, news.TalksSuspended:
		return Cross
	case news.AgreementReached, news.AgreementSigned:
		return Star
	case news.Ultimatum, news.SanctionsImposed, news.SanctionsEased, news.ViolationAlleged:
		return Triangle
	case news.Atmosphere, news.GapsNamed, news.Denial:
		return Dot
	}
	return Circle
}

// name says what a shape stands for.
func (s Shape) name() string {
	return [shapes]string{
		"talks scheduled", "talks started", "talks ended", "put off, called off, broken off", "agreement",
		"proposal, mediation, message", "ultimatum, sanctions, breach", "mood, gaps, denial",
	}[s]
}

// paint is the colour of a shape: those of Okabe and Ito, which people with any
// kind of colour vision tell apart. All are drawn with a dark edge, so that none
// depends on its contrast with the ground.
func (s Shape) paint() color.RGBA {
	return [shapes]color.RGBA{
		{0x00, 0x72, 0xb2, 0xff},
		{0x00, 0x9e, 0x73, 0xff},
		{0x00, 0x9e, 0x73, 0xff},
		{0xd5, 0x5e, 0x00, 0xff},
		{0xf0, 0xe4, 0x42, 0xff},
		{0x56, 0xb4, 0xe9, 0xff},
		{0xcc, 0x79, 0xa7, 0xff},
		{0x99, 0x99, 0x99, 0xff},
	}[s]
}

// weight orders shapes by how much one wants their labels.
func (s Shape) weight() int {
	return [shapes]int{Diamond: 3, Play: 5, Square: 4, Cross: 6, Star: 7, Circle: 2, Triangle: 1, Dot: 0}[s]
}

// short says a kind in as few words as a label has room for.
func short(k news.Kind) string {
	words := strings.ReplaceAll(string(k), "-", " ")
	return strings.TrimPrefix(words, "talks ")
}
