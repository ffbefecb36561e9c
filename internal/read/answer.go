package read

import (
	"slices"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// answer reads a day that is told apart from what is to happen on it: as the answer to
// a question ("Asked when the two would meet again, the spokesman replied: '5 December.'"),
// in words that only what follows explains ("'The day is 5 December,' he said of the next
// round"), or as a day that is given ("gave 5 December as the opening day").
func (r *reader) answer(s *sentence) {
	p := s.p
	if !r.english || p.title || p.appeals(s.from, s.to) {
		return
	}
	list := p.datesIn(s.from, s.to)
	if len(list) == 0 {
		return
	}
	for i := len(r.found) - 1; i >= 0 && r.found[i].s == s; i-- {
		if e := &r.found[i]; e.kind == news.TalksScheduled && e.because == "" && e.verdict.mood == planned {
			return
		}
	}
	for i := range list {
		d := &list[i]
		k := r.given(s, d)
		if k >= 0 {
			r.nextYear(d)
		}
		if d.To < r.today || d.From == 0 || d.Granularity == dates.Deadline || k < 0 && !r.toCome(d) {
			continue
		}
		if k < 0 {
			k = r.meant(s, d)
		}
		if k >= 0 && !p.negation(d.First, s.from) && !p.unsaid(d.First, s.from) {
			r.scheduled(s, d.First, k, verdict{mood: planned}, 1.1)
			return
		}
	}
}

// toCome reports a day that nothing puts into the past, nor takes back.
func (r *reader) toCome(d *dates.Mention) bool {
	return d.Role != dates.Speech && d.Role != dates.Past && d.Status != dates.Superseded && d.Status != dates.Negated
}

// meant returns the word that tells to what a day belongs that stands apart from it, -1 if
// nothing does.
func (r *reader) meant(s *sentence, d *dates.Mention) int {
	p := s.p
	open := p.opensQuote(d.First, s.from)
	if open < 0 {
		return r.saidOf(s, d)
	}
	if d.First-open <= 5 {
		if k := r.askedFor(s, open); k >= 0 {
			return k
		}
		for k := d.Last; k+2 < s.to; k++ { // "'5 December, at ten': this is when the envoy will bring them together"
			if w := p.t.Tokens[k].Norm; (w == "this" || w == "that") && p.has(k+1, cBe) && p.t.Tokens[k+2].Norm == "when" && r.sides(p, k, s.to) >= 2 {
				return k
			}
		}
	}
	return r.saidOf(s, d)
}

// opensQuote returns the first token of the quotation that token i stands in, -1 if it
// stands in none.
func (p *part) opensQuote(i, from int) int {
	for k := i; k >= from; k-- {
		if k < i && p.t.Tokens[k+1].Gap&text.QuoteClose != 0 {
			return -1
		}
		if p.t.Tokens[k].Gap&text.QuoteOpen != 0 {
			return k
		}
	}
	return -1
}

// askedFor returns the word for talks in a question for their day, which the quotation that
// begins at token open answers: in the same sentence, or in the one before it.
func (r *reader) askedFor(s *sentence, open int) int {
	if k := r.asksWhen(s, s.from, open); k >= 0 {
		return k
	}
	if open-s.from > 2 || s.at == 0 {
		return -1
	}
	before := &r.sentences[s.at-1]
	if before.p != s.p || before.order != s.order-1 && before.order != s.order {
		return -1
	}
	if r.asksWhen(before, before.from, before.to) >= 0 {
		return open
	}
	return -1
}

// asksWhen returns the word for talks in a question for their day that tokens [from,to) of s
// report, -1 if they report none: "asked when the two would sit down again". Who
// asks only "when?" means what the sentence before told.
func (r *reader) asksWhen(s *sentence, from, to int) int {
	p := s.p
	asked := -1
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "asked", "question", "questioned", "pressed", "ask", "asks", "inquired":
			asked = k
		case "when", "date", "day", "dates":
			if asked < 0 && p.t.Tokens[k].Norm != "when" || asked >= 0 && k-asked > 14 {
				continue
			}
			if asked < 0 { // "When would they meet? '5 December.'"
				if k != from || !s.asks() {
					continue
				}
			}
			for j := k + 1; j < min(to, k+24); j++ {
				if c := p.cues[j]; c != nil && c.classes.any(of(cTalks, cMeeting, cHold, cStart)) && (c.classes.any(of(cTalks, cMeeting)) || r.sides(p, k, to) >= 2 || p.bothMeant(k, j)) {
					return j
				}
			}
			if k >= to-2 && r.talksBefore(s) { // "A student asked when."
				return k
			}
		}
	}
	return -1
}

// bothMeant reports that tokens [from,to) name both sides by a word for both: "the two", "the
// delegations".
func (p *part) bothMeant(from, to int) bool {
	return p.count(from, to, cDelegation)+p.count(from, to, cJoint) > 0 || p.nextMarked(from, to, aPronoun) < to
}

// saidOf returns the word for talks in "'The day is 5 December,' he said of the next round".
func (r *reader) saidOf(s *sentence, d *dates.Mention) int {
	p := s.p
	for k := d.Last; k+1 < s.to; k++ {
		if p.has(k, cSaid) && p.t.Tokens[k+1].Norm == "of" {
			if at := p.next(k+2, min(s.to, k+7), of(cTalks, cMeeting, cRoundWord)); at < min(s.to, k+7) {
				return at
			}
		}
	}
	return -1
}

// given returns the word for a day that is given as that of talks of which the sentence
// speaks: "the chair of the talks gave 5 December as the opening day".
func (r *reader) given(s *sentence, d *dates.Mention) int {
	p := s.p
	if d.First-1 <= s.from {
		return -1
	}
	switch p.t.Tokens[d.First-1].Norm {
	case "gave", "gives", "named", "names", "cited", "cites", "mentioned", "mentions", "announced", "offered", "confirmed":
	default:
		return -1
	}
	for k := d.Last; k+1 < min(s.to, d.Last+8); k++ {
		if p.t.Tokens[k].Norm != "as" {
			continue
		}
		for j := k + 1; j < min(s.to, k+7); j++ {
			switch p.t.Tokens[j].Norm {
			case "day", "date", "start", "opening", "beginning":
				if at := p.next(s.from, s.to, of(cTalks, cMeeting, cRoundWord)); at < s.to {
					return at
				}
			}
		}
	}
	return -1
}

// byPaper finds whose paper says when talks are to be held: "a note circulated by the
// secretariat of the EAC facilitator", "the Omani envoy's letter", "in the ministry's calendar".
func (r *reader) byPaper(e *event) utterance {
	if !r.english || e.kind != news.TalksScheduled || r.digest {
		return utterance{}
	}
	n := r.negotiation(e)
	if n == nil {
		return utterance{}
	}
	const near = 7
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > max(e.s.order+1, 3) {
			break
		}
		p := s.p
		for k := s.from; k < s.to; k++ {
			if !paper(p.t.Tokens[k].Norm) {
				continue
			}
			for _, w := range p.whoIn(max(s.from, k-near), min(s.to, k+near)) {
				if w.id != "" && !w.dateline && !w.place && !w.anon && !w.private && !w.inferred && !slices.Contains(n.Parties, w.id) {
					return utterance{who: w, p: p, found: true}
				}
			}
		}
	}
	return utterance{}
}

// paper reports what a day is written in, or on.
func paper(w string) bool {
	switch w {
	case "statement", "note", "letter", "letters", "calendar", "agenda", "programme", "program", "notice", "communique", "communiqué", "advisory", "circular", "post",
		"posts", "readout", "bulletin", "schedule", "diary", "memo", "website", "invitation", "invitations", "timetable", "telegram", "message", "tweet", "cable", "x":
		return true
	}
	return false
}
