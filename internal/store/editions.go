package store

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"

	"parley/internal/news"
)

// An outlet may change an item after it has published it, and with it the facts.
// A later edition is handed out like an unseen item. It is stored as an item of its
// own only when it tells something that was not known; else it is forgotten but
// for a hash, so that it is not read anew each time.

// maxEditions bounds how often an item is read: there are pages that change with
// every request.
const maxEditions = 6

// contentOf is a hash of what a feed says first of an item, which is where facts
// change. It is never 0, which stands for not known.
func contentOf(it news.Item) int64 {
	const first = 1000 // bytes
	if it.Article == news.FromPage {
		it.Text = it.Carried
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(it.Title))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(it.Text[:min(len(it.Text), first)]))
	return int64(h.Sum64() | 1)
}

// An edition is what is remembered of an item.
type edition struct {
	id       string
	content  int64
	editions int
}

// Unseen returns those of items that the feed has not brought before, or not in
// these words, in their order; of several with one ID it returns the first. One
// that was changed since gets an ID of its own, and names in Edits the one that it
// had.
func (s *Store) Unseen(ctx context.Context, feed string, items []news.Item) ([]news.Item, error) {
	known := make(map[string]edition, len(items))
	for part := range slices.Chunk(items, listLimit) {
		list, args := placeholders(part, func(it news.Item) any { return it.ID }, feed)
		found, err := scanAll(ctx, s.reader, func(row scanner) (e edition, err error) {
			return e, row.Scan(&e.id, &e.content, &e.editions)
		}, `SELECT id, content, editions FROM items WHERE feed = $1 AND id IN (`+list+`)`, args...)
		if err != nil {
			return nil, s.fault(err)
		}
		for _, e := range found {
			known[e.id] = e
		}
	}
	var unseen []news.Item
	for _, it := range items {
		e, ok := known[it.ID]
		switch {
		case !ok:
			known[it.ID] = edition{id: it.ID}
		case e.content == 0 || e.editions >= maxEditions || e.content == contentOf(it):
			continue
		default:
			known[it.ID] = edition{id: it.ID} // once a check
			it.Edits, it.ID = it.ID, it.ID+"~"+strconv.Itoa(e.editions+1)
		}
		unseen = append(unseen, it)
	}
	return unseen, nil
}

// edited notes that an item has been read in a later edition.
func (t *taking) edited(ctx context.Context, it news.Item) error {
	_, err := t.tx.ExecContext(ctx, `UPDATE items SET content = $3, editions = editions + 1 WHERE feed = $1 AND id = $2`,
		t.check.Feed, it.Edits, contentOf(it))
	return err
}

// tellsMore reports whether anything of an item is new.
func tellsMore(ci *news.CheckedItem) bool {
	return len(ci.Notifications) > 0 || slices.ContainsFunc(ci.Judged, func(j news.Judged) bool { return j.Is == news.New || j.Is == news.Update })
}
