package app_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/demo/standin"
)

// make types a command, presses a button of the answer, and returns what takes
// the answer's place.
func (w *world) make(user, channel, text, button string) string {
	w.t.Helper()
	r, err := w.Slash(soon(w.t), user, channel, "/parley", text)
	if err != nil {
		w.t.Fatal(err)
	}
	shown := r.Answers[0]
	if _, err := w.Click(soon(w.t), user, shown, button); err != nil {
		w.t.Fatalf("/parley %s: %v, but %s", text, err, shown.Text)
	}
	now := ""
	err = w.WaitFor(soon(w.t), func() bool {
		for _, m := range w.Messages(channel) {
			if m.TS == shown.TS {
				now = m.Text
			}
		}
		return now != shown.Text
	})
	if err != nil {
		w.t.Fatalf("%s: %v", button, err)
	}
	return now
}

// announced are the messages of a channel that are no alerts and for all.
func (w *world) announced(channel string) (out []string) {
	for _, m := range w.Messages(channel) {
		if m.OnlyFor == "" && (m.Metadata == nil || m.Metadata.EventType == "") && strings.HasPrefix(m.Text, "📌") {
			out = append(out, m.Text)
		}
	}
	return out
}

// A rule that is made in Slack counts from the next item on, by both doors, and
// is kept over a restart.
func TestRuleMadeInSlack(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) *world{
		"signed": newSignedWorld,
		"socket": func(t *testing.T) *world {
			w := newWorld(t, standin.Options{})
			w.token.AppToken = w.AppToken()
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			begin := func() (*app.App, func()) {
				a := w.open(w.conf("listen: \"\""))
				stop := func() error { return nil }
				if name == "socket" {
					stop = w.start(a)
					if err := w.WaitConnected(soon(t)); err != nil {
						t.Fatal(err)
					}
				}
				return a, func() {
					if err := stop(); err != nil {
						t.Error(err)
					}
					w.close(a)
				}
			}
			a, end := begin()
			w.once(a)
			w.slash("us-iran", "watch kind:talkz")
			w.has(w.make("maya", "us-iran", "watch kind:talks-ended as rounds", "Watch here"), "Done", "rounds")
			if said := w.announced("us-iran"); len(said) != 1 || !strings.Contains(said[0], "made the rule `rounds`") {
				t.Errorf("announced: %q", said)
			}
			w.print("observer", ended) // which no rule of the configuration asks for
			w.once(a)
			w.deliver(a, "us-iran", 1)
			w.has(w.cards("us-iran")[0].Text, "Rule: rounds")
			w.has(w.slash("us-iran", "search rule:rounds"), ended[:20])
			w.has(w.slash("us-iran", "rule rounds"), "kind:talks-ended", "by <@")
			w.has(w.slash("us-iran", "why D-1 rounds"), "matches")
			end()

			a, end = begin()
			w.later(time.Hour)
			w.print("observer", "Third round of Iran-US talks ends in Muscat, Oman says")
			w.once(a)
			w.deliver(a, "us-iran", 2)

			// Another channel subscribes to it by its name; changed, it asks otherwise.
			w.has(w.slash("desk", "subscribe rule:rounds"), "Done")
			w.has(w.make("maya", "us-iran", "watch edit rounds kind:talks-postponed", "Change it"), "Done")
			w.later(time.Hour)
			w.print("observer", "Iran-US talks postponed, Oman says", "Fourth round of Iran-US talks ends in Muscat, Oman says")
			w.once(a)
			w.deliver(a, "us-iran", 3)
			w.deliver(a, "desk", 1)
			w.has(w.slash("us-iran", "watch delete rounds"), "still used", "rule:rounds")
			w.slash("desk", "unsubscribe rule:rounds")
			w.has(w.slash("us-iran", "watch delete rounds"), "is gone")
			w.has(w.slash("us-iran", "subscriptions"), "nothing yet")
			w.has(w.slash("us-iran", "subscribe rule:rounds"), "There is no rule")
			end()
		})
	}
}

// deliver waits until a channel holds so many alerts, whoever delivers them.
func (w *world) deliver(a *app.App, channel string, want int) {
	w.t.Helper()
	if err := w.WaitFor(soon(w.t), func() bool { return len(w.cards(channel)) >= want }); err != nil {
		w.t.Error(err)
	}
	w.holds(channel, want)
}

// A rule that names one which was changed asks what that asks now.
func TestChangedRuleInsideOfAnother(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.make("maya", "us-iran", "watch kind:talks-ended as inner", "Watch here")
	w.make("maya", "desk", "watch rule:inner OR wickets as outer", "Watch here")
	w.slash("us-iran", "unsubscribe rule:inner")
	w.has(w.slash("us-iran", "watch delete inner"), "the rule `outer`")
	w.has(w.slash("us-iran", "watch edit inner rule:outer"), "leads back to itself")
	w.has(w.make("maya", "us-iran", "watch edit inner kind:talks-postponed", "Change it"), "Done")
	w.print("observer", ended, "Iran-US talks postponed, Oman says")
	w.once(a)
	w.holds("desk", 1)
	w.has(w.cards("desk")[0].Text, "postponed")
}

// A configuration that brings a rule of the same name wins; the one that was made
// in Slack is kept, told of, and comes back. One that the configuration no longer
// understands is put aside, too.
func TestReloadBringsARuleOfTheSameName(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.make("maya", "us-iran", "watch kind:talks-ended as rounds", "Watch here")
	w.make("maya", "us-iran", "watch feed:observer kind:denial as denials", "Watch here")
	w.make("maya", "us-iran", "watch rule:denials wickets as both", "Watch here")
	if err := a.Reload(t.Context(), w.conf("rules: [{name: rounds, title: Rounds of the editor, when: \"kind:talks-postponed\"}]", "herald")); err != nil {
		t.Fatal(err)
	}
	w.has(w.slash("us-iran", "rules"), "Rounds of the editor", "not in force: the configuration has a rule of this name (line 6 of test.yaml)", "unknown feed", "unknown rule")
	w.has(w.slash("us-iran", "rules export"), "nothing to export")
	w.has(w.slash("us-iran", "watch x as rounds"), "is taken")
	w.mu.Lock()
	w.has(w.log.String(), "a rule that was made in Slack is not in force", "rule=rounds", "rule=denials", "rule=both")
	w.mu.Unlock()
	w.once(a)
	w.print("herald", ended, "Iran-US talks postponed, Oman says")
	w.once(a)
	w.holds("us-iran", 1) // by the subscription to rule:rounds, which is the editor's now
	w.has(w.cards("us-iran")[0].Text, "Rounds of the editor")
	if err := a.Reload(t.Context(), w.conf("", "observer", "herald")); err != nil {
		t.Fatal(err)
	}
	w.later(time.Hour)
	w.print("herald", "Third round of Iran-US talks ends in Muscat, Oman says")
	w.once(a)
	w.holds("us-iran", 2)
	w.has(w.slash("us-iran", "rules export"), "3 rules for the configuration")
}

// What is exported can be pasted under rules: and means the same.
func TestExportedRulesPassTheCheck(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	k := w.conf("")
	a := w.open(k)
	w.once(a)
	queries := map[string]string{
		"a": `kind:talks-ended date:&lt;14d -"or ` + "`" + `"`, "b": `"peace plan" OR title:(truce -war)`, "c": "rule:a OR ایران", "d": "U.S. NEAR/5 talk*",
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		w.make("maya", "desk", "watch "+queries[name]+" as "+name, "Watch here")
	}
	shown := w.slash("desk", "rules export")
	w.has(shown, "4 rules for the configuration")
	entries, aside, err := k.ExportRules(t.Context(), "", slog.New(slog.DiscardHandler))
	if err != nil || len(entries) != 4 || len(aside) != 0 {
		t.Fatal(entries, aside, err)
	}
	src := string(k.Config.Source)
	at := strings.Index(src, "rules:\n") + len("rules:\n")
	pasted, problems := app.Configure("test.yaml", []byte(src[:at]+strings.Join(entries, "")+src[at:]))
	if pasted == nil {
		t.Fatalf("%v\n%s", problems, strings.Join(entries, ""))
	}
	for _, r := range pasted.Config.Rules[:4] {
		want := strings.NewReplacer("&lt;", "<").Replace(queries[r.Name])
		if r.When != want {
			t.Errorf("%s: %q, want %q", r.Name, r.When, want)
		}
	}
	if err := a.Reload(t.Context(), pasted); err != nil {
		t.Fatal(err)
	}
	if _, aside, err = pasted.ExportRules(t.Context(), "", slog.New(slog.DiscardHandler)); err != nil || len(aside) != 4 {
		t.Errorf("left out: %q %v", aside, err)
	}
	w.close(a)
}

// Only the owner changes a rule, and whoever finds the owner gone, if that may be
// known.
func TestRuleOfAnother(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scopes []string
		gone   bool
		want   string
	}{
		"the owner is there": {nil, false, "who alone can change or delete it"},
		"the owner is gone":  {nil, true, "is gone"},
		"nobody may look":    {[]string{"commands", "chat:write"}, true, "I cannot look whether that is so: the Slack app lacks a scope: add users:read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, standin.Options{Scopes: c.scopes, Requests: standin.RequestURLs{Commands: "/slack/commands", Interactions: "/slack/interactive"}})
			w.token.SigningSecret = standin.DefaultSigningSecret
			w.AddUser(standin.User{ID: "U0LEFT", Name: "lee"})
			a := w.open(w.conf(""))
			defer w.close(a)
			w.make("lee", "us-iran", "watch kind:talks-ended as rounds", "Watch here")
			if c.gone {
				w.Leave("lee")
			}
			w.has(w.slash("us-iran", "watch delete rounds"), c.want)
		})
	}
}
