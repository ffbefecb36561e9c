//go:build linux

package faults_test

import (
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// hanging asks 10,000 feeds every two minutes, of which a tenth never answers,
// and measures how late the good ones are asked.
func hanging(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 10, channels: 5}, db: db})
	const good, bad = 9000, 1000
	var waiting, most atomic.Int64
	w.outlets.also = func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/hangs/") {
			if n := waiting.Add(1); n > most.Load() {
				most.Store(n)
			}
			<-r.Context().Done()
			waiting.Add(-1)
			return
		}
		const tag = `"1"`
		if r.Header.Get("If-None-Match") == tag {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		rw.Header().Set("ETag", tag)
		rw.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(rw, `<rss version="2.0"><channel><title>Calm</title><item><guid>1</guid><title>Rain</title></item></channel></rss>`)
	}
	for i := range good - w.shape.groups {
		w.extra = append(w.extra, fmt.Sprintf("{name: calm-%d, url: %q, every: 2m, zone: UTC}", i, fmt.Sprintf("%s/calm/%d", w.outlets.URL, i)))
	}
	for i := range bad { // evenly between the others
		w.extra = slices.Insert(w.extra, i*len(w.extra)/bad, fmt.Sprintf("{name: hangs-%d, url: %q, every: 2m, zone: UTC}", i, fmt.Sprintf("%s/hangs/%d", w.outlets.URL, i)))
	}
	p := w.parley(programs.real)
	p.start()
	p.up()
	// The first checks, of which each stores something, are spread over a minute.
	w.until("every good feed was asked", 3*time.Minute, func() bool { return w.outlets.asked() == good })
	w.print()
	l := w.lateness(p, 90*time.Second)
	w.print()
	w.read(p, 3*time.Minute)
	if l.latest > time.Second {
		t.Errorf("a good feed was asked %s late", l.latest)
	}
	return outcome{count: w.count(), note: fmt.Sprintf("good feeds at most %.2f s behind, up to %d others hanging at once; %d MB, %d descriptors",
		l.latest.Seconds(), most.Load(), p.memory(), l.files)}
}

// A late says what was seen of a parley for some time.
type late struct {
	latest time.Duration // by which a good feed that was due had not been asked
	files  int
}

func (w *world) lateness(p *parley, d time.Duration) (l late) {
	w.t.Helper()
	db := w.db.look(w.t, w.dsn)
	defer db.Close()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var due sql.NullInt64
		now := time.Now()
		if err := db.QueryRow(`SELECT MIN(next_check) FROM feeds WHERE enabled = 1 AND claimed_until = 0 AND name NOT LIKE 'hangs%'`).Scan(&due); err != nil {
			w.t.Fatal(err)
		}
		if due.Valid {
			l.latest = max(l.latest, now.Sub(time.UnixMilli(due.Int64)))
		}
		l.files = max(l.files, p.files())
	}
	return l
}
