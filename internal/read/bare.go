package read

import (
	"slices"
	"strings"

	"parley/internal/text"
)

// bare reports that a trigger says enough without an argument, because those
// who act and those it is done to are named: "agree on the release of two
// detainees", "the delegations will meet", "offers to mediate between".
func (r *reader) bare(s *sentence, i int, q *cue, f *frame) bool {
	p := s.p
	w := p.t.Tokens[i].Norm
	if end := i + int(q.length); q.length > 1 && r.english && (f.class == cStart || f.class == cHold) && end < s.to && determiner(p.t.Tokens[end].Norm) && !p.dated(end) {
		return false // "will take up the report"
	}
	switch f.class {
	case cReach:
		if !r.english {
			return r.agreeing(s, i, q) || r.verbLast && r.whole(i, q, cDeal) && q.forms[cReach] == past && r.sides(p, s.from, s.to) >= 2
		}
		if q.length > 1 && strings.HasSuffix(p.t.Tokens[i+int(q.length)-1].Norm, "terms") {
			return r.sides(p, s.from, i) >= 2 || p.count(s.from, i, cDelegation) > 0 && r.titleSides() >= 2
		}
		if q.length == 2 && strings.HasPrefix(w, "settle") {
			return r.sides(p, s.from, i) >= 2 && p.next(i+2, min(s.to, i+7), of(cTalks, cMeeting)) == min(s.to, i+7) && len(p.datesIn(i+2, min(s.to, i+6))) == 0
		}
		if strings.HasPrefix(w, "decide") {
			if to := p.nextWord(i+1, min(s.to, i+7), "to"); to == min(s.to, i+7) || p.partedBetween(i, to) {
				return false
			}
		} else if w != "agree" && w != "agreed" && w != "agrees" {
			return false
		}
		if list := p.datesIn(i+1, min(s.to, i+4)); len(list) > 0 && p.t.Tokens[i+1].Norm == "on" && list[0].First == i+2 && list[0].To > r.today &&
			p.next(list[0].Last, min(s.to, list[0].Last+5), of(cTalks, cMeeting)) < min(s.to, list[0].Last+5) {
			return false // "agreed on Friday next week for their meeting"
		}
		if k := p.nextWord(i+1, min(s.to, i+6), "date", "dates", "day", "time", "timing", "venue", "place", "agenda", "format", "timetable", "schedule"); k < min(s.to, i+6) && p.t.Tokens[i+1].Norm == "on" {
			return false // "had agreed on the date by phone"
		}
		for k := i + 1; k < min(s.to, i+7); k++ {
			c := p.cues[k]
			if c == nil || c.classes.has(cStart) && p.count(k+1, min(s.to, k+7), cTalks)+p.count(k+1, min(s.to, k+7), cMeeting) == 0 && i+1 < k {
				continue // "agreed on Wednesday to open four crossings"
			}
			if c.classes.any(of(cStart, cHold, cPostpone, cSuspend, cProposal, cTalks, cMeeting)) {
				return false
			}
		}
		return r.sides(p, s.from, i) >= 2
	case cHold:
		switch q.forms[cHold] {
		case participle:
			if r.english && s.order > 0 && (p.is(s.from, aPronoun) || p.t.Tokens[s.from].Norm == "it") && i-s.from <= 6 && r.ahead(p, i, s.from, s.to) && r.talksBefore(s) {
				return true // "It is understood to be set for 17 February"
			}
			if r.english && p.count(s.from, i, cDelegation) > 0 && p.count(s.from, i, cJoint) > 0 && r.ahead(p, i, s.from, s.to) && r.talksBefore(s) {
				return true // "envoys of the two neighbours are expected in Luanda next week"
			}
			if r.english && w == "back" && p.title && p.count(s.from, i, cDelegation) > 0 && r.opponents(p.whoIn(s.from, i), false) && len(p.datesIn(i, min(s.to, i+8))) > 0 && p.count(i+1, s.to, cHold) == 0 {
				return true // "Hamas, Israel teams back in Doha from Saturday"
			}
			if p.title && strings.HasPrefix(w, "attendu") && r.opponents(p.whoIn(s.from, i), true) && r.ahead(p, i, s.from, s.to) {
				return true // "les Kurdes et Damas attendus à Paris mercredi"
			}
			return (w == "back" || w == "confirmed" || p.count(s.from, i, cDelegation) > 0) && r.sides(p, s.from, s.to) >= 2 && r.ahead(p, i, s.from, s.to)
		case moved:
			return false
		}
		if w == "held" || w == "take" || w == "takes" || w == "convene" {
			// "The next, the seventy-first, will be held on 22 June"
			return s.order > 0 && r.ahead(p, i, s.from, s.to) && r.talksBefore(s)
		}
		if (w == "return" || w == "returns") && p.count(s.from, s.to, cDelegation) > 0 && r.ahead(p, i, s.from, s.to) && r.talksBefore(s) {
			return true
		}
		if r.english && q.length == 1 && (w == "host" || w == "hosts") && r.ahead(p, i, s.from, s.to) {
			return r.sides(p, i, s.to) >= 2 // "to host Russia and Ukraine from Monday"
		}
		if !r.english && p.title && p.has(i, cHosting) && r.ahead(p, i, s.from, s.to) && r.sides(p, i, s.to) >= 2 {
			return true // "Doha accueillera Israël et le Hamas mercredi"
		}
		if !meets(w, q) {
			return false
		}
		if next := i + 1; q.length == 1 && (w == "sit" || w == "sits" || w == "sat") && (next >= s.to || !p.is(next, aTogether)) {
			return false // "sits for a town in Qom"
		}
		if r.english && p.left(i, s.from, 4, of(cWill, cWould)) >= 0 && p.pronounBefore(i, s.from) && r.ahead(p, i, s.from, s.to) && r.talksBefore(s) {
			return true // "They will meet again on 6 July"
		}
		if next := i + int(q.length); next < s.to && p.t.Tokens[next].Norm == "on" && !p.dated(next+1) && q.length == 1 {
			return false // "the Council meets on Thailand and Cambodia"
		}
		if p.count(s.from, s.to, cDelegation) > 0 && r.ahead(p, i, s.from, s.to) && (r.talksBefore(s) || r.titleSides() >= 2) {
			return true
		}
		n := r.sides(p, s.from, s.to)
		return n >= 2 || n == 1 && p.count(s.from, s.to, cDelegation) > 0 && (p.count(s.from, s.to, cMediating) > 0 || q.forms[cHold] == base)
	case cStart:
		switch w {
		case "reconvene", "reconvenes", "reconvened", "convene", "convenes", "convened":
			if p.count(s.from, s.to, cDelegation) > 0 && r.ahead(p, i, s.from, s.to) && r.talksBefore(s) {
				return true
			}
			return r.sides(p, s.from, s.to) >= 2
		case "resume", "resumes", "restart", "begin", "start", "continue": // "they will now resume on 11 May"
			return r.english && i > s.from && p.left(i, s.from, 4, of(cWill)) >= 0 && p.pronounBefore(i, s.from) && r.ahead(p, i, s.from, s.to) && r.talksBefore(s)
		}
		if q.length > 1 && p.count(s.from, s.to, cDelegation) > 0 && r.ahead(p, i, s.from, s.to) && r.talksBefore(s) {
			return true // "the two delegations would sit down again on Sunday"
		}
		return (r.english || w == "se" || w == "s") && q.length > 1 && q.forms[cStart] != nominal && r.sides(p, s.from, s.to) >= 2
	case cOffer:
		if r.english && invites(w) && r.sides(p, s.from, s.to) >= 3 && r.ahead(p, i, s.from, s.to) {
			return true // "Luanda invites Congo and M23 for 20 June"
		}
		if r.english && invites(w) && r.callsSides(p, i+1, s.to) && r.ahead(p, i, s.from, s.to) {
			return true // "UN chief invites Cyprus sides to New York on March 22"
		}
		if r.english && invites(w) && q.length == 1 && r.thirdParty(s, i) && p.next(i+1, min(s.to, i+12), of(cHold)) < min(s.to, i+12) {
			return true // "Qatar invites Israel and Hamas to meet in Doha"
		}
		if !r.english && p.title && r.sides(p, s.from, s.to) >= 3 && r.ahead(p, i, s.from, s.to) {
			return true // "Alger invite Bamako et le FLA à se retrouver le 7 décembre"
		}
		return q.length > 2 || q.length == 2 && (r.sides(p, s.from, s.to) >= 2 || r.english && slices.Contains(r.called, true)) || r.sides(p, s.from, s.to) >= 3 && p.count(s.from, s.to, cDelegation) > 0
	case cPropose:
		if r.verbLast {
			list := p.whoIn(s.from, i)
			return q.forms[cPropose] == past && r.whole(i, q, cProposal) && len(list) == 2 && r.opponents(list, true) && p.is(list[0].to, anAgent) // "اسلام آباد نے نئی دہلی کو تجویز دی ہے"
		}
		for k := i + int(q.length); r.english && k < min(s.to, i+int(q.length)+5); k++ {
			if p.t.Tokens[k].Norm == "that" && r.sides(p, s.from, s.to) >= 2 {
				return true // "has proposed to Russia that both stop striking"
			}
		}
		if r.english && p.placeOffered(i, s.to) && r.sides(p, s.from, s.to) >= 3 {
			return true
		}
		if w != "propose" && w != "proposes" && w != "proposed" && w != "proposing" && !(q.length > 1 && w == "has") {
			return false
		}
		if r.english && (i == s.from || determiner(p.t.Tokens[i-1].Norm)) {
			return false // "the proposed takeover"
		}
		if r.english && w == "proposed" && q.length == 1 && i+1 < s.to && p.t.Tokens[i+1].Norm == "by" && p.left(i, s.from, 2, of(cBe, cHave, cHad)) < 0 {
			return false // "will not attend the round proposed by Turkey"
		}
		return r.sides(p, s.from, s.to) >= 2
	case cReject, cAccept:
		return q.length > 2 && r.english && r.sides(p, s.from, s.to) >= 2
	case cImpose, cEase:
		if r.verbLast && r.whole(i, q, cSanction) {
			return r.sides(p, s.from, s.to) >= 2
		}
		if f.class == cEase {
			return false
		}
		if p.is(i, aBlacklisting) {
			return r.sides(p, s.from, s.to) >= 2
		}
		switch w {
		case "blacklists", "blacklisted", "blacklist", "sanctions", "sanctioned", "sanctioning":
			return r.sides(p, s.from, s.to) >= 2
		}
		return false
	case cSign, cSuspend:
		return q.length > 2 && r.english && r.sides(p, s.from, s.to) >= 2
	case cViolate:
		if end := i + int(q.length); p.next(end, min(s.to, end+5), of(cTalks, cMeeting, cRoundWord)) < min(s.to, end+5) {
			return false // "suspended its participation in the talks", not in the treaty
		}
		return q.length > 1 && r.sides(p, s.from, s.to) >= 2
	}
	return false
}

// pronounBefore reports that the subject of the verb at token i is a pronoun.
func (p *part) pronounBefore(i, from int) bool {
	for k := i - 1; k >= from && k >= i-4; k-- {
		if p.is(k, aPronoun) {
			return true
		}
	}
	return false
}

// talksBefore reports that the sentence before s, or the title, is about talks.
func (r *reader) talksBefore(s *sentence) bool {
	for i := range r.sentences {
		if o := &r.sentences[i]; o.order == s.order-1 || o.order == 0 || o.order == s.order-2 {
			if o != s && r.talksNear(o) {
				return true
			}
		}
	}
	return false
}

// invites reports the verb of an invitation.
func invites(w string) bool { return w == "invite" || w == "invites" || w == "invited" }

// meets reports verbs whose plain sense is coming together.
func meets(w string, q *cue) bool {
	switch w {
	case "meet", "meets", "met", "meeting", "sit", "sits", "sat", "gather", "gathers", "gathered", "come", "bring", "brings", "brought", "see", "be", "convene", "talk", "talks", "reunite", "back", "at":
		return w != "come" && w != "bring" && w != "brings" && w != "brought" && w != "be" || q.length > 1
	}
	if w == "take" || w == "takes" {
		return false
	}
	switch w { // "aura lieu" may be said of anything
	case "aura", "auront", "a", "ont", "aurait", "avoir", "tendra", "tendran", "tuvo", "tiene", "tienen", "llevara", "llevaran", "take", "takes", "took":
		return false
	case "dialogaran", "dialogara", "conversaran", "negociaran", "dialogueront", "discuteront", "negocieront":
		return true
	case "встретятся", "встретились", "встречаются", "встретится", "встретился", "يلتقي", "تلتقي", "التقي", "سيلتقي", "ستجتمعان", "سيجتمعان", "سيجتمعون", "يجتمعون", "اجتمعوا", "سيلتقون", "يلتقون", "التقوا", "سيلتقيان", "ستلتقيان", "ستلتقي", "يجتمعان", "تجتمعان", "ستجتمع", "سيجتمع", "اجتمعا", "اجتمعتا":
		return true
	}
	return q.length > 1
}

// private reports that the noun at token k belongs to somebody who is no side
// of ours: "merger talks", "the carriers' talks".
func (p *part) private(k int) bool {
	for j := k - 1; j >= 0 && j >= k-2; j-- {
		if p.t.Tokens[j+1].Gap&(text.SentenceEnd|text.Comma|text.Semicolon|text.Colon) != 0 {
			return false
		}
		if p.has(j, cPrivate) {
			return true
		}
		if p.cues[j] != nil {
			return false
		}
	}
	return false
}

// matter reports that what stands before the noun at token k is what two sides of a
// known negotiation settle, and nobody's own: "Armenia, Azerbaijan initial rail accord",
// "a salary plan for Yemen".
func (r *reader) matter(s *sentence, k int) bool {
	p := s.p
	if !r.english || k == s.from || !p.has(k, cDeal) && !p.has(k, cProposal) {
		return false
	}
	switch p.t.Tokens[k-1].Norm {
	case "rail", "railway", "salary", "wage", "pay", "budget", "price", "airport", "transfer", "licensing", "coalition":
	default:
		return false
	}
	return r.opponents(p.whoIn(s.from, s.to), false)
}

// sides counts the different actors named in tokens [from,to).
func (r *reader) sides(p *part, from, to int) int {
	n := 0
	list := p.whoIn(from, to)
	for k := range list {
		w := &list[k]
		if w.id == "" || w.dateline || w.place {
			continue
		}
		if next := k + 1; r.english && next < len(p.whoIn(from, to)) && p.whoIn(from, to)[next].from <= w.to+1 && p.t.Tokens[w.to-1].Flags&text.Possessive != 0 {
			continue // "Sudan's RSF" is one
		}
		seen := false
		for j := range list[:k] {
			o := &list[j]
			seen = seen || o.id == w.id && !o.place && !o.dateline
		}
		if !seen {
			n++
		}
	}
	if n == 1 && r.besideGovernment(p, from, to) {
		return 2 // "the government and Renamo"
	}
	if n < 2 && r.callsSides(p, from, to) {
		return 2 // "the 5+5 commission" is both
	}
	if n < 2 && len(r.order) >= 2 && p.count(from, to, cJoint) > 0 {
		return 2
	}
	return n
}

// withWord reports "with", in the languages that have a word for it.
func withWord(w string) bool {
	switch w {
	case "with", "con", "avec", "с", "со", "مع", "با":
		return true
	}
	return false
}

// besideGovernment reports an armed group or a movement named in one breath with "the
// government" or "the army", which then is the one that it negotiates with.
func (r *reader) besideGovernment(p *part, from, to int) bool {
	for g := from; g < to; g++ {
		switch p.t.Tokens[g].Norm {
		case "government", "junta", "army", "military", "regime", "gobierno", "gouvernement", "armee", "ejercito", "правительство", "власти", "армия", "الجيش", "الحكومه", "دولت", "حكومت", "ارتش":
		default:
			continue
		}
		with := g > from+1 && withWord(p.t.Tokens[g-2].Norm) // "at the table with the government"
		for _, w := range p.whoIn(from, to) {
			if !r.isGroup(w.id) || w.place {
				continue
			}
			if with && w.to < g-1 || w.from > g && (p.listed(g+1, w.from) || w.from == g+1 && r.language == "ar" && strings.HasPrefix(p.t.Tokens[w.from].Norm, "و")) || w.to <= g && (p.listed(w.to, g) || g > w.to && p.is(g-1, anArticle) && p.listed(w.to, g-1)) {
				return true
			}
		}
	}
	return false
}
