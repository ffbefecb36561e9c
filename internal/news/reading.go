package news

// The JSON names here are the contract of `parley read --json`.

// A Reading is what the engine understood of one item.
type Reading struct {
	Language     string        `json:"language"`
	Developments []Development `json:"developments"` // the primary one first; never nil
	Dates        []Mention     `json:"dates"`        // every date expression, in order of appearance; never nil
	Silence      *string       `json:"silence"`      // why an item that speaks of talks has no development
	Echoes       Echoes        `json:"-"`
}

// Echoes are what an item speaks of besides what it reports. By themselves they are
// no news, but who knows what has happened of late can tell what they are about.
type Echoes struct {
	// Known is what a silent item speaks of as known: "the door is open after the
	// Taliban broke off talks".
	Known []Development
	// Kinds, Actors and Places are those that stand in the headline or the lead,
	// each in order of appearance: kinds by nothing but their words, actors by id, a
	// place as a venue is written.
	Kinds  []Kind
	Actors []string
	Places []string
	// Worded tells how likely headline and lead are worded so for each kind, and for none
	// (""); nil in a language whose wordings were not learned.
	Worded []Likelihood
	// Doubtful says that the item is silent for a reason that rarely is a misreading.
	Doubtful bool
	// Separate says that the item calls what it tells another than what was told before.
	Separate bool
}

// A Likelihood is the logarithm of the odds that an item tells of a kind.
type Likelihood struct {
	Kind    Kind
	LogOdds float64
}

// A Development is something new that happened or was announced in a
// negotiation, as one item tells it.
type Development struct {
	Negotiation *string   `json:"negotiation"` // id; nil when the parties fit none that is configured
	Kind        Kind      `json:"kind"`
	Headline    string    `json:"headline"` // one line that says what happened, in parley's words
	Speaker     *Speaker  `json:"speaker"`
	Parties     []string  `json:"parties"`   // actor ids
	Mediators   []string  `json:"mediators"` // actor ids
	Dates       []Date    `json:"dates"`     // preferred first
	Certainty   Certainty `json:"certainty"`
	Tone        *int      `json:"tone"` // −2 … +2, the speaker's word
	Round       *int      `json:"round"`
	Venue       *string   `json:"venue"` // "Islamabad, Pakistan"
	Denies      *Kind     `json:"denies"`
	Level       string    `json:"-"` // technical, ministerial, direct, indirect; empty: not said
	Moved       bool      `json:"-"` // the item says that the talks are held at another place than was said before
	InForce     bool      `json:"-"` // of an agreement: it is in force, not only signed
	Separate    bool      `json:"-"` // the item says that it is another than one that was told before
	Joint       []Speaker `json:"-"` // mediators who say so together, when Speaker is nil
	Agent       string    `json:"-"` // whose act it is, an actor id, where the item says so: "Israel has said yes, Egypt announced"
	Evidence    Evidence  `json:"evidence"`
}

// Grow takes over what a repeat adds to a development: dates, venue, round and
// level, where it has them.
func (d *Development) Grow(adds Development) {
	if len(adds.Dates) > 0 {
		d.Dates = adds.Dates
	}
	if adds.Venue != nil {
		d.Venue = adds.Venue
	}
	if adds.Round != nil {
		d.Round = adds.Round
	}
	if adds.Level != "" {
		d.Level = adds.Level
	}
}

// A Speaker is the person or body to whom a development is attributed.
type Speaker struct {
	Name        *string `json:"name"`        // in the wording and script of the text
	Affiliation *string `json:"affiliation"` // actor id
	Role        Role    `json:"role"`
}

// A Field names the part of an item that an offset counts in.
type Field string

// The fields that carry evidence.
const (
	Title Field = "title"
	Text  Field = "text"
)

// Evidence is the clause that proves a development. Start and End are byte
// offsets into the item's field as delivered, so that Quote is exactly
// field[Start:End], markup and all.
type Evidence struct {
	Field Field  `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// A Date is a date that a development names. Days are civil days in the
// outlet's zone, written 2006-01-02, so that they sort as text.
type Date struct {
	Span        string `json:"span"` // as it stands in the text, with its qualifiers
	Start       string `json:"start"`
	End         string `json:"end"`         // the last day, Start for a single day
	Granularity string `json:"granularity"` // day, week, month, range, deadline
	Approx      bool   `json:"approx"`      // the wording of the date itself is hedged
	Preferred   bool   `json:"preferred"`   // false for alternates only
	EDTF        string `json:"edtf"`
}

// A Mention is a date expression where it stands, whether or not a development
// needs it.
type Mention struct {
	Field       Field  `json:"field"`
	Begin       int    `json:"begin"` // byte offsets into the field as delivered
	End         int    `json:"end"`
	Span        string `json:"span"`
	From        string `json:"from"`
	To          string `json:"to"`
	Granularity string `json:"granularity"`
	Approx      bool   `json:"approx"`
	Role        string `json:"role"`   // talks, speech, past, other
	Status      string `json:"status"` // planned, considered, held, postponed, superseded, negated
	Group       *int   `json:"group"`  // alternatives share a group
	TIMEX3      string `json:"timex3"`
	EDTF        string `json:"edtf"`
}
