package news

import (
	"fmt"
	"strings"
	"time"
)

// A DevelopmentID numbers a tracked development; it prints as D-12.
type DevelopmentID int64

// String returns the form that people see and type: "D-12".
func (id DevelopmentID) String() string { return fmt.Sprintf("D-%d", int64(id)) }

// A Tracked development is one that the store knows: numbered, with every
// source that has reported it so far.
type Tracked struct {
	ID      DevelopmentID
	Updates DevelopmentID // the older development whose facts this one changes; 0: none
	Change  Change        // what it does to that one; empty: no update
	Development
	First   time.Time // UTC, when the first report of it was published (fetched, if unknown)
	Last    time.Time // UTC, when the latest report of it was
	Sources []Source  // first reporter first
	// Marks are what package story remembers of the texts that reported it, to
	// know a copy when it meets one. Nobody else looks inside.
	Marks []byte
}

// A Source is one item's report of a development.
type Source struct {
	Item      string // id
	Feed      string
	Tier      Tier
	Title     string
	Link      string
	Published time.Time
	Wire      string // the agency that the text names as its own, empty if none
	Copy      bool   // the text is that of an earlier report of the development
}

// Outlets returns the reports of independent outlets, the first of each. A copy
// of a text, and what names an agency as its own, is the agency's; what an
// aggregator brings is somebody else's.
func Outlets(sources []Source) []Source {
	var out []Source
	seen := map[string]bool{}
	for _, s := range sources {
		outlet := s.Feed
		if s.Wire != "" {
			outlet = s.Wire
		}
		outlet = strings.ToLower(outlet)
		if seen[outlet] || len(out) > 0 && (s.Copy || s.Tier == Aggregator) {
			continue
		}
		seen[outlet] = true
		out = append(out, s)
	}
	return out
}

// Verdict says how an item's development relates to those already tracked.
type Verdict string

// The verdicts, as `parley replay` prints them.
const (
	New    Verdict = "new"
	Repeat Verdict = "repeat"
	Update Verdict = "update"
	Silent Verdict = "silent" // the item has no development
)

// A Judged development is a reading's development with what is decided about
// it: which tracked development it belongs to and why.
type Judged struct {
	Development
	Is Verdict
	// ID is that of the tracked development. A new one is numbered by the store;
	// until then it has a provisional id below zero, unique within its Check, by
	// which later items of the same Check refer to it.
	ID      DevelopmentID
	Updates DevelopmentID // set when Is is Update
	Change  Change        // set when Is is Update
	Reason  string        // named reason of the decision, for `why`
	// Adds is what a repeat tells besides what was known, or more exactly: of a
	// Development only Dates, Venue, Round and Level. nil: nothing.
	Adds *Development
	// More says of a repeat that it names a day, or another side's word: a rule that
	// did not match the development before may match it now.
	More  bool
	Marks []byte // of the tracked development from now on; nil: as before
	Wire  string // the agency that the item's text names as its own
	Copy  bool   // the item's text is that of an earlier report
}

// A Filter narrows a list of developments; its zero value lets all through.
type Filter struct {
	Negotiation string    // id
	Kinds       []Kind    // any of these
	Since       time.Time // first reported then or later
	Speaker     string    // id of the actor for whom somebody says it
	Names       []string  // of who says it, as texts write it: one of these is part of it
	// Before turns the page: only what the list holds after this development,
	// which is to say older ones.
	Before DevelopmentID
	Limit  int // 0: no limit
	// Bare leaves out all that does not move the state of a negotiation: what is told
	// are numbers, times, Change and Updates, and of the development kind, certainty,
	// round and dates. The rest takes longer to find and to read than these.
	Bare bool
}

// A Rule is a named query.
type Rule struct {
	Name  string
	Title string
	When  string // in the query language of package rules
	Level Level
	Owner string // Slack user id, empty for rules of the configuration
}

// A Subscription is a channel or person that wants to hear of what a query matches.
type Subscription struct {
	ID      int64  // 0 for those of the configuration
	Channel string // Slack channel id or #name, or user id
	To      string // a query; rule:NAME stands for that rule's query
	Digest  string // cron line in Zone; empty: at once
	Quiet   string // "22:00-07:00" in Zone, empty: none
	Zone    *time.Location
	Level   Level // the least level that is delivered at once; empty: that of the rule
	// Threaded lets an update stand in the thread of the card that it updates, and
	// there alone; otherwise the channel is shown it too.
	Threaded bool
	// Status says whether the channel keeps a status card of the negotiation that To
	// names.
	Status  StatusWish
	Author  string // Slack user id; empty for those of the configuration
	Created time.Time
}

// An Alert is what rules have to say of a development, or of an item when
// only its words matched. It carries all that a card shows, so that delivery
// needs nothing else.
type Alert struct {
	Rules       []Rule   // that raised it; empty when a subscription's own query did
	To          string   // the subscription's query
	Item        Item     // the item that raised it, Text cut to an excerpt
	Development *Tracked // nil when only words matched
	Also        []string // headlines of what else the item reports that was raised with it
	// Before is the development that this one updates, and Since are those that
	// have updated it; both are looked up when the alert is handed out.
	Before  *Tracked
	Since   []Later
	Because []string // words and facts that satisfied the query, as written in it
	// Named is set where the alert is told again because a day that its development
	// names has come, or has passed.
	Named *NamedDay
	Zone  string // IANA zone in which plain dates are written
	// Threaded is that of the subscription.
	Threaded bool
	// Status is set on a status card, and then nothing else is.
	Status *Status
	// Gathered is set when so much came to the channel that it was put into a list.
	Gathered bool
}

// A NamedDay is a day that a development names, and of which is reminded.
type NamedDay struct {
	Day    string // 2006-01-02
	Ahead  int    // how many days are left until then
	Passed bool   // it is past, and nothing was reported of what was to happen
}

// Level returns the highest level of the alert's rules, Normal if it has none.
func (a Alert) Level() Level {
	if len(a.Rules) == 0 {
		return Normal
	}
	level := Low
	for _, r := range a.Rules {
		switch r.Level {
		case Urgent:
			return Urgent
		case Low:
		default:
			level = Normal
		}
	}
	return level
}

// A Notification is one copy of an alert to one channel: a row of the outbox.
type Notification struct {
	ID        int64
	Key       string // unique: development (or item) and channel, set by the store; the outbox holds a key once
	Channel   string
	Alert     Alert
	Action    Action
	Outlets   int       // how many independent ones have reported, where it is that which raised it; or 0
	Cause     Item      // of an edit: the Feed and ID of the item that made it due
	Target    Receipt   // set when it is handed out; empty for a message of its own
	Digest    bool      // held to be sent together with others that are due
	NotBefore time.Time // UTC
	Mute      int64     // the mute that holds it, 0: none
	Attempt   int       // how often a send has been tried; the claim that set it may complete it, no other
	Created   time.Time // UTC
	// Unsure is set when an earlier attempt may have arrived without our learning
	// of it: look before posting again, and mark the message if looking is impossible.
	// Of an edit that is handed out it says that the card was so marked, and is to stay so.
	Unsure bool
	// Anew is set on a status card that was deleted once, and posted anew.
	Anew bool
	// After is, of an Unsure one that is handed out, the stamp of the message before
	// it in its channel: it can only have arrived after that. Empty: not known.
	After string
	// Plain is set when the full message was refused for its form: post it again
	// as plain text with a link.
	Plain bool
}

// A Later development is one that updated an older, with the card on which it
// stands in the channel of the older one; Card is empty if there is none.
type Later struct {
	Tracked
	Card Receipt
}

// An Action is what a notification does in its channel.
type Action string

// The actions. A Post with a Target replies in the thread of that message, and is
// shown in the channel too.
const (
	Post     Action = "post"
	Edit     Action = "edit"     // of the card that stands at Target
	Reminder Action = "reminder" // of a date, under the card at Target if there is one
)

// A Delivery is how far a notification has come.
type Delivery struct {
	Key      string
	Channel  string
	State    string // pending, sent, parked
	Attempts int
	// The way of what raised it. NotBefore is when it may go next.
	Published time.Time // UTC, of the item; zero if unknown
	Fetched   time.Time // UTC, the item
	Created   time.Time // UTC, when it was put into the outbox: the item was read
	NotBefore time.Time // UTC
	Settled   time.Time // UTC, when it was sent or parked; zero while it is pending
	Reason    string    // of the last failure, empty if there was none
	Receipt   Receipt   // of one that was sent
}

// A Receipt is where a sent notification stands in Slack.
type Receipt struct {
	Channel string // id
	TS      string // Slack's message timestamp, its identity in the channel
}
