package store_test

import (
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

func testPreferences(t *testing.T, s *store.Store) {
	ctx := t.Context()
	if p := must[news.Preferences](t)(s.PreferencesOf(ctx, "U1")); p != (news.Preferences{User: "U1"}) {
		t.Errorf("before anything was set: %+v", p)
	}
	karachi, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	set := func(p news.Preferences) {
		t.Helper()
		if err := s.Prefer(ctx, p); err != nil {
			t.Fatal(err)
		}
		got := must[news.Preferences](t)(s.PreferencesOf(ctx, p.User))
		if got.Quiet != p.Quiet || !got.Changed.Equal(p.Changed) || (got.Zone == nil) != (p.Zone == nil) || p.Zone != nil && got.Zone.String() != p.Zone.String() {
			t.Errorf("%+v was kept as %+v", p, got)
		}
	}
	set(news.Preferences{User: "U1", Zone: karachi, Quiet: "22:00-07:00", Changed: noon})
	set(news.Preferences{User: "U1", Quiet: "", Changed: noon.Add(time.Hour)})
	set(news.Preferences{User: "U2", Zone: karachi, Changed: noon})
	for _, bad := range []news.Preferences{
		{Changed: noon}, {User: "U1"}, {User: "U1", Changed: noon, Zone: time.FixedZone("Mars/Olympus", 0)}, {User: "U1", Changed: noon, Zone: time.Local},
	} {
		if err := s.Prefer(ctx, bad); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	// With a workspace goes what its people set, and nothing else.
	if _, err := s.Install(ctx, news.Workspace{Team: "T2", Sealed: "x", Installed: noon}); err != nil {
		t.Fatal(err)
	}
	set(news.Preferences{User: "T2/U1", Quiet: "22:00-07:00", Changed: noon})
	if _, ok, err := s.Wipe(ctx, "T2", noon.Add(time.Hour)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if p := must[news.Preferences](t)(s.PreferencesOf(ctx, "T2/U1")); !p.Changed.IsZero() {
		t.Errorf("kept after the workspace was wiped: %+v", p)
	}
	if p := must[news.Preferences](t)(s.PreferencesOf(ctx, "U2")); p.Changed.IsZero() {
		t.Error("another's was wiped too")
	}
}
