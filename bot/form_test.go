package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// crowded is a desk with more negotiations and rules than a menu takes, of the
// longest and worst names.
type crowded struct{ *desk }

func (c crowded) Negotiations(_ context.Context) (out []news.Negotiation, err error) {
	for i := range 150 {
		out = append(out, news.Negotiation{ID: fmt.Sprintf("talks-%d%s", i, strings.Repeat("x", i*2)), Title: strings.Repeat("محادثات <!channel> ", 20)})
	}
	return out, nil
}

func (c crowded) Rules(_ context.Context) (out []news.Rule, err error) {
	for i := range 150 {
		out = append(out, news.Rule{Name: fmt.Sprintf("rule-%d", i), Title: strings.Repeat("<!here> 🕊️ rule ", 20), When: "truce"})
	}
	return out, nil
}

// The forms as they open, each with what it begins with.
func TestForms(t *testing.T) {
	kept := following()
	kept.subs = append(kept.subs, news.Subscription{ID: 30, Channel: "#desk", To: "kind:any", Digest: "0 8,16 * * MON,WED", Threaded: true, Level: news.Low, Author: "U2"})
	private := following()
	private.prefer = map[string]news.Preferences{"U1": {User: "U1", Quiet: "23:00-06:00", Zone: time.FixedZone("Asia/Tehran", 12600)}}
	long := crowded{following()}
	zone := func(context.Context, string) (*time.Location, error) { return time.LoadLocation("Europe/Berlin") }
	none := func(context.Context, string) (*time.Location, error) { return nil, errors.New("missing_scope") }
	for name, c := range map[string]struct {
		answers     bot.Answers
		profile     func(context.Context, string) (*time.Location, error)
		in          string
		form, about string
		typed       string // what the words say to type
		want, not   []string
	}{
		"form-subscribe": {following(), zone, "C1", "subscribe", "+", "/parley subscribe us-iran as digest", []string{"Europe/Berlin", `"initial_conversation": "C1"`, "Mediator names a date", "Sudan truce talks"}, []string{"Weekdays"}},
		"form-subscribe-to": {
			private, none, "U1", "subscribe", "negotiation:sudan", "/parley subscribe sudan as digest",
			[]string{"23:00-06:00", "Asia/Tehran", `"value": "negotiation:sudan"`},
			[]string{"initial_conversation"},
		},
		"form-subscribe-query":   {following(), none, "C1", "subscribe", `“safe passage” kind:any`, "parley subscribe", []string{`\"safe passage\" kind:any`}, nil},
		"form-subscribe-longest": {long, none, "C1", "subscribe", strings.Repeat("<!channel> مفاوضات ", 400), "/parley subscribe", nil, []string{"<!channel>", "<!here>"}},
		"form-edit":              {kept, none, "C1", "edit", "6", "/parley subscribe negotiation:sudan as digest", []string{"Sudan truce talks", `"initial_time": "08:00"`, "Weekdays", "None: all in the digest"}, []string{"as it is"}},
		"form-edit-kept":         {kept, none, "C1", "edit", "30", "/parley subscribe", []string{"As a digest at 08:00 and 16:00 on Mon, Wed, as it is", "Low ones too"}, nil},
		"form-rule":              {following(), none, "C1", "rule", "+", "/parley watch by:mediator", []string{"It is looked at while you type"}, []string{"It can be used"}},
		"form-rule-query":        {following(), none, "C1", "rule", "by:mediator actr:iran", "/parley watch by:mediator", []string{"cannot be read yet", "^^^^"}, nil},
		"form-rule-doubtful":     {following(), none, "C1", "rule", "kind:setback NOT by:mediator OR -\"truce <!channel>\"", "/parley watch", []string{"It can be used, but"}, []string{"<!channel>"}},
		"form-settings":          {following(), zone, "U1", "settings", "+", "/parley settings zone", []string{"Europe/Berlin"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			commands := &bot.Commands{Answers: c.answers, Names: names, Profile: c.profile}
			if _, ok := c.answers.(crowded); ok {
				commands.Names = bot.Names{}
				commands.Names.Negotiation = func(string) string { return strings.Repeat("محادثات <!channel> ", 20) }
			}
			out := commands.Do(t.Context(), bot.Request{Channel: c.in, ChannelName: "us-iran", User: "U1", Action: "parley.form." + c.form, Value: c.about, At: now})
			if out.Opens == nil || !strings.Contains(out.Text, c.typed) {
				t.Fatalf("%s, want %q and a form", out.Text, c.typed)
			}
			viewWithin(t, out.Opens, out.Opens.Blocks.BlockSet)
			shown := plainJSON(json.RawMessage(marshal(t, out.Opens)))
			// What stands in an input is shown as it is.
			shownElsewhere := regexp.MustCompile(`"initial_value": ".*"`).ReplaceAllString(shown, "")
			goldenSurface(t, name, out.Opens)
			for _, want := range c.want {
				if !strings.Contains(shown, want) {
					t.Errorf("%q is missing", want)
				}
			}
			for _, bad := range c.not {
				if strings.Contains(shownElsewhere, bad) {
					t.Errorf("%q stands there", bad)
				}
			}
			// Slack's own checks, as the stand-in makes them.
			if err := standin.CheckView("modal", out.Opens); err != nil {
				t.Error(err)
			}
		})
	}
}

// opens presses a button of the latest answer and returns the form that opens.
func (w *workspace) opens(t *testing.T, on standin.Message, button string) standin.View {
	t.Helper()
	if _, err := w.Click(w.ctx, "mina", on, button); err != nil {
		t.Fatal(err)
	}
	view, err := w.WaitView(w.ctx, "mina")
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// modalHas waits until the window before mina shows something.
func (w *workspace) modalHas(t *testing.T, want string) standin.View {
	t.Helper()
	var v standin.View
	if err := w.WaitFor(w.ctx, func() bool {
		var ok bool
		v, ok = w.Modal("mina")
		return ok && strings.Contains(plainJSON(v.Blocks), want)
	}); err != nil {
		t.Fatalf("no window ever showed %q: %v\n%s", want, err, v.Blocks)
	}
	return v
}

func (w *workspace) typed(t *testing.T, text string) standin.Message {
	t.Helper()
	got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", text)
	if err != nil {
		t.Fatal(err)
	}
	return got.Answers[len(got.Answers)-1]
}

// Subscribing in a form does what the command does: it is checked, stored, told
// to the channel with who did it, and can be edited and ended.
func TestSubscribingInAForm(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		w.room.Commands.Places = bot.NewSlack(w.room.API, names).Places
		form := w.opens(t, w.typed(t, "subscribe"), "Choose in a window…")
		refused := func(inputs map[string][]string, block, want string) {
			t.Helper()
			_, err := w.Submit(w.ctx, "mina", form.ID, inputs)
			faults, ok := errors.AsType[standin.InputErrors](err)
			if !ok || !strings.Contains(faults[block], want) {
				t.Errorf("%v: %v, want %q at %s", inputs, err, want, block)
			}
		}
		refused(nil, "query", "Choose a negotiation")
		refused(map[string][]string{"target": {"rule:deal"}, "query": {"x"}}, "query", "Both are filled in")
		refused(map[string][]string{"query": {"by:mediator AND ("}}, "query", ".")
		refused(map[string][]string{"query": {"sudn"}}, "query", "Did you mean /parley subscribe sudan?")
		refused(map[string][]string{"target": {"rule:deal"}, "quiet": {"when I sleep"}}, "quiet", "22:00-07:00")
		if got := w.desk.subscribed(); len(got) != 0 {
			t.Fatalf("stored all the same: %+v", got)
		}
		// Another way of coming asks for more.
		if _, err := w.Fill(w.ctx, "mina", form.ID, "how", map[string][]string{"how": {"digest"}, "target": {"negotiation:sudan"}, "where": {"C2"}}); err != nil {
			t.Fatal(err)
		}
		form = w.modalHas(t, "Weekdays")
		if _, err := w.Submit(w.ctx, "mina", form.ID, map[string][]string{
			"target": {"negotiation:sudan"}, "where": {"C2"}, "how": {"digest"}, "at": {"07:30"}, "days": {"MON-FRI"}, "level": {"urgent"}, "quiet": {"22:00 – 7:00"}, "zone": {"Asia/Karachi"},
		}); err != nil {
			t.Fatal(err)
		}
		w.modalHas(t, "Done: alerts for *Sudan truce talks* go to <#C2>")
		got := w.desk.subscribed()
		if len(got) != 1 || got[0].Channel != "#desk" || got[0].To != "negotiation:sudan" || got[0].Digest != "30 7 * * MON-FRI" || got[0].Level != news.Urgent || got[0].Quiet != "22:00-07:00" || got[0].Zone.String() != "Asia/Karachi" || got[0].Author != "U1" {
			t.Errorf("stored: %+v", got)
		}
		if err := w.WaitFor(w.ctx, func() bool { return len(w.public("desk")) == 1 }); err != nil {
			t.Fatal(err)
		}
		if told := w.public("desk")[0].Text; !strings.Contains(told, "<@U1> subscribed this channel to *Sudan truce talks*") || !strings.Contains(told, "times in Asia/Karachi") {
			t.Errorf("told: %s", told)
		}
		if err := w.CloseModal(w.ctx, "mina"); err != nil {
			t.Fatal(err)
		}
		// The row of a list leads to the form in which it is changed.
		list, err := w.Slash(w.ctx, "mina", "desk", "/parley", "subscriptions")
		if err != nil {
			t.Fatal(err)
		}
		form = w.opens(t, list.Answers[0], "Edit…")
		if !strings.Contains(string(form.Blocks), `"initial_time":"07:30"`) {
			t.Errorf("%s", form.Blocks)
		}
		if _, err := w.Submit(w.ctx, "mina", form.ID, map[string][]string{"how": {"threaded"}, "level": {"all"}, "quiet": {""}}); err != nil {
			t.Fatal(err)
		}
		w.modalHas(t, "otherwise from now on")
		if got := w.desk.subscribed(); len(got) != 1 || got[0].Digest+got[0].Quiet+string(got[0].Level) != "" || !got[0].Threaded || got[0].Zone.String() != "Asia/Karachi" {
			t.Errorf("stored: %+v", got)
		}
	})
}

// A query is looked at while it is typed, and tried; only then it becomes a rule.
func TestARuleInAForm(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		form := w.opens(t, w.typed(t, "watch"), "Try a query in a window…")
		fill := func(query, want string) {
			t.Helper()
			if _, err := w.Fill(w.ctx, "mina", form.ID, "query", map[string][]string{"query": {query}, "where": {"C1"}}); err != nil {
				t.Fatal(err)
			}
			form = w.modalHas(t, want)
		}
		fill("by:mediator actr:iran", "^^^^")
		fill("by:mediator \"truce <!channel>\"", "45 hits")
		if shown := regexp.MustCompile(`"initial_value":"(\\.|[^"\\])*"`).ReplaceAllString(plainJSON(form.Blocks), ""); strings.Contains(shown, "<!channel>") {
			t.Errorf("<!channel> came through: %s", shown)
		}
		submit := func(query, name string) error {
			t.Helper()
			_, err := w.Submit(w.ctx, "mina", form.ID, map[string][]string{"query": {query}, "name": {name}, "where": {"C1"}})
			return err
		}
		for _, c := range []struct{ query, name, block, want string }{
			{"actr:iran", "", "query", "Did you mean"}, {"(", "", "query", "."}, {"truce", "deal", "name", "taken"}, {"truce", "Two Words", "name", "two-words"},
		} {
			err := submit(c.query, c.name)
			faults, ok := errors.AsType[standin.InputErrors](err)
			if !ok || !strings.Contains(strings.ToLower(faults[c.block]), strings.ToLower(c.want)) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		// One that nobody has tried is shown first.
		if err := submit("kind:setback nothing", "quiet-one"); err != nil {
			t.Fatal(err)
		}
		form = w.modalHas(t, "No hit")
		if len(w.desk.own) != 0 {
			t.Fatalf("made before it was seen: %+v", w.desk.own)
		}
		if err := submit("kind:setback nothing", "quiet-one"); err != nil {
			t.Fatal(err)
		}
		w.modalHas(t, "Done: `quiet-one` is asked of everything")
		if len(w.desk.own) != 1 || w.desk.own[0].When != "kind:setback nothing" || w.desk.own[0].Owner != "U1" {
			t.Errorf("made: %+v", w.desk.own)
		}
		if err := w.WaitFor(w.ctx, func() bool { return len(w.public("us-iran")) == 1 }); err != nil || !strings.Contains(w.public("us-iran")[0].Text, "<@U1> made the rule `quiet-one`") {
			t.Errorf("%v: %+v", err, w.public("us-iran"))
		}
	})
}

// What a person sets holds for their direct messages, typed or in the form.
func TestSettings(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		for text, want := range map[string]string{
			"settings zone Berlin": "did you mean `Europe/Berlin`", "settings zone Europe/Berln": "did you mean `Europe/Berlin`", "settings zone Mars/Olympus": "There is no time zone", "settings quiet soon": "cannot read `soon`",
			"settings zone": "Write `/parley settings zone", "settings colour red": "no setting `colour`", "settings zone Local": "There is no time zone",
		} {
			if got := w.typed(t, text); !strings.Contains(got.Text, want) {
				t.Errorf("%s: %s", text, got.Text)
			}
		}
		w.desk.subs = append(w.desk.subs,
			news.Subscription{ID: 5, Channel: "U1", To: "negotiation:us-iran", Author: "U1"}, news.Subscription{ID: 6, Channel: "U1", To: "rule:deal", Author: "U1", Quiet: "01:00-02:00"},
			news.Subscription{ID: 7, Channel: "U2", To: "rule:deal", Author: "U2"})
		if got := w.typed(t, "settings zone Asia/Karachi quiet 22-7"); !strings.Contains(got.Text, "Done: times in Asia/Karachi, quiet 22:00-07:00") || !strings.Contains(got.Text, "1 subscription") {
			t.Errorf("%s", got.Text)
		}
		form := w.opens(t, w.typed(t, "settings"), "Settings…")
		if !strings.Contains(string(form.Blocks), `"initial_value":"22:00-07:00"`) {
			t.Errorf("%s", form.Blocks)
		}
		if _, err := w.Submit(w.ctx, "mina", form.ID, map[string][]string{"quiet": {"at night"}}); !strings.Contains(fmt.Sprint(err), "quiet: Write") {
			t.Errorf("%v", err)
		}
		if _, err := w.Submit(w.ctx, "mina", form.ID, map[string][]string{"zone": {"Europe/Kyiv"}, "quiet": {"23:00-06:00"}}); err != nil {
			t.Fatal(err)
		}
		w.modalHas(t, "Done: times in Europe/Kyiv, quiet 23:00-06:00")
		quiet := map[int64]string{}
		for _, s := range w.desk.subscribed() {
			quiet[s.ID] = s.Quiet
		}
		if quiet[5] != "23:00-06:00" || quiet[6] != "01:00-02:00" || quiet[7] != "" {
			t.Errorf("%v", quiet)
		}
	})
}

// Where no form can be opened any more the asker reads what to type.
func TestAFormWithAnExpiredTrigger(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		welcome := w.typed(t, "")
		w.Fail(standin.Fault{Kind: standin.Refused, Method: "views.open", Error: "expired_trigger_id"})
		for button, want := range map[string]string{"Subscribe…": "`/parley subscribe us-iran as digest", "Try a query…": "`/parley watch by:mediator", "Settings…": "`/parley settings zone"} {
			pressed, err := w.Click(w.ctx, "mina", welcome, button)
			if err != nil {
				t.Fatal(err)
			}
			answers, err := w.WaitAnswers(w.ctx, pressed, 1)
			if err != nil || !strings.Contains(answers[0].Text, "three seconds") || !strings.Contains(answers[0].Text, want) || answers[0].OnlyFor != "U1" {
				t.Errorf("%s: %+v, %v", button, answers, err)
			}
		}
	})
}

// "Watch this negotiation" lays the form on what was read, filled in.
func TestWatchWhatWasRead(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		said, err := w.Say("mina", "us-iran", "", "Talks to resume on Tuesday")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.MessageShortcut(w.ctx, "mina", said, "parley.read"); err != nil {
			t.Fatal(err)
		}
		read := w.modalHas(t, "Who says it")
		if _, err := w.ClickView(w.ctx, "mina", read.ID, "Watch this negotiation"); err != nil {
			t.Fatal(err)
		}
		form := w.modalHas(t, "At once, updates too")
		if form.PreviousID != read.ID || !strings.Contains(string(form.Blocks), `"initial_conversation":"C1"`) {
			t.Errorf("%+v", form)
		}
		if _, err := w.Submit(w.ctx, "mina", form.ID, nil); err != nil {
			t.Fatal(err)
		}
		w.modalHas(t, "Done: alerts for *US–Iran talks* go to")
		if got := w.desk.subscribed(); len(got) != 1 || got[0].Channel != "#us-iran" || got[0].To != "negotiation:us-iran" {
			t.Errorf("%+v", got)
		}
	})
}
