// Package news holds parley's nouns and nothing else: feeds and their items,
// actors and negotiations, what a reading says of an item, the developments
// that are tracked, and the alerts and notifications that come of them. Every
// other package speaks in these words, so this one imports none of ours and
// has no behaviour beyond naming, ordering and checking values.
package news

import "time"

// A Tier says what kind of outlet a feed is; official feeds speak for an actor
// themselves, aggregators never count as a source of their own.
type Tier string

// The tiers, as they are spelled in the configuration and in tier: queries.
const (
	Official   Tier = "official"
	Wire       Tier = "wire"
	Press      Tier = "press"
	Aggregator Tier = "aggregator"
)

// Tiers lists every tier in descending order of trust.
func Tiers() []Tier { return []Tier{Official, Wire, Press, Aggregator} }

// A Feed is an RSS, Atom or JSON feed as it is configured.
type Feed struct {
	Name     string
	URL      string
	Every    string         // a duration ("5m") or a cron line, as configured
	Zone     *time.Location // the outlet's zone: "Tuesday" in its items is a day there
	Tier     Tier
	Language string // BCP 47, empty: told from the text
	FullText bool   // it carries little more than headlines: articles are fetched from their pages
}

// An Item is one entry of a feed.
type Item struct {
	ID        string    // stable inside parley; two checks of one feed give one item one ID
	Feed      string    // name of the feed that carried it
	Tier      Tier      // of that feed
	Title     string    // plain or HTML, as delivered
	Text      string    // plain or HTML, as delivered; may be empty
	Link      string    // canonical link to the article, may be empty
	Published time.Time // in the outlet's zone; zero when the feed did not say: unknown is never "now"
	Fetched   time.Time // UTC, when parley first saw it
	Language  string    // BCP 47 as declared by the feed or item, may be empty
	// Article says, of a feed whose articles are fetched, how that went: FromPage, or
	// a clause with the reason why the feed's own words stand. Empty: the page was not
	// asked for.
	Article string
	// Carried is the text that the feed itself carried, where Text is that of the page.
	// It is known only until the item is stored.
	Carried string
	// Edits is the ID of the item of which this is a later edition: the outlet has
	// changed it since. Empty for most.
	Edits string
}

// FromPage is said of an item whose text was taken from the page of its article.
const FromPage = "from its page"

// An ActorKind says what an actor is.
type ActorKind string

// The kinds of actor.
const (
	State        ActorKind = "state"
	Organisation ActorKind = "organisation"
	Group        ActorKind = "group"
	Body         ActorKind = "body" // a ministry, a government's seat, a delegation
	Person       ActorKind = "person"
)

// An Actor is a state, organisation, group, body or person.
type Actor struct {
	ID        string // kebab case: united-states, m23, tahir-andrabi
	Kind      ActorKind
	Title     string
	Names     []string // in any language and script, besides the title
	SpeaksFor string   // affiliation: the actor a person or body speaks for; of a group, the state that it governs
	Office    string   // "foreign ministry spokesperson"
}

// A Negotiation is a process between parties.
type Negotiation struct {
	ID         string
	Title      string
	Names      []string // further names by which texts call it: "Doha process"
	Parties    []string // actor ids, as are the next three
	Mediators  []string
	Hosts      []string
	Guarantors []string
}

// A Role is what somebody is in one negotiation, in one text.
type Role string

// The roles, as they are spelled in by: queries.
const (
	Party     Role = "party"
	Mediator  Role = "mediator"
	Host      Role = "host"
	Guarantor Role = "guarantor"
	Other     Role = "other"
)

// Roles lists every role.
func Roles() []Role { return []Role{Party, Mediator, Host, Guarantor, Other} }

// A Certainty says who states a development, not whether it is true.
type Certainty string

// The certainties, as they are spelled in certainty: queries.
const (
	Confirmed Certainty = "confirmed" // a participant states it as fact, or it happened
	Expected  Certainty = "expected"  // hedged: likely, may, planned
	Reported  Certainty = "reported"  // unnamed sources or media only
	Denied    Certainty = "denied"
)

// Certainties lists every certainty, surest first.
func Certainties() []Certainty { return []Certainty{Confirmed, Expected, Reported, Denied} }

// A Level says how urgent a rule's alerts are.
type Level string

// The levels: urgent breaks quiet hours, low goes to digests only.
const (
	Urgent Level = "urgent"
	Normal Level = "normal"
	Low    Level = "low"
)
