package bot

import (
	"context"
	"time"

	"parley/internal/news"
)

// Answers is what the room must know to answer questions. Its methods are called
// with a context that ends a little before Slack stops waiting, but for Backtest,
// whose answer may come later.
type Answers interface {
	// Developments returns those that pass f, the latest to be first reported first.
	Developments(ctx context.Context, f news.Filter) ([]news.Tracked, error)
	// Standing tells how a negotiation stands at now.
	Standing(ctx context.Context, negotiation string, now time.Time) (Standing, error)
	// Standings tells it of every negotiation of which anything was heard, by id: State,
	// Since and Round alone.
	Standings(ctx context.Context, now time.Time) (map[string]Standing, error)
	// Speakers returns the actors that bear a name, in any language, or that have
	// this id; if there is none, the ids among which the one meant may be.
	Speakers(ctx context.Context, name string) (found []news.Actor, ids []string, err error)
	// Next returns the dates from today on that developments name, soonest first,
	// at most limit. Now says what today is.
	Next(ctx context.Context, negotiation string, now time.Time, limit int) ([]Upcoming, error)
	// Search returns what a query finds, newest first, at most limit. An error of
	// the query itself is a *rules.Error.
	Search(ctx context.Context, query string, limit int) (Findings, error)
	// Why finds a stored item by its link, its id or the number of a development
	// that it reported, and tells its road; false if none is stored.
	Why(ctx context.Context, key string) (Road, bool, error)
	// Backtest runs a query over the items published since, as if it had been a
	// rule. It may take some seconds; when its context ends before, it tells of the
	// newest. An error of the query itself is a *rules.Error.
	Backtest(ctx context.Context, query string, since time.Time) (Trial, error)
	// Read returns what is understood of a text that nobody stores.
	Read(ctx context.Context, item news.Item) (news.Reading, error)
	// Feeds returns every feed with its health, in the order of the configuration.
	Feeds(ctx context.Context) ([]FeedHealth, error)
	// Rules returns the rules that are in force: those of the configuration in its
	// order, then those that people made.
	Rules(ctx context.Context) ([]news.Rule, error)
	// Negotiations returns those that are configured.
	Negotiations(ctx context.Context) ([]news.Negotiation, error)
	// Subscriptions returns all of them, those of the configuration first.
	Subscriptions(ctx context.Context) ([]news.Subscription, error)
	// Check returns what is wrong with or doubtful about a query to subscribe to:
	// a *rules.Error when it cannot be used, warnings when it can.
	Check(ctx context.Context, query string) (warnings []string, err error)
	// Subscribe stores a subscription; created is false when the channel had it.
	Subscribe(ctx context.Context, sub news.Subscription) (stored news.Subscription, created bool, err error)
	// Unsubscribe ends one in the name of author. It returns news.ErrNotFound if
	// there is none, or if it has ended already.
	Unsubscribe(ctx context.Context, id int64, author string, at time.Time) error

	// Deeds returns what people changed in channels of these names, or in all if
	// there are none, the latest first, at most limit.
	Deeds(ctx context.Context, channels []string, limit int) ([]news.Deed, error)
	// Label keeps what somebody says is wrong of a development; first is false when
	// he or she said so before. It returns news.ErrNotFound if there is none.
	Label(ctx context.Context, f news.Feedback) (first bool, err error)

	Rulemaking
	Muting
	Keeping
	Picturing
	Preferring
	Outgoing
}

// An Upcoming is a date ahead in a negotiation, with everybody who named it.
type Upcoming = news.Upcoming

// Findings are what a search found.
type Findings struct {
	Hits    []Finding
	Looked  int  // stored items that were looked at
	Stopped bool // there may be more: time or the limit ended the search
}

// A Finding is an item that a query found.
type Finding struct {
	Item         news.Item
	Developments []news.Tracked // of the item that satisfied the query; empty when words alone did
	Because      []string       // words and facts that satisfied it
	Excerpt      string         // the sentence around the first word that matched, else the proof of a development
}

// A FeedHealth is a feed as it is configured, with how it has been doing.
type FeedHealth struct {
	Feed  news.Feed
	State news.FeedState
}
