package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"parley/internal/news"
)

// Words tells the store how an item is taken apart into the terms under which it
// is found again. Two versions of it must have two numbers, from 1: an index that
// another version made is made anew.
type Words struct {
	Version int
	// Terms returns those of a title and of a text.
	Terms func(title, text string) (inTitle, inText []string)
}

// WithWords keeps an index of items by their words. Without it the index falls
// behind, and is brought up by the next store that has it.
func WithWords(w Words) Option { return func(s *Store) { s.words = &w } }

// The index is one table of SQLite's FTS5. Its tokenizer parts text at ASCII
// signs; what is one of these inside of a term is therefore written as a character
// of private use, and so is the term that stands for having a development.
const (
	private         = 0xE000
	developmentTerm = "\uE0FFdevelopment"
)

// kindTerm stands for having a development of a kind, or of a group of kinds.
func kindTerm(kind string) string { return "\uE0FFkind" + spelt("-"+kind) }

// kindTerms are those of the developments of an item.
func kindTerms(list []news.Development) string {
	var terms []string
	for _, d := range list {
		for _, k := range append(d.Kind.Groups(), string(d.Kind)) {
			if t := kindTerm(k); !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
	}
	return strings.Join(terms, " ")
}

// spelt writes a term so that the tokenizer takes it for one.
func spelt(term string) string {
	if !strings.ContainsFunc(term, parting) {
		return term
	}
	return strings.Map(func(r rune) rune {
		if parting(r) {
			return private + r
		}
		return r
	}, term)
}

// parting tells the characters at which the tokenizer ends a word.
func parting(r rune) bool {
	return r < 0x80 && !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z')
}

// joined writes terms as the index takes them.
func joined(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(spelt(t))
	}
	return b.String()
}

// index adds an item to the index.
func (w *Words) index(ctx context.Context, tx *sql.Tx, no int64, title, body string, developments []news.Development) error {
	inTitle, inText := w.Terms(title, body)
	text := joined(inText)
	if len(developments) > 0 {
		text += " " + developmentTerm + " " + kindTerms(developments)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO item_words (rowid, title, body) VALUES ($1, $2, $3)`, no, joined(inTitle), text)
	return err
}

// indexing is the part that a check has in the index. A store that has no words,
// or finds the index behind, leaves the check's items to Index.
type indexing struct {
	words *Words
	whole bool  // the index holds all items that were there before
	last  int64 // the newest item that was added
}

// beginIndexing looks how far the index goes, before items are added.
func (s *Store) beginIndexing(ctx context.Context, tx *sql.Tx) (*indexing, error) {
	x := &indexing{words: s.words}
	if s.words == nil {
		return x, nil
	}
	version, upTo, newest, err := indexState(ctx, tx)
	if err != nil {
		return x, err
	}
	if newest == 0 && version != s.words.Version {
		if err := s.words.restart(ctx, tx); err != nil {
			return x, err
		}
		version, upTo = s.words.Version, 0
	}
	x.whole = version == s.words.Version && upTo >= newest
	return x, nil
}

func (x *indexing) add(ctx context.Context, tx *sql.Tx, no int64, it news.Item, developments []news.Development) error {
	if !x.whole {
		return nil
	}
	x.last = no
	return x.words.index(ctx, tx, no, it.Title, it.Text, developments)
}

func (x *indexing) end(ctx context.Context, tx *sql.Tx) error {
	if x.last == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE item_words_state SET up_to = $1`, x.last)
	return err
}

// indexState tells with which version of words the index holds all items up to
// which, and which item is the newest.
func indexState(ctx context.Context, q querier) (version int, upTo, newest int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT version, up_to, (SELECT coalesce(max(no), 0) FROM items) FROM item_words_state`).Scan(&version, &upTo, &newest)
	return version, upTo, newest, err
}

// restart empties the index, to be filled in this version.
func (w *Words) restart(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO item_words (item_words) VALUES ('delete-all')`); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE item_words_state SET version = $1, up_to = 0`, w.Version)
	return err
}

// indexBatch is how many items Index adds in one transaction, which others who
// write wait for.
const indexBatch = 200

// Index brings the index up to the newest item, a batch at a time, and returns
// when it is there or ctx ends; what was done until then stays. It returns how
// many items it added. Searches meanwhile use what there is, and look at the rest
// one by one.
func (s *Store) Index(ctx context.Context) (added int, err error) {
	if s.words == nil {
		return 0, nil
	}
	for {
		n, err := s.indexMore(ctx)
		added += n
		if n == 0 || err != nil {
			return added, err
		}
	}
}

func (s *Store) indexMore(ctx context.Context) (added int, err error) {
	type row struct {
		no                   int64
		title, body, reading string
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		version, upTo, newest, err := indexState(ctx, tx)
		if err != nil {
			return err
		}
		if version != s.words.Version {
			if err := s.words.restart(ctx, tx); err != nil {
				return err
			}
			upTo = 0
		}
		if upTo >= newest {
			return nil
		}
		batch, err := scanAll(ctx, tx, func(r scanner) (x row, err error) {
			return x, r.Scan(&x.no, &x.title, &x.body, &x.reading)
		}, `SELECT no, title, body, reading FROM items WHERE no > $1 ORDER BY no LIMIT $2`, upTo, indexBatch)
		if err != nil {
			return err
		}
		for _, r := range batch {
			reading, err := decodeLean(r.reading)
			if err == nil {
				err = s.words.index(ctx, tx, r.no, r.title, r.body, reading.Developments)
			}
			if err != nil {
				return fmt.Errorf("item %d: %w", r.no, err)
			}
			upTo = r.no
		}
		added = len(batch)
		_, err = tx.ExecContext(ctx, `UPDATE item_words_state SET up_to = $1`, upTo)
		return err
	})
	return added, err
}

// A search through the index: what is asked of it, and how.
type indexed struct {
	store *Store
	asked string // in the words of FTS5
	upTo  int64  // the newest item in the index; younger ones are looked at all
	few   bool   // so few that their times are found sooner behind their texts
	from  int64  // no older than this
	last  spot   // that was handed out
	size  int    // of the next look
	spots []spot // found and not handed out yet
	over  bool
}

// candidates returns where the items stand that may have what is needed and are
// no older than from, newest first. It returns ok false where looking at all of
// them is as good: there is no index, or most have it.
func (s *Store) candidates(ctx context.Context, need *news.Need, from int64) (spots []spot, ok bool, err error) {
	x, ok, err := s.indexed(ctx, need, from)
	if err != nil || !ok {
		return nil, false, err
	}
	spots, err = x.look(ctx, -1)
	return spots, true, err
}

// nearest is candidates for who wants the newest and seldom all.
func (s *Store) nearest(ctx context.Context, need *news.Need) (*indexed, bool, error) {
	return s.indexed(ctx, need, -1<<62)
}

func (s *Store) indexed(ctx context.Context, need *news.Need, from int64) (*indexed, bool, error) {
	if need == nil || s.words == nil {
		return nil, false, nil
	}
	// One transaction, so that how far the index goes and what it says fit. It only
	// grows from then on: what comes in later is seen as not indexed yet.
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	version, upTo, newest, err := indexState(ctx, tx)
	if err != nil || version != s.words.Version || newest-upTo > newest/2 {
		return nil, false, err
	}
	asked, most := match(need), newest/2
	var n int64
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT rowid FROM item_words WHERE item_words MATCH $1 LIMIT $2)`, asked, most+1).Scan(&n)
	if err != nil || n > most {
		return nil, false, err
	}
	return &indexed{store: s, asked: asked, upTo: upTo, from: from, few: n+newest-upTo <= newest/200, last: spot{1 << 62, 1 << 62}, size: 64}, true, nil
}

// next returns where the next items stand, newest first, at most n; none after the
// last.
func (x *indexed) next(ctx context.Context, n int) ([]spot, error) {
	if len(x.spots) == 0 && !x.over {
		limit := x.size
		if x.few || limit > 1000 {
			limit = -1
		}
		spots, err := x.look(ctx, limit)
		if err != nil {
			return nil, err
		}
		x.spots, x.size, x.over = spots, x.size*8, limit < 0 || len(spots) < limit
		if len(spots) > 0 {
			x.last = spots[len(spots)-1]
		}
	}
	part := x.spots[:min(n, len(x.spots))]
	x.spots = x.spots[len(part):]
	return part, nil
}

// look asks the index for the items behind the last, at most limit (−1: all).
func (x *indexed) look(ctx context.Context, limit int) ([]spot, error) {
	// The time of an item lies behind its text: of many it is found sooner in the
	// index of times, which is read from its end on until there are enough.
	by := `NOT INDEXED`
	if !x.few {
		by = `INDEXED BY items_at`
	}
	return scanAll(ctx, x.store.reader, scanSpot, `SELECT at, no FROM items `+by+`
		WHERE at >= $1 AND (at, no) < ($4, $5) AND (no > $2 OR no IN (SELECT rowid FROM item_words WHERE item_words MATCH $3))
		ORDER BY at DESC, no DESC LIMIT $6`, x.from, x.upTo, x.asked, x.last.at, x.last.no, limit)
}

func scanSpot(r scanner) (at spot, err error) { return at, r.Scan(&at.at, &at.no) }

// match writes a need as FTS5 reads it.
func match(n *news.Need) string {
	list := func(of []news.Need, between string) string {
		parts := make([]string, len(of))
		for i := range of {
			parts[i] = match(&of[i])
		}
		return "(" + strings.Join(parts, between) + ")"
	}
	switch {
	case n.All != nil:
		return list(n.All, " AND ")
	case n.Any != nil:
		return list(n.Any, " OR ")
	case n.Development && n.Kind != "":
		return `"` + kindTerm(n.Kind) + `"`
	case n.Development:
		return `"` + developmentTerm + `"`
	}
	out := `"` + spelt(n.Term) + `"`
	if n.Prefix {
		out += " *"
	}
	if n.Title {
		out = "title : " + out
	}
	return out
}
