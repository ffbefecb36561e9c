package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"parley/internal/news"
)

const (
	maxText  = 256 << 10 // bytes of an item's text
	maxTitle = 1 << 10   // bytes of a title
	maxGUID  = 2 << 10   // longer ones are no identity
)

// collect turns a document's entries into items.
func collect(f news.Feed, d document, fetchedAt time.Time) Parsed {
	c := collector{
		feed:      f,
		zone:      f.Zone,
		base:      baseURL(f, d),
		fetchedAt: fetchedAt,
		language:  itemLanguage(f.Language, d.language),
	}
	if c.zone == nil {
		c.zone = time.UTC
	}
	p := Parsed{Title: limit(clean(strings.TrimSpace(d.title)), maxTitle), Language: bcp47(d.language), Hints: d.hints, Notes: d.notes}
	var drafts []draft
	for _, e := range d.entries {
		if dr, ok := c.draft(e); ok {
			drafts = append(drafts, dr)
		}
	}
	p.Items = c.identify(drafts)
	p.Notes = append(p.Notes, c.notes()...)
	return p
}

// itemLanguage is the language that items have unless they say otherwise: what the
// operator configured, since feeds often leave their software's "en-US" in
// place, then what the feed says.
func itemLanguage(configured, declared string) string {
	if l := bcp47(configured); l != "" {
		return l
	}
	return bcp47(declared)
}

// bcp47 returns the tag in its usual spelling, "" if it is none.
func bcp47(s string) string {
	s = strings.TrimSpace(s)
	const longest = 35
	if s == "" || len(s) > longest {
		return ""
	}
	t, err := language.Parse(s)
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}

type collector struct {
	feed      news.Feed
	zone      *time.Location
	base      *url.URL
	fetchedAt time.Time
	language  string

	empty, repeated, future, ancient, cut int
}

// A draft is an item with what may identify it.
type draft struct {
	item  news.Item
	guid  string
	exact string // link as delivered
	day   string // of publication as delivered, "" if unknown
}

// draft reads one entry. It is not ok if there is nothing to read in it.
func (c *collector) draft(e entry) (draft, bool) {
	var d draft
	d.item = news.Item{
		Feed:     c.feed.Name,
		Tier:     c.feed.Tier,
		Title:    strings.TrimSpace(clean(e.title)),
		Fetched:  c.fetchedAt.UTC(),
		Language: bcp47(e.language),
	}
	if d.item.Language == "" {
		d.item.Language = c.language
	}
	for _, t := range e.texts {
		if t = strings.TrimSpace(clean(t)); len(t) > len(d.item.Text) {
			d.item.Text = t
		}
	}
	if d.item.Title == "" && d.item.Text == "" {
		c.empty++
		return d, false
	}
	if len(d.item.Title) > maxTitle || len(d.item.Text) > maxText {
		c.cut++
		d.item.Title, d.item.Text = limit(d.item.Title, maxTitle), limit(d.item.Text, maxText)
	}
	for _, l := range e.links {
		if u := resolveLink(c.base, l); u != nil {
			d.exact, d.item.Link = u.String(), canonicalLink(u)
			break
		}
	}
	for _, s := range e.dates {
		if t, ok := parseDate(s, c.zone); ok {
			d.item.Published, d.day = c.plausible(t)
			break
		}
	}
	if d.guid = strings.TrimSpace(clean(e.guid)); len(d.guid) > maxGUID {
		d.guid = ""
	}
	// An outlet that moves to https gives all its items new addresses.
	if rest, ok := strings.CutPrefix(d.guid, "http://"); ok {
		d.guid = "https://" + rest
	}
	return d, true
}

// plausible returns when an item counts as published, and the day that the
// document itself gives, which stays the same from one fetch to the next.
func (c *collector) plausible(t time.Time) (published time.Time, day string) {
	const firstFeeds = 1995 // what is dated before is a clock's zero, not news
	switch {
	case t.Year() < firstFeeds:
		c.ancient++
		return time.Time{}, ""
	case t.Sub(c.fetchedAt) > 24*time.Hour:
		c.future++
		return c.fetchedAt.In(c.zone), t.Format(time.DateOnly)
	}
	return t, t.Format(time.DateOnly)
}

// identify gives each draft its ID and drops repetitions. An item is told by
// its guid, else by its link, else by its title and day. A guid or link that
// items of one document share although they are plainly different tells
// nothing, and the next best does: there are feeds whose every guid is the
// address of the outlet.
func (c *collector) identify(drafts []draft) []news.Item {
	guids, links := map[string]*shared{}, map[string]*shared{}
	for _, d := range drafts {
		note(guids, d.guid, d)
		note(links, sameArticle(d.item.Link), d)
	}
	seen := map[string]bool{}
	items := make([]news.Item, 0, len(drafts))
	for _, d := range drafts {
		link := sameArticle(d.item.Link)
		var key string
		switch {
		case d.guid != "" && (!guids[d.guid].titles || !guids[d.guid].links):
			key = "guid\x00" + d.guid
		case link != "" && !links[link].titles:
			key = "link\x00" + link
		default:
			key = "title\x00" + strings.Join(strings.Fields(d.item.Title), " ") + "\x00" + d.day
			if d.item.Title == "" {
				key = "text\x00" + d.item.Text
			}
		}
		hash := sha256.Sum256([]byte(d.item.Feed + "\x00" + key))
		const enough = 12 // bytes; two items of one feed never meet
		d.item.ID = d.item.Feed + "/" + hex.EncodeToString(hash[:enough])
		same := "same\x00" + link + "\x00" + d.item.Title
		if seen[d.item.ID] || link != "" && d.item.Title != "" && seen[same] {
			c.repeated++
			continue
		}
		seen[d.item.ID], seen[same] = true, true
		items = append(items, d.item)
	}
	return items
}

// shared tells in what the items differ that have a guid or link in common.
type shared struct {
	title, link   string
	titles, links bool
}

func note(m map[string]*shared, key string, d draft) {
	if key == "" {
		return
	}
	s := m[key]
	if s == nil {
		m[key] = &shared{title: d.item.Title, link: d.exact}
		return
	}
	s.titles = s.titles || s.title != d.item.Title
	s.links = s.links || s.link != d.exact
}

// counted writes "1 item …" or "5 items …".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 item " + one
	}
	return strconv.Itoa(n) + " items " + many
}

func (c *collector) notes() []string {
	var out []string
	add := func(n int, one, many string) {
		if n > 0 {
			out = append(out, counted(n, one, many))
		}
	}
	add(c.empty, "without title and text was left out", "without title and text were left out")
	add(c.repeated, "that stands twice was taken once", "that stand twice were taken once")
	add(c.future, "dated more than a day ahead counts as published when it was fetched", "dated more than a day ahead count as published when they were fetched")
	add(c.ancient, "dated before there were feeds counts as undated", "dated before there were feeds count as undated")
	add(c.cut, "was too long and was cut", "were too long and were cut")
	return out
}

// limit cuts s to n bytes, not inside of a character or a tag.
func limit(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	s = s[:n]
	const longestTag = 2 << 10
	if open := strings.LastIndexByte(s, '<'); open > strings.LastIndexByte(s, '>') && open > 0 && len(s)-open < longestTag {
		s = s[:open]
	}
	return strings.TrimSpace(s)
}
