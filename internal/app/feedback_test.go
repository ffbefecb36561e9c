package app_test

import (
	"encoding/json"
	"log/slog"
	"testing"
)

// What people say is wrong is written as labelled items: what they say is right
// takes the place of what was read, and what is only wrong is left out.
func TestFeedback(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	k := w.conf("")
	a := w.open(k)
	w.once(a)
	w.print("observer", named)
	w.once(a)
	w.print("observer", ended)
	w.once(a)
	card := w.cards("negotiations")[0]
	if _, err := w.Click(soon(t), "maya", card, "the speaker"); err != nil {
		t.Fatal(err)
	}
	w.has(w.slash("negotiations", "wrong D-1 kind talks-ended"), "Noted")
	w.has(w.slash("negotiations", "wrong D-1 date 2026-12-01"), "Noted")
	w.has(w.slash("negotiations", "wrong D-2 nothing a recap"), "Noted")
	w.has(w.slash("negotiations", "wrong D-77 nothing"), "no development D-77")
	lines, err := k.ExportFeedback(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil || len(lines) != 2 {
		t.Fatalf("%s %v", lines, err)
	}
	var first, second struct {
		Title, Published, Zone string
		Gold                   map[string]any
		Feedback               []struct{ Wrong, Right, Author string }
	}
	for i, into := range []any{&first, &second} {
		if err := json.Unmarshal(lines[i], into); err != nil {
			t.Fatal(err)
		}
	}
	if first.Title != named || first.Published == "" || first.Zone != "Asia/Muscat" || first.Gold["development"] != true || first.Gold["negotiation"] != "us-iran" {
		t.Errorf("%s", lines[0])
	}
	if kinds, _ := first.Gold["kinds"].([]any); len(kinds) != 1 || kinds[0] != "talks-ended" {
		t.Errorf("kinds: %s", lines[0])
	}
	if dates, _ := first.Gold["dates"].([]any); len(dates) != 1 || dates[0].(map[string]any)["start"] != "2026-12-01" {
		t.Errorf("dates: %s", lines[0])
	}
	if _, there := first.Gold["speaker"]; there || len(first.Feedback) != 3 || first.Feedback[0].Author == "" {
		t.Errorf("the speaker is known to be wrong: %s", lines[0])
	}
	if second.Title != ended || second.Gold["development"] != false || second.Gold["why"] != "a recap" {
		t.Errorf("%s", lines[1])
	}
	w.close(a)
}
