package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

// The evening of one place is the next day of another.
func TestZones(t *testing.T) {
	tokyo, newYork := time.FixedZone("JST", 9*3600), time.FixedZone("EST", -5*3600)
	talks := dev(news.TalksStarted, of("japan-russia", "japan", "russia"))
	morning := time.Date(2026, 11, 25, 10, 30, 0, 0, tokyo)
	for _, c := range []struct {
		name   string
		second time.Time
		want   news.Verdict
	}{
		{"the evening before, in New York", time.Date(2026, 11, 24, 21, 0, 0, 0, newYork), news.Repeat},
		{"two mornings later", morning.Add(50 * time.Hour), news.New},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := NewDesk()
			first := talks
			on("2026-11-25")(&first)
			desk.Judge(Report{Item: news.Item{Published: morning}, Developments: []news.Development{first}})
			if got := desk.Judge(Report{Item: news.Item{Published: c.second}, Developments: []news.Development{talks}})[0]; got.Is != c.want {
				t.Errorf("is %s (%s), want %s", got.Is, got.Reason, c.want)
			}
		})
	}
}

// A day of which nothing says that it is that of the same meeting makes a new
// one; nearness, a place or a voice in common says that it is.
func TestAnotherDay(t *testing.T) {
	scheduled := func(day string, more ...change) news.Development {
		d := dev(news.TalksScheduled, append(more, on(day))...)
		of("morocco-algeria", "morocco", "algeria")(&d)
		return d
	}
	for _, c := range []struct {
		name          string
		first, second news.Development
		want          news.Verdict
	}{
		{"nobody named, six days on", scheduled("2026-11-24"), scheduled("2026-11-30", by("morocco")), news.New},
		{"the same place, six days on", scheduled("2026-11-24", in("Doha, Qatar")), scheduled("2026-11-30", in("Doha, Qatar")), news.Update},
		{"the same side, six days on", scheduled("2026-11-24", by("morocco")), scheduled("2026-11-30", by("morocco")), news.Update},
		{"nobody named, the next day", scheduled("2026-11-24"), scheduled("2026-11-25", by("morocco")), news.Update},
		{"another side, two days on", scheduled("2026-11-24", by("algeria")), scheduled("2026-11-26", by("morocco")), news.Update},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := NewDesk()
			for i, d := range []news.Development{c.first, c.second} {
				got := desk.Judge(Report{Item: news.Item{Published: at.Add(time.Duration(i) * time.Hour)}, Developments: []news.Development{d}})[0]
				if i == 1 && got.Is != c.want {
					t.Errorf("is %s (%s), want %s", got.Is, got.Reason, c.want)
				}
			}
		})
	}
}
