package news

import (
	"errors"
	"time"
)

// ErrStale says that a claim has passed to someone else, or was given back:
// what was to be written under it has been left out, all of it.
var ErrStale = errors.New("the claim is no longer held")

// ErrOvertaken says that others have stored developments which a check was not
// told apart from: it is to be judged anew.
var ErrOvertaken = errors.New("others have stored developments meanwhile")

// ErrNotFound says that what was named does not exist, or exists no more.
var ErrNotFound = errors.New("not found")

// A FeedPlan is what the store must know of a configured feed.
type FeedPlan struct {
	Name  string
	URL   string
	First time.Time // the first check of a feed that is new, is back, or has another URL
}

// A FeedState is what the store remembers of a feed between checks.
type FeedState struct {
	Name         string
	URL          string
	NextCheck    time.Time // UTC
	LastCheck    time.Time // UTC, zero before the first
	LastSuccess  time.Time // UTC, zero before the first
	LastNew      time.Time // UTC, when it last brought an item not seen before
	ETag         string    // validators of the last full answer
	LastModified string
	Checks       int
	Failures     int    // in a row, 0 when the last check succeeded; while nothing can be reached none is counted
	Items        int    // stored so far
	LastError    string // of the last check, empty when it succeeded
	Habits       Habits
	Told         Ailment // of which its owner was last told, empty: none, or that it is over
	Baseline     bool    // no check has succeeded yet: what the first one brings is stored, not posted
	Claim        int64   // fencing token of the claim that handed this state out
}

// A Check is everything that one check of a feed changes. The store takes it
// over in one transaction or not at all.
type Check struct {
	Feed         string
	Claim        int64 // of the FeedState it was made from; an outdated one changes nothing
	At           time.Time
	Next         time.Time
	Succeeded    bool
	Error        string
	Blameless    bool // with an error: nothing can be reached at all, which is no failure of the feed
	ETag         string
	LastModified string
	Habits       Habits        // from now on
	Items        []CheckedItem // not seen before, in order of publication
	// Known is the revision of the developments that the items were told apart
	// from: nothing is stored if there is a later one. −1: there were none;
	// 0: whatever there is.
	Known int64
}

// A CheckedItem is an item with all that was concluded from it.
type CheckedItem struct {
	Item          Item
	Reading       Reading
	Judged        []Judged
	Notifications []Notification
	// Of, parallel to Notifications, is the index in Judged of the development
	// that each is about, −1 where only words matched.
	Of []int
	// Why tells, for `parley why`, what stopped an item that raised nothing:
	// "baseline", "too old", "undated", "no rule matched".
	Why string
}

// A CheckSummary says what the store took over of a Check.
type CheckSummary struct {
	Items         int             // stored; those it knew already are not among them
	Developments  []DevelopmentID // newly numbered, in the order of the items
	Notifications int             // put into the outbox; those it held already are not among them
}

// A StoredItem is an item as look-ups get it back.
type StoredItem struct {
	Item         Item
	Reading      Reading
	Developments []DevelopmentID // parallel to Reading.Developments; 0: not tracked
	Judged       []Judged        // as its check decided, numbered
	Why          string
}

// A Fault is the answer of a place of delivery that did not take a message,
// sorted by what is to be done about it.
type Fault struct {
	Kind       FaultKind
	RetryAfter time.Duration // for Limited
	Reason     string        // Slack's error code or a sentence; never holds a token
	Code       string        // Slack's own, empty where it gave none
}

func (f *Fault) Error() string { return f.Reason }

// A FaultKind says what to do about a Fault.
type FaultKind string

// The kinds of fault.
const (
	Limited   FaultKind = "limited"   // hold this channel for RetryAfter; others go on
	Transient FaultKind = "transient" // surely not delivered: try again, later each time
	Ambiguous FaultKind = "ambiguous" // perhaps delivered: look before sending again
	Gone      FaultKind = "gone"      // the channel cannot be posted to: park, pause its subscriptions
	Unfit     FaultKind = "unfit"     // the message itself is refused: send it plainer, once, then park
	Deleted   FaultKind = "deleted"   // the message that was to be edited is there no more
	Shut      FaultKind = "shut"      // the workspace or token is refused: stop delivering, keep everything
)
