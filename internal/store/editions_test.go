package store_test

import (
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// An item whose outlet has changed it is handed out again, under an ID of its own;
// it is kept only where it tells something new.
func testEditions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	edited := func(title string) []news.Item {
		it := item("a", noon)
		it.Title = title
		list, err := s.Unseen(ctx, "dawn", []news.Item{it, it})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	save(t, s, noon, checked(item("a", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}))
	if got := edited(item("a", noon).Title); len(got) != 0 {
		t.Fatalf("unchanged, it is handed out as %v", got)
	}
	second := edited("A typo is put right")
	if len(second) != 1 || second[0].ID != "a~2" || second[0].Edits != "a" {
		t.Fatalf("changed, it is handed out as %+v", second)
	}
	save(t, s, noon.Add(time.Minute), checked(second[0], news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}))
	if _, ok, _ := s.ItemByID(ctx, "a~2"); ok {
		t.Error("an edition that tells nothing new is kept")
	}
	if got := edited("A typo is put right"); len(got) != 0 {
		t.Errorf("known by now, it is handed out as %v", got)
	}
	third := edited("Talks are over")
	if len(third) != 1 || third[0].ID != "a~3" {
		t.Fatalf("changed once more, it is handed out as %+v", third)
	}
	save(t, s, noon.Add(time.Hour), checked(third[0], news.Judged{Development: talks(news.TalksEnded), Is: news.Update, ID: -1, Updates: 1, Change: news.Ended}))
	if it, ok, err := s.ItemByID(ctx, "a~3"); !ok || err != nil || it.Judged[0].Change != news.Ended {
		t.Errorf("the edition that tells something new: %v, %v, %+v", ok, err, it.Judged)
	}
	for i := range 9 { // a page that changes with every request
		got := edited("Updated " + noon.Add(time.Duration(i)*time.Second).Format(time.TimeOnly))
		if (len(got) == 1) != (i < 3) {
			t.Errorf("change %d: %d handed out", i+4, len(got))
		}
		if len(got) == 1 {
			save(t, s, noon.Add(2*time.Hour), checked(got[0]))
		}
	}
}

// An item whose text came from its page has not changed when its feed says again
// what it said.
func testArticles(t *testing.T, s *store.Store) {
	ctx := t.Context()
	carried := item("a", noon)
	carried.Text = "A teaser."
	whole := carried
	whole.Text, whole.Carried, whole.Article = "<p>All that the page says.</p>", carried.Text, news.FromPage
	save(t, s, noon, checked(whole))
	if got, err := s.Unseen(ctx, "dawn", []news.Item{carried}); err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	it, ok, err := s.ItemByID(ctx, "a")
	if err != nil || !ok || it.Item.Text != whole.Text || it.Item.Article != news.FromPage {
		t.Errorf("%+v, %v, %v", it.Item, ok, err)
	}
	carried.Title = "Talks resume, both sides say"
	if got, err := s.Unseen(ctx, "dawn", []news.Item{carried}); err != nil || len(got) != 1 || got[0].Edits != "a" {
		t.Errorf("%+v, %v", got, err)
	}
}
