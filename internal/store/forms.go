package store

import (
	"database/sql"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"parley/internal/news"
)

// This file holds the forms in which values are kept. JSON names here are the
// file format: a field may be added, none may be renamed.

// toMillis returns t in UTC milliseconds, 0 for the zero time.
func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// nullable returns t in UTC milliseconds, NULL for the zero time.
func nullable(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

func fromNullable(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return fromMillis(ms.Int64)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// zones remembers the zones of outlets, which are few and slow to load.
type zones struct {
	log    *slog.Logger
	loaded sync.Map // name → *time.Location, nil where there is none
}

func newZones(log *slog.Logger) *zones { return &zones{log: log} }

// named returns the zone of an IANA name, nil if this machine does not know it.
func (z *zones) named(name string) *time.Location {
	if loc, ok := z.loaded.Load(name); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		loc = nil
		z.log.Warn("time zone unknown on this machine", "zone", name)
	}
	z.loaded.Store(name, loc)
	return loc
}

// A moment is an instant with the zone in which it was written.
type moment struct {
	Millis *int64 `json:"ms"` // nil: unknown
	Zone   string `json:"zone,omitempty"`
	Offset int    `json:"offset,omitempty"` // seconds east of UTC
}

func momentOf(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	ms := t.UnixMilli()
	_, offset := t.Zone()
	name := t.Location().String()
	if name == "Local" { // another machine's Local is another zone
		name = ""
	}
	return moment{&ms, name, offset}
}

// time returns m in its zone. The zone's name counts only where it agrees with
// the offset written down beside it: "MST" may be a name or an abbreviation.
func (m moment) time(z *zones) time.Time {
	if m.Millis == nil {
		return time.Time{}
	}
	t := fromMillis(*m.Millis)
	switch {
	case m.Zone == "UTC" && m.Offset == 0:
		return t
	case m.Zone != "":
		if loc := z.named(m.Zone); loc != nil {
			if _, offset := t.In(loc).Zone(); offset == m.Offset {
				return t.In(loc)
			}
		}
	}
	return t.In(time.FixedZone(m.Zone, m.Offset))
}

// A development is kept as the contract of `parley read --json` has it, and
// with what that leaves out.
type development struct {
	news.Development
	Level    string         `json:"level,omitempty"`
	Joint    []news.Speaker `json:"joint,omitempty"`
	Agent    string         `json:"agent,omitempty"`
	InForce  bool           `json:"in_force,omitempty"`
	Separate bool           `json:"separate,omitempty"`
}

func kept(d news.Development) development {
	return development{d, d.Level, d.Joint, d.Agent, d.InForce, d.Separate}
}

func (d development) plain() news.Development {
	d.Development.Level, d.Development.Joint, d.Development.Agent = d.Level, d.Joint, d.Agent
	d.Development.InForce, d.Development.Separate = d.InForce, d.Separate
	return d.Development
}

func encodeDevelopment(d news.Development) (string, error) {
	return encode(kept(d))
}

func decodeDevelopment(body string) (news.Development, error) {
	var d development
	err := json.Unmarshal([]byte(body), &d)
	return d.plain(), err
}

type reading struct {
	Language     string         `json:"language"`
	Developments []development  `json:"developments"`
	Dates        []news.Mention `json:"dates"`
	Silence      *string        `json:"silence"`
}

func encodeReading(r news.Reading) (string, error) {
	row := reading{Language: r.Language, Dates: r.Dates, Silence: r.Silence}
	for _, d := range r.Developments {
		row.Developments = append(row.Developments, kept(d))
	}
	return encode(row)
}

func decodeReading(body string) (news.Reading, error) {
	var row reading
	err := json.Unmarshal([]byte(body), &row)
	r := news.Reading{Language: row.Language, Developments: []news.Development{}, Dates: row.Dates, Silence: row.Silence}
	for _, d := range row.Developments {
		r.Developments = append(r.Developments, d.plain())
	}
	if r.Dates == nil {
		r.Dates = []news.Mention{} // both lists are never nil, by contract
	}
	return r, err
}

type rule struct {
	Name  string     `json:"name"`
	Title string     `json:"title"`
	When  string     `json:"when"`
	Level news.Level `json:"level"`
	Owner string     `json:"owner,omitempty"`
}

type item struct {
	ID        string    `json:"id"`
	Feed      string    `json:"feed"`
	Tier      news.Tier `json:"tier"`
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	Link      string    `json:"link"`
	Published moment    `json:"published"`
	Fetched   moment    `json:"fetched"`
	Language  string    `json:"language,omitempty"`
}

// An alert is kept without its development, which is looked up when the alert
// is handed out: a digest sent in the morning then names the sources that
// reported overnight.
type alert struct {
	Rules   []rule   `json:"rules"`
	To      string   `json:"to"`
	Item    item     `json:"item"`
	Because []string `json:"because"`
	Also    []string `json:"also,omitempty"`
	Zone    string   `json:"zone"`
	Named   *named   `json:"named,omitempty"`

	Threaded bool `json:"threaded,omitempty"`
	Gathered bool `json:"gathered,omitempty"`

	Status *status `json:"status,omitempty"`
}

type named struct {
	Day    string `json:"day"`
	Ahead  int    `json:"ahead,omitempty"`
	Passed bool   `json:"passed,omitempty"`
}

func encodeAlert(a news.Alert) (string, error) {
	it := a.Item
	row := alert{To: a.To, Because: a.Because, Also: a.Also, Zone: a.Zone, Named: (*named)(a.Named), Threaded: a.Threaded, Gathered: a.Gathered, Item: item{
		ID: it.ID, Feed: it.Feed, Tier: it.Tier, Title: it.Title, Text: it.Text, Link: it.Link,
		Published: momentOf(it.Published), Fetched: momentOf(it.Fetched.UTC()), Language: it.Language,
	}}
	for _, r := range a.Rules {
		row.Rules = append(row.Rules, rule(r))
	}
	if a.Status != nil {
		row.Status = statusOf(*a.Status)
	}
	return encode(row)
}

func (s *Store) decodeAlert(body string) (news.Alert, error) {
	var row alert
	err := json.Unmarshal([]byte(body), &row)
	it := row.Item
	a := news.Alert{To: row.To, Because: row.Because, Also: row.Also, Zone: row.Zone, Named: (*news.NamedDay)(row.Named), Threaded: row.Threaded, Gathered: row.Gathered, Item: news.Item{
		ID: it.ID, Feed: it.Feed, Tier: it.Tier, Title: it.Title, Text: it.Text, Link: it.Link,
		Published: it.Published.time(s.zones), Fetched: it.Fetched.time(s.zones), Language: it.Language,
	}}
	for _, r := range row.Rules {
		a.Rules = append(a.Rules, news.Rule(r))
	}
	if row.Status != nil {
		a.Status = row.Status.plain(s.zones)
	}
	return a, err
}

func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
