package deliver_test

import (
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/deliver"
	"parley/internal/news"
)

// A clock that is set ahead while a message is on its way ends its claim. It is
// claimed anew, but looked for only when the attempt under way has ended: before
// that it would not be found, and be posted twice.
func TestClockSetAheadDuringPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o outbox
		o.add(news.Notification{Channel: c1})
		r := &window{room: &room{took: 5 * time.Second}}
		var ahead atomic.Int64
		set := settings()
		set.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		w := deliver.New(&o, r, slog.New(slog.DiscardHandler), set)
		time.AfterFunc(time.Second, func() {
			ahead.Store(int64(time.Hour))
			w.Wake()
		})
		if err := run(t, w, time.Minute); err != nil {
			t.Fatal(err)
		}
		if len(r.arrived) != 1 || r.looks != 1 {
			t.Errorf("it arrived %d times and was looked for %d times", len(r.arrived), r.looks)
		}
		if got := o.row(1); got.state != "sent" || got.Attempt != 2 {
			t.Errorf("%+v", got)
		}
	})
}
