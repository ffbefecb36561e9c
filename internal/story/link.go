package story

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"parley/internal/classify"
	"parley/internal/news"
)

//go:embed data/links.tsv
var linksData []byte

// Links know what each trait of a report beside a development weighs for it that the two
// are one. They are learned from the labelled streams (testdata), and from nothing else.
type links struct {
	weights map[trait]float64
	bias    float64
}

// The names under which the weights are learned.
const (
	oneStory = "one"
	twoStory = "two"
)

func newLinks(m *classify.Model) *links {
	l := &links{weights: map[trait]float64{}}
	one, two := m.Sort(oneStory), m.Sort(twoStory)
	bias, weights := m.Weights()
	l.bias = float64(bias[one] - bias[two])
	for name, row := range weights {
		what, is, _ := strings.Cut(name, " ")
		l.weights[trait{what, is}] = float64(row[one] - row[two])
	}
	return l
}

// shippedLinks are those that come with parley.
func shippedLinks() *links {
	m, err := classify.Parse("links.tsv", linksData)
	if err != nil {
		panic(fmt.Sprintf("story: what is embedded cannot be read: %v", err)) // TestLinks reads it too
	}
	return newLinks(m)
}

// weigh works out the odds that c is what its report tells.
func (l *links) weigh(c *candidate) {
	sum, n := 0., 0
	for _, t := range c.traits {
		if w, known := l.weights[t]; known {
			sum += w
			n++
		}
	}
	c.odds = l.bias + sum*classify.Scale(n)
}

// because names what speaks most for it that c is what its report tells.
func (l *links) because(c *candidate) string {
	const most = 3
	list := slices.Clone(c.traits)
	slices.SortStableFunc(list, func(a, b trait) int { return cmp.Compare(l.weights[b], l.weights[a]) })
	var words []string
	for _, t := range list[:min(len(list), most)] {
		words = append(words, t.String())
	}
	return strings.Join(words, ", ")
}

// How likely it must be, as logarithms of odds, that a report is one more of what is known:
// of a silent one, and of one that was read as something else; how much likelier than
// anything of another negotiation; how likely to overrule what an outlet may have got wrong, such as
// who said it; and what it is rarely wrong about, such as where they met, or how much likelier than
// what facts say that it repeats; and to overrule that it calls itself another. By leaving out a stream at a time, TestLinksCrossValidated.
const (
	linkSilent  = -.7
	linkRead    = .5
	linkApart   = 1.
	linkSure    = 2.
	linkElse    = 3.
	linkBeyond  = 4.
	alikeEnough = .07 // texts that can well be about one thing
)

// link finds the one development of these hours that a report must be about, if there is
// one. What could as well be the next thing to happen, or the same of another side, is left
// alone. first is what the report was read as, and j how that was judged; both are nil for a
// silent one.
func (d *Desk) link(x *recalled, first *draft, j *news.Judged) (choice, bool) {
	if d.links == nil || len(x.kinds) == 0 && len(x.actors) == 0 {
		return choice{}, false
	}
	list := d.candidates(x, first, j)
	var best *candidate
	for i := range list {
		c := &list[i]
		if d.links.weigh(c); best == nil || c.odds > best.odds {
			best = c
		}
	}
	switch {
	case best == nil:
		return choice{}, false
	case j != nil && j.Is == news.Repeat:
		if best.e.id == j.ID || best.odds < linkElse || x.parted(best, &first.facts) || slices.ContainsFunc(list, func(c candidate) bool { return c.e.id == j.ID && c.odds > best.odds-linkElse }) {
			return choice{}, false
		}
	case first == nil && (best.odds < linkSilent || x.mayBeNext(best)):
		return choice{}, false
	case first != nil && (best.odds < linkRead || j.Is == news.Update && j.Updates == best.e.id && j.Change != news.DateMoved && !(best.odds >= linkSure && first.facts.kind == best.e.facts.kind) || x.parted(best, &first.facts)):
		return choice{}, false
	}
	for i := range list {
		if c := &list[i]; c.e.facts.negotiation != best.e.facts.negotiation && c.odds > best.odds-linkApart {
			return choice{}, false
		}
	}
	return choice{best.e, finding{same, "", "told another way: " + d.links.because(best)}, best.odds}, true
}

// mayBeNext reports that a silent report may tell something else that happened, however much
// speaks for c: it has words for what would come after it, names another day or place, or
// first of all another side than the one whose act it is.
func (x *recalled) mayBeNext(c *candidate) bool {
	const (
		even = -1 // log odds of the wording
		sure = 2  // log odds that it is c all the same
	)
	f := &c.e.facts
	if x.separate || x.likelyNext(f.kind) > even {
		return true
	}
	if c.foreign && c.named < min(2, len(f.parties)) && slices.ContainsFunc(x.actors, func(id string) bool { return !f.takesPart(id) }) {
		return true // in another language, and of somebody else
	}
	if c.like < alikeEnough && !c.foreign { // what is not told in its words must name whom and what it is about
		named := c.named >= min(2, len(f.parties)) || c.has("place", "same") || c.has("dates", "meet") || c.has("speaker", "named")
		if !named && c.like < 0 || len(x.kinds) == 0 {
			return true
		}
	}
	if c.named == 0 && (c.like < alikeEnough || x.worded == nil && !c.foreign) { // what has no word of talks is weighed by nobody
		return true // a match of the mediator's eleven, on the day of the talks
	}
	if c.odds >= sure && (c.like >= 0 || c.foreign) {
		return false
	}
	elsewhere := f.venue != "" && slices.ContainsFunc(x.places, func(p string) bool { return !sameVenue(f.venue, p) })
	return c.has("words", "go-on") || c.has("dates", "ahead-other") || elsewhere ||
		c.like < alikeEnough && ofOneSide(f.kind) && len(f.sides) > 0 && len(x.actors) > 0 && !c.has("first-to-say", "same")
}

// parted reports a fact that keeps a report apart from c, however alike they are: about other
// talks, by another side or person, of another tone or day; or that it is worded as what it
// was read as.
func (x *recalled) parted(c *candidate, b *facts) bool {
	a := &c.e.facts
	come := a.kind == news.TalksScheduled && (b.kind == news.TalksStarted || b.kind == news.TalksEnded) // what was to come
	stillToCome := come && meet(a.dates, x.ahead)
	if come && len(a.dates) > 0 && !stillToCome {
		return true
	}
	if a.kind != b.kind && !neighbours(a.kind, b.kind) && !stillToCome && (c.odds < linkSure || answersTo(b.kind, a.kind) || ofTalks(a.kind) || ofTalks(b.kind)) {
		const (
			faint = -4
			more  = 2
		)
		if x.worded == nil && c.odds < linkSure || x.worded != nil && (x.likely(a.kind) < faint || x.likely(b.kind) > x.likely(a.kind)+more) {
			return true
		}
	}
	switch {
	case c.named == 0 && c.like < alikeEnough: // nothing ties the two texts
		return true
	case a.negotiation != b.negotiation && b.negotiation != "" && (x.misplaced(b, a) || !x.misplaced(a, b) && c.like < 0 && !c.foreign):
		return true
	case a.kind == news.MessageConveyed && b.kind == news.ProposalMade && !x.wording(a.kind).told: // what it says was sent may be another paper
		return true
	case otherRound(a, b), otherDeadline(a, b), sameTalks(a, b) != "" && c.odds < linkSure, b.separate && !a.separate && c.odds < linkBeyond, b.inForce && !a.inForce:
		return true
	case brokeredApart(a, b) && c.like < alike:
		return true
	case a.kind == b.kind && a.toned && b.toned && a.tone != b.tone, a.denies != "" && b.denies != "" && a.denies != b.denies && c.odds < linkSure:
		return true
	case a.kind == b.kind && saidBySide(a.kind) && sameName(a.name, b.name) < 0 && !(sameSides(a, b) > 0 && c.odds >= linkSure):
		return true
	case len(b.gone) > 0 && !meet(a.gone, b.gone) && b.kind == news.Denial && c.odds < linkSure:
		return true
	case a.venue != "" && b.venue != "" && !sameVenue(a.venue, b.venue) && !putsOff(a.kind) && c.odds < linkElse:
		return true
	case a.kind == news.ViolationAlleged && b.kind == a.kind && bySide(a) && bySide(b) && sameSides(a, b) < 0: // each accuses the other
		return true
	case a.kind == b.kind && saidBySide(a.kind) && sameSides(a, b) < 0 && len(x.actors) > 0 && slices.Contains(b.sides, x.actors[0]) && !slices.Contains(a.involved, x.actors[0]): // "Sudanese army accepts truce", "RSF accepts truce": alike as twins
		return true
	case sameSides(a, b) < 0 && saidBySide(a.kind) && saidBySide(b.kind) && !(c.has("first-to-say", "same") && (c.like < 0 || c.like >= 1.5*alikeEnough)) && c.odds < linkSure:
		return true
	case sameSides(a, b) < 0 && a.kind == news.MessageConveyed && c.odds < linkElse:
		return true
	case len(a.dates) > 0 && len(b.dates) > 0 && !meet(a.dates, b.dates) && (ofTalks(a.kind) || c.odds < linkSure || meet(a.dates, b.gone)):
		return !meet(a.dates, x.dates) || meet(a.dates, b.gone) || sameSides(a, b) < 0
	}
	return false
}

// bySide reports that one of the parties says it.
func bySide(f *facts) bool {
	return len(f.sides) == 1 && slices.Contains(f.parties, f.sides[0])
}

// ofTalks reports kinds that follow each other in the life of one round, in much the same
// words: what was read as one of them is not another.
func ofTalks(k news.Kind) bool { return strings.HasPrefix(string(k), "talks-") }

// misplaced reports that the parties of a are named in the headline or the lead of a report,
// and those of the negotiation that it was placed in, b's, are not.
func (x *recalled) misplaced(a, b *facts) bool {
	named := func(f *facts) bool {
		return len(f.parties) > 0 && !slices.ContainsFunc(f.parties, func(p string) bool { return !slices.Contains(x.actors, p) })
	}
	return named(a) && !named(b)
}

// ofOneSide reports kinds of which each side may have its own on one day; who is named
// first is most often whose it is.
func ofOneSide(k news.Kind) bool {
	switch k {
	case news.ViolationAlleged, news.ProposalMade, news.ProposalAccepted, news.ProposalRejected, news.SanctionsImposed, news.SanctionsEased, news.Ultimatum:
		return true
	}
	return false
}
