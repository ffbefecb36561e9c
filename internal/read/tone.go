package read

import (
	"strings"

	"parley/internal/news"
	"parley/internal/text"
)

// tone reads how a speaker characterises talks; of two words the lower counts.
func (r *reader) tone(s *sentence) {
	p := s.p
	best, at, found := 0, -1, false
	for i := p.next(s.from, s.to, of(cTone)); i < s.to; i = p.next(i+1, s.to, of(cTone)) {
		q := p.cues[i]
		if !r.characterises(s, i, q) || p.conditional(i, s.from) {
			continue
		}
		v := int(q.tone)
		for k := i - 1; k >= s.from && k >= i-3 && !p.boundary(k+1); k-- {
			if p.has(k, cWant) && !p.has(k, cSaid) {
				v = 9
			} else if p.has(k, cNot) && v > 0 {
				v = -1
			} else if p.has(k, cNot) && v < 0 {
				v = 9
			}
		}
		if v == 9 {
			continue
		}
		if !found || v < best {
			best, at, found = v, i, true
		}
	}
	if !found {
		return
	}
	end := at + int(p.cues[at].length)
	r.add(event{s: s, kind: news.Atmosphere, trigger: at, end: end, arg: at, verdict: verdict{mood: happened}, score: 1, tone: best, acts: r.feels(s, at, end)})
}

// blamed reports "Iran blames US for the stalemate": whose fault it is that talks go as the
// word at i says.
func (r *reader) blamed(s *sentence, i, end int) bool {
	p := s.p
	switch p.t.Tokens[end-1].Norm {
	case "progress", "stalemate", "deadlock", "impasse", "pace", "headway":
	default:
		return false
	}
	for k := i - 1; k > s.from && k >= i-3; k-- {
		if p.t.Tokens[k].Norm == "for" {
			return p.nextWord(max(s.from, k-6), k, "blames", "blamed", "blaming", "blame") < k && r.sides(p, s.from, s.to) >= 2
		}
	}
	return false
}

// characterises reports whether the tone word at i is said of talks, by somebody.
func (r *reader) characterises(s *sentence, i int, q *cue) bool {
	p := s.p
	end := i + int(q.length)
	if next := end; next < s.to && p.t.Tokens[next].Gap&^(text.Space|text.Hyphen) == 0 && p.cues[next] != nil && p.cues[next].classes.any(of(cDeal, cProposal, cSanction)) && !p.has(next, cToneOf) {
		return false // "a comprehensive deal" is no mood
	}
	if r.english && p.t.Tokens[i].Norm == "open" && i > s.from && (p.t.Tokens[i-1].Norm == "still" || strings.HasPrefix(p.t.Tokens[i-1].Norm, "remain")) {
		return false // what is still open is not settled
	}
	if r.english && end < s.to {
		if w := p.t.Tokens[end].Norm; p.t.Tokens[end].Gap == text.Space && (w == "faith" || w == "offices" || p.has(end, cViolate)) {
			return false // "in good faith", "a serious violation"
		}
	}
	if r.english && p.t.Tokens[i].Norm == "open" && end < s.to && p.t.Tokens[end].Norm == "to" {
		return false // who is open to talks says nothing of how they go
	}
	if r.english && p.t.Tokens[i].Norm == "open" && end < s.to && (p.t.Tokens[end].Norm == "letter" || p.t.Tokens[end].Norm == "letters") {
		return false // "an open letter" may be a harsh one
	}
	if q.forms[cStart] == base && p.left(i, s.from, 2, of(cWill, cWould, cTo)) >= 0 {
		return false // "will open" begins something
	}
	if r.english && q.tone < 0 && r.blamed(s, i, end) {
		return true
	}
	object := false
	from, to := max(s.from, i-11), min(s.to, end+8) // "the talks with the Americans in Muscat had gone well"
	if p.title {
		from, to = s.from, s.to
	} else if r.english {
		to = min(s.to, end+4)
	}
	for k := from; k < to; k++ {
		if k >= i && k < end {
			continue
		}
		if p.has(k, cToneOf) || r.english && p.has(k, cTalks) {
			object = true
			break
		}
	}
	object = object || r.english && p.t.Tokens[end-1].Norm == "closer" && r.sides(p, s.from, s.to) >= 2 // "the two edge closer"
	if r.feels(s, i, end) {
		return true
	}
	object = object || r.english && q.tone == 1 && p.nearsDeal(s, i, end)
	if !object {
		return false
	}
	quoted := p.t.Tokens[i].Gap&text.QuoteOpen != 0
	if p.title {
		return quoted || p.count(s.from, s.to, cSaid)+p.count(s.from, s.to, cAccordingTo) > 0 || r.colon(s)
	}
	return p.count(s.from, s.to, cSaid)+p.count(s.from, s.to, cAccordingTo) > 0 || quoted && r.sides(p, s.from, s.to) > 0
}

// feels reports that a side or who mediates is of the mood that the words [i,end)
// name, about talks or a deal: "Tehran optimistic on deal", "was disappointed with the
// course of the talks".
func (r *reader) feels(s *sentence, i, end int) bool {
	p := s.p
	if !r.english {
		return false
	}
	switch p.t.Tokens[i].Norm {
	case "optimistic", "upbeat", "hopeful", "pessimistic", "gloomy", "downbeat", "disappointed", "heartened", "frustrated", "cautious",
		"encouraged", "pleased", "satisfied", "confident", "dismayed", "discouraged", "dissatisfied", "optimism", "pessimism", "frustration":
	default:
		return false
	}
	about := end
	if !leadsToWhat(p.t.Tokens[end-1].Norm) {
		if about == s.to || !leadsToWhat(p.t.Tokens[end].Norm) {
			return false
		}
		about++
	}
	subject := false
	for _, w := range p.whoIn(max(s.from, i-4), i) {
		subject = subject || !w.place && !w.dateline && (w.id != "" || w.mediates) && !p.boundary(w.to)
	}
	if !subject {
		return false
	}
	to := min(s.to, about+8)
	return p.next(about, to, of(cTalks, cMeeting, cDeal, cToneOf, cDelegation)) < to || len(p.whoIn(about, to)) >= 2
}

// nearsDeal reports that the words [i,end) say of a deal that it is near: "a truce is
// within reach", "very close to a deal".
func (p *part) nearsDeal(s *sentence, i, end int) bool {
	switch p.t.Tokens[end-1].Norm {
	case "reach", "sight":
		return p.next(max(s.from, i-8), i, of(cDeal, cSign)) < i
	case "deal", "agreement", "truce", "ceasefire", "accord", "pact":
		return end-i > 1 // which no mood is, but "close to a trade deal"
	}
	return false
}

// dealNear reports a sentence that speaks of a deal as near: it has not come yet.
func (p *part) dealNear(s *sentence) bool {
	for i := p.next(s.from, s.to, of(cTone)); i < s.to; i = p.next(i+1, s.to, of(cTone)) {
		if p.nearsDeal(s, i, i+int(p.cues[i].length)) {
			return true
		}
	}
	return false
}

// leadsToWhat reports a word between a mood and what it is about.
func leadsToWhat(w string) bool {
	switch w {
	case "on", "about", "over", "after", "by", "with", "of", "at":
		return true
	}
	return false
}

// colon reports a headline of the form "…: FM", "FM: …" or "… — FM".
func (r *reader) colon(s *sentence) bool {
	for k := s.from + 1; k < s.to; k++ {
		g := s.p.t.Tokens[k].Gap
		if g&text.Colon != 0 || r.english && g&text.Dash != 0 && len(s.p.whoIn(k, min(s.to, k+3))) > 0 {
			return true
		}
	}
	return false
}
