package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
	"parley/internal/news"
)

// What an outlet says of its feed goes the whole way: through the fetcher and the
// watch into the store, from there to who looks after the feeds, and to those
// who ask.
func TestFeedsThatNeedSomebody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf("", "observer", "dawn"))
	defer w.close(a)
	answer := func(feed string, page http.HandlerFunc) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.pages[feed] = page
	}
	state := func(feed string) (f news.FeedState) {
		t.Helper()
		list, err := a.Store().Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f = range list {
			if f.Name == feed {
				return f
			}
		}
		t.Fatalf("there is no feed %s", feed)
		return f
	}
	said := func() (texts []string) {
		for _, m := range w.Messages("negotiations") {
			texts = append(texts, m.Text)
		}
		return texts
	}

	w.once(a)
	answer("dawn", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusGone) })
	w.later(5 * time.Minute)
	w.once(a)
	w.once(a)
	if got := said(); len(got) != 1 || !strings.HasPrefix(got[0], "⚠️ The feed *dawn* was removed for good, its outlet says (410)") {
		t.Errorf("said of a feed that is gone: %q", got)
	}
	if next := state("dawn").NextCheck.Sub(w.clock()); next < 24*time.Hour {
		t.Errorf("and it is asked again in %s", next)
	}
	answer("dawn", nil)
	w.once(a)
	if got := said(); len(got) != 2 || got[1] != "✅ Well again: *dawn*" {
		t.Errorf("said of one that is back: %q", got)
	}

	// A redirect for good, its ttl and its hours.
	answer("dawn", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "/moved?key=sesame", http.StatusPermanentRedirect)
	})
	answer("moved", func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = rw.Write([]byte(`<rss version="2.0"><channel><ttl>12</ttl><skipHours><hour>3</hour></skipHours></channel></rss>`))
	})
	for range 3 {
		w.later(13 * time.Hour)
		w.once(a)
	}
	answer("dawn", func(http.ResponseWriter, *http.Request) {
		t.Error("the old address is asked although the feed has moved")
	})
	w.later(time.Hour)
	w.once(a)
	st := state("dawn")
	if h := st.Habits; st.Failures > 0 || !h.Followed || h.TTL != 12*time.Minute || h.SkipHours != 1<<3 {
		t.Errorf("%+v", st)
	}
	if to := st.MovedTo(); to != "127.0.0.1" {
		t.Errorf("it has moved to %q", to)
	}
	if strings.Contains(w.log.String(), "sesame") {
		t.Errorf("the log holds more of an address than its host:\n%s", &w.log)
	}
}

// Damage to the database is told once a day, in Slack and to who watches the
// machine, without the path of the file.
func TestDamageIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf(""))
	defer w.close(a)
	health := func() int {
		rec := httptest.NewRecorder()
		a.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/healthz", nil))
		return rec.Code
	}
	for range 8 { // enough to fill pages
		w.print("observer", strings.Repeat(cricket+" ", 200))
	}
	w.once(a)
	a.Inspect(t.Context())
	if got := health(); got != http.StatusOK || len(w.Messages("negotiations")) != 0 {
		t.Fatalf("a sound database: %d, %v", got, w.Messages("negotiations"))
	}
	file := filepath.Join(w.dir, "parley.db")
	for _, f := range []string{file, file + "-wal"} { // wherever the pages are by now
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if from := int64(8192); info.Size() > from {
			h, err := os.OpenFile(f, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, err = h.WriteAt([]byte(strings.Repeat("garbage!", int(info.Size()-from)/8)), from)
			if err := h.Close(); err != nil {
				t.Fatal(err)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	a.Inspect(t.Context())
	if got := health(); got != http.StatusServiceUnavailable {
		t.Errorf("a damaged database: %d", got)
	}
	list := w.Messages("negotiations")
	if len(list) != 1 || !strings.HasPrefix(list[0].Text, "🛑 The database of parley is damaged") || strings.Contains(list[0].Text, w.dir) {
		t.Errorf("said of it: %+v", list)
	}
}

func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }

// What could not be delivered is seen by those who ask, by metrics and by doctor,
// and goes out when somebody asks for it, once the reason is put right.
func TestSetAsideAndSentAgain(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	room := w.AddChannel(standin.Channel{Name: "elsewhere"})
	k := w.conf("subscriptions: [{channel: \"#elsewhere\", to: \"rule:mediator-names-date\"}]\n")
	a := w.open(k)
	defer w.close(a)
	w.once(a)
	w.print("observer", named)
	w.once(a)
	w.outbox(a, 0, 1, 0)
	w.has(w.slash("us-iran", "feeds"), "1 message for #elsewhere", "not a member of the channel", "/parley retry")
	answer := httptest.NewRecorder()
	a.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	w.has(answer.Body.String(), "parley_outbox_parked 1")
	if err := w.Invite(room.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.has(w.slash("us-iran", "retry"), "1 message that was set aside is on its way again")
	w.once(a)
	w.outbox(a, 0, 0, 1)
	w.holds("elsewhere", 1)
	w.has(w.slash("us-iran", "retry"), "Nothing is set aside")
}

// When a channel is archived what is meant for it is kept, and whoever subscribed it is
// told, once: as a direct message with the reason and what to do.
func TestOwnersAreToldOnce(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	w.AddChannel(standin.Channel{Name: "closing"})
	if err := w.Invite("closing", ""); err != nil {
		t.Fatal(err)
	}
	a := w.open(w.conf("", "observer"))
	defer w.close(a)
	w.once(a)
	w.has(w.slash("closing", "subscribe us-iran"), "Done")
	if err := w.Archive("closing"); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{named, ended} {
		w.print("observer", title)
		w.later(time.Minute)
		w.once(a)
	}
	if _, parked, _, err := a.Store().Counts(t.Context()); err != nil || parked != 2 {
		t.Errorf("%d are kept, want 2: %v", parked, err)
	}
	direct, err := w.Direct("maya")
	if err != nil {
		t.Fatal(err)
	}
	told := w.Messages(direct.ID)
	if len(told) != 1 {
		t.Fatalf("the owner was told %d times, want once: %+v", len(told), told)
	}
	w.has(told[0].Text, "I can post no more in <#", "archived", "Nothing is lost", "/parley retry")
}
