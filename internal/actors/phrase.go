package actors

import (
	"strings"

	"parley/internal/text"
)

// A phrase is an office, a body or a person with all that belongs to it.
type phrase struct {
	from, to         int32 // tokens
	nameFrom, nameTo int32 // the personal name in it; equal: none
	kind             kinds // kHead, kSource, kPart or kRank
	term, part       int32 // the office; the part of government
	aff              int32 // actor it speaks for, −1 not said
	topic            int32 // 1 + the actor that an envoy is sent for
	implied          int32 // 1 + the actor that an office in it can only be of: "the secretary-general's envoy"
	affKind          kinds
	body             int32 // 1 + the lexeme of a body with a name of its own
	person           int32 // 1 + index into people
	lang             lang
	former, plural   bool
	inferred         bool
	definite         bool // has an article or affiliation: not a bare word
	heads            int8
	sourcey          bool // "diplomatic", "informed"
	led              bool // by "who heads": what is led comes next
}

// longest is the number of tokens that an office with its affiliation may
// have; without a bound a text of nothing but modifiers would cost its square.
const longest = 24

// parse finds the phrases of a page: first the offices with their
// affiliations, then the people next to them.
func (p *page) parse(r *reader) {
	l := &r.x.lex
	for k := 0; k < len(p.lexemes); {
		x := &p.lexemes[k]
		if x.dropped || x.taken || !x.kinds.is(parts|kMod|kPast|kDet|affiliations|kRank|kTitle) {
			k++
			continue
		}
		var f phrase
		ok := p.opens(x)
		if ok {
			ok = p.chunk(l, int(x.from), &f)
		}
		if !ok {
			if x.sense < 0 || !p.possessed(x) {
				k++
				continue
			}
			if f, ok = p.owned(l, x); !ok {
				k++
				continue
			}
			p.phrases = append(p.phrases, f)
			x.taken = true
			r.introduce(p, &p.phrases[len(p.phrases)-1])
			k++
			continue
		}
		p.attachName(r, &f)
		p.doubleOffice(l, &f)
		if p.relative(&f) {
			k++
			continue
		}
		if !p.sound(l, &f) {
			k++
			continue
		}
		p.tail(l, &f)
		if n := len(p.phrases); n > 0 && p.phrases[n-1].to > f.from {
			if p.phrases[n-1].nameTo > p.phrases[n-1].nameFrom || f.nameFrom == f.nameTo {
				k++
				continue
			}
			p.phrases = p.phrases[:n-1]
		}
		for i := f.from; i < f.to; i++ {
			if at := p.at[i]; at > 0 {
				p.lexemes[at-1].taken = true
			}
		}
		p.phrases = append(p.phrases, f)
		r.introduce(p, &p.phrases[len(p.phrases)-1])
		p.share(int32(len(p.phrases)))
		for k < len(p.lexemes) && p.lexemes[k].from < f.to {
			k++
		}
	}
}

// opens reports whether a phrase may begin with x: it is an office itself, or
// something known stands right behind it. Most articles and names fall here.
func (p *page) opens(x *lexeme) bool {
	if x.kinds.is(parts | kRank) {
		return true
	}
	i := int(x.to)
	return i < len(p.at) && p.at[i] != 0
}

// chunk reads an office with its modifiers and affiliation from token i on.
func (p *page) chunk(l *lexicon, i int, f *phrase) bool {
	*f = phrase{from: int32(i), aff: -1}
	linked, past := false, false // behind a link; nothing but links may go on
	held := i                    // end of what is certain
	bracket := false             // a short name in brackets was passed: "(MEA)"
	for pos := i; pos < len(p.at) && pos < i+longest; {
		if pos > i && held == pos && p.abbreviation(pos) {
			pos, bracket = pos+1, true
		}
		x := p.lexeme(pos)
		if x == nil || x.dropped || x.dateline || pos > i && !bracket && !p.goesOn(pos, f) {
			break
		}
		bracket = false
		k := x.kinds
		next := int(x.to)
		switch {
		case k.is(kDet) && x.sense < 0 && (pos == i || linked):
			f.definite = true
			pos = next
			continue
		case x.sense >= 0 && x.kind.is(affiliations) && !(k.is(parts|kMod) && x.kind == kBody && f.aff >= 0) && p.takes(l, f, x, linked):
			p.affiliation(l, f, x, linked)
			linked = false
			if f.heads > 0 || f.part > 0 || f.body > 0 {
				held = next
			}
		case k.is(parts):
			if !p.head(l, f, x, linked, past) {
				break
			}
			linked, held = f.led, next
			f.led = false
		case k.is(kPast) && f.heads == 0:
			f.former = f.former || k.is(kPast) && !k.is(kMod)
		case k.is(kMod|kModSource) && (f.heads == 0 || linked || f.lang > english):
			f.sourcey = f.sourcey || k.is(kModSource)
		case k.is(kRank) && f.heads == 0 && pos == i:
			*f = p.ranked(l, i)
			return true
		case k.is(kLink) && !linked && p.links(l, f, x):
			linked, past = true, past || p.langOfLink(l, x) != urdu
		default:
			pos = len(p.at)
			continue
		}
		pos = next
	}
	f.to = int32(held)
	if f.part > 0 && f.aff < 0 && f.heads > 0 && l.terms[f.part].needs == anAffiliation {
		f.part = 0
	}
	return (f.heads > 0 || f.part > 0) && held > i
}

func (p *page) langOfLink(l *lexicon, x *lexeme) lang {
	for _, s := range l.senses(x.node) {
		if s.kind == kLink {
			return s.lang
		}
	}
	return anyLang
}

// abbreviation reports whether token i is a short name alone in brackets.
func (p *page) abbreviation(i int) bool {
	if i+1 >= len(p.at) || p.starts(i) || p.starts(i+1) {
		return false
	}
	a, b := &p.t.Tokens[i], &p.t.Tokens[i+1]
	const other = text.Comma | text.Colon | text.Semicolon | text.Dash
	return a.Flags&text.AllCaps != 0 && a.Gap&text.Paren != 0 && b.Gap&text.Paren != 0 && (a.Gap|b.Gap)&other == 0
}

// links reports whether the phrase may go on behind the link x. Where the
// affiliation is known, only "of" and what leads to a subject goes on:
// "Iran's ambassador to the UN", but not "the Iranian delegation in Doha".
func (p *page) links(l *lexicon, f *phrase, x *lexeme) bool {
	if f.heads == 0 && f.part == 0 {
		return f.aff >= 0 && p.langOfLink(l, x) == urdu
	}
	if f.aff < 0 || f.heads > 0 && l.terms[f.term].needs == aTopic {
		return true
	}
	return p.t.Tokens[x.from].Norm == "of" || f.lang == french || f.lang == spanish || p.langOfLink(l, x) == urdu
}

// goesOn reports whether a phrase may go on across the gap before token i.
func (p *page) goesOn(i int, f *phrase) bool {
	g := p.t.Tokens[i].Gap
	return g&(text.Comma|text.Colon|text.Semicolon|text.Dash|text.SentenceEnd|text.ParagraphEnd|text.Ellipsis|text.Bullet|text.Question|text.Paren) == 0
}

// takes reports whether the affiliation x may belong to the phrase.
func (p *page) takes(l *lexicon, f *phrase, x *lexeme, linked bool) bool {
	if x.kind == kBody && x.kinds.is(kPart) && f.aff >= 0 && x.actor != f.aff {
		return false // "Pakistan's Foreign Office" is not Britain's
	}
	if uncased(f.lang) && x.kind.is(kName|kCapital) && !linked && f.heads == 0 && f.part > 0 && f.aff >= 0 && x.actor != f.aff {
		return false // "یونانی وفد ترکیہ کے وفد سے" are two
	}
	if f.lang == arabic && !linked && f.aff >= 0 && x.actor != f.aff && x.kind.is(kName|kCapital) && strings.HasPrefix(p.t.Quote(int(x.from), int(x.from)+1), "و") {
		return false // "حكومة الكونغو وحركة 23 مارس" are two
	}
	if f.heads == 0 && !linked {
		return true
	}
	if linked { // an embassy in Muscat is not Oman's, officials in Tehran are Iran's
		return f.kind == kSource || x.group || !p.linkedInside(int(x.from)) || f.aff >= 0 || f.heads == 0 && f.part > 0 && x.kind.is(kCapital) && seated(l.terms[f.part].name)
	}
	return f.lang > english && (f.lang != urdu || x.kind == kBody) // "وزير الخارجية الإيراني", but not "mediator Qatar"
}

// seated reports bodies that sit in their own capital: "the presidency in Port Louis" is
// that of Mauritius, where an embassy or a delegation would be somebody else's.
func seated(body string) bool {
	switch body {
	case "foreign ministry", "defence ministry", "trade ministry", "ministry", "presidency", "prime minister's office", "government", "parliament", "military", "central bank":
		return true
	}
	return false
}

// affiliation adds x to the phrase as what it speaks for.
func (p *page) affiliation(l *lexicon, f *phrase, x *lexeme, linked bool) {
	if x.kind == kBody {
		f.body = p.at[x.from]
		for _, s := range l.senses(x.node) {
			if s.kind == kPart && f.part == 0 {
				f.part = s.term
			}
		}
	}
	if linked && f.aff >= 0 {
		if f.topic == 0 {
			f.topic = x.actor + 1
		}
		return // the first one counts: "Iran's ambassador to the UN"
	}
	if linked && f.heads > 0 && (l.terms[f.term].needs == aTopic || f.implied > 0) && !p.linkedOf(int(x.from)) && x.kind != kBody {
		f.topic = x.actor + 1
		return // "the special envoy for Sudan" speaks for somebody else
	}
	if f.aff >= 0 && f.heads == 0 && x.movement && f.affKind == kName && !linked {
		f.aff = x.actor // "Yemen's Houthi movement"
		return
	}
	if f.aff >= 0 && f.heads == 0 && x.kind != kBody && !(f.affKind == kName && p.t.Tokens[x.from].Gap&text.Hyphen != 0) {
		f.topic = x.actor + 1
		return // "UN Syria envoy"
	}
	f.aff, f.affKind = x.actor, x.kind
	f.definite = true
}

// linkedOf reports whether the link before token i says whose: "of", "de l'".
func (p *page) linkedOf(i int) bool {
	for _, w := range [...]string{"of", "de", "du", "des", "d", "del", "كي", "كا"} {
		if p.linkedBy(i, w) {
			return true
		}
	}
	return false
}

// linkedBy reports whether the link before token i is this word.
func (p *page) linkedBy(i int, word string) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		x := p.before(j + 1)
		if x == nil {
			return false
		}
		if x.kinds.is(kLink) {
			return p.t.Tokens[x.from].Norm == word || p.t.Tokens[x.to-1].Norm == word
		}
	}
	return false
}

// linkedInside reports whether the link before token i says where, not whose.
func (p *page) linkedInside(i int) bool {
	for _, w := range [...]string{"in", "at", "on", "within", "inside", "في", "لدي", "در", "в", "при", "ميں"} {
		if p.linkedBy(i, w) {
			return p.before(i) == nil || p.lexeme(i) == nil || !p.lexeme(i).kinds.is(kBody) && p.lexeme(i).kind != kBody
		}
	}
	return false
}

// head adds an office or a part of a government to the phrase; false if the
// phrase must end before it.
func (p *page) head(l *lexicon, f *phrase, x *lexeme, linked, past bool) bool {
	var office, part *sense
	senses := l.senses(x.node)
	for k := range senses {
		s := &senses[k]
		if !p.spelled(l, s, int(x.from), int(x.to)) {
			continue
		}
		switch {
		case s.kind.is(kHead|kSource|kLead) && office == nil:
			office = s
		case s.kind == kPart && part == nil:
			part = s
		}
	}
	if office != nil && l.terms[office.term].implied >= 0 {
		f.implied = l.terms[office.term].implied + 1
	}
	switch {
	case office != nil && !past: // the last noun is the head: "army chief"
		if f.heads > 0 && f.kind == kHead && office.kind == kSource && l.terms[office.term].name == "official" {
			return true // "spokesman official" does not occur; "official spokesman" is a modifier
		}
		if f.heads > 0 && f.lang > english {
			return false
		}
		f.kind, f.term, f.lang = office.kind, office.term, office.lang
		f.heads++
		f.plural = p.isPlural(x)
		if office.kind == kLead {
			f.kind, f.led, f.plural = kHead, true, false
		}
	case part != nil:
		if f.part == 0 || !linked {
			f.part = part.term
		}
		if f.heads == 0 {
			f.lang = part.lang
		}
	case office != nil: // behind a link: "aide to the president"
	}
	return true
}

func (p *page) isPlural(x *lexeme) bool {
	n := p.t.Tokens[x.to-1].Norm
	return len(n) > 3 && (n[len(n)-1] == 's' || n == "spokesmen" || n == "spokespeople" || n == "people")
}

// ranked is the phrase of a rank with its name to come.
func (p *page) ranked(l *lexicon, i int) phrase {
	x := p.lexeme(i)
	f := phrase{from: int32(i), to: x.to, aff: -1, kind: kRank}
	for _, s := range l.senses(x.node) {
		if s.kind == kRank {
			f.term, f.lang = s.term, s.lang
		}
	}
	return f
}
