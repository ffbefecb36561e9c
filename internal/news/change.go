package news

// A Change names what an update does to the development that it updates. It is
// the reason of the decision in one word, for cards and scripts; Judged.Reason
// says it as a sentence.
type Change string

// The changes.
const (
	DateNamed     Change = "date-named"     // there was none, or only a vague one
	DateMoved     Change = "date-moved"     // the same side, or nobody else, names another date
	DateDisputed  Change = "date-disputed"  // another side names another date
	VenueMoved    Change = "venue-moved"    // the same side, or nobody else, names another place
	VenueDisputed Change = "venue-disputed" // another side names another place
	Corroborated  Change = "confirmed"      // reported or expected, now confirmed by another side
	PutOff        Change = "postponed"
	CalledOff     Change = "called-off"
	Suspended     Change = "suspended"
	Rescheduled   Change = "rescheduled" // what was postponed has a date
	Resumed       Change = "back-on"     // what was called off or suspended is on again
	Started       Change = "started"
	Ended         Change = "ended"
	Answered      Change = "answered" // a proposal or an offer
	Signed        Change = "signed"
	InForce       Change = "in-force" // what was agreed or signed has taken effect
	Contradicted  Change = "denied"
)

// Replaces reports whether the older development holds no longer as it was
// told: what is struck through on its card. After the other changes it was
// true, and is only over, or it is disputed.
func (c Change) Replaces() bool {
	switch c {
	case DateMoved, VenueMoved, PutOff, CalledOff, Rescheduled, Contradicted:
		return true
	}
	return false
}

// Disputes reports whether the older and the newer development stand side by
// side, each as its side tells it.
func (c Change) Disputes() bool { return c == DateDisputed || c == VenueDisputed }
