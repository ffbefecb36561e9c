package watch

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"parley/internal/news"
	"parley/internal/read"
	"parley/rules"
)

// A Rulebook is all rules and subscriptions of all subscribers, compiled into
// one matcher, with what it takes to route their alerts. Both may be changed
// while items are matched: see Update.
type Rulebook struct {
	entries  atomic.Pointer[entries]
	set      *rules.Set
	matchers sync.Pool
	channel  string // where alerts go that no subscription claims
	zone     *time.Location
	updating sync.Mutex
	mutes    atomic.Pointer[[]news.Mute]
}

// entries are what stands behind the matcher's rules, by their indexes there. A
// rule that was added a moment ago may have none yet, and one that was removed
// none any more: then it is not in force.
type entries map[int]entry

// An entry is a rule or, where that is nil, a subscription.
type entry struct {
	source rules.Source
	team   string // of the workspace that it belongs to; empty: of the home workspace
	rule   *news.Rule
	route  *route
	counts bool // it asks how many outlets have reported
}

// concerns says whether an entry has to do with what is told in a workspace: its
// own have, and the rules of the configuration, which are everybody's.
func (e entry) concerns(team string) bool {
	return e.team == team || e.team == "" && e.rule != nil && e.rule.Owner == ""
}

// A Workspace is what the people of one have made: their own rules and
// subscriptions, whose channels are addresses of the team.
type Workspace struct {
	Team          string
	Rules         []news.Rule
	Subscriptions []news.Subscription
	// Vocabulary says what rule:NAME stands for there. It comes of the With of the
	// vocabulary that the rulebook was made with.
	Vocabulary *rules.Vocabulary
}

// A route is a subscription with its times understood.
type route struct {
	news.Subscription
	digest cron.Schedule // nil: at once
	quiet  func(time.Time) (until time.Time, quiet bool)
}

// NewRulebook compiles rules and subscriptions. The rules come first in the
// matcher, in their order, then the subscriptions.
func NewRulebook(list []news.Rule, subs []news.Subscription, v *rules.Vocabulary, channel string, zone *time.Location) (*Rulebook, error) {
	b := &Rulebook{channel: channel, zone: zone}
	all, err := b.wanted("", list, subs)
	if err != nil {
		return nil, err
	}
	sources, of := make([]rules.Source, len(all)), make(entries, len(all))
	for i, e := range all {
		sources[i], of[i] = e.source, e
	}
	set, err := rules.Compile(sources, v)
	if err != nil {
		return nil, err
	}
	b.entries.Store(&of)
	b.set = set
	b.matchers.New = func() any { return set.Matcher() }
	return b, nil
}

// wanted makes the entries of rules and subscriptions, in their order.
func (b *Rulebook) wanted(team string, list []news.Rule, subs []news.Subscription) ([]entry, error) {
	out := make([]entry, 0, len(list)+len(subs))
	for _, r := range list {
		out = append(out, entry{source: rules.Source{Name: r.Name, When: r.When}, team: team, rule: &r, counts: counts(r.When)})
	}
	for i, s := range subs {
		if s.Status == news.StatusOnly { // it wants no alerts
			continue
		}
		r := &route{Subscription: s}
		if r.Zone == nil {
			r.Zone = b.zone
		}
		if s.Digest != "" {
			sch, err := cron.ParseStandard(fmt.Sprintf("CRON_TZ=%s %s", r.Zone, s.Digest))
			if err != nil {
				return nil, fmt.Errorf("the digest of the subscription of %s to %s: %w", s.Channel, s.To, err)
			}
			r.digest = sch
		}
		q, err := quietHours(s.Quiet, r.Zone)
		if err != nil {
			return nil, fmt.Errorf("the quiet hours of %s: %w", s.Channel, err)
		}
		r.quiet = q
		out = append(out, entry{source: rules.Source{Name: fmt.Sprintf("subscription %d of %s", i+1, s.Channel), When: s.To}, team: team, route: r, counts: counts(s.To)})
	}
	return out, nil
}

// quietHours returns a function that tells whether an instant is quiet, and
// until when.
func quietHours(s string, zone *time.Location) (func(time.Time) (time.Time, bool), error) {
	if s == "" {
		return func(time.Time) (time.Time, bool) { return time.Time{}, false }, nil
	}
	a, b, _ := strings.Cut(s, "-")
	begin, err1 := time.Parse("15:04", strings.TrimSpace(a))
	end, err2 := time.Parse("15:04", strings.TrimSpace(b))
	if err1 != nil || err2 != nil {
		return nil, fmt.Errorf("%q is not like 22:00-07:00", s)
	}
	th, tm := end.Hour(), end.Minute()
	from, to := begin.Hour()*60+begin.Minute(), th*60+tm
	return func(at time.Time) (time.Time, bool) {
		l := at.In(zone)
		m := l.Hour()*60 + l.Minute()
		quiet := from <= m && m < to
		if from > to {
			quiet = m >= from || m < to
		}
		if !quiet {
			return time.Time{}, false
		}
		day := l
		if m >= to {
			day = l.AddDate(0, 0, 1)
		}
		return time.Date(day.Year(), day.Month(), day.Day(), th, tm, 0, 0, zone), true
	}, nil
}

// Rules returns the names of the rules that an item raises, in their order.
func (b *Rulebook) Rules(page *read.Page, now time.Time) []string {
	names, of := []string{}, *b.entries.Load()
	b.each(page, now, nil, func(_ int, hits []rules.Match) {
		for _, m := range hits {
			if e := of[m.Index]; e.rule != nil && e.concerns("") && !slices.Contains(names, m.Rule) {
				names = append(names, m.Rule)
			}
		}
	})
	return names
}

// each asks the matcher about every development of a page that only selects,
// or about the item itself when it has none.
func (b *Rulebook) each(page *read.Page, now time.Time, only func(i int) bool, f func(i int, hits []rules.Match)) {
	m := b.matchers.Get().(*rules.Matcher)
	defer b.matchers.Put(m)
	m.Item(page.Doc(now))
	if len(page.Reading.Developments) == 0 {
		f(-1, m.Match(nil, nil))
		return
	}
	for i := range page.Reading.Developments {
		if only != nil && !only(i) {
			continue
		}
		f(i, m.Match(read.Facts(&page.Reading.Developments[i], 1), nil))
	}
}

// Alerts routes what a page raises: one notification a channel for each item,
// about its first development that is news there; what else the item reports
// is told on the same card. of holds the index of each one's development.
func (b *Rulebook) Alerts(page *read.Page, judged []news.Judged, now time.Time) (out []news.Notification, of []int) {
	// A channel that was told of a development is not told again: the outbox holds
	// each once. So only those hear of a repeat whose rules match from now on.
	fresh := func(i int) bool { return judged[i].Is != news.Repeat || judged[i].More }
	byChannel := map[string]int{}
	b.each(page, now, fresh, func(i int, hits []rules.Match) {
		for _, n := range b.route(page, hits, now) {
			if k, ok := byChannel[n.Channel]; ok {
				join(&out[k], n, judged[i].Headline)
				continue
			}
			byChannel[n.Channel] = len(out)
			out, of = append(out, n), append(of, i)
		}
	})
	return out, of
}

// join tells on a card what else its item reports: the rules of both, and the
// sooner of the two times.
func join(card *news.Notification, n news.Notification, headline string) {
	card.Alert.Also = append(card.Alert.Also, headline)
	for _, r := range n.Alert.Rules {
		if !slices.ContainsFunc(card.Alert.Rules, func(o news.Rule) bool { return o.Name == r.Name }) {
			card.Alert.Rules = append(card.Alert.Rules, r)
		}
	}
	for _, c := range n.Alert.Because {
		if !slices.Contains(card.Alert.Because, c) {
			card.Alert.Because = append(card.Alert.Because, c)
		}
	}
	if n.NotBefore.Before(card.NotBefore) {
		card.NotBefore, card.Digest = n.NotBefore, n.Digest
	}
}

// teams lists the workspaces that matches concern, the home workspace first, each
// with what concerns it.
func (b *Rulebook) teams(hits []rules.Match) (out [][]rules.Match, names []string) {
	of := *b.entries.Load()
	names = []string{""}
	for _, h := range hits {
		if t := of[h.Index].team; !slices.Contains(names, t) {
			names = append(names, t)
		}
	}
	if len(names) == 1 {
		return [][]rules.Match{hits}, names
	}
	slices.Sort(names)
	for _, t := range names {
		var own []rules.Match
		for _, h := range hits {
			if of[h.Index].concerns(t) {
				own = append(own, h)
			}
		}
		out = append(out, own)
	}
	return out, names
}

// route turns the matches of one development into notifications: one a channel. No
// workspace hears of what the people of another have made.
func (b *Rulebook) route(page *read.Page, hits []rules.Match, now time.Time) (out []news.Notification) {
	matches, names := b.teams(hits)
	for i, own := range matches {
		out = append(out, b.routeIn(names[i], page, own, now)...)
	}
	return out
}

// routeIn is route for one workspace.
func (b *Rulebook) routeIn(team string, page *read.Page, hits []rules.Match, now time.Time) []news.Notification {
	var alert news.Alert
	var claims []*route
	seen, of := map[string]bool{}, *b.entries.Load()
	for _, h := range hits {
		switch e := of[h.Index]; {
		case e.rule != nil:
			alert.Rules = append(alert.Rules, *e.rule)
		case e.route != nil:
			claims = append(claims, e.route)
		default:
			continue
		}
		for _, c := range h.Because {
			if !seen[c.Condition] {
				seen[c.Condition] = true
				alert.Because = append(alert.Because, c.Condition)
			}
		}
	}
	if len(alert.Rules)+len(claims) == 0 {
		return nil
	}
	alert.Item = excerpt(page.Item)
	alert.Zone = b.zone.String()
	level := alert.Level()
	if len(claims) == 0 {
		if level == news.Low || b.channel == "" || team != "" {
			return nil
		}
		return []news.Notification{{Channel: b.channel, Alert: alert, NotBefore: now, Created: now}}
	}
	byChannel := map[string]int{}
	var out []news.Notification
	for _, c := range claims {
		n := news.Notification{Channel: c.Channel, Alert: alert, NotBefore: now, Created: now}
		n.Alert.To, n.Alert.Threaded = c.To, c.Threaded
		atOnce := c.digest == nil
		switch {
		case c.Level != "":
			atOnce = rank(level) >= rank(c.Level)
		case level == news.Low && c.Author == "" && onlyRules(c.To):
			atOnce = false
		}
		if !atOnce {
			if c.digest == nil {
				continue // what is not for at once goes to digests only
			}
			n.Digest, n.NotBefore = true, c.digest.Next(now)
		}
		if until, quiet := c.quiet(n.NotBefore); quiet && level != news.Urgent {
			n.Digest, n.NotBefore = true, until
		}
		if k, dup := byChannel[c.Channel]; dup {
			if n.NotBefore.Before(out[k].NotBefore) { // at once beats later
				out[k] = n
			}
			continue
		}
		byChannel[c.Channel] = len(out)
		out = append(out, n)
	}
	return out
}

// rank orders levels, the most urgent last.
func rank(l news.Level) int {
	return slices.Index([]news.Level{news.Low, news.Normal, news.Urgent}, l)
}

// onlyRules reports that a subscription follows rules rather than a query of
// its own.
func onlyRules(to string) bool {
	return len(to) > 5 && to[:5] == "rule:"
}

// excerptLimit is how much of an item's text an alert carries.
const excerptLimit = 600

func excerpt(it news.Item) news.Item {
	if len(it.Text) > excerptLimit {
		cut := excerptLimit
		for cut > 0 && it.Text[cut]&0xC0 == 0x80 { // not inside a letter
			cut--
		}
		it.Text = it.Text[:cut]
	}
	return it
}
