package read

import (
	"parley/internal/text"
)

// stranger finds a person nobody introduced: two or more capitalised words at
// the end of a stretch, behind token least.
func (r *reader) stranger(p *part, x stretch, least int) utterance {
	if p.title {
		return utterance{}
	}
	i := x.to
	for i > least && (p.dated(i-1) || p.cues[i-1] != nil && p.cues[i-1].classes.any(of(cHave, cHad, cBe, cDo)) || p.is(i-1, anAdverb)) {
		i--
	}
	if i-2 > least && p.english && p.t.Tokens[i-1].Norm == "office" && p.t.Tokens[i-2].Flags&text.Possessive != 0 {
		i-- // "Tomasz Wierzbinski's office says"
	}
	k := i
	for k > least && i-k < 5 {
		tok := &p.t.Tokens[k-1]
		if particle(tok.Norm) && k < i && k-1 > least {
			k--
			continue
		}
		if tok.Gap&text.Hyphen != 0 && tok.Flags&text.Capital == 0 && k-1 > least { // "Ri Song-ho"
			k--
			continue
		}
		if tok.Flags&text.Capital == 0 || tok.Flags&(text.AllCaps|text.Acronym|text.Number) != 0 && tok.End-tok.Start > 2 || p.cues[k-1] != nil && !p.nameLike(k-1) || p.dated(k-1) {
			break
		}
		k--
		if p.t.Tokens[k].Gap&^(text.Space|text.Hyphen|text.Dot) != 0 {
			break
		}
	}
	for k < i && (p.t.Tokens[k].Flags&text.Capital == 0 || p.is(k, aTitle) || p.t.Tokens[k].Norm == "then") {
		k++
	}
	if i-k == 1 { // "Sunada said", of whom more was told before
		for j := len(r.heard) - 1; j >= 0; j-- {
			if u := r.heard[j]; u.found && u.who.name != "" && u.who.person && r.surname(u) == p.t.Tokens[k].Norm {
				u.who.from, u.who.to, u.p = k, i, p
				return u
			}
		}
	}
	if i < len(p.t.Tokens) && p.dated(i) && k == p.t.Sentences[p.t.Tokens[k].Sentence].From {
		return utterance{} // where it was written
	}
	if p.english && k > 0 && k < i && medium(p.t.Tokens[k-1].Norm) && p.t.Tokens[k].Gap&^text.Space == 0 {
		return utterance{anon: true} // "the Lebanese channel Al-Mashriq reported"
	}
	for j := k; j < i; j++ {
		if p.is(j, aLocalBody|aBody|aGroupWord|aRoom) && !p.is(j, aTitle) || j == k && determiner(p.t.Tokens[j].Norm) {
			return utterance{}
		}
	}
	if k < i && p.t.Tokens[k].Gap&text.Paren != 0 && p.t.Tokens[k].Sentence == 0 && i < len(p.t.Tokens) && p.t.Tokens[i].Gap&text.Dash != 0 {
		return utterance{} // "Sept 12 (Global Wire) - Azerbaijan accused": an agency
	}
	capitals := 0
	for j := k; j < i; j++ {
		if p.t.Tokens[j].Flags&text.Capital != 0 {
			capitals++
		}
	}
	if capitals < 2 || k > least && prepositionBefore(p, k) && p.t.Tokens[k].Gap&parts == 0 {
		return utterance{}
	}
	for _, w := range p.whoIn(k, i) {
		if w.id != "" || w.place {
			return utterance{}
		}
	}
	return utterance{p: p, found: true, who: who{from: k, to: i, name: p.t.Quote(k, i), person: true, mediates: p.count(least, k, cMediating) > 0}}
}

func particle(w string) bool {
	switch w {
	case "al", "el", "bin", "ibn", "de", "da", "van", "von", "der", "la", "ag", "ould", "di", "du", "dos":
		return true
	}
	return false
}

// nameLike reports a cue that is as well a given name or surname.
func (p *part) nameLike(k int) bool {
	return p.cues[k].classes&^of(cOrdinal, cFiction, cSport, cBusiness) == 0
}

// surname is the last word of a person's name, folded.
func (r *reader) surname(u utterance) string {
	if u.p == nil || u.who.to <= u.who.from {
		return ""
	}
	t := &r.folded
	t.Reset(lastWord(u.who.name))
	if len(t.Tokens) == 0 {
		return ""
	}
	return t.Tokens[len(t.Tokens)-1].Norm
}

// medium reports a word for a paper or a channel, whose name follows it.
func medium(w string) bool {
	switch w {
	case "channel", "newspaper", "daily", "weekly", "website", "broadcaster", "magazine", "portal", "outlet", "network":
		return true
	}
	return false
}
