package actors

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"parley/internal/text"
)

func TestIDsAreCLDRNames(t *testing.T) {
	x := index(t)
	en := display.Regions(language.English)
	renamed := map[string]string{"MK": "north-macedonia", "SZ": "eswatini"} // CLDR 34
	n := 0
	err := rows("states.tsv", 5, func(f []string) error {
		n++
		want := kebab(en.Name(language.MustParseRegion(f[0])))
		if r, ok := renamed[f[0]]; ok {
			want = r
		}
		if f[1] != want {
			t.Errorf("%s: id %q, CLDR has %q", f[0], f[1], want)
		}
		a, ok := x.Actor(f[1])
		if !ok || a.Kind != State || a.Title == "" {
			t.Errorf("Actor(%q) = %+v, %v", f[1], a, ok)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 197 { // 193 members of the UN, Holy See, Palestine, Kosovo, Taiwan
		t.Errorf("%d states", n)
	}
	ids := x.IDs()
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Error("ids are not sorted and unique")
	}
}

// Every state must be found by each of its CLDR names, and mean itself.
func TestEveryCLDRNameIsFound(t *testing.T) {
	x := index(t)
	doubtful := map[string]bool{}
	if err := rows("doubtful.tsv", 3, func(f []string) error { doubtful[text.Fold(f[0])] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"en", "ar", "fa", "fr", "es", "ru", "ur"} {
		regions := display.Regions(language.MustParse(tag))
		err := rows("states.tsv", 5, func(f []string) error {
			name, _, _ := strings.Cut(regions.Name(language.MustParseRegion(f[0])), " (")
			name = dashes.Replace(name)
			if doubtful[text.Fold(name)] {
				return nil
			}
			u := text.New(name)
			m := x.Find(u, nil)
			if len(m) != 1 || m[0].SpeaksFor != f[1] || m[0].From != 0 || m[0].To != len(u.Tokens) {
				t.Errorf("%s %s: %q gives %+v", tag, f[1], name, m)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestDemonymsInSixLanguages(t *testing.T) {
	for _, l := range stateFiles {
		n := 0
		if err := rows("states."+l.name+".tsv", 4, func(f []string) error {
			if f[2] != "-" {
				n++
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if n < 50 {
			t.Errorf("%s: demonyms of %d states only", l.name, n)
		}
	}
}

func TestInflection(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"ru", "переговоры с пакистанской делегацией", "pakistan"},
		{"ru", "в Саудовской Аравии", "saudi-arabia"},
		{"ru", "с Соединёнными Штатами", "united-states"},
		{"ru", "между Китаем", "china"},
		{"ru", "за Израилем", "israel"},
		{"ru", "иранцев", "iran"},
		{"ru", "Северной Корее", "north-korea"},
		{"ru", "Объединённых Арабских Эмиратах", "united-arab-emirates"},
		{"ru", "Европейского союза", "european-union"},
		{"ru", "Турцией", "turkey"},
		{"fr", "les négociatrices iraniennes", "iran"},
		{"fr", "la partie israélienne", "israel"},
		{"fr", "les deux délégations rwandaises", "rwanda"},
		{"es", "las delegaciones colombianas", "colombia"},
		{"es", "los alemanes", "germany"},
		{"es", "funcionarios iraníes", "iran"},
		{"ar", "الوفود الإيرانية", "iran"},
		{"ar", "للباكستانيين", "pakistan"},
		{"ar", "والأميركيون", "united-states"},
		{"ar", "وبالدوحة", "qatar"},
		{"fa", "آمریکایی\u200cها", "united-states"},
		{"fa", "ایرانیان", "iran"},
		{"ur", "پاکستانیوں", "pakistan"},
		{"en", "the Pakistanis", "pakistan"},
		{"en", "the Britons", "united-kingdom"},
	} {
		x := index(t)
		m := x.Find(text.New(c.in), nil)
		if !slices.ContainsFunc(m, func(m Mention) bool { return m.SpeaksFor == c.want }) {
			t.Errorf("%s %q: %+v, want %s", c.lang, c.in, m, c.want)
		}
	}
}

func TestConfiguredActors(t *testing.T) {
	x := index(t,
		Actor{ID: "m23", Title: "M23", Names: []string{"March 23 Movement", "AFC/M23"}},
		Actor{ID: "hamas", Kind: Group, Title: "Hamas", Names: []string{"حماس", "ХАМАС"}},
		Actor{ID: "georgia-pac", Kind: Group, Title: "Georgia"},
		Actor{ID: "tahir-andrabi", Title: "Tahir Andrabi", Names: []string{"Andrabi"}, SpeaksFor: "pakistan", Office: "foreign ministry spokesperson"},
		Actor{ID: "iran", Names: []string{"Persia"}},
	)
	for _, c := range []struct{ in, want string }{
		{"M23 and the March 23 Movement", "name [M23] m23; name [March 23 Movement] m23"},
		{"Hamas officials arrived in Cairo", "source [Hamas officials] hamas (official); capital [Cairo] egypt +place"},
		{"Hamas spokesman Abu Omar said no", `person [Hamas spokesman Abu Omar] hamas "Abu Omar" (spokesperson)`},
		{"Georgia rejects the offer", "name [Georgia] georgia-pac"},
		{"Andrabi told reporters", `person [Andrabi] pakistan id=tahir-andrabi "Tahir Andrabi" (foreign ministry spokesperson)`},
		{"Foreign ministry spokesperson Tahir Andrabi said so", `person [Foreign ministry spokesperson Tahir Andrabi] pakistan id=tahir-andrabi "Tahir Andrabi" (spokesperson) of foreign ministry`},
		{"A spokesman for Pakistan's foreign ministry, Tahir Andrabi, spoke.", `person [A spokesman for Pakistan's foreign ministry, Tahir Andrabi] pakistan id=tahir-andrabi "Tahir Andrabi" (spokesperson) of foreign ministry`},
		{"Persia and Iran", "name [Persia] iran; name [Iran] iran"},
		{"حماس ترفض", "name [حماس] hamas"},
	} {
		u := text.New(c.in)
		var got []string
		for _, m := range x.Find(u, nil) {
			got = append(got, render(u, m))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.in, g, c.want)
		}
	}
	if a, _ := x.Actor("iran"); a.Kind != State || a.Title != "Iran" {
		t.Errorf("iran became %+v", a)
	}
}

func TestErrorsNameTheActor(t *testing.T) {
	for _, c := range []struct {
		extra []Actor
		want  string
	}{
		{[]Actor{{Title: "Nobody"}}, `actor 1 ("Nobody") has no id`},
		{[]Actor{{ID: "March 23"}}, `"march-23"`},
		{[]Actor{{ID: "m23", Title: "M23"}, {ID: "m23", Title: "M23"}}, `actor "m23" is there twice`},
		{[]Actor{{ID: "m23"}}, `actor "m23" has neither title nor names`},
		{[]Actor{{ID: "m23", Title: "M23", Kind: "army"}}, `actor "m23": "army" is no kind`},
		{[]Actor{{ID: "x", Title: "Somebody", SpeaksFor: "pakistn"}}, `actor "x" speaks for "pakistn", which is no actor: did you mean "pakistan"?`},
		{[]Actor{{ID: "x", Title: "Somebody", SpeaksFor: "ivory-coast"}}, `did you mean "cote-divoire"?`},
		{[]Actor{{ID: "x", Title: "Somebody", SpeaksFor: "x"}}, `actor "x" speaks for itself`},
		{[]Actor{{ID: "x", Title: "…"}}, `actor "x": the name "…" has no letter`},
	} {
		_, err := New(c.extra)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %s", c.extra, err, c.want)
		}
	}
}

func TestLookups(t *testing.T) {
	x := index(t)
	for name, want := range map[string]string{
		"Geneva": "Geneva, Switzerland", "جنيف": "Geneva, Switzerland", "Женеве": "Geneva, Switzerland", "islamabad": "", "Islamabad": "Islamabad, Pakistan",
		"Sharm el-Sheikh": "Sharm el-Sheikh, Egypt", "مسقط": "Muscat, Oman", "Addis-Abeba": "Addis Ababa, Ethiopia", "Atlantis": "", "": "",
		"New York": "New York, United States", "La Haye": "The Hague, Netherlands",
	} {
		if got, ok := x.Venue(name); name != "islamabad" && (got != want || ok != (want != "")) {
			t.Errorf("Venue(%q) = %q, %v", name, got, ok)
		}
	}
	names := x.Names("pakistan")
	for _, want := range []string{"Pakistan", "Pakistani", "Pakistanis", "باكستان", "پاکستان", "Пакистана", "Islamabad"} {
		if !slices.Contains(names, want) {
			t.Errorf("Names(pakistan) lacks %q", want)
		}
	}
	if names[0] != "Pakistan" || x.Names("atlantis") != nil {
		t.Errorf("Names: %q first", names[0])
	}
	if got := x.Ambiguous("Foreign Office"); !slices.Contains(got, "pakistan") || !slices.Contains(got, "united-kingdom") {
		t.Errorf("Ambiguous(Foreign Office) = %v", got)
	}
	if got := x.Ambiguous("Pakistan"); got != nil {
		t.Errorf("Ambiguous(Pakistan) = %v", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	x := index(t)
	u := text.New(article)
	want := x.Find(u, nil)
	var g sync.WaitGroup
	for range 8 {
		g.Go(func() {
			for range 20 {
				if got := x.Find(u, nil); !slices.Equal(got, want) {
					t.Error("two readings of one text differ")
					return
				}
			}
		})
	}
	g.Wait()
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		article, "", "US", "By US", "ISLAMABAD (", "A spokesman for, , , the of the", "Gen. Gen. Gen. of of of", "U.S.-Iran/UK’s the the",
		"المتحدث باسم وزارة", "ترجمان دفتر", "Mr Mr. Jordan Jordan", "who heads who leads the EU of the EU", strings.Repeat("deputy ", 40) + "minister",
	} {
		f.Add(s, s)
	}
	x := index(f)
	f.Fuzz(func(t *testing.T, title, body string) {
		a, b := text.New(title), text.New(body)
		am, bm := x.FindAll(a, b, nil, nil)
		check(t, a, am)
		check(t, b, bm)
	})
}

func check(t *testing.T, u *text.Text, ms []Mention) {
	t.Helper()
	last := 0
	for _, m := range ms {
		if m.From < last || m.To <= m.From || m.To > len(u.Tokens) {
			t.Fatalf("mention [%d,%d) after %d of %d tokens in %q", m.From, m.To, last, len(u.Tokens), u.Source)
		}
		last = m.To
		if m.Form == 0 || m.Form.String() == "unknown" {
			t.Fatalf("a mention without a form in %q", u.Source)
		}
		if m.Form == FormPerson && m.Name == "" {
			t.Fatalf("a person without a name in %q", u.Source)
		}
	}
}

// The time a hostile text takes must grow with its length, no faster.
func BenchmarkHostile(b *testing.B) {
	x := index(b)
	for name, unit := range map[string]string{
		"modifiers": "deputy senior ", "names": "US-Iran ", "capitals": "Ali Bell ", "links": "minister of the ", "ranks": "Gen. ", "people": "minister Ali Abc, ", "commas": "Ali, a ", "sources": "officials familiar with ",
	} {
		b.Run(name, func(b *testing.B) {
			u := text.New(strings.Repeat(unit, 1<<17/len(unit)))
			b.SetBytes(int64(len(u.Source)))
			var into []Mention
			for b.Loop() {
				into = x.Find(u, into[:0])
			}
		})
	}
}
