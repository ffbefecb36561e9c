package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/internal/news"
)

// scanPage is how many items each worker of a Scan holds at once.
const scanPage = 500

// Scan looks through all items published since (fetched, where that is unknown),
// as fast as the machine can. It calls worker once for each of several
// goroutines, with the number of items there are and the time of the oldest, and
// hands the items out among the functions that it returns, newest first, until
// one returns false or ctx ends. Told says only those items are wanted that
// report a development. Passed is told how many items have been looked at, from
// one goroutine at a time.
//
// Of a reading it tells the language and the developments, of what was decided
// about an item only the verdicts.
func (s *Store) Scan(ctx context.Context, since time.Time, told bool, worker func(total int, oldest time.Time) func(news.StoredItem) bool, passed func(done int)) error {
	from := toMillis(since)
	if since.IsZero() {
		from = -1 << 62
	}
	total, oldest := 0, sql.NullInt64{}
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*), min(at) FROM items WHERE at >= $1`, from).Scan(&total, &oldest); err != nil {
		return s.fault(err)
	}
	p := pages{store: s, from: from, last: spot{1 << 62, 1 << 62}, total: total, passed: passed}
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, min(runtime.GOMAXPROCS(0), total/scanPage)) {
		each := worker(total, fromNullable(oldest))
		g.Go(func() error { return s.scanPages(ctx, &p, told, each) })
	}
	return g.Wait()
}

func (s *Store) scanPages(ctx context.Context, p *pages, told bool, each func(news.StoredItem) bool) error {
	for ctx.Err() == nil {
		newest, oldest, ok, err := p.next(ctx)
		if err != nil || !ok {
			return err
		}
		// A page is read in milliseconds, and twice as fast by a context that
		// cannot end.
		items, err := s.lean(context.WithoutCancel(ctx), newest, oldest, told)
		if err != nil {
			return err
		}
		for i := range items {
			if !each(items[i].StoredItem) {
				p.stop()
				return nil
			}
		}
		p.pass()
	}
	return ctx.Err()
}

// A spot is where an item stands in the order of time.
type spot struct{ at, no int64 }

// pages deals out the items to those who scan. Pages are known by their ends
// alone, so that several can be read side by side with no transaction open in
// between: one would let the write-ahead log grow for as long.
type pages struct {
	store *Store
	from  int64

	mu   sync.Mutex
	last spot // of the page dealt out before
	over bool

	passing     sync.Mutex // not mu: whoever is told must not hold up the others
	done, total int
	passed      func(done int)
}

// next returns the two ends of the next page; ok is false after the last.
func (p *pages) next(ctx context.Context) (newest, oldest spot, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return spot{}, spot{}, false, nil
	}
	newest = spot{p.last.at, p.last.no - 1}
	err = p.store.reader.QueryRowContext(ctx, `SELECT at, no FROM items WHERE at >= $1 AND (at, no) < ($2, $3)
		ORDER BY at DESC, no DESC LIMIT 1 OFFSET $4`, p.from, p.last.at, p.last.no, scanPage-1).Scan(&oldest.at, &oldest.no)
	if errors.Is(err, sql.ErrNoRows) {
		p.over = true
		return newest, spot{p.from, -1 << 62}, true, nil
	}
	p.last = oldest
	return newest, oldest, err == nil, p.store.fault(err)
}

// pass counts a page that has been looked at.
func (p *pages) pass() {
	p.passing.Lock()
	defer p.passing.Unlock()
	p.done = min(p.done+scanPage, p.total)
	p.passed(p.done)
}

func (p *pages) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
}

// reports is how the form of a reading shows that there is a development: a
// quotation mark inside of a value would have a backslash before it.
const reports = `"developments":[{`

// lean reads the items from one spot back to another.
func (s *Store) lean(ctx context.Context, newest, oldest spot, told bool) ([]itemRow, error) {
	only := ""
	if told {
		only = `AND reading LIKE '%` + reports + `%' `
	}
	found, err := scanAll(ctx, s.reader, s.scanLean, `SELECT no, id, feed, tier, title, body, link, language, published, zone, offset_s, fetched, reading
		FROM items WHERE (at, no) <= ($1, $2) AND (at, no) >= ($3, $4) `+only+`ORDER BY at DESC, no DESC`, newest.at, newest.no, oldest.at, oldest.no)
	if err != nil {
		return nil, s.fault(err)
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
		list, args := placeholders(part, func(no int64) any { return no })
		verdicts, err := scanAll(ctx, s.reader, scanVerdict, `SELECT item, reading, development, verdict FROM reports WHERE item IN (`+list+`) ORDER BY item, place`, args...)
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
	err := row.Scan(&it.no, &it.Item.ID, &it.Item.Feed, &it.Item.Tier, &it.Item.Title, &it.Item.Text, &it.Item.Link, &it.Item.Language,
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
