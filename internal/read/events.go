package read

import (
	"math/bits"

	"parley/internal/news"
)

// An event is a trigger with its argument: something a sentence says happened,
// will happen, or did not.
type event struct {
	s       *sentence
	kind    news.Kind
	trigger int // token
	end     int // token behind the trigger
	arg     int // token of the argument, −1 when there is none
	verdict verdict
	score   float32 // how surely it is what it says, and is news
	rank    float32 // the score weighed by what a headline would lead with
	tone    int
	denies  news.Kind
	acts    bool   // the sentence's subject does it by saying so
	sequel  bool   // when work goes on that another event tells of
	instead bool   // the meeting it speaks of is not set: somebody asks for it, or will not come
	because string // why it is no news, when it is not
}

// events finds what sentence s tells of.
func (r *reader) events(s *sentence) {
	p := s.p
	for i := p.telling.next(s.from, s.to); i < s.to; i = p.telling.next(i+1, s.to) {
		q := p.cues[i]
		if !r.english && p.inOffice(i) {
			continue
		}
		if q.classes.any(r.triggers) {
			r.trigger(s, i, q)
		}
		if q.classes.has(cDeny) {
			r.denial(s, i, q)
		}
		if q.classes.has(cUltimatum) {
			r.ultimatum(s, i)
		}
		if q.classes.has(cGap) {
			r.gap(s, i, q)
		}
	}
	r.tone(s)
	r.limit(s)
	r.setsDeadline(s)
	r.dating(s)
	r.fixture(s)
	r.journey(s)
	r.awaits(s)
	r.sequel(s)
	r.unless(s)
	r.threatens(s)
	r.accusation(s)
	r.complaint(s)
	r.despiteTruce(s)
	r.appointment(s)
	r.moved(s)
	r.rebuttal(s)
	r.disowns(s)
	r.departure(s)
	r.over(s)
	r.visit(s)
	r.outbound(s)
	r.allegation(s)
	r.backInTalks(s)
	r.notAsPlanned(s)
	r.notAfterAll(s)
	r.anotherRound(s)
	r.volunteers(s)
	r.summons(s)
	r.bringsTogether(s)
	r.calledHome(s)
	r.intends(s)
	r.answer(s)
	r.notSo(s)
	r.declines(s)
	r.truceBegins(s)
	r.offersToMeet(s)
	r.asksToSend(s)
	r.proposesMeeting(s)
	r.proposesAbroad(s)
	r.callsTo(s)
	r.comesToCalled(s)
	r.consents(s)
	r.brokenWord(s)
}

// trigger matches the frames of the cue at token i.
func (r *reader) trigger(s *sentence, i int, q *cue) {
	p := s.p
	var best event
	bestCost := 1 << 20
	fits := uint32(0)
	for of := uint64(q.classes & r.triggers); of != 0; of &= of - 1 {
		fits |= r.framesOf[bits.TrailingZeros64(of)]
	}
	for ; fits != 0; fits &= fits - 1 { // in their order
		f := &r.frames[bits.TrailingZeros32(fits)]
		arg, cost := p.argument(i, q, f, s.from, s.to)
		if arg >= 0 && p.private(arg) && !r.matter(s, arg) {
			arg = -1
			if !r.bare(s, i, q, f) {
				continue
			}
		}
		if arg < 0 && r.bare(s, i, q, f) {
			arg, cost = i, 10
		}
		if arg < 0 && f.class == cReach && r.english {
			arg, cost = r.agreedText(s, i, q)
		}
		if arg < 0 || !r.fits(s, i, q, f, arg) {
			continue
		}
		v := p.judge(i, q, f.class, s.from, s.to)
		r.foretold(s, i, q, f.class, &v)
		if v.mood == backstory && (f.class == cReach || f.class == cSign) && q.forms[f.class] == past && arg < i && i-arg <= 2 && r.recent(s, i) {
			v = verdict{mood: happened}
		}
		if n := p.negatedArgument(arg, s.from); n && f.class != cSuspend && f.class != cViolate {
			v = verdict{mood: unreal, negated: true, reason: "negated"}
		}
		kind := r.resolve(s, i, q, f, arg, &v)
		if kind == "" || cost >= bestCost {
			continue
		}
		bestCost = cost
		best = event{
			s: s, kind: kind, trigger: i, end: i + int(q.length), arg: arg, verdict: v, score: f.weight * near(cost),
			acts: kind == news.TalksPostponed && r.english && arg > i, // "Oman puts off the talks", not "the talks are put off"
		}
	}
	if best.kind != "" {
		r.add(best)
	}
}

// add keeps an event, weighed by where it stands.
func (r *reader) add(e event) {
	e.score *= e.s.weight
	e.rank = e.score * salience(e.kind)
	switch e.verdict.mood {
	case unreal:
		e.because = e.verdict.reason
	case backstory:
		e.because = e.verdict.reason
	}
	if e.s.p.question {
		e.because = "a question"
	}
	r.found = append(r.found, e)
}
