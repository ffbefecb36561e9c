package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/bot"
	"parley/internal/news"
	"parley/internal/text"
	"parley/rules"
)

// now is when the tests ask.
var now = time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)

// desk answers from memory.
type desk struct {
	mu     sync.Mutex
	subs   []news.Subscription
	nextID int64
	own    []bot.MadeRule
	made   int // how many were made here
	quiet  []news.Mute
	labels []news.Feedback
	prefer map[string]news.Preferences
	known  []news.Tracked
	ahead  []bot.Upcoming
	hits   []bot.Finding
	feeds  []bot.FeedHealth
	roads  map[string]bot.Road
	aside  []news.Parked
	err    error                 // of every question
	before func(context.Context) // runs before every question
}

func newDesk() *desk {
	first, second := *mediatorDate().Development, *sudanUpdate().Development
	second.Sources = []news.Source{{Feed: "radio-nile", Tier: news.Press, Title: "Truce talks moved to December", Link: "https://example.com/nile"}}
	hit := bot.Finding{
		Item: mediatorDate().Item, Developments: []news.Tracked{first}, Because: []string{"by:mediator", "kind:talks-scheduled"},
		Excerpt: "we expect both delegations back at the table",
	}
	return &desk{
		roads: roads(),
		subs:  []news.Subscription{{Channel: "#us-iran", To: "rule:deal"}, {Channel: "#desk", To: "kind:setback", Digest: "0 8 * * MON-FRI", Quiet: "22:00-07:00"}},
		known: []news.Tracked{second, first},
		ahead: []bot.Upcoming{
			{Negotiation: "us-iran", Date: first.Dates[0], By: []news.Tracked{first}, Conflicts: []news.Date{day("27 November", "2026-11-27", true)}},
			{Negotiation: "sudan", Date: second.Dates[0], By: []news.Tracked{second}},
		},
		hits: []bot.Finding{hit},
		feeds: []bot.FeedHealth{
			{Feed: news.Feed{Name: "dawn", Tier: news.Press}, State: news.FeedState{LastCheck: now.Add(-time.Minute), LastSuccess: now.Add(-time.Minute), LastNew: now.Add(-time.Hour), Items: 120}},
			{Feed: news.Feed{Name: "radio-nile", Tier: news.Press}, State: news.FeedState{LastCheck: now, Failures: 3, LastError: "404 <b>Not Found</b>", LastSuccess: now.Add(-48 * time.Hour)}},
			{Feed: news.Feed{Name: "un-press", Tier: news.Official}},
		},
	}
}

func (d *desk) ask(ctx context.Context) error {
	if d.before != nil {
		d.before(ctx)
	}
	if d.err != nil {
		return d.err
	}
	return ctx.Err()
}

func (d *desk) Developments(ctx context.Context, f news.Filter) ([]news.Tracked, error) {
	var out []news.Tracked
	passed := f.Before == 0
	for _, t := range d.known {
		if passed && (f.Negotiation == "" || *t.Negotiation == f.Negotiation) && !t.First.Before(f.Since) && (f.Limit == 0 || len(out) < f.Limit) && says(t, f) {
			out = append(out, t)
		}
		passed = passed || t.ID == f.Before
	}
	return out, d.ask(ctx)
}

func says(t news.Tracked, f news.Filter) bool {
	if f.Speaker == "" && len(f.Names) == 0 {
		return true
	}
	s := t.Speaker
	if s == nil || f.Speaker != "" && (s.Affiliation == nil || *s.Affiliation != f.Speaker) {
		return false
	}
	return len(f.Names) == 0 || s.Name != nil && slices.ContainsFunc(f.Names, func(n string) bool { return strings.Contains(strings.ToLower(*s.Name), strings.ToLower(n)) })
}

func (d *desk) Standing(ctx context.Context, negotiation string, _ time.Time) (bot.Standing, error) {
	if negotiation != "us-iran" {
		return bot.Standing{State: "quiet"}, d.ask(ctx)
	}
	last := d.known[len(d.known)-1]
	return bot.Standing{State: "scheduled", Since: last.First, Round: 2, By: &last, Last: &last}, d.ask(ctx)
}

func (d *desk) Standings(ctx context.Context, now time.Time) (map[string]bot.Standing, error) {
	s, err := d.Standing(ctx, "us-iran", now)
	return map[string]bot.Standing{"us-iran": s}, err
}

func (d *desk) Speakers(ctx context.Context, name string) ([]news.Actor, []string, error) {
	var found []news.Actor
	for _, a := range []news.Actor{
		{ID: "pakistan", Kind: news.State, Title: "Pakistan"},
		{ID: "iran", Kind: news.State, Title: "Iran"},
		{ID: "tahir-andrabi", Kind: news.Person, Title: "Tahir Andrabi", Names: []string{"Andrabi"}, SpeaksFor: "pakistan"},
		{ID: "united-kingdom", Title: "Foreign Office"},
		{ID: "germany", Title: "Foreign Office"},
	} {
		if strings.EqualFold(a.ID, name) || strings.EqualFold(a.Title, name) || slices.Contains(a.Names, name) {
			found = append(found, a)
		}
	}
	return found, []string{"iran", "pakistan"}, d.ask(ctx)
}

func (d *desk) Next(ctx context.Context, negotiation string, _ time.Time, _ int) ([]bot.Upcoming, error) {
	var out []bot.Upcoming
	for _, u := range d.ahead {
		if negotiation == "" || u.Negotiation == negotiation {
			out = append(out, u)
		}
	}
	return out, d.ask(ctx)
}

func (d *desk) Search(ctx context.Context, query string, _ int) (bot.Findings, error) {
	if _, err := rules.Parse(query); err != nil {
		return bot.Findings{}, err
	}
	if strings.Contains(query, "nothing") {
		return bot.Findings{Looked: 1200}, d.ask(ctx)
	}
	return bot.Findings{Hits: d.hits, Looked: 1200}, d.ask(ctx)
}

func (d *desk) Backtest(ctx context.Context, query string, since time.Time) (bot.Trial, error) {
	if _, err := rules.Parse(query); err != nil {
		return bot.Trial{}, err
	}
	if strings.Contains(query, "nothing") {
		return bot.Trial{From: since, To: now, Items: 1200}, d.ask(ctx)
	}
	best, worse := bot.TrialHit{Finding: d.hits[0]}, bot.TrialHit{Finding: d.hits[0], Doubts: []string{"hedged: expected, not confirmed", "<!channel> stands far down"}, Added: true}
	worse.Developments = nil
	t := bot.Trial{
		From: since, To: now, Items: 25000, Hits: 45, Alerts: 31, HitsADay: 1.5, AlertsADay: 1.03, Added: 12,
		Chart: []string{"Fri 20 Nov ████████ 40, 29 new", "Sat 21 Nov █ 5, 2 new"}, Best: []bot.TrialHit{best}, Doubtful: []bot.TrialHit{worse},
		Overlap: []bot.Share{{Rule: "deal", Hits: 30}, {Rule: "mediator-names-date", Hits: 3}},
	}
	if strings.Contains(query, "slow") {
		t.Stopped, t.Alerts, t.Added, t.Overlap, t.From = true, 45, 45, nil, now.AddDate(0, 0, -3)
		t.Warnings = []string{`the prefix sl* begins very many words: type three letters or more`}
	}
	if strings.Contains(query, "flood") {
		t.Enough, t.Items, t.Hits, t.Alerts, t.HitsADay, t.AlertsADay, t.From = true, 3200, 1010, 700, 336.7, 233.3, now.AddDate(0, 0, -3)
	}
	return t, d.ask(ctx)
}

func (d *desk) Why(ctx context.Context, key string) (bot.Road, bool, error) {
	road, ok := d.roads[key]
	return road, ok, d.ask(ctx)
}

// roads are two items that were stored: one that raised an alert, and one that
// did not.
func roads() map[string]bot.Road {
	first := mediatorDate().Development.Development
	facts := &rules.Facts{
		Kind: string(first.Kind), Groups: []string{"any", "talks"}, By: []string{"mediator", "pakistan"},
		Dates: []rules.DateRange{{From: "2026-11-24"}}, Certainty: "expected", Sources: 1,
	}
	v := &rules.Vocabulary{
		Kinds: []string{"talks-scheduled", "talks-postponed", "agreement-signed"}, Roles: []string{"party", "mediator"}, Certainties: []string{"confirmed", "expected"},
		Groups: map[string][]string{"agreement": {"agreement-signed"}, "setback": {"talks-postponed"}},
	}
	ask := func(r news.Rule, title, body string, facts ...*rules.Facts) bot.Asked {
		out := bot.Asked{Rule: r}
		q, err := rules.Parse(r.When)
		if err == nil {
			out.Reason, err = rules.Why(q, v, &rules.Doc{Title: text.New(title), Text: text.New(body), Today: "2026-11-20"}, facts)
		}
		if err != nil {
			out.Doubt = err.Error()
		}
		return out
	}
	dated := news.Rule{Name: "mediator-names-date", Title: "Mediator names a date", When: "by:mediator kind:talks-scheduled date:upcoming"}
	deal := news.Rule{Name: "deal", Title: "A deal", When: "kind:agreement certainty:confirmed"}
	truce := news.Rule{Name: "truce", When: "ceasefire NEAR/3 truce -kind:agreement"}
	gone := news.Rule{Name: "gone", When: "rule:none"}
	alert := mediatorDate()
	raised := bot.Road{StoredItem: news.StoredItem{Item: alert.Item, Reading: news.Reading{Developments: []news.Development{first}}}}
	raised.Rules = []bot.Asked{ask(dated, alert.Item.Title, "", facts), ask(deal, alert.Item.Title, "", facts), ask(gone, "", "")}
	own := ask(news.Rule{When: "kind:setback"}, alert.Item.Title, "", facts)
	own.Channel = "#us-iran"
	others := ask(news.Rule{When: "kind:any"}, alert.Item.Title, "", facts)
	others.Channel = "#secret"
	raised.Subscriptions = []bot.Asked{own, others}
	raised.Deliveries = []news.Delivery{
		{
			Channel: "#us-iran", State: "sent", Attempts: 1, Published: published, Fetched: published.Add(58 * time.Second),
			Created: published.Add(58*time.Second + 21*time.Millisecond), NotBefore: published.Add(58 * time.Second), Settled: published.Add(time.Minute),
		},
		{Channel: "C0DESK", State: "pending", Created: published},
		{Channel: "U7", State: "parked", Reason: "the person has left"},
	}
	quiet := bot.Road{StoredItem: news.StoredItem{
		Item:    news.Item{ID: "w", Article: "example.net answers 403 Forbidden", Feed: "un-press", Title: "Truce talks: no date for <!channel>", Text: "A truce is far. No ceasefire.", Link: "https://example.net/w", Published: published},
		Reading: news.Reading{Silence: ptr("no date is named")}, Why: "stored, not posted: the item is older than 48h",
	}}
	quiet.Rules = []bot.Asked{ask(truce, quiet.Item.Title, quiet.Item.Text), ask(dated, quiet.Item.Title, quiet.Item.Text)}
	changed := raised
	changed.Rules = raised.Rules[1:2]
	changed.Subscriptions = nil
	return map[string]bot.Road{
		"https://example.com/a?x=1&y=2": raised, "D-12": raised, "https://example.net/w": quiet, "D-8": changed,
	}
}

func (d *desk) Feeds(ctx context.Context) ([]bot.FeedHealth, error) { return d.feeds, d.ask(ctx) }

func (d *desk) Rules(ctx context.Context) ([]news.Rule, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := []news.Rule{
		{Name: "mediator-names-date", Title: "Mediator names a date", When: "by:mediator kind:talks-scheduled date:upcoming", Level: news.Urgent},
		{Name: "deal", Title: "A deal", When: "kind:agreement certainty:confirmed"},
	}
	for _, m := range d.own {
		if m.Aside == "" {
			all = append(all, m.Rule)
		}
	}
	return all, d.ask(ctx)
}

func (d *desk) Negotiations(ctx context.Context) ([]news.Negotiation, error) {
	return []news.Negotiation{{ID: "us-iran", Title: "US–Iran talks"}, {ID: "sudan", Title: "Sudan truce talks", Names: []string{"Jeddah process"}}}, d.ask(ctx)
}

func (d *desk) Subscriptions(ctx context.Context) ([]news.Subscription, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.subs), d.ask(ctx)
}

func (d *desk) Check(_ context.Context, query string) ([]string, error) {
	q, err := rules.Parse(query)
	if err != nil {
		return nil, err
	}
	var warnings []string
	for _, p := range rules.Lint(q, nil) {
		warnings = append(warnings, p.Error())
	}
	return warnings, nil
}

func (d *desk) Subscribe(ctx context.Context, sub news.Subscription) (news.Subscription, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, s := range d.subs {
		if s.ID != 0 && s.Channel == sub.Channel && s.To == sub.To {
			s.Digest, s.Quiet, s.Level, s.Threaded, s.Status = sub.Digest, sub.Quiet, sub.Level, sub.Threaded, sub.Status
			s.Zone = sub.Zone
			d.subs[i] = s
			return s, false, nil
		}
	}
	if sub.Author == "" || sub.Created.IsZero() {
		return sub, false, errors.New("a subscription without author or time")
	}
	d.nextID++
	sub.ID = d.nextID
	d.subs = append(d.subs, sub)
	return sub, true, d.ask(ctx)
}

func (d *desk) Unsubscribe(ctx context.Context, id int64, author string, _ time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, s := range d.subs {
		if s.ID == id && id != 0 && author != "" {
			d.subs = slices.Delete(d.subs, i, i+1)
			return d.ask(ctx)
		}
	}
	return news.ErrNotFound
}

func (d *desk) subscribed() []news.Subscription {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []news.Subscription
	for _, s := range d.subs {
		if s.ID != 0 {
			out = append(out, s)
		}
	}
	return out
}

func (d *desk) Parked(context.Context) ([]news.Parked, error) {
	return d.aside, d.err
}

func (d *desk) Unpark(ctx context.Context, _ string, _ time.Time) (int, error) {
	n := 0
	for _, p := range d.aside {
		n += p.Count
	}
	d.aside = nil
	return n, d.ask(ctx)
}
