package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"parley/internal/news"
)

// number returns the number of the placeholder for the last of args.
func number(args []any) string { return strconv.Itoa(len(args)) }

// pageSize is how many items EachItem holds at once.
const pageSize = 200

// EachItem calls f with every item published since (fetched, where that is
// unknown), newest first, until f returns false. f may use the store.
func (s *Store) EachItem(ctx context.Context, since time.Time, f func(news.StoredItem) bool) error {
	// Reading page by page keeps no read transaction open while f works: one
	// would let the write-ahead log grow for as long.
	at, no := int64(1)<<62, int64(1)<<62
	from := toMillis(since)
	if since.IsZero() {
		from = -at
	}
	for {
		page, err := s.items(ctx, `WHERE at >= $1 AND (at, no) < ($2, $3) ORDER BY at DESC, no DESC LIMIT $4`, from, at, no, pageSize)
		if err != nil {
			return err
		}
		for _, it := range page {
			if !f(it.StoredItem) {
				return nil
			}
			at, no = it.at, it.no
		}
		if len(page) < pageSize {
			return nil
		}
	}
}

// Find calls f with every item that may have what is needed, newest first, until
// f returns false: where the index leads there only with those that have it, else
// with all. Of a reading it tells as much as Scan does. It returns how many items
// there are, found or not: in all, or as new as the last one that f went on from, if
// it ended there.
func (s *Store) Find(ctx context.Context, need *news.Need, f func(news.StoredItem) bool) (passed int, err error) {
	near, _, err := s.searched(ctx, need, everSince)
	if err != nil {
		return 0, s.fault(err)
	}
	last := beyond() // that f went on from
	// The first page is soon there, and often enough.
	p := pages{store: s, from: everSince, near: near, last: beyond(), size: 20, same: 1, most: pageSize}
	for {
		page, ok, err := p.next(ctx)
		if err != nil {
			return 0, err
		}
		if !ok {
			break
		}
		found, err := s.lean(ctx, page, false)
		if err != nil {
			return 0, err
		}
		for _, it := range found {
			if !f(it.StoredItem) {
				return s.between(context.WithoutCancel(ctx), beyond(), last)
			}
			last = spot{at: it.at, no: it.no}
		}
	}
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM items`).Scan(&passed)
	return passed, s.fault(err)
}

// between counts the items older than one spot, down to another.
func (s *Store) between(ctx context.Context, newer, older spot) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM items WHERE (at, no) < ($1, $2) AND (at, no) >= ($3, $4)`,
		newer.at, newer.no, older.at, older.no).Scan(&n)
	return n, s.fault(err)
}

// ItemByID returns the item of that id, the latest if several feeds have one;
// false if there is none.
func (s *Store) ItemByID(ctx context.Context, id string) (news.StoredItem, bool, error) {
	return one(s.items(ctx, `WHERE id = $1 ORDER BY no DESC LIMIT 1`, id))
}

// ItemByLink returns the item of that link, the first if several feeds brought
// it; false if there is none.
func (s *Store) ItemByLink(ctx context.Context, link string) (news.StoredItem, bool, error) {
	if link == "" {
		return news.StoredItem{}, false, nil
	}
	return one(s.items(ctx, `WHERE link = $1 AND link <> '' ORDER BY no LIMIT 1`, link))
}

func one(found []itemRow, err error) (news.StoredItem, bool, error) {
	if err != nil || len(found) == 0 {
		return news.StoredItem{}, false, err
	}
	return found[0].StoredItem, true, nil
}

type itemRow struct {
	no, at int64
	news.StoredItem
}

func (s *Store) items(ctx context.Context, tail string, args ...any) ([]itemRow, error) {
	found, err := scanAll(ctx, s.reader, s.scanItem, `SELECT no, at, id, feed, tier, title, body, link, language, published, zone, offset_s, fetched, reading, why, article
		FROM items `+tail, args...)
	if err != nil {
		return nil, s.fault(err)
	}
	where := make(map[int64]int, len(found))
	for i, it := range found {
		where[it.no] = i
	}
	for part := range slices.Chunk(found, listLimit) {
		list, args := placeholders(part, func(it itemRow) any { return it.no })
		reports, err := scanAll(ctx, s.reader, scanReport, `SELECT r.item, r.reading, r.development, r.verdict, r.change, r.reason, r.body, d.updates
			FROM reports r LEFT JOIN developments d ON d.id = r.development
			WHERE r.item IN (`+list+`) ORDER BY r.item, r.place`, args...)
		if err != nil {
			return nil, s.fault(err)
		}
		for _, r := range reports {
			it := &found[where[r.item]]
			it.Judged = append(it.Judged, r.Judged)
			if r.reading >= 0 && r.reading < len(it.Developments) {
				it.Developments[r.reading] = r.ID
			}
		}
	}
	return found, nil
}

func (s *Store) scanItem(row scanner) (itemRow, error) {
	var it itemRow
	var m moment
	var fetched int64
	var body string
	err := row.Scan(&it.no, &it.at, &it.Item.ID, &it.Item.Feed, &it.Item.Tier, &it.Item.Title, &it.Item.Text, &it.Item.Link, &it.Item.Language,
		&m.Millis, &m.Zone, &m.Offset, &fetched, &body, &it.Why, &it.Item.Article)
	if err != nil {
		return it, err
	}
	it.Item.Published, it.Item.Fetched = m.time(s.zones), fromMillis(fetched)
	it.Reading, err = decodeReading(body)
	it.Developments = make([]news.DevelopmentID, len(it.Reading.Developments))
	return it, err
}

type report struct {
	item    int64
	reading int
	news.Judged
}

func scanReport(row scanner) (report, error) {
	var r report
	var id, updates sql.NullInt64
	var body string
	if err := row.Scan(&r.item, &r.reading, &id, &r.Is, &r.Change, &r.Reason, &body, &updates); err != nil {
		return r, err
	}
	r.ID = news.DevelopmentID(id.Int64)
	if r.Is == news.Update {
		r.Updates = news.DevelopmentID(updates.Int64)
	}
	var err error
	r.Development, err = decodeDevelopment(body)
	return r, err
}
