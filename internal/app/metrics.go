package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"parley/internal/deliver"
	"parley/internal/feed"
	"parley/internal/news"
	"parley/internal/store"
	"parley/internal/watch"
)

// A meter counts what goes down the road. Labels hold words of ours only,
// never what feeds or people wrote.
type meter struct{ set *metrics.Set }

func newMeter(s *store.Store) meter {
	m := meter{metrics.NewSet()}
	m.set.NewGauge("parley_outbox_pending", func() float64 { return count(s, func(pending, _ int) int { return pending }) })
	m.set.NewGauge("parley_outbox_parked", func() float64 { return count(s, func(_, parked int) int { return parked }) })
	return m
}

// count is −1 while the store does not answer.
func count(s *store.Store, which func(pending, parked int) int) float64 {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	pending, parked, _, err := s.Counts(ctx)
	if err != nil {
		return -1
	}
	return float64(which(pending, parked))
}

// add counts n events of a name with an outcome.
func (m meter) add(name, outcome string, n int) {
	m.set.GetOrCreateCounter(fmt.Sprintf("%s{outcome=%q}", name, outcome)).Add(n)
}

func (m meter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	m.set.WritePrometheus(w)
}

func (m meter) checked(s news.CheckSummary) {
	m.set.GetOrCreateCounter("parley_items_total").Add(s.Items)
	m.set.GetOrCreateCounter("parley_developments_total").Add(len(s.Developments))
}

// timing measures how long feeds take to answer.
func (m meter) timing(f watch.Fetcher) watch.Fetcher { return timed{f, m} }

type timed struct {
	watch.Fetcher
	meter meter
}

func (t timed) Fetch(ctx context.Context, n news.Feed, etag, lastModified string) (watch.Fetched, error) {
	begun := time.Now()
	got, err := t.Fetcher.Fetch(ctx, n, etag, lastModified)
	t.meter.set.GetOrCreateHistogram("parley_fetch_seconds").UpdateDuration(begun)
	outcome := "new"
	switch {
	case err != nil:
		outcome = "failed"
	case got.NotModified:
		outcome = "unchanged"
	}
	t.meter.add("parley_checks_total", outcome, 1)
	return got, err
}

// reading counts articles by what became of them.
func (m meter) reading(a watch.Articles) watch.Articles { return tallied{a, m} }

type tallied struct {
	watch.Articles
	meter meter
}

func (t tallied) Article(ctx context.Context, f news.Feed, it news.Item) (string, error) {
	text, err := t.Articles.Article(ctx, f, it)
	outcome := "read"
	if err != nil {
		outcome = "unknown"
		if e, ok := errors.AsType[*feed.ArticleError](err); ok {
			outcome = string(e.Kind)
		}
	}
	t.meter.add("parley_articles_total", outcome, 1)
	return text, err
}

// counting counts posts by outcome. A poster that can look for lost messages
// keeps that ability.
func (m meter) counting(p deliver.Poster) deliver.Poster {
	c := counted{p, m}
	if r, ok := p.(deliver.Reconciler); ok {
		return struct {
			counted
			deliver.Reconciler
		}{c, r}
	}
	return c
}

type counted struct {
	deliver.Poster
	meter meter
}

func (c counted) Post(ctx context.Context, batch []news.Notification) (news.Receipt, error) {
	r, err := c.Poster.Post(ctx, batch)
	outcome := "sent"
	if err != nil {
		outcome = "unknown"
		if f, ok := errors.AsType[*news.Fault](err); ok {
			outcome = string(f.Kind)
		}
	}
	c.meter.add("parley_posts_total", outcome, 1)
	return r, err
}
