package rules

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/internal/text"
)

// A maker makes random rules and items of a few words, so that they meet.
type maker struct {
	*rand.Rand
	words []string // few at a time, so that phrases and distances meet, too
}

func newMaker(seed uint64) maker {
	m := maker{Rand: rand.New(rand.NewPCG(seed, seed>>7))}
	all := strings.Split(wordList, "|")
	m.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	m.words = all[:2+m.IntN(len(all)-2)]
	if m.IntN(2) == 0 {
		m.words = m.words[:min(5, len(m.words))]
	}
	return m
}

func (m maker) pick(of string) string {
	list := strings.Split(of, "|")
	return list[m.IntN(len(list))]
}

const wordList = "iran|talks|peace|truce|us|US|U.S.|south|sudan|united|states|tehran|foreign|iranian|ministry|congo|republic|of|the|ایران|مذاکرات|صلح|美|国|伊|朗|停|战|停战|美国|น|ะ|นะ|ค|การ|เจรจา|นะคะน|が|合意に|מ|צה״ל|צהל|Йод|йод|переговоры|a|b|Pakistan's|said|U.S|al-Sisi|sisi|O'Brien|3.5|24th|café|CAFE|DON'T|negotiation-long-word-beyond-what-fits|internationalisation"

func (m maker) word() string { return m.words[m.IntN(len(m.words))] }

func (m maker) term() string {
	switch m.IntN(8) {
	case 0:
		return `"` + m.word() + " " + m.word() + `"`
	case 1:
		return `"` + m.word() + " " + m.word() + " " + m.word() + `"`
	case 2:
		return m.pick("ir*|t*|ta*|s*|ایر*|مذاکر*|停*|u*|peac*|u.s*|internat*|internationalisa*|пере*|נ*")
	case 3:
		return "actor:" + m.pick("united-states|iran|sudan|south-sudan|congo-kinshasa|congo-brazzaville|iran-foreign-ministry")
	case 4:
		return m.word() + "-" + m.word()
	}
	return m.word()
}

func (m maker) operand() string {
	if m.IntN(4) == 0 {
		return "(" + m.term() + " OR " + m.term() + ")"
	}
	return m.term()
}

func (m maker) near() string {
	s := m.operand()
	for range 1 + m.IntN(2) {
		s += " " + m.pick("NEAR/1|NEAR/2|NEAR/4|ONEAR/1|ONEAR/3|NEAR/s|NEAR/p") + " " + m.operand()
	}
	if m.IntN(4) == 0 {
		return "title:(" + s + ")"
	}
	return "(" + s + ")"
}

func (m maker) query(depth int) string {
	if depth > 0 && m.IntN(2) == 0 {
		switch m.IntN(4) {
		case 0:
			return "(" + m.query(depth-1) + " OR " + m.query(depth-1) + ")"
		case 1:
			return "NOT (" + m.query(depth-1) + ")"
		default:
			return "(" + m.query(depth-1) + " " + m.query(depth-1) + ")"
		}
	}
	switch m.IntN(8) {
	case 0, 1:
		return m.near()
	case 2:
		return m.pick("kind:talks|kind:any|kind:talks-scheduled|kind:setback|by:mediator|by:pakistan|party:iran|mediator:pakistan|negotiation:us-iran|negotiation:sudan|certainty:expected|date:upcoming|date:past|date:<3d|date:today|date:any|date:2026-11-21..2026-11-24|tone:<0|tone:0|round:2|round:>2|venue:islamabad|venue:pakistan|sources:>=2")
	case 3:
		return m.pick("feed:dawn|tier:press|tier:wire|lang:en|lang:fa|site:dawn.com|rule:deal|rule:big-deal")
	case 4:
		return "title:" + m.pick(`iran|talks|ta*|"peace talks"|(iran OR actor:sudan)`)
	}
	return m.term()
}

func (m maker) prose(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(m.word())
		b.WriteString(m.pick(" | | | | |-|. The |, |\n\n|: "))
	}
	return b.String()
}

func (m maker) doc() *Doc {
	d := doc(m.prose(m.IntN(10)), m.prose(m.IntN(60)))
	if m.IntN(8) == 0 {
		d.Text = nil
	}
	d.Feed, d.Tier, d.Language, d.Site = m.pick("dawn|bbc|"), m.pick("press|wire|"), m.pick("en|en-GB|fa|"), m.pick("dawn.com|www.dawn.com|xdawn.com|")
	d.Today = m.pick("2026-11-20|2026-11-24|2026-11-30|")
	return d
}

func (m maker) facts() *Facts {
	if m.IntN(4) == 0 {
		return nil
	}
	f := scheduled()
	f.Kind = m.pick("talks-scheduled|talks-postponed|atmosphere")
	f.Groups = map[string][]string{"talks-scheduled": {"any", "talks"}, "talks-postponed": {"any", "talks", "setback"}, "atmosphere": {"any"}}[f.Kind]
	if m.IntN(2) == 0 {
		f.By, f.Tone, f.Round, f.Venue = nil, nil, nil, ""
	}
	if m.IntN(2) == 0 {
		f.Dates = []DateRange{{From: m.pick("2026-11-19|2026-11-20|2026-11-22|")}}
	}
	f.Sources = m.IntN(4)
	return f
}

// A ledger is a Set and the rules that it should have.
type ledger struct {
	set   *Set
	v     *Vocabulary
	rules map[int]Source // by index
}

// agree makes a set of random rules and holds it against their plain reading,
// while rules are added, changed and removed, and all is laid out anew.
func agree(t *testing.T, seed uint64) {
	m := newMaker(seed)
	l := ledger{v: vocabulary(), rules: make(map[int]Source)}
	var rules []Source
	for i := range m.IntN(30) {
		rules = append(rules, Source{fmt.Sprintf("r%d", i), m.query(3)})
		l.rules[i] = rules[i]
	}
	var err error
	if l.set, err = Compile(rules, l.v); err != nil {
		t.Fatal(err)
	}
	reader := l.set.Matcher() // sees all versions, one after another
	for range 6 {
		d := m.doc()
		for range 2 {
			l.compare(t, reader, d, m.facts())
		}
		several(t, l.set, d, []*Facts{m.facts(), m.facts(), nil, m.facts()})
		for range m.IntN(4) {
			l.change(t, m)
		}
		if m.IntN(4) == 0 {
			l.set.settle(l.set.program.Load().epoch)
		}
	}
}

// change does to the set what anybody may do at any time.
func (l *ledger) change(t *testing.T, m maker) {
	r := Source{fmt.Sprintf("new %d", m.IntN(1000)), m.query(3)}
	indexes := slices.Sorted(maps.Keys(l.rules))
	if len(indexes) == 0 || m.IntN(2) == 0 {
		i, err := l.set.Add(r)
		if _, taken := l.rules[i]; err != nil || taken {
			t.Fatalf("%s was given index %d, %v", r.When, i, err)
		}
		l.rules[i] = r
		return
	}
	i := indexes[m.IntN(len(indexes))]
	if m.IntN(2) == 0 {
		if err := l.set.Remove(i); err != nil {
			t.Fatal(err)
		}
		delete(l.rules, i)
		return
	}
	if err := l.set.Change(i, r); err != nil {
		t.Fatal(err)
	}
	l.rules[i] = r
}

func (l *ledger) compare(t *testing.T, m *Matcher, d *Doc, f *Facts) {
	t.Helper()
	if l.set.Len() != len(l.rules) {
		t.Errorf("the set has %d rules, not %d", l.set.Len(), len(l.rules))
	}
	var want []Match
	for _, i := range slices.Sorted(maps.Keys(l.rules)) {
		want = append(want, plainly(t, l.v, l.rules[i], i, d, f)...)
	}
	for _, d := range []*Doc{d, skimmed(d)} {
		m.Item(d)
		if diff := cmp.Diff(want, m.Match(f, nil), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%+v\non %s | %s\n-plain reading +matcher\n%s", l.rules, plain(d.Title), plain(d.Text), diff)
		}
	}
}

// skimmed is d with texts that were skimmed.
func skimmed(d *Doc) *Doc {
	s := *d
	for _, t := range []**text.Text{&s.Title, &s.Text} {
		if *t != nil {
			source := (*t).Source
			*t = new(text.Text)
			(*t).Skim(source)
		}
	}
	return &s
}

// plainly is what the plain reading says of one rule.
func plainly(t *testing.T, v *Vocabulary, r Source, index int, d *Doc, f *Facts) []Match {
	t.Helper()
	q, err := Parse(r.When)
	if err != nil {
		t.Fatal(err)
	}
	root, bad := expand(q, v)
	if bad != nil {
		t.Fatal(bad)
	}
	ok, because := (&reader{v: v, d: d, f: f}).holds(root)
	if !ok {
		return nil
	}
	return []Match{{r.Name, index, because}}
}

func TestSetAgreesWithPlainReading(t *testing.T) {
	for seed := range uint64(150) {
		agree(t, seed)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzSetAgreesWithPlainReading(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(agree)
}

// Each word is itself and no other, however many there are. In scripts without
// spaces, so is each run of letters.
func TestWordsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for name, alphabet := range map[string]string{"latin": "abc", "cyrillic": "абв", "persian": "ابت", "han": "停战协定和", "thai": "กขค", "kana": "あいう"} {
		word := func() string {
			letters := []rune(alphabet)
			var b strings.Builder
			for range 2 + r.IntN(8) {
				b.WriteRune(letters[r.IntN(len(letters))])
			}
			return b.String()
		}
		var rules []Source
		for i := range 3000 {
			rules = append(rules, Source{fmt.Sprint(i), word()})
		}
		s, err := Compile(rules, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := s.Matcher()
		for range 8 {
			var words []string
			for range 200 {
				words = append(words, word())
			}
			spaced := name == "latin" || name == "cyrillic" || name == "persian"
			body := strings.Join(words, ".\n\n")
			m.Item(doc("", body))
			got := make(map[string]bool)
			for _, x := range m.Match(nil, nil) {
				got[x.Rule] = true
			}
			for i, rule := range rules {
				want := slices.Contains(words, rule.When)
				if !spaced { // a phrase goes on across sentences
					want = strings.Contains(strings.Join(words, ""), rule.When)
				}
				if got[fmt.Sprint(i)] != want {
					t.Fatalf("%s: %s in %s: got %v", name, rule.When, body, !want)
				}
			}
		}
	}
}

// Many rules that ask for the same two words, each within another distance, in
// either order or one, are told apart at every distance, across many sentences.
func TestNearIsExactAtEveryDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 17))
	words := []string{"alpha", "beta", "gamma"}
	var rules []Source
	for _, a := range words {
		for _, b := range words {
			for n := 1; n <= 20; n++ {
				for _, form := range []string{"%s NEAR/%d %s", "%s ONEAR/%d %s", "title:(%s NEAR/%d %s)", "%s NEAR/%d %s delta"} {
					if q := fmt.Sprintf(form, a, n, b); (n+len(rules))%3 != 0 {
						rules = append(rules, Source{q, q})
					}
				}
			}
		}
	}
	s, err := Compile(rules[:len(rules)/2], nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{set: s, rules: make(map[int]Source)}
	for i, rule := range rules {
		if i >= len(rules)/2 {
			if _, err := s.Add(rule); err != nil {
				t.Fatal(err)
			}
		}
		l.rules[i] = rule
	}
	prose := func(n int) string {
		var b strings.Builder
		for range n {
			if r.IntN(12) == 0 {
				b.WriteString(words[r.IntN(3)])
			} else {
				b.WriteString([]string{"of", "in", "to", "delta"}[min(3, r.IntN(60)/19)])
			}
			b.WriteString(" ")
		}
		return b.String()
	}
	m := s.Matcher()
	for i := range 60 {
		l.compare(t, m, doc(prose(r.IntN(25)), prose(r.IntN(90))), nil)
		if i == 30 {
			s.settle(s.b.epoch) // laid out, rules of one pair lie side by side
		}
		if t.Failed() {
			return
		}
	}
}
