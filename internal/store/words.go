package store

import (
	"cmp"
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

// An index parts text at ASCII signs, or means something by them. What is one of
// these inside of a term is therefore written as a character of private use, and so
// is the term that stands for having a development.
const (
	private         = 0xE000
	developmentTerm = "\uE0FFdevelopment"
)

// kindTerm stands for having a development of a kind, or of a group of kinds.
func kindTerm(kind string) string { return "\uE0FFkind-" + kind }

// kindTerms are those of the developments of an item.
func kindTerms(list []news.Development) []string {
	var terms []string
	for _, d := range list {
		for _, k := range append(d.Kind.Groups(), string(d.Kind)) {
			if t := kindTerm(k); !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
	}
	return terms
}

// spelt writes a term so that an index takes it for one.
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

// parting tells the characters that are none of a word.
func parting(r rune) bool {
	return r < 0x80 && !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z')
}

// index adds an item to the index.
func (s *Store) index(ctx context.Context, tx *sql.Tx, no, at int64, title, body string, developments []news.Development) error {
	inTitle, inText := s.words.Terms(title, body)
	if len(developments) > 0 {
		inText = append(append(inText[:len(inText):len(inText)], developmentTerm), kindTerms(developments)...)
	}
	return s.dialect.addWords(ctx, tx, no, at, inTitle, inText)
}

// indexing is the part that a check has in the index. A store that has no words,
// or finds the index behind, leaves the check's items to Index.
type indexing struct {
	store *Store
	whole bool  // the index holds all items that were there before
	last  int64 // the newest item that was added
}

// beginIndexing looks how far the index goes, before items are added.
func (s *Store) beginIndexing(ctx context.Context, tx *sql.Tx) (*indexing, error) {
	x := &indexing{store: s}
	if s.words == nil {
		return x, nil
	}
	version, upTo, newest, err := indexState(ctx, tx)
	if err != nil {
		return x, err
	}
	if newest == 0 && version != s.words.Version {
		if err := s.restartIndex(ctx, tx); err != nil {
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
	return x.store.index(ctx, tx, no, toMillis(instantOf(it)), it.Title, it.Text, developments)
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

// restartIndex empties the index, to be filled in this version.
func (s *Store) restartIndex(ctx context.Context, tx *sql.Tx) error {
	if err := s.dialect.clearWords(ctx, tx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE item_words_state SET version = $1, up_to = 0`, s.words.Version)
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
		no, at               int64
		title, body, reading string
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		version, upTo, newest, err := indexState(ctx, tx)
		if err != nil {
			return err
		}
		if version != s.words.Version {
			if err := s.restartIndex(ctx, tx); err != nil {
				return err
			}
			upTo = 0
		}
		if upTo >= newest {
			return nil
		}
		batch, err := scanAll(ctx, tx, func(r scanner) (x row, err error) {
			return x, r.Scan(&x.no, &x.at, &x.title, &x.body, &x.reading)
		}, `SELECT no, at, title, body, reading FROM items WHERE no > $1 ORDER BY no LIMIT $2`, upTo, indexBatch)
		if err != nil {
			return err
		}
		for _, r := range batch {
			reading, err := decodeLean(r.reading)
			if err == nil {
				err = s.index(ctx, tx, r.no, r.at, r.title, r.body, reading.Developments)
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

// A search goes through the index from the newest item on.
type search struct {
	store *Store
	need  *news.Need
	from  int64  // no older than this
	last  spot   // that was found
	limit int    // of the next look, -1: none
	spots []spot // found and not handed out yet
	over  bool
}

// The first look of a search wants as many as a page of answers, the last one all.
const (
	firstLook = 64
	moreLooks = 16 // times as many as the look before
	lastLook  = firstLook * moreLooks
)

// searched begins a search for items no older than from; ok is false where
// looking at all of them is as good: there is no index, or most have what is
// needed.
func (s *Store) searched(ctx context.Context, need *news.Need, from int64, limit int) (*search, bool, error) {
	if need == nil || s.words == nil {
		return nil, false, nil
	}
	x := &search{store: s, need: need, from: from, last: spot{1 << 62, 1 << 62}, limit: limit}
	ok, err := x.look(ctx)
	return x, ok, err
}

// candidates returns where the items stand that may have what is needed and are
// no older than from, newest first. It returns ok false where looking at all of
// them is as good.
func (s *Store) candidates(ctx context.Context, need *news.Need, from int64) (spots []spot, ok bool, err error) {
	x, ok, err := s.searched(ctx, need, from, -1)
	if err != nil || !ok {
		return nil, false, err
	}
	return x.spots, true, nil
}

// next returns where the next items stand, newest first, at most n; none after the
// last.
func (x *search) next(ctx context.Context, n int) ([]spot, error) {
	if len(x.spots) == 0 && !x.over {
		ok, err := x.look(ctx)
		if err == nil && !ok { // the index is being made anew since the last look
			err = x.rest(ctx)
		}
		if err != nil {
			return nil, err
		}
	}
	part := x.spots[:min(n, len(x.spots))]
	x.spots = x.spots[len(part):]
	return part, nil
}

// look asks the index for what is behind the last.
func (x *search) look(ctx context.Context) (ok bool, err error) {
	// One transaction, so that how far the index goes and what it says fit.
	tx, err := x.store.dialect.glance(ctx, x.store.reader)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	version, upTo, newest, err := indexState(ctx, tx)
	if err != nil || version != x.store.words.Version || newest-upTo > newest/2 {
		return false, err
	}
	spots, ok, err := x.store.dialect.findWords(ctx, tx, wordQuery{x.need, x.from, upTo, newest, x.last, x.limit})
	if err != nil || !ok {
		return false, err
	}
	x.spots, x.over = spots, x.limit < 0 || len(spots) != x.limit
	if x.limit *= moreLooks; x.limit > lastLook {
		x.limit = -1
	}
	if len(spots) > 0 {
		x.last = spots[len(spots)-1]
	}
	return true, nil
}

// rest finds all that is behind the last, whatever it has.
func (x *search) rest(ctx context.Context) (err error) {
	x.over = true
	x.spots, err = scanAll(ctx, x.store.reader, scanSpot, `SELECT at, no FROM items WHERE at >= $1 AND (at, no) < ($2, $3) ORDER BY at DESC, no DESC`, x.from, x.last.at, x.last.no)
	return err
}

// A wordQuery asks the index for items no older than from and behind a spot, the
// newest first: limit of them (-1: all), or more if they are all. The index holds
// items up to the number upTo; those behind, up to the newest, come with every
// answer.
type wordQuery struct {
	need               *news.Need
	from, upTo, newest int64
	behind             spot
	limit              int
}

func scanSpot(r scanner) (at spot, err error) { return at, r.Scan(&at.at, &at.no) }

func (s spot) compare(o spot) int { return cmp.Or(cmp.Compare(s.at, o.at), cmp.Compare(s.no, o.no)) }
