package watch

import (
	"context"
	"fmt"

	"parley/internal/news"
	"parley/internal/read"
)

// Hand takes items down the road as if their feed had just brought them, on a
// check that is not its first. It is how a replay feeds the watch, through the
// same code as a check. It returns what was concluded of those that the feed had
// not brought before, in these words; developments that are new have no numbers
// there yet.
func (w *Watch) Hand(ctx context.Context, feed string, items ...news.Item) ([]news.CheckedItem, error) {
	state, ok, err := w.store.ClaimNamed(ctx, feed, w.now(), Lease)
	if err == nil && !ok {
		err = fmt.Errorf("feed %s: it is unknown, or being checked just now", feed)
	}
	if err != nil {
		return nil, err
	}
	unseen, err := w.store.Unseen(ctx, feed, items)
	if err != nil {
		return nil, err
	}
	s := w.setup.Load()
	pages := make([]*read.Page, len(unseen))
	for i, it := range unseen {
		pages[i] = s.Engine.Read(it)
	}
	state.Baseline = false
	c := news.Check{Feed: feed, Claim: state.Claim, At: w.now(), Next: w.now(), Succeeded: true}
	summary, err := w.conclude(ctx, s, state, &c, pages)
	if err == nil {
		w.saved(summary)
	}
	return c.Items, err
}
