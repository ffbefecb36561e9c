package watch_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
	"parley/internal/watch"
)

// A press answers for the pages of articles, by the id of the item.
type press struct {
	page func(ctx context.Context, it news.Item) (string, error)

	mu    sync.Mutex
	asked []string
}

func (p *press) Article(ctx context.Context, _ news.Feed, it news.Item) (string, error) {
	p.mu.Lock()
	p.asked = append(p.asked, it.ID)
	p.mu.Unlock()
	return p.page(ctx, it)
}

func (p *press) times(id string) int {
	n := 0
	for _, a := range p.asked {
		if a == id {
			n++
		}
	}
	return n
}

// inFull is a setup of one feed whose articles are fetched.
func inFull(t *testing.T, p *press) *watch.Setup {
	s := setup(t, know(t, ""), map[string]string{"observer": "10m"})
	f := s.Feeds["observer"]
	f.FullText = true
	s.Feeds["observer"], s.Articles = f, p
	return s
}

const brief = "Foreign ministry briefs the press in Muscat"

// told is the text of its page.
var told = "<p>The ministry spoke of fishing rights.</p><p>" + named + ", the foreign minister said.</p>"

func items(list ...news.Item) func(context.Context, string, int) (watch.Fetched, error) {
	return func(context.Context, string, int) (watch.Fetched, error) { return watch.Fetched{Items: list}, nil }
}

// seasoned is a memory whose feed has had its baseline.
func seasoned() *memory {
	m := newMemory(start, "observer")
	m.feeds["observer"].Baseline = false
	return m
}

func TestArticlesAreReadInFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &press{page: func(_ context.Context, it news.Item) (string, error) {
			if it.ID == "b" {
				return "", errors.New("observer.example answers 403 Forbidden")
			}
			return told, nil
		}}
		whole := item("whole", brief, start)
		whole.Text = "<p>" + strings.Repeat("The ministry spoke of fishing rights. ", 40) + "</p>"
		o := newOutlets(ticking(), items(item("a", brief, start), item("b", named, start), whole, item("old", brief, start.Add(-72*time.Hour))))
		m := seasoned()
		run(t, newWatch(m, o, inFull(t, p)), time.Hour)
		c := m.saved("observer")[0]
		got := map[string]news.CheckedItem{}
		for _, it := range c.Items {
			got[it.Item.ID] = it
		}
		if it := got["a"].Item; it.Text != told || it.Article != news.FromPage || it.Carried != "" {
			t.Errorf("%+v", it)
		}
		if ds := got["a"].Reading.Developments; len(ds) != 1 || ds[0].Kind != news.TalksScheduled || told[ds[0].Evidence.Start:ds[0].Evidence.End] != ds[0].Evidence.Quote {
			t.Errorf("read as %+v", ds)
		}
		if it := got["b"]; it.Item.Text != "" || it.Item.Article != "observer.example answers 403 Forbidden" || len(it.Reading.Developments) != 1 {
			t.Errorf("%+v", it)
		}
		if h := c.Habits; h.Pages != 2 || h.PagesRead != 1 || h.PageTrouble != "observer.example answers 403 Forbidden" {
			t.Errorf("%+v", h)
		}
		slices.Sort(p.asked)
		if !slices.Equal(p.asked, []string{"a", "b"}) {
			t.Errorf("asked for %q: those that say enough, or may raise nothing, need no page", p.asked)
		}
	})
}

func TestArticlesOfABaselineAreLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &press{page: func(context.Context, news.Item) (string, error) { return told, nil }}
		m := newMemory(start, "observer")
		run(t, newWatch(m, newOutlets(ticking(), items(item("a", brief, start))), inFull(t, p)), time.Minute)
		if len(m.saved("observer")) != 1 || len(p.asked) != 0 {
			t.Errorf("asked for %q", p.asked)
		}
	})
}

// A host that hangs delays an alert by some seconds, however many articles are
// wanted, and is not asked for all of many.
func TestArticlesDelayNoAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &press{page: func(ctx context.Context, _ news.Item) (string, error) {
			<-ctx.Done()
			return "", errors.New("observer.example gave no answer in time")
		}}
		var many []news.Item
		for i := range 50 {
			many = append(many, item(fmt.Sprint(i), fmt.Sprintf("%s on day %d", brief, i), start.Add(-time.Duration(i)*time.Minute)))
		}
		o := newOutlets(ticking(), items(many...))
		m := seasoned()
		run(t, newWatch(m, o, inFull(t, p)), 7*time.Second)
		checks := m.saved("observer")
		if len(checks) != 1 || len(checks[0].Items) != 50 {
			t.Fatalf("%d checks were stored after 7 s", len(checks))
		}
		if n := len(p.asked); n != 20 || p.times("0") != 1 || p.times("49") != 0 {
			t.Errorf("%d articles were asked for, the latest %d times", n, p.times("0"))
		}
		for _, it := range checks[0].Items {
			if it.Item.Article == "" {
				t.Errorf("%s does not say why it was read by its headline", it.Item.ID)
			}
		}
	})
}

// A check that could not be stored is made again, and asks for no page a second
// time; nor does one that was stopped.
func TestArticlesAreAskedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &press{page: func(_ context.Context, it news.Item) (string, error) {
			if it.ID == "b" {
				return "", errors.New("observer.example answers 403 Forbidden")
			}
			return told, nil
		}}
		m := seasoned()
		m.fail = errors.New("database: the disk is full")
		w := newWatch(m, newOutlets(ticking(), items(item("a", brief, start), item("b", cricket, start))), inFull(t, p))
		run(t, w, 12*time.Minute)
		m.fail = nil
		run(t, w, time.Hour)
		if p.times("a") != 1 || p.times("b") != 1 {
			t.Errorf("asked for %q", p.asked)
		}
		if c := m.saved("observer"); len(c) == 0 || c[0].Items[0].Item.Text != told && c[0].Items[1].Item.Text != told {
			t.Errorf("%+v", c)
		}
	})
}
