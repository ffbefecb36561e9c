package lookup

import (
	"context"
	"errors"
	"strings"
	"time"

	"parley/internal/news"
	"parley/rules"
)

// Findings are what a search found.
type Findings struct {
	Hits    []Finding
	Looked  int  // stored items that were looked at, or that the index let pass
	Stopped bool // there may be more: the limit or the time ended the search
}

// A Finding is an item that a query found.
type Finding struct {
	Item         news.Item
	Developments []news.Tracked // of the item that satisfied the query; empty when words alone did
	Because      []string       // conditions that held, as in the query
	Excerpt      string         // the sentence of the first word that matched, else the proof of a development
}

// patience is how long a search looks, so that there is time left to answer.
const patience = 1500 * time.Millisecond

// Search returns the items that satisfy a query, newest first, at most limit. An
// error of the query is a *rules.Problem. When the time runs out it returns what
// it found so far, which are the newest.
func (a *Answers) Search(ctx context.Context, query string, limit int) (Findings, error) {
	v := a.catalogue.Load().Vocabulary
	q, err := rules.Parse(query)
	if err != nil {
		return Findings{}, err
	}
	if problems := rules.Check(q, v); len(problems) > 0 {
		return Findings{}, &problems[0]
	}
	set, err := rules.Compile([]rules.Source{{Name: "search", When: query}}, v)
	if err != nil {
		if p, ok := errors.AsType[*rules.Problem](err); ok {
			return Findings{}, p
		}
		return Findings{}, err
	}
	now := a.now()
	s := searching{
		answers: a, matcher: set.Matcher(), now: now, until: now.Add(patience), limit: limit,
		counts: strings.Contains(q.String(), "sources:"),
	}
	passed, err := a.store.Find(ctx, need(q, v), func(it news.StoredItem) bool { return s.item(ctx, it) })
	if err == nil {
		err = s.err
	}
	s.found.Looked = passed
	if errors.Is(err, context.DeadlineExceeded) {
		s.found.Stopped, err = true, nil
	}
	return s.found, err
}

// searching is one search.
type searching struct {
	answers *Answers
	matcher *rules.Matcher
	now     time.Time
	until   time.Time
	limit   int
	visited int
	counts  bool // the query asks how many sources there are
	found   Findings
	err     error
}

// item looks at one item, and says whether to go on.
func (s *searching) item(ctx context.Context, it news.StoredItem) bool {
	s.visited++
	if s.visited%64 == 0 && s.answers.now().After(s.until) || ctx.Err() != nil {
		s.found.Stopped = true
		return false
	}
	if s.limit > 0 && len(s.found.Hits) == s.limit {
		s.found.Stopped = true
		return false
	}
	doc := s.answers.translate.Doc(it, s.now)
	s.matcher.Item(doc)
	hit := Finding{Item: it.Item}
	take := func(matches []rules.Match) bool {
		if len(matches) == 0 {
			return false
		}
		for _, b := range matches[0].Because {
			hit.Because = appendNew(hit.Because, b.Condition)
			if hit.Excerpt == "" {
				hit.Excerpt = sentence(doc, b)
			}
		}
		return true
	}
	if len(it.Reading.Developments) == 0 {
		if take(s.matcher.Match(nil, nil)) {
			s.found.Hits = append(s.found.Hits, hit)
		}
		return true
	}
	matched := false
	for i := range it.Reading.Developments {
		d := &it.Reading.Developments[i]
		tracked, sources := news.Tracked{Development: *d}, 1
		if s.counts {
			if tracked, s.err = s.tracked(ctx, it, i); s.err != nil {
				return false
			}
			sources = independent(tracked.Sources)
		}
		if !take(s.matcher.Match(s.answers.translate.Facts(d, sources), nil)) {
			continue
		}
		matched = true
		if !s.counts {
			if tracked, s.err = s.tracked(ctx, it, i); s.err != nil {
				return false
			}
		}
		hit.Developments = append(hit.Developments, tracked)
		if hit.Excerpt == "" {
			hit.Excerpt = d.Evidence.Quote
		}
	}
	if matched {
		s.found.Hits = append(s.found.Hits, hit)
	}
	return true
}

// tracked returns the development that the i-th of an item's reading belongs to,
// with all its sources; as the item alone tells it when none is kept.
func (s *searching) tracked(ctx context.Context, it news.StoredItem, i int) (news.Tracked, error) {
	told := alone(it, i)
	if told.ID == 0 {
		return told, nil
	}
	d, ok, err := s.answers.store.Development(ctx, told.ID)
	if err != nil || !ok {
		told.ID = 0
		return told, err
	}
	return d, nil
}

// alone is the i-th development of an item's reading as this item tells it.
func alone(it news.StoredItem, i int) news.Tracked {
	out := news.Tracked{
		Development: it.Reading.Developments[i], First: it.Item.Published, Last: it.Item.Published,
		Sources: []news.Source{{
			Item: it.Item.ID, Feed: it.Item.Feed, Tier: it.Item.Tier, Title: it.Item.Title, Link: it.Item.Link, Published: it.Item.Published,
		}},
	}
	if i < len(it.Developments) {
		out.ID = it.Developments[i]
	}
	return out
}

// sentence is the sentence of the text in which a condition's words stand, empty
// when it was satisfied by the title or by a fact.
func sentence(doc *rules.Doc, b rules.Because) string {
	doc.Text.Complete()
	if b.Field != "text" || b.To <= b.From || doc.Text == nil || b.From >= len(doc.Text.Tokens) {
		return ""
	}
	at := int(doc.Text.Tokens[b.From].Sentence)
	if at >= len(doc.Text.Sentences) {
		return ""
	}
	return doc.Text.Quote(doc.Text.Sentences[at].From, doc.Text.Sentences[at].To)
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
