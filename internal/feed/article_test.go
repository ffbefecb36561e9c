package feed_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html/charset"

	"parley/internal/feed"
	"parley/internal/news"
)

// A web is a small part of the web, by address. It answers 404 to what it does
// not know.
type web struct {
	pages map[string]func() *http.Response

	mu    sync.Mutex
	asked []string
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked = append(w.asked, r.URL.String())
	w.mu.Unlock()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	answer := w.pages[r.URL.String()]
	if answer == nil {
		return response(http.StatusNotFound, nil, ""), nil
	}
	return answer(), nil
}

func response(status int, h http.Header, body string) *http.Response {
	if h == nil {
		h = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: h, ContentLength: -1, Body: io.NopCloser(strings.NewReader(body))}
}

// A webCase is a txtar file: its comment tells of an item, each further file is
// a page with its header, and "want" what comes of it.
type webCase struct {
	item    news.Item
	web     *web
	want    string
	archive *txtar.Archive
}

func readWeb(t testing.TB, path string) webCase {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := webCase{web: &web{pages: map[string]func() *http.Response{}}, archive: a}
	encoding := ""
	for line := range strings.Lines(string(a.Comment)) {
		name, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); name {
		case "link":
			c.item.Link = value
		case "title":
			c.item.Title = value
		case "text":
			c.item.Text = value
		case "encoding":
			encoding = value
		}
	}
	for _, f := range a.Files {
		if f.Name == "want" {
			c.want = string(f.Data)
			continue
		}
		status, h, body := http.StatusOK, http.Header{}, string(f.Data)
		if head, rest, ok := strings.Cut(body, "\n\n"); ok || strings.HasPrefix(body, "status:") {
			if !strings.HasSuffix(f.Name, "/robots.txt") || strings.HasPrefix(body, "status:") {
				body = rest
				for line := range strings.Lines(head) {
					name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
					if name == "status" {
						status, _ = strconv.Atoi(value)
						continue
					}
					h.Set(name, value)
				}
			}
		}
		if e, _ := charset.Lookup(encoding); e != nil && encoding != "" {
			b, err := e.NewEncoder().String(body)
			if err != nil {
				t.Fatal(err)
			}
			body = b
		}
		c.web.pages[f.Name] = func() *http.Response { return response(status, h.Clone(), body) }
	}
	return c
}

// told writes what came of an item as the files have it.
func told(text string, err error) string {
	if err != nil {
		var e *feed.ArticleError
		if !errors.As(err, &e) {
			return fmt.Sprintf("%T: %v\n", err, err)
		}
		return fmt.Sprintf("%s: %s\n", e.Kind, e.Says)
	}
	return text
}

func TestArticle(t *testing.T) {
	paths, err := filepath.Glob("testdata/web/*.txtar")
	if err != nil || len(paths) < 10 {
		t.Fatal(len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			c := readWeb(t, path)
			f := fetcher(t, feed.Options{UserAgent: "parley/1 (test)", Transport: c.web, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, Pace: -1})
			got := told(f.Article(t.Context(), dawn("https://feeds.example/dawn"), c.item))
			if *update {
				for i := range c.archive.Files {
					if c.archive.Files[i].Name == "want" {
						c.archive.Files[i].Data = []byte(got)
					}
				}
				if err := os.WriteFile(path, txtar.Format(c.archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// page is a page of an outlet with the article on it.
func page(body string) func() *http.Response {
	return func() *http.Response {
		return response(http.StatusOK, http.Header{"Content-Type": {"text/html; charset=utf-8"}}, "<html><body><article>"+body+"</article></body></html>")
	}
}

const paragraph = `<p>The talks between the United States and Iran resumed in Islamabad on Tuesday, the host said, and both delegations sat at one table for the first time since the spring. They will go on for two days, and a statement is to follow at their end, according to the host, who would not say what was spoken of.</p>`

var resumed = news.Item{Title: "US-Iran talks resume in Islamabad", Link: "https://dawn.example/1"}

func TestArticleRobotsAreAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rules := "User-agent: *\nDisallow: /2\n"
		w := &web{pages: map[string]func() *http.Response{
			"https://dawn.example/robots.txt": func() *http.Response {
				time.Sleep(time.Second)
				return response(http.StatusOK, nil, rules)
			},
			"https://dawn.example/1": page(paragraph),
			"https://dawn.example/2": page(paragraph),
		}}
		f := fetcher(t, feed.Options{Transport: w})
		other := resumed
		other.Link = "https://dawn.example/2"
		var both sync.WaitGroup
		ask := func(it news.Item, want feed.Kind) {
			text, err := f.Article(t.Context(), dawn("https://feeds.example/"), it)
			var e *feed.ArticleError
			if errors.As(err, &e) && e.Kind != want || err == nil && (want != "" || !strings.Contains(text, "Islamabad")) {
				t.Errorf("%s: %q, %v; want %q", it.Link, text, err, want)
			}
		}
		both.Go(func() { ask(resumed, "") })
		both.Go(func() { ask(other, feed.Disallowed) })
		both.Wait()
		if want := []string{"https://dawn.example/robots.txt", "https://dawn.example/1"}; !slices.Equal(w.asked, want) {
			t.Errorf("asked %q, want %q", w.asked, want)
		}
		rules = "" // which is seen a day later
		time.Sleep(23 * time.Hour)
		ask(other, feed.Disallowed)
		time.Sleep(2 * time.Hour)
		ask(other, "")
	})
}

// A host that hangs is given up with the caller's patience, and its robots.txt is
// known to the next who asks.
func TestArticleGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{pages: map[string]func() *http.Response{
			"https://dawn.example/robots.txt": func() *http.Response {
				time.Sleep(8 * time.Second)
				return response(http.StatusNotFound, nil, "")
			},
			"https://dawn.example/1": page(paragraph),
		}}
		f := fetcher(t, feed.Options{Transport: w})
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := f.Article(ctx, dawn("https://feeds.example/"), resumed)
		cancel()
		if told("", err) != "slow: dawn.example gave no answer in time\n" || time.Since(began) != 5*time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		time.Sleep(4 * time.Second)
		if _, err := f.Article(t.Context(), dawn("https://feeds.example/"), resumed); err != nil || len(w.asked) != 2 {
			t.Errorf("%v, asked %q", err, w.asked)
		}
	})
}

// A crawl delay is kept, and nobody waits for a turn that comes too late.
func TestArticleCrawlDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var at []time.Duration
		began := time.Now()
		one := func() *http.Response {
			mu.Lock()
			defer mu.Unlock()
			at = append(at, time.Since(began))
			return page(paragraph)()
		}
		w := &web{pages: map[string]func() *http.Response{
			"https://dawn.example/robots.txt": func() *http.Response {
				return response(http.StatusOK, nil, "User-agent: *\nCrawl-delay: 4\n")
			},
			"https://dawn.example/1": one,
		}}
		f := fetcher(t, feed.Options{Transport: w})
		var all sync.WaitGroup
		late := 0
		for range 4 {
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
				defer cancel()
				_, err := f.Article(ctx, dawn("https://feeds.example/"), resumed)
				if err != nil {
					if told("", err) != "disallowed: the robots.txt of dawn.example asks for 4 s between two requests, and there were others before\n" {
						t.Error(err)
					}
					mu.Lock()
					late++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if !slices.Equal(at, []time.Duration{0, 4 * time.Second}) || late != 2 {
			t.Errorf("asked at %v, %d too late", at, late)
		}
	})
}

// What a host asks for when it is asked for articles holds for its feeds too.
func TestArticleRestingHost(t *testing.T) {
	w := &web{pages: map[string]func() *http.Response{
		"https://dawn.example/1": func() *http.Response {
			return response(http.StatusTooManyRequests, http.Header{"Retry-After": {"600"}}, "")
		},
	}}
	f := fetcher(t, feed.Options{Transport: w, Pace: -1})
	if _, err := f.Article(t.Context(), dawn("https://dawn.example/feed"), resumed); told("", err) != "limited: dawn.example answers 429 Too Many Requests\n" {
		t.Error(err)
	}
	if _, err := f.Article(t.Context(), dawn("https://dawn.example/feed"), resumed); told("", err) != "limited: dawn.example asked to be left alone for another 10 minutes\n" {
		t.Error(err)
	}
	_, err := f.Fetch(t.Context(), dawn("https://dawn.example/feed"), feed.Validators{})
	if e := asError(t, err); e.Kind != feed.Limited {
		t.Error(e)
	}
	if len(w.asked) != 2 {
		t.Errorf("asked %q", w.asked)
	}
}

// Pages cost no more than is allowed for, whatever their makers meant.
func TestArticleHostile(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	for name, body := range map[string]string{
		"deep":         many("<div>", 200_000) + paragraph,
		"deep enough":  many("<div>", 500) + paragraph,
		"deep inline":  many("<b><i>", 200_000) + paragraph,
		"wide":         many("<p>a, b</p>", 19_000),
		"too wide":     many("<p>a, b</p>", 500_000),
		"nested lists": many("<ul><li>", 240) + many("<p>a</p>", 10_000),
		"tables":       many("<table><tr><td>", 150) + paragraph,
		"half tags":    many("<p", 500_000),
		"attributes":   "<div " + many("a=1 ", 300_000) + ">" + paragraph,
		"one class":    `<div class="` + many("related ", 200_000) + `">` + paragraph,
		"breaks":       many("<br>", 19_000) + paragraph,
		"links":        many(`<a href="/x">x, y</a> `, 19_000),
		"entities":     many("&lt;&amp;&notanentity;", 100_000),
		"comments":     many("<!-- x -->", 200_000) + paragraph,
		"commas":       "<p>" + many("a,", 1<<20) + "</p>",
		"one word":     "<p>" + many("a", 3<<20-200) + "</p>",
		"json":         `<script type="application/ld+json">` + many("[", 1<<20) + `</script>` + paragraph,
		"formatting":   many("<p><b><i><u>", 1500) + paragraph,
		"spans":        many("<p>"+many("<span>", 10)+"a"+many("</span>", 10)+"</p>", 1500),
	} {
		t.Run(name, func(t *testing.T) {
			w := &web{pages: map[string]func() *http.Response{"https://dawn.example/1": page(body)}}
			f := fetcher(t, feed.Options{Transport: w, Pace: -1})
			began := time.Now()
			text, err := f.Article(t.Context(), dawn("https://feeds.example/"), resumed)
			t.Logf("%6d ms, %d bytes, %v", time.Since(began).Milliseconds(), len(text), err)
			if len(text) > 96<<10 {
				t.Errorf("%d bytes of text", len(text))
			}
		})
	}
}

func TestArticleBodies(t *testing.T) {
	huge := bytes.Repeat([]byte(" "), 4<<20)
	for name, tt := range map[string]struct {
		header http.Header
		body   []byte
		want   string
	}{
		"zipped":   {http.Header{"Content-Encoding": {"gzip"}}, zipped(t, []byte("<html><body><article>"+paragraph+"</article>")), ""},
		"large":    {nil, huge, "too large: its page is larger than 3 MB\n"},
		"bomb":     {http.Header{"Content-Encoding": {"gzip"}}, zipped(t, huge), "too large: its page is larger than 3 MB\n"},
		"not gzip": {http.Header{"Content-Encoding": {"gzip"}}, []byte("<html>"), "troubled: the page from dawn.example cannot be decompressed\n"},
		"brotli":   {http.Header{"Content-Encoding": {"br"}}, []byte("x"), "troubled: dawn.example sends its page encoded as \"br\"\n"},
		"empty":    {nil, nil, "no article: no article was found on its page\n"},
	} {
		w := &web{pages: map[string]func() *http.Response{"https://dawn.example/1": func() *http.Response {
			return response(http.StatusOK, tt.header.Clone(), string(tt.body))
		}}}
		f := fetcher(t, feed.Options{Transport: w, Pace: -1})
		text, err := f.Article(t.Context(), dawn("https://feeds.example/"), resumed)
		if err == nil && (tt.want != "" || !strings.Contains(text, "Islamabad")) || err != nil && told("", err) != tt.want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func FuzzArticle(f *testing.F) {
	paths, _ := filepath.Glob("testdata/web/*.txtar")
	for _, p := range paths {
		a, err := txtar.ParseFile(p)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			f.Add(file.Data, "text/html")
		}
	}
	f.Add([]byte(`<script type="application/ld+json">{"isAccessibleForFree":fal`), "text/html; charset=utf-16")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		w := &web{pages: map[string]func() *http.Response{"https://dawn.example/1": func() *http.Response {
			return response(http.StatusOK, http.Header{"Content-Type": {kind}}, string(body))
		}}}
		fe := feed.NewFetcher(feed.Options{Transport: w, Pace: -1})
		text, err := fe.Article(t.Context(), dawn("https://feeds.example/"), resumed)
		if err != nil {
			if e := (*feed.ArticleError)(nil); !errors.As(err, &e) || e.Says == "its page cannot be read" && strings.Contains(fmt.Sprint(e.Cause), "runtime error") {
				t.Fatal(err, errors.Unwrap(err))
			}
			return
		}
		if len(text) > 96<<10 || strings.ContainsAny(text, "\x00\x07\x08\x1b\x7f") || strings.Contains(text, "<script") {
			t.Errorf("%q", text)
		}
	})
}

// A page that drips is given up when its time has come, in the middle of its body.
func TestArticleDrips(t *testing.T) {
	ended := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		defer close(ended)
		w.Header().Set("Content-Type", "text/html")
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, "<p>")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(time.Millisecond)
		}
	})
	f := fetcher(t, feed.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	it := resumed
	it.Link = s.URL + "/1"
	if _, err := f.Article(ctx, dawn(s.URL), it); told("", err) != "slow: 127.0.0.1 gave no answer in time\n" {
		t.Error(err)
	}
	<-ended
}
