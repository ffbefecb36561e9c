package bot_test

import (
	"strings"
	"testing"

	"parley/bot"
	"parley/internal/demo/standin"
)

// The button under a timeline shows it to all as a picture with a description, and
// says who asked; typed it is the same.
func TestPictureByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		shown := func() (out []standin.Message) {
			for _, m := range w.Messages("us-iran") {
				if len(m.Files) > 0 {
					out = append(out, m)
				}
			}
			return out
		}
		typed, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "timeline us-iran since 30d")
		if err != nil {
			t.Fatal(err)
		}
		pressed, err := w.Click(w.ctx, "mina", typed.Answers[0], "parley.picture")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.WaitAnswers(w.ctx, pressed, 1)
		if err != nil || !strings.Contains(answers[0].Text, "Done: the picture is in this channel") {
			t.Fatalf("%+v %v", answers, err)
		}
		all := shown()
		if len(all) != 1 || all[0].OnlyFor != "" || !strings.Contains(all[0].Text, "asked for the timeline of *US–Iran talks* as a picture") || !strings.Contains(all[0].Text, "<@") {
			t.Fatalf("%+v", all)
		}
		f := all[0].Files[0]
		if f.Alt != "Timeline of us-iran" || f.Type != "image/png" || f.Title != "Timeline: US–Iran talks" || !strings.HasPrefix(f.Name, "timeline-us-iran-2026-") {
			t.Errorf("%+v", f)
		}
		for _, words := range []string{"timeline us-iran picture", "timeline us-iran as a picture", "timeline us-iran picture since 30d"} {
			before := len(shown())
			again, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", words)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.WaitAnswers(w.ctx, again, 1); err != nil {
				t.Fatal(err)
			}
			if len(shown()) != before+1 {
				t.Errorf("%s: %+v", words, again.Answers)
			}
		}
	})
}

// Without the scope, or where the channel cannot be posted to, the asker gets the
// words and a sentence; nothing else happens.
func TestPictureThatMayNotBe(t *testing.T) {
	for name, c := range map[string]struct {
		fault standin.Fault
		says  string
	}{
		"no scope":       {standin.Fault{Kind: standin.MissingScope, Method: "files.getUploadURLExternal", Needed: "files:write"}, "adds the scope `files:write`"},
		"not in channel": {standin.Fault{Kind: standin.Refused, Method: "files.completeUploadExternal", Error: "not_in_channel"}, "type /invite @parley in it"},
		"no answer":      {standin.Fault{Kind: standin.Dropped, Method: "files.completeUploadExternal"}, "could not be uploaded"},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, true, standin.Options{})
			w.Fail(c.fault)
			got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "timeline us-iran picture")
			if err != nil {
				t.Fatal(err)
			}
			answers, err := w.WaitAnswers(w.ctx, got, 1)
			if err != nil {
				t.Fatal(err)
			}
			if text := answers[0].Text; !strings.Contains(text, c.says) || !strings.Contains(text, "Timeline: US–Iran talks") || strings.Contains(text, "http://127") {
				t.Errorf("%s", text)
			}
			for _, m := range w.Messages("us-iran") {
				if m.OnlyFor == "" && len(m.Files) > 0 {
					t.Errorf("it was shown: %+v", m)
				}
			}
		})
	}
}

// Where nothing is known there is nothing to draw, and the asker is told so.
func TestPictureOfNothing(t *testing.T) {
	d := newDesk()
	d.known = nil
	out := (&bot.Commands{Answers: d, Names: names}).Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: "timeline sudan picture", At: now})
	if out.Upload != nil || !strings.Contains(out.Text, "Nothing yet on Sudan") {
		t.Errorf("%+v", out)
	}
}
