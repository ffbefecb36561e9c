package read

import (
	"slices"

	"parley/internal/news"
)

// entersForce reports an accord told as being in force, not as being signed: that may
// be hours or months later, and is what people have waited for.
func (r *reader) entersForce(e *event) bool {
	q := e.s.p.cues[e.trigger]
	if e.kind != news.AgreementSigned || q == nil || !q.classes.has(cSign) || q.forms[cSign] == future {
		return false
	}
	if from, to := e.s.p.clause(e.trigger, e.s.from, e.s.to); r.ahead(e.s.p, e.trigger, from, to) {
		return false
	}
	for k := e.trigger; k < min(e.s.to, e.trigger+int(q.length)); k++ {
		if slices.Contains(effects, e.s.p.t.Tokens[k].Norm) {
			return true
		}
	}
	return false
}

// truceBegins reads "Israel-Hezbollah ceasefire starts", "Truce takes hold between Thailand and
// Cambodia": what was agreed is in force.
func (r *reader) truceBegins(s *sentence) {
	p := s.p
	if !r.english || s.order > 1 || !s.classes.has(cDeal) || r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := p.next(s.from, s.to, of(cDeal)); i < s.to; i = p.next(i+1, s.to, of(cDeal)) {
		switch p.t.Tokens[i].Norm {
		case "truce", "ceasefire", "cease-fire", "armistice":
		default:
			continue
		}
		for k := i + 1; k < min(s.to, i+9) && p.t.Tokens[k].Gap&parts == 0; k++ {
			if k > i+1 && p.cues[k] != nil && p.cues[k].classes.any(of(cTalks, cMeeting, cProposal)) {
				break
			}
			f, next := formNone, k+1
			switch p.t.Tokens[k].Norm {
			case "take", "start", "begin", "come":
				if r.truceToBegin(s, i, k) {
					return
				}
				continue
			case "starts", "begins":
				f = third
			case "started", "began":
				f = past
			case "takes", "took":
				if next == s.to || p.t.Tokens[next].Norm != "hold" && p.t.Tokens[next].Norm != "effect" {
					continue
				}
				if f, next = third, k+2; p.t.Tokens[k].Norm == "took" {
					f = past
				}
			default:
				continue
			}
			if next < s.to && p.t.Tokens[next].Norm == "to" { // "begins to fray"
				return
			}
			from, to := p.clause(k, s.from, s.to)
			if v := p.aspect(k, f, s.from); (v.mood != happened && v.mood != present) || p.negation(k, from) || p.conditional(k, s.from) || r.ahead(p, k, from, to) || p.sinceThen(i, s.from) {
				return
			}
			r.add(event{s: s, kind: news.AgreementSigned, trigger: k, end: next, arg: i, verdict: verdict{mood: happened}, score: 1.1})
			return
		}
	}
}

// truceToBegin reads "Ceasefire between Thailand and Cambodia to take effect at midnight": of the
// truce at token i nothing but whose it is stands before the verb at token k.
func (r *reader) truceToBegin(s *sentence, i, k int) bool {
	p := s.p
	next := ""
	if k+1 < s.to {
		next = p.t.Tokens[k+1].Norm
	}
	switch p.t.Tokens[k].Norm {
	case "take":
		if next != "effect" && next != "hold" {
			return false
		}
	case "come":
		if next != "into" {
			return false
		}
	}
	lead := k - 1
	if p.t.Tokens[lead].Norm != "to" && p.t.Tokens[lead].Norm != "will" {
		return false
	}
	named := p.whoIn(i+1, lead)
	for j := i + 1; j < lead; j++ {
		inName := slices.ContainsFunc(named, func(w who) bool { return w.from <= j && j < w.to })
		if !inName && !p.is(j, aPreposition) && !p.is(j, anAnd) && !p.is(j, anArticle) && p.t.Tokens[j].Norm != "between" {
			return false
		}
	}
	if p.negation(k, s.from) || p.conditional(k, s.from) || p.sinceThen(i, s.from) || p.left(k, s.from, 4, of(cMay, cWant)) >= 0 {
		return false
	}
	r.add(event{s: s, kind: news.AgreementReached, trigger: k, end: k + 1, arg: i, verdict: verdict{mood: happened}, score: 1.1})
	return true
}

// sinceThen reports that what token i begins is only a time from which something else is told:
// "since the ceasefire began", "when a truce took effect".
func (p *part) sinceThen(i, from int) bool {
	for k := i - 1; k >= from && k >= i-5; k-- {
		switch p.t.Tokens[k].Norm {
		case "since", "after", "before", "when", "until", "as", "hours", "days", "ahead":
			return true
		}
	}
	return false
}

// effects are words, folded, with which one says that a text is in force.
var effects = []string{
	"force", "effect", "vigueur", "effet", "vigor", "vigencia", "efecto", "efeito", "силу", "действовать",
	"التنفيذ", "التطبيق", "النفاذ", "سريان", "اجرا", "الاجرا", "لازمالاجرا", "اجرايي", "اجرایی", "نافذ",
}
