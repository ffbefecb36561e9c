package read

import (
	"parley/internal/dates"
	"parley/internal/news"
)

// notSo reads the denial of a meeting that has a place or a day, for only what somebody has
// told of has either: "No meeting with Israel took place in Paris, Syria says", "Iran says no
// talks planned with US on Tuesday". Without them it says that there is no date.
func (r *reader) notSo(s *sentence) {
	p := s.p
	if !r.english || s.order > 1 || p.next(s.from, s.to, of(cDeny)) < s.to {
		return
	}
	for k := p.next(s.from, s.to, of(cTalks, cMeeting)); k < s.to; k = p.next(k+1, s.to, of(cTalks, cMeeting)) {
		no := k - 1
		for no > s.from && no > k-4 && p.t.Tokens[no].Norm != "no" {
			no--
		}
		if no < s.from || p.t.Tokens[no].Norm != "no" || no > s.from && p.has(no-1, cSaid) && p.sidesBehind(no, s.to) == 0 {
			continue
		}
		kind := news.Kind("")
		switch end := min(s.to, k+9); {
		case p.nextWord(k+1, end, "planned", "scheduled", "due", "arranged", "agreed", "set") < end:
			if p.dayNear(s, r.today) {
				kind = news.TalksScheduled
			}
		case p.nextWord(k+1, end, "took", "happened", "held") < end || k > no && p.nextWord(k+1, min(end, k+2), "with", "between") < min(end, k+2):
			if p.elsewhereIn(s) {
				kind = news.TalksStarted
			}
		}
		says := no > s.from && says(p.t.Tokens[no-1].Norm) // which with "no" is a cue of refusing
		if kind == "" || r.sides(p, s.from, s.to) < 2 || !says && !r.inSentence(s).found {
			continue
		}
		r.add(event{s: s, kind: news.Denial, denies: kind, trigger: no, end: k + 1, arg: k, verdict: verdict{mood: happened}, score: 1.2, acts: true})
		return
	}
}

// sidesBehind counts the actors that are named behind token i.
func (p *part) sidesBehind(i, to int) (n int) {
	for _, w := range p.whoIn(i, to) {
		if w.id != "" && !w.place {
			n++
		}
	}
	return n
}

// nextWord returns the first of tokens [from,to) that is one of the words, to if none is.
func (p *part) nextWord(from, to int, words ...string) int {
	for k := from; k < to; k++ {
		for _, w := range words {
			if p.t.Tokens[k].Norm == w {
				return k
			}
		}
	}
	return to
}

// dayNear reports that a sentence names a day of the next three weeks.
func (p *part) dayNear(s *sentence, today dates.Day) bool {
	for _, d := range p.datesIn(s.from, s.to) {
		if d.Granularity == dates.ByDay && d.From >= today && d.From <= today+21 {
			return true
		}
	}
	return false
}

// elsewhereIn reports that a sentence names a place where something was.
func (p *part) elsewhereIn(s *sentence) bool {
	for _, w := range p.whoIn(s.from, s.to) {
		if w.place && !w.dateline {
			return true
		}
	}
	return false
}

// breakingWords are those that brokenWord looks for.
var breakingWords = [...]string{"failed", "fails", "failing", "refused", "refuses", "neglected", "not"}

// brokenWord reads what somebody has not done of what was agreed: "Israel failed to withdraw
// from the hills as agreed, Lebanon says", "has yet to free the prisoners it promised under
// the truce". Somebody else must say so.
func (r *reader) brokenWord(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsBreaking == 0 || !s.classes.any(of(cFail, cNot, cReject, cDeal, cReach)) || r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := s.from + 1; i+1 < s.to; i++ {
		switch p.t.Tokens[i].Norm {
		case "failed", "fails", "failing", "refused", "refuses", "neglected":
			if p.t.Tokens[i+1].Norm != "to" {
				continue
			}
		case "not":
			if w := p.t.Tokens[i-1].Norm; w != "did" && w != "has" && w != "have" && w != "had" {
				continue
			}
		default:
			continue
		}
		end := min(s.to, i+14)
		as := p.nextWord(i+2, end, "as", "under")
		if as+1 >= end {
			continue
		}
		switch w := p.t.Tokens[as+1].Norm; {
		case p.t.Tokens[as].Norm == "as" && (w == "agreed" || w == "promised" || w == "pledged" || w == "required" || w == "stipulated"):
		case p.t.Tokens[as].Norm == "under" && p.next(as+1, min(s.to, as+6), of(cDeal)) < min(s.to, as+6):
		default:
			continue
		}
		list := p.whoIn(s.from, i)
		if len(list) == 0 || list[len(list)-1].place {
			continue
		}
		if u := r.inSentence(s); !u.found || u.who.id == list[len(list)-1].id {
			continue
		}
		r.add(event{s: s, kind: news.ViolationAlleged, trigger: i, end: i + 1, arg: as, verdict: verdict{mood: happened}, score: 1.3, acts: true})
		return
	}
}

// strikingWords are those of attacks that a truce forbids.
var strikingWords = [...]string{
	"hit", "hits", "bombed", "bombs", "shelled", "shells", "attacked", "attacks", "struck", "strikes", "strike", "fired", "raided", "raids", "killed", "kills", "advanced", "shelling", "bombing", "drones",
}

// despiteTruce reads what one side says that the other has done to it, "despite" a truce or
// "violating" it: "RSF says army bombed El Fasher despite humanitarian truce".
func (r *reader) despiteTruce(s *sentence) {
	p := s.p
	if !r.english || s.order > 1 || s.begins&beginsStriking == 0 || !s.classes.has(cDeal) {
		return
	}
	list := p.whoIn(s.from, s.to)
	if !r.opponents(list, true) {
		return
	}
	at := -1
	for k := s.from + 2; k+1 < s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "despite", "violating", "breaching":
			if deal := p.next(k+1, min(s.to, k+5), of(cDeal)); deal < min(s.to, k+5) && at >= 0 {
				u := r.inSentence(s)
				if !u.found || u.who.id == "" || p.negation(at, s.from) || p.conditional(at, s.from) {
					return
				}
				for i := range list { // who is accused acts, and does not say so
					if w := &list[i]; w.from < at && w.to > s.from && w.id != u.who.id && !w.place && at-w.to <= 4 {
						r.add(event{s: s, kind: news.ViolationAlleged, trigger: at, end: at + 1, arg: deal, verdict: verdict{mood: happened}, score: 1.2, acts: true})
						return
					}
				}
				return
			}
		default:
			if p.words[k].page&beginsStriking != 0 && at < 0 {
				at = k
			}
		}
	}
}
