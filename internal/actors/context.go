package actors

import "parley/internal/text"

func (p *page) cue(l *lexicon, i int) cue {
	if i < 0 || i >= len(p.words) {
		return 0
	}
	return l.cues[p.words[i]]
}

// starts reports whether token i begins a sentence.
func (p *page) starts(i int) bool {
	return i == 0 || p.begins[i]
}

// lexeme returns the lexeme that begins at token i, nil if none does.
func (p *page) lexeme(i int) *lexeme {
	if i < 0 || i >= len(p.at) || p.at[i] == 0 {
		return nil
	}
	if x := &p.lexemes[p.at[i]-1]; int(x.from) == i {
		return x
	}
	return nil
}

// before returns the lexeme that ends right before token i, nil if none does.
func (p *page) before(i int) *lexeme {
	if i <= 0 || p.at[i-1] == 0 {
		return nil
	}
	return &p.lexemes[p.at[i-1]-1]
}

// frame finds what surrounds the news: datelines and authors' lines.
func (p *page) frame(r *reader) {
	for n := range p.t.Paragraphs {
		q := p.t.Paragraphs[n].Range
		if q.To-q.From < 2 {
			continue
		}
		if p.byline(r, q) {
			p.drop(q.From, q.To)
			continue
		}
		p.dateline(r, q, n)
	}
}

func (p *page) drop(from, to int) {
	for i := from; i < to; i++ {
		if at := p.at[i]; at > 0 {
			p.lexemes[at-1].dropped = true
			p.lexemes[at-1].taken = true
		}
	}
}

// byline reports whether a paragraph only says who wrote it.
func (p *page) byline(r *reader, q text.Range) bool {
	if p.t.Tokens[q.From].Norm != "by" || q.To-q.From > 14 {
		return false
	}
	lower := 0
	for i := q.From + 1; i < q.To; i++ {
		tok := &p.t.Tokens[i]
		if tok.Flags&(text.Capital|text.Number) == 0 && tok.Norm != "and" && tok.Norm != "in" && p.cue(&r.x.lex, i)&cueLink == 0 {
			lower++
		}
	}
	return lower <= (q.To-q.From)/4 && p.t.Tokens[q.From+1].Flags&text.Capital != 0
}

// dateline marks "ISLAMABAD (AP) —" and its like at the head of a paragraph.
func (p *page) dateline(r *reader, q text.Range, n int) {
	l := &r.x.lex
	first := p.lexeme(q.From)
	upper := p.t.Tokens[q.From].Flags&text.AllCaps != 0 && p.styleAt(q.From) != allCaps
	known := first != nil && first.kinds.is(kCapital|kCity|kName) && (first.venue > 0 || first.kind == kName)
	if !known && !upper {
		return
	}
	i := q.From + 1
	if known {
		i = int(first.to)
	} else { // "PESHAWAR: …": a place that is in no list
		for i < q.To && p.t.Tokens[i].Flags&text.AllCaps != 0 && i < q.From+3 && p.t.Tokens[i].Gap&(text.Colon|text.Dash|text.Paren) == 0 {
			i++
		}
	}
	wire := false    // an agency or a date was seen
	country := false // "Doha, Qatar –"
	for ; i < q.To && i < q.From+14; i++ {
		tok := &p.t.Tokens[i]
		g := tok.Gap
		inside := g&text.Paren != 0
		if g&text.Dash != 0 || g&text.Colon != 0 && (upper || wire || n > 0 || q.To-q.From > 12 && (p.body || len(p.t.Paragraphs) > 1)) {
			if !upper && !wire && !country && g&text.Colon == 0 && !(n == 0 && p.body && i == int(first.to) && first.kinds.is(kCapital|kCity) && tok.Flags&text.Capital != 0) {
				return // "Addis Ababa – The African Union …" is one, "Geneva – the city of …" is none
			}
			p.endDateline(r, q.From, i)
			return
		}
		x := p.lexeme(i)
		switch {
		case x != nil && x.kinds.is(kAgency):
			wire = true
			i = int(x.to) - 1
			// "(Reuters) – ", "/TASS/.": the closing mark is part of the next gap
			if j := int(x.to); j < q.To && p.t.Tokens[j].Gap&(text.Paren|text.Slash|text.Dash) != 0 && p.t.Tokens[j].Gap&text.Comma == 0 {
				p.endDateline(r, q.From, j)
				return
			}
		case p.cue(l, i)&cueMonth != 0:
			wire = true
		case tok.Flags&text.Number != 0, x != nil && x.kinds.is(kName|kCity|kCapital) && g&text.Comma != 0, x != nil && x.kinds.is(kName|kCity|kCapital) && g&text.Slash != 0:
			if x != nil {
				country = country || g&text.Comma != 0
				i = int(x.to) - 1
			}
		case inside && tok.Flags&text.Capital != 0 && (upper || known):
			// an agency that is in no list: "ISLAMABAD (Mirror Report):"
			for i+1 < q.To && i < q.From+12 && p.t.Tokens[i+1].Gap&text.Paren == 0 {
				i++
			}
			wire = true
		default:
			return
		}
	}
}

// endDateline marks the lexemes of tokens [from,to) as a dateline.
func (p *page) endDateline(r *reader, from, to int) {
	p.begins[to] = true
	for i := from; i < to; i++ {
		at := p.at[i]
		if at == 0 {
			continue
		}
		x := &p.lexemes[at-1]
		x.dateline, x.taken = true, true
		if r.home < 0 && x.sense >= 0 && x.kind.is(kName|kCapital) {
			r.home = x.actor
		} else if r.home < 0 && x.venue > 0 {
			r.home = r.x.byID[r.x.lex.venues[x.venue].State]
		}
	}
}

// context drops the names that mean no actor where they stand.
func (p *page) context(r *reader) {
	l := &r.x.lex
	for k := range p.lexemes {
		x := &p.lexemes[k]
		if x.kinds.is(kStop) {
			if s := x.sense; s < 0 || !l.senses(x.node)[s].configured {
				x.dropped, x.taken = true, true
			}
			continue
		}
		if x.sense < 0 || x.dropped || l.senses(x.node)[x.sense].configured {
			continue
		}
		from, to := int(x.from), int(x.to)
		if x.kind.is(kName|kCapital) && to-from == 1 && p.cue(l, from)&cueGiven != 0 && p.namesake(r, x) {
			x.dropped, x.taken = true, true
			continue
		}
		if p.t.Tokens[from].Flags&text.AllCaps != 0 && p.styleAt(from) == allCaps && p.cue(l, from)&cueCommon != 0 && to-from == 1 && !p.stands(l, x) {
			x.dropped, x.taken = true, true
			continue
		}
		if x.kind == kName {
			if y := p.lexeme(to); y != nil && y.kinds.is(kTeam) && inPhrase(p.t.Tokens[to].Gap) && !p.possessed(x) {
				x.dropped, x.taken = true, true
				continue
			}
			if y := p.before(from); y != nil && y.kinds.is(kTeamBefore) && inPhrase(p.t.Tokens[from].Gap) {
				x.dropped, x.taken = true, true
			}
		}
	}
	p.sport(l)
}

func (p *page) possessed(x *lexeme) bool {
	return p.t.Tokens[x.to-1].Flags&text.Possessive != 0
}

// namesake reports whether a state's name is a personal name here: Jordan
// Henderson, Michael Jordan.
func (p *page) namesake(r *reader, x *lexeme) bool {
	l := &r.x.lex
	from, to := int(x.from), int(x.to)
	style := p.styleAt(from)
	if style == allCaps {
		return false
	}
	if from > 0 && !p.starts(from) && p.t.Tokens[from].Gap == text.Space {
		prev := &p.t.Tokens[from-1]
		y := p.before(from)
		switch {
		case y != nil && y.kinds.is(kTitle|kRank) && prev.Flags&text.Capital != 0:
			return true
		case y == nil && prev.Flags&text.Capital != 0 && prev.Flags&(text.AllCaps|text.Possessive|text.NonLatin) == 0 && p.cue(l, from-1)&(cueNotName|cueMotion|cueSaid|cueEvent|cueTo|cueIn) == 0 &&
			!p.starts(from-1) && style == plain:
			return true
		}
	}
	if to < len(p.t.Tokens) && !p.starts(to) && p.t.Tokens[to].Gap == text.Space && !p.possessed(x) {
		next := &p.t.Tokens[to]
		if p.lexeme(to) != nil || next.Flags&text.Capital == 0 || next.Flags&(text.AllCaps|text.NonLatin) != 0 || p.cue(l, to)&(cueNotName|cueSaid|cueEvent|cueMotion) != 0 {
			return false
		}
		if style == titleCase { // "Jordan Hosts" is none, "Jordan Henderson" is one
			return next.Norm[len(next.Norm)-1] != 's' && r.sportiness(p, int(next.Sentence)) > 0
		}
		return true
	}
	return false
}

// stands reports whether a short word in a line of capitals is a name and not
// the everyday word: "US SAYS", but not "JOIN US".
func (p *page) stands(l *lexicon, x *lexeme) bool {
	from, to := int(x.from), int(x.to)
	if p.joined(from) || p.starts(from) && to < len(p.words) && !p.starts(to) {
		return true
	}
	if y := p.before(from); y != nil && (y.sense >= 0 || y.kinds.is(kDet)) {
		return true
	}
	if y := p.lexeme(to); y != nil && inPhrase(p.t.Tokens[to].Gap) && y.kinds.is(parts) {
		return true
	}
	if y := p.lexeme(to); y != nil && y.sense >= 0 && y.kind.is(kName|kCapital) && p.t.Tokens[to].Gap == text.Comma|text.Space {
		return true // "US, IRAN TO MEET"
	}
	if from > 1 && p.t.Tokens[from-1].Norm == "and" && p.before(from-1) != nil && p.before(from-1).sense >= 0 {
		return true
	}
	return p.t.Tokens[from].Gap&(text.Comma|text.Colon|text.Dash) != 0
}

// sport drops the names of states in sentences about sport.
func (p *page) sport(l *lexicon) {
	last := int32(-1)
	for k := range p.lexemes {
		if !p.lexemes[k].kinds.is(kSport | kSportWeak) {
			continue
		}
		n := p.t.Tokens[p.lexemes[k].from].Sentence
		if n == last {
			continue
		}
		last = n
		s := p.t.Sentences[n]
		if p.sportScore(s) < 2 {
			continue
		}
		for i := s.From; i < s.To; i++ {
			if at := p.at[i]; at > 0 {
				if x := &p.lexemes[at-1]; x.sense >= 0 && x.kind.is(kName|kDemonym|kCapital) && !l.senses(x.node)[x.sense].configured {
					x.dropped, x.taken = true, true
				}
			}
		}
	}
}

// sportScore counts words of sport: the strong ones two, the others one.
func (p *page) sportScore(s text.Range) int {
	score := 0
	for i := s.From; i < s.To; {
		at := p.at[i]
		if at == 0 {
			i++
			continue
		}
		x := &p.lexemes[at-1]
		switch {
		case x.kinds.is(kSport):
			score += 2
		case x.kinds.is(kSportWeak):
			score++
		}
		i = max(i+1, int(x.to))
	}
	return score
}

func (r *reader) sportiness(p *page, sentence int) int {
	return p.sportScore(p.t.Sentences[sentence])
}

// places tells where a name is only the place where something happens.
func (p *page) places(r *reader) {
	l := &r.x.lex
	for k := range p.lexemes {
		x := &p.lexemes[k]
		if x.dropped || x.dateline || x.actor < 0 && x.venue == 0 {
			continue
		}
		if x.kind == kDemonym || x.kind == kBody {
			continue
		}
		if x.kind == kName && x.venue == 0 && r.x.actors[x.actor].Kind != State {
			x.group, x.movement = true, r.x.actors[x.actor].Kind == Group
			continue
		}
		x.place = p.isPlace(l, x)
	}
}

func (p *page) isPlace(l *lexicon, x *lexeme) bool {
	from, to := int(x.from), int(x.to)
	city := x.venue > 0
	if from > 0 && !p.starts(from) {
		g := p.t.Tokens[from].Gap
		b := from - 1
		if y := p.before(from); y != nil && y.kinds.is(kDet) && inPhrase(g) && y.from > 0 {
			b = int(y.from) - 1 // "in the United States"
		}
		c := p.cue(l, b)
		if city && p.t.Quote(from-1, from) == "à" {
			return true
		}
		if city && inPhrase(g) && !p.possessed(x) {
			e := b
			switch p.t.Tokens[b].Norm {
			case "de", "d", "du", "del":
				e--
			}
			if e >= 0 && p.cue(l, e)&cueEventBefore != 0 && (e == b) == (p.t.Tokens[b].Flags&text.NonLatin != 0) {
				return true
			}
		}
		if inPhrase(g) && c&cueIn != 0 && !p.possessedBody(x) {
			return true
		}
		if inPhrase(g) && c&cueMotion != 0 && !p.given(b, to, city) && !p.possessed(x) {
			return true
		}
		if inPhrase(g) && c&cueTo != 0 && !p.possessed(x) {
			for j := b - 1; j >= 0 && j >= b-4 && !p.starts(j+1); j-- {
				if p.cue(l, j)&cueMotion != 0 {
					return true
				}
			}
		}
		// "Islamabad, Pakistan", "the capital, Islamabad", "the capital Doha"
		if g&^text.Comma == text.Space {
			if g&text.Comma != 0 {
				if y := p.before(from); y != nil && y.venue > 0 && y.place && x.actor >= 0 && p.sameState(l, y, x) && !y.dropped && x.kind == kName && !p.verbBehind(l, to) && !p.possessed(x) {
					return true
				}
			}
			if p.cue(l, from-1)&cueCapital != 0 && city {
				return true
			}
		}
	}
	if p.t.Tokens[from].Flags&text.NonLatin != 0 && l.within[p.t.Tokens[from].Norm] || to < len(p.words) && p.cue(l, to)&cueInBehind != 0 && inPhrase(p.t.Tokens[to].Gap) {
		return true
	}
	if city && to < len(p.words) && !p.starts(to) {
		g := p.t.Tokens[to].Gap
		if (g == text.Space || g == text.Hyphen|text.Space || g == text.Hyphen) && p.cue(l, to)&cueEvent != 0 && !p.possessed(x) && x.kind != kName && !p.paired(from) {
			return true
		}
		if g == text.Comma|text.Space {
			if y := p.lexeme(to); y != nil && y.kind == kName && y.venue == 0 && y.actor >= 0 && x.venue > 0 && p.sameState(l, x, y) && !p.possessed(y) {
				return true
			}
		}
	}
	return false
}

// given reports that a name behind a verb of motion is no place to go: "sends Iran a
// proposal", and of a city "sends Tehran a proposal", where what is sent stands
// behind it.
func (p *page) given(verb, to int, city bool) bool {
	switch p.t.Tokens[verb].Norm {
	case "invite", "invites", "invited", "inviting":
		return true // who is invited is no place, where to is
	case "send", "sends", "sent", "brought":
		if !city {
			return true
		}
	case "left":
		return !city
	case "brings":
		if !city {
			return false
		}
	default:
		return false
	}
	if to >= len(p.words) || p.t.Tokens[to].Gap&^text.Space != 0 {
		return false
	}
	switch p.t.Tokens[to].Norm {
	case "a", "an", "its", "the", "his", "her", "another", "new", "fresh", "written", "formal", "draft", "revised", "detailed", "response", "reply", "message", "letter", "proposal":
		return true
	}
	return false
}

// paired reports the second of two names in "Washington-Caracas talks".
func (p *page) paired(from int) bool {
	y := p.before(from)
	return y != nil && y.sense >= 0 && y.kind.is(kName|kCapital) && p.t.Tokens[from].Gap == text.Hyphen
}

func (p *page) sameState(l *lexicon, x, y *lexeme) bool {
	for _, s := range l.senses(x.node) {
		if s.venue > 0 && s.actor == y.actor {
			return true
		}
	}
	return false
}

// possessedBody reports "in Iran's foreign ministry": no place.
func (p *page) possessedBody(x *lexeme) bool {
	if !p.possessed(x) {
		return false
	}
	y := p.lexeme(int(x.to))
	return y != nil && y.kinds.is(parts|kMod)
}
