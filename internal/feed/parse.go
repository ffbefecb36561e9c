package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"parley/internal/news"
)

// A Parsed is what a document holds.
type Parsed struct {
	Items    []news.Item // in the order of the document, each once
	Title    string      // of the feed, as it calls itself
	Language string      // of the feed, as it says; BCP 47 or empty
	Hints    Hints
	Notes    []string // what was mended or left out, a sentence each
}

// Hints are a feed's own wishes on when to be asked.
type Hints struct {
	TTL       time.Duration  // not more often than this; 0 if it does not say
	SkipHours []int          // of the day in UTC, 0 to 23
	SkipDays  []time.Weekday // in UTC
}

// Parse reads a document as RSS, Atom or JSON feed, whatever contentType, the
// HTTP header, calls it. Of a document that is broken it keeps every item that
// is whole; what it mended is in Notes. Every error is an *Error, of kind
// WebPage or NotAFeed.
//
// Items have their outlet's zone, f.Zone, or UTC where it is nil. A published
// date more than a day ahead of fetchedAt becomes fetchedAt: it is an outlet's
// slip, as an item that is here was published by now, and left as it stands it
// would stay the newest item for months.
func Parse(f news.Feed, body []byte, contentType string, fetchedAt time.Time) (Parsed, error) {
	src := decode(body, contentType)
	head := strings.TrimLeft(src, " \t\r\n")
	var (
		d   document
		err error
	)
	switch {
	case head == "":
		return Parsed{}, fault(f, NotAFeed, nil, "the document is empty; it is tried again")
	case head[0] == '{' || head[0] == '[':
		d, err = readJSON(head)
	default:
		d, err = readXML(src)
	}
	if err != nil {
		var page *webPage
		if errors.As(err, &page) {
			return Parsed{}, page.fault(f)
		}
		return Parsed{}, fault(f, NotAFeed, err, "the document is no RSS, Atom or JSON feed: %s; check the url of feed %s", err, f.Name)
	}
	if d.broken && len(d.entries) == 0 {
		return Parsed{}, fault(f, NotAFeed, nil, "the document breaks off before its first item is whole; it is tried again")
	}
	return collect(f, d, fetchedAt), nil
}

// A document is a feed before identity, dates and limits are looked at.
type document struct {
	title    string
	language string
	base     string // the site's address
	hints    Hints
	entries  []entry
	notes    []string
	broken   bool // it ended too early
	over     bool // it has more items than are read
}

// An entry is an item as the document has it.
type entry struct {
	guid     string
	links    []string // best first
	title    string
	texts    []string
	dates    []string // best first
	language string
}

func readXML(src string) (document, error) {
	t := tidy{src: src}
	if err := t.run(); err != nil {
		if t.page {
			return document{}, &webPage{src}
		}
		if t.other != "" {
			const long = 40
			return document{}, fmt.Errorf("it is made of <%s>", t.other[:min(len(t.other), long)])
		}
		return document{}, err
	}
	broken := t.brokeOff()
	var (
		d   document
		err error
	)
	if t.atom {
		d, err = readAtom(t.out)
	} else {
		d, err = readRSS(t.out)
	}
	if err != nil {
		return d, err
	}
	if len(d.entries) == len(t.langs) {
		for i, lang := range t.langs {
			if d.entries[i].language == "" {
				d.entries[i].language = lang
			}
		}
	}
	if d.broken = broken; broken {
		d.notes = append(d.notes, "the document breaks off: "+counted(len(d.entries), "before that was kept", "before that were kept"))
	}
	if t.over {
		d.notes = append(d.notes, "only the first "+strconv.Itoa(maxItems)+" items were read")
	}
	return d, nil
}

func readRSS(doc []byte) (document, error) {
	r, err := (&rss.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil {
		return document{}, err
	}
	exts := extensions(r.Extensions)
	d := document{
		title:    first(r.Title, exts.get("dc", "title")),
		language: first(r.Language, exts.get("dc", "language")),
		base:     r.Link,
		hints:    rssHints(r, exts),
	}
	for _, it := range r.Items {
		x := extensions(it.Extensions)
		e := entry{
			title:    first(it.Title, x.get("dc", "title"), x.get("atom", "title")),
			texts:    []string{it.Content, it.Description, x.get("dc", "description"), x.get("atom", "content"), x.get("atom", "summary"), x.get("xhtml", "body")},
			links:    []string{x.get("feedburner", "origlink"), it.Link},
			dates:    []string{it.PubDate, x.get("dc", "date"), x.get("dcterms", "issued"), x.get("dcterms", "created"), x.get("dcterms", "available"), x.get("atom", "published"), x.get("atom", "updated"), x.get("dcterms", "modified")},
			language: x.get("dc", "language"),
		}
		for _, l := range x["atom"]["link"] {
			if rel := l.Attrs["rel"]; rel == "" || rel == "alternate" {
				e.links = append(e.links, l.Attrs["href"])
			}
		}
		if it.GUID != nil {
			e.guid = it.GUID.Value
			if !strings.EqualFold(it.GUID.IsPermalink, "false") {
				e.links = append(e.links, webAddress(it.GUID.Value))
			}
		}
		if e.guid == "" {
			e.guid = x.get("atom", "id")
		}
		d.entries = append(d.entries, e)
	}
	return d, nil
}

// webAddress returns s if it is a whole web address, and "" otherwise: a guid
// that is none must not be resolved into one.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return s
	}
	return ""
}

func readAtom(doc []byte) (document, error) {
	a, err := (&atom.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil {
		return document{}, err
	}
	exts := extensions(a.Extensions)
	d := document{
		title:    a.Title,
		language: first(a.Language, exts.get("dc", "language")),
		hints:    Hints{TTL: updatePeriod(exts)},
	}
	if l := atomLinks(a.Links); len(l) > 0 {
		d.base = l[0]
	}
	for _, it := range a.Entries {
		x := extensions(it.Extensions)
		e := entry{
			guid:     it.ID,
			title:    first(it.Title, x.get("dc", "title")),
			texts:    []string{it.Summary, x.get("content", "encoded"), x.get("dc", "description")},
			links:    append([]string{x.get("feedburner", "origlink")}, atomLinks(it.Links)...),
			dates:    []string{it.Published, x.get("dcterms", "issued"), x.get("dcterms", "created"), x.get("dc", "date"), it.Updated, x.get("dcterms", "modified")},
			language: x.get("dc", "language"),
		}
		if it.Content != nil {
			e.texts = append(e.texts, it.Content.Value)
			e.links = append(e.links, it.Content.Src)
		}
		e.links = append(e.links, webAddress(it.ID))
		d.entries = append(d.entries, e)
	}
	return d, nil
}

// atomLinks returns the links to what an entry or feed is about, web pages
// before other forms of it.
func atomLinks(links []*atom.Link) []string {
	var pages, others []string
	for _, l := range links {
		switch {
		case !strings.EqualFold(l.Rel, "alternate"):
		case l.Type == "" || strings.Contains(l.Type, "html"):
			pages = append(pages, l.Href)
		default:
			others = append(others, l.Href)
		}
	}
	return append(pages, others...)
}

// rssHints reads ttl, skipHours, skipDays and the syndication module.
func rssHints(r *rss.Feed, exts extensions) Hints {
	h := Hints{TTL: updatePeriod(exts)}
	if n, err := strconv.Atoi(strings.TrimSpace(r.TTL)); err == nil && n > 0 {
		h.TTL = min(time.Duration(min(n, 1<<20))*time.Minute, longestRest)
	}
	for _, s := range r.SkipHours {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n >= 0 && n <= 24 && len(h.SkipHours) < 24 {
			h.SkipHours = append(h.SkipHours, n%24) // RSS 0.91 counts 1 to 24
		}
	}
	for _, s := range r.SkipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(s), day.String()) && len(h.SkipDays) < 7 {
				h.SkipDays = append(h.SkipDays, day)
			}
		}
	}
	return h
}

// updatePeriod reads sy:updatePeriod and sy:updateFrequency, "twice an hour".
func updatePeriod(exts extensions) time.Duration {
	var period time.Duration
	switch strings.ToLower(exts.get("sy", "updateperiod")) {
	case "hourly":
		period = time.Hour
	case "daily", "weekly", "monthly", "yearly":
		period = longestRest // no news feed is asked less than once a day
	default:
		return 0
	}
	if n, err := strconv.Atoi(exts.get("sy", "updatefrequency")); err == nil && n > 0 {
		period /= time.Duration(min(n, 1000))
	}
	return period
}

// extensions gives short access to elements of other vocabularies.
type extensions ext.Extensions

// get returns the first non-empty text of an element, "" if there is none.
func (x extensions) get(prefix, name string) string {
	for _, e := range x[prefix][name] {
		if s := strings.TrimSpace(e.Value); s != "" {
			return s
		}
	}
	return ""
}

func first(candidates ...string) string {
	for _, c := range candidates {
		if strings.TrimSpace(c) != "" {
			return c
		}
	}
	return ""
}

// baseURL is the address that relative links in a document count from.
func baseURL(f news.Feed, d document) *url.URL {
	own, err := url.Parse(f.URL)
	if err != nil {
		own = nil
	}
	if site := resolveLink(own, d.base); site != nil {
		return site
	}
	return own
}
