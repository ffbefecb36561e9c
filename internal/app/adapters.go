package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"parley/bot"
	"parley/internal/feed"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/watch"
	"parley/rules"
)

// fetcher joins fetching and parsing for the watch.
type fetcher struct {
	fetch *feed.Fetcher
	now   func() time.Time
	log   *slog.Logger
}

func (f fetcher) Fetch(ctx context.Context, n news.Feed, etag, lastModified string) (watch.Fetched, error) {
	a, err := f.fetch.Fetch(ctx, n, feed.Validators{ETag: etag, LastModified: lastModified})
	if err != nil {
		var got watch.Fetched
		if fe, ok := errors.AsType[*feed.Error](err); ok {
			got.After = fe.RetryAfter
			got.Gone = fe.Kind == feed.Gone
			got.Unreached = fe.Status == 0 && (fe.Kind == feed.Unreachable || fe.Kind == feed.Slow)
		}
		return got, err
	}
	got := watch.Fetched{NotModified: a.NotModified, ETag: a.ETag, LastModified: a.LastModified, Moved: a.Moved, MaxAge: a.MaxAge}
	if a.NotModified {
		return got, nil
	}
	p, err := feed.Parse(n, a.Body, a.ContentType, f.now())
	if err != nil {
		return got, err
	}
	for _, note := range p.Notes {
		f.log.Debug(note, "feed", n.Name)
	}
	got.Items, got.Wishes = p.Items, watch.Wishes(p.Hints)
	return got, nil
}

// translator puts stored items into the words of queries.
type translator struct{}

func (translator) Doc(item news.StoredItem, now time.Time) *rules.Doc {
	return read.StoredDoc(item, now)
}

func (translator) Again(used *rules.Doc, item news.StoredItem, now time.Time) *rules.Doc {
	used.Title.Skim(item.Item.Title)
	used.Text.Skim(item.Item.Text)
	p := read.Page{Item: item.Item, Reading: item.Reading, Title: used.Title, Text: used.Text}
	return p.Doc(now)
}

func (translator) Facts(d *news.Development, sources int) *rules.Facts { return read.Facts(d, sources) }

// answers gives the Slack room what lookup knows, and lets the watch know of
// rules and subscriptions that change.
type answers struct {
	*lookup.Answers
	rulemaking
	muting
	outgoing
}

// outgoing tells of what could not be delivered, and sends it again on request.
type outgoing struct {
	app *App
	own scoped
}

// Parked tells what was set aside.
func (o outgoing) Parked(ctx context.Context) ([]news.Parked, error) { return o.own.Parked(ctx) }

// Unpark sends it again.
func (o outgoing) Unpark(ctx context.Context, author string, at time.Time) (int, error) {
	n, err := o.own.Unpark(ctx, at)
	if err != nil {
		return 0, err
	}
	o.app.log.Info("what was set aside is sent again", "messages", n, "user", author)
	o.app.worker.Wake()
	return n, nil
}

func (a answers) Search(ctx context.Context, query string, limit int) (bot.Findings, error) {
	f, err := a.Answers.Search(ctx, query, limit)
	out := bot.Findings{Looked: f.Looked, Stopped: f.Stopped}
	for _, h := range f.Hits {
		out.Hits = append(out.Hits, bot.Finding(h))
	}
	return out, err
}

func (a answers) Why(ctx context.Context, key string) (bot.Road, bool, error) {
	road, ok, err := a.Answers.Why(ctx, key)
	out := bot.Road{StoredItem: road.StoredItem, Deliveries: road.Deliveries}
	for _, r := range road.Rules {
		out.Rules = append(out.Rules, bot.Asked(r))
	}
	for _, s := range road.Subscriptions {
		out.Subscriptions = append(out.Subscriptions, bot.Asked(s))
	}
	return out, ok, err
}

// enoughHits end a trial in Slack: whoever sees that a query raises so many need not
// wait until all are counted.
const enoughHits = 300

func (a answers) Backtest(ctx context.Context, query string, since time.Time) (bot.Trial, error) {
	b, err := a.Answers.Backtest(ctx, query, since, enoughHits, nil)
	out := bot.Trial{
		Warnings: b.Warnings, From: b.From, To: b.To, Items: b.Items, Stopped: b.Stopped, Enough: b.Enough, Hits: b.Hits, Alerts: b.Alerts,
		Chart: b.Chart(24), Added: b.Added,
	}
	out.HitsADay, out.AlertsADay = b.PerDay()
	hits := func(list []lookup.Example) (hits []bot.TrialHit) {
		for _, e := range list {
			hits = append(hits, bot.TrialHit{Finding: bot.Finding(e.Finding), Doubts: e.Doubts, Added: e.Added})
		}
		return hits
	}
	out.Best, out.Doubtful = hits(b.Best), hits(b.Doubtful)
	for _, s := range b.Overlap {
		out.Overlap = append(out.Overlap, bot.Share(s))
	}
	return out, err
}

// Read understands a text that nobody stores.
func (a answers) Read(_ context.Context, item news.Item) (news.Reading, error) {
	return a.current().Engine.Read(item).Reading, nil
}

func (a answers) Feeds(ctx context.Context) ([]bot.FeedHealth, error) {
	list, err := a.Answers.Feeds(ctx)
	out := make([]bot.FeedHealth, len(list))
	for i, f := range list {
		out[i] = bot.FeedHealth(f)
	}
	return out, err
}

func (a answers) Subscribe(ctx context.Context, sub news.Subscription) (news.Subscription, bool, error) {
	stored, created, err := a.Answers.Subscribe(ctx, sub)
	if err == nil { // also one that comes otherwise than before
		err = a.refresh(ctx)
	}
	return stored, created, err
}

// StatusCards returns the status cards that are kept.
func (a answers) StatusCards(ctx context.Context) ([]news.StatusCard, error) {
	return a.rulemaking.own.StatusCards(ctx)
}

// ShowStatus sees to it that a status card is there to be read.
func (a answers) ShowStatus(ctx context.Context, channel, negotiation string, now time.Time) (bool, error) {
	ok, err := a.rulemaking.own.ShowStatus(ctx, channel, negotiation, now)
	a.rulemaking.worker.Wake()
	return ok, err
}

func (a answers) Unsubscribe(ctx context.Context, id int64, author string, at time.Time) error {
	if err := a.Answers.Unsubscribe(ctx, id, author, at); err != nil {
		return err
	}
	return a.refresh(ctx)
}
