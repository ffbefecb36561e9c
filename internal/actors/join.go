package actors

import "parley/internal/text"

// owned reads "Iran's Karimi says": the headline's way to bring in somebody
// whom everybody knows.
func (p *page) owned(l *lexicon, x *lexeme) (phrase, bool) {
	f := phrase{from: x.from, aff: x.actor, affKind: x.kind, kind: kHead}
	if x.sense < 0 || !x.kind.is(kName|kCapital) || !p.possessed(x) || x.place || p.styleAt(int(x.from)) == allCaps {
		return f, false
	}
	a, b, _ := p.name(l, int(x.to), english)
	if a != int(x.to) || b == a || b-a > 3 || b >= len(p.at) || p.starts(b) || p.t.Tokens[b].Gap&^text.Space != 0 || p.cue(l, b)&cueSpeaks == 0 {
		return f, false
	}
	f.nameFrom, f.nameTo, f.to = int32(a), int32(b), int32(b)
	return f, true
}

// share lets a plural office count for the affiliation on the other side of
// "and", too: "German and French foreign ministers", "the foreign ministers of
// Iran and Iraq".
func (p *page) share(phrase int32) {
	f := &p.phrases[phrase-1]
	if !f.plural || f.aff < 0 || f.heads == 0 {
		return
	}
	i := int(f.from) - 1
	if i > 0 && and(p.t.Tokens[i].Norm) && inPhrase(p.t.Tokens[f.from].Gap) && inPhrase(p.t.Tokens[i].Gap) {
		if x := p.before(i); x != nil && !x.dropped && !x.taken && !x.place && x.sense >= 0 && x.kind.is(kName|kDemonym|kCapital) {
			x.shares, x.taken = phrase, true
		}
	}
	i = int(f.to)
	if y := p.before(i); y == nil || y.sense < 0 || i+1 >= len(p.at) || !and(p.t.Tokens[i].Norm) || !inPhrase(p.t.Tokens[i].Gap) {
		return
	}
	if x := p.lexeme(i + 1); x != nil && inPhrase(p.t.Tokens[i+1].Gap) && x.sense >= 0 && x.kind.is(kName|kCapital) && !x.dropped && !p.possessed(x) {
		x.shares, x.taken = phrase, true
	}
}

func and(w string) bool {
	switch w {
	case "and", "et", "y", "e", "и", "و", "اور":
		return true
	}
	return false
}

// sound reports whether a phrase has what its office needs.
func (p *page) sound(l *lexicon, f *phrase) bool {
	named := f.nameTo > f.nameFrom
	if f.kind == kRank {
		return named && f.aff >= 0
	}
	if f.heads == 0 { // a body
		t := &l.terms[f.part]
		return f.aff >= 0 || t.needs == nothing && f.definite
	}
	t := &l.terms[f.term]
	switch {
	case t.needs == anAffiliation:
		if f.aff < 0 && f.part == 0 && (f.nameTo-f.nameFrom < 2 || f.kind != kHead) {
			return false
		}
	case t.needs == aName:
		if !named {
			return false
		}
	}
	if f.kind == kSource && !named {
		return p.soundSource(l, f)
	}
	return true
}

// soundSource tells the noun "official" from the adjective, and people from
// "sources of income".
func (p *page) soundSource(l *lexicon, f *phrase) bool {
	name := l.terms[f.term].name
	to := int(f.to)
	end := to >= len(p.words) || p.t.Tokens[to].Gap&^(text.Space|text.Hyphen) != 0
	follows := p.cue(l, to)
	switch name {
	case "official":
		if f.plural {
			return true
		}
		return f.lang > english && f.aff >= 0 || end && f.definite || follows&(cueFollow|cueTail) != 0 && (f.definite || f.aff >= 0)
	case "source":
		if !end && p.t.Tokens[to].Norm == "of" {
			return false
		}
		return f.aff >= 0 || f.definite || f.sourcey || follows&(cueSaid|cueTail) != 0 || p.cue(l, int(f.from)-1)&cueSaid != 0 || f.from > 0 && p.t.Tokens[f.from-1].Norm == "to" && p.cue(l, int(f.from)-2)&cueSaid != 0
	}
	return true
}

// doubleOffice joins two offices of one person: "Qatar's prime minister and
// foreign minister Hamad Al Salim", "the OSCE co-chair, Ambassador Viktor Dahl,".
func (p *page) doubleOffice(l *lexicon, f *phrase) {
	n := len(p.phrases)
	if n == 0 || f.aff >= 0 || f.nameTo == f.nameFrom || f.kind != kHead {
		return
	}
	g := &p.phrases[n-1]
	if g.nameTo > g.nameFrom || g.plural || g.kind != kHead || g.aff < 0 {
		return
	}
	switch gap := p.t.Tokens[f.from].Gap; {
	case g.to == f.from-1 && and(p.t.Tokens[g.to].Norm) && inPhrase(p.t.Tokens[g.to].Gap) && inPhrase(gap):
	case g.to == f.from && gap&^text.Space == text.Comma && !p.starts(int(f.from)) && p.closed(l, int(f.to)):
		f.term, f.part, f.topic = g.term, g.part, g.topic // what somebody is here goes before what he is called
	default:
		return
	}
	f.from, f.aff, f.affKind = g.from, g.aff, g.affKind
	p.phrases = p.phrases[:n-1]
}

// relative joins "who leads the delegation" to the phrase before it.
func (p *page) relative(f *phrase) bool {
	if f.kind != kHead || f.nameTo > f.nameFrom || p.t.Tokens[f.from].Norm != "who" {
		return false
	}
	if n := len(p.phrases); n > 0 && p.phrases[n-1].to == f.from {
		g := &p.phrases[n-1]
		g.to = f.to
		if g.aff < 0 {
			g.aff, g.affKind = f.aff, f.affKind
		}
		for i := f.from; i < f.to; i++ {
			if at := p.at[i]; at > 0 {
				p.lexemes[at-1].taken = true
			}
		}
	}
	return true
}

// tail stretches an unnamed source over what is said of it: "familiar with the
// matter", "briefed on the talks", so that the verb comes next.
func (p *page) tail(l *lexicon, f *phrase) {
	if f.kind != kSource || f.nameTo > f.nameFrom {
		return
	}
	i := int(f.to)
	last := l.terms[f.term].name == "person"
	if !last && (i >= len(p.words) || p.cue(l, i)&cueTail == 0 || !inPhrase(p.t.Tokens[i].Gap)) {
		return
	}
	for n := 0; n < 8 && i < len(p.words) && (n == 0 || inPhrase(p.t.Tokens[i].Gap)) && !p.starts(i); n++ {
		if n > 1 && p.cue(l, i)&cueSaid != 0 && p.cue(l, i)&cueIn == 0 && !preposition(p.t.Tokens[i].Norm) {
			break
		}
		i++
	}
	f.to = int32(i)
}

func preposition(w string) bool {
	switch w {
	case "on", "in", "at", "with", "to", "of", "about", "during", "and", "or":
		return true
	}
	return false
}
