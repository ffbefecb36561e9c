package news

import (
	"fmt"
	"net/url"
	"time"
)

// Habits are what a feed has shown of itself over many checks. The watch learns
// them; the store keeps them as they are.
type Habits struct {
	Gap time.Duration `json:",omitzero"` // usual time between two items; 0: not known yet

	// The feed's own wishes when it was last read whole.
	TTL       time.Duration `json:",omitzero"` // ask not more often than this
	SkipHours uint32        `json:",omitzero"` // bit n: not in hour n, UTC
	SkipDays  uint8         `json:",omitzero"` // bit n: not on weekday n, UTC

	// Moved is where the feed says that it has moved for good. It is Followed, asked
	// instead of the configured address, once that was seen several times.
	Moved      string    `json:",omitzero"`
	MovedSeen  int       `json:",omitzero"`
	MovedSince time.Time `json:",omitzero"`
	Followed   bool      `json:",omitzero"`

	// Of a feed whose articles are fetched: how many pages were asked for, how many
	// gave a text, and why the last one that did not gave none.
	Pages       int    `json:",omitzero"`
	PagesRead   int    `json:",omitzero"`
	PageTrouble string `json:",omitzero"`

	Gone    bool `json:",omitzero"` // it answers that it was removed for good
	Repeats int  `json:",omitzero"` // checks in a row in which most of what looked new had been there before
}

// Skips says whether the feed asks to be left alone at a time.
func (h Habits) Skips(at time.Time) bool {
	at = at.UTC()
	return h.SkipHours>>at.Hour()&1 == 1 || h.SkipDays>>at.Weekday()&1 == 1
}

// An Ailment is what may be wrong with a feed in a way that its owner should know
// of; empty: nothing is.
type Ailment string

// The ailments.
const (
	Removed   Ailment = "removed"   // gone for good, says its outlet
	Failing   Ailment = "failing"   // cannot be read, for a while now
	Stale     Ailment = "stale"     // brings nothing new for much longer than usual
	Repeating Ailment = "repeating" // brings the same items again and again as if they were new
)

const (
	failingAfter = 4                // failures in a row …
	failingFor   = 15 * time.Minute // … and so long without a success
	staleFor     = 72 * time.Hour   // over a long weekend many an outlet is silent
	staleGaps    = 12
	repeatsAfter = 3
)

// Ailment tells what is wrong with the feed at a time, and in a sentence that goes
// on after its name what its owner is to do.
func (f FeedState) Ailment(now time.Time) (a Ailment, says string) {
	switch {
	case f.Habits.Gone && f.Failures > 0:
		return Removed, "was removed for good, its outlet says (410). It is asked once a week from now on: give it a new url, or take it out of the configuration"
	case f.Failures >= failingAfter && now.Sub(f.LastSuccess) >= failingFor:
		return Failing, fmt.Sprintf("cannot be read since %s (%d failures): %s", since(f.LastSuccess), f.Failures, f.LastError)
	case f.Failures > 0:
		return "", ""
	case f.Habits.Repeats >= repeatsAfter:
		return Repeating, "brings the same items again and again as if they were new: its outlet gives them a new id each time. Alerts are not repeated by that; tell the outlet, or look for another url"
	// Up to the last answer: who was not asked, or could not be, may have had news.
	case f.Habits.Gap > 0 && !f.LastNew.IsZero() && f.LastSuccess.Sub(f.LastNew) > max(staleFor, staleGaps*f.Habits.Gap):
		return Stale, fmt.Sprintf("has brought nothing new since %s, though it answers: look whether its outlet has another feed by now", since(f.LastNew))
	}
	return "", ""
}

func since(t time.Time) string {
	if t.IsZero() {
		return "it was configured"
	}
	return t.UTC().Format("2 Jan 15:04 UTC")
}

// MovedTo names the host to which the feed has moved for good, "" if it has not
// or not for long enough to be sure. An address may hold keys, so more of it is
// not told.
func (f FeedState) MovedTo() string {
	if !f.Habits.Followed {
		return ""
	}
	u, err := url.Parse(f.Habits.Moved)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
