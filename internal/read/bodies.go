package read

import (
	"strings"

	"parley/internal/text"
)

// Whose somebody is by the body or the group that he speaks for.

// spokesOf finds for whom somebody speaks who follows right behind: "the U.S. special envoy's
// spokeswoman Marcia Delgado".
func (r *reader) spokesOf(u utterance) who {
	if !r.english || !u.found || !u.who.person || u.who.name == "" || u.who.from == 0 {
		return who{}
	}
	list := u.p.whoIn(max(0, u.who.from-8), u.who.from)
	if k := len(list) - 1; k >= 0 && list[k].to == u.who.from && list[k].person && list[k].id != "" && u.p.t.Tokens[list[k].to-1].Flags&text.Possessive != 0 {
		return list[k]
	}
	return who{}
}

// holySee is the actor for whom a churchman speaks where it is named.
const holySee = "vatican-city"

// cleric reports that the name at token k is that of a churchman: a rank before it, or
// within two words, says so.
func (p *part) cleric(k int) bool {
	for j := k; j >= max(0, k-2); j-- {
		t := &p.t.Tokens[j]
		if t.Flags&text.Capital == 0 {
			continue
		}
		switch t.Norm {
		case "bishop", "archbishop", "cardinal", "monsignor", "father", "pastor", "reverend", "rev", "nuncio", "obispo", "arzobispo", "monseñor", "cardenal", "monseigneur":
			return true
		}
		if t.Gap&^(text.Space|text.Dot) != 0 {
			break
		}
	}
	return false
}

// commission finds whose commission somebody speaks for: that of the organisation
// that the item names, "a Commission spokesperson".
func (r *reader) commission(u utterance) string {
	if !r.english {
		return ""
	}
	from := u.who.from
	if u.who.name != "" && !u.p.title { // "a Commission spokesperson for trade, Karel Verhoeven, told"
		from = max(u.p.t.Sentences[u.p.t.Tokens[from].Sentence].From, from-6)
	}
	for k := from; k < u.who.to; k++ {
		if k < u.who.from && !(k+1 < u.who.from && strings.HasPrefix(u.p.t.Tokens[k+1].Norm, "spokes")) {
			continue
		}
		if t := &u.p.t.Tokens[k]; t.Norm != "commission" || t.Flags&text.Capital == 0 && !(k+1 < u.who.to && strings.HasPrefix(u.p.t.Tokens[k+1].Norm, "spokes")) || k > 0 && u.p.t.Tokens[k-1].Flags&text.Capital != 0 && t.Gap == text.Space && k > u.who.from {
			continue
		}
		for _, id := range r.order {
			switch id {
			case "european-union", "african-union", "ecowas":
				return id
			}
		}
	}
	return ""
}

// groupOf reads "the rebels' delegate", "a spokesman for the insurgents": the one armed
// group of a negotiation, where nobody else is named.
func (r *reader) groupOf(e *event, u utterance) string {
	n := r.negotiation(e)
	if !r.english || n == nil || !u.found || !u.who.person || u.who.id != "" && !u.who.inferred {
		return ""
	}
	of := false
	from := max(u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence].From, u.who.from-2)
	if u.p.t.Tokens[u.who.from].Gap&text.Comma != 0 {
		from = u.who.from // "between Bamako and the rebels, minister says"
	}
	for k := from; k < min(u.who.to+4, len(u.p.t.Tokens)) && !of; k++ {
		switch u.p.t.Tokens[k].Norm {
		case "rebel", "rebels", "rebels'", "insurgent", "insurgents", "insurgents'", "guerrilla", "guerrillas", "guerrillas'":
			of = k < u.who.to || k >= 2 && (u.p.t.Tokens[k-2].Norm == "for" || u.p.t.Tokens[k-2].Norm == "of")
		}
	}
	group := ""
	for _, id := range n.Parties {
		if r.isGroup(id) {
			if group != "" || !of {
				return ""
			}
			group = id
		}
	}
	return group
}

// onlyOffice reports a phrase that names an office and not whose it is: "the Ministry
// of Defense", "Foreign Ministry".
func (p *part) onlyOffice(from, to int) bool {
	office := false
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "ministry", "army", "military", "presidency", "spokesman", "spokesperson", "spokeswoman":
			office = true
		case "the", "of", "a", "foreign", "defense", "defence", "affairs", "interior", "external":
		default:
			return false
		}
	}
	return office
}

// sameBody finds whose the "ministry" or the "army" is with which a speaker's phrase
// begins: that of the one named before it in the sentence.
func (r *reader) sameBody(u utterance) string {
	p := u.p
	if !r.english || u.who.to <= u.who.from {
		return ""
	}
	body := p.t.Tokens[u.who.from].Norm
	switch body {
	case "ministry", "army", "military", "presidency":
	default:
		return ""
	}
	s := p.t.Sentences[p.t.Tokens[u.who.from].Sentence]
	list := p.whoIn(s.From, u.who.from)
	for k := len(list) - 1; k >= 0; k-- {
		if w := list[k]; w.id != "" && !w.inferred && p.t.Tokens[w.to-1].Norm == body {
			return w.id
		}
	}
	return ""
}

// ownerless reports a phrase that begins with an office or a body of a state and does
// not say of which: "Foreign Ministry spokesman", "the top government spokesman".
func (p *part) ownerless(from, to int) bool {
	for k := from; k < min(to, from+5); k++ {
		switch p.t.Tokens[k].Norm {
		case "foreign", "defense", "defence", "interior", "home", "finance", "trade", "commerce", "army", "military", "government", "cabinet", "presidency", "presidential", "prime", "minister", "ministry":
			return true
		}
		if p.t.Tokens[k].Flags&text.Possessive != 0 {
			return false
		}
	}
	return false
}
