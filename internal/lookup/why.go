package lookup

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/news"
	"parley/rules"
)

// A Road is what became of one stored item, and what every rule has to say of it.
type Road struct {
	news.StoredItem
	Deliveries []news.Delivery // what came of it, and how far that is
	// Rules are the rules as they stand now: those that match in their order,
	// then the others, the nearest first.
	Rules []Asked
	// Subscriptions are those with a query of their own, in the same order.
	Subscriptions []Asked
}

// Asked is a rule or subscription with its answer about one item. Days are
// counted from the item's publication.
type Asked struct {
	Rule    news.Rule // of a subscription only When is set
	Channel string    // of a subscription
	Doubt   string    // why it cannot be asked; empty, it can
	rules.Reason
}

// Why finds an item by its link, its id or the number of a development that it
// reported ("D-12"), and tells its road; false if none is stored.
func (a *Answers) Why(ctx context.Context, key string) (Road, bool, error) {
	it, ok, err := a.item(ctx, strings.TrimSpace(key))
	if err != nil || !ok {
		return Road{}, false, err
	}
	road := Road{StoredItem: it}
	if road.Deliveries, err = a.store.Deliveries(ctx, it.Item.ID); err != nil {
		return Road{}, false, err
	}
	subs, err := a.Subscriptions(ctx)
	if err != nil {
		return Road{}, false, err
	}
	c := a.catalogue.Load()
	asking := newAsking(c.Vocabulary, a.translate, it)
	for _, r := range c.Rules {
		if err := ctx.Err(); err != nil { // of very many rules each is read plainly
			return Road{}, false, err
		}
		road.Rules = append(road.Rules, asking.ask(r))
	}
	for _, s := range subs {
		if refersToRule(s.To) || s.Status == news.StatusOnly {
			continue
		}
		asked := asking.ask(news.Rule{When: s.To})
		asked.Channel = s.Channel
		road.Subscriptions = append(road.Subscriptions, asked)
	}
	slices.SortStableFunc(road.Rules, nearestFirst)
	slices.SortStableFunc(road.Subscriptions, nearestFirst)
	return road, true, nil
}

// item finds a stored item by whatever people know of it.
func (a *Answers) item(ctx context.Context, key string) (news.StoredItem, bool, error) {
	for _, link := range spellings(key) {
		if it, ok, err := a.store.ItemByLink(ctx, link); ok || err != nil {
			return it, ok, err
		}
	}
	if it, ok, err := a.store.ItemByID(ctx, key); ok || err != nil {
		return it, ok, err
	}
	digits, ok := strings.CutPrefix(strings.ToUpper(key), "D-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return news.StoredItem{}, false, nil
	}
	d, ok, err := a.store.Development(ctx, news.DevelopmentID(n))
	if err != nil || !ok || len(d.Sources) == 0 {
		return news.StoredItem{}, false, err
	}
	return a.store.ItemByID(ctx, d.Sources[0].Item)
}

// spellings are the forms in which a link may have been stored that somebody
// typed, or that a program made of what was typed.
func spellings(link string) []string {
	if !strings.Contains(link, ".") || strings.ContainsAny(link, " \t\n") {
		return nil
	}
	link, _, _ = strings.Cut(link, "#")
	bare := link
	for _, scheme := range []string{"https://", "http://"} {
		bare = strings.TrimPrefix(bare, scheme)
	}
	other := bare + "/"
	if s, ok := strings.CutSuffix(bare, "/"); ok {
		other = s
	}
	out := []string{link}
	for _, s := range []string{"https://" + bare, "http://" + bare, "https://" + other, "http://" + other} {
		if s != link {
			out = append(out, s)
		}
	}
	return out
}

func refersToRule(to string) bool {
	name, ok := strings.CutPrefix(to, "rule:")
	return ok && !strings.ContainsAny(name, " ()")
}

func nearestFirst(a, b Asked) int {
	if a.Doubt != "" || b.Doubt != "" {
		return strings.Compare(a.Doubt, b.Doubt)
	}
	return a.Compare(b.Reason)
}

// asking asks rules about one item.
type asking struct {
	vocabulary *rules.Vocabulary
	doc        *rules.Doc
	facts      []*rules.Facts
}

func newAsking(v *rules.Vocabulary, translate Translator, it news.StoredItem) *asking {
	a := &asking{vocabulary: v, doc: translate.Doc(it, appeared(it.Item))}
	for i := range it.Reading.Developments {
		a.facts = append(a.facts, translate.Facts(&it.Reading.Developments[i], 1))
	}
	return a
}

func (a *asking) ask(rule news.Rule) Asked {
	out := Asked{Rule: rule}
	q, err := rules.Parse(rule.When)
	if err == nil {
		out.Reason, err = rules.Why(q, a.vocabulary, a.doc, a.facts)
	}
	if err != nil {
		out.Doubt = err.Error()
		if p, ok := errors.AsType[*rules.Problem](err); ok {
			out.Doubt = p.Error()
		}
	}
	return out
}

// appeared is when an item was published; when it was seen, where that is
// unknown.
func appeared(it news.Item) time.Time {
	if it.Published.IsZero() {
		return it.Fetched
	}
	return it.Published
}
