package app

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/bot"
	"parley/internal/deliver"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/store"
	"parley/internal/watch"
)

// A Replayed item is what became of it, as `parley replay` prints it. Is,
// Development and Updates are those of its first development.
type Replayed struct {
	ID          string  `json:"id"`
	At          string  `json:"at"` // RFC 3339 in the outlet's zone, empty if unknown
	Is          string  `json:"is"`
	Development *string `json:"development"`
	Updates     *string `json:"updates"`
	Actions     []Acted `json:"actions"` // in the order of time; never nil
}

// Acted is one message to a channel that came of an item.
type Acted struct {
	Action  string `json:"action"`
	Channel string `json:"channel"`
	Rule    string `json:"rule"` // names, parted by ", "; the query of a subscription that follows none
	Text    string `json:"text"`
}

// afterwards is how long a replay goes on after its last item, for what waits to
// be sent: digests, quiet hours, reminders.
const afterwards = 8 * 24 * time.Hour

// Replay takes items down the whole road, in memory and in order of publication:
// the same code as a running parley's, on a clock that goes from one item to the
// next. An undated item counts as published with the one before it. It returns
// what became of each item, in that order.
func (k *Knowledge) Replay(ctx context.Context, items []Item, log *slog.Logger) ([]Replayed, error) {
	r, err := k.newReplay(ctx, items, log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.store.Close() }() // it is in memory
	for i, it := range r.items {
		if err := r.until(ctx, r.when[i]); err != nil {
			return nil, err
		}
		r.last = i
		concluded, err := r.watch.Hand(ctx, it.Feed, it)
		if err != nil {
			return nil, err
		}
		if len(concluded) > 0 && len(concluded[0].Judged) > 0 {
			r.remind = time.Time{} // it may name a day, or answer one
		}
		if err := r.tell(ctx, i, concluded); err != nil {
			return nil, err
		}
		if err := r.keep(ctx); err != nil {
			return nil, err
		}
		if err := r.drain(ctx); err != nil {
			return nil, err
		}
	}
	return r.out, r.until(ctx, r.now().Add(afterwards))
}

// A replay is a parley without a network.
type replay struct {
	items  []news.Item
	when   []time.Time // each counts as published
	out    []Replayed
	at     map[string]int    // feed and id of an item → its place
	latest map[string]string // … → the id of its latest edition
	names  bot.Names
	store  *store.Store
	watch  *watch.Watch
	worker *deliver.Worker
	remind time.Time // when days that are named are to be looked after; zero: at once
	keeper keeper
	subs   []news.Subscription // that keep status cards
	passes time.Time           // when a day has passed since status cards were looked after

	last int // the place of the item that was handed last

	mu    sync.Mutex
	clock time.Time
}

func (k *Knowledge) newReplay(ctx context.Context, items []Item, log *slog.Logger) (*replay, error) {
	r := &replay{items: slices.Clone(items), at: map[string]int{}, latest: map[string]string{}, names: k.names()}
	r.inOrder()
	db, err := store.Open(ctx, ":memory:", slog.New(slog.DiscardHandler)) // nobody asks how it came to be
	if err != nil {
		return nil, err
	}
	r.store = db
	r.keeper = keeper{store: db, lookup: lookup.New(db, translator{}, k.with(nil).catalogue(), r.now), zone: k.Config.Zone}
	r.subs = slices.DeleteFunc(k.Subscriptions(), func(s news.Subscription) bool { return s.KeepsStatusOf() == "" })
	book, err := k.Rulebook(k.Subscriptions())
	if err == nil {
		err = db.SyncFeeds(ctx, r.plans())
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	setup := &watch.Setup{Engine: k.Engine, Rulebook: book, MaxAge: k.Config.MaxAge, Reminders: k.reminders()}
	r.watch = watch.New(db, nil, setup, log, r.now, 1, func(news.CheckSummary) {})
	// Without patience: what is not due now is waited for on the replay's clock. One
	// channel at a time, so that the same items are always told in the same order.
	r.worker = deliver.New(db, r, log, deliver.Settings{Parallel: 1, Now: r.now, Pace: time.Nanosecond, Patience: time.Nanosecond, Random: func() float64 { return 0 }})
	return r, nil
}

// inOrder sorts the items by publication; each is fetched when it is published.
func (r *replay) inOrder() {
	last := time.Time{}
	for _, it := range r.items {
		if last.IsZero() || !it.Published.IsZero() && it.Published.Before(last) {
			last = it.Published
		}
	}
	type dated struct {
		news.Item
		at time.Time
	}
	list := make([]dated, len(r.items))
	for i, it := range r.items {
		if !it.Published.IsZero() {
			last = it.Published
		}
		list[i] = dated{it, last}
	}
	slices.SortStableFunc(list, func(a, b dated) int { return a.at.Compare(b.at) })
	for i, d := range list {
		if d.Feed == "" {
			d.Feed = "unnamed"
		}
		if d.Fetched = d.at.UTC(); d.at.IsZero() {
			d.Fetched = time.Unix(0, 0).UTC()
		}
		r.items[i] = d.Item
		r.when = append(r.when, d.Fetched)
		r.at[key(d.Item)] = i
		at := ""
		if !d.Published.IsZero() {
			at = d.Published.Format(time.RFC3339)
		}
		r.out = append(r.out, Replayed{ID: d.ID, At: at, Is: string(news.Silent), Actions: []Acted{}})
	}
	if len(r.when) > 0 {
		r.clock = r.when[0]
	}
}

func key(it news.Item) string { return it.Feed + "\x00" + it.ID }

// plans are of all feeds that the items name, configured or not.
func (r *replay) plans() []news.FeedPlan {
	var plans []news.FeedPlan
	seen := map[string]bool{}
	for _, it := range r.items {
		if !seen[it.Feed] {
			seen[it.Feed] = true
			plans = append(plans, news.FeedPlan{Name: it.Feed, URL: "replay:" + it.Feed, First: r.clock})
		}
	}
	return plans
}

func (r *replay) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.clock
}

func (r *replay) set(at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.After(r.clock) {
		r.clock = at
	}
}

// until lets time pass, and what falls due meanwhile be sent when it does.
func (r *replay) until(ctx context.Context, at time.Time) error {
	for {
		if !r.now().Before(r.remind) {
			var err error
			if r.remind, err = r.watch.Remind(ctx); err != nil {
				return err
			}
		}
		next, more, err := r.store.NextDelivery(ctx)
		if err != nil {
			return err
		}
		if !more || r.remind.Before(next) {
			next = r.remind
		}
		if len(r.subs) > 0 && r.passes.Before(next) {
			next = r.passes
		}
		if next.After(at) {
			r.set(at)
			return nil
		}
		r.set(next)
		if err := r.keep(ctx); err != nil {
			return err
		}
		if err := r.drain(ctx); err != nil {
			return err
		}
	}
}

// keep looks after status cards, which change by what is told and with each day.
func (r *replay) keep(ctx context.Context) error {
	if len(r.subs) == 0 {
		return nil
	}
	now := r.now()
	r.passes = midnightAfter(now, r.keeper.zone)
	_, err := r.keeper.keep(ctx, r.subs, now)
	return err
}

// midnightAfter is when the next day begins in a zone.
func midnightAfter(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, zone)
}

func (r *replay) drain(ctx context.Context) error {
	_, err := r.worker.Drain(ctx)
	return err
}

// tell notes what an item was judged.
func (r *replay) tell(ctx context.Context, i int, concluded []news.CheckedItem) error {
	id := r.items[i].ID
	first := news.Judged{Is: news.Silent}
	if len(concluded) > 0 {
		id = concluded[0].Item.ID
		r.at[key(concluded[0].Item)] = i // a later edition has an id of its own
		r.latest[key(r.items[i])] = id
		if len(concluded[0].Judged) > 0 {
			first = concluded[0].Judged[0]
		}
	}
	// Numbers are given when the item is stored. What was brought before, in the
	// very same words, is stored already.
	if len(concluded) == 0 || first.ID < 0 || first.Updates < 0 {
		id = cmp.Or(r.latest[key(r.items[i])], id)
		stored, ok, err := r.store.ItemByID(ctx, id)
		if err != nil {
			return err
		}
		if ok && len(stored.Judged) > 0 {
			first = stored.Judged[0]
		}
		if len(concluded) == 0 && first.ID != 0 {
			first.Is, first.Updates = news.Repeat, 0
		}
	}
	o := &r.out[i]
	o.Is = string(first.Is)
	if first.ID != 0 {
		id := first.ID.String()
		o.Development = &id
	}
	if first.Updates != 0 {
		id := first.Updates.String()
		o.Updates = &id
	}
	return nil
}

// Post takes a message down, at the items that it came of.
func (r *replay) Post(_ context.Context, batch []news.Notification) (news.Receipt, error) {
	text := bot.Text(batch, r.names)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range batch {
		if n.Alert.Status != nil {
			r.out[r.last].Actions = append(r.out[r.last].Actions, Acted{Action: string(n.Action), Channel: n.Channel, Rule: "negotiation:" + n.Alert.Status.Negotiation, Text: text})
			continue
		}
		of := n.Alert.Item
		if n.Action == news.Edit {
			of = n.Cause
		}
		i, ok := r.at[key(of)]
		if !ok {
			continue
		}
		r.out[i].Actions = append(r.out[i].Actions, Acted{Action: actionOf(n), Channel: n.Channel, Rule: raisedBy(n.Alert), Text: text})
	}
	if batch[0].Action == news.Edit {
		return batch[0].Target, nil
	}
	return news.Receipt{Channel: batch[0].Channel, TS: batch[0].Key}, nil
}

// actionOf says what a notification does, in the words of a replay.
func actionOf(n news.Notification) string {
	switch {
	case n.Action == news.Reminder:
	case n.Digest:
		return "digest"
	case n.Action == news.Post && n.Target.TS != "":
		return "reply"
	}
	return string(n.Action)
}

// raisedBy names the rules that raised an alert, or else the query that did.
func raisedBy(a news.Alert) string {
	var names []string
	for _, rule := range a.Rules {
		names = append(names, rule.Name)
	}
	return cmp.Or(strings.Join(names, ", "), a.To)
}

// reminders are those of the configuration, nil if there are to be none.
func (k *Knowledge) reminders() *watch.Reminders {
	if k.Config.RemindAt < 0 {
		return nil
	}
	return &watch.Reminders{At: k.Config.RemindAt, Before: k.Config.RemindBefore}
}

// names calls actors and negotiations as the configuration does.
func (k *Knowledge) names() bot.Names {
	return bot.Names{
		Actor: func(id string) string {
			if actor, ok := k.Actors.Actor(id); ok {
				return actor.Title
			}
			return ""
		},
		Negotiation: func(id string) string {
			for _, n := range k.Config.Negotiations {
				if n.ID == id {
					return n.Title
				}
			}
			return ""
		},
	}
}
