package app_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"parley/internal/app"
)

// Tokens that run out are renewed: before, and when Slack says that they are over;
// once, by however many, and what is new is stored before it is used.
func TestTokensAreRenewed(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	w.cloud.Lifetime = 12 * time.Hour
	a := w.open(w.conf(""))
	defer w.close(a)
	w.install(a, "T0ACME")
	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	exchanges := w.cloud.Exchanges()
	post := func(title string, want, renewed int) {
		t.Helper()
		w.print("observer", title)
		w.once(a)
		w.counts(w.acme, map[string]int{"us-iran": want})
		if n := w.cloud.Exchanges() - exchanges; n != renewed {
			t.Errorf("Slack was asked %d times to renew, not %d", n, renewed)
		}
	}
	post(named, 1, 0)
	w.later(11 * time.Hour) // ahead of time
	post(ended, 2, 1)
	w.acme.Expire() // earlier than it said
	post("Iran walks out of talks with the US in Muscat, Oman says", 3, 2)
	// Two parleys on one database renew once.
	b := w.open(w.conf(""))
	defer w.close(b)
	w.later(11 * time.Hour)
	done := make(chan error, 8)
	for i := range 8 {
		on := []*app.App{a, b}[i%2]
		go func() {
			_, err := on.TokenOf(t.Context(), "T0ACME")
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := w.cloud.Exchanges() - exchanges; n != 3 {
		t.Errorf("eight who ask at once renew %d times", n-2)
	}
	// While Slack cannot renew, the old one is used as long as it is good; then the
	// alerts wait, and the log says what to do.
	w.later(11 * time.Hour)
	w.cloud.FailExchange("internal_error")
	w.print("observer", "Iran and US agree to resume talks in Muscat on 9 December, Oman says")
	w.once(a)
	w.cloud.Drop("T0ACME")
	w.acme.Expire()
	w.later(2 * time.Minute)
	posts := len(w.acme.Posts())
	w.print("observer", "US says fourth round of talks with Iran will be held in Rome on 20 December")
	w.once(a)
	if n := len(w.acme.Posts()); n != posts {
		t.Errorf("%d messages went out without a token", n-posts)
	}
	w.has(w.logs(), "must install parley again")
	w.install(a, "T0ACME")
	w.later(time.Minute)
	w.once(a)
	if n := len(w.acme.Posts()); n <= posts {
		t.Error("what waited for a token is lost")
	}
	w.noneLeaked()
}

// Keys are rotated without a word to anybody; one that is lost costs the workspaces
// that it sealed, and says so.
func TestKeysAreRotated(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	w.install(a, "T0ACME")
	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	w.close(a)

	w.token.TokenKey = secondKey + "," + firstKey
	a = w.open(w.conf("")) // seals them anew
	w.close(a)
	w.token.TokenKey = secondKey
	a = w.open(w.conf(""))
	w.install(a, "T0BETA")
	w.has(w.ask(w.beta, "us-iran", "subscribe us-iran"), "Done")
	w.print("observer", named)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 1})
	w.close(a)

	w.token.TokenKey = firstKey
	a = w.open(w.conf(""))
	w.has(w.logs(), "the tokens of Acme <News> (T0ACME), Beta (T0BETA) cannot be read with PARLEY_TOKEN_KEY")
	w.has(w.ask(w.acme, "us-iran", "latest"), "Muscat") // what needs no token still works
	w.install(a, "T0BETA")
	w.later(time.Hour)
	w.print("observer", ended)
	w.once(a)
	w.counts(w.beta, map[string]int{"us-iran": 2})
	w.counts(w.acme, map[string]int{"us-iran": 1})
	w.close(a)
	w.token.TokenKey = firstKey + " " + secondKey
	a = w.open(w.conf(""))
	w.later(time.Hour)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 2})
	w.close(a)

	for _, bad := range []string{"", "short", firstKey + ",not-a-key-but-a-secret"} {
		w.token.TokenKey = bad
		_, err := app.New(t.Context(), w.conf(""), app.Options{Secrets: w.token, Log: quietLog(), Now: w.clock, Terminal: io.Discard})
		if err == nil || !strings.Contains(err.Error(), "PARLEY_TOKEN_KEY") || strings.Contains(err.Error(), "secret") && bad != "" || strings.Contains(err.Error(), firstKey) {
			t.Errorf("with the key %q: %v", bad, err)
		}
	}
	w.noneLeaked()
}
