package news

import "time"

// Parked is what was taken out of the queue of one channel for one reason.
type Parked struct {
	Channel string
	Reason  string
	Count   int
	Oldest  time.Time // UTC, when the oldest of them was raised
	Latest  time.Time // UTC, when the latest of them was parked
}
