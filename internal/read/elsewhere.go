package read

import (
	"slices"
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// What events the other languages tell in another order than English: the
// expectation behind the noun, the threat in one sentence with its condition,
// the date before its verb.

// foretold corrects the mood of a verbal noun or infinitive by what governs it
// from behind, as in Persian and Urdu: "بحالی متوقع", "شروع ہونے کی توقع ہے".
func (r *reader) foretold(s *sentence, i int, q *cue, c class, v *verdict) {
	p := s.p
	if r.english || v.mood == unreal {
		return
	}
	if c == cStart && p.door(i, s.from, s.to) {
		*v = verdict{mood: unreal, reason: "ready to, not agreed"}
		return
	}
	if first := &p.t.Tokens[s.from]; s.from < i && first.Flags&text.Number != 0 && len(first.Norm) == 4 && p.year > 0 {
		if y := atoi(first.Norm); y >= 1900 && y < p.year { // a line of a chronicle: "2007-2008 : …"
			*v = verdict{mood: backstory, reason: "background"}
			return
		}
	}
	if p.called(i, q, c, s.from, s.to, r.verbLast) {
		*v = verdict{mood: unreal, reason: "wished for, not announced"}
		return
	}
	if v.mood == planned && !v.hedged {
		reach := 4
		if r.verbLast {
			reach = 18
		}
		for k := i - 1; k >= s.from && k >= i-reach && !p.boundary(k+1); k-- {
			if p.has(k, cLikely) && !p.has(k, cSaid) && !p.has(k, cHold) {
				v.hedged = true
				break
			}
		}
	}
	if !r.verbLast {
		return
	}
	end := i + int(q.length)
	if end < s.to && p.t.Tokens[end].Gap&parts == 0 && p.has(end, cNot) {
		*v = verdict{mood: unreal, negated: true, reason: "negated"}
		return
	}
	if q.forms[c] == future && v.mood == planned {
		for k := i - 1; k >= s.from && k >= i-10; k-- {
			if o := p.cues[k]; o != nil && o.classes.has(cHad) && o.length > 1 {
				*v = verdict{mood: backstory, reason: "it had been planned"}
				return
			} else if o != nil && o.classes.any(r.triggers) && o.forms[cHold]|o.forms[cStart]|o.forms[cPostpone] != 0 {
				break
			}
		}
	}
	if v.mood == planned {
		return
	}
	if f := q.forms[c]; f == nominal || f == gerund {
		for k := end; k < min(s.to, end+2); k++ {
			if p.is(k, aDone) {
				*v = verdict{mood: happened}
				return
			}
		}
	}
	f := q.forms[c]
	if f == past && q.length > 1 || f == third || f == stative {
		return // a finite verb governs itself
	}
	for k := i + int(q.length); k < min(s.to, i+int(q.length)+6); k++ {
		if p.boundary(k) || p.t.Tokens[k].Gap&text.Comma != 0 {
			return
		}
		o := p.cues[k]
		if o == nil {
			continue
		}
		switch {
		case o.classes.has(cFail), o.classes.has(cNot):
			*v = verdict{mood: unreal, negated: true, reason: "negated"}
			return
		case o.classes.has(cWant):
			*v = verdict{mood: unreal, reason: "wished for, not announced"}
			return
		case o.classes.has(cMay):
			*v = verdict{mood: planned, hedged: true, may: true}
			return
		case o.classes.has(cLikely):
			*v = verdict{mood: planned, hedged: true}
			return
		case o.classes.has(cWill), o.classes.has(cHold) && o.forms[cHold] == participle:
			*v = verdict{mood: planned}
			return
		}
	}
}

// door reports "the door is open": "la puerta sigue abierta", "дверь открыта".
func (p *part) door(i, from, to int) bool {
	for k := max(from, i-8); k < min(to, i+4); k++ {
		switch p.t.Tokens[k].Norm {
		case "puerta", "puertas", "porte", "portes", "дверь", "двери", "باب", "الباب", "ابواب", "دروازه":
			return true
		}
	}
	return false
}

// agreeing reports a verb of agreeing that needs no deal as its object where two
// sides are its subject: "договорились увеличить", "d'accord pour".
func (r *reader) agreeing(s *sentence, i int, q *cue) bool {
	p := s.p
	if !p.is(i, anAgreement) {
		return false
	}
	for k := i + int(q.length); k < min(s.to, i+int(q.length)+6); k++ {
		if c := p.cues[k]; c != nil && c.classes.any(of(cHold, cPostpone, cSuspend, cTalks, cMeeting)) || c != nil && c.classes.has(cStart) && p.next(k+1, min(s.to, k+7), of(cTalks, cMeeting)) < min(s.to, k+7) {
			return false // to meet again: that is told by the other verb
		}
	}
	if r.verbLast {
		return r.sides(p, s.from, s.to) >= 2
	}
	return r.sides(p, s.from, s.to) >= 2
}

// agreedText finds what two sides agree on that is no deal by its name: "agree on
// first phase of Gaza plan", "agreed the text of".
func (r *reader) agreedText(s *sentence, i int, q *cue) (arg, cost int) {
	p := s.p
	if !strings.HasPrefix(p.t.Tokens[i].Norm, "agree") || r.sides(p, s.from, i) < 2 {
		return -1, 0
	}
	for k := i + int(q.length); k < min(s.to, i+int(q.length)+7) && !p.boundary(k); k++ {
		if c := p.cues[k]; c != nil && c.classes.any(of(cStart, cHold, cTalks, cMeeting)) {
			break // to meet: that is told by the other verb
		} else if c != nil && c.classes.has(cProposal) {
			return k, k - i
		}
	}
	return -1, 0
}

// threatens reads a threat with its condition and a last day in one sentence:
// "si Téhéran n'autorise pas d'ici au 31 août", "до 1 марта, иначе".
func (r *reader) threatens(s *sentence) {
	p := s.p
	if r.english || r.sides(p, s.from, s.to) < 2 || p.appeals(s.from, s.to) {
		return
	}
	last := -1
	for _, d := range p.datesIn(s.from, s.to) {
		if d.Granularity == dates.Deadline && d.To >= r.today && d.Role != dates.Speech {
			last = d.First
		}
	}
	if last < 0 {
		return
	}
	for i := s.from; i < s.to; i++ {
		threat := false
		switch {
		case p.is(i, aLimit):
			threat = r.limits(p, i, s)
		case p.is(i, anElse):
			threat = true
		case p.has(i, cIf):
			for k := i + 1; k < min(s.to, i+14); k++ {
				threat = threat || p.has(k, cNot) || p.has(k, cFail)
			}
			for k := i + 4; k < s.to && !threat; k++ { // "if … by then, it will leave the talks"
				c := p.cues[k]
				threat = c != nil && c.classes.any(of(cSuspend, cCancel, cImpose)) && (c.forms[cSuspend] == future || c.forms[cCancel] == future || c.forms[cImpose] == future)
			}
		}
		if threat {
			r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.2, acts: true})
			return
		}
	}
}

// retold reports a text that tells a story of long ago: its first sentence is
// dated years back, and the headline has no news.
func (r *reader) retold(e *event) bool {
	if r.english || r.day.IsZero() || e.s.order == 0 {
		return false
	}
	for i := range r.found {
		if o := &r.found[i]; o.s.order == 0 && o.because == "" {
			return false
		}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order != 1 {
			continue
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if d.To != 0 && d.First-s.from < 12 && d.To < dates.DayOf(r.day.AddDate(-3, 0, 0)) {
				return true
			}
		}
	}
	return false
}

// offered reports that what is handed over is its own giver's proposal: a party
// hands the other a package, nobody carries it between them.
func (r *reader) offered(s *sentence, i, arg int) bool {
	p := s.p
	if r.english && r.receives(s, i, arg) {
		return true
	}
	if !p.has(arg, cProposal) || r.english && (arg < i || !sends(p.t.Tokens[i].Norm) && !submits(p.t.Tokens[i].Norm)) {
		return false
	}
	if r.english && slices.ContainsFunc(p.whoIn(s.from, i), func(w who) bool { return w.mediates && w.id == "" }) && r.nobodysPaper(s, i, arg) {
		return true // "Mediators hand Israel and Hamas a new draft"
	}
	e := event{s: s, trigger: i, end: i + 1, arg: arg}
	n := r.place(&e)
	if n == nil {
		return false
	}
	u := r.subject(&e)
	if r.english && u.found && r.ownPaper(s, i, arg, u) {
		return true
	}
	if r.english && u.found {
		for _, w := range p.whoIn(max(s.from, arg-3), arg) {
			if w.demonym && w.id == u.who.id {
				return true // "the US envoy gave both an American plan"
			}
		}
	}
	return u.found && slices.Contains(n.Parties, u.who.id) && (p.title || r.sides(p, s.from, s.to) >= 2) && p.count(s.from, s.to, cMediating) == 0 && (!r.english || sends(p.t.Tokens[i].Norm))
}

// receives reports "Baku gets new offer from Yerevan": what one side has of the other
// is a proposal of that one.
func (r *reader) receives(s *sentence, i, arg int) bool {
	p := s.p
	switch p.t.Tokens[i].Norm {
	case "gets", "got", "receives", "received":
	default:
		return false
	}
	if arg < i || !p.has(arg, cProposal) || !offers(p.t.Tokens[arg].Norm) || arg+1 >= s.to || p.t.Tokens[arg+1].Norm != "from" || p.count(s.from, s.to, cMediating) > 0 {
		return false
	}
	for _, giver := range p.whoIn(arg+1, min(s.to, arg+6)) {
		if slices.ContainsFunc(p.whoIn(s.from, i), func(w who) bool { return r.opposed(w.id, giver.id) }) {
			return true
		}
	}
	return false
}

// offers reports nouns that are nobody's answer: what comes with them is proposed.
func offers(w string) bool {
	switch w {
	case "offer", "proposal", "proposals", "plan", "draft", "counteroffer", "counterproposal":
		return true
	}
	return false
}

// ownPaper reports "has submitted to Beirut a proposal": what a mediator lays before
// the sides, of which nobody says whose it is.
func (r *reader) ownPaper(s *sentence, i, arg int, u utterance) bool {
	p := s.p
	return submits(p.t.Tokens[i].Norm) && !slices.ContainsFunc(p.whoIn(i+1, arg), func(w who) bool {
		return w.id != u.who.id && (w.demonym || w.to == arg) // "brings Israeli proposal", "presents Hamas's paper"
	})
}

// nobodysPaper reports that none of the two whom a paper is given is said to have written it.
func (r *reader) nobodysPaper(s *sentence, i, arg int) bool {
	return arg > i && !slices.ContainsFunc(s.p.whoIn(max(i+1, arg-2), arg), func(w who) bool {
		return w.to == arg && (w.demonym || s.p.t.Tokens[w.to-1].Flags&text.Possessive != 0)
	})
}

// submits reports verbs by which somebody lays a paper before others.
func submits(w string) bool {
	switch w {
	case "submitted", "submits", "presented", "presents", "brings", "brought", "tabled", "tables":
		return true
	}
	return false
}

// sends reports verbs by which a side gives the other its own paper.
func sends(w string) bool {
	switch w {
	case "sent", "sends", "send", "hands", "handed", "submitted", "submits", "gave", "gives", "given":
		return true
	}
	return false
}

// inForce reports a sentence that says when an accord takes effect.
func (r *reader) inForce(s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		if s.p.has(k, cSign) && s.p.cues[k].length > 1 {
			return true
		}
	}
	return false
}

// goesBetween reports that a party of n is said to mediate: then the item is
// about other talks.
func (r *reader) goesBetween(e *event, n *news.Negotiation) bool {
	if r.english {
		return false
	}
	for _, id := range n.Parties {
		if r.cued(e, id, cMediating) {
			return true
		}
	}
	return false
}

// called reports that somebody asks others to do what the trigger says: "pide a
// India y Pakistán que retomen el diálogo", "خواستار ازسرگیری گفت‌وگوها شد".
func (p *part) called(i int, q *cue, c class, from, to int, verbLast bool) bool {
	switch f := q.forms[c]; {
	case f == past, f == stative, f == future, f == moved, f == participle && verbLast:
		return false
	}
	if verbLast {
		for k := i + int(q.length); k < min(to, i+int(q.length)+9); k++ {
			if p.boundary(k) {
				return false
			}
			if p.is(k, anAppeal) && p.has(k, cWant) {
				return true
			}
		}
		return false
	}
	for k := i - 1; k >= from && k >= i-16; k-- {
		if p.t.Tokens[k+1].Gap&(text.Semicolon|text.Colon|text.SentenceEnd) != 0 {
			return false
		}
		if p.is(k, anAppeal) && p.has(k, cWant) {
			return true
		}
	}
	return false
}

// limits reports a last day close to a word for it: "da plazo hasta el 30 de
// noviembre".
func (r *reader) limits(p *part, i int, s *sentence) bool {
	if p.negation(i, s.from) {
		return false
	}
	for _, d := range p.datesIn(max(s.from, i-6), min(s.to, i+9)) {
		if d.Granularity == dates.Deadline && d.To >= r.today {
			return true
		}
	}
	return false
}

// inOffice reports a token inside the phrase of a person or an office, where a
// participle is part of the title: "la enviada de la ONU".
func (p *part) inOffice(i int) bool {
	for _, w := range p.whoIn(max(0, i-12), min(len(p.t.Tokens), i+12)) {
		if w.person && w.from <= i && i < w.to && w.to-w.from > 1 {
			return true
		}
	}
	return false
}

// whole reports a cue of several words one of which is the argument of its
// frame: "بر سر آتش‌بس توافق کردند".
func (r *reader) whole(i int, q *cue, c class) bool {
	p := &r.text
	for k := i; k < i+int(q.length); k++ {
		for _, part := range []*part{&r.title, &r.text} {
			if k < len(part.t.Tokens) && k < len(part.cues) && part.cues[i] == q {
				p = part
			}
		}
		if k >= len(p.t.Tokens) {
			return false
		}
		if e := r.lexicons[r.language].entry(p.words[k]); e.single != nil && e.single.classes.has(c) {
			return true
		}
	}
	return false
}

// between reports a mediator by a clause that tells between whom: "Kenia, que
// media entre Etiopía y Eritrea", "کینیا ایتھوپیا اور اریٹیریا کے درمیان ثالثی
// کر رہا ہے". It is who stands first in the clause.
func (p *part) between(x who, s *sentence, c class) bool {
	if c != cMediating || x.to >= s.to {
		return false
	}
	at := x.to
	if p.is(at, anAgent) && at+1 < s.to {
		at++ // "عامر حمدان نے، جو ثالث ہیں"
	}
	relative := p.is(at, aRelative)
	if !relative && !p.verbLast {
		return false
	}
	if !relative { // nobody else before it in its clause
		for k := x.from - 1; k >= s.from; k-- {
			if complementiser(p.t.Tokens[k].Norm) || p.t.Tokens[k+1].Gap&(text.Comma|text.Colon|text.QuoteOpen) != 0 {
				break
			}
			if len(p.whoIn(k, k+1)) > 0 {
				return false
			}
		}
	}
	others := 0
	for k := at; k < min(s.to, at+16); k++ {
		if k > at && p.t.Tokens[k].Gap&(text.Comma|text.Semicolon) != 0 {
			return false
		}
		if p.has(k, c) {
			return others >= 2 || relative
		}
		if len(p.whoIn(k, k+1)) > 0 {
			others++
		}
	}
	return false
}

// described reports a nation's adjective that only describes somebody else:
// "un diario español".
func (r *reader) described(w who) bool {
	return (r.language == "fr" || r.language == "es") && !w.person && !w.body && w.to-w.from == 1
}

// undated reports a refusal that is one to name a day: the word for it stands
// between the verb and the talks.
func (r *reader) undated(s *sentence, i int, q *cue) bool {
	p := s.p
	from, to := i+int(q.length), min(s.to, i+int(q.length)+7)
	if r.verbLast {
		from, to = max(s.from, i-7), i
	}
	return p.marked(from, to, aDateWord) > 0
}
