// Package actors finds the states, organisations, bodies and people that a
// text speaks of, and tells whom each of them speaks for. One automaton over
// folded tokens finds every name, demonym and office in one pass; a small
// grammar then joins offices with their affiliation and with the people who
// hold them ("Salman Durrani, a spokesman for Pakistan's foreign ministry"),
// so that a surname is enough later on. It knows what is no actor although it
// looks like one: a team, a namesake, an airline, a dateline. Names, offices
// and exceptions are data, in the files of the folder data; the package knows
// nothing of negotiations, roles or speech. A gazetteer apart from the automaton
// knows the world's towns, for those who ask about a place.
package actors

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"parley/internal/text"
)

// An Actor is someone who can act or speak in a negotiation.
type Actor struct {
	ID        string // kebab case: united-states, m23, tahir-andrabi
	Kind      Kind
	Title     string
	Names     []string // as written, in any language and script, besides the title
	SpeaksFor string   // id of the affiliation, of a group that of the state it governs; empty for who speaks for himself alone
	Office    string   // "foreign ministry spokesperson"
}

// A Kind says what an actor is.
type Kind string

// The kinds of actor.
const (
	State        Kind = "state"
	Organisation Kind = "organisation"
	Group        Kind = "group"
	Body         Kind = "body"
	Person       Kind = "person"
)

// An Index finds actors in texts. It never changes after New, so that any
// number of goroutines may use it at once.
type Index struct {
	actors []Actor
	byID   map[string]int32
	lex    lexicon
	seats  map[string]string // by actor id: the capital that stands for its government, as it is shown
	lands  map[string]land   // by CLDR region code
	pool   sync.Pool         // of *reader
}

// New returns an index of the built-in states and organisations and of the
// extra actors. An extra actor whose id is built in adds its names to those
// of the built-in one, and takes its place otherwise; an extra actor whose name
// a built-in one bears takes the name over. An empty kind is a person if the
// actor speaks for another or has an office, else a group. An error names the
// actor and says what to do.
func New(extra []Actor) (*Index, error) {
	x := &Index{byID: map[string]int32{}, seats: map[string]string{}, lands: map[string]land{}}
	b := newBuilder(x)
	if err := b.builtIn(); err != nil {
		return nil, err
	}
	if err := b.configured(extra); err != nil {
		return nil, err
	}
	b.finish()
	for id, city := range x.seats { // shown once: readers ask again and again
		if title, ok := x.Venue(city); ok {
			x.seats[id] = title
		} else {
			delete(x.seats, id)
		}
	}
	x.pool.New = func() any { return new(reader) }
	return x, nil
}

// Actor returns the actor with this id.
func (x *Index) Actor(id string) (Actor, bool) {
	i, ok := x.byID[id]
	if !ok {
		return Actor{}, false
	}
	a := x.actors[i]
	a.Names = slices.Clone(a.Names)
	return a, true
}

// Title returns the title and the kind of the actor with this id: what is asked
// most, without a copy of all its names.
func (x *Index) Title(id string) (title string, kind Kind, ok bool) {
	i, ok := x.byID[id]
	if !ok {
		return "", "", false
	}
	return x.actors[i].Title, x.actors[i].Kind, true
}

// Governs returns the id of the state that a group speaks for, empty if it speaks for
// none. Which of the two a text means depends on whose talks it tells of, so that
// mentions of the group are given as the group's own.
func (x *Index) Governs(group string) string {
	if i, ok := x.byID[group]; ok && x.actors[i].Kind == Group {
		return x.actors[i].SpeaksFor
	}
	return ""
}

// IDs returns the ids of all actors in alphabetical order.
func (x *Index) IDs() []string {
	ids := make([]string, 0, len(x.actors))
	for i := range x.actors {
		ids = append(ids, x.actors[i].ID)
	}
	slices.Sort(ids)
	return ids
}

// Names returns every name of an actor, its title first: names and demonyms in
// all languages, with their inflected forms, and capitals and bodies that
// stand for it. Each is written as it must be in a text: a name in capitals
// (US) is none in small letters. Nil for an unknown id.
func (x *Index) Names(id string) []string {
	i, ok := x.byID[id]
	if !ok {
		return nil
	}
	return slices.Clone(x.actors[i].Names)
}

// Ambiguous returns the ids of the actors that bear this name, when there are
// several; which one is meant depends on the text.
func (x *Index) Ambiguous(name string) []string {
	n := x.lex.find(text.New(name))
	if n == 0 {
		return nil
	}
	var ids []string
	add := func(a int32) {
		if a >= 0 && !slices.Contains(ids, x.actors[a].ID) {
			ids = append(ids, x.actors[a].ID)
		}
	}
	for _, s := range x.lex.senses(n) {
		if s.kind.is(affiliations) {
			add(s.actor)
		}
	}
	if d := x.lex.leaves[n].doubt; d > 0 {
		for _, c := range x.lex.doubts[d] {
			add(c.actor)
		}
	}
	if len(ids) < 2 {
		return nil
	}
	return ids
}

// Venue returns the way a place of talks is shown, "City, Country", for the
// name of a city in any language.
func (x *Index) Venue(city string) (string, bool) {
	t := text.New(city)
	n := x.lex.find(t)
	if n == 0 {
		return "", false
	}
	for _, s := range x.lex.senses(n) {
		if s.venue > 0 {
			return x.lex.venues[s.venue].Title, true
		}
	}
	return "", false
}

// Seat returns the capital of a state the way a place of talks is shown: "the
// Omani capital" is "Muscat, Oman".
func (x *Index) Seat(id string) (string, bool) {
	title, ok := x.seats[id]
	return title, ok
}

// A City is a place where talks are held.
type City struct {
	Title string // "Geneva, Switzerland"
	State string // actor id of its country
}

func (b *builder) configured(extra []Actor) error {
	seen := map[string]bool{}
	for n, a := range extra {
		who := fmt.Sprintf("actor %q", a.ID)
		switch {
		case a.ID == "":
			return fmt.Errorf("actor %d (%q) has no id: give it one in kebab case", n+1, a.Title)
		case a.ID != kebab(a.ID):
			return fmt.Errorf("%s: write the id in kebab case, %q", who, kebab(a.ID))
		case seen[a.ID]:
			return fmt.Errorf("%s is there twice: join the two, or rename one", who)
		}
		seen[a.ID] = true
		old, builtIn := b.x.byID[a.ID]
		if builtIn && a.Title == "" {
			a.Title = b.x.actors[old].Title
		}
		switch a.Kind {
		case "":
			a.Kind = Group
			if builtIn {
				a.Kind = b.x.actors[old].Kind
			} else if a.SpeaksFor != "" || a.Office != "" {
				a.Kind = Person
			}
		case State, Organisation, Group, Body, Person:
		default:
			return fmt.Errorf("%s: %q is no kind of actor: use state, organisation, group, body or person", who, a.Kind)
		}
		if a.Title == "" && len(a.Names) > 0 {
			a.Title = a.Names[0]
		}
		if a.Title == "" {
			return fmt.Errorf("%s has neither title nor names, so that no text can name it", who)
		}
		b.declare(a)
	}
	for _, a := range extra {
		who := fmt.Sprintf("actor %q", a.ID)
		if a.SpeaksFor != "" {
			if _, ok := b.x.byID[a.SpeaksFor]; !ok {
				return fmt.Errorf("%s speaks for %q, which is no actor%s", who, a.SpeaksFor, b.suggest(a.SpeaksFor))
			}
			if a.SpeaksFor == a.ID {
				return fmt.Errorf("%s speaks for itself: leave speaks_for out", who)
			}
		}
		id := b.x.byID[a.ID]
		for _, name := range append([]string{a.Title}, a.Names...) {
			if name == "" {
				continue
			}
			if err := b.take(id, name); err != nil {
				return fmt.Errorf("%s: %w", who, err)
			}
		}
	}
	return nil
}

// suggest returns a hint at the id that was probably meant.
func (b *builder) suggest(id string) string {
	best, at := "", 3
	for i := range b.x.actors {
		if d := distance(id, b.x.actors[i].ID, at); d < at {
			best, at = b.x.actors[i].ID, d
		}
	}
	if n := b.lookup(id); best == "" && n >= 0 {
		best = b.x.actors[n].ID
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(": did you mean %q?", best)
}

// distance is the edit distance of two ids, or limit if it is not below it.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, last+1)
		}
	}
	return min(row[len(b)], limit)
}

// kebab returns s the way ids are written.
func kebab(s string) string {
	var out strings.Builder
	dash := false
	for _, r := range text.Fold(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if dash && out.Len() > 0 {
				out.WriteByte('-')
			}
			dash = false
			out.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			dash = true
		}
	}
	return out.String()
}
