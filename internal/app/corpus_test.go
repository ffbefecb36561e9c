package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/app"
	"parley/internal/news"
	"parley/internal/store"
)

// manyItems is how many items a database of some months holds.
const manyItems = 100_000

// corpus fills a database with items as feeds bring them over four months:
// summaries and articles, of which one in eight reports a development, half of
// these something that others reported before. PARLEY_CORPUS keeps the file for
// the next run.
func corpus(tb testing.TB, k *app.Knowledge, n int, until time.Time) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "parley.db")
	if kept := os.Getenv("PARLEY_CORPUS"); kept != "" {
		if _, err := os.Stat(kept); err == nil {
			return kept
		}
		file = kept
	}
	ctx, log := context.Background(), slog.New(slog.DiscardHandler)
	s, err := store.Open(ctx, file, log, app.WithWords())
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.SyncFeeds(ctx, []news.FeedPlan{{Name: "dawn", URL: "https://dawn.example/feed", First: until.Add(-time.Hour)}}); err != nil {
		tb.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(background)
	for i := range 4000 { // the long tail of a vocabulary
		words = append(words, fmt.Sprintf("w%s%d", string(rune('a'+i%26)), i))
	}
	zipf := rand.NewZipf(rnd, 1.2, 8, uint64(len(words)-1))
	prose := func(bytes int) string {
		var b strings.Builder
		for b.Len() < bytes {
			for range 8 + rnd.IntN(14) {
				b.WriteString(words[zipf.Uint64()])
				b.WriteByte(' ')
			}
			b.WriteString("ends. ")
		}
		return b.String()
	}
	known := map[string]news.DevelopmentID{}
	rewritten := 8 * 2 * len(headlines) // items in which a headline stands twice, on average
	step := 120 * 24 * time.Hour / time.Duration(n)
	for done := 0; done < n; {
		claimed, ok, err := s.ClaimNamed(ctx, "dawn", until, time.Minute)
		if err != nil || !ok {
			tb.Fatal(ok, err)
		}
		check := news.Check{Feed: "dawn", Claim: claimed.Claim, At: until, Next: until, Succeeded: true}
		fresh := map[news.DevelopmentID]string{}
		for ; len(check.Items) < 5000 && done < n; done++ {
			size := []int{200, 250, 300, 350, 600, 800, 900, 400, 250, 4000}[rnd.IntN(10)]
			it := news.Item{
				ID: fmt.Sprint("i", done), Feed: "dawn", Tier: news.Press, Title: prose(40), Text: prose(size), Language: "en",
				Link: fmt.Sprint("https://dawn.example/", done), Published: until.Add(-step * time.Duration(n-done)).UTC(),
			}
			if done%8 == 0 {
				head := headlines[rnd.IntN(len(headlines))]
				it.Title = head
				if rnd.IntN(3) == 0 {
					it.Title, it.Text = prose(40), it.Text+head+". "+prose(200)
				}
			}
			it.Fetched = it.Published
			page := k.Engine.Read(it)
			checked := news.CheckedItem{Item: it, Reading: page.Reading, Why: "no rule matched"}
			for _, d := range page.Reading.Developments {
				key := fmt.Sprint(d.Headline, done/rewritten)
				j := news.Judged{Development: d, Is: news.Repeat, ID: known[key]}
				if j.ID == 0 {
					j.Is, j.ID = news.New, -news.DevelopmentID(len(fresh)+1)
					known[key], fresh[j.ID] = j.ID, key
				}
				checked.Judged = append(checked.Judged, j)
			}
			check.Items = append(check.Items, checked)
		}
		sum, err := s.SaveCheck(ctx, check)
		if err != nil {
			tb.Fatal(err)
		}
		for i, id := range sum.Developments {
			known[fresh[-news.DevelopmentID(i+1)]] = id
		}
	}
	return file
}

// headlines are of several negotiations and kinds.
var headlines = []string{
	"Pakistan says US-Iran talks will likely resume on Tuesday",
	"Oman says next round of Iran-US talks will be held in Muscat on Thursday",
	"Russia and Ukraine to resume peace talks on Monday in Istanbul, Turkey says",
	"Second round of Iran-US talks ends in Muscat, Iran's foreign minister says",
	"US and China conclude trade talks in Geneva",
	"Israel calls off talks with Lebanon",
	"India and Pakistan talks in Islamabad postponed",
	"M23 walks out of Doha talks with DR Congo",
	"Israel and Hamas agree ceasefire, Qatar says",
	"Armenia and Azerbaijan sign peace treaty",
	"Hamas rejects Israeli ceasefire proposal",
	"Turkey offers to host Russia-Ukraine talks",
	"US imposes new sanctions on Iran ahead of talks",
	"Kremlin denies report of talks with US in Abu Dhabi",
	"Cambodia says Thailand violated ceasefire",
	"US and North Korea to hold talks in Stockholm next week, sources say",
	"Talks with Iran were 'tense', US envoy says",
	"Third round of Cyprus talks ends in Geneva",
	"No date has been set for the next US-Iran round, Pakistan says",
	"Oil steadies as traders await ceasefire news",
}

const background = `the of and to in a that it for on with as was by at from is has said be have not are its an this but were they which or
will their who had after he more been one about she his would out up two when also than over percent year market police company people
government minister president city court health school water energy oil trade price bank film team match season win goal rain storm fire
hospital road train airport vote party law tax budget report study team data phone science space climate farm food music book art`

// BenchmarkBacktest runs queries over a database of 100,000 items.
func BenchmarkBacktest(b *testing.B) {
	k, problems := app.Configure("config.example.yaml", parley.ExampleConfig)
	if k == nil {
		b.Fatal(problems)
	}
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	k.Config.Database = corpus(b, k, manyItems, now)
	log := slog.New(slog.DiscardHandler)
	for _, query := range []string{
		"by:mediator kind:talks-scheduled date:upcoming", "ceasefire", "kind:any", "market NEAR/5 oil", "actor:iran NEAR/8 talks", "talks OR kind:setback", "the",
	} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				got, err := k.Backtest(b.Context(), "", query, time.Since(now)+150*24*time.Hour, log, nil)
				if err != nil || got.Items != manyItems || got.Hits == 0 {
					b.Fatal(got.Items, got.Hits, err)
				}
			}
		})
	}
}
