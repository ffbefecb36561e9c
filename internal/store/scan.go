package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/internal/news"
)

// scanPage is how many items each worker of a Scan holds at once, firstPage how many
// until fewPages pages were dealt out: many have seen enough by then.
const (
	scanPage  = 250
	firstPage = 50
	fewPages  = 8
)

// everSince is older than all items.
const everSince = -1 << 62

// Scan looks through all items published since (fetched, where that is unknown),
// as fast as the machine can. It calls worker once for each of several
// goroutines, with the time of the oldest item, and hands the items out among the
// functions that it returns, newest first, until one returns false or ctx ends. After
// a false those that were begun are handed out to their end, so that all were as new
// as the last. Told says only those items are wanted that report a development, and
// need, if it is not nil, what they must have: the index leads to these, and some that
// have it not may come with them. Progress, if it is not nil, is told how many items of
// how many have been looked at or need not be, from one goroutine at a time.
//
// It returns how many these were in the end, and whether they were all. Of a reading it
// tells the language and the developments, of what was decided about an item only the
// verdicts.
func (s *Store) Scan(ctx context.Context, since time.Time, told bool, need *news.Need, worker func(oldest time.Time) func(news.StoredItem) bool, progress func(done, total int)) (looked int, whole bool, err error) {
	from := toMillis(since)
	if since.IsZero() {
		from = everSince
	}
	oldest := sql.NullInt64{}
	if err := s.reader.QueryRowContext(ctx, `SELECT min(at) FROM items WHERE at >= $1`, from).Scan(&oldest); err != nil {
		return 0, false, s.fault(err)
	}
	if !oldest.Valid {
		worker(time.Time{})
		return 0, true, nil
	}
	near, _, err := s.searched(ctx, need, from)
	if err != nil {
		return 0, false, s.fault(err)
	}
	p := pages{store: s, from: from, near: near, last: beyond(), size: firstPage, same: fewPages, most: scanPage, progress: progress}
	if progress != nil { // to count them all takes a while
		if p.total, err = s.since(ctx, from); err != nil {
			return 0, false, err
		}
	}
	g, within := errgroup.WithContext(ctx)
	workers := make([]func(news.StoredItem) bool, runtime.GOMAXPROCS(0))
	for i := range workers { // all are there before the first begins
		workers[i] = worker(fromNullable(oldest))
	}
	for _, each := range workers {
		g.Go(func() error { return s.scanPages(within, &p, told, each) })
	}
	ended := g.Wait()
	p.whole = p.whole && ended == nil
	// What was dealt out has been looked at, even if the time ended meanwhile.
	ctx = context.WithoutCancel(ctx)
	switch {
	case progress != nil || near == nil && !p.whole:
		looked = p.done
	case p.whole:
		looked, err = s.since(ctx, from)
	case p.last.rank > 0:
		looked = p.last.rank
	case p.dealt > 0:
		looked, err = s.between(ctx, beyond(), p.last)
	}
	return looked, p.whole, cmp.Or(ended, err)
}

// since counts the items that are no older.
func (s *Store) since(ctx context.Context, from int64) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM items WHERE at >= $1`, from).Scan(&n)
	return n, s.fault(err)
}

func (s *Store) scanPages(ctx context.Context, p *pages, told bool, each func(news.StoredItem) bool) error {
	for ctx.Err() == nil {
		page, ok, err := p.next(ctx)
		if err != nil || !ok {
			return err
		}
		// A page is read in milliseconds, and twice as fast by a context that
		// cannot end.
		items, err := s.lean(context.WithoutCancel(ctx), page, told)
		if err != nil {
			return err
		}
		for i := range items {
			if !each(items[i].StoredItem) {
				p.stop()
			}
		}
		p.pass(page)
	}
	return ctx.Err()
}

// A spot is where an item stands in the order of time. Where its rank is known, how
// many items there are that are no older, its time need not be.
type spot struct {
	at, no int64
	rank   int
}

// beyond is newer than all items.
func beyond() spot { return spot{at: 1 << 62, no: 1 << 62} }

// A page is a part of the items: all between its two ends or, of an indexed one,
// those at its spots.
type page struct {
	newest, oldest spot
	indexed        bool
	spots          []spot
	count          int // items between its ends
}

// pages deals out the items to those who scan. Pages are known by their ends
// alone, so that several can be read side by side with no transaction open in
// between: one would let the write-ahead log grow for as long.
type pages struct {
	store      *Store
	from       int64
	near       *search // leads to the items that are wanted; nil: all are
	same, most int     // pages are of one size until so many were dealt out, and then grow to the most

	mu    sync.Mutex
	size  int  // of the next page
	dealt int  // pages
	last  spot // of the page dealt out before
	over  bool
	whole bool // it is over because there are no more

	passing     sync.Mutex // not mu: whoever is told must not hold up the others
	done, total int        // total is known where progress is told
	progress    func(done, total int)
}

// next returns the next page; ok is false after the last.
func (p *pages) next(ctx context.Context) (next page, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return page{}, false, nil
	}
	if p.dealt++; p.dealt > p.same {
		p.size = min(2*p.size, p.most)
	}
	next = page{newest: spot{at: p.last.at, no: p.last.no - 1}, oldest: spot{at: p.from, no: -1 << 62}, count: p.total, indexed: p.near != nil}
	if p.near != nil {
		next.spots, err = p.near.next(ctx, p.size)
		if err != nil || len(next.spots) == 0 {
			p.over, p.whole = true, err == nil
			return next, err == nil, p.store.fault(err)
		}
		if next.oldest = next.spots[len(next.spots)-1]; next.oldest.rank > 0 {
			next.count = next.oldest.rank - p.last.rank
		} else if p.progress != nil {
			next.count, err = p.store.between(ctx, p.last, next.oldest)
		}
	} else {
		next.count = p.size
		err = p.store.reader.QueryRowContext(ctx, `SELECT at, no FROM items WHERE at >= $1 AND (at, no) < ($2, $3)
			ORDER BY at DESC, no DESC LIMIT 1 OFFSET $4`, p.from, p.last.at, p.last.no, p.size-1).Scan(&next.oldest.at, &next.oldest.no)
		if errors.Is(err, sql.ErrNoRows) {
			p.over, p.whole = true, true
			next.oldest = spot{at: p.from, no: -1 << 62}
			return next, true, nil
		}
	}
	p.last = next.oldest
	return next, err == nil, p.store.fault(err)
}

// pass counts a page that has been looked at.
func (p *pages) pass(page page) {
	p.passing.Lock()
	defer p.passing.Unlock()
	p.done += page.count
	if p.progress != nil {
		p.done = min(p.done, p.total)
		p.progress(p.done, p.total)
	}
}

func (p *pages) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
}

// reports is how the form of a reading shows that there is a development: a
// quotation mark inside of a value would have a backslash before it.
const reports = `"developments":[{`

// lean reads the items of a page.
func (s *Store) lean(ctx context.Context, p page, told bool) ([]itemRow, error) {
	if p.indexed && len(p.spots) == 0 {
		return nil, nil
	}
	only, args := `(at, no) <= ($1, $2) AND (at, no) >= ($3, $4)`, []any{p.newest.at, p.newest.no, p.oldest.at, p.oldest.no}
	order := `at DESC, no DESC`
	if p.indexed { // by number they come without being sorted, text and all
		only, args = `no IN (`+listed(p.spots, func(s spot) int64 { return s.no })+`)`, nil
		order = `no`
	}
	if told {
		only += ` AND reading LIKE '%` + reports + `%'`
	}
	found, err := scanAll(ctx, s.reader, s.scanLean, `SELECT no, at, id, feed, tier, title, body, link, language, published, zone, offset_s, fetched, reading
		FROM items WHERE `+only+` ORDER BY `+order, args...)
	if err != nil {
		return nil, s.fault(err)
	}
	if p.indexed {
		found = inOrder(found, p.spots)
	}
	where := map[int64]int{}
	var judged []int64
	for i, it := range found {
		if len(it.Reading.Developments) > 0 {
			where[it.no] = i
			judged = append(judged, it.no)
		}
	}
	for part := range slices.Chunk(judged, listLimit) {
		verdicts, err := scanAll(ctx, s.reader, scanVerdict, `SELECT item, reading, development, verdict FROM reports
			WHERE item IN (`+listed(part, func(no int64) int64 { return no })+`) ORDER BY item, place`)
		if err != nil {
			return nil, s.fault(err)
		}
		for _, r := range verdicts {
			it := &found[where[r.item]]
			if r.reading >= 0 && r.reading < len(it.Developments) {
				it.Developments[r.reading] = r.ID
				r.Development = it.Reading.Developments[r.reading]
			}
			it.Judged = append(it.Judged, r.Judged)
		}
	}
	return found, nil
}

// inOrder puts items in the order of their spots.
func inOrder(found []itemRow, spots []spot) []itemRow {
	at := make(map[int64]int, len(found))
	for i := range found {
		at[found[i].no] = i
	}
	out := make([]itemRow, 0, len(found))
	for _, s := range spots {
		if i, ok := at[s.no]; ok {
			out = append(out, found[i])
		}
	}
	return out
}

// listed writes numbers as they are: of hundreds of placeholders SQLite looks for
// each among all.
func listed[T any](values []T, number func(T) int64) string {
	b := make([]byte, 0, 8*len(values))
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, number(v), 10)
	}
	return string(b)
}

func scanVerdict(row scanner) (report, error) {
	var r report
	var id sql.NullInt64
	err := row.Scan(&r.item, &r.reading, &id, &r.Is)
	r.ID = news.DevelopmentID(id.Int64)
	return r, err
}

func (s *Store) scanLean(row scanner) (itemRow, error) {
	var it itemRow
	var m moment
	var fetched int64
	var body string
	err := row.Scan(&it.no, &it.at, &it.Item.ID, &it.Item.Feed, &it.Item.Tier, &it.Item.Title, &it.Item.Text, &it.Item.Link, &it.Item.Language,
		&m.Millis, &m.Zone, &m.Offset, &fetched, &body)
	if err != nil {
		return it, err
	}
	it.Item.Published, it.Item.Fetched = m.time(s.zones), fromMillis(fetched)
	it.Reading, err = decodeLean(body)
	it.Developments = make([]news.DevelopmentID, len(it.Reading.Developments))
	return it, err
}

// decodeLean reads a reading's language and developments.
func decodeLean(body string) (news.Reading, error) {
	r := news.Reading{Developments: []news.Development{}, Dates: []news.Mention{}}
	if !strings.Contains(body, reports) {
		if rest, ok := strings.CutPrefix(body, `{"language":"`); ok {
			if language, _, ok := strings.Cut(rest, `"`); ok && !strings.Contains(language, `\`) {
				r.Language = language
				return r, nil
			}
		}
	}
	var row struct {
		Language     string        `json:"language"`
		Developments []development `json:"developments"`
	}
	err := json.Unmarshal([]byte(body), &row)
	r.Language = row.Language
	for _, d := range row.Developments {
		r.Developments = append(r.Developments, d.plain())
	}
	return r, err
}
