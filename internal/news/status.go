package news

import "time"

// A Standing is how a negotiation stands.
type Standing struct {
	State string    // in words: "between rounds"
	Since time.Time // zero if nothing was ever heard of it
	Round int       // the last that took place or takes place, 0: not known
	By    *Tracked  // what brought it there, nil if nothing did
	Last  *Tracked  // the latest development of any kind, nil if there is none
}

// An Upcoming is a date ahead in a negotiation, with every development that
// names it.
type Upcoming struct {
	Negotiation string // id, empty when the parties fit none
	Date        Date   // as the surest of By names it
	By          []Tracked
	Conflicts   []Date // other dates that others name for the same thing
}

// A Status is what a status card shows: how a negotiation stood at one time. Its
// developments have no source but the one to name.
type Status struct {
	Negotiation string // id
	Standing
	Ahead []Upcoming // the soonest first
	More  int        // dates ahead that are left out
	Zone  string     // IANA zone in which plain dates are written
	Ended bool       // it is kept no longer, and shows what it showed last
	// Card is where Last stands in the same channel, looked up when the card is handed
	// out; empty if it was not posted there.
	Card Receipt
	At   time.Time // when this was found; not part of what the card tells
}

// A StatusWish says whether a subscription keeps a status card.
type StatusWish string

// The wishes.
const (
	NoStatus   StatusWish = ""
	WithStatus StatusWish = "with" // besides its alerts
	StatusOnly StatusWish = "only" // and sends no alerts
)

// KeepsStatusOf returns the id of the negotiation of which a subscription keeps a
// status card, "" if it keeps none.
func (s Subscription) KeepsStatusOf() string {
	if s.Status == NoStatus {
		return ""
	}
	return s.negotiation()
}

// negotiation is the id of the one that a subscription is to, "" if it is to
// anything else.
func (s Subscription) negotiation() string {
	const field = "negotiation:"
	if len(s.To) <= len(field) || s.To[:len(field)] != field {
		return ""
	}
	for _, r := range s.To[len(field):] {
		if r == ' ' || r == '(' || r == ')' || r == '"' || r == ':' {
			return ""
		}
	}
	return s.To[len(field):]
}

// A StatusCard is a Status with the channel in which it is kept.
type StatusCard struct {
	Channel string
	Status
	Receipt Receipt // where it stands, empty before it was posted
	Parked  string  // why it is not kept up just now, empty: it is
}
