package read

import (
	"cmp"
	"slices"
	"strings"

	"parley/internal/classify"
	"parley/internal/news"
	"parley/internal/text"
)

// What an item tells of which no rule knows the words: "Baku takes the brakes off
// Armenian oil". The opinion on its wording (wording.go) is then asked for a
// kind, and believed only where it is sure: two sides that negotiate are named
// together, the item reads as news, and nothing in the sentence denies, doubts, asks or
// wishes. The proof is that sentence, and in it the word that told most.

// How sure it must be, as logarithms of odds: of the kind, and of none, to tell what rules
// have not found (by cross-validation, TestWordingCrossValidated); of another kind, and of
// the one that rules put first, to overrule their order, and to overrule what they found.
// Where the two sides stand in different sentences it must be surer of kind and news; to
// be believed over a clause of background, or over where in the item it stands, surest.
const (
	sureKind    = -1.5
	sureNews    = -1
	surelyKind  = 0
	surelyOther = -2
	surestKind  = 1
	surestOther = -3
	surerKind   = -.5
	surerNews   = -2
	surelyNews  = -2.5
)

// topOrder is the last sentence that counts as the top of an item here.
const topOrder = 4

// worded finds what the wording of an item tells, if rules have found nothing, for
// a reason that leaves room for it.
func (r *reader) worded(reason string) (event, bool) {
	doubted, genre := r.doubted(reason), ofAnotherGenre(reason)
	if r.digest || !doubted && !genre && !r.unread(reason) {
		return event{}, false
	}
	s := r.ofOpponents()
	if genre && s == nil {
		return event{}, false
	}
	apart := s == nil
	if apart && !r.opponentsApart() { // most items end here, so that nothing need be weighed
		return event{}, false
	}
	o := r.opinion()
	if o == nil || o.LogOdds(none) >= sureNews || apart && o.LogOdds(none) >= surerNews {
		return event{}, false
	}
	best := o.Best(none + 1)
	if o.LogOdds(best) <= sureKind || apart && o.LogOdds(best) <= surerKind {
		return event{}, false
	}
	if _, reacts := r.reaction(); reacts {
		return event{}, false // what is praised or deplored was told before
	}
	surely := o.LogOdds(none) < surelyNews && (o.LogOdds(best) > surelyKind || genre)
	if (doubted || genre) && !surely || doubted && r.tells(news.Kind(o.Model().Sorts()[best])) {
		return event{}, false // rules know the words, and know better
	}
	for _, s := range r.wordedAt(s, o, best) {
		e, ok := r.wordedIn(s, o, best)
		if !ok {
			continue
		}
		if e.kind == news.Denial {
			e.denies = deniedByWording(o, best)
		}
		why := r.unfit(&e)
		if genre && ofAnotherGenre(why) {
			return e, true
		}
		switch why {
		case "":
			return e, true
		case "the headline is about something else, and nobody stands by it", "far down in another story, and nobody stands by it",
			"nobody says or does it, and the item is not about it", "nothing ties it to a negotiation":
			if surely {
				return e, true
			}
		}
	}
	return event{}, false
}

// ofOpponents returns the headline or the lead, the first of them that names two who
// negotiate with each other; nil if neither does.
func (r *reader) ofOpponents() *sentence {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 {
			break
		}
		if r.opponents(s.p.whoIn(s.from, s.to), true) {
			return s
		}
	}
	return nil
}

// opponentsApart reports that headline and the first sentences name two who negotiate
// with each other, if in none of them both.
func (r *reader) opponentsApart() bool {
	var named []who
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > topOrder {
			break
		}
		for _, w := range s.p.whoIn(s.from, s.to) {
			if !w.dateline {
				named = append(named, w)
			}
		}
	}
	return r.opponents(named, true)
}

// wordedAt returns the sentences that may tell what the wording is of, the likeliest
// first: s, that names both sides, then of headline and first sentences those with the words
// that weigh most; where talks are to come, only those with a day ahead.
func (r *reader) wordedAt(s *sentence, o *classify.Sum, sort int) (list []*sentence) {
	scheduled := news.Kind(o.Model().Sorts()[sort]) == news.TalksScheduled
	weights := map[*sentence]float32{s: 1000}
	for i := range r.sentences {
		t := &r.sentences[i]
		if t.order > topOrder {
			break
		}
		if scheduled && !r.ahead(t.p, t.from, t.from, t.to) {
			continue
		}
		list = append(list, t)
		if t == s {
			continue
		}
		where := byte(inLead)
		if t.p.title {
			where = inHeadline
		}
		for k := t.from; k < t.to; k++ {
			if len(t.p.whoIn(k, k+1)) == 0 {
				weights[t] = max(weights[t], o.Model().Weight(classify.Word(where, t.p.t.Tokens[k].Key), sort))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *sentence) int { return cmp.Compare(weights[b], weights[a]) })
	return list
}

// doubted reports reasons for silence that one clause is enough for.
func (r *reader) doubted(reason string) bool {
	switch reason {
	case "background", "a purpose, not an event", "tells only when something else happens", "conditional":
		return r.why(reason) == reason
	}
	return false
}

// ofAnotherGenre reports reasons that a few words of commerce or of home affairs give, which
// weigh little where two who negotiate with each other stand at the top.
func ofAnotherGenre(reason string) bool {
	switch reason {
	case "business or labour, not politics", "domestic politics", "sanctions that nothing ties to talks":
		return true
	}
	return false
}

// tells reports that rules found that kind at the top, whatever they made of it.
func (r *reader) tells(kind news.Kind) bool {
	return slices.ContainsFunc(r.found, func(e event) bool { return e.kind == kind && e.s.order <= 1 })
}

// unread reports reasons for silence that say only that no clause was understood.
func (r *reader) unread(reason string) bool {
	switch reason {
	case "", "named, not reported", "nothing ties it to a negotiation", "the headline is about something else, and nobody stands by it",
		"far down in another story, and nobody stands by it", "nobody says or does it, and the item is not about it", "demanded, not done",
		"a mood or a gap, but not of talks", "said by somebody who has no part in it", "names fewer than two sides", "too faint: no clause says it clearly":
		why := r.why(reason)
		return why == reason || why == "speaks of talks but reports nothing new"
	}
	return false
}

// wordedIn makes an event of sentence s, by the word that weighs most for a sort of kind.
func (r *reader) wordedIn(s *sentence, o *classify.Sum, sort int) (event, bool) {
	p, kind := s.p, news.Kind(o.Model().Sorts()[sort])
	if s.asks() || s.classes.any(of(cMay, cIf, cNoDate)) || s.classes.any(of(cNot, cFail, cWant)) && !refuses(kind) {
		return event{}, false
	}
	if r.english && (!r.onTopic(kind) || kind == news.AgreementReached && p.dealNear(s)) {
		return event{}, false
	}
	where := byte(inLead)
	if p.title {
		where = inHeadline
	}
	at, most := s.from, float32(0)
	for k := s.from; k < s.to; k++ {
		if len(p.whoIn(k, k+1)) > 0 {
			continue
		}
		if w := o.Model().Weight(classify.Word(where, p.t.Tokens[k].Key), sort); w > most {
			at, most = k, w
		}
	}
	if list := p.whoIn(s.from, at); performs(kind) && len(list) > 2 && p.listed(list[len(list)-2].to, list[len(list)-1].from) && !list[0].place {
		at = list[0].to // "US envoy gives Israel and Hamas separate plan": who is named first does it
	} else if r.english && (sanctions(kind) || kind == news.ProposalRejected || kind == news.ProposalAccepted) && len(list) > 1 && list[0].from == s.from && !list[0].place && p.t.Tokens[list[0].to-1].Flags&text.Possessive == 0 && list[0].to < s.to && p.t.Tokens[list[0].to].Gap == text.Space {
		at = list[0].to // "Beijing to clear licences for US buyers"
	}
	if w := p.t.Tokens[at].Norm; r.english && kind == news.TalksPostponed && strings.HasPrefix(w, "slip") && p.next(s.from, at, of(cTalks, cMeeting)) == at {
		return event{}, false // "gold slips as the trade talks progress"
	}
	if r.english && kind != news.Denial && p.nextWord(s.from, s.to, "disputes", "disputing", "disputed", "contradicts", "contradicting", "contradicted", "refutes", "refuting") < s.to {
		return event{}, false // "disputes the announcement that the two will meet"
	}
	if r.english && kind == news.SanctionsImposed && p.nextWord(s.from, s.to, "resumes", "resume", "resumed", "reopens", "reopened", "restores", "restored") < s.to {
		kind = news.SanctionsEased // "resumes rare earth exports"
	}
	e := event{s: s, kind: kind, trigger: at, end: at + 1, arg: at, verdict: verdict{mood: happened}, score: 1.2, rank: 1.2, acts: performs(kind)}
	switch kind {
	case news.TalksScheduled:
		e.verdict.mood = planned
		if !r.ahead(p, at, s.from, s.to) {
			return event{}, false
		}
	case news.TalksCancelled:
		if next := at + 1; r.english && next < s.to && p.t.Tokens[at].Norm == "off" && p.t.Tokens[next].Norm == "to" {
			return event{}, false // "envoy off to China for border talks"
		}
	case news.AgreementReached, news.AgreementSigned, news.ViolationAlleged:
		if r.english && p.dealsBehind(s) {
			return event{}, false // "strikes kill 12 despite truce"
		}
	case news.MessageConveyed, news.SanctionsEased:
		if p.nextWord(s.from, s.to, "read", "reads", "studies", "studying", "weighs", "mulls") < s.to {
			return event{}, false // what was had before
		}
		if r.english && p.handsOverPeople(at, s.to) {
			return event{}, false // "Hamas hands over body of hostage", "ELN frees hostages"
		}
	case news.Atmosphere:
		tone, found := 0, false
		for k := p.next(s.from, s.to, of(cTone)); k < s.to; k = p.next(k+1, s.to, of(cTone)) {
			if v := int(p.cues[k].tone); !found || v < tone {
				tone, found = v, true
			}
		}
		if !found {
			return event{}, false
		}
		e.tone = tone
	}
	return e, true
}

// onTopic reports that the top of the item has a word of what the kind is about: of talks
// where they begin or end, of an accord that is broken. Who only strikes or accuses does
// so without.
func (r *reader) onTopic(kind news.Kind) bool {
	want := set(0)
	switch {
	case strings.HasPrefix(string(kind), "talks-"):
		want = of(cTalks, cMeeting, cDelegation, cRoundWord, cMediating, cHold)
	case kind == news.MessageConveyed:
		want = of(cConvey, cMediating, cMessage)
	case kind == news.ViolationAlleged:
		want = of(cDeal, cProposal, cTalks, cViolate)
	case sanctions(kind):
		want = of(cSanction, cImpose)
	case kind == news.Ultimatum:
		want = of(cTalks, cMeeting, cDeal, cProposal, cIf)
	default:
		return true
	}
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order <= topOrder && (kind == news.Ultimatum && r.deadline(s) || s.classes.any(want) || s.namesTalks()) {
			return true
		}
	}
	return false
}

// dealsBehind reports that all accords of a sentence are only what something happens in
// spite of, under or after.
func (p *part) dealsBehind(s *sentence) bool {
	found := false
	for k := p.next(s.from+1, s.to, of(cDeal)); k < s.to; k = p.next(k+1, s.to, of(cDeal)) {
		found = true
		behind := false
		for j := k - 1; j >= s.from && j >= k-3; j-- {
			switch p.t.Tokens[j].Norm {
			case "despite", "amid", "under", "since", "during", "before", "violating":
				behind = true
			}
		}
		if !behind {
			return false
		}
	}
	return found
}

// handsOverPeople reports that what changes hands behind token i are people, alive or dead.
func (p *part) handsOverPeople(i, to int) bool {
	for k := i + 1; k < min(to, i+6); k++ {
		switch p.t.Tokens[k].Norm {
		case "body", "bodies", "remains", "hostage", "hostages", "captive", "captives", "prisoner", "prisoners", "detainees":
			return true
		}
	}
	return false
}

// refuses reports kinds that are told with a "not" as often as without.
func refuses(k news.Kind) bool {
	switch k {
	case news.ProposalRejected, news.Denial, news.GapsNamed, news.Ultimatum, news.TalksSuspended, news.TalksCancelled, news.TalksPostponed,
		news.ViolationAlleged:
		return true
	}
	return false
}

// deniedByWording is the likeliest of the other kinds: what is denied has left its words.
func deniedByWording(o *classify.Sum, denial int) news.Kind {
	best := -1
	for k := range o.Model().Sorts() {
		if k != none && k != denial && (best < 0 || o.LogOdds(k) > o.LogOdds(best)) {
			best = k
		}
	}
	return news.Kind(o.Model().Sorts()[best])
}

// byOpinion puts first what the wording of the item says it is about, where that is sure of
// it, and sure that it is not about what the rules put first. If no rule has found that at all,
// and the wording is surer still, what the rules put first was a misreading of the same words.
func (r *reader) byOpinion(live []event) []event {
	o := r.opinion()
	if o == nil || r.digest {
		return live
	}
	best, first := o.Best(none+1), o.Model().Sort(string(live[0].kind))
	if best == first || first < 0 || o.LogOdds(best) < surelyKind || o.LogOdds(first) > surelyOther {
		return live
	}
	kind := news.Kind(o.Model().Sorts()[best])
	if e := &live[0]; e.kind == news.TalksEnded && e.s.order <= topOrder && (kind == news.Atmosphere || kind == news.GapsNamed) {
		return live // what they were like is told of talks that have ended
	}
	if live[0].kind == news.TalksPostponed && kind == news.TalksScheduled {
		return live // what is put off to a day reads like what is set for it
	}
	if told := live[0]; told.kind == news.TalksEnded && told.s.p.title && kind == news.TalksScheduled {
		return live // "round ends; sides to meet again on Tuesday"
	}
	if told := live[0]; told.kind == news.MediationOffered && slices.ContainsFunc(live, func(e event) bool { return e.kind == told.kind && e.s.order+told.s.order == 1 }) {
		return live // both headline and lead say that somebody asks the sides to come
	}
	for i := range live {
		if live[i].kind == kind && live[i].s.order <= 1 {
			e := live[i]
			copy(live[1:i+1], live[:i])
			live[0] = e
			return live
		}
	}
	if live[0].s.order > 1 || o.LogOdds(best) < surestKind || o.LogOdds(first) > surestOther {
		return live
	}
	if e, ok := r.wordedIn(live[0].s, o, best); ok && kind != news.Denial && r.unfit(&e) == "" {
		live[0] = e
	}
	return live
}
