package bot

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// What is handed in while somebody waits is no defect (a WaitGroup would call it a
// race): the wait ends when nothing is at work any more, or with its context.
func TestLanesAreWaitedForWhileOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l lanes
		if err := l.wait(t.Context()); err != nil {
			t.Fatalf("with nothing at work: %v", err)
		}
		began, done := time.Now(), new(atomic.Int64)
		work := func() { time.Sleep(time.Second); done.Add(1) }
		l.do("a", work)
		l.do("a", work)
		l.do("a", func() { l.do("b", work) })
		waited := make(chan error)
		go func() { waited <- l.wait(t.Context()) }()
		l.do("a", work)
		if err := <-waited; err != nil || done.Load() != 4 {
			t.Fatalf("%d of 4 done when the wait ended: %v", done.Load(), err)
		}
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("it took %v: two lanes do not run side by side, or one lane not in order", took)
		}

		short, cancel := context.WithTimeoutCause(t.Context(), time.Second, errors.New("enough"))
		defer cancel()
		l.do("c", func() { time.Sleep(time.Minute) })
		if err := l.wait(short); err == nil || err.Error() != "enough" {
			t.Errorf("a wait that was given a second: %v", err)
		}
		if err := l.wait(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
