package app_test

import (
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// A seat is maya's place in one workspace. She has the same id in each.
type seat struct {
	*testing.T
	*standin.Server
}

// home waits until her Home shows something.
func (s seat) home(want string) standin.View {
	s.Helper()
	return s.until(want, s.Server.Home)
}

// modal waits until the window before her shows something.
func (s seat) modal(want string) standin.View {
	s.Helper()
	return s.until(want, s.Modal)
}

func (s seat) until(want string, look func(string) (standin.View, bool)) (v standin.View) {
	s.Helper()
	err := s.WaitFor(soon(s.T), func() (ok bool) {
		v, ok = look("maya")
		return ok && strings.Contains(shown(v.Blocks), want)
	})
	if err != nil {
		s.Fatalf("%s: no %q: %v\n%s", s.TeamID(), want, err, shown(v.Blocks))
	}
	return v
}

func (s seat) opensHome(want string) standin.View {
	s.Helper()
	if err := s.OpenHome(soon(s.T), "maya"); err != nil {
		s.Fatal(err)
	}
	return s.home(want)
}

func (s seat) press(v standin.View, what string) {
	s.Helper()
	if _, err := s.ClickView(soon(s.T), "maya", v.ID, what); err != nil {
		s.Fatal(err)
	}
}

// send fills in a window, and closes what it says when it shows that.
func (s seat) send(form standin.View, inputs map[string][]string, want string) {
	s.Helper()
	if _, err := s.Submit(soon(s.T), "maya", form.ID, inputs); err != nil {
		s.Fatal(err)
	}
	s.modal(want)
	if err := s.CloseModal(soon(s.T), "maya"); err != nil {
		s.Fatal(err)
	}
}

// alone fails if anything of another workspace's doings is seen in this one.
func (s seat) alone(foreign ...string) {
	s.Helper()
	if v, ok := s.Modal("maya"); ok {
		s.Errorf("%s: a window of another workspace has opened: %s", s.TeamID(), shown(v.Blocks))
	}
	v, _ := s.Server.Home("maya")
	all := shown(v.Blocks)
	for _, p := range s.Posts() {
		all += p.Text + shown(p.Blocks)
	}
	for _, f := range foreign {
		if strings.Contains(all, f) {
			s.Errorf("%s: %q is seen there: %s", s.TeamID(), f, all)
		}
	}
}

// Two workspaces install parley over OAuth. In each the same person, with the same
// id, in channels with the same ids, uses her Home, windows, buttons and the message
// shortcut; what she does in one is seen there alone, and done with its token.
func TestWindowsOfASecondWorkspace(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")
	w.once(a)
	acme, beta, own := seat{t, w.acme}, seat{t, w.beta}, seat{t, w.Server}

	// She subscribes from her Home in Beta. In Acme she is as new as before.
	acme.opensHome("Welcome to parley")
	beta.press(beta.opensHome("Welcome to parley"), "Subscribe…")
	beta.send(beta.modal("US–Iran talks"), map[string][]string{"target": {"negotiation:us-iran"}}, "Done: alerts for *US–Iran talks* go to your conversation with me")
	beta.home("to you, as direct messages")
	acme.opensHome("Welcome to parley")
	acme.alone("to you, as direct messages")

	// She makes a rule in a window of Beta, of a name that has another meaning in Acme.
	w.makeIn(w.acme, "desk", "watch wickets as mine")
	beta.press(beta.home("Try a query…"), "Try a query…")
	form := beta.modal("What to watch for")
	rule := map[string][]string{"query": {"Muscat"}, "name": {"mine"}, "where": {channelID(t, w.beta, "desk")}}
	if _, err := w.beta.Submit(soon(t), "maya", form.ID, rule); err != nil { // which nobody has tried: it is shown first
		t.Fatal(err)
	}
	beta.send(beta.modal("hit"), rule, "Done: `mine`")
	w.has(w.ask(w.beta, "desk", "rule mine"), "Muscat")
	w.has(w.ask(w.acme, "desk", "rule mine"), "wickets")
	acme.alone("Muscat")

	// Her zone and quiet hours are those of one workspace.
	beta.press(beta.home("Settings…"), "parley.form.settings")
	beta.send(beta.modal("Quiet hours"), map[string][]string{"zone": {"Asia/Tokyo"}, "quiet": {"01:00-05:00"}}, "Done: times in Asia/Tokyo")
	w.has(w.ask(w.beta, "desk", "settings"), "Asia/Tokyo")
	for _, s := range []*standin.Server{w.acme, w.Server} {
		if got := w.ask(s, "desk", "settings"); strings.Contains(got, "Tokyo") || strings.Contains(got, "01:00") {
			t.Errorf("%s: %s", s.TeamID(), got)
		}
	}

	// The alert comes to her in Beta, and by its rule to #desk there.
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	w.later(10 * time.Minute)
	w.print("observer", named)
	w.once(a)
	direct := map[seat]string{}
	for _, s := range []seat{acme, beta, own} {
		d, err := s.Direct("maya")
		if err != nil {
			t.Fatal(err)
		}
		direct[s] = d.ID
	}
	w.counts(w.beta, map[string]int{direct[beta]: 1, "desk": 1, "us-iran": 0})
	w.counts(w.acme, map[string]int{direct[acme]: 0, "desk": 0, "us-iran": 1})
	w.counts(w.Server, map[string]int{direct[own]: 0, "negotiations": 1})

	// Buttons of the card: an answer, and a mute.
	card := cardOf(t, w.beta, "desk")
	r, err := w.beta.Click(soon(t), "maya", card, "Why?")
	if err != nil {
		t.Fatal(err)
	}
	answers, err := w.beta.WaitAnswers(soon(t), r, 1)
	if err != nil || len(answers) == 0 || !strings.Contains(answers[0].Text, "*Mine* matches") || strings.Contains(answers[0].Text, "wickets") {
		t.Errorf("Why? answers %+v, %v", answers, err)
	}
	if _, err := w.beta.Click(soon(t), "maya", card, "mute us-iran for 8h"); err != nil {
		t.Fatal(err)
	}
	w.until("the mute is known", func() bool {
		return strings.Contains(w.ask(w.beta, "desk", "mutes all"), "8 h") || strings.Contains(w.ask(w.beta, "desk", "mutes all"), "until")
	})
	for _, s := range []*standin.Server{w.acme, w.Server} {
		if got := w.ask(s, "desk", "mutes all"); !strings.Contains(got, "Nothing is muted") {
			t.Errorf("%s: %s", s.TeamID(), got)
		}
	}

	// A window that edits a subscription of Beta changes none of Acme's.
	view := beta.opensHome("Edit…")
	_, edit, _ := strings.Cut(shown(view.Blocks), `"value":"edit `)
	edit, _, _ = strings.Cut(edit, `"`)
	beta.press(view, "edit "+edit)
	form = beta.modal("by <@")
	beta.send(form, map[string][]string{"how": {"threaded"}, "level": {"all"}, "quiet": {""}}, "Done")
	w.has(w.ask(w.beta, "desk", "subscriptions all"), "thread")
	if got := w.ask(w.acme, "us-iran", "subscriptions"); strings.Contains(got, "thread") {
		t.Errorf("the subscription of another was changed: %s", got)
	}

	// What is read in Beta is shown in Beta.
	said, err := w.beta.Say("maya", "us-iran", "", "Oman says technical US-Iran talks will be held in Muscat on Tuesday")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.beta.MessageShortcut(soon(t), "maya", said, "parley.read"); err != nil {
		t.Fatal(err)
	}
	beta.modal("Oman (mediator)")
	acme.alone("Asia/Tokyo")
	own.alone("Asia/Tokyo", "wickets")
	for _, s := range []seat{acme, beta} {
		if audit := w.ask(s.Server, "desk", "audit all"); strings.Contains(audit, "wickets") != (s == acme) {
			t.Errorf("the audit of %s: %s", s.TeamID(), audit)
		}
	}
	// With another's token Slack would have shown these in another workspace: there
	// they were called once for each Home that was opened, and for nothing else.
	if n := len(w.acme.Calls("views.open")); n != 0 {
		t.Errorf("%d windows were opened with the token of Acme", n)
	}
	if n := len(w.Server.Calls("views.publish")) + len(w.Server.Calls("views.open")); n != 0 {
		t.Errorf("%d views were shown with the token of the home workspace", n)
	}
	w.noneLeaked()
}

func channelID(t *testing.T, s *standin.Server, name string) string {
	t.Helper()
	for _, c := range s.Channels() {
		if c.Name == name {
			return c.ID
		}
	}
	t.Fatalf("there is no #%s", name)
	return ""
}

func cardOf(t *testing.T, s *standin.Server, channel string) standin.Message {
	t.Helper()
	for _, m := range s.Messages(channel) {
		if m.Metadata != nil && m.Metadata.EventType == "parley_alert" {
			return m
		}
	}
	t.Fatalf("no card in #%s", channel)
	return standin.Message{}
}
