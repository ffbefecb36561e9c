package watch

import (
	"context"
	"sync"
	"time"
	"unicode/utf8"

	"parley/internal/news"
	"parley/internal/read"
)

// Articles brings articles home, for feeds that carry little more than headlines.
type Articles interface {
	// Article returns the text of the article that an item of a feed links to. An error
	// says in a clause why there is none: "dawn.com answers 403 Forbidden". It returns
	// soon after ctx ends.
	Article(ctx context.Context, f news.Feed, it news.Item) (text string, err error)
}

const (
	// enoughText is the length in characters from which a feed's own text will do.
	enoughText = 600
	// articlesTime is how long all articles of a check may take together. What has not
	// come by then is read by its headline: an alert is worth more now than whole.
	articlesTime = 6 * time.Second
	// articlesAtOnce bounds how many articles of one check are asked for. A feed that
	// brings more at once has been silent for long, or has changed its ids.
	articlesAtOnce = 20
)

// fill fetches the articles of those items that may raise alerts and that say
// little, the latest first, and reads them anew. Each item's article is asked for
// once, whether it comes or not.
func (w *Watch) fill(ctx context.Context, s *Setup, f news.Feed, state news.FeedState, pages []*read.Page, c *news.Check) {
	ctx, cancel := context.WithTimeout(ctx, articlesTime)
	defer cancel()
	var asking sync.WaitGroup
	var lacking []*read.Page
	for i := len(pages) - 1; i >= 0; i-- { // they are in the order of publication
		p := pages[i]
		if withheld(s, state, p.Item, c.At) != "" || utf8.RuneCountInString(p.Text.Plain) >= enoughText {
			continue
		}
		lacking = append(lacking, p)
		if len(lacking) > articlesAtOnce {
			p.Item.Article = "too many new items came at once"
			continue
		}
		asking.Go(func() { w.shelf.take(ctx, s.Articles, f, &p.Item) })
	}
	asking.Wait()
	for _, p := range lacking {
		c.Habits.Pages++
		if p.Item.Article == news.FromPage {
			c.Habits.PagesRead++
			*p = *s.Engine.Read(p.Item)
		} else {
			c.Habits.PageTrouble = p.Item.Article
		}
	}
}

// A shelf keeps articles until their items are stored, so that none is asked for
// again when a check has to be made again.
type shelf struct {
	mu   sync.Mutex
	kept map[shelfMark]news.Item
}

type shelfMark struct{ feed, item string }

// shelfLength bounds the articles of checks that are never stored.
const shelfLength = 512

// take gives an item the text of its article, or the reason why there is none.
func (s *shelf) take(ctx context.Context, from Articles, f news.Feed, it *news.Item) {
	mark := shelfMark{f.Name, it.ID}
	s.mu.Lock()
	kept, ok := s.kept[mark]
	s.mu.Unlock()
	if ok && kept.Carried == it.Text {
		it.Text, it.Carried, it.Article = kept.Text, kept.Carried, kept.Article
		return
	}
	it.Carried = it.Text
	text, err := from.Article(ctx, f, *it)
	if err != nil {
		it.Article = err.Error()
	} else {
		it.Text, it.Article = text, news.FromPage
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= shelfLength {
		s.kept = map[shelfMark]news.Item{}
	}
	s.kept[mark] = *it
}

// clear forgets the articles of items that are stored.
func (s *shelf) clear(feed string, items []news.Item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, it := range items {
		delete(s.kept, shelfMark{feed, it.ID})
	}
}
