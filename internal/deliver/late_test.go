package deliver_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/deliver"
	"parley/internal/news"
)

// A parley that is held up between its claim and its post, suspended or by a
// database that is locked, for longer than the claim holds, does not post: another
// has taken over.
func TestHeldUpPastTheLease(t *testing.T) {
	for _, held := range []time.Duration{lease - time.Second, lease + 10*time.Second} {
		synctest.Test(t, func(t *testing.T) {
			o := &slowOutbox{outbox: &outbox{}, hold: held}
			o.add(news.Notification{Channel: c1})
			r := &window{room: &room{took: 2 * time.Second}}
			var both sync.WaitGroup
			for _, box := range []deliver.Outbox{o, o.outbox} {
				both.Go(func() {
					if err := run(t, newWorker(box, r), 5*time.Minute); err != nil {
						t.Error(err)
					}
				})
				time.Sleep(time.Second) // the slow one comes first
			}
			both.Wait()
			if len(r.posts) != 1 {
				t.Errorf("held up for %s: posted %d times", held, len(r.posts))
			}
			if got := o.row(1); got.state != "sent" {
				t.Errorf("held up for %s: %+v", held, got)
			}
		})
	}
}

// A slowOutbox takes long to note, once, that a channel is to be held.
type slowOutbox struct {
	*outbox
	hold time.Duration
}

func (o *slowOutbox) HoldChannel(ctx context.Context, channel string, until time.Time) error {
	time.Sleep(o.hold)
	o.hold = 0
	return o.outbox.HoldChannel(ctx, channel, until)
}
