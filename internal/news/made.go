package news

import "time"

// A MadeRule is a rule that somebody made in Slack rather than in the
// configuration. Its Owner is who made it.
type MadeRule struct {
	Rule
	ID      int64
	Channel string    // where it was made: a Slack channel id or #name
	Created time.Time // UTC
	// ChangedBy is who changed it last, and Changed when; empty and zero if nobody
	// has.
	ChangedBy string
	Changed   time.Time // UTC
}
