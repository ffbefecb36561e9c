package actors

// A Mention is a stretch of tokens that names somebody. For people and offices
// it is the whole phrase, apposition included, so that the verb of a sentence
// stands right behind its subject: "Salman Durrani, a spokesman for Pakistan's
// foreign ministry" is one mention.
type Mention struct {
	From, To int // tokens, half open
	Form     Form

	// Actor is the id of the actor meant; empty if a person or body is known
	// only by whom it speaks for.
	Actor string
	// SpeaksFor is the actor id of the affiliation: for a state or organisation
	// itself, for a person or body the one it speaks for; empty: not known.
	SpeaksFor string
	// Inferred says that the affiliation does not stand in this phrase; it was
	// concluded from the dateline, the headline or an earlier mention.
	Inferred bool

	Name   string // of a person as written, without titles: "Salman Durrani"; of a body: "foreign ministry"
	Office string // in English, from the data: "foreign minister", "spokesperson"
	Of     string // the part of government the office belongs to, in English: "foreign ministry"

	// For is the actor id of what an envoy or a mediator is sent for: "the UN envoy for
	// Yemen", "UN Syria envoy"; empty: not said.
	For string

	Place  bool   // used as a place: "in Islamabad", "talks in Iran"
	Venue  string // "Islamabad, Pakistan", for cities
	Former bool   // the office is held no more: "former Iranian foreign minister"
	Plural bool   // "officials", "the foreign ministers"
}

// A Form says how an actor is named.
type Form uint8

// The forms.
const (
	FormName     Form = iota + 1 // Pakistan, the UN, M23
	FormDemonym                  // Pakistani, the Iranians
	FormCapital                  // Islamabad; a government unless Place
	FormBody                     // a body: White House, Kremlin, the foreign ministry
	FormOffice                   // "Iran's foreign minister", "the Qatari mediator", nobody named
	FormPerson                   // a person by name
	FormSource                   // unnamed: "two officials", "a diplomat briefed on the talks"
	FormCity                     // a city that stands for no government: Geneva
	FormDateline                 // "ISLAMABAD (AP) —": where it was written, not what it is about
)

var formNames = [...]string{"", "name", "demonym", "capital", "body", "office", "person", "source", "city", "dateline"}

// String returns the form in lower case: "demonym".
func (f Form) String() string {
	if int(f) < len(formNames) {
		return formNames[f]
	}
	return "unknown"
}
