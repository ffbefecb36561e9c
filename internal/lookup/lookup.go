// Package lookup answers questions: what is the latest, what comes next, what do
// the stored items say, how are the feeds, who is subscribed to what. It reads
// what checks have stored and what is configured, and never fetches. Its answers
// are nouns of package news, in the order in which a person wants them; how they
// are shown is for others.
package lookup

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"time"

	"parley/internal/news"
	"parley/rules"
)

// A Store keeps what is looked up. Package store says what each method promises.
type Store interface {
	Developments(ctx context.Context, f news.Filter) ([]news.Tracked, error)
	Development(ctx context.Context, id news.DevelopmentID) (news.Tracked, bool, error)
	Upcoming(ctx context.Context, fromDay string, limit int) ([]news.Tracked, error)
	Find(ctx context.Context, need *news.Need, f func(news.StoredItem) bool) (passed int, err error)
	Scan(ctx context.Context, since time.Time, told bool, need *news.Need, worker func(oldest time.Time) func(news.StoredItem) bool, progress func(done, total int)) (looked int, whole bool, err error)
	ItemByLink(ctx context.Context, link string) (news.StoredItem, bool, error)
	ItemByID(ctx context.Context, id string) (news.StoredItem, bool, error)
	Deliveries(ctx context.Context, itemID string) ([]news.Delivery, error)
	Feeds(ctx context.Context) ([]news.FeedState, error)
	Subscriptions(ctx context.Context) ([]news.Subscription, error)
	Subscribe(ctx context.Context, sub news.Subscription) (stored news.Subscription, created bool, err error)
	Unsubscribe(ctx context.Context, id int64, author string, at time.Time) error
}

// A Translator puts what is stored into the words of the query language.
type Translator interface {
	// Doc returns what a query may ask about an item. Days are counted from now.
	Doc(item news.StoredItem, now time.Time) *rules.Doc
	// Again is Doc in the room of one that is no longer used: whoever looks at very
	// many items needs to make no room for each.
	Again(used *rules.Doc, item news.StoredItem, now time.Time) *rules.Doc
	// Facts returns what a query may ask about a development that so many
	// independent outlets have reported.
	Facts(d *news.Development, sources int) *rules.Facts
}

// A Catalogue is what the configuration knows, with the rules that people made.
type Catalogue struct {
	Feeds         []news.Feed
	Rules         []news.Rule // those that people made, too
	Negotiations  []news.Negotiation
	Subscriptions []news.Subscription
	Vocabulary    *rules.Vocabulary // to check queries against; nil: only their form is checked
	// Bearers tells the ids of the actors that share a name; nil: none do.
	Bearers func(name string) []string
	Zone    *time.Location // in which today is today; nil: UTC
}

// Answers is safe for use by many goroutines.
type Answers struct {
	store     Store
	translate Translator
	now       func() time.Time
	catalogue atomic.Pointer[Catalogue]
}

// New answers from store and c.
func New(store Store, translate Translator, c Catalogue, now func() time.Time) *Answers {
	a := &Answers{store: store, translate: translate, now: now}
	a.Use(c)
	return a
}

// Use replaces the catalogue, as when the configuration was read anew. Questions
// that are being answered keep the old one.
func (a *Answers) Use(c Catalogue) {
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	a.catalogue.Store(&c)
}

// Developments returns those that pass f, the latest to be first reported first.
func (a *Answers) Developments(ctx context.Context, f news.Filter) ([]news.Tracked, error) {
	return a.store.Developments(ctx, f)
}

// Development returns one by its number; false if there is none.
func (a *Answers) Development(ctx context.Context, id news.DevelopmentID) (news.Tracked, bool, error) {
	return a.store.Development(ctx, id)
}

// Rules returns the rules that are in force: those of the configuration in its
// order, then those that people made.
func (a *Answers) Rules(context.Context) ([]news.Rule, error) {
	return slices.Clone(a.catalogue.Load().Rules), nil
}

// Negotiations returns those that are configured.
func (a *Answers) Negotiations(context.Context) ([]news.Negotiation, error) {
	return slices.Clone(a.catalogue.Load().Negotiations), nil
}

// A FeedHealth is a configured feed with how it has been doing. The state of a
// feed that was never checked is zero but for its name.
type FeedHealth struct {
	Feed  news.Feed
	State news.FeedState
}

// Feeds returns every configured feed with its health, in the order of the
// configuration.
func (a *Answers) Feeds(ctx context.Context) ([]FeedHealth, error) {
	states, err := a.store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]news.FeedState{}
	for _, s := range states {
		byName[s.Name] = s
	}
	c := a.catalogue.Load()
	out := make([]FeedHealth, len(c.Feeds))
	for i, f := range c.Feeds {
		state := byName[f.Name]
		state.Name = f.Name
		out[i] = FeedHealth{Feed: f, State: state}
	}
	return out, nil
}

// Subscriptions returns those of the configuration, whose id is 0, and behind
// them those that people made, oldest first.
func (a *Answers) Subscriptions(ctx context.Context) ([]news.Subscription, error) {
	made, err := a.store.Subscriptions(ctx)
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(a.catalogue.Load().Subscriptions), made...), nil
}

// Subscribe stores a subscription; see the store for what happens to one that
// exists.
func (a *Answers) Subscribe(ctx context.Context, sub news.Subscription) (stored news.Subscription, created bool, err error) {
	return a.store.Subscribe(ctx, sub)
}

// Unsubscribe ends a subscription in the name of author. It returns
// news.ErrNotFound if there is none, or if it has ended already.
func (a *Answers) Unsubscribe(ctx context.Context, id int64, author string, at time.Time) error {
	return a.store.Unsubscribe(ctx, id, author, at)
}

// sureness orders certainties, surest first.
func sureness(c news.Certainty) int {
	if i := slices.Index(news.Certainties(), c); i >= 0 {
		return i
	}
	return len(news.Certainties())
}

// bySureness puts the surest and, among equals, the latest report first.
func bySureness(a, b news.Tracked) int {
	return cmp.Or(cmp.Compare(sureness(a.Certainty), sureness(b.Certainty)), b.Last.Compare(a.Last), cmp.Compare(b.ID, a.ID))
}

// independent counts the outlets among sources, at least one.
func independent(sources []news.Source) int { return max(1, len(news.Outlets(sources))) }
