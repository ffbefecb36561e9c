package read

import (
	"strings"

	"parley/internal/news"
	"parley/internal/text"
)

// venue finds where the talks are held: a city named as a place, in the
// event's sentence before the title and the lead; behind an "in" before
// elsewhere.
func (r *reader) venue(e *event) string {
	switch e.kind {
	case news.SanctionsImposed, news.SanctionsEased, news.Ultimatum, news.ViolationAlleged, news.MessageConveyed, news.ProposalMade, news.ProposalAccepted, news.ProposalRejected, news.Denial:
		return "" // what they are about is done nowhere
	}
	for _, s := range r.around(e) {
		if r.digest && s != e.s && !sameParagraph(s, e.s) {
			continue
		}
		if r.english && s != e.s && !s.p.title && s.p.count(s.from, s.to, cTalks)+s.p.count(s.from, s.to, cMeeting)+s.p.count(s.from, s.to, cHold)+s.p.count(s.from, s.to, cDelegation) == 0 {
			continue // "In Tel Aviv families rallied"
		}
		if r.english && s != e.s && !s.p.title && r.ofOtherYears(s) {
			continue // "formal negotiations collapsed in Crans-Montana in 2017"
		}
		if v := r.venueIn(s, e); v != "" {
			return v
		}
	}
	return ""
}

// landOf returns the country of a venue: that of "Istanbul, Turkey".
func landOf(venue string) string {
	if i := strings.LastIndex(venue, ", "); i >= 0 {
		return venue[i+2:]
	}
	return ""
}

// ofOtherYears reports a sentence that names a year that is past.
func (r *reader) ofOtherYears(s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		if t := &s.p.t.Tokens[k]; t.Flags&text.Number != 0 && len(t.Norm) == 4 && s.p.year > 0 {
			if y := atoi(t.Norm); y >= 1900 && y < s.p.year-1 {
				return true
			}
		}
	}
	return false
}

func (r *reader) venueIn(s *sentence, e *event) string {
	p := s.p
	best, bestCost := "", 1<<20
	trigger := r.toldIn(s, e)
	clause := -1 // "stocks in Tokyo gained after China said they would meet in Kuala Lumpur": where the event stands itself
	if s == e.s && r.english {
		clause = p.subordinate(e.trigger, s.from)
	}
	offer := func(v string, at int, within bool) {
		elsewhere := p.subordinate(at, s.from) != clause
		if r.english && (s != e.s && p.near(at, s.from) || p.noLonger(at, s.from) || p.otherwiseAt(at, s.from)) {
			return // "Clashes went on near the town of Uvira", "no longer in Kuala Lumpur", "was needed in Washington"
		}
		if r.english && e.kind == news.TalksScheduled && (p.ofEarlier(at, s.from) || elsewhere && clause < 0) {
			return
		}
		if r.english && !s.p.title && p.spokenAt(s, at) && (s == e.s || at <= s.from+2 && p.is(s.from, aWithin) || p.left(at, s.from, 3, of(cSaid)) >= 0) {
			return // "said in Manila"
		}
		cost := 0
		if trigger >= 0 {
			cost = abs(at - trigger)
		}
		if !within {
			cost += 40
		}
		if elsewhere || s == e.s && r.english && p.meanwhile(at, e.trigger) || p.spokenAt(s, at) || p.leftBehind(at, s.from) {
			cost += 60
		}
		if cost < bestCost {
			best, bestCost = v, cost
		}
	}
	for k, w := range p.whoIn(s.from, s.to) {
		if w.dateline {
			continue
		}
		if r.english && p.governs(&w, s.from) {
			continue
		}
		if r.english && w.to < s.to && visit(p.t.Tokens[w.to].Norm) {
			continue // "says Omani FM after Tehran visit"
		}
		if r.english && w.from-2 >= s.from && seated(p.t.Tokens[w.from-2].Norm) {
			continue // "the embassy in Beirut said"
		}
		if r.english && p.goesBack(w.from, s.from) {
			continue // "envoy returns to Washington"
		}
		within := w.from > s.from && p.is(w.from-1, aWithin)
		if !w.place && w.venue != "" && s == e.s && w.from > e.trigger && p.t.Tokens[w.from-1].Norm == "to" && p.movesTalks(e.trigger, s.to) {
			return w.venue // "shifted Wednesday's talks to Batumi"
		}
		if w.place && w.venue != "" {
			if k > 0 { // "in Islamabad and Kabul together"
				if o := p.whoIn(s.from, s.to)[k-1]; !o.place && o.venue != "" && p.listed(o.to, w.from) {
					continue
				}
			}
			offer(w.venue, w.from, within)
		}
		if w.demonym && w.to < s.to && p.is(w.to, aCapital) && !(r.english && p.ratherThan(w.from, s.from)) { // "in the Omani capital"
			if v, ok := r.actors.Seat(w.id); ok {
				offer(v, w.from, true)
			}
		}
	}
	r.towns(s, e, offer)
	for k := p.nextMarked(s.from, s.to, aHere); k < s.to; k = p.nextMarked(k+1, s.to, aHere) {
		if bestCost > 30 && p.subordinate(k, s.from) < 0 && !(k+1 < s.to && p.has(k+1, cSaid)) { // not "after they wound up a round here"
			for _, w := range r.text.who {
				if w.dateline && w.venue != "" {
					offer(w.venue, k, true)
					break
				}
			}
		}
	}
	return best
}

// toldIn returns the trigger by which sentence s tells of e, −1 if it does not.
func (r *reader) toldIn(s *sentence, e *event) int {
	if s == e.s {
		return e.trigger
	}
	for i := range r.found {
		if o := &r.found[i]; r.english && o.s == s && o.kind == e.kind && o.because == "" {
			return o.trigger // "who met his counterpart in Tehran, said the round would be held in Muscat"
		}
	}
	return -1
}

// visit reports that a place before this word is where somebody went.
func visit(w string) bool { return w == "visit" || w == "trip" || w == "tour" }

// near reports a place that only tells what is close to it: "near the town of".
func (p *part) near(at, from int) bool {
	for k := max(from, at-4); k < at; k++ {
		if p.t.Tokens[k].Norm == "near" {
			return true
		}
	}
	return false
}

// meanwhile reports that tokens a and b stand in clauses of which one only tells what else
// happens: "Fighting near Uvira as mediators set new talks".
func (p *part) meanwhile(a, b int) bool {
	for k := min(a, b) + 1; k < max(a, b); k++ {
		if w := p.t.Tokens[k].Norm; (w == "as" || w == "while" || w == "amid") && p.t.Tokens[k+1].Norm != "well" {
			return true
		}
	}
	return false
}

// goesBack reports "returns to", "heads home to" before token i.
func (p *part) goesBack(i, from int) bool {
	if i-2 < from || p.t.Tokens[i-1].Norm != "to" {
		return false
	}
	switch p.t.Tokens[i-2].Norm {
	case "returns", "returned", "returning", "home":
		return p.t.Tokens[i-2].Norm == "home" || p.count(i, min(len(p.t.Tokens), i+6), cTalks)+p.count(i, min(len(p.t.Tokens), i+6), cMeeting) == 0
	}
	return false
}

// governs reports a capital that stands for who governs there: "the government in
// Yerevan", "a trade round with New Delhi", "at Belgrade's request".
func (p *part) governs(w *who, from int) bool {
	if p.t.Tokens[w.to-1].Flags&text.Possessive != 0 && w.to < len(p.t.Tokens) && !p.has(w.to, cTalks) && !p.has(w.to, cMeeting) {
		return true
	}
	if w.from <= from {
		return false
	}
	switch p.t.Tokens[w.from-1].Norm {
	case "with":
		return true
	case "in":
	default:
		return false
	}
	if w.from-2 < from {
		return false
	}
	if list := p.whoIn(from, w.from-1); len(list) > 0 && list[len(list)-1].to == w.from-1 && list[len(list)-1].from < w.from-2 && list[len(list)-1].id != w.id {
		return false // "Pakistani officials in Riyadh" are not those of Riyadh
	}
	switch p.t.Tokens[w.from-2].Norm {
	case "government", "governments", "authorities", "officials", "official", "ministry", "presidency", "administration", "agency", "leadership", "diplomats", "spokesman", "spokesperson", "embassy", "rulers", "cabinet", "office":
		return true
	}
	return false
}

// ofEarlier reports the place of talks that are over: "a week after the last round
// broke up in Geneva".
func (p *part) ofEarlier(at, from int) bool {
	if at-2 >= from && p.t.Tokens[at-1].Norm == "in" {
		switch p.t.Tokens[at-2].Norm {
		case "as", "like", "than", "unlike":
			return true // "the team would be the same as in Geneva"
		}
	}
	if p.english && at-4 >= from && p.t.Tokens[at-1].Norm == "in" && p.t.Tokens[at-1].Gap&text.Comma != 0 && p.is(at-3, aLast) && (p.has(at-2, cTalks) || p.has(at-2, cMeeting) || p.t.Tokens[at-2].Norm == "contact") {
		return true // "The last contact, in Istanbul"
	}
	for k := at - 1; k >= from && k >= at-10; k-- {
		if g := p.t.Tokens[k+1].Gap; g&(text.Comma|text.Semicolon|text.Colon|text.SentenceEnd) != 0 {
			return false
		}
		if !p.is(k, aLast) {
			continue
		}
		for j := k + 1; j < min(at, k+4); j++ {
			if w := p.t.Tokens[j].Norm; p.has(j, cTalks) || p.has(j, cMeeting) || w == "one" || w == "ones" {
				return true
			}
		}
	}
	return false
}

// seated reports an office that is named with the town in which it has its seat.
func seated(w string) bool {
	switch w {
	case "embassy", "consulate", "mission", "ministry":
		return true
	}
	return false
}

// leftBehind reports a place where talks are no longer to be held: "moved from
// Kuala Lumpur", "instead of Kuala Lumpur".
func (p *part) leftBehind(at, from int) bool {
	if !p.english || at <= from {
		return false
	}
	if p.wasToBe(at, from) {
		return true
	}
	switch p.t.Tokens[at-1].Norm {
	case "from":
		return true
	case "of":
		return at-2 >= from && (p.t.Tokens[at-2].Norm == "instead" || p.t.Tokens[at-2].Norm == "place")
	}
	return p.noLonger(at, from)
}

// otherwiseAt reports a place where somebody is kept by something else: "needed in
// Washington", "the security conference in Munich".
func (p *part) otherwiseAt(at, from int) bool {
	if at-2 < from {
		return false
	}
	switch p.t.Tokens[at-2].Norm {
	case "needed", "busy", "detained", "hospitalised", "hospitalized", "treated", "funeral":
		return true
	case "conference":
		return at-3 >= from && p.t.Tokens[at-3].Norm == "security"
	}
	return false
}

// ratherThan reports "rather than the", "instead of the" before token at.
func (p *part) ratherThan(at, from int) bool {
	k := p.beforeArticle(at, from)
	return k > from && (p.t.Tokens[k].Norm == "than" && p.t.Tokens[k-1].Norm == "rather" || p.t.Tokens[k].Norm == "of" && p.t.Tokens[k-1].Norm == "instead")
}

// noLonger reports a place where something is not held: "and no longer in Kuala Lumpur".
func (p *part) noLonger(at, from int) bool {
	return at-3 >= from && p.t.Tokens[at-1].Norm == "in" && (p.t.Tokens[at-2].Norm == "longer" || p.t.Tokens[at-2].Norm == "not")
}

// wasToBe reports the place of a clause that tells what was meant to be: "the talks that the
// two were to hold in Kuala Lumpur".
func (p *part) wasToBe(at, from int) bool {
	for k := at - 1; k > from && k >= at-6; k-- { // "planned for Wednesday in Chisinau will take place in Bender instead"
		if t := p.t.Tokens[k].Norm; (t == "planned" || t == "due" || t == "scheduled" || t == "set") && p.nextWord(at, min(len(p.t.Tokens), at+14), "instead") < min(len(p.t.Tokens), at+14) {
			return true
		}
	}
	for k := at - 1; k > from && k >= at-8; k-- {
		if p.has(k, cWill) || p.t.Tokens[k+1].Gap&parts != 0 && k+1 < at {
			return false
		}
		if p.t.Tokens[k].Norm == "to" && (p.t.Tokens[k-1].Norm == "was" || p.t.Tokens[k-1].Norm == "were") {
			return true
		}
	}
	return false
}

// spokenAt reports a place where somebody speaks: "said in Cairo", "told
// reporters in Vienna".
func (p *part) spokenAt(s *sentence, at int) bool {
	for k := at - 1; k >= s.from && k >= at-5; k-- {
		q := p.cues[k]
		if q == nil {
			continue
		}
		if q.classes.any(of(cTalks, cMeeting, cStart, cHold, cEnd, cSign, cPostpone)) && !q.classes.has(cSaid) {
			return false
		}
		if q.classes.has(cSaid) {
			return true
		}
	}
	// "In Washington, officials declined to characterise the talks"
	if !p.english || p.title || at > s.from+2 || !p.is(s.from, aWithin) {
		return false
	}
	for k := at + 1; k < s.to && k < at+10; k++ {
		if p.t.Tokens[k].Gap&text.Comma != 0 {
			for j := k; j < s.to && j < k+12; j++ {
				q := p.cues[j]
				if q != nil && q.classes.any(of(cTalks, cMeeting, cStart, cHold, cEnd, cSign, cPostpone)) && !q.classes.has(cSaid) {
					return false
				}
				if q != nil && (q.classes.has(cSaid) || q.classes.has(cNoDate) || q.classes.has(cReject)) {
					return true
				}
			}
		}
	}
	return false
}
