package read

import (
	"parley/internal/text"
)

// behind finds the subject to the right of token i: ", said X", "according to
// X", "announced by X". far allows words between, as in Russian and Arabic.
func (r *reader) behind(s *sentence, i int, far bool) utterance {
	p := s.p
	if i >= s.to || leads(p, i) && !far || !r.english && complementiser(p.t.Tokens[i].Norm) {
		return utterance{}
	}
	if r.english && p.title && i-2 >= s.from && i-3 <= s.from && p.t.Tokens[i-1].Gap == text.Space && p.comesTo(i, s.to) {
		return utterance{} // "Guarantors say ELN, government to meet": not the ELN
	}
	end := i
	for end < s.to && end < i+18 {
		if end > i && (p.t.Tokens[end].Gap&(text.Comma|text.Colon|text.Semicolon|text.Dash|text.SentenceEnd|text.QuoteOpen) != 0 || complementiser(p.t.Tokens[end].Norm)) && (r.english || !p.quotedName(end, s.to)) {
			break
		}
		end++
	}
	x := stretch{i, end}
	list := p.whoIn(x.from, x.to)
	var u utterance
	for k, w := range list {
		if w.dateline || w.place || w.id == "" && !w.anon && !w.person || w.demonym && !r.english && r.described(w) {
			continue
		}
		if !far && w.from-i > 6 || w.anon && w.from-i > 4 {
			break
		}
		for j := k + 1; j < len(list) && !w.person && list[j].from-w.to <= 3; j++ {
			if list[j].person && list[j].id == w.id {
				w = list[j]
			}
		}
		u = utterance{who: w, p: p, found: !w.anon, anon: w.anon}
		break
	}
	if !u.found || u.who.name == "" { // a name behind the office, or alone
		from := i
		if u.found {
			from = u.who.to
		}
		k := from
		for k < end && k < from+5 && (p.t.Tokens[k].Flags&text.Capital != 0 || k > from && (particle(p.t.Tokens[k].Norm) || p.t.Tokens[k].Gap&text.Hyphen != 0)) && (p.cues[k] == nil || p.nameLike(k)) && (k == from || p.t.Tokens[k].Gap&^(text.Space|text.Hyphen|text.Dot) == 0) {
			k++
		}
		if o := r.stranger(p, stretch{from, k}, from); o.found {
			if u.found {
				o.who = joined(o.who, u.who)
			} else {
				o.who.mediates = p.count(k, min(s.to, k+12), cMediating) > 0
			}
			u = o
		}
	}
	if u.found && u.who.person && u.who.name == "" && !r.english {
		u = r.apart(s, u, end)
	}
	if u.found && (u.who.person || u.who.body && p.english) && end < s.to && p.t.Tokens[end].Gap&(text.Comma|text.Paren|text.Dash) != 0 { // "said X, the EU's envoy", "said the ministry, which mediates"
		stop := end + 1
		for stop < s.to && stop < end+16 && p.t.Tokens[stop].Gap&parts == 0 {
			stop++
		}
		a := stretch{end, stop}
		if p.is(end, aRelative) || determiner(p.t.Tokens[end].Norm) || len(p.whoIn(end, min(s.to, end+3))) > 0 && p.count(end, stop, cSaid) == 0 {
			if u.who.id == "" || u.who.inferred {
				if id := r.belonging(s, a); id != "" {
					u.who.id, u.who.inferred = id, false
				}
			}
			u.who.mediates = u.who.mediates || p.count(end, stop, cMediating) > 0
		}
	}
	if u.found || u.anon {
		return u
	}
	if w := p.goBetween(i, end); r.english && w.to > 0 {
		return utterance{who: w, p: p, found: true}
	}
	if o := r.generic(s, stretch{i, min(end, i+4)}); o.found {
		return o
	}
	for k := i; k < min(s.to, i+5); k++ {
		if p.has(k, cAnonymous) {
			return utterance{anon: true}
		}
	}
	return utterance{}
}

// comesTo reports that whoever stands first in tokens [i,to) is to do something.
func (p *part) comesTo(i, to int) bool {
	for k := i + 1; k+1 < min(to, i+10); k++ {
		if p.has(k, cWill) || p.t.Tokens[k].Norm == "to" && p.t.Tokens[k+1].Flags&text.Capital == 0 {
			return true
		}
	}
	return false
}

// goBetween reads a mediator of nobody knows whom by name: "says go-between Faleh
// al-Rumaidhan".
func (p *part) goBetween(i, end int) who {
	if !p.has(i, cMediating) {
		return who{}
	}
	name := min(end, i+int(p.cues[i].length))
	to := name
	for to < end && to < name+5 && (p.t.Tokens[to].Flags&text.Capital != 0 || particle(p.t.Tokens[to].Norm)) && p.t.Tokens[to].Gap&^(text.Space|text.Hyphen) == 0 {
		to++
	}
	if to < name+2 {
		return who{}
	}
	return who{from: name, to: to, name: p.t.Quote(name, to), person: true, mediates: true, inferred: true}
}

func complementiser(w string) bool {
	switch w {
	case "that", "que", "что", "ان", "بان", "انه", "انها", "كه", "چې":
		return true
	}
	return false
}

// leads reports a word behind a verb of saying that leads to what is said, not
// to who says it.
func leads(p *part, i int) bool {
	switch p.t.Tokens[i].Norm {
	case "about", "in", "on", "at", "that", "of", "to", "after", "during", "ahead", "this", "following":
		return true
	}
	return false
}

func prepositionBefore(p *part, i int) bool {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		switch p.t.Tokens[k].Norm {
		case "for", "of", "to", "in", "on", "behind", "about", "with", "from", "pour", "de", "para":
			return true
		case "the":
			continue
		}
		return false
	}
	return false
}
