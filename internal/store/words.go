package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strconv"
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

// A search goes through what the index leads to, from the newest item on. Index and
// order are asked as far back as it is wanted: who needs the newest few does not wait
// for all that there ever were.
type search struct {
	store   *Store
	need    *news.Need
	led     led
	version int   // of the index
	upTo    int64 // the index tells of items up to this number
	from    int64 // no older than this
	last    spot  // whose place in the order is known
	passed  int   // items that are no older than that
	spots   []spot
	over    bool
}

// led is where an index leads: to spots, the newest first, or to numbers above one
// below which it was not asked yet. To what the index does not hold yet spots lead
// too, and numbers do not.
type led struct {
	spots   []spot
	numbers *numbers
	above   int64
}

// firstOrder is of how many items a search reads the order at first, mostOrder of how
// many at last.
const (
	firstOrder = 1000
	mostOrder  = 16_000
)

// searched begins a search for items no older than from; ok is false where
// looking at all of them is as good: there is no index, or most have what is
// needed.
func (s *Store) searched(ctx context.Context, need *news.Need, from int64) (*search, bool, error) {
	if need == nil || s.words == nil {
		return nil, false, nil
	}
	// One transaction, so that how far the index goes and what it says fit.
	tx, err := s.dialect.glance(ctx, s.reader)
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	version, upTo, newest, err := indexState(ctx, tx)
	if err != nil || version != s.words.Version || newest-upTo > newest/2 {
		return nil, false, err
	}
	found, ok, err := s.dialect.findWords(ctx, tx, wordQuery{need: need, from: from, upTo: upTo, newest: newest, below: upTo})
	if err != nil || !ok {
		return nil, false, err
	}
	return &search{
		store: s, need: need, version: version, led: found, upTo: upTo, from: from,
		last: beyond(), spots: found.spots, over: found.numbers == nil,
	}, true, nil
}

// next returns where the next items stand, newest first, at most n; none after the
// last.
func (x *search) next(ctx context.Context, n int) ([]spot, error) {
	for many := firstOrder; len(x.spots) < n && !x.over; many = min(2*many, mostOrder) {
		if err := x.more(ctx, many); err != nil {
			return nil, err
		}
	}
	part := x.spots[:min(n, len(x.spots))]
	x.spots = x.spots[len(part):]
	return part, nil
}

// leadsTo tells whether an item may have what is needed, and asks the index where it
// was not asked yet.
func (x *search) leadsTo(ctx context.Context, no int64) (bool, error) {
	for no <= x.led.above {
		if err := x.ask(ctx); err != nil {
			return false, err
		}
	}
	return no > x.upTo || x.led.numbers.has(no), nil
}

// ask asks the index once more, about items further back.
func (x *search) ask(ctx context.Context) error {
	tx, err := x.store.dialect.glance(ctx, x.store.reader)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	version, upTo, newest, err := indexState(ctx, tx)
	if err != nil {
		return err
	}
	if version != x.version || upTo < x.upTo { // it is being made anew: the rest is looked at
		x.led.numbers.upTo, x.led.above = x.led.above, 0
		return nil
	}
	found, _, err := x.store.dialect.findWords(ctx, tx, wordQuery{need: x.need, from: x.from, upTo: x.upTo, newest: newest, below: x.led.above})
	if err != nil {
		return err
	}
	x.led.numbers.add(found.numbers)
	x.led.above = found.above
	return nil
}

// more asks for the order of the next items, at most n, and keeps those that are led
// to.
func (x *search) more(ctx context.Context, n int) error {
	list, oldest, err := x.store.dialect.order(ctx, x.store.reader, x.from, x.last, n)
	if err != nil {
		return err
	}
	got := 0
	for no, err := range written(list) {
		if err != nil {
			return err
		}
		got++
		wanted, err := x.leadsTo(ctx, no)
		if err != nil {
			return err
		}
		if wanted {
			x.spots = append(x.spots, spot{no: no, rank: x.passed + got})
		}
		x.last.no = no
	}
	x.last.at, x.passed, x.over = oldest, x.passed+got, got < n
	return nil
}

// A wordQuery asks the index for items no older than from. The index holds items up
// to the number upTo, of which the newest item may be ahead; what has a higher number
// than below was asked before. An index may answer for numbers above one alone, the
// newest, and says so.
type wordQuery struct {
	need               *news.Need
	from, upTo, newest int64
	below              int64
}

// numbers is a set of numbers of items.
type numbers struct {
	bits []uint64
	upTo int64 // all up to this one are in it too
}

// numbersOf is the set of lists that are written with spaces between.
func numbersOf(lists []string) (*numbers, error) {
	var n numbers
	for _, list := range lists {
		for no, err := range written(list) {
			if err != nil {
				return nil, err
			}
			if at := int(no >> 6); at >= len(n.bits) {
				n.bits = append(n.bits, make([]uint64, at-len(n.bits)+len(n.bits)/4+1)...)
			}
			n.bits[no>>6] |= 1 << (no & 63)
		}
	}
	return &n, nil
}

func (n *numbers) add(o *numbers) {
	if len(o.bits) > len(n.bits) {
		n.bits = append(n.bits, make([]uint64, len(o.bits)-len(n.bits))...)
	}
	for i, b := range o.bits {
		n.bits[i] |= b
	}
}

// written are the numbers of a list that is written with spaces between.
func written(list string) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for list != "" {
			var one string
			one, list, _ = strings.Cut(list, " ")
			no, err := strconv.ParseInt(one, 10, 64)
			if err != nil || no < 0 {
				yield(0, fmt.Errorf("the database has an item of number %q", one))
				return
			}
			if !yield(no, nil) {
				return
			}
		}
	}
}

func (n *numbers) has(no int64) bool {
	return no <= n.upTo || no>>6 < int64(len(n.bits)) && n.bits[no>>6]&(1<<(no&63)) != 0
}

func scanSpot(r scanner) (at spot, err error) { return at, r.Scan(&at.at, &at.no) }

func (s spot) compare(o spot) int { return cmp.Or(cmp.Compare(s.at, o.at), cmp.Compare(s.no, o.no)) }
