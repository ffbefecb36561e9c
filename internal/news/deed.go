package news

import "time"

// A Deed is something that somebody changed, as the log keeps it.
type Deed struct {
	At      time.Time // UTC
	Author  string    // Slack user id; empty: it happened by itself
	Subject DeedSubject
	Action  string // of a subscription subscribe, change, unsubscribe; of a rule make, change, delete; of a mute mute, change, unmute, end
	Channel string
	To      string       // of a subscription or mute its query, of a rule its name
	Query   string       // of a rule, from then on
	How     Subscription // how its alerts came from then on
	Until   time.Time    // of a mute, UTC, as it was then
	Round   string       // of a mute
}

// A DeedSubject says what was changed.
type DeedSubject string

// The subjects.
const (
	OfSubscription DeedSubject = "subscription"
	OfRule         DeedSubject = "rule"
	OfMute         DeedSubject = "mute"
)
