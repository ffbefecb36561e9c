package store_test

import (
	"errors"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

func workspaceOf(team string) news.Workspace {
	return news.Workspace{
		Team: team, Name: "Name of " + team, BotUser: "U0", Scopes: []string{"commands", "chat:write"}, Sealed: "sealed", InstalledBy: "U1",
		Installed: noon, Expires: noon.Add(12 * time.Hour),
	}
}

func testWorkspaces(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for _, bad := range []news.Workspace{{}, {Team: "x", Sealed: "s", Installed: noon}, {Team: "T1", Installed: noon}, {Team: "T1%", Sealed: "s", Installed: noon}} {
		if _, err := s.Install(ctx, bad); err == nil {
			t.Errorf("%+v is installed", bad)
		}
	}
	sub := news.Subscription{Channel: "T1/C1", To: "kind:any", Author: "U1", Created: noon}
	if _, _, err := s.Subscribe(ctx, sub); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("a workspace that is not there subscribes: %v", err)
	}
	for _, team := range []string{"T1", "T12"} { // one id begins like the other
		if first := must[bool](t)(s.Install(ctx, workspaceOf(team))); !first {
			t.Error("the first installation is none")
		}
	}
	w, ok, err := s.Workspace(ctx, "T1")
	if err != nil || !ok || w.Name != "Name of T1" || len(w.Scopes) != 2 || w.Sealed != "sealed" || !w.Expires.Equal(noon.Add(12*time.Hour)) || !w.Installed.Equal(noon) {
		t.Errorf("%+v, %v, %v", w, ok, err)
	}
	if _, ok, err := s.Workspace(ctx, "T9"); ok || err != nil {
		t.Errorf("T9: %v, %v", ok, err)
	}
	again := workspaceOf("T1")
	again.Sealed, again.Expires, again.Scopes = "other", time.Time{}, nil
	if first := must[bool](t)(s.Install(ctx, again)); first {
		t.Error("a second installation is the first")
	}
	if w, _, _ := s.Workspace(ctx, "T1"); w.Sealed != "other" || !w.Expires.IsZero() || len(w.Scopes) != 0 {
		t.Errorf("%+v", w)
	}

	// Each makes the same; rules of one name are two.
	addresses := []string{"T1/C1", "T12/C1", "C1"}
	for i, channel := range addresses {
		at := noon.Add(time.Duration(i) * time.Second)
		must2(s.Subscribe(ctx, news.Subscription{Channel: channel, To: "kind:any", Author: "U1", Created: at}))(t)
		rule := news.MadeRule{Rule: news.Rule{Name: "gulf", When: "truce", Owner: "U1"}, Channel: channel, Created: at}
		if _, created, err := s.MakeRule(ctx, rule, news.Subscription{Channel: channel, To: "rule:gulf"}); err != nil || !created {
			t.Errorf("the rule of %s: %v, %v", channel, created, err)
		}
		if _, created, err := s.MakeRule(ctx, rule, news.Subscription{Channel: channel, To: "rule:gulf"}); err != nil || created {
			t.Errorf("the rule of %s is made twice: %v, %v", channel, created, err)
		}
		must2(s.Mute(ctx, news.Mute{Channel: channel, To: "kind:any", Until: at.Add(time.Hour), Author: "U1", Created: at}))(t)
		if err := s.HoldChannel(ctx, channel, at.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		must[bool](t)(s.SeenOnce(ctx, "T1 slack press U1", at, time.Hour))
	}
	for team, want := range map[string]int{"": 4, "T1": 4, "T12": 4, "T9": 0} {
		if deeds := must[[]news.Deed](t)(s.Deeds(ctx, team, nil, 100)); len(deeds) != want {
			t.Errorf("of %q there are %d deeds: %+v", team, len(deeds), deeds)
		}
	}

	if _, ok, err := s.Wipe(ctx, "T1", noon.Add(-time.Second)); ok || err != nil {
		t.Errorf("it is wiped by what happened before it was installed: %v, %v", ok, err)
	}
	gone, ok, err := s.Wipe(ctx, "T1", noon)
	if err != nil || !ok || gone != (news.Wiped{Subscriptions: 2, Mutes: 1, Rules: 1}) {
		t.Errorf("%+v, %v, %v", gone, ok, err)
	}
	if _, ok, err := s.Wipe(ctx, "T1", noon); ok || err != nil {
		t.Errorf("it is wiped twice: %v, %v", ok, err)
	}
	for team, want := range map[string]int{"": 4, "T1": 0, "T12": 4} {
		if deeds := must[[]news.Deed](t)(s.Deeds(ctx, team, nil, 100)); len(deeds) != want {
			t.Errorf("after it of %q there are %d deeds", team, len(deeds))
		}
	}
	if subs := must[[]news.Subscription](t)(s.Subscriptions(ctx)); len(subs) != 4 {
		t.Errorf("subscriptions: %+v", subs)
	}
	if first := must[bool](t)(s.SeenOnce(ctx, "T1 slack press U1", noon, time.Hour)); !first {
		t.Error("what was seen of its people is remembered")
	}
	// An alert that was routed a moment before is not queued either.
	for id, channel := range map[string]string{"late": "T1/C1", "other": "T12/C1"} {
		save(t, s, noon, notify(checked(item(id, noon)), -1, news.Notification{Channel: channel, NotBefore: noon}))
	}
	if got := counts(t, s); got != [3]int{1, 0, 0} {
		t.Errorf("queued are %v", got)
	}
	if err := s.HoldChannel(ctx, "T1/C1", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"mute":  second(s.Mute(ctx, news.Mute{Channel: "T1/C1", To: "x", Until: noon.Add(time.Hour), Author: "U1", Created: noon})),
		"label": second2(s.Label(ctx, news.Feedback{Development: 1, What: news.Nothing, Channel: "T1/C1", Author: "T1/U1", At: noon})),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("a workspace that is gone can %s: %v", name, err)
		}
	}
}

func second[A, B any](_ A, _ B, err error) error { return err }

func second2[A any](_ A, err error) error { return err }

func testTokenClaims(t *testing.T, s *store.Store) {
	ctx := t.Context()
	must[bool](t)(s.Install(ctx, workspaceOf("T1")))
	if _, ok, err := s.ClaimTokens(ctx, "T9", noon, lease); ok || err != nil {
		t.Errorf("a workspace that is not there is claimed: %v, %v", ok, err)
	}
	claim := func(at time.Time, want bool) news.Workspace {
		t.Helper()
		w, ok, err := s.ClaimTokens(ctx, "T1", at, lease)
		if err != nil || ok != want {
			t.Fatalf("claimed: %v, %v", ok, err)
		}
		return w
	}
	one := claim(noon, true)
	claim(noon.Add(time.Second), false)
	two := claim(noon.Add(lease), true) // whoever had it is dead, or so it seems
	one.Sealed = "late"
	if err := s.StoreTokens(ctx, one); !errors.Is(err, news.ErrStale) {
		t.Errorf("one who comes late stores tokens: %v", err)
	}
	two.Sealed, two.Expires = "fresh", noon.Add(24*time.Hour)
	if err := s.StoreTokens(ctx, two); err != nil {
		t.Fatal(err)
	}
	if err := s.StoreTokens(ctx, two); !errors.Is(err, news.ErrStale) {
		t.Errorf("a claim stores twice: %v", err)
	}
	if w, _, _ := s.Workspace(ctx, "T1"); w.Sealed != "fresh" || !w.Expires.Equal(noon.Add(24*time.Hour)) {
		t.Errorf("%+v", w)
	}
	three := claim(noon.Add(lease), true)
	if err := s.ReleaseTokens(ctx, three); err != nil {
		t.Fatal(err)
	}
	four := claim(noon.Add(lease), true)
	must[bool](t)(s.Install(ctx, workspaceOf("T1"))) // installed anew meanwhile
	if err := s.StoreTokens(ctx, four); !errors.Is(err, news.ErrStale) {
		t.Errorf("tokens of an older installation are stored: %v", err)
	}
	if err := s.Reseal(ctx, "T1", "sealed", "resealed"); err != nil {
		t.Fatal(err)
	}
	if w, _, _ := s.Workspace(ctx, "T1"); w.Sealed != "resealed" {
		t.Errorf("%+v", w)
	}
	if err := s.Reseal(ctx, "T1", "no longer", "x"); err != nil {
		t.Fatal(err)
	}
	if w, _, _ := s.Workspace(ctx, "T1"); w.Sealed != "resealed" {
		t.Errorf("what has changed meanwhile is sealed over: %+v", w)
	}
}
