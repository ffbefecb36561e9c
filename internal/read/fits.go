package read

import (
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// thatWas reports that token i stands behind "that was", "which had been".
func (p *part) thatWas(i, from int) bool {
	k := i - 1
	for k > from && p.cues[k] != nil && p.cues[k].classes.any(of(cBe, cHave, cHad)) {
		k--
	}
	return k < i-1 && k > from && (p.t.Tokens[k].Norm == "that" || p.t.Tokens[k].Norm == "which")
}

// nowToBe reports that the sentence goes on with what is to be: "… will now be held".
func (p *part) nowToBe(from, to int) bool {
	k := p.next(from, to, of(cHold, cStart))
	return k < to && (p.cues[k].forms[cHold] == future || p.cues[k].forms[cStart] == future || p.left(k, from, 4, of(cWill, cTo)) >= 0)
}

// recent reports a day right behind token i that is not three days ago: "following
// an agreement reached in Amman on Saturday".
func (r *reader) recent(s *sentence, i int) bool {
	if !r.english || r.today == 0 {
		return false
	}
	for _, d := range s.p.datesIn(i+1, min(s.to, i+7)) {
		if d.To <= r.today && d.From >= r.today-2 && d.Granularity == dates.ByDay {
			return true
		}
	}
	return false
}

// fits applies what a frame needs beyond its argument.
func (r *reader) fits(s *sentence, i int, q *cue, f *frame, arg int) bool {
	p := s.p
	if r.attributive(s, i, q, f, arg) {
		return false
	}
	if q.length == 1 && p.is(i, aPut) && (arg < i || !p.putInto(i, arg, s.to, f.class)) {
		return false
	}
	if r.english && arg > s.from && p.t.Tokens[arg].Norm == "conference" {
		switch p.t.Tokens[arg-1].Norm {
		case "donors", "donor", "pledging", "investment", "investors", "reconstruction", "aid":
			return false // where money is raised nothing is negotiated
		}
	}
	if r.english && f.class == cOffer && strings.HasPrefix(p.t.Tokens[i].Norm, "invit") && p.invitesSomeOf(i+1, s.to) {
		return false // "invites Haitian painters to a show"
	}
	if end := i + int(q.length); f.class == cPostpone && r.english && p.t.Tokens[end-1].Norm == "than" && p.next(end, min(s.to, end+5), of(cSaid)) < min(s.to, end+5) {
		return false // "a day later than Tehran said"
	}
	if f.class == cSuspend && r.english && goesAway(p.t.Tokens[i].Norm) && q.length == 1 && p.afterTalks(i+1, s.to) {
		return false // "team leaves Tehran after two days of talks"
	}
	if f.class == cSuspend && r.english && arg < i && p.saidBetween(arg, i) {
		return false // "After a two-day meeting, the ministers said that people were cut off from aid"
	}
	if r.english && arg > i+1 && strings.HasPrefix(p.t.Tokens[i].Norm, "attend") && p.ofMany(i, arg) {
		return false
	}
	if r.english && arg == i && q.length == 1 && strings.HasPrefix(p.t.Tokens[i].Norm, "me") {
		next := i + 1
		if list := p.whoIn(next, min(s.to, next+1)); len(list) > 0 && list[0].demonym {
			next = list[0].to
		}
		if next < s.to && p.has(next, cPrivate) {
			return false // "meets families of hostages", "meets Afghan refugees"
		}
	}
	switch f.class {
	case cStart, cHold, cCancel:
		if r.english && arg > i+2 && p.otherObject(i+int(q.length), arg) {
			return false
		}
	}
	switch f.class {
	case cStart:
		switch p.t.Tokens[i].Norm {
		case "open": // "drought clause still open"
			if r.english && i+1 < s.to && p.t.Tokens[i+1].Norm == "to" {
				return false // "says open to talks"
			}
			if i > s.from && q.length == 1 {
				switch p.t.Tokens[i-1].Norm {
				case "still", "remain", "remains", "remained", "left", "kept", "is", "are", "was", "were":
					return false
				}
			}
		case "continue", "continues", "proceed": // what goes on is news only with its day
			return p.title || r.ahead(p, i, s.from, s.to)
		}
	case cPostpone:
		if r.english && arg > i && strings.HasPrefix(p.t.Tokens[i].Norm, "slip") {
			return false // "gold slips as the trade talks progress"
		}
		switch p.t.Tokens[i].Norm {
		case "moved", "moves", "shifted", "shifts", "relocated", "switched":
			return p.movesTalks(i, s.to) || !r.ontoPlace(s, i+int(q.length))
		}
	case cCancel:
		if r.english && q.length == 1 && p.t.Tokens[i].Norm == "off" && i+1 < s.to && p.t.Tokens[i+1].Norm == "to" {
			return false // "envoy off to Chengdu"
		}
		if last := i + int(q.length) - 1; r.english && p.t.Tokens[last].Norm == "table" && p.next(max(s.from, i-6), i, of(cTalks, cMeeting)) == i {
			return false // "dairy is off the table in the talks" divides them, and calls nothing off
		}
	case cSuspend:
		if f.happened == news.ViolationAlleged {
			if !r.english {
				return p.count(s.from, s.to, cTalks)+p.count(s.from, s.to, cMeeting)+p.count(s.from, s.to, cSanction) == 0
			}
			switch w := p.t.Tokens[i].Norm; w {
			case "freeze", "freezes", "froze", "halt", "halts", "halted", "pause", "pauses", "paused":
			default:
				if !strings.HasPrefix(w, "suspen") {
					return false // "ended without a deal"
				}
			}
			if c := p.cues[arg]; c != nil {
				arg += int(c.length) - 1 // "peace deal"
			}
			return arg > i && p.binding(arg) && (i == s.from || !p.is(i-1, anArticle))
		}
		if next := i + int(q.length); r.english && q.length == 1 && next < s.to && p.t.Tokens[next].Norm == "for" && strings.HasPrefix(p.t.Tokens[i].Norm, "lea") {
			return false // "delegation leaves for Cairo talks"
		}
		if p.has(arg, cSanction) && !p.has(arg, cTalks) && !p.has(arg, cMeeting) && !p.is(i, aWaive) {
			return false // to freeze assets is no waiver
		}
		if w := p.t.Tokens[arg].Norm; r.english && (w == "visas" || w == "visa") {
			return false // to suspend visas eases nothing
		}
	case cOffer:
		if r.english && p.has(arg, cProposal) && !p.has(arg, cTalks) && !p.has(arg, cMeeting) && !p.has(arg, cMediating) {
			return false // "offered the two sides a compromise"
		}
		for k := i - 1; k >= s.from && k >= i-6 && !p.boundary(k+1); k-- {
			if p.has(k, cReject) || p.has(k, cAccept) {
				return false // the offer is what somebody rejects
			}
		}
	case cHold:
		switch p.t.Tokens[i].Norm {
		case "held", "hold", "holds", "conducted", "staged", "hosted":
			if arg < i && q.length == 1 && r.english && p.left(i, s.from, 5, of(cBe, cWill, cTo)) < 0 && !p.title {
				return false // "the talks … both have held elections"
			}
		case "expected", "due", "planned", "set", "scheduled", "slated", "confirmed", "fixed", "arranged":
			if r.english && p.t.Tokens[i].Norm == "expected" && arg < i && p.is(i-1, anAnd) && p.expectsOther(i, s.to) {
				return false // "had kept its word in the talks and expected oil to follow"
			}
			// "expected to resume" is told by the other verb
			next := i + int(q.length)
			if q.forms[cHold] == participle && next < s.to && p.t.Tokens[next].Norm == "to" {
				return p.t.Tokens[i].Norm != "expected" && next+1 < s.to && p.t.Tokens[next+1].Norm == "be"
			}
		case "host", "hosts": // "with their Japanese hosts"
			if r.english && i > s.from {
				if before := p.whoIn(max(s.from, i-2), i); len(before) > 0 && before[len(before)-1].demonym && before[len(before)-1].to == i {
					return false
				}
				if p.is(i-1, aPossessive) {
					return false
				}
			}
		case "back": // "team back in Kinshasa after fifth round"
			if next := i + 1; next < s.to && p.t.Tokens[next].Norm == "in" && !r.ahead(p, i, s.from, s.to) {
				return false
			}
		case "visit", "visits":
			return arg > i && arg-i <= 9
		case "return", "travel", "fly", "come", "arrive", "face", "attend", "sit", "travels", "flies", "attends":
			return arg == i || arg > i && arg-i <= 6
		}
	case cEnd:
		if next := i + 1; r.english && arg < i && p.t.Tokens[i].Norm == "closed" && q.length == 1 && next < s.to && p.t.Tokens[next].Gap == text.Space && !p.is(next, aPreposition) && !p.is(next, anAdverb) && !p.dated(next) && p.cues[next] == nil {
			return false // "urged them to resume talks, saying that closed borders helped nobody"
		}
		if strings.HasPrefix(p.t.Tokens[i].Norm, "last") && r.english {
			return p.title // in a headline, for how long they lasted; in the text, of what is told already
		}
	case cAccept:
		if r.english && i > s.from && q.length == 1 && p.t.Tokens[i].Norm == "back" && (p.t.Tokens[i-1].Norm == "it" || p.t.Tokens[i-1].Norm == "them") {
			return false // "sends it back"
		}
		if r.english && arg > i && arg+1 < s.to && p.t.Tokens[arg+1].Norm == "against" {
			return false // "adopts a package against Russia"
		}
		if r.english && arg > i && arg+2 < s.to && p.t.Tokens[arg+1].Norm == "of" && strings.HasPrefix(p.t.Tokens[arg+2].Norm, "sanction") {
			return false // "adopted a package of sanctions"
		}
		if next := i + 1; r.english && p.t.Tokens[i].Norm == "back" && q.length == 1 && next < s.to && (p.is(next, aPreposition) || p.has(next, cTo) || p.t.Tokens[next].Norm == "at" || p.t.Tokens[next].Norm == "home") {
			return false // "negotiators back at work"
		}
		if !r.english && q.classes.has(cSaid) && p.has(arg, cMediating) {
			return false // who mediates confirms
		}
	case cReject:
		if !r.english && r.undated(s, i, q) {
			return false // "refused to name a day for the talks"
		}
		if arg > i && arg+1 < s.to && p.t.Tokens[arg+1].Norm == "that" && (!r.english || claims(p.t.Tokens[arg].Norm)) {
			return false // "rejected a suggestion that …" denies something, "a proposal that Hamas accepted" is one
		}
		next := i + int(q.length)
		switch p.t.Tokens[i].Norm {
		case "decline", "declines", "declined", "refuse", "refuses", "refused":
			if next+1 < s.to && p.t.Tokens[next].Norm == "to" { // "declined to say" rejects nothing
				switch p.t.Tokens[next+1].Norm {
				case "accept", "agree", "sign", "consider", "take", "negotiate":
					return true
				}
				return false
			}
			if next < s.to && (p.t.Tokens[next].Norm == "comment" || p.t.Tokens[next].Norm == "on") {
				return false
			}
		case "says", "say", "said":
			if next < s.to && q.length > 1 && p.t.Tokens[next-1].Norm == "no" && p.t.Tokens[next].Gap == text.Space && p.t.Tokens[next].Norm != "to" {
				return false // "says no date yet for the talks"
			}
		}
	case cPropose, cConvey:
		if next := i + 1; r.english && next < s.to && p.t.Tokens[next].Norm == "note" && strings.HasPrefix(p.t.Tokens[i].Norm, "t") {
			return false // "takes note of the offer"
		}
		if r.english && f.class == cPropose && r.placeFor(s, i) > 0 {
			return false // who offers a place would mediate
		}
		if w := p.t.Tokens[i].Norm; r.english && arg > i && f.class == cPropose && (w == "sends" || w == "sent") && p.teamIn(i+1, min(arg, i+4)) {
			return false // "sends team to Doha, keeps terms unchanged"
		}
		if q.classes.has(cSaid) && arg < i && !(r.english && p.left(i, arg, 2, of(cBe)) >= 0) {
			return false // but "a truce has been proposed"
		}
	case cReach:
		switch p.t.Tokens[i].Norm {
		case "announce", "announces", "announced", "announcing", "declare", "declares", "declared", "unveil", "unveiled", "conclude", "concluded", "concludes":
			return arg > i && arg-i <= 5 || arg < i && i-arg <= 4 && (p.title || p.left(i, arg, 4, of(cBe)) >= 0)
		case "reach", "reaches", "reached":
			if w := p.whoIn(i+1, i+2); r.english && arg < i && len(w) > 0 && w[0].from == i+1 && p.left(i, s.from, 2, of(cBe, cHave)) < 0 {
				return false // "truce paper reaches Port Sudan"
			}
		case "decide", "decides", "decided": // two together agree; what one decides is no deal
			return arg == i
		case "come", "came", "done":
			return q.length > 1 && strings.HasSuffix(p.t.Tokens[i+int(q.length)-1].Norm, "terms")
		}
	case cImpose, cEase:
		if next := i + 1; r.english && q.length == 1 && strings.HasPrefix(p.t.Tokens[i].Norm, "return") && next < s.to && (p.t.Tokens[next].Norm == "to" || p.t.Tokens[next].Norm == "from") {
			return false // "returns to Washington for tariff talks"
		}
		if q.forms[f.class] == nominal && !r.english && p.count(s.from, s.to, cGap) > 0 {
			return false // the lifting of sanctions is what they differ on
		}
		if arg < i && q.forms[f.class] != past && q.forms[f.class] != nominal && r.english {
			return false // "tariff deal lifts spirits"
		}
		if r.english && p.is(arg, aTarget) && (strings.HasPrefix(p.t.Tokens[i].Norm, "announc") || strings.HasPrefix(p.t.Tokens[i].Norm, "unveil")) {
			return false // "announced that officials will meet"
		}
		if w := p.t.Tokens[i].Norm; w == "sanctions" && i+1 < s.to && (p.is(i+1, aPreposition) || p.has(i+1, cTo) || p.is(i+1, anAnd) || p.cues[i+1] != nil && p.cues[i+1].classes.any(of(cBe, cWill, cEase, cEnd))) || w == "sanctions" && (i+1 == s.to || i > s.from && p.is(i-1, aPreposition) || sanctionsNoun(p.t.Tokens[i+1].Norm)) {
			return false // the noun
		}
		if p.t.Tokens[i].Norm == "new" || p.t.Tokens[i].Norm == "fresh" {
			return p.title && arg == i+1
		}
	}
	return true
}

// ofMany reports that what token i attends is a meeting at which both only sit: "attend climate
// conference", "attend OSCE parliamentary session".
func (p *part) ofMany(i, arg int) bool {
	switch p.t.Tokens[arg].Norm {
	case "conference", "assembly", "congress", "forum":
	case "session", "meeting", "summit":
		switch p.t.Tokens[arg-1].Norm {
		case "parliamentary", "council", "annual", "ministerial", "assembly":
			end := min(len(p.t.Tokens), arg+8)
			return p.nextWord(i, end, "with", "between") == end
		}
		return false
	default:
		return false
	}
	if c := p.cues[arg-1]; c != nil && c.classes.any(of(cTalks, cMeeting, cDeal, cMediating, cRoundWord)) {
		return false
	}
	switch p.t.Tokens[arg-1].Norm {
	case "peace", "reconciliation", "border", "trade", "bilateral", "trilateral", "international":
		return false
	}
	return !determiner(p.t.Tokens[arg-1].Norm) && !p.is(arg-1, aPreposition) && len(p.whoIn(arg-1, arg)) == 0
}

// placeAt reports that a place of talks begins at token i.
func (p *part) placeAt(i int) bool {
	if p.english && !p.title && i < len(p.t.Tokens) && p.t.Tokens[i-1].Norm == "to" && p.t.Tokens[i].Flags&text.Capital != 0 && !p.dated(i) {
		return true // "moves to Sichuan on Tuesday"
	}
	list := p.whoIn(i, min(i+1, len(p.t.Tokens)))
	return len(list) > 0 && list[0].from == i && list[0].venue != ""
}

// venueBefore reports that a place of talks ends before token i.
func (p *part) venueBefore(i int) bool {
	list := p.whoIn(max(0, i-3), i)
	return len(list) > 0 && list[len(list)-1].to == i && list[len(list)-1].venue != ""
}

// placeOffered reports "as a meeting place", "as venue" behind token i.
func (p *part) placeOffered(i, to int) bool {
	for k := i + 1; k+1 < min(to, i+8); k++ {
		if p.t.Tokens[k].Norm != "as" {
			continue
		}
		for j := k + 1; j < min(to, k+5); j++ {
			switch p.t.Tokens[j].Norm {
			case "venue", "place", "site", "location", "host":
				return true
			}
		}
	}
	return false
}

// otherObject reports that something else is done, and the talks stand only beside it: "resume
// flights after border talks", "drops tax, trade talks to resume".
func (p *part) otherObject(from, to int) bool {
	for k := from + 1; k <= to; k++ {
		if p.title && p.t.Tokens[k].Gap&text.Comma != 0 {
			return true
		}
		switch p.t.Tokens[k].Norm {
		case "after", "following", "despite", "before", "amid":
			return true
		}
	}
	return false
}

// binding reports an accord that can be kept or not, and is itself meant: not "the treaty
// talks".
func (p *part) binding(k int) bool {
	switch p.t.Tokens[k].Norm {
	case "treaty", "accord", "accords", "agreement", "agreements", "pact", "roadmap", "memorandum", "mou", "protocol", "protocols", "deal", "declaration", "arrangement", "arrangements", "truce", "ceasefire":
		return k+1 >= len(p.cues) || !p.has(k+1, cTalks) && !p.has(k+1, cMeeting)
	}
	return false
}

// openEnded reports "until further notice", "indefinitely" behind token i.
func (p *part) openEnded(i, to int) bool {
	for k := i + 1; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "indefinitely":
			return true
		case "further":
			if k+1 < to && p.t.Tokens[k+1].Norm == "notice" {
				return true
			}
		case "sine":
			return true
		}
	}
	return false
}

// claims reports nouns that can be true or false.
func claims(w string) bool {
	switch w {
	case "suggestion", "suggestions", "idea", "notion", "claim", "claims", "report", "reports", "proposition":
		return true
	}
	return false
}

// sanctionsNoun reports a noun that makes "sanctions" its attribute: "sanctions panel".
func sanctionsNoun(w string) bool {
	switch w {
	case "panel", "committee", "regime", "relief", "list", "package", "threat", "threats", "bill", "vote", "policy", "case", "review", "monitors", "experts", "renewal":
		return true
	}
	return false
}

// putInto reports "puts a bridging text to both", "put five officers on the
// sanctions list", "adds them to the blacklist": verbs that need more than
// their object.
func (p *part) putInto(i, arg, to int, c class) bool {
	if c == cImpose {
		for k := i + 1; k < arg; k++ {
			switch p.t.Tokens[k].Norm {
			case "on", "under", "to", "onto":
				return true
			}
		}
		return false
	}
	for k := arg + 1; k < min(to, arg+6); k++ {
		switch p.t.Tokens[k].Norm {
		case "to", "before":
			return true
		}
	}
	return false
}

// goesAway reports verbs of leaving, which a walk-out shares with whoever goes home.
func goesAway(w string) bool {
	switch w {
	case "leave", "leaves", "left", "depart", "departs", "departed":
		return true
	}
	return false
}

// saidBetween reports that a noun at token arg stands in the frame of a sentence in which
// somebody says what the verb at i tells.
func (p *part) saidBetween(arg, i int) bool {
	comma := false
	for k := arg + 1; k < i; k++ {
		comma = comma || p.t.Tokens[k].Gap&text.Comma != 0
		if comma && p.has(k, cSaid) {
			return true
		}
	}
	return false
}

// invitesSomeOf reports that those who are invited, from token k on, are a nation's people of
// some trade: nobody who would negotiate for it.
func (p *part) invitesSomeOf(k, to int) bool {
	for _, w := range p.whoIn(k, min(to, k+1)) {
		if !w.demonym || w.person || w.body || w.to >= to || p.t.Tokens[w.to].Gap != text.Space || p.cues[w.to] != nil {
			continue
		}
		t := &p.t.Tokens[w.to]
		if n := t.Norm; t.Flags&text.Capital == 0 && len(n) > 4 && strings.HasSuffix(n, "s") && !p.is(w.to, aGroupWord|aLocalBody|aBody|aTitle) {
			switch n {
			case "rivals", "sides", "parties", "factions", "chambers", "generals", "rebels", "leaders", "chiefs", "teams", "heads", "presidents", "foes", "camps":
				return false
			}
			return true
		}
	}
	return false
}
