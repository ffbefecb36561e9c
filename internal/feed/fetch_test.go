package feed_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/feed"
	"parley/internal/news"
)

const document = `<rss><channel><item><title>Talks resume</title></item></channel></rss>`

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func fetcher(t *testing.T, o feed.Options) *feed.Fetcher {
	t.Helper()
	f := feed.NewFetcher(o)
	t.Cleanup(f.Close)
	return f
}

func dawn(address string) news.Feed { return news.Feed{Name: "dawn", URL: address} }

func asError(t *testing.T, err error) *feed.Error {
	t.Helper()
	var e *feed.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T: %v, want a *feed.Error", err, err)
	}
	if !strings.HasPrefix(e.Sentence, "feed dawn: ") || strings.Contains(e.Sentence, "\n") {
		t.Errorf("not one sentence on the feed: %q", e.Sentence)
	}
	return e
}

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFetchConditional(t *testing.T) {
	const tag, day = `W/"7-gzip"`, "Fri, 20 Nov 2026 09:00:00 GMT"
	full := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", `private, max-age=600`)
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") == day {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full++
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", day)
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(w, document)
	})
	f := fetcher(t, feed.Options{})
	a, err := f.Fetch(t.Context(), dawn(s.URL), feed.Validators{})
	if err != nil {
		t.Fatal(err)
	}
	if string(a.Body) != document || a.ContentType != "application/rss+xml" || a.NotModified || a.Moved != "" || a.MaxAge != 10*time.Minute {
		t.Errorf("first: %+v", a)
	}
	if want := (feed.Validators{ETag: tag, LastModified: day}); a.Validators != want {
		t.Errorf("validators are %+v, want %+v", a.Validators, want)
	}
	b, err := f.Fetch(t.Context(), dawn(s.URL), a.Validators)
	if err != nil {
		t.Fatal(err)
	}
	if !b.NotModified || b.Body != nil || b.Validators != a.Validators || full != 1 {
		t.Errorf("second: %+v, %d full answers", b, full)
	}
	// what the server no longer gives is no longer sent
	s2 := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, document) })
	if c, err := f.Fetch(t.Context(), dawn(s2.URL), a.Validators); err != nil || c.Validators != (feed.Validators{}) {
		t.Errorf("without validators: %+v, %v", c, err)
	}
}

func TestFetchIntroducesItself(t *testing.T) {
	var got http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		_, _ = io.WriteString(w, document)
	})
	f := fetcher(t, feed.Options{UserAgent: "parley/1 (+https://desk.example)"})
	if _, err := f.Fetch(t.Context(), dawn(strings.Replace(s.URL, "http://", "http://me:word@", 1)), feed.Validators{}); err != nil {
		t.Fatal(err)
	}
	if got.Get("User-Agent") != "parley/1 (+https://desk.example)" || !strings.Contains(got.Get("Accept"), "application/rss+xml") {
		t.Errorf("%v", got)
	}
	if got.Get("Authorization") != "Basic bWU6d29yZA==" {
		t.Errorf("sign-in %q", got.Get("Authorization"))
	}
	if got.Get("If-None-Match") != "" || got.Get("If-Modified-Since") != "" || got.Get("Cookie") != "" {
		t.Errorf("more than asked for: %v", got)
	}
}

// Each status has its kind and its sentence.
func TestFetchStatus(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		status     int
		retryAfter string
		kind       feed.Kind
		wait       time.Duration
		sentence   string
	}{
		{404, "", feed.Missing, 0, "feed dawn: 404 Not Found: the feed is gone or the address is wrong; check the url of feed dawn"},
		{410, "", feed.Gone, 0, "feed dawn: 410 Gone: the outlet has removed the feed for good; take feed dawn out of the configuration or give it a new url"},
		{401, "", feed.Denied, 0, "feed dawn: 401 Unauthorized: 127.0.0.1 wants a sign-in; put it into the url of feed dawn if you have one"},
		{403, "", feed.Denied, 0, "feed dawn: 403 Forbidden: 127.0.0.1 does not serve parley this feed; ask the outlet, or look for another url for feed dawn"},
		{418, "", feed.Denied, 0, "feed dawn: 418 I'm a teapot: 127.0.0.1 does not accept the request; check the url of feed dawn"},
		{429, "120", feed.Limited, 2 * time.Minute, "feed dawn: 429 Too Many Requests: 127.0.0.1 asks for fewer requests, after 2 minutes; check feed dawn less often if this stays"},
		{429, "Sat, 21 Nov 2026 12:00:30 GMT", feed.Limited, 30 * time.Second, ""},
		{429, "Sat, 21 Nov 2026 11:00:00 GMT", feed.Limited, 0, ""},
		{429, "soon", feed.Limited, 0, ""},
		{429, "-5", feed.Limited, 0, ""},
		{429, "99999999999999999999", feed.Limited, 0, ""},
		{429, "31536000", feed.Limited, 24 * time.Hour, ""},
		{503, "30", feed.Limited, 30 * time.Second, ""},
		{503, "", feed.Troubled, 0, "feed dawn: 503 Service Unavailable: 127.0.0.1 is in trouble; it is tried again"},
		{500, "", feed.Troubled, 0, ""},
		{502, "60", feed.Troubled, time.Minute, ""},
		{599, "", feed.Troubled, 0, "feed dawn: 599: 127.0.0.1 is in trouble; it is tried again"},
		{204, "", feed.Troubled, 0, ""},
		{206, "", feed.Troubled, 0, ""},
		{300, "", feed.Troubled, 0, ""},
		{304, "", feed.Troubled, 0, ""}, // nobody asked
		{302, "", feed.BadRedirects, 0, "feed dawn: 127.0.0.1 answers 302 Found without saying where to"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status, tt.retryAfter), func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if tt.retryAfter != "" {
					w.Header().Set("Retry-After", tt.retryAfter)
				}
				w.WriteHeader(tt.status)
			})
			f := fetcher(t, feed.Options{Now: func() time.Time { return now }})
			_, err := f.Fetch(t.Context(), dawn(s.URL), feed.Validators{})
			e := asError(t, err)
			if e.Kind != tt.kind || e.RetryAfter != tt.wait || tt.sentence != "" && e.Sentence != tt.sentence {
				t.Errorf("%s, %v, %q", e.Kind, e.RetryAfter, e.Sentence)
			}
			if e.Status != tt.status && e.Status != 0 {
				t.Errorf("status %d", e.Status)
			}
		})
	}
}

func TestFetchRedirects(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		// /301/302/end redirects with 301 to /302/end, and so on
		var status int
		if n, _ := fmt.Sscanf(r.URL.Path, "/%d/", &status); n == 1 {
			http.Redirect(w, r, r.URL.Path[4:], status)
			return
		}
		switch r.URL.Path {
		case "/scheme":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "/nonsense":
			w.Header().Set("Location", "http://[::")
			w.WriteHeader(http.StatusFound)
		default:
			_, _ = io.WriteString(w, document+r.Header.Get("Authorization"))
		}
	})
	f := fetcher(t, feed.Options{})
	tests := []struct {
		path, end, moved string
		kind             feed.Kind
	}{
		{path: "/end", end: "/end"},
		{path: "/301/end", end: "/end", moved: "/end"},
		{path: "/308/301/end", end: "/end", moved: "/end"},
		{path: "/301/302/end", end: "/end", moved: "/302/end"}, // for good only so far
		{path: "/302/301/end", end: "/end"},
		{path: "/307/303/end", end: "/end"},
		{path: "/301/301/301/301/301/end", end: "/end", moved: "/end"},
		{path: "/301/301/301/301/301/301/end", kind: feed.BadRedirects},
		{path: "/scheme", kind: feed.BadRedirects},
		{path: "/nonsense", kind: feed.BadRedirects},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			a, err := f.Fetch(t.Context(), dawn(s.URL+tt.path), feed.Validators{})
			if tt.kind != "" {
				if e := asError(t, err); e.Kind != tt.kind || !strings.Contains(e.Sentence, "redirect") {
					t.Errorf("%s: %s", e.Kind, e)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			moved := ""
			if tt.moved != "" {
				moved = s.URL + tt.moved
			}
			if a.URL != s.URL+tt.end || a.Moved != moved || string(a.Body) != document {
				t.Errorf("at %s, moved %q, %q", a.URL, a.Moved, a.Body)
			}
		})
	}
}

func TestFetchBodies(t *testing.T) {
	const limit = 64 << 10
	var deflated bytes.Buffer
	z := zlib.NewWriter(&deflated)
	_, _ = io.WriteString(z, document)
	_ = z.Close()
	bomb := zipped(t, make([]byte, 4<<20)) // 4 KB on the wire
	endless := func(w http.ResponseWriter) {
		block := bytes.Repeat([]byte("<item>"), 1000)
		for range 50 << 20 / len(block) { // the reader hangs up long before
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
	tests := []struct {
		name    string
		handler func(w http.ResponseWriter)
		kind    feed.Kind
	}{
		{"gzip", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped(t, []byte(document)))
		}, ""},
		{"gzip that nobody declared", func(w http.ResponseWriter) { _, _ = w.Write(zipped(t, []byte(document))) }, ""},
		{"deflate", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "deflate")
			_, _ = w.Write(deflated.Bytes())
		}, ""},
		{"brotli", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte("x"))
		}, feed.Troubled},
		{"no gzip", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, document)
		}, feed.Troubled},
		{"half of a gzip", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			b := zipped(t, []byte(document))
			_, _ = w.Write(b[:len(b)/2])
		}, feed.Troubled},
		{"gzip bomb", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		}, feed.TooLarge},
		{"gzip bomb that nobody declared", func(w http.ResponseWriter) { _, _ = w.Write(bomb) }, feed.TooLarge},
		{"exactly the limit", func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, document+strings.Repeat(" ", limit-len(document)))
		}, ""},
		{"one byte more", func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, document+strings.Repeat(" ", limit-len(document)+1))
		}, feed.TooLarge},
		{"50 MB, announced", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", fmt.Sprint(50<<20))
			endless(w)
		}, feed.TooLarge},
		{"50 MB, not announced", endless, feed.TooLarge},
		{"shorter than announced", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, document)
		}, feed.Troubled},
		{"endless header", func(w http.ResponseWriter) {
			for i := range 400 {
				w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", 1000))
			}
		}, feed.Troubled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) { tt.handler(w) })
			f := fetcher(t, feed.Options{MaxBytes: limit})
			a, err := f.Fetch(t.Context(), dawn(s.URL), feed.Validators{})
			if tt.kind == "" {
				if err != nil || strings.TrimSpace(string(a.Body)) != document {
					t.Errorf("%.80q, %v", a.Body, err)
				}
				return
			}
			if e := asError(t, err); e.Kind != tt.kind {
				t.Errorf("%s: %s", e.Kind, e)
			}
		})
	}
}

// A host that takes its time is cut off, wherever it does so.
func TestFetchSlow(t *testing.T) {
	const short = 60 * time.Millisecond
	tests := []struct {
		name, sentence string
		opt            feed.Options
		handler        http.HandlerFunc
	}{
		{"no header", "feed dawn: 127.0.0.1 gave no answer within 60ms; it is tried again", feed.Options{HeaderTimeout: short}, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
		{"no end", "feed dawn: 127.0.0.1 did not finish within 60ms; it is tried again", feed.Options{Timeout: short}, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, document)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}},
		{"byte by byte", "feed dawn: 127.0.0.1 did not finish within 60ms; it is tried again", feed.Options{Timeout: short}, func(w http.ResponseWriter, r *http.Request) {
			tick := time.NewTicker(time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					_, _ = io.WriteString(w, "<")
					_ = http.NewResponseController(w).Flush()
				case <-r.Context().Done():
					return
				}
			}
		}},
		{"redirects for ever, slowly", "", feed.Options{Timeout: short}, func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-time.After(short / 3):
			case <-r.Context().Done():
			}
			http.Redirect(w, r, "/", http.StatusFound)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, tt.handler)
			f := fetcher(t, tt.opt)
			_, err := f.Fetch(t.Context(), dawn(s.URL), feed.Validators{})
			if e := asError(t, err); e.Kind != feed.Slow || tt.sentence != "" && e.Sentence != tt.sentence {
				t.Errorf("%s: %s", e.Kind, e)
			}
		})
	}
}

// The caller's own end of patience is not the feed's fault.
func TestFetchCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := fetcher(t, feed.Options{}).Fetch(ctx, dawn(s.URL), feed.Validators{})
	var e *feed.Error
	if !errors.Is(err, context.Canceled) || errors.As(err, &e) {
		t.Errorf("%T: %v", err, err)
	}
}

// Keys in an address stay out of sentences and logs.
func TestFetchKeepsSecrets(t *testing.T) {
	const key, word = "k3y-in-query", "w0rd-in-userinfo"
	var log bytes.Buffer
	o := feed.Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), Timeout: 200 * time.Millisecond}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, r.URL.String(), http.StatusMovedPermanently)
		case "/private":
			http.Redirect(w, r, "http://10.0.0.1/?"+r.URL.RawQuery, http.StatusFound)
		case "/missing":
			http.NotFound(w, r)
		case "/hang":
			<-r.Context().Done()
		case "/moved":
			http.Redirect(w, r, "/page?"+r.URL.RawQuery, http.StatusMovedPermanently)
		default:
			_, _ = io.WriteString(w, "<html>")
		}
	})
	for _, address := range []string{s.URL + "/loop", s.URL + "/private", s.URL + "/missing", s.URL + "/hang", s.URL + "/moved", gone.URL, "http://10.0.0.1/", "ftp://127.0.0.1/", "http://127.0.0.1:x/"} {
		secret := strings.Replace(address, "://", "://me:"+word+"@", 1) + "?key=" + key
		n := dawn(secret)
		a, err := fetcher(t, o).Fetch(t.Context(), n, feed.Validators{})
		if err == nil {
			if strings.Contains(a.URL+a.Moved, word) {
				t.Errorf("%s: the sign-in shows in %q, %q", address, a.URL, a.Moved)
			}
			_, err = feed.Parse(n, a.Body, a.ContentType, time.Now())
		}
		if e := asError(t, err); strings.Contains(e.Sentence, key) || strings.Contains(e.Sentence, word) {
			t.Errorf("%s: %s", address, e)
		}
	}
	if log.Len() == 0 || strings.Contains(log.String(), key) || strings.Contains(log.String(), word) {
		t.Errorf("log: %s", &log)
	}
}

func TestBadAddresses(t *testing.T) {
	f := fetcher(t, feed.Options{})
	for _, address := range []string{"", "dawn.example/feed", "/feed", "ftp://dawn.example/feed", "file:///etc/passwd", "http://", "http://:80/", "gopher://x/", "http://a b/", "javascript:alert(1)", "\x00"} {
		_, err := f.Fetch(t.Context(), dawn(address), feed.Validators{})
		if e := asError(t, err); e.Kind != feed.BadAddress {
			t.Errorf("%q: %s: %s", address, e.Kind, e)
		}
	}
}
