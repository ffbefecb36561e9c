package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"time"
)

// newest is how many items a feed carries, as feeds of newsrooms do: what is
// older has fallen off its end.
const newest = 25

// A format is the dialect in which an outlet publishes.
type format string

const (
	rss      format = "rss"
	atom     format = "atom"
	jsonFeed format = "json"
)

func (f format) extension() string {
	switch f {
	case atom:
		return ".atom"
	case jsonFeed:
		return ".json"
	}
	return ".rss"
}

func (f format) mediaType() string {
	switch f {
	case atom:
		return "application/atom+xml; charset=utf-8"
	case jsonFeed:
		return "application/feed+json; charset=utf-8"
	}
	return "application/rss+xml; charset=utf-8"
}

// Handler serves each outlet at its Path as its feed stands at now(): nothing
// published later is in it. ETag and Last-Modified change only with the items,
// and conditional requests get 304 Not Modified.
func (s *Stage) Handler(now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	for _, o := range s.outlets {
		mux.HandleFunc("GET "+o.Path, func(w http.ResponseWriter, r *http.Request) {
			items := o.asOf(now())
			body, err := o.render(items)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			var modified time.Time // zero, an empty feed: no Last-Modified
			if len(items) > 0 {
				modified = items[0].Published
			}
			sum := sha256.Sum256(body)
			w.Header().Set("Content-Type", o.format.mediaType())
			w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
			http.ServeContent(w, r, "", modified, bytes.NewReader(body))
		})
	}
	return mux
}

// asOf returns the feed's items at that moment, latest first.
func (o outlet) asOf(now time.Time) []Item {
	var items []Item
	for i := len(o.items) - 1; i >= 0 && len(items) < newest; i-- {
		if !o.items[i].Published.After(now) {
			items = append(items, o.items[i])
		}
	}
	return items
}

func (o outlet) render(items []Item) ([]byte, error) {
	switch o.format {
	case atom:
		return o.atom(items)
	case jsonFeed:
		return o.json(items)
	}
	return o.rss(items)
}

// isHTML tells markup from plain text: feeds do not say which of the two they carry.
func isHTML(text string) bool { return strings.Contains(text, "</") || strings.Contains(text, "<br") }

type cdata struct {
	Text string `xml:",cdata"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description,omitempty"`
	Content     *cdata `xml:"content:encoded,omitempty"`
	GUID        struct {
		PermaLink bool   `xml:"isPermaLink,attr"`
		ID        string `xml:",chardata"`
	} `xml:"guid"`
	Published string `xml:"pubDate"`
}

func (o outlet) rss(items []Item) ([]byte, error) {
	var doc struct {
		XMLName xml.Name  `xml:"rss"`
		Version string    `xml:"version,attr"`
		Content string    `xml:"xmlns:content,attr"`
		Title   string    `xml:"channel>title"`
		Link    string    `xml:"channel>link"`
		About   string    `xml:"channel>description"`
		Lang    string    `xml:"channel>language"`
		Items   []rssItem `xml:"channel>item"`
	}
	doc.Version, doc.Content = "2.0", "http://purl.org/rss/1.0/modules/content/"
	doc.Title, doc.Link, doc.About, doc.Lang = o.Title, o.site+"/", o.Title, o.Language
	for _, i := range items {
		e := rssItem{Title: i.Title, Link: i.Link, Published: i.Published.Format(time.RFC1123Z)}
		e.GUID.ID, e.GUID.PermaLink = i.GUID, i.GUID == i.Link
		if isHTML(i.Text) {
			e.Content = &cdata{i.Text}
		} else {
			e.Description = i.Text
		}
		doc.Items = append(doc.Items, e)
	}
	return marshal(doc)
}

type atomText struct {
	Type string `xml:"type,attr,omitempty"`
	Text string `xml:",chardata"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr,omitempty"`
}

type atomEntry struct {
	Title     string    `xml:"title"`
	Link      atomLink  `xml:"link"`
	ID        string    `xml:"id"`
	Published string    `xml:"published"`
	Updated   string    `xml:"updated"`
	Content   *atomText `xml:"content,omitempty"`
}

func (o outlet) atom(items []Item) ([]byte, error) {
	var doc struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Link    atomLink    `xml:"link"`
		Author  string      `xml:"author>name"`
		Updated string      `xml:"updated"`
		Entries []atomEntry `xml:"entry"`
	}
	doc.Lang, doc.Title, doc.ID, doc.Author = o.Language, o.Title, o.site+"/", o.Title
	doc.Link = atomLink{Href: o.site + "/", Rel: "alternate"}
	doc.Updated = Start().Format(time.RFC3339)
	if len(items) > 0 {
		doc.Updated = items[0].Published.Format(time.RFC3339)
	}
	for _, i := range items {
		at := i.Published.Format(time.RFC3339)
		e := atomEntry{Title: i.Title, Link: atomLink{Href: i.Link}, ID: i.GUID, Published: at, Updated: at}
		if i.Text != "" {
			e.Content = &atomText{Text: i.Text}
			if isHTML(i.Text) {
				e.Content.Type = "html"
			}
		}
		doc.Entries = append(doc.Entries, e)
	}
	return marshal(doc)
}

func marshal(doc any) ([]byte, error) {
	body, err := xml.MarshalIndent(doc, "", "  ")
	return append([]byte(xml.Header), body...), err
}

type jsonItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Text      string `json:"content_text,omitempty"`
	HTML      string `json:"content_html,omitempty"`
	Published string `json:"date_published"`
}

func (o outlet) json(items []Item) ([]byte, error) {
	doc := struct {
		Version string     `json:"version"`
		Title   string     `json:"title"`
		Home    string     `json:"home_page_url"`
		Lang    string     `json:"language"`
		Items   []jsonItem `json:"items"`
	}{"https://jsonfeed.org/version/1.1", o.Title, o.site + "/", o.Language, []jsonItem{}}
	for _, i := range items {
		e := jsonItem{ID: i.GUID, URL: i.Link, Title: i.Title, Published: i.Published.Format(time.RFC3339)}
		if isHTML(i.Text) {
			e.HTML = i.Text
		} else {
			e.Text = i.Text
		}
		doc.Items = append(doc.Items, e)
	}
	return json.MarshalIndent(doc, "", "  ")
}
