package news

import "time"

// Feedback is somebody's word that something of a development is wrong.
type Feedback struct {
	Development DevelopmentID
	What        Wrong
	Right       string // what would be right: a kind, a day, an actor or name, a D-number; empty: not said
	Channel     string // where it was said
	Author      string // Slack user id
	At          time.Time
}

// Wrong says what of a development is wrong.
type Wrong string

// What can be wrong.
const (
	WrongKind    Wrong = "kind"
	WrongDate    Wrong = "date"
	WrongSpeaker Wrong = "speaker"
	Nothing      Wrong = "nothing"   // it is no development at all
	Duplicate    Wrong = "duplicate" // it was known already
)
