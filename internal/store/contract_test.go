package store_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// TestContract holds every database to one behaviour.
func TestContract(t *testing.T) {
	clauses := []struct {
		name string
		test func(*testing.T, *store.Store)
	}{
		{"feeds are synchronised with the configuration", testSyncFeeds},
		{"the most overdue feed is claimed, once", testClaimFeed},
		{"one feed is claimed by name", testClaimNamed},
		{"many claim at once", testClaimRace},
		{"a check is saved whole", testSaveCheck},
		{"the habits of a feed are kept", testHabits},
		{"what a feed brought before is known by link and title", testRepeated},
		{"a failed check keeps what was known", testFailedCheck},
		{"an outdated claim changes nothing", testStaleCheck},
		{"a check that others overtook changes nothing", testOvertaken},
		{"what people change is counted", testChanges},
		{"a faulty check changes nothing", testFaultyCheck},
		{"only unseen items are returned", testUnseen},
		{"provisional ids become numbers", testProvisional},
		{"reports gather under a development", testSources},
		{"developments are listed by page", testDevelopments},
		{"upcoming dates come soonest first", testUpcoming},
		{"statements are found by who makes them", testSpeakers},
		{"items come back as they were", testItems},
		{"each item is visited, newest first", testEachItem},
		{"all items are scanned side by side", testScan},
		{"items are found by their words", testFind},
		{"items are found by where their words stand", testFindPlaces},
		{"many are found a part at a time", testFindMany},
		{"subscriptions", testSubscriptions},
		{"rules are made, changed and deleted by people", testMadeRules},
		{"a rule comes with its subscription or not at all", testMadeRuleWhole},
		{"a mute holds alerts until its end", testMutes},
		{"what people changed is told", testDeeds},
		{"reminders are queued once and dropped when answered", testReminders},
		{"a flood becomes a list", testFlood},
		{"what people say is wrong is kept", testFeedback},
		{"what people set is kept", testPreferences},
		{"workspaces keep their tokens, and are forgotten whole", testWorkspaces},
		{"tokens are renewed by one at a time", testTokenClaims},
		{"requests are seen once", testSeenOnce},
		{"a key is queued once, for ever", testKeyOnce},
		{"channels queue by themselves", testLanes},
		{"a digest is handed out together", testDigest},
		{"holds", testHolds},
		{"retries keep their order and their marks", testRetry},
		{"killed between post and record", testKilled},
		{"a clock that ran ahead blocks nothing", testClock},
		{"what a clock that ran ahead put down for later comes", testClockSetBack},
		{"what is parked is told, and put back on request", testParked},
		{"deliveries of an item are told", testDeliveries},
		{"claims of the outbox exclude one another", testOutboxRace},
		{"a card is edited when more is known", testEdits},
		{"a card in doubt is edited", testEditsInDoubt},
		{"updates stand in one thread", testThreads},
		{"a status card is edited in place", testStatus},
		{"a status card that was deleted comes anew", testStatusDeleted},
		{"an item that was edited is read again", testEditions},
		{"an item read from its page is known by what its feed said", testArticles},
	}
	for name, database := range store.Databases {
		t.Run(name, func(t *testing.T) {
			for _, c := range clauses {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					s, err := store.Open(t.Context(), database(t), slog.New(slog.DiscardHandler), byFields(1))
					if err != nil {
						t.Fatal(err)
					}
					t.Cleanup(func() {
						if err := s.Close(); err != nil {
							t.Error(err)
						}
					})
					c.test(t, s)
				})
			}
		})
	}
}

// The moment at which the tests begin.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

const lease = time.Minute

func ptr[T any](v T) *T { return &v }

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// claimed makes sure that the feed exists and claims it.
func claimed(t *testing.T, s *store.Store, name string, now time.Time) news.FeedState {
	t.Helper()
	feed, ok, err := s.ClaimNamed(t.Context(), name, now, lease)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		if err := s.SyncFeeds(t.Context(), []news.FeedPlan{{Name: name, URL: "http://" + name + ".example/rss", First: now}}); err != nil {
			t.Fatal(err)
		}
		if feed, ok, err = s.ClaimNamed(t.Context(), name, now, lease); err != nil || !ok {
			t.Fatalf("feed %s cannot be claimed: %v %v", name, ok, err)
		}
	}
	return feed
}

// save stores items as a check of their feed at now.
func save(t *testing.T, s *store.Store, now time.Time, items ...news.CheckedItem) news.CheckSummary {
	t.Helper()
	feed := claimed(t, s, "dawn", now)
	saved, err := s.SaveCheck(t.Context(), news.Check{
		Feed: feed.Name, Claim: feed.Claim, At: now, Next: now.Add(5 * time.Minute), Succeeded: true, Items: items,
	})
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func item(id string, published time.Time) news.Item {
	return news.Item{
		ID: id, Feed: "dawn", Tier: news.Press, Title: "Title of " + id, Text: "<p>Text of " + id + "</p>",
		Link: "https://dawn.example/" + id, Published: published, Fetched: noon, Language: "en",
	}
}

// talks is a development of kind that names days.
func talks(kind news.Kind, days ...string) news.Development {
	d := news.Development{
		Negotiation: ptr("us-iran"), Kind: kind, Headline: "Something happened", Parties: []string{"united-states", "iran"},
		Mediators: []string{"pakistan"}, Dates: []news.Date{}, Certainty: news.Confirmed, Level: "technical", Agent: "iran", InForce: true, Separate: true,
		Joint:    []news.Speaker{{Affiliation: ptr("pakistan"), Role: news.Mediator}, {Affiliation: ptr("oman"), Role: news.Mediator}},
		Evidence: news.Evidence{Field: news.Title, Start: 0, End: 5, Quote: string(kind)},
	}
	for _, day := range days {
		d.Dates = append(d.Dates, news.Date{Start: day, End: day, Granularity: "day", Preferred: true})
	}
	return d
}

// checked is an item whose reading has the judged developments.
func checked(it news.Item, judged ...news.Judged) news.CheckedItem {
	ci := news.CheckedItem{Item: it, Judged: judged, Reading: news.Reading{Language: "en", Developments: []news.Development{}, Dates: []news.Mention{}}}
	for _, j := range judged {
		ci.Reading.Developments = append(ci.Reading.Developments, j.Development)
	}
	return ci
}

// notify adds a notification about the development at place of (−1: the item).
func notify(ci news.CheckedItem, of int, n news.Notification) news.CheckedItem {
	n.Alert.Item = ci.Item
	ci.Notifications = append(ci.Notifications, n)
	ci.Of = append(ci.Of, of)
	return ci
}

// queue puts one notification about an item of its own into the outbox.
func queue(t *testing.T, s *store.Store, now time.Time, id string, n news.Notification) {
	t.Helper()
	if got := save(t, s, now, notify(checked(item(id, now)), -1, n)).Notifications; got != 1 {
		t.Fatalf("%d notifications queued for %s, want 1", got, id)
	}
}

// claimDue claims and returns the item ids of each batch.
func claimDue(t *testing.T, s *store.Store, now time.Time) (ids [][]string, batches [][]news.Notification) {
	t.Helper()
	batches = must[[][]news.Notification](t)(s.ClaimDue(t.Context(), now, lease, 10))
	for _, b := range batches {
		var of []string
		for _, n := range b {
			of = append(of, n.Alert.Item.ID)
		}
		ids = append(ids, of)
	}
	return ids, batches
}

func sent(t *testing.T, s *store.Store, batch []news.Notification, at time.Time) {
	t.Helper()
	if err := s.Sent(t.Context(), batch, news.Receipt{Channel: "C1", TS: "1.2"}, at); err != nil {
		t.Fatal(err)
	}
}

func counts(t *testing.T, s *store.Store) [3]int {
	t.Helper()
	pending, parked, sent, err := s.Counts(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	return [3]int{pending, parked, sent}
}
