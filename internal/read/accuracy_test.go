package read

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/actors"
	"parley/internal/config"
	"parley/internal/dates"
	"parley/internal/news"
)

// A labelled item of testdata/corpus; README.md there says what they mean.
type labelled struct {
	ID        string    `json:"id"`
	Feed      string    `json:"feed"`
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	Published time.Time `json:"published"`
	Zone      string    `json:"zone"`
	Language  string    `json:"language"`
	Link      string    `json:"link"`
	Hard      bool      `json:"hard"`
	Gold      struct {
		Development bool          `json:"development"`
		Negotiation *string       `json:"negotiation"`
		Kinds       []string      `json:"kinds"`
		Speaker     *news.Speaker `json:"speaker"`
		Parties     []string      `json:"parties"`
		Mediators   []string      `json:"mediators"`
		Dates       []news.Date   `json:"dates"`
		Certainty   string        `json:"certainty"`
		Tone        *int          `json:"tone"`
		Round       *int          `json:"round"`
		Venue       *string       `json:"venue"`
		Denies      *string       `json:"denies"`
		NamesDate   bool          `json:"mediator_names_date"`
	} `json:"gold"`
}

// setAside reports whether an item belongs to the quarter that is scored only
// at the end: its id decides, so nobody chose it.
func setAside(id string) bool { return sha256.Sum256([]byte(id))[0]%4 == 0 }

func corpus(t testing.TB) (out []labelled) {
	t.Helper()
	eachLine(t, "testdata/corpus/*.jsonl", func(_ string, x labelled) { out = append(out, x) })
	return out
}

// eachLine reads the JSON lines of the files that match a pattern, in the order of their
// names.
func eachLine[T any](t testing.TB, pattern string, see func(file string, x T)) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing is %s: %v", pattern, err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		for n := 1; sc.Scan(); n++ {
			var x T
			if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			see(filepath.Base(name), x)
		}
		f.Close()
	}
}

func (x *labelled) item(t testing.TB) news.Item {
	it := news.Item{ID: x.ID, Feed: x.Feed, Title: x.Title, Text: x.Text, Link: x.Link, Language: x.Language, Published: x.Published}
	if x.Zone != "" {
		loc, err := time.LoadLocation(x.Zone)
		if err != nil {
			t.Fatalf("%s: %v", x.ID, err)
		}
		it.Published = it.Published.In(loc)
	}
	return it
}

// engine is the one that commands without --config use.
func engine(t testing.TB) *Engine {
	t.Helper()
	c, problems := config.Parse("config.example.yaml", parley.ExampleConfig)
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	var extra []actors.Actor
	for _, a := range c.Actors {
		extra = append(extra, actors.Actor{ID: a.ID, Kind: actors.Kind(a.Kind), Title: a.Title, Names: a.Names, SpeaksFor: a.SpeaksFor, Office: a.Office})
	}
	index, err := actors.New(extra)
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := dates.New()
	if err != nil {
		t.Fatal(err)
	}
	var ns []news.Negotiation
	for _, n := range c.Negotiations {
		ns = append(ns, n.Negotiation)
	}
	e, err := New(index, tagger, ns)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ratio counts right answers.
type ratio struct{ hit, of int }

func (r *ratio) add(ok bool) {
	r.of++
	if ok {
		r.hit++
	}
}

func (r ratio) value() float64 {
	if r.of == 0 {
		return 1
	}
	return float64(r.hit) / float64(r.of)
}

func (r ratio) String() string { return fmt.Sprintf("%.3f (%d/%d)", r.value(), r.hit, r.of) }

// A score is what accuracy prints, of one part of the corpus.
type score struct {
	devP, devR, hardSilent, kind, negotiation, role, certainty, speaker     ratio
	nameP, nameR, dateP, dateR, kindsP, kindsR, foreign, round, venue, tone ratio
	misses                                                                  []string
}

func (s *score) count(x *labelled, r news.Reading) {
	g := &x.Gold
	spoke := len(r.Developments) > 0
	if spoke {
		s.devP.add(g.Development)
	}
	if g.Development {
		s.devR.add(spoke)
		if x.Language != "en" {
			s.foreign.add(spoke)
		}
	} else {
		s.hardSilent.add(!spoke)
	}
	says := false
	for i := range r.Developments {
		d := &r.Developments[i]
		if d.Kind == news.TalksScheduled && d.Speaker != nil && d.Speaker.Role == news.Mediator {
			for _, q := range d.Dates {
				says = says || q.End >= x.Published.Format(time.DateOnly)
			}
		}
	}
	if says {
		s.nameP.add(g.NamesDate)
	}
	if g.NamesDate {
		s.nameR.add(says)
	}
	if says != g.NamesDate {
		s.miss(x, "names-date", g.NamesDate, says)
	}
	if !g.Development || !spoke {
		if g.Development != spoke {
			reason := ""
			if r.Silence != nil {
				reason = *r.Silence
			}
			if spoke {
				reason = fmt.Sprintf("%s %q", r.Developments[0].Kind, r.Developments[0].Evidence.Quote)
			}
			s.miss(x, "development", g.Development, reason)
		}
		return
	}
	d := &r.Developments[0]
	s.check(x, "kind", &s.kind, g.Kinds[0], string(d.Kind))
	s.check(x, "negotiation", &s.negotiation, deref(g.Negotiation), deref(d.Negotiation))
	s.check(x, "role", &s.role, roleOf(g.Speaker), roleOf(d.Speaker))
	s.check(x, "speaker", &s.speaker, speakerOf(g.Speaker), speakerOf(d.Speaker))
	s.check(x, "certainty", &s.certainty, g.Certainty, string(d.Certainty))
	s.check(x, "round", &s.round, num(g.Round), num(d.Round))
	s.check(x, "venue", &s.venue, deref(g.Venue), deref(d.Venue))
	if g.Tone != nil {
		var tone *int
		for i := range r.Developments {
			if r.Developments[i].Tone != nil {
				tone = r.Developments[i].Tone
				break
			}
		}
		s.check(x, "tone", &s.tone, num(g.Tone), num(tone))
	}
	have := map[string]bool{}
	for i := range r.Developments {
		have[string(r.Developments[i].Kind)] = true
	}
	for k := range have {
		s.kindsP.add(slices.Contains(g.Kinds, k))
	}
	for _, k := range g.Kinds {
		s.kindsR.add(have[k])
	}
	days := map[string]bool{}
	for i := range r.Developments {
		for _, q := range r.Developments[i].Dates {
			days[q.Start+".."+q.End] = true
		}
	}
	gold := map[string]bool{}
	for _, q := range g.Dates {
		gold[q.Start+".."+q.End] = true
	}
	bad := false
	for q := range days {
		s.dateP.add(gold[q])
		bad = bad || !gold[q]
	}
	for q := range gold {
		s.dateR.add(days[q])
		bad = bad || !days[q]
	}
	if bad {
		s.miss(x, "dates", keys(gold), keys(days))
	}
}

func keys(m map[string]bool) string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (s *score) check(x *labelled, what string, r *ratio, want, got string) {
	r.add(want == got)
	if want != got {
		s.miss(x, what, want, got)
	}
}

func (s *score) miss(x *labelled, what string, want, got any) {
	title := x.Title
	if len(title) > 90 {
		title = title[:90]
	}
	s.misses = append(s.misses, fmt.Sprintf("%-12s %s  want %v  got %v  | %s", what, x.ID, want, got, title))
}

func deref[T ~string](p *T) string {
	if p == nil {
		return "-"
	}
	return string(*p)
}

func num(p *int) string {
	if p == nil {
		return "-"
	}
	return fmt.Sprint(*p)
}

func roleOf(s *news.Speaker) string {
	if s == nil {
		return "-"
	}
	return string(s.Role)
}

func speakerOf(s *news.Speaker) string {
	if s == nil {
		return "-"
	}
	return deref(s.Affiliation) + "/" + deref(s.Name)
}

func (s *score) String() string {
	f1 := func(p, r ratio) float64 {
		if p.value()+r.value() == 0 {
			return 0
		}
		return 2 * p.value() * r.value() / (p.value() + r.value())
	}
	var b strings.Builder
	fmt.Fprintf(&b, "development       precision %s  recall %s\n", s.devP, s.devR)
	fmt.Fprintf(&b, "silent items      %s\n", s.hardSilent)
	fmt.Fprintf(&b, "not English       found %s\n", s.foreign)
	fmt.Fprintf(&b, "first kind        %s\n", s.kind)
	fmt.Fprintf(&b, "all kinds         precision %s  recall %s\n", s.kindsP, s.kindsR)
	fmt.Fprintf(&b, "negotiation       %s\n", s.negotiation)
	fmt.Fprintf(&b, "speaker           %s   role %s\n", s.speaker, s.role)
	fmt.Fprintf(&b, "certainty         %s   tone %s   round %s   venue %s\n", s.certainty, s.tone, s.round, s.venue)
	fmt.Fprintf(&b, "dates             F1 %.3f  precision %s  recall %s\n", f1(s.dateP, s.dateR), s.dateP, s.dateR)
	fmt.Fprintf(&b, "mediator names date  precision %s  recall %s\n", s.nameP, s.nameR)
	return b.String()
}

// TestAccuracy prints how well the corpus is read. PARLEY_ACCURACY=misses
// lists the misses of the part that may be looked at.
func TestAccuracy(t *testing.T) {
	e := engine(t)
	var seen, aside score
	by := map[string]*score{}
	for _, x := range corpus(t) {
		r := e.Read(x.item(t)).Reading
		s := &seen
		if setAside(x.ID) {
			s = &aside
		}
		s.count(&x, r)
		if !setAside(x.ID) {
			if by[x.Language] == nil {
				by[x.Language] = &score{}
			}
			by[x.Language].count(&x, r)
		}
	}
	for _, f := range []struct {
		what string
		got  ratio
		min  float64
	}{
		{"precision of developments", seen.devP, .985},
		{"recall of developments", seen.devR, .975},
		{"silence on hard negatives", seen.hardSilent, .98},
		{"first kind", seen.kind, .975},
		{"negotiation", seen.negotiation, .98},
		{"role", seen.role, .95},
		{"certainty", seen.certainty, .97},
		{"foreign items found", seen.foreign, .97},
		{"dates, precision", seen.dateP, .975},
		{"dates, recall", seen.dateR, .975},
		{"a mediator names a date, precision", seen.nameP, .98},
		{"a mediator names a date, recall", seen.nameR, .93},
	} {
		if f.got.value() < f.min {
			t.Errorf("%s has fallen to %s, below %.2f", f.what, f.got, f.min)
		}
	}
	fmt.Fprintf(t.Output(), "--- three quarters, looked at while writing\n%s", &seen)
	if os.Getenv("PARLEY_ACCURACY") != "" {
		fmt.Fprintf(t.Output(), "--- the quarter set aside\n%s", &aside)
	}
	if os.Getenv("PARLEY_ACCURACY") == "misses" {
		slices.SortFunc(seen.misses, cmp.Compare)
		fmt.Fprintln(t.Output(), strings.Join(seen.misses, "\n"))
		for _, l := range slices.Sorted(maps.Keys(by)) {
			fmt.Fprintf(t.Output(), "--- %s\n%s", l, by[l])
		}
	}
}
