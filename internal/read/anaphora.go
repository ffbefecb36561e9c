package read

import (
	"strings"

	"parley/internal/actors"
	"parley/internal/text"
)

// possessor finds whose "its spokesman" is: that of who is named first in the
// sentence.
func (r *reader) possessor(u utterance) string {
	p := u.p
	if u.who.to <= u.who.from || !p.is(u.who.from, aPossessive) {
		return ""
	}
	s := p.t.Sentences[p.t.Tokens[u.who.from].Sentence]
	list := p.whoIn(s.From, u.who.from)
	if k := len(list) - 1; k >= 0 && list[k].to == u.who.from && list[k].id != "" && !list[k].place {
		for j := list[k].from - 1; j >= s.From && j >= list[k].from-2; j-- {
			if p.t.Tokens[j].Norm == "by" {
				return list[k].id // "put to London by the Commission, its spokesman said"
			}
		}
	}
	for _, w := range list {
		if w.id != "" && !w.place && !w.dateline && !w.person && !w.demonym {
			return w.id
		}
	}
	return ""
}

// spokenFor finds whom a spokesperson speaks for who ends a headline and of whom no more is
// said: of whom the headline tells what he is to do. "UN chief to convene Cyprus meeting on
// Monday, spokesperson says".
func (r *reader) spokenFor(u utterance) string {
	p := u.p
	if !r.english || !u.found || !p.title || u.who.name != "" || u.who.from < 2 || u.who.to != u.who.from+1 || !strings.HasPrefix(p.t.Tokens[u.who.from].Norm, "spokes") || p.t.Tokens[u.who.from].Gap&text.Comma == 0 {
		return ""
	}
	s := p.t.Sentences[p.t.Tokens[u.who.from].Sentence]
	list := p.whoIn(s.From, u.who.from)
	if len(list) == 0 || list[0].from != s.From || list[0].id == "" || list[0].inferred || list[0].place || list[0].dateline {
		return ""
	}
	for i := s.From + 1; i < min(u.who.from, s.From+6); i++ {
		if p.t.Tokens[i].Gap&parts != 0 || p.t.Tokens[i].Norm == "and" {
			return "" // of two, each has his own
		}
		if n := p.t.Tokens[i].Norm; n == "to" || n == "will" {
			return list[0].id
		}
	}
	return ""
}

// introduced finds who a person is whom one sentence leaves unnamed and the next
// one names: "Malaysia's defence chief, who co-ordinates the mediation, has
// confirmed it. … , General Hamdan said."
func (r *reader) introduced(u utterance) who {
	if u.who.name == "" || u.p.title {
		return who{}
	}
	at := int(u.p.t.Tokens[u.who.from].Sentence)
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.p != u.p || s.from >= u.who.from {
			continue
		}
		if d := at - int(s.p.t.Tokens[s.from].Sentence); d < 1 || d > 2 {
			continue
		}
		if v := r.voice(s); v.found && v.who.person && v.who.name == "" && v.who.id != "" && !v.who.inferred && (u.who.office == "" || u.who.office == "military" || u.who.office == v.who.office) {
			return v.who
		}
	}
	return who{}
}

// partedBetween reports a comma or a mark of its strength behind token i, up to token j.
func (p *part) partedBetween(i, j int) bool {
	for k := i + 1; k <= j; k++ {
		if p.t.Tokens[k].Gap&parts != 0 {
			return true
		}
	}
	return false
}

// echo finds whose somebody is by a noun of the phrase that an earlier name has
// in it: "the agency's spokesman" is the International Atomic Energy Agency's,
// "the envoy's" that of the United Nations envoy.
func (r *reader) echo(u utterance) string {
	p := u.p
	for k := max(0, u.who.from-3); k < u.who.to && k < u.who.from+4; k++ {
		if k < u.who.from && p.partedBetween(k, u.who.from) {
			continue
		}
		noun := p.t.Tokens[k].Norm
		if !p.is(k, aGroupWord) && noun != "envoy" && noun != "party" && noun != "foundation" && noun != "mission" && noun != "panel" && noun != "commission" && noun != "treasury" && noun != "pentagon" && noun != "presidency" && noun != "chancellery" {
			continue
		}
		if p.is(k, aGroupWord) && noun != "agency" && noun != "commission" && noun != "council" && noun != "union" {
			s := p.t.Sentences[p.t.Tokens[k].Sentence]
			if id := r.ofKind(p, &sentence{p: p, from: s.From, to: s.To}, k, true); id != "" {
				return id
			}
		}
		for _, id := range r.order {
			a, ok := r.actors.Actor(id)
			if !ok || a.Kind == actors.State || a.Kind == actors.Person {
				continue
			}
			if noun == "movement" || noun == "party" || noun == "rebels" || noun == "group" && a.Kind == actors.Group {
				return id
			}
			for _, name := range a.Names {
				if strings.Contains(" "+strings.ToLower(name)+" ", " "+noun+" ") {
					return id
				}
			}
		}
		for _, q := range []*part{&r.title, &r.text} {
			for _, w := range q.who {
				if q == p && w.from >= u.who.from {
					break
				}
				if w.id == "" || w.inferred || w.place {
					continue
				}
				for j := w.from; j < w.to; j++ {
					if q.t.Tokens[j].Norm == noun {
						return w.id
					}
				}
			}
		}
	}
	return ""
}

// verbs reports a verb between tokens from and to, by its cue or its auxiliary.
func (p *part) verbs(from, to int) bool {
	for k := from; k < to; k++ {
		if q := p.cues[k]; q != nil && q.classes.any(of(cSaid, cBe, cHave, cHad, cWill, cWould, cMay, cTo, cReach, cReject, cAccept, cStart, cHold, cEnd)) {
			return true
		}
	}
	return false
}
