package deliver_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/deliver"
	"parley/internal/news"
)

func TestDrain(t *testing.T) {
	cases := []struct {
		name   string
		answer func(post) (bool, error)
		want   deliver.Summary
		within time.Duration
	}{
		{"all is taken", nil, deliver.Summary{Sent: 12, Left: 1}, 9 * time.Second},
		{"one is limited for a while", func(p post) (bool, error) {
			return p.n.ID != 3 || p.number > 1, limitedOnce(p, 3, 20*time.Second)
		}, deliver.Summary{Sent: 12, Left: 1}, 30 * time.Second},
		{"one channel is limited for long", func(p post) (bool, error) {
			return p.n.ID != 3, limitedOnce(p, 3, 10*time.Minute)
		}, deliver.Summary{Sent: 4, Left: 9}, 3 * time.Second},
		{"everything is limited, again and again", func(post) (bool, error) {
			return false, &news.Fault{Kind: news.Limited, RetryAfter: 9 * time.Second}
		}, deliver.Summary{Left: 13}, 30 * time.Second},
		{"everything is gone", func(post) (bool, error) { return false, fault(news.Gone) }, deliver.Summary{Parked: 12, Left: 1}, 9 * time.Second},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var o outbox
				for range 10 {
					o.add(news.Notification{Channel: c1})
				}
				o.add(news.Notification{Channel: "C2"})
				o.add(news.Notification{Channel: "C2"})
				o.add(news.Notification{Channel: "C3", NotBefore: bubbleStart.Add(time.Hour)})
				got, err := newWorker(&o, newRoom(c.answer)).Drain(t.Context())
				if err != nil || got != c.want {
					t.Errorf("%+v (%v), want %+v", got, err, c.want)
				}
				if sinceStart() > c.within {
					t.Errorf("it took %v, want at most %v", sinceStart(), c.within)
				}
			})
		})
	}
}

func limitedOnce(p post, id int64, after time.Duration) error {
	if p.n.ID == id && p.number == 1 {
		return &news.Fault{Kind: news.Limited, RetryAfter: after}
	}
	return nil
}

func TestDrainFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := outbox{fail: func(call string) error {
			if call == "ClaimDue" {
				return errors.New("the disk is on fire")
			}
			return nil
		}}
		o.add(news.Notification{Channel: c1})
		got, err := newWorker(&o, &room{}).Drain(t.Context())
		if err == nil || !strings.Contains(err.Error(), "the disk is on fire") || got.Left != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}
