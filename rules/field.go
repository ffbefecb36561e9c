package rules

// fields lists the fields in the order in which they are documented.
func fields() []string {
	return []string{
		"title", "actor", "feed", "tier", "lang", "site",
		"negotiation", "kind", "by", "party", "mediator", "date", "certainty", "tone", "round", "venue", "sources",
		"rule",
	}
}

// aboutItem reports the fields that tell where an item stands.
func aboutItem(field string) bool {
	switch field {
	case "feed", "tier", "lang", "site":
		return true
	}
	return false
}

// example shows a condition of a field as it is typed.
func example(field string) string {
	switch field {
	case "title":
		return "title:ceasefire"
	case "actor":
		return "actor:pakistan"
	case "feed":
		return "feed:dawn"
	case "tier":
		return "tier:official"
	case "lang":
		return "lang:fa"
	case "site":
		return "site:dawn.com"
	case "negotiation":
		return "negotiation:us-iran"
	case "kind":
		return "kind:talks-scheduled"
	case "by":
		return "by:mediator"
	case "party":
		return "party:iran"
	case "mediator":
		return "mediator:oman"
	case "date":
		return "date:upcoming"
	case "certainty":
		return "certainty:confirmed"
	case "tone":
		return "tone:<0"
	case "round":
		return "round:2"
	case "venue":
		return "venue:islamabad"
	case "sources":
		return "sources:>=2"
	}
	return "rule:mediator-names-date"
}

// meantField guesses which field somebody meant by a name that is none,
// empty if nothing comes near.
func meantField(typed string) string {
	switch typed {
	case "who", "speaker", "says", "said", "author":
		return "by"
	case "country", "state", "name", "person":
		return "actor"
	case "when", "day", "on":
		return "date"
	case "where", "place", "city", "location":
		return "venue"
	case "language":
		return "lang"
	case "url", "link", "domain", "host", "http", "https":
		return "site"
	case "headline", "intitle", "subject":
		return "title"
	case "type", "event", "category":
		return "kind"
	case "process", "talks", "nego":
		return "negotiation"
	case "mood":
		return "tone"
	case "from", "outlet":
		return "feed"
	case "sure":
		return "certainty"
	}
	return nearest(typed, fields())
}
