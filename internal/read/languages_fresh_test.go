package read

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

// A freshCase is a headline, or a headline and a lead, of a negotiation that the
// corpus does not have, published on Friday 20 November 2026: its first kind
// (empty: silence), the role of who says it (empty: nobody by name; * is not
// asked), and its days, start or start..end, parted by spaces.
type freshCase struct {
	kind        news.Kind
	role, days  string
	title, text string
}

func TestFresh(t *testing.T) {
	e := engine(t)
	for language, x := range map[string]struct {
		zone  string
		cases []freshCase
	}{
		"en": {"Europe/London", slices.Concat(daysEnglish, answersEnglish, plainEnglish)},
		"ar": {"Asia/Riyadh", slices.Concat(freshArabic, longArabic, daysArabic, answersArabic, plainArabic)},
		"fa": {"Asia/Tehran", slices.Concat(freshPersian, longPersian, daysPersian, answersPersian)},
		"fr": {"Europe/Paris", slices.Concat(freshFrench, longFrench, daysFrench, answersFrench, plainFrench)},
		"es": {"America/Bogota", slices.Concat(freshSpanish, longSpanish, daysSpanish, answersSpanish, plainSpanish)},
		"ru": {"Europe/Moscow", slices.Concat(freshRussian, longRussian, daysRussian, answersRussian)},
		"ur": {"Asia/Karachi", slices.Concat(freshUrdu, longUrdu, daysUrdu, answersUrdu, plainUrdu)},
	} {
		zone, err := time.LoadLocation(x.zone)
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 11, 20, 14, 0, 0, 0, zone)
		for _, c := range x.cases {
			t.Run(language+"/"+c.title, func(t *testing.T) {
				page := e.Read(news.Item{ID: "x", Title: c.title, Text: c.text, Language: language, Published: at})
				kind, role, days := news.Kind(""), "", map[string]bool{}
				if list := page.Reading.Developments; len(list) > 0 {
					kind = list[0].Kind
					if s := list[0].Speaker; s != nil {
						role = string(s.Role)
					}
					for _, d := range list {
						for _, q := range d.Dates {
							if q.Start == q.End {
								days[q.Start] = true
							} else {
								days[q.Start+".."+q.End] = true
							}
						}
					}
				}
				if kind != c.kind {
					why := ""
					if page.Reading.Silence != nil {
						why = *page.Reading.Silence
					}
					t.Fatalf("kind %q, want %q (%s)", kind, c.kind, why)
				}
				if kind == "" {
					return
				}
				if c.role != "*" && role != c.role {
					t.Errorf("role %q, want %q", role, c.role)
				}
				want := map[string]bool{}
				for _, d := range strings.Fields(c.days) {
					want[d] = true
				}
				if got, want := keys(days), keys(want); got != want {
					t.Errorf("days %q, want %q", got, want)
				}
			})
		}
	}
}
