// Package bot is the Slack room: commands in, alerts out. It turns alerts into
// Block Kit cards and posts them, and turns what people type after /parley into
// answers. What it shows it gets as nouns of package news; where those are kept
// it does not know, so that every command is a function of a request and of an
// Answers, and every card a function of an alert.
//
// A reader new to the room starts at Card (what an alert looks like), goes on to
// Slack and Terminal (where it is posted), then to Commands (what people may
// ask), and ends at Socket and Web, the two ways by which Slack brings questions.
//
// Text that feeds or people wrote passes through this package on its way to a
// channel. clean.go is the only way in: nothing reaches a message that was not
// made harmless there first.
package bot

import (
	"strings"

	"parley/internal/news"
)

// Names turns ids into what people call the thing. A nil function, or an empty
// answer, leaves the id made readable: united-states is United States.
type Names struct {
	Actor       func(id string) string
	Negotiation func(id string) string
}

func (n Names) actor(id string) string       { return nameOf(n.Actor, id) }
func (n Names) negotiation(id string) string { return nameOf(n.Negotiation, id) }

func nameOf(lookup func(string) string, id string) string {
	if lookup != nil {
		if name := plain(lookup(id)); name != "" {
			return name
		}
	}
	return readable(id)
}

// readable makes words of a kebab-case id.
func readable(id string) string {
	words := strings.FieldsFunc(plain(id), func(r rune) bool { return r == '-' || r == '_' })
	for i, w := range words {
		words[i] = upperFirst(w)
	}
	return strings.Join(words, " ")
}

// speakers writes who said it, one voice or the mediators who speak together:
// "Egypt and Qatar (mediators)".
func (n Names) speakers(s *news.Speaker, joint []news.Speaker) string {
	if s != nil || len(joint) == 0 {
		return n.speaker(s)
	}
	var sides []string
	for _, j := range joint {
		if j.Affiliation != nil {
			sides = append(sides, isolate(clip(n.actor(*j.Affiliation), maxName)))
		}
	}
	if k := len(sides) - 1; k > 0 {
		sides = []string{strings.Join(sides[:k], ", ") + " and " + sides[k]}
	}
	return strings.Join(sides, "") + " (mediators)"
}

// speaker writes who said it, with the side he or she speaks for and the role in
// these talks: "Tahir Andrabi, Pakistan (mediator)". It is empty when nobody is
// named.
func (n Names) speaker(s *news.Speaker) string {
	if s == nil {
		return ""
	}
	var parts []string
	if s.Name != nil && plain(*s.Name) != "" {
		parts = append(parts, isolate(clip(plain(*s.Name), maxName)))
	}
	if s.Affiliation != nil && *s.Affiliation != "" {
		if side := clip(n.actor(*s.Affiliation), maxName); len(parts) == 0 || !strings.EqualFold(parts[0], side) {
			parts = append(parts, isolate(side))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	out := strings.Join(parts, ", ")
	if s.Role != "" && s.Role != news.Other {
		out += " (" + string(s.Role) + ")"
	}
	return out
}
