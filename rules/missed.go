package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// failedField says what a fact was instead of what was asked for.
func (r *reader) failedField(n *Field, fail *Failure) {
	c, bad := parseCond(n.Name, n.Value)
	if bad != nil {
		fail.Why = bad.msg + ": " + bad.hint
		return
	}
	value := ""
	switch {
	case aboutItem(n.Name):
		_, value = c.item(r.d)
	case r.f == nil:
		fail.Why = fail.Condition + " asks about a development, and the item has none"
		return
	default:
		_, value = c.fact(r.f, r.d.Today)
	}
	if value != "" {
		fail.near = similar
		fail.Nearest = &Because{Condition: fail.Condition, Field: n.Name, Value: value}
	}
	fail.Why = "asked for " + r.wanted(&c) + ": " + r.instead(&c, value)
}

// wanted is what a condition asks for, to stand behind "asked for".
func (r *reader) wanted(c *cond) string {
	switch c.field {
	case "by":
		if r.isRole(c.value) {
			return article(c.value)
		}
		return c.value
	case "kind":
		if _, group := r.v.Groups[c.value]; group {
			return "a kind of " + c.value
		}
		return c.value
	case "negotiation", "certainty":
		return c.value
	case "party", "mediator":
		return c.value + " as " + article(c.field)
	case "date":
		switch c.date.kind {
		case dateAny:
			return "a date"
		case dateUpcoming:
			return "a date ahead"
		case datePast:
			return "a past date"
		case dateToday:
			return "today"
		case dateWithin:
			return fmt.Sprintf("a date within %d days", c.date.days)
		}
		return DateRange{c.date.from, c.date.to}.String()
	}
	return noun(c.field) + " " + c.value
}

// instead is what was found in place of what a condition asked for.
func (r *reader) instead(c *cond, value string) string {
	if value == "" {
		switch c.field {
		case "by":
			return "nobody is named who says it"
		case "negotiation":
			return "it belongs to no negotiation that is known"
		case "party", "mediator", "date":
			return "no " + c.field + " is named"
		case "feed", "tier", "lang", "site":
			return "the item has no " + noun(c.field)
		}
		return "the development has no " + noun(c.field)
	}
	switch c.field {
	case "by":
		return "said by " + r.speaker()
	case "negotiation":
		return "it belongs to " + value
	case "kind", "certainty":
		return "it is " + value
	case "party", "mediator":
		if strings.Contains(value, ", ") {
			return strings.Replace(c.field+"s are ", "ys", "ies", 1) + value
		}
		return c.field + " is " + value
	case "date":
		return r.otherDate(c.date, value)
	}
	return noun(c.field) + " is " + value
}

// otherDate tells why the date that a development names is not the one.
func (r *reader) otherDate(want dateCond, value string) string {
	if r.d.Today == "" && want.kind != dateRange {
		return "date is " + value + ", and it is unknown which day it is"
	}
	d := r.f.Dates[0]
	today := " (today is " + r.d.Today + ")"
	switch {
	case want.kind == dateRange:
		return "date is " + value
	case cmp.Or(d.To, d.From) < r.d.Today:
		return "date is past: " + value + today
	case d.From > r.d.Today:
		return "date is still ahead: " + value + today
	}
	return "date is " + value + today
}

// speaker names who says it, with the role behind the name: "iran, a party".
func (r *reader) speaker() string {
	var who, roles []string
	for _, b := range r.f.By {
		if r.isRole(b) {
			roles = append(roles, article(b))
		} else {
			who = append(who, b)
		}
	}
	return strings.Join(append(who, roles...), ", ")
}

func (r *reader) isRole(value string) bool { return slices.Contains(r.v.Roles, value) }

// article puts the article before a role.
func article(role string) string {
	switch {
	case role == "other":
		return "an outsider"
	case strings.ContainsAny(role[:1], "aeiou"):
		return "an " + role
	}
	return "a " + role
}

// noun is what a field is called in a sentence.
func noun(field string) string {
	switch field {
	case "by":
		return "speaker"
	case "lang":
		return "language"
	case "sources":
		return "number of sources"
	}
	return field
}
