package store_test

import (
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

func testDeeds(t *testing.T, s *store.Store) {
	ctx := t.Context()
	at := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	sub := must2(s.Subscribe(ctx, news.Subscription{Channel: "C1", To: "kind:any", Author: "U1", Created: at(0)}))(t)
	must2(s.Subscribe(ctx, news.Subscription{Channel: "C1", To: "kind:any", Author: "U2", Created: at(1), Digest: "0 8 * * *", Threaded: true}))(t)
	rule := must2(s.MakeRule(ctx, news.MadeRule{Rule: news.Rule{Name: "gulf", When: "truce", Owner: "U3"}, Channel: "#desk", Created: at(2)}, news.Subscription{Channel: "#desk", To: "rule:gulf"}))(t)
	if _, err := s.ChangeRule(ctx, rule.ID, "accord", "U4", at(3)); err != nil {
		t.Fatal(err)
	}
	mute := must2(s.Mute(ctx, news.Mute{Channel: "C1", To: "kind:any", Round: "us-iran", Until: at(60), Author: "U5", Created: at(4)}))(t)
	if err := s.EndMutes(ctx, at(60)); err != nil {
		t.Fatal(err)
	}
	if err := s.Unsubscribe(ctx, sub.ID, "U6", at(70)); err != nil {
		t.Fatal(err)
	}
	words := func(list []news.Deed) (out []string) {
		for _, d := range list {
			out = append(out, d.Author+" "+string(d.Subject)+" "+d.Action+" "+d.Channel+" "+d.To+" "+d.Query+d.How.Digest+d.Round)
		}
		return out
	}
	all := must[[]news.Deed](t)(s.Deeds(ctx, "", nil, 100))
	want := []string{
		"U6 subscription unsubscribe C1 kind:any 0 8 * * *", " mute end C1 kind:any us-iran", "U5 mute mute C1 kind:any us-iran", "U4 rule change #desk gulf accord",
		"U3 rule make #desk gulf truce", "U3 subscription subscribe #desk rule:gulf ", "U2 subscription change C1 kind:any 0 8 * * *", "U1 subscription subscribe C1 kind:any ",
	}
	equal(t, words(all), want)
	if !all[2].Until.Equal(mute.Until) || !all[1].At.Equal(at(60)) || !all[6].How.Threaded {
		t.Errorf("%+v", all)
	}
	equal(t, words(must[[]news.Deed](t)(s.Deeds(ctx, "", []string{"C9", "#desk"}, 2))), want[3:5])
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%q, want %q", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}

// must2 is for what is stored anew or again.
func must2[T any](v T, _ bool, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
