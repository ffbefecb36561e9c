package read

import (
	"net/url"
	"strings"
	"time"

	"parley/internal/news"
	"parley/internal/text"
	"parley/rules"
)

// Doc returns what a query may ask about the item itself. Days are counted
// from now in the outlet's zone.
func (p *Page) Doc(now time.Time) *rules.Doc {
	return &rules.Doc{
		Title: p.Title, Text: p.Text, Feed: p.Item.Feed, Tier: string(p.Item.Tier), Language: p.Reading.Language,
		Site: site(p.Item.Link), Today: today(p.Item, now),
	}
}

// today is the day on which the item's dates are upcoming or past: now in the
// outlet's zone.
func today(item news.Item, now time.Time) string {
	if now.IsZero() {
		now = item.Published
	}
	if now.IsZero() {
		return ""
	}
	if !item.Published.IsZero() {
		now = now.In(item.Published.Location())
	}
	return now.Format(time.DateOnly)
}

func site(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// Facts returns what a query may ask about a development. sources is how many
// independent outlets have reported it.
func Facts(d *news.Development, sources int) *rules.Facts {
	f := &rules.Facts{
		Kind: string(d.Kind), Groups: d.Kind.Groups(), Parties: d.Parties, Mediators: d.Mediators,
		Certainty: string(d.Certainty), Tone: d.Tone, Round: d.Round, Sources: sources,
	}
	if d.Negotiation != nil {
		f.Negotiation = *d.Negotiation
	}
	if d.Venue != nil {
		f.Venue = *d.Venue
	}
	voices := d.Joint
	if d.Speaker != nil {
		voices = []news.Speaker{*d.Speaker}
	}
	for _, s := range voices {
		f.By = append(f.By, string(s.Role))
		if s.Affiliation != nil {
			f.By = append(f.By, *s.Affiliation)
		}
	}
	for _, x := range d.Dates {
		f.Dates = append(f.Dates, rules.DateRange{From: x.Start, To: x.End})
	}
	return f
}

// Vocabulary returns the values of the facts that do not depend on a
// configuration: kinds with their groups, roles, certainties, tiers.
func Vocabulary() *rules.Vocabulary {
	v := &rules.Vocabulary{Groups: map[string][]string{}}
	for _, k := range news.Kinds() {
		v.Kinds = append(v.Kinds, string(k))
		for _, g := range k.Groups() {
			v.Groups[g] = append(v.Groups[g], string(k))
		}
	}
	for _, r := range news.Roles() {
		v.Roles = append(v.Roles, string(r))
	}
	for _, c := range news.Certainties() {
		v.Certainties = append(v.Certainties, string(c))
	}
	for _, t := range news.Tiers() {
		v.Tiers = append(v.Tiers, string(t))
	}
	return v
}

// StoredDoc returns what a query may ask about an item that was read before,
// and stored with its reading.
func StoredDoc(s news.StoredItem, now time.Time) *rules.Doc {
	p := &Page{Item: s.Item, Reading: s.Reading, Title: text.New(s.Item.Title), Text: text.New(s.Item.Text)}
	return p.Doc(now)
}
