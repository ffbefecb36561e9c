package bot

import (
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// A sheet is what there is to say of an alert, cleaned and in words, but not yet
// in the form of any one place. Cards, digests, the terminal and the text for
// screen readers are all written from it, so that they never disagree.
type sheet struct {
	aftermath
	urgent      bool
	headline    string
	id          string // D-12, empty when only words matched
	updates     string // D-7, empty when this is no update
	kind        news.Kind
	negotiation string // title
	about       string // id of the negotiation
	asks        string // what its "Why?" asks about, empty when it cannot be found again
	round       string
	level       string
	quote       string
	by          string // who said it, with side and role
	via         string // the feed in which it was said
	when        string
	whenFull    string // the same with years
	where       string
	sure        string
	sureMark    string
	denies      string
	also        string // what else the item reports
	sources     []sourceLine
	more        int      // sources left out
	others      []string // who they are
	count       int      // of all independent sources
	reports     int      // copies and all
	rules       []string
	ruleNames   []string
	to          string // the subscription's own query, when no rule raised it
	because     []string
	first       time.Time
	zone        *time.Location
}

type sourceLine struct {
	title, link, feed string
	wire              string // the agency whose text it is
	tier              news.Tier
}

// outlet names the source with its tier: "dawn (press)".
func (s sourceLine) outlet() string {
	name := s.feed
	if s.wire != "" && !strings.EqualFold(s.wire, s.feed) {
		name = s.wire + ", in " + s.feed
	}
	if s.tier == "" {
		return name
	}
	return name + " (" + string(s.tier) + ")"
}

func newSheet(a news.Alert, names Names) sheet {
	s := sheet{
		urgent:  a.Level() == news.Urgent,
		to:      clip(plainQuery(a.To), maxField),
		zone:    zoneOf(a.Zone),
		because: reasons(a.Because),
		via:     clip(plain(a.Item.Feed), maxName),
	}
	for _, r := range a.Rules {
		s.ruleNames = append(s.ruleNames, r.Name)
		name := plain(r.Title)
		if name == "" {
			name = plain(r.Name)
		}
		if name != "" {
			s.rules = append(s.rules, clip(name, maxName))
		}
	}
	var also []string
	for _, h := range a.Also {
		also = append(also, clip(plain(h), maxHeadline))
	}
	s.also = clip(strings.Join(also, " · "), maxField)
	title := plain(a.Item.Title)
	d := a.Development
	if d == nil {
		s.asks = whyKey(a.Item)
		s.headline = isolate(clip(title, maxHeadline))
		s.quote = clip(plain(excerpt(a.Item.Text)), maxQuote)
		s.first = a.Item.Published
		s.addSources([]news.Source{itemSource(a.Item)})
		if s.headline == "" {
			s.headline = "An item without a title"
		}
		return s
	}
	s.id = d.ID.String()
	if s.asks = whyKey(a.Item); s.asks == "" && d.ID > 0 {
		s.asks = s.id
	}
	if d.Updates != 0 {
		s.updates = d.Updates.String()
	}
	s.kind = d.Kind
	s.headline = headline(d.Development, title)
	if a.Named != nil {
		s.headline = reminding(*a.Named, d.Dates) + ": " + s.headline
	}
	if d.Negotiation != nil {
		s.about = *d.Negotiation
		s.negotiation = clip(names.negotiation(s.about), maxName)
	}
	if d.Round != nil {
		s.round = ordinalRound(*d.Round)
	}
	s.level = clip(levelWords(d.Level), maxName)
	s.quote = clip(unquote(plain(d.Evidence.Quote)), maxQuote)
	s.by = names.speakers(d.Speaker, d.Joint)
	ref := d.First
	if ref.IsZero() {
		ref = a.Item.Published
	}
	s.when = clip(when(d.Dates, ref), maxField)
	s.whenFull = clip(when(d.Dates, time.Time{}), maxField)
	if d.Venue != nil {
		s.where = isolate(clip(plain(*d.Venue), maxName))
	}
	s.sure, s.sureMark = sure(d.Certainty), sureMark(d.Certainty)
	if d.Denies != nil {
		s.denies = strings.ToLower(kindWords(*d.Denies))
	}
	s.first = d.First
	if s.first.IsZero() {
		s.first = a.Item.Published
	}
	sources := d.Sources
	if len(sources) == 0 {
		sources = []news.Source{itemSource(a.Item)}
	}
	s.addSources(sources)
	s.aftermath = sinceOf(a, names, ref)
	return s
}

// addSources lists the reports, each independent outlet once: its first report
// stands for it.
func (s *sheet) addSources(sources []news.Source) {
	for _, src := range news.Outlets(sources) {
		s.count++
		line := sourceLine{
			title: isolate(clip(plain(src.Title), maxTitle)), link: safeLink(src.Link),
			feed: clip(plain(src.Feed), maxName), tier: news.Tier(clip(plain(string(src.Tier)), maxName)), wire: clip(plain(src.Wire), maxName),
		}
		if line.title == "" {
			line.title = "Open the article"
		}
		if line.feed == "" {
			line.feed = "an unnamed feed"
		}
		if len(s.sources) < maxSources {
			s.sources = append(s.sources, line)
		} else {
			s.others = append(s.others, line.name())
		}
	}
	s.more = len(s.others)
	s.reports = len(sources)
}

// name is that of whose report it is.
func (s sourceLine) name() string {
	if s.wire != "" {
		return s.wire
	}
	return s.feed
}

// alsoBy names the sources that are left out of the list: "Reuters, Geo, IRNA".
func (s sheet) alsoBy() string {
	const most = 8
	if len(s.others) > most {
		return clip(strings.Join(s.others[:most], ", "), maxField) + " and " + itoa(len(s.others)-most) + " more"
	}
	return clip(strings.Join(s.others, ", "), maxField)
}

// source is the one to name when there is room for one: the first that can be
// followed.
func (s sheet) source() sourceLine {
	for _, src := range s.sources {
		if src.link != "" {
			return src
		}
	}
	if len(s.sources) == 0 {
		return sourceLine{}
	}
	return s.sources[0]
}

func itemSource(it news.Item) news.Source {
	return news.Source{Item: it.ID, Feed: it.Feed, Tier: it.Tier, Title: it.Title, Link: it.Link, Published: it.Published}
}

// headline is the development's own line, or the article's title where a
// reading has none.
func headline(d news.Development, title string) string {
	out := plain(d.Headline)
	if out == "" {
		out = title
	}
	if out == "" {
		out = kindWords(d.Kind)
	}
	if out == "" {
		out = "A development"
	}
	return isolate(upperFirst(strings.TrimRight(clip(out, maxHeadline), " .")))
}

func ordinalRound(n int) string {
	return "round " + itoa(n)
}

// topic is the line under the headline: what kind of thing this is, in which
// talks. It starts with the word for the kind.
func (s sheet) topic() []string {
	var parts []string
	if s.kind != "" {
		parts = append(parts, kindWords(s.kind))
	} else {
		parts = append(parts, "Words matched")
	}
	for _, p := range []string{s.negotiation, s.round, s.level} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if s.updates != "" {
		parts = append(parts, "Update of "+s.updates)
	}
	return parts
}

// quoted is the proof in quotation marks, kept apart from its surroundings when
// it is written from right to left.
func (s sheet) quoted() string {
	if s.quote == "" {
		return ""
	}
	return isolate("“" + s.quote + "”")
}

// attribution says whose words the quotation reports, and where they were read:
// the words themselves may be the outlet's.
func (s sheet) attribution() string {
	switch {
	case s.kind == "": // the source stands right below
		return ""
	case s.by != "" && s.via != "":
		return s.by + ", via " + s.via
	case s.by != "":
		return s.by
	}
	return s.via
}

// unquote takes off quotation marks that enclose the whole.
func unquote(s string) string {
	for _, pair := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"„", "“"}} {
		if inner, ok := strings.CutPrefix(s, pair[0]); ok {
			if inner, ok = strings.CutSuffix(inner, pair[1]); ok && !strings.ContainsAny(inner, pair[0]+pair[1]) {
				return strings.TrimSpace(inner)
			}
		}
	}
	return s
}

// excerpt bounds how much of an article is looked at to find its first words.
func excerpt(text string) string {
	const enough = 8000
	if len(text) <= enough {
		return text
	}
	return strings.ToValidUTF8(text[:enough], "")
}

// reasons lists what satisfied the query, each once.
func reasons(because []string) []string {
	const most = 8
	var out []string
	for _, b := range because {
		if b = clip(plainQuery(b), maxName); b != "" && !slices.Contains(out, b) {
			if len(out) == most {
				return append(out, "…")
			}
			out = append(out, b)
		}
	}
	return out
}

// plainQuery is plain for text of the query language, in which < is an operator
// and no markup.
func plainQuery(s string) string { return tidy(s) }
