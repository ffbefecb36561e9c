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
