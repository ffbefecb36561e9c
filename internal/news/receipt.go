package news

import (
	"fmt"
	"time"
)

// A Stage is one step of the way from an outlet to a channel, with how long the
// step took.
type Stage struct {
	Name string // published, fetched, read, due, posted
	At   time.Time
	Took time.Duration // since the stage before it; 0 for the first
}

// Stages tell how a delivery came about, as far as it has come: when the item
// that raised it was published, fetched and read, until when it was held for a
// digest or over quiet hours, and when it was posted. Steps whose time is not
// known are left out. Clocks of outlets run ahead at times; then a step took
// no time.
func (d Delivery) Stages() []Stage {
	var out []Stage
	add := func(name string, at time.Time) {
		if at.IsZero() {
			return
		}
		s := Stage{Name: name, At: at}
		if n := len(out); n > 0 {
			s.Took = max(0, at.Sub(out[n-1].At))
		}
		out = append(out, s)
	}
	add("published", d.Published)
	add("fetched", d.Fetched)
	add("read", d.Created)
	if d.Attempts <= 1 && d.NotBefore.Sub(d.Created) > time.Second { // later ones are moved by retries
		add("due", d.NotBefore)
	}
	if d.State == "sent" {
		add("posted", d.Settled)
	}
	return out
}

// Latency writes the stages in one line: "published, 2m10s until fetched, 20ms
// until read, 1.2s until posted". It is empty where only one is known.
func (d Delivery) Latency() string {
	stages := d.Stages()
	if len(stages) < 2 {
		return ""
	}
	s := stages[0].Name
	for _, st := range stages[1:] {
		s += fmt.Sprintf(", %s until %s", rounded(st.Took), st.Name)
	}
	return s
}

// rounded keeps what matters of a wait.
func rounded(d time.Duration) time.Duration {
	switch {
	case d >= time.Hour:
		return d.Round(time.Minute)
	case d >= time.Minute:
		return d.Round(time.Second)
	case d >= time.Second:
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}
