package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/deliver"
	"parley/internal/news"
)

// Whatever the place of delivery answers, and however often the process is
// killed: nothing is lost, and only that repeats whose answer was lost. Where
// the channel may be read back, nothing repeats at all.
func TestNothingLostNothingTwice(t *testing.T) {
	var losses, repeats [2]int // without and with looking
	for seed := range uint64(60) {
		for i, look := range []bool{false, true} {
			t.Run(fmt.Sprintf("seed %d, looking %v", seed, look), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					lost, repeated := oneHistory(t, seed, look)
					losses[i] += lost
					repeats[i] += repeated
				})
			})
		}
	}
	t.Logf("answers lost: %d, with looking %d; repeats: %d, with looking %d", losses[0], losses[1], repeats[0], repeats[1])
	if min(losses[0], losses[1], repeats[0]) < 100 {
		t.Error("too few answers were lost to prove anything")
	}
}

// oneHistory returns how many answers were lost and how many messages repeated.
func oneHistory(t *testing.T, seed uint64, look bool) (_, repeated int) {
	const messages = 60
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 1))
	chance := func(of float64) bool {
		mu.Lock()
		defer mu.Unlock()
		return random.Float64() < of
	}
	upTo := func(d time.Duration) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		return time.Duration(random.Int64N(int64(d)))
	}

	var dead atomic.Bool
	lost := map[string]bool{} // attempts that arrived without our learning of it
	var o outbox
	o.fail = func(string) error {
		switch {
		case dead.Load():
			return errDead
		case chance(0.03):
			return errors.New("database is locked")
		}
		return nil
	}
	due := map[string]time.Time{}
	for i := range messages {
		o.add(news.Notification{
			Channel: fmt.Sprint("C", i%4), Digest: chance(0.2),
			NotBefore: bubbleStart.Add(upTo(time.Minute)).Truncate(20 * time.Second),
		})
		due[o.rows[i].Key] = o.rows[i].NotBefore
	}
	lose := func(attempt int, keys ...string) {
		mu.Lock()
		defer mu.Unlock()
		for _, key := range keys {
			lost[fmt.Sprint(key, " attempt ", attempt)] = true
		}
	}
	book := &ledger{outbox: &o, failed: func(n news.Notification) { lose(n.Attempt, n.Key) }, recorded: func(n news.Notification) {
		mu.Lock()
		defer mu.Unlock()
		delete(lost, fmt.Sprint(n.Key, " attempt ", n.Attempt))
	}}
	r := newRoom(func(p post) (bool, error) {
		switch {
		case chance(0.10):
			return false, &news.Fault{Kind: news.Limited, RetryAfter: upTo(20 * time.Second)}
		case chance(0.08):
			return false, fault(news.Transient)
		case chance(0.05):
			return false, fault(news.Ambiguous)
		case chance(0.05):
			lose(p.n.Attempt, p.keys...)
			return true, fault(news.Ambiguous)
		case chance(0.04):
			lose(p.n.Attempt, p.keys...)
			return true, errHang
		case !p.n.Plain && chance(0.03):
			return false, fault(news.Unfit)
		}
		return true, nil
	})
	r.took = 200 * time.Millisecond
	var poster deliver.Poster = outliving{r}
	if look {
		poster = outlivingWindow{outliving{r}, &window{room: r, refuse: func(int) error {
			if chance(0.1) {
				return fault(news.Transient)
			}
			return nil
		}}}
	}

	// Each life of the process ends by a kill, after which it can record
	// nothing more; the last one may finish its work.
	const lives = 6
	for life := range lives {
		dead.Store(false)
		length := upTo(40 * time.Second)
		if life == lives-1 {
			length = 48 * time.Hour
		}
		ctx, cancel := context.WithCancel(t.Context())
		kill := time.AfterFunc(length, func() { dead.Store(true); cancel() })
		set := settings()
		set.Grace = time.Nanosecond
		if err := deliver.New(book, poster, slog.New(slog.DiscardHandler), set).Run(ctx); err != nil {
			t.Fatal(err)
		}
		kill.Stop()
		cancel()
	}

	arrived := map[string]int{}
	last := map[string]int64{}
	for _, p := range r.arrived {
		for _, key := range p.keys {
			arrived[key]++
			if arrived[key] > 1 && !p.n.Unsure {
				t.Errorf("%s arrived again and is not marked", key)
			}
		}
		// What is due at one time for one channel arrives in its order.
		if lane := fmt.Sprint(p.n.Channel, due[p.n.Key]); !p.n.Digest && arrived[p.n.Key] == 1 {
			if p.n.ID < last[lane] {
				t.Errorf("%s arrived after %d", p.n.Key, last[lane])
			}
			last[lane] = p.n.ID
		}
	}
	losses := map[string]int{}
	for attempt := range lost {
		key, _, _ := strings.Cut(attempt, " attempt ")
		losses[key]++
	}
	for _, row := range o.rows {
		n := arrived[row.Key]
		repeated += max(n-1, 0)
		switch {
		case row.state != "sent":
			t.Errorf("%s is %s after %d attempts: %s", row.Key, row.state, row.Attempt, row.reason)
		case n == 0:
			t.Errorf("%s is lost", row.Key)
		case n > 1 && look:
			t.Errorf("%s arrived %d times though one could look", row.Key, n)
		case n > 1+losses[row.Key]:
			t.Errorf("%s arrived %d times, but only %d answers were lost", row.Key, n, losses[row.Key])
		}
	}
	return len(lost), repeated
}

var errDead = errors.New("the process is dead")

// A ledger sees which arrivals could not be recorded.
type ledger struct {
	*outbox
	failed, recorded func(news.Notification)
}

func (l *ledger) Sent(ctx context.Context, batch []news.Notification, receipt news.Receipt, at time.Time) error {
	err := l.outbox.Sent(ctx, batch, receipt, at)
	for _, n := range batch {
		if err != nil {
			l.failed(n)
		} else {
			l.recorded(n)
		}
	}
	return err
}

// An outliving post goes on when the process that made it is killed: the
// request is on its way.
type outliving struct{ *room }

func (o outliving) Post(ctx context.Context, batch []news.Notification) (news.Receipt, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lease/3)
	defer cancel()
	return o.room.Post(ctx, batch)
}

type outlivingWindow struct {
	outliving
	window *window
}

func (o outlivingWindow) Find(ctx context.Context, n news.Notification) (news.Receipt, bool, error) {
	return o.window.Find(ctx, n)
}
