package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testScan(t *testing.T, s *store.Store) {
	const n = 1700 // more than three pages
	var items []news.CheckedItem
	for i := range n {
		it := item(fmt.Sprint(i), noon.Add(-time.Duration(i/3)*time.Minute)) // three share a minute
		var judged []news.Judged
		switch i % 10 {
		case 0:
			judged = []news.Judged{{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.New, ID: -news.DevelopmentID(i + 1), Reason: "new"}}
		case 1: // only speaks of one
			it.Title = `"developments":[{ in a title`
		}
		c := checked(it, judged...)
		if i%10 == 2 {
			c.Reading.Silence = ptr(`it says "developments":[{ only`)
		}
		c.Reading.Dates = []news.Mention{{Field: news.Text, Span: "Tuesday"}}
		items = append(items, c)
	}
	save(t, s, noon, items...)

	type result struct {
		seen      map[string]news.StoredItem
		total     int
		looked    int
		whole     bool
		oldest    time.Time
		done      []int
		perWorker [][]time.Time
	}
	scan := func(ctx context.Context, since time.Time, told bool, stop int) (r result, err error) {
		var mu sync.Mutex
		r.seen = map[string]news.StoredItem{}
		r.looked, r.whole, err = s.Scan(ctx, since, told, nil, func(oldest time.Time) func(news.StoredItem) bool {
			r.oldest = oldest
			mine := len(r.perWorker)
			r.perWorker = append(r.perWorker, nil)
			return func(it news.StoredItem) bool {
				mu.Lock()
				defer mu.Unlock()
				if _, twice := r.seen[it.Item.ID]; twice {
					t.Errorf("%s was handed out twice", it.Item.ID)
				}
				r.seen[it.Item.ID] = it
				r.perWorker[mine] = append(r.perWorker[mine], it.Item.Published)
				return stop == 0 || len(r.seen) < stop
			}
		}, func(done, total int) { r.done, r.total = append(r.done, done), total })
		return r, err
	}

	all, err := scan(t.Context(), time.Time{}, false, 0)
	if err != nil || len(all.seen) != n || all.total != n || all.looked != n || !all.whole || !all.oldest.Equal(noon.Add(-time.Duration((n-1)/3)*time.Minute)) {
		t.Fatalf("%d of %d seen, the oldest of %v, %v", len(all.seen), all.total, all.oldest, err)
	}
	if last := all.done[len(all.done)-1]; last != n || len(all.done) != 8+2+4+1 {
		t.Errorf("progress %v, want eight small pages, growing ones and an empty one up to %d", all.done, n)
	}
	for _, times := range all.perWorker {
		for i := 1; i < len(times); i++ {
			if times[i].After(times[i-1]) {
				t.Fatal("a worker was handed an item after an older one")
			}
		}
	}
	// What is told is what ItemByID tells, but for what is left out.
	for _, id := range []string{"0", "1", "2", "1690"} {
		want, _, err := s.ItemByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		want.Why, want.Reading.Silence, want.Reading.Dates = "", nil, []news.Mention{}
		for i := range want.Judged {
			want.Judged[i].Reason = ""
		}
		if diff := cmp.Diff(want, all.seen[id]); diff != "" {
			t.Errorf("item %s: %s", id, diff)
		}
	}
	if told, err := scan(t.Context(), time.Time{}, true, 0); err != nil || len(told.seen) != n/10 || told.total != n || told.done[len(told.done)-1] != n {
		t.Errorf("%d items with developments, %v, progress %v, want %d", len(told.seen), err, told.done, n/10)
	}
	if part, err := scan(t.Context(), noon.Add(-time.Minute), false, 0); err != nil || len(part.seen) != 6 || part.total != 6 {
		t.Errorf("%d items since a minute ago, %v, want 6", len(part.seen), err)
	}
	if none, err := scan(t.Context(), noon.Add(time.Hour), false, 0); err != nil || len(none.seen) != 0 || none.total != 0 || !none.oldest.IsZero() {
		t.Errorf("%d items of the future, %v", len(none.seen), err)
	}
	if few, err := scan(t.Context(), time.Time{}, false, 5); err != nil || len(few.seen) > 200 || few.looked != len(few.seen) || few.whole {
		t.Errorf("%d items handed out, want to stop soon after 5: %v", len(few.seen), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := scan(ended, time.Time{}, false, 0); !errors.Is(err, context.Canceled) && (err == nil || !strings.Contains(err.Error(), "canceled")) {
		t.Errorf("a context that has ended: %v", err)
	}
}
