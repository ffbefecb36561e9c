package rules

import "parley/internal/text"

// A Doc is what a query may ask about an item. Empty strings are unknown, and
// no condition on what is unknown holds.
type Doc struct {
	// Either may be nil. A Matcher asks no more of them than Skim finds, so who
	// only matches spares the tokens; what a rule needs besides is filled in then.
	Title, Text *text.Text
	Feed        string // name
	Tier        string
	Language    string // BCP 47
	Site        string // host of the link: "www.dawn.com"
	Today       string // civil day, 2006-01-02, that date:upcoming, past, today and <14d count from
}

// Facts are those of one development of an item.
type Facts struct {
	Negotiation string   // id, empty if the parties fit none
	Kind        string   //
	Groups      []string // the groups that the kind belongs to
	By          []string // role, actor id and affiliation id of who says or does it
	Parties     []string // actor ids
	Mediators   []string // actor ids
	Dates       []DateRange
	Certainty   string
	Tone        *int
	Round       *int
	Venue       string // "Islamabad, Pakistan"
	Sources     int    // independent ones
}

// A DateRange is a date that a development names, as civil days 2006-01-02.
type DateRange struct {
	From, To string // To is the last day; empty: From
}

// A Source is a rule as it is written.
type Source struct {
	Name string
	When string
}

// A Match is a rule that an item satisfies.
type Match struct {
	Rule    string // name
	Index   int    // of the rule in what was compiled
	Because []Because
}

// Because is one condition that held, and what made it hold: words, or a fact.
// Of alternatives only the first that held is told; what must not hold is not.
type Because struct {
	Condition string // canonical form
	Field     string // "title" or "text": tokens From to To of it; else the field of the fact
	From, To  int    // half-open range of tokens
	Value     string // of the fact
}
