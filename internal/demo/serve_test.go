package demo

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
)

// at is a clock that stands still.
func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func get(t *testing.T, h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for k := 0; k < len(header); k += 2 {
		r.Header.Set(header[k], header[k+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func parsed(t *testing.T, w *httptest.ResponseRecorder) *gofeed.Feed {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, w.Body)
	}
	return f
}

// A feed reader gets back exactly what the file says, and never the editor's mark.
func TestEveryItemArrivesWhole(t *testing.T) {
	s := stage(t)
	for _, o := range s.outlets {
		t.Run(o.Name, func(t *testing.T) {
			f := parsed(t, get(t, s.Handler(at(Now())), o.Path))
			if f.Title != o.Title || f.Language != o.Language {
				t.Errorf("title %q and language %q, want %q and %q", f.Title, f.Language, o.Title, o.Language)
			}
			if want := min(len(o.items), newest); len(f.Items) != want {
				t.Fatalf("%d items, want %d", len(f.Items), want)
			}
			for k, got := range f.Items {
				want := o.items[len(o.items)-1-k]
				text := got.Content
				if text == "" {
					text = got.Description
				}
				if got.Title != want.Title || text != want.Text || got.Link != want.Link || got.GUID != want.GUID {
					t.Errorf("%s arrived as %+v", want.Name(), got)
				}
				if got.PublishedParsed == nil || !got.PublishedParsed.Equal(want.Published) {
					t.Errorf("%s arrived with the time %s", want.Name(), got.Published)
				}
				if strings.Contains(text, "Silent:") {
					t.Errorf("%s shows the editor's mark", want.Name())
				}
			}
		})
	}
}

func TestNothingIsServedBeforeItsTime(t *testing.T) {
	s := stage(t)
	now := Start()
	h := s.Handler(func() time.Time { return now })
	for _, o := range s.Outlets() {
		if f := parsed(t, get(t, h, o.Path)); len(f.Items) != 0 {
			t.Errorf("%s holds %d items before the story begins", o.Name, len(f.Items))
		}
	}
	for _, o := range s.outlets {
		for _, i := range o.items {
			now = i.Published.Add(-time.Second)
			for _, got := range parsed(t, get(t, h, o.Path)).Items {
				if got.PublishedParsed.After(now) {
					t.Errorf("at %v %s serves %q of %v", now, o.Name, got.Title, got.PublishedParsed)
				}
			}
			now = i.Published
			if f := parsed(t, get(t, h, o.Path)); len(f.Items) == 0 || f.Items[0].GUID != i.GUID {
				t.Errorf("%s is not first in its feed when it is published", i.Name())
			}
		}
	}
}

func TestOldItemsFallOffTheEnd(t *testing.T) {
	s := stage(t)
	for _, o := range s.outlets {
		if len(o.items) <= newest {
			continue
		}
		f := parsed(t, get(t, s.Handler(at(Now())), o.Path))
		for _, got := range f.Items {
			if got.GUID == o.items[0].GUID {
				t.Errorf("%s still carries the first of its %d items", o.Name, len(o.items))
			}
		}
		return
	}
	t.Errorf("no outlet has more than %d items: nothing ever falls off", newest)
}

func TestConditionalRequests(t *testing.T) {
	s := stage(t)
	for _, o := range s.outlets {
		t.Run(o.Name, func(t *testing.T) {
			now := o.items[0].Published
			h := s.Handler(func() time.Time { return now })
			first := get(t, h, o.Path)
			tag, modified := first.Header().Get("ETag"), first.Header().Get("Last-Modified")
			if tag == "" || modified != now.UTC().Format(http.TimeFormat) {
				t.Fatalf("ETag %q, Last-Modified %q", tag, modified)
			}
			now = o.items[1].Published.Add(-time.Second)
			for _, h2 := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
				if w := get(t, h, o.Path, h2...); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
					t.Errorf("%v: status %d with %d bytes, want 304 and none", h2, w.Code, w.Body.Len())
				}
			}
			now = o.items[1].Published
			for _, h2 := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
				if w := get(t, h, o.Path, h2...); w.Code != http.StatusOK {
					t.Errorf("%v after a new item: status %d, want 200", h2, w.Code)
				}
			}
		})
	}
	if w := get(t, s.Handler(at(Start())), s.Outlets()[0].Path); w.Header().Get("Last-Modified") != "" {
		t.Error("an empty feed claims a Last-Modified")
	}
	if w := get(t, s.Handler(at(Now())), "/nobody.rss"); w.Code != http.StatusNotFound {
		t.Errorf("an unknown outlet has status %d, want 404", w.Code)
	}
}
