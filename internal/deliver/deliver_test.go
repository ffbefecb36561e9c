package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/deliver"
	"parley/internal/news"
)

const (
	lease = time.Minute
	c1    = "C1"
)

func settings() deliver.Settings {
	return deliver.Settings{Random: func() float64 { return 0.5 }} // waits are as they are written
}

func newWorker(o deliver.Outbox, p deliver.Poster) *deliver.Worker {
	return deliver.New(o, p, slog.New(slog.DiscardHandler), settings())
}

// run runs w for d, waits for its end, and returns its error.
func run(t *testing.T, w *deliver.Worker, d time.Duration) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	return w.Run(ctx)
}

func fault(kind news.FaultKind) error {
	return fmt.Errorf("posting: %w", &news.Fault{Kind: kind, Reason: "reason of " + string(kind)})
}

// times returns when each attempt was made.
func times(r *room) (at []time.Duration) {
	for _, p := range r.posts {
		at = append(at, p.at)
	}
	return at
}

func TestOrderAndPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		for _, channel := range []string{c1, c1, "C2", c1} {
			o.add(news.Notification{Channel: channel})
		}
		r := &room{took: 300 * time.Millisecond}
		if err := run(t, newWorker(&o, r), time.Minute); err != nil {
			t.Fatal(err)
		}
		at := map[string]time.Duration{}
		for _, p := range r.posts {
			at[p.n.Key] = p.at
		}
		// One a second in C1, measured from post to post; C2 does not wait for it.
		want := map[string]time.Duration{"D-1 to C1": 0, "D-3 to C2": 0, "D-2 to C1": time.Second, "D-4 to C1": 2 * time.Second}
		if diff := cmp.Diff(want, at); diff != "" {
			t.Error(diff)
		}
		if got := o.row(1); got.state != "sent" || got.receipt != (news.Receipt{Channel: c1, TS: "D-1 to C1"}) {
			t.Errorf("%+v", got)
		}
	})
}

// Each kind of answer, given once, with what is done about it and when.
func TestFaults(t *testing.T) {
	cases := []struct {
		name   string
		errs   []error
		times  []time.Duration
		state  string
		reason string
		plain  bool
		unsure bool // of the last attempt
	}{
		{"taken at once", nil, []time.Duration{0}, "sent", "", false, false},
		{"limited for a while", []error{&news.Fault{Kind: news.Limited, RetryAfter: 7 * time.Second}}, []time.Duration{0, 7 * time.Second}, "sent", "", false, false},
		{"limited without saying how long", []error{fault(news.Limited)}, []time.Duration{0, 30 * time.Second}, "sent", "", false, false},
		{"limited for a week", []error{&news.Fault{Kind: news.Limited, RetryAfter: 7 * 24 * time.Hour}}, []time.Duration{0, time.Hour}, "sent", "", false, false},
		{
			"transient, later each time",
			[]error{fault(news.Transient), fault(news.Transient), fault(news.Transient), fault(news.Transient)},
			[]time.Duration{0, time.Second, 3 * time.Second, 7 * time.Second, 15 * time.Second},
			"sent", "", false, false,
		},
		{"ambiguous, nobody may look", []error{fault(news.Ambiguous)}, []time.Duration{0, lease}, "sent", "", false, true},
		{"an unknown error is ambiguous", []error{errors.New("EOF")}, []time.Duration{0, lease}, "sent", "", false, true},
		{"an unknown kind is ambiguous", []error{fault("odd")}, []time.Duration{0, lease}, "sent", "", false, true},
		{"unsure it remains", []error{fault(news.Ambiguous), fault(news.Transient)}, []time.Duration{0, lease, lease + 2*time.Second}, "sent", "", false, true},
		{"gone", []error{fault(news.Gone)}, []time.Duration{0}, "parked", "reason of gone", false, false},
		{"unfit, then taken plain", []error{fault(news.Unfit)}, []time.Duration{0, time.Second}, "sent", "", true, false},
		{"unfit, also plain", []error{fault(news.Unfit), fault(news.Unfit)}, []time.Duration{0, time.Second}, "parked", "reason of unfit", true, false},
		{"plain it remains", []error{fault(news.Unfit), fault(news.Transient)}, []time.Duration{0, time.Second, 3 * time.Second}, "sent", "", true, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var o outbox
				o.add(news.Notification{Channel: c1})
				r := newRoom(answers(c.errs...))
				if err := run(t, newWorker(&o, r), 2*time.Hour); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(c.times, times(r)); diff != "" {
					t.Error("attempts: " + diff)
				}
				got, last := o.row(1), r.posts[len(r.posts)-1].n
				if got.state != c.state || c.reason != "" && got.reason != c.reason {
					t.Errorf("%s (%s), want %s (%s)", got.state, got.reason, c.state, c.reason)
				}
				if last.Plain != c.plain || last.Unsure != c.unsure || last.Attempt != len(c.times) {
					t.Errorf("last attempt: number %d, plain %v, unsure %v; want %d, %v, %v", last.Attempt, last.Plain, last.Unsure, len(c.times), c.plain, c.unsure)
				}
			})
		})
	}
}

func TestGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		o.add(news.Notification{Channel: c1})
		o.add(news.Notification{Channel: c1})
		r := newRoom(func(p post) (bool, error) {
			if p.n.ID == 1 {
				return false, fault(news.Transient)
			}
			return true, nil
		})
		if err := run(t, newWorker(&o, r), 24*time.Hour); err != nil {
			t.Fatal(err)
		}
		if got := o.row(1); got.state != "parked" || got.Attempt != 100 || !strings.Contains(got.reason, "given up after 100 attempts: reason of transient") {
			t.Errorf("%s after %d attempts: %s", got.state, got.Attempt, got.reason)
		}
		gap := r.posts[99].at - r.posts[98].at
		if gap != 5*time.Minute || r.posts[99].at > 9*time.Hour {
			t.Errorf("the last wait is %v, the last attempt after %v", gap, r.posts[99].at)
		}
		if o.row(2).state != "sent" {
			t.Error("the message behind it was not sent")
		}
	})
}

// A channel that is limited, gone, or hangs holds no other.
func TestChannelsAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		for i := range 4 {
			for _, channel := range []string{"limited", "gone", "hangs", "good"} {
				o.add(news.Notification{Channel: channel, Key: fmt.Sprint(channel, " ", i)})
			}
		}
		r := newRoom(func(p post) (bool, error) {
			switch p.n.Channel {
			case "limited":
				return false, &news.Fault{Kind: news.Limited, RetryAfter: 10 * time.Minute}
			case "gone":
				return false, fault(news.Gone)
			case "hangs":
				return false, errHang
			}
			return true, nil
		})
		var gone atomic.Int32
		set := settings()
		set.Gone = func(_ context.Context, channel, reason string) {
			if channel != "gone" || reason != "reason of gone" {
				t.Errorf("gone: %s, %s", channel, reason)
			}
			gone.Add(1)
		}
		if err := run(t, deliver.New(&o, r, slog.New(slog.DiscardHandler), set), 5*time.Second); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"good 0", "good 1", "good 2", "good 3"}, r.list()); diff != "" {
			t.Error(diff)
		}
		if gone.Load() != 4 {
			t.Errorf("the hook was called %d times, want 4", gone.Load())
		}
		limited := 0
		for _, p := range r.posts {
			if p.n.Channel == "limited" {
				limited++
			}
		}
		if limited != 1 {
			t.Errorf("%d attempts at the limited channel, want 1", limited)
		}
	})
}

func TestReconcile(t *testing.T) {
	cases := []struct {
		name    string
		arrives bool // the first time, unknown to us
		refuse  []error
		posts   int
		arrived int
		looks   int
		unsure  bool // of the last post
		state   string
	}{
		{"it had arrived", true, nil, 1, 1, 1, false, "sent"},
		{"it had not", false, nil, 2, 1, 1, false, "sent"},
		{"we may not look", true, []error{deliver.ErrCannotLook}, 2, 2, 1, true, "sent"},
		{"looking is limited, then allowed", true, []error{fault(news.Limited)}, 1, 1, 2, false, "sent"},
		{"looking fails, then goes", false, []error{fault(news.Transient), errors.New("EOF")}, 2, 1, 3, false, "sent"},
		{"the channel is gone", true, []error{fault(news.Gone)}, 1, 1, 1, false, "parked"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var o outbox
				o.add(news.Notification{Channel: c1})
				w := &window{room: newRoom(func(p post) (bool, error) {
					if p.number == 1 {
						return c.arrives, fault(news.Ambiguous)
					}
					return true, nil
				})}
				w.refuse = func(look int) error {
					if look <= len(c.refuse) {
						return c.refuse[look-1]
					}
					return nil
				}
				if err := run(t, newWorker(&o, w), time.Hour); err != nil {
					t.Fatal(err)
				}
				if len(w.posts) != c.posts || len(w.arrived) != c.arrived || w.looks != c.looks {
					t.Errorf("%d posts, %d arrived, %d looks; want %d, %d, %d", len(w.posts), len(w.arrived), w.looks, c.posts, c.arrived, c.looks)
				}
				if last := w.posts[len(w.posts)-1].n; last.Unsure != c.unsure {
					t.Errorf("the last post is unsure: %v, want %v", last.Unsure, c.unsure)
				}
				if got := o.row(1).state; got != c.state {
					t.Errorf("%s, want %s", got, c.state)
				}
			})
		})
	}
}

func TestShut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		for i := range 3 {
			o.add(news.Notification{Channel: fmt.Sprint("C", i)})
		}
		r := newRoom(func(p post) (bool, error) {
			if p.n.Channel == "C1" && p.number == 1 {
				return false, &news.Fault{Kind: news.Shut, Reason: "token_revoked"}
			}
			return true, nil
		})
		w := newWorker(&o, r)
		err := run(t, w, time.Hour)
		var f *news.Fault
		if !errors.As(err, &f) || f.Kind != news.Shut || !strings.Contains(err.Error(), "(token_revoked): put that right") {
			t.Errorf("%v", err)
		}
		if sinceStart() > time.Second {
			t.Errorf("Run ended after %v", sinceStart())
		}
		if got := o.row(2); got.state != "pending" || got.Unsure {
			t.Errorf("%+v", got)
		}
		// Put right: the rest is sent.
		if err := run(t, w, time.Hour); err != nil || len(r.arrived) != 3 {
			t.Errorf("%d arrived, want 3 (%v)", len(r.arrived), err)
		}
	})
}

func TestStop(t *testing.T) {
	cases := []struct {
		name   string
		took   time.Duration
		state  string
		unsure bool
		ended  time.Duration
	}{
		{"the message under way is finished", 3 * time.Second, "sent", false, 3 * time.Second},
		{"but not waited for without end", 15 * time.Second, "pending", true, 6 * time.Second},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var o outbox
				o.add(news.Notification{Channel: c1})
				o.add(news.Notification{Channel: c1})
				r := &room{took: c.took}
				if err := run(t, newWorker(&o, r), time.Second); err != nil {
					t.Fatal(err)
				}
				if got := o.row(1); got.state != c.state || got.Unsure != c.unsure || !got.until.IsZero() {
					t.Errorf("%s, unsure %v, claimed until %v", got.state, got.Unsure, got.until)
				}
				if sinceStart() != c.ended {
					t.Errorf("Run ended after %v, want %v", sinceStart(), c.ended)
				}
				if o.row(2).Attempt != 0 {
					t.Error("a second message was begun")
				}
			})
		})
	}
}

func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		o.add(news.Notification{Channel: c1, NotBefore: bubbleStart.Add(24 * time.Hour)})
		r := &room{}
		w := newWorker(&o, r)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.Run(ctx) }()

		time.Sleep(time.Hour + time.Second)
		synctest.Wait()
		if n := o.claimed(); n > 70 {
			t.Errorf("%d claims in an idle hour", n)
		}
		o.add(news.Notification{Channel: "C2"})
		w.Wake()
		w.Wake() // more than it can remember
		w.Wake()
		synctest.Wait()
		if got := r.arrivals(); len(got) != 1 || got[0].at != time.Hour+time.Second {
			t.Errorf("a message that it was woken for: %+v", got)
		}
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if got := r.arrivals(); len(got) != 2 || got[1].at != 24*time.Hour {
			t.Errorf("a message for tomorrow: %+v", got)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		for i := range 3 {
			o.add(news.Notification{Channel: c1, Digest: true, Key: fmt.Sprint(i)})
		}
		w := &window{room: newRoom(func(p post) (bool, error) {
			if p.number == 1 {
				return true, fault(news.Ambiguous)
			}
			return true, nil
		})}
		wk := newWorker(&o, w)
		if err := run(t, wk, 10*time.Second); err != nil {
			t.Fatal(err)
		}
		o.add(news.Notification{Channel: c1, Digest: true, Key: "3"})
		if err := run(t, wk, 10*time.Minute); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"0", "1", "2", "3"}, w.list()); diff != "" {
			t.Error(diff)
		}
		if len(w.posts[0].keys) != 3 {
			t.Errorf("posted together: %v", w.posts[0].keys)
		}
		if _, _, sent, _ := o.Counts(t.Context()); sent != 4 {
			t.Errorf("%d sent, want 4", sent)
		}
	})
}
