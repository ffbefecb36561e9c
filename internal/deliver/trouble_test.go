package deliver_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
)

// The outbox fails for a while; what has arrived meanwhile is not posted again.
func TestOutboxFails(t *testing.T) {
	for _, call := range []string{"ClaimDue", "HoldChannel", "NextDelivery", "Sent"} {
		t.Run(call, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := outbox{fail: func(c string) error {
					if c == call && sinceStart() < 20*time.Second {
						return errors.New("locked")
					}
					return nil
				}}
				o.add(news.Notification{Channel: c1})
				r := &room{}
				if err := run(t, newWorker(&o, r), 10*time.Minute); err != nil {
					t.Fatal(err)
				}
				if len(r.posts) != 1 || len(r.arrived) != 1 || o.row(1).state != "sent" {
					t.Errorf("%d posts, %d arrived, %s", len(r.posts), len(r.arrived), o.row(1).state)
				}
				if o.claims > 40 {
					t.Errorf("%d claims", o.claims)
				}
			})
		})
	}
}

// Somebody else has taken over: our answer counts no more, and we go on.
func TestStale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		records := 0
		o := outbox{fail: func(call string) error {
			if call == "Sent" {
				records++
			}
			return nil
		}}
		o.add(news.Notification{Channel: c1})
		o.add(news.Notification{Channel: "C2"})
		r := newRoom(func(p post) (bool, error) {
			if p.n.ID == 1 && p.number == 1 {
				o.mu.Lock()
				o.rows[0].Attempt++
				o.mu.Unlock()
			}
			return true, nil
		})
		if err := run(t, newWorker(&o, r), 30*time.Second); err != nil {
			t.Fatal(err)
		}
		if o.row(1).state != "pending" || o.row(2).state != "sent" {
			t.Errorf("%s and %s, want pending and sent", o.row(1).state, o.row(2).state)
		}
		if records != 2 {
			t.Errorf("%d records, want 2: what is stale is not tried again", records)
		}
	})
}
