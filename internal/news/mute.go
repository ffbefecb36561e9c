package news

import "time"

// A Mute keeps alerts back from a channel for a while. They are held, and come as
// one digest when it ends.
type Mute struct {
	ID      int64
	Channel string // as the channel's subscriptions call it
	// To is what is muted: negotiation:ID, rule:NAME, or the query of a
	// subscription of the channel; empty: everything.
	To string
	// Round is the negotiation whose next round ends it; empty: time alone does.
	Round   string
	Until   time.Time // UTC, when it ends at the latest
	Author  string    // Slack user id
	Created time.Time // UTC
	Held    int       // how many alerts it holds, or held
}

// A Deed is something that somebody changed.
type Deed struct {
	At      time.Time // UTC
	Author  string    // Slack user id; empty: it happened by itself
	Action  string    // subscribe, change, unsubscribe, make, delete, mute, unmute, end, label
	Subject string    // subscription, rule, mute, feedback
	Channel string
	To      string // what it is about: a query, the name of a rule, a development
	Detail  string // what was set
}
