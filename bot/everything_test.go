package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// whole has each command in its full form.
var whole = map[string]string{
	"latest": "latest us-iran since 7d", "status": "status us-iran keep", "next": "next us-iran", "said": "said Pakistan about us-iran since 7d",
	"timeline": "timeline us-iran since 30d picture", "search": "search kind:setback truce", "why": "why D-12 deal",
	"read": "read Oman says US-Iran talks will be held in Muscat on Tuesday", "test": "test kind:setback over 14d",
	"subscribe":   "subscribe us-iran in <#C2|desk> as digest 08:00 weekdays level urgent quiet 22:00-07:00 threaded",
	"unsubscribe": "unsubscribe us-* in <#C2|desk>", "subscriptions": "subscriptions all", "mute": "mute all for 8h in <#C2|desk>", "unmute": "unmute all in <#C2|desk>",
	"mutes": "mutes all", "watch": "watch kind:setback as gulf", "rules": "rules export", "wrong": "wrong D-12 kind talks-ended", "audit": "audit all",
	"settings": "settings zone Europe/Berlin quiet 23:00-06:00", "feeds": "feeds", "retry": "retry", "help": "help subscribe",
}

// Each command that help lists is driven in its full form through both doors, and
// ends in one answer to the asker, well within Slack's three seconds.
func TestWholeCommandsByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		help := w.typed(t, "help").Text
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(`/parley ([a-z]+)`).FindAllStringSubmatch(help, -1) {
			verb := m[1]
			if seen[verb] {
				continue
			}
			seen[verb] = true
			text, ok := whole[verb]
			if !ok {
				t.Errorf("/parley %s is driven nowhere: add its full form", verb)
				continue
			}
			got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", text)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			answers, err := w.WaitAnswers(w.ctx, got, 1)
			if err != nil || len(answers) != 1 || answers[0].OnlyFor != "U1" || got.Took > 2*time.Second {
				t.Errorf("%q: %+v after %v, %v", text, answers, got.Took, err)
				continue
			}
			for _, dead := range []string{"did you mean", "cannot answer", "no command", "I know no"} {
				if strings.Contains(strings.ToLower(answers[0].Text), strings.ToLower(dead)) {
					t.Errorf("%q is not understood: %s", text, answers[0].Text)
				}
			}
		}
		for verb := range whole {
			if !seen[verb] {
				t.Errorf("help does not list %s", verb)
			}
		}
	})
}

// actionable are the elements of a message or view that can be used, by what names
// them: their value or that of an option, and if several share it their action.
func actionable(t *testing.T, raw json.RawMessage) (actions map[string]string) {
	t.Helper()
	var blocks any
	if err := json.Unmarshal(raw, &blocks); err != nil {
		t.Fatal(err)
	}
	actions = map[string]string{}
	found := func(value, action string) {
		if had, twice := actions[value]; twice && had != action {
			actions[had] = had
			actions[action] = action
			return
		}
		actions[value] = action
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			action, _ := v["action_id"].(string)
			options, _ := v["options"].([]any)
			if value, ok := v["value"].(string); ok && action != "" {
				found(value, action)
			} else if action != "" {
				for _, o := range options {
					if value, ok := o.(map[string]any)["value"].(string); ok {
						found(value, action)
					}
				}
			}
			for key, e := range v {
				if key != "options" {
					walk(e)
				}
			}
		}
	}
	walk(blocks)
	return actions
}

// Whatever can be pressed or chosen on a card, on what answers show and on the Home
// leads somewhere through both doors: to an answer for the one who pressed, a window,
// or what was to be shared.
func TestEveryButtonByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		n := news.Notification{Key: "k", Channel: "#us-iran", Alert: mediatorDate(), Created: time.Now()}
		if _, err := bot.NewSlack(w.room.API, names).Post(w.ctx, []news.Notification{n}); err != nil {
			t.Fatal(err)
		}
		shown := []standin.Message{w.public("us-iran")[0]}
		for _, text := range []string{"", "help", "latest", "status us-iran", "subscriptions", "search truce", "timeline us-iran", "rules", "why D-12", "watch kind:setback"} {
			shown = append(shown, w.typed(t, text))
		}
		pressed := 0
		for _, m := range shown {
			for _, value := range sorted(actionable(t, m.Blocks)) {
				action := actionable(t, m.Blocks)[value]
				if action == "" || value == "" || !w.stands(m) {
					continue
				}
				before, _ := w.Modal("mina")
				told := len(w.public("us-iran"))
				r, err := w.Click(w.ctx, "mina", m, value)
				if err != nil {
					if strings.Contains(err.Error(), "called") || strings.Contains(err.Error(), "no element") { // its action names it, or it is gone: what was shared takes its buttons away
						continue
					}
					t.Fatalf("%s %q: %v", action, value, err)
				}
				pressed++
				leads(t, w, m, r, before, told, action+" "+value)
			}
		}
		if err := w.OpenHome(w.ctx, "mina"); err != nil {
			t.Fatal(err)
		}
		var home standin.View
		if err := w.WaitFor(w.ctx, func() (ok bool) { home, ok = w.Home("mina"); return ok }); err != nil {
			t.Fatal(err)
		}
		for _, value := range sorted(actionable(t, home.Blocks)) {
			before, _ := w.Modal("mina")
			now, _ := w.Home("mina")
			if _, there := actionable(t, now.Blocks)[value]; !there {
				continue // what another button has ended
			}
			if _, err := w.ClickView(w.ctx, "mina", now.ID, value); err != nil {
				if strings.Contains(err.Error(), "called") {
					continue
				}
				t.Fatalf("%q: %v", value, err)
			}
			pressed++
			err := w.WaitFor(w.ctx, func() bool {
				modal, open := w.Modal("mina")
				after, _ := w.Home("mina")
				return open && modal.ID != before.ID || after.Hash != now.Hash
			})
			if err != nil {
				t.Errorf("%q of the Home leads nowhere", value)
			}
			_ = w.CloseModal(w.ctx, "mina")
		}
		if pressed < 33 {
			t.Errorf("only %d were pressed", pressed)
		}
	})
}

// leads fails unless what was pressed on a message is answered there or below, has
// opened a window, or has told the channel something, of which there was so much before.
func leads(t *testing.T, w *workspace, on standin.Message, r standin.Response, before standin.View, told int, what string) {
	t.Helper()
	ctx, stop := context.WithTimeout(w.ctx, 5*time.Second)
	defer stop()
	var answers []standin.Message
	err := w.WaitFor(ctx, func() bool {
		if modal, open := w.Modal("mina"); open && modal.ID != before.ID || len(w.public("us-iran")) > told {
			return true
		}
		if !w.stands(on) {
			return true
		}
		quick, done := context.WithTimeout(ctx, time.Millisecond)
		defer done()
		answers, _ = w.WaitAnswers(quick, r, 1)
		return len(answers) > 0
	})
	if err != nil {
		t.Errorf("%s leads nowhere: %v", what, err)
	}
	for _, a := range answers {
		if strings.Contains(a.Text, "older version") || strings.Contains(a.Text, "cannot answer") {
			t.Errorf("%s: %s", what, a.Text)
		}
	}
	_ = w.CloseModal(w.ctx, "mina")
}

// stands tells whether a message is as it was.
func (w *workspace) stands(m standin.Message) bool {
	return slices.ContainsFunc(w.Messages("us-iran"), func(now standin.Message) bool { return now.TS == m.TS && now.Text == m.Text })
}

func sorted(m map[string]string) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// What nobody should type or press ends in one sentence to the asker within Slack's
// three seconds, and in nothing that others see.
func TestBadInputByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		long := strings.Repeat("truce OR ", 440) + "talks" // 4,000 characters
		injected := `<!channel> <@U999> <https://evil.example|click> *b* _i_ ` + "```"
		for _, text := range []string{
			long[:3900], "search " + long, "test " + long, "subscribe " + long, "watch " + long + " as x", "said " + long, "why " + long, "mute " + long + " for 8h", "latest " + long,
			injected, "search " + injected, "test " + injected, "subscribe " + injected, "watch " + injected, "said " + injected, "why " + injected, "wrong D-12 speaker " + injected, "unsubscribe " + injected,
			"subscribe us-iran in #nowhere-at-all", "subscribe us-iran in " + injected, "mute us-iran for 8h in #nowhere-at-all", "latest since forever", "search (((", "\x00\x1b[31m",
		} {
			w.desk.own = nil
			got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", text)
			if err != nil {
				t.Fatalf("%.60q: %v", text, err)
			}
			answers, err := w.WaitAnswers(w.ctx, got, 1)
			if err != nil || len(answers) != 1 || answers[0].OnlyFor != "U1" || got.Took > 3*time.Second {
				t.Fatalf("%.60q: %+v after %v, %v", text, answers, got.Took, err)
			}
			all := answers[0].Text + plainJSON(answers[0].Blocks)
			if len(strings.TrimSpace(answers[0].Text)) < 10 {
				t.Errorf("%.60q is answered %q", text, answers[0].Text)
			}
			for _, bad := range []string{"<!channel", "<@U999", "<https://evil", "\x1b"} {
				if strings.Contains(all, bad) {
					t.Errorf("%.60q: the answer holds %q: %s", text, bad, all)
				}
			}
		}
		for _, m := range append(w.public("us-iran"), w.public("desk")...) {
			for _, bad := range []string{"<!channel", "<@U999", "<https://evil"} {
				if strings.Contains(m.Text+plainJSON(m.Blocks), bad) {
					t.Errorf("%q came before all: %s", bad, m.Text)
				}
			}
		}

		// Buttons of another month's version, and of nobody's.
		before := len(w.public("us-iran"))
		for i, action := range []string{"parley.run.forget", "parley.form.nothing", "parley.mute", "parley.wrong", "parley.watch.old", "parley.page", "somebody.else"} {
			if _, _, err := w.room.API.PostMessageContext(w.ctx, "C1", forged(action, "subscribe all")...); err != nil {
				t.Fatal(err)
			}
			pressed, err := w.Click(w.ctx, "mina", w.public("us-iran")[before+i], "x")
			if err != nil {
				t.Fatal(err)
			}
			answers, err := w.WaitAnswers(w.ctx, pressed, 1)
			if err != nil || len(answers) != 1 || answers[0].OnlyFor != "U1" || !strings.Contains(answers[0].Text, "older version") {
				t.Errorf("%s: %+v, %v", action, answers, err)
			}
		}
		if now := len(w.public("us-iran")); now != before+7 {
			t.Errorf("%d messages came to all", now-before-7)
		}
	})
}

// A direct message to somebody who has left ends the subscription's way, with a
// reason for whoever owns it, and is not tried for ever.
func TestSomebodyWhoHasLeft(t *testing.T) {
	for _, refused := range []string{"user_disabled", "user_not_found", "cannot_dm_bot"} {
		s, p := poster(t, standin.Options{})
		for _, method := range []string{"chat.postMessage", "conversations.open"} {
			s.Fail(standin.Fault{Kind: standin.Refused, Method: method, Error: refused, Times: 1})
		}
		_, err := p.Post(t.Context(), []news.Notification{{Key: "k", Channel: "U1", Alert: mediatorDate(), Created: time.Now()}})
		fault, ok := errors.AsType[*news.Fault](err)
		if !ok || fault.Kind != news.Gone || !strings.Contains(fault.Reason, refused) {
			t.Errorf("%s: %+v (%v)", refused, fault, err)
		}
	}
}
