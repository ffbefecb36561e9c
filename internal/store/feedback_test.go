package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testFeedback(t *testing.T, s *store.Store) {
	ctx := t.Context()
	save(t, s, noon, checked(item("a", noon), news.Judged{Development: talks(news.TalksEnded), Is: news.New, ID: -1}))
	f := news.Feedback{Development: 1, What: news.WrongKind, Channel: "C1", Author: "U1", At: noon}
	label := func(want bool) {
		t.Helper()
		if first, err := s.Label(ctx, f); err != nil || first != want {
			t.Errorf("%+v: first %v, want %v (%v)", f, first, want, err)
		}
	}
	label(true)
	label(false)
	f.Right, f.At = "atmosphere", noon.Add(time.Minute)
	label(false)
	first := f
	f.Right = ""
	label(false) // what was right is not forgotten
	f.Author = "U2"
	label(true)
	if diff := cmp.Diff([]news.Feedback{first, f}, must[[]news.Feedback](t)(s.Feedback(ctx))); diff != "" {
		t.Error(diff)
	}
	f.Development = 99
	if _, err := s.Label(ctx, f); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("of nothing: %v", err)
	}
	if _, err := s.Label(ctx, news.Feedback{Development: 1, What: news.Nothing, At: noon}); err == nil {
		t.Error("feedback of nobody was taken")
	}
}
