package news

import "time"

// Preferences are what somebody set for the direct messages that they get.
type Preferences struct {
	User    string         // Slack user id
	Zone    *time.Location // nil: that of the configuration
	Quiet   string         // "22:00-07:00" in Zone, empty: none
	Changed time.Time      // UTC; zero if nothing was ever set
}
