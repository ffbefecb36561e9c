package news

import (
	"testing"
	"time"
)

func TestLatency(t *testing.T) {
	at := func(d time.Duration) time.Time { return time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC).Add(d) }
	whole := Delivery{
		State: "sent", Attempts: 1, Published: at(0), Fetched: at(130 * time.Second), Created: at(130*time.Second + 21*time.Millisecond),
		NotBefore: at(130 * time.Second), Settled: at(131*time.Second + 260*time.Millisecond),
	}
	change := func(f func(*Delivery)) Delivery {
		d := whole
		f(&d)
		return d
	}
	for _, tt := range []struct {
		name string
		d    Delivery
		want string
	}{
		{"whole", whole, "published, 2m10s until fetched, 21ms until read, 1.2s until posted"},
		{"undated", change(func(d *Delivery) { d.Published = time.Time{} }), "fetched, 21ms until read, 1.2s until posted"},
		{"dated ahead", change(func(d *Delivery) { d.Published = at(time.Hour) }), "published, 0s until fetched, 21ms until read, 1.2s until posted"},
		{"quiet hours", change(func(d *Delivery) { d.NotBefore, d.Settled = at(7*time.Hour), at(7*time.Hour+time.Second) }), "published, 2m10s until fetched, 21ms until read, 6h58m0s until due, 1s until posted"},
		{"tried again, which moves its time", change(func(d *Delivery) { d.Attempts, d.NotBefore, d.Settled = 3, at(9*time.Minute), at(10*time.Minute) }), "published, 2m10s until fetched, 21ms until read, 7m50s until posted"},
		{"on its way", change(func(d *Delivery) { d.State, d.Settled = "pending", time.Time{} }), "published, 2m10s until fetched, 21ms until read"},
		{"set aside", change(func(d *Delivery) { d.State = "parked" }), "published, 2m10s until fetched, 21ms until read"},
		{"nothing known", Delivery{}, ""},
	} {
		if got := tt.d.Latency(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
