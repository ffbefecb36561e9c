package read

import (
	"slices"
	"strings"

	"parley/internal/actors"
	"parley/internal/news"
	"parley/internal/text"
)

// What a sentence mentions by the way: the time at which something else happens,
// what always happens so, a sitting of whoever the item is about.

// byTheWay reports why a sentence only mentions an event.
func (r *reader) byTheWay(e *event) string {
	p := e.s.p
	switch {
	case !r.english:
	case p.courteous(e) || r.atForum(e):
		return "a visit or a ceremony, at which nothing is negotiated"
	case r.partless(e):
		return "said by somebody who has no part in it"
	case p.inChamber(e):
		return "domestic politics"
	case p.unproven(e):
		return "neither confirmed nor denied"
	case !r.digest && r.temporal(e):
		return "tells only when something else happens"
	case p.suggested(e):
		return "said as an opinion"
	case p.habit(e):
		return "a habit, not an event"
	case p.obliged(e):
		return "wished for, not announced"
	case p.byWeapon(e):
		return "an attack, not a sanction"
	case r.explained(e):
		return "comment or background, by its headline"
	case r.sitting(e):
		return "an organisation's own meeting"
	}
	return ""
}

// buried reports an event below a headline and a lead that tell of none, by which
// nobody stands in its own sentence, nor beside it.
func (r *reader) buried(e *event) bool {
	if e.s.order < 2 || r.digest || len(r.title.t.Tokens) == 0 || r.heads(e.s) || r.vouched(e) {
		return false
	}
	for i := range r.found {
		if o := &r.found[i]; o.because == "" && (o.s.order <= 1 || o.s.order < e.s.order && r.vouched(o)) {
			return false
		}
	}
	if e.s.order == 2 && r.sides(e.s.p, e.s.from, e.s.to) >= 2 && r.conflict(e) {
		return false
	}
	n := r.negotiation(e)
	if _, most := r.mostOf(e); most < 3 && r.headed(n) {
		return false
	}
	for i := range r.sentences {
		if s := &r.sentences[i]; abs(s.order-e.s.order) == 1 && s.order > 0 {
			if u := r.voice(s); u.found && (u.who.mediates || n != nil && takesPart(n, u.who.id)) {
				return false
			}
		}
	}
	if e.kind == news.TalksScheduled && e.s.order <= 4 && r.voice(e.s).found { // "Oman's minister arrived. … Before boarding, Salim Harrasi said the two would sit down on Wednesday"
		u := r.speaker(e)
		return !(u.found && u.who.name != "" && r.betweenThem(e, u.who.id))
	}
	return true
}

// headed reports a headline that speaks of talks, a deal or who mediates, and names
// somebody who has a part in n, or n itself.
func (r *reader) headed(n *news.Negotiation) bool {
	t, end := &r.title, len(r.title.t.Tokens)
	if n == nil || t.next(0, end, of(cTalks, cMeeting, cDeal, cDelegation, cMediating, cOffer, cRoundWord, cProposal)) == end {
		return false
	}
	return r.calledByName(n) || slices.ContainsFunc(t.who, func(w who) bool { return takesPart(n, w.id) || w.mediates })
}

// unowned reports that nobody at all says or does it, and that the item does not make
// it its news: no headline names both sides, no dispute is spoken of.
func (r *reader) unowned(e *event) bool {
	n := r.negotiation(e)
	if r.digest || n != nil && len(n.Parties) == 0 { // a process is its own subject
		return false
	}
	if u := r.speaker(e); u.found || u.joint || u.anon {
		return false
	}
	if e.s.p.title && (e.kind == news.ProposalMade || e.kind == news.MediationOffered) && r.byMediators(e) {
		return false
	}
	if e.kind == news.GapsNamed && r.aboutTalks() {
		return false // "Experts caution that gaps remain", in the report of a round
	}
	sides := r.sides(e.s.p, e.s.from, e.s.to)
	if r.heads(e.s) && sides >= 2 {
		return false
	}
	if r.english && e.kind == news.TalksScheduled && e.s.p.is(e.s.from, aPronoun) && bothSides(e.s.p.t.Tokens[e.s.from].Norm) && r.toldInLead(e) {
		return false // "… ended. They agreed to hold a third round on 9 December"
	}
	if r.english && e.s.p.title && e.kind == news.TalksScheduled && r.opponents(e.s.p.whoIn(e.s.from, e.s.to), true) && len(r.datesOf(e, nil)) > 0 {
		return false // "US trade team to visit India next week for talks"
	}
	if n == nil {
		return true
	}
	if !r.english && r.heads(e.s) {
		return false // capitals stand for their states there, and look like places
	}
	if e.s.p.title && r.calledByName(n) {
		return false // "Third round of Cyprus talks ends in Geneva"
	}
	if e.s.p.title && sides == 1 && r.english && r.fighterActs(e, n) {
		return false
	}
	if e.s.p.title {
		return sides == 1 && !(r.conflict(e) && r.toldAgain(e))
	}
	if sides >= 2 && (r.conflict(e) || e.s.order <= 1 && !e.verdict.may && r.headed(n) || !r.english && e.s.order <= 1 && countIn(r.title.who, n.Parties) >= 2) {
		return false
	}
	return !r.toldAgain(e)
}

// fighterActs reports a headline that begins with an armed group that is a party, and goes on
// with talks: "Hamas delegation to attend Cairo talks on Sunday". It has no others.
func (r *reader) fighterActs(e *event, n *news.Negotiation) bool {
	p := e.s.p
	list := p.whoIn(e.s.from, e.s.to)
	if len(list) == 0 || list[0].place || list[0].to > e.trigger || !slices.Contains(n.Parties, list[0].id) || p.next(e.s.from, e.s.to, of(cTalks, cDelegation, cRoundWord)) == e.s.to {
		return false
	}
	return r.isGroup(list[0].id)
}

// aboutTalks reports that headline or lead tell of talks that began or ended, also where
// the headline stands again at the head of the text.
func (r *reader) aboutTalks() bool {
	for i := range r.found {
		if o := &r.found[i]; o.because == "" && o.s.order <= 2 && (o.kind == news.TalksEnded || o.kind == news.TalksStarted) {
			return true
		}
	}
	return false
}

// heads reports the headline, or the sentence that stands for it: the first of an
// item that has none, or of an entry of a live blog, "10:06 Leaders go in".
func (r *reader) heads(s *sentence) bool {
	t := r.title.t.Tokens
	return s.p.title || s.order == 1 && len(t) == 0 || s.order <= 2 && len(t) > 0 && t[0].Flags&text.Number != 0
}

// toldAgain reports that another sentence, or the headline, tells the same event.
func (r *reader) toldAgain(e *event) bool {
	for i := range r.found {
		if o := &r.found[i]; o.because == "" && o.kind == e.kind && o.s != e.s && (o.s.order == 0 || e.s.order == 0) {
			return true
		}
	}
	return false
}

// temporal reports a clause that only dates another: "When the third round ended,
// somebody was hungry", "roads close on Tuesday, when the sides meet".
func (r *reader) temporal(e *event) bool {
	p := e.s.p
	if p.waitsFor(e) {
		return true
	}
	if p.title && e.s.from == 0 && r.titleSides() >= 2 || !strings.HasPrefix(string(e.kind), "talks-") {
		return false
	}
	for k := e.trigger - 1; k >= e.s.from && k >= e.trigger-14; k-- {
		if p.has(k, cSaid) || k > e.s.from && p.t.Tokens[k+1].Gap&(text.Comma|parts) != 0 {
			return false
		}
		switch p.t.Tokens[k].Norm {
		case "when", "whenever":
			if k-2 >= e.s.from && p.has(k-1, cBe) && (p.t.Tokens[k-2].Norm == "this" || p.t.Tokens[k-2].Norm == "that") {
				return false // "5 December: that is when they sit down"
			}
		case "while", "as", "if":
			if k > e.s.from {
				continue
			}
		default:
			continue
		}
		// what the main clause says of talks is the news: "will resume on Sunday, when
		// the delegations return"
		if k > e.s.from {
			return p.next(e.s.from, k, of(cTalks, cMeeting, cDeal, cDelegation)) == k
		}
		for j := e.end; j < e.s.to; j++ {
			if p.t.Tokens[j].Gap&text.Comma != 0 {
				return p.next(j, e.s.to, of(cTalks, cMeeting, cDeal, cProposal, cMediating)) == e.s.to
			}
		}
		return false
	}
	return false
}

// waitsFor reports talks that have not begun: "demands that Kosovo free the policemen before
// talks resume".
func (p *part) waitsFor(e *event) bool {
	if e.kind != news.TalksStarted || e.arg < 0 {
		return false
	}
	at := min(e.arg, e.trigger)
	for k := at - 1; k >= e.s.from && k >= at-4; k-- {
		switch p.t.Tokens[k].Norm {
		case "before", "until", "unless":
			return true
		}
		if !determiner(p.t.Tokens[k].Norm) && p.t.Tokens[k].Gap&(text.Comma|parts) != 0 || p.cues[k] != nil && p.cues[k].classes.any(of(cSaid, cWill)) {
			return false
		}
	}
	return false
}

// habit reports what happens again and again: "every government suspends the talks
// once", "talks always start late".
func (p *part) habit(e *event) bool {
	if e.verdict.mood == planned && len(p.datesIn(e.s.from, e.s.to)) > 0 {
		return false
	}
	for k := max(e.s.from, e.trigger-7); k < min(e.s.to, e.end+6); k++ {
		switch p.t.Tokens[k].Norm {
		case "always", "often", "usually", "sometimes", "invariably", "whenever", "typically", "rarely", "seldom":
			if p.together(k, e.trigger) {
				return true
			}
		case "every", "each":
			if k+1 < e.s.to && k < e.trigger && p.together(k, e.trigger) {
				switch p.t.Tokens[k+1].Norm {
				case "government", "president", "time", "round", "year", "spring", "summer", "autumn", "winter", "week", "envoy", "mediator", "minister":
					return true
				}
			}
		}
	}
	return false
}

// courteous reports a message of congratulations, condolence or thanks, and ministers who
// exchange greetings.
func (p *part) courteous(e *event) bool {
	if strings.HasPrefix(string(e.kind), "talks-") && strings.HasPrefix(p.t.Tokens[e.trigger].Norm, "exchang") {
		for k := e.trigger; k < min(e.s.to, e.trigger+8); k++ {
			switch p.t.Tokens[k].Norm {
			case "greetings", "congratulations", "condolences", "wishes", "gifts":
				return true
			}
		}
	}
	if e.kind != news.MessageConveyed || e.arg < 0 {
		return false
	}
	for k := e.s.from; k < min(e.s.to, e.arg+6); k++ {
		switch p.t.Tokens[k].Norm {
		case "congratulations", "congratulation", "condolence", "condolences", "greetings", "greeting", "thanks", "sympathy", "felicitations", "felicitation", "wishes", "birthday", "anniversary", "independence":
			return true
		}
	}
	return false
}

// partless reports an offer or a proposal of which nobody is named as the giver who
// could have a part: a laureate's, a singer's, an institute's.
func (r *reader) partless(e *event) bool {
	if e.kind != news.ProposalMade && e.kind != news.MediationOffered || r.digest {
		return false
	}
	u := r.speaker(e)
	return !u.found && !u.joint && !u.anon && !r.byMediators(e) && !e.s.p.isInvited(e.trigger)
}

// byMediators reports an act of those who mediate, whoever they are: "Mediators present
// bridging proposal".
func (r *reader) byMediators(e *event) bool {
	return slices.ContainsFunc(e.s.p.whoIn(e.s.from, e.trigger), func(w who) bool { return w.mediates })
}

// suggested reports what somebody or something only suggests: "a report suggests that the
// talks stalled", "suggested that they meet without mediators".
func (p *part) suggested(e *event) bool {
	if e.kind == news.MediationOffered || e.kind == news.ProposalMade || e.kind == news.Denial {
		return false
	}
	for k := e.trigger - 1; k >= e.s.from && k >= e.trigger-12; k-- {
		switch p.t.Tokens[k].Norm {
		case "suggests", "suggested", "suggesting":
			return !p.dayToCome(e.s.from, e.s.to)
		}
		if p.t.Tokens[k+1].Gap&parts != 0 {
			return false
		}
	}
	return false
}

// inChamber reports that deputies or an opposition do it, in a chamber.
func (p *part) inChamber(e *event) bool {
	if e.kind != news.TalksSuspended && e.kind != news.TalksCancelled {
		return false
	}
	for k := max(e.s.from, e.trigger-3); k < e.trigger; k++ {
		switch p.t.Tokens[k].Norm {
		case "opposition", "deputies", "mps", "lawmakers", "councillors", "senators", "legislators", "parliamentarians":
			return true
		}
	}
	return false
}

// unprovenWords are those that unproven looks for.
var unprovenWords = [...]string{"confirmed", "verified", "substantiated", "unconfirmed"}

// unproven reports "reports that they met could not be confirmed".
func (p *part) unproven(e *event) bool {
	if e.s.begins&beginsUnproven == 0 {
		return false
	}
	for k := e.s.from + 2; k < e.s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "confirmed", "verified", "substantiated":
			if p.t.Tokens[k-1].Norm == "be" && p.left(k, e.s.from, 5, of(cNot)) >= 0 {
				return true
			}
		case "unconfirmed":
			return true
		}
	}
	return false
}

// obliged reports what should or must happen, by the will of whoever says so: "the
// talks must be broken off", "a truce should come first", "wants them broken off".
func (p *part) obliged(e *event) bool {
	for k := e.trigger - 1; k >= e.s.from && k >= e.trigger-6 && !p.boundary(k+1); k-- {
		switch p.t.Tokens[k].Norm {
		case "must", "should", "ought":
			return k > e.s.from && !p.dayToCome(e.s.from, p.sentenceEnd(k)) && e.kind != news.Ultimatum
		case "threatens", "threatened", "threatening":
			return e.kind == news.TalksSuspended && k == e.trigger-2
		case "wants", "want", "wanted":
			q := p.cues[e.trigger]
			return q != nil && k < e.trigger-1 && q.forms[cSuspend]|q.forms[cCancel]|q.forms[cPostpone]|q.forms[cEnd] == past
		}
	}
	return false
}

// byWeapon reports that what hits somebody is a weapon.
func (p *part) byWeapon(e *event) bool {
	if !sanctions(e.kind) {
		return false
	}
	for k := max(e.s.from, e.arg-2); e.arg >= 0 && k < e.arg; k++ {
		if p.t.Tokens[k].Norm == "visa" && e.kind == news.SanctionsEased {
			return true
		}
	}
	switch p.t.Tokens[e.trigger].Norm {
	case "hit", "hits", "hitting", "struck", "strikes": // "Kyiv hit refinery", not "US hits refinery with sanctions"
		if e.kind == news.SanctionsImposed && !p.penal(e.s) {
			return true
		}
	}
	for k := e.s.from; k < e.trigger; k++ {
		switch p.t.Tokens[k].Norm {
		case "drone", "drones", "missile", "missiles", "rocket", "rockets", "shell", "shells", "shelling", "airstrike", "airstrikes", "warplanes", "jets", "gunmen":
			if k+1 < e.s.to && p.is(k+1, aTarget) || k+1 < e.s.to && (p.t.Tokens[k+1].Norm == "makers" || p.t.Tokens[k+1].Norm == "maker" || p.t.Tokens[k+1].Norm == "programme" || p.t.Tokens[k+1].Norm == "program") {
				continue
			}
			return true
		}
	}
	return false
}

// penal reports a sentence that says by what means somebody is hit: by law, not arms.
func (p *part) penal(s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "with", "sanction", "sanctions", "sanctioned", "tariff", "tariffs", "duty", "duties", "curbs", "penalties", "levy", "levies", "restrictions", "ban", "bans", "listing", "listings", "blacklist", "asset", "assets", "freeze":
			return true
		}
	}
	return false
}

// explained reports a headline that promises an explanation, above an event that
// nobody stands by: "What a ceasefire would look like, in maps".
func (r *reader) explained(e *event) bool {
	if e.s.p.title || len(r.title.t.Tokens) == 0 || r.digest || r.vouched(e) {
		return false
	}
	switch r.title.t.Tokens[0].Norm {
	case "what", "how", "why", "who", "where", "could", "can", "would", "should":
		return true
	}
	return false
}

// sitting reports the next or last meeting of whoever the item is about, who has
// no part in the talks: of a panel, a council, the ministers of a bloc.
func (r *reader) sitting(e *event) bool {
	p := e.s.p
	n := r.negotiation(e)
	switch e.kind {
	case news.AgreementReached: // "the body agreed to set up a panel"
		if !(n != nil && len(n.Parties) == 0) && r.sides(p, e.s.from, e.trigger) < 2 && r.organised(p, e.s.from, e.trigger, n) && e.arg > e.trigger {
			return true
		}
		fallthrough
	case news.AgreementSigned, news.ProposalAccepted: // "ministers then approved a memorandum on fisheries"
		return e.s.order >= 2 && r.organised(&r.title, 0, min(9, len(r.title.t.Tokens)), n) && !r.vouched(e) && (n == nil || r.partiesIn(e.s, n) < 1)
	}
	if !strings.HasPrefix(string(e.kind), "talks-") {
		return false
	}
	if e.arg >= 0 && p.has(e.arg, cTalks) {
		return false
	}
	// "opened the session of parliament", not "of the committee between Congo and Rwanda"
	if !(n != nil && r.partiesIn(e.s, n) >= 2) && e.arg >= 0 && e.arg+1 < e.s.to && p.is(e.arg+1, aPreposition) && r.organised(p, e.arg+1, min(e.s.to, e.arg+5), n) && p.next(e.s.from, e.s.to, of(cTalks, cDelegation)) == e.s.to {
		return true
	}
	// "the Council held a closed meeting on Thailand and Cambodia"
	for k := min(e.s.to, max(e.arg, e.trigger)+1); k < min(e.s.to, max(e.arg, e.trigger)+4); k++ {
		switch p.t.Tokens[k].Norm {
		case "on", "about":
			if !p.dated(k+1) && len(p.whoIn(k, min(e.s.to, k+12))) > 0 && r.organised(p, e.s.from, min(e.trigger, e.s.to), n) {
				return true
			}
		}
	}
	if e.s.order < 2 || r.sides(p, e.s.from, e.s.to) > 0 && !r.organised(p, e.s.from, e.trigger, n) {
		return false
	}
	if r.sides(p, e.s.from, e.s.to) == 0 && p.is(e.s.from, aPronoun) {
		return false
	}
	if u := r.voice(e.s); u.found || u.joint {
		return false
	}
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order <= 1 && r.organised(s.p, s.from, min(s.to, s.from+9), n) && s.p.next(s.from, s.to, of(cStart, cHold, cEnd, cPostpone, cCancel, cSuspend)) == s.to {
			return true
		}
	}
	return false
}

// partiesIn counts the parties of n that a sentence names.
func (r *reader) partiesIn(s *sentence, n *news.Negotiation) int {
	return countIn(s.p.whoIn(s.from, s.to), n.Parties)
}

// organised reports that an organisation or a body is named between two tokens
// which has no part in n.
func (r *reader) organised(p *part, from, to int, n *news.Negotiation) bool {
	for _, w := range p.whoIn(from, to) {
		if w.id == "" || w.place || w.dateline {
			continue
		}
		if n != nil && slices.Contains(n.Parties, w.id) {
			return false
		}
		if _, kind, ok := r.actors.Title(w.id); ok && kind == actors.Organisation && (n == nil || !takesPart(n, w.id)) {
			return true
		}
	}
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "council", "panel", "senate", "senators", "cabinet", "parliament", "committee", "assembly", "summit", "senate's", "lawmakers", "board":
			return true
		}
	}
	return false
}
