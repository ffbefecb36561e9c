package app_test

import (
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley"
	"parley/internal/app"
	"parley/internal/news"
	"parley/internal/store"
	"parley/rules"
)

// If this fails, items are taken apart into words otherwise than before: raise
// wordsVersion and put the new sum here, so that every index is made anew.
func TestWordsVersion(t *testing.T) {
	const version, sum = 3, 0x743238bb1a4c5241
	w := app.WordsVersion()
	h := fnv.New64a()
	for _, s := range []string{
		"US-Iran talks: U.S. envoy's “don't”, l'Iran; 24th M23 3.5 ½ ﬁne ẞ İstanbul Kelvin Å", "Élysée naïve Ærø Łódź Đà Nẵng São", "<p>a &amp; b<br>c<b>d</b>e</p><script>x</script>",
		"ایران می‌گوید مذاكرات ۱۲۳ ٤٥٦ الصّلح إسلام أحمد ة ى", "Ёлка Йод переговоры", "停战协定 日本語ひらがなカタカナ 한국어", "การเจรจา ลาว ພາສາ ខ្មែរ မြန်မာ", "צה״ל שָׁלוֹם", "हिन्दी বাংলা தமிழ்", "soft\u00adhyphen zero\u200bwidth \u202ebidi", "O'Brien al-Sisi A/B x_y a@b.c #tag C++",
	} {
		title, text := w.Terms(s, strings.ToUpper(s))
		fmt.Fprintf(h, "%q %q\n", title, text)
	}
	if w.Version != version || h.Sum64() != sum {
		t.Errorf("version %d has the sum %#x", w.Version, h.Sum64())
	}
}

// A chooser makes random items and queries of few words, so that they meet.
type chooser struct{ *rand.Rand }

func (c chooser) of(list string) string {
	all := strings.Split(list, "|")
	return all[c.IntN(len(all))]
}

const someWords = "iran|talks|peace|truce|us|US|U.S.|oman|ceasefire|عمان|ایران|مذاکرات|停战|美国|伊朗|停|การเจรจา|นะ|переговоры|Йод|said|don't|O'Brien|24th|3.5|café|CAFE|al-Sisi|Islamic Republic|Muscat's|l'Iran|M23/AFC"

func (c chooser) prose(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(c.of(someWords) + c.of(" | | |, |. |-|\n\n| &amp; "))
	}
	return b.String()
}

func (c chooser) query(depth int) string {
	if depth > 0 && c.IntN(3) > 0 {
		switch a, b := c.query(depth-1), c.query(depth-1); c.IntN(5) {
		case 0:
			return "(" + a + " OR " + b + ")"
		case 1:
			return "NOT (" + a + ")"
		case 2:
			return "(" + a + " -(" + b + "))"
		default:
			return "(" + a + " " + b + ")"
		}
	}
	switch c.IntN(9) {
	case 0:
		return c.of("kind:any|kind:setback|kind:talks-scheduled|by:mediator|party:iran|date:any|certainty:confirmed|tone:<0|sources:>=2|-kind:any|mediator:oman")
	case 1:
		return c.of("feed:observer|feed:herald|lang:en|tier:press|site:observer.example")
	case 2:
		return c.of("ir*|t*|tal*|مذاکر*|停*|um*|perego*|пер*|m23*|don*|isl*")
	case 3:
		return "actor:" + c.of("iran|united-states|oman|china")
	case 4:
		return "title:" + c.of("iran|tal*|(talks OR 停战)|oman")
	case 5:
		return c.of(someWords) + " " + c.of("NEAR/3|ONEAR/2|NEAR/s|NEAR/p") + " " + c.of("talks|iran|actor:iran|停战|(peace OR t*)")
	case 6:
		return `"` + c.of(someWords) + " " + c.of(someWords) + `"`
	case 7:
		return c.of("rule:deal|rule:walk-out|rule:mediator-names-date")
	}
	return c.of(someWords)
}

// What the index leads to is what looking at every item finds: of searches the
// hits, of backtests everything.
func TestIndexFindsWhatLookingAtAllFinds(t *testing.T) {
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := database(t)
			if dsn == "" {
				dsn = filepath.Join(t.TempDir(), "parley.db")
			}
			testIndexFindsWhatLookingAtAllFinds(t, dsn)
		})
	}
}

func testIndexFindsWhatLookingAtAllFinds(t *testing.T, dsn string) {
	src := strings.Replace(string(parley.ExampleConfig), "\nfeeds:\n", "\nfeeds:\n  - {name: observer, url: https://observer.example/feed}\n  - {name: herald, url: https://herald.example/feed}\n", 1)
	k, problems := app.Configure("example.yaml", []byte(src))
	if k == nil {
		t.Fatal(problems)
	}
	c := chooser{rand.New(rand.NewPCG(3, 4))}
	open := func(options ...store.Option) *store.Store {
		s, err := store.Open(t.Context(), dsn, slog.New(slog.DiscardHandler), options...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	indexed, plain := open(app.WithWords()), open()
	put := func(s *store.Store, from, n int) {
		t.Helper()
		if err := s.SyncFeeds(t.Context(), []news.FeedPlan{{Name: "observer", URL: "https://observer.example/feed", First: start}}); err != nil {
			t.Fatal(err)
		}
		claimed, ok, err := s.ClaimNamed(t.Context(), "observer", start.Add(time.Duration(from)*time.Hour), time.Minute)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		check := news.Check{Feed: "observer", Claim: claimed.Claim, At: start, Next: start, Succeeded: true}
		for i := from; i < from+n; i++ {
			it := news.Item{
				ID: fmt.Sprint(i), Feed: "observer", Tier: news.Press, Title: c.prose(c.IntN(4)), Text: c.prose(c.IntN(12)), Link: fmt.Sprint("https://observer.example/", i),
				Published: start.Add(-time.Duration(c.IntN(60*24)) * time.Hour / 2), Fetched: start,
			}
			if c.IntN(3) == 0 {
				it.Title = headlines[c.IntN(len(headlines))]
			}
			page := k.Engine.Read(it)
			checked := news.CheckedItem{Item: it, Reading: page.Reading}
			for j, d := range page.Reading.Developments {
				checked.Judged = append(checked.Judged, news.Judged{Development: d, Is: news.New, ID: -news.DevelopmentID(i*10 + j + 1)})
			}
			check.Items = append(check.Items, checked)
		}
		if _, err := s.SaveCheck(t.Context(), check); err != nil {
			t.Fatal(err)
		}
	}
	put(indexed, 0, 240)
	put(plain, 240, 20) // the index is behind by these
	now := func() time.Time { return start }
	fast, slow := k.Ask(indexed, now), k.Ask(plain, now)
	narrowed, hits := 0, 0
	for range 120 {
		query := c.query(3)
		q, err := rules.Parse(query)
		if err != nil || len(rules.Check(q, k.Vocabulary)) > 0 {
			continue
		}
		if _, ok := rules.Needs(q, k.Vocabulary); ok {
			narrowed++
		}
		limit := []int{0, 0, 5}[c.IntN(3)]
		a, err := fast.Search(t.Context(), query, limit)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		b, err := slow.Search(t.Context(), query, limit)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		hits += len(b.Hits)
		if limit > 0 && len(b.Hits) == limit {
			a.Looked, a.Stopped = b.Looked, b.Stopped // the index may know that there are no others
		}
		if diff := cmp.Diff(b, a); diff != "" {
			t.Fatalf("search %s (-all +index)\n%s", query, diff)
		}
		if c.IntN(4) > 0 {
			continue
		}
		since := start.Add(-time.Duration(1+c.IntN(40)) * 24 * time.Hour)
		x, err := fast.Backtest(t.Context(), query, since, 0, nil)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		y, err := slow.Backtest(t.Context(), query, since, 0, nil)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if diff := cmp.Diff(y, x); diff != "" {
			t.Fatalf("backtest %s since %v (-all +index)\n%s", query, since, diff)
		}
	}
	if narrowed < 45 || hits < 600 {
		t.Errorf("the index was asked %d times only, with %d hits", narrowed, hits)
	}
}

// BenchmarkSearch looks for what few and what many of 100,000 items have.
func BenchmarkSearch(b *testing.B) {
	k, problems := app.Configure("config.example.yaml", parley.ExampleConfig)
	if k == nil {
		b.Fatal(problems)
	}
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	s, err := store.Open(b.Context(), corpus(b, k, manyItems, now), slog.New(slog.DiscardHandler), app.WithWords())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	a := k.Ask(s, func() time.Time { return now })
	for _, query := range []string{"ceasefire", "ceasefire cambodia", "nowhere", "market NEAR/5 oil", "kind:agreement party:israel", "the"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				if _, err := a.Search(b.Context(), query, 8); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
