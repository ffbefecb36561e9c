package story

import (
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

// Four days on, and by the same side: commanders are the same meeting moved, commissioners
// are another.
func TestBodies(t *testing.T) {
	for _, c := range []struct {
		title string
		want  news.Verdict
	}{
		{"army commanders of morocco and algeria to meet", news.Update},
		{"delegates of morocco and algeria to meet", news.Update},
		{"water commissioners of morocco and algeria to meet", news.New},
	} {
		t.Run(c.title, func(t *testing.T) {
			desk := NewDesk()
			first := dev(news.TalksScheduled, on("2026-11-24"), by("morocco"))
			of("morocco-algeria", "morocco", "algeria")(&first)
			desk.Judge(Report{Item: news.Item{Published: at}, Language: "en", Title: strings.Fields("commanders of algeria and morocco will sit down"), Developments: []news.Development{first}})
			second := dev(news.TalksScheduled, on("2026-11-28"), by("morocco"))
			of("morocco-algeria", "morocco", "algeria")(&second)
			got := desk.Judge(Report{Item: news.Item{Published: at.Add(time.Hour)}, Language: "en", Title: strings.Fields(c.title), Developments: []news.Development{second}})[0]
			if got.Is != c.want {
				t.Errorf("is %s (%s), want %s", got.Is, got.Reason, c.want)
			}
		})
	}
}
