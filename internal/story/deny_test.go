package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

// Two outlets put one denial as denials of two kinds.
func TestSameDenied(t *testing.T) {
	const h = time.Hour
	talks := func(kind news.Kind, more ...change) news.Development {
		d := dev(kind, more...)
		of("ethiopia-eritrea", "ethiopia", "eritrea")(&d)
		return d
	}
	given := func(day string) []news.Mention {
		return []news.Mention{{From: day, To: day, Status: "negated"}}
	}
	saturday := "2026-11-28"
	for _, c := range []struct {
		name   string
		before []news.Development
		denial news.Development
		dates  []news.Mention
		want   string
	}{
		{"the same day is given up", []news.Development{
			talks(news.TalksScheduled, by("oman"), on(saturday)), talks(news.Denial, by("eritrea"), denies(news.TalksScheduled)),
		}, talks(news.Denial, by("eritrea"), denies(news.ProposalMade)), given(saturday), "repeat"},
		{"another day is given up", []news.Development{
			talks(news.TalksScheduled, by("oman"), on(saturday)), talks(news.Denial, by("eritrea"), denies(news.TalksScheduled)),
		}, talks(news.Denial, by("eritrea"), denies(news.ProposalMade)), given("2026-12-05"), "new"},
		{"another side gives up the same day", []news.Development{
			talks(news.TalksScheduled, by("oman"), on(saturday)), talks(news.Denial, by("eritrea"), denies(news.TalksScheduled)),
		}, talks(news.Denial, by("ethiopia"), denies(news.ProposalMade)), given(saturday), "new"},
		{"a proposal was not made, and was not sent", []news.Development{
			talks(news.ProposalMade, by("ethiopia")), talks(news.Denial, by("eritrea"), denies(news.ProposalMade)),
		}, talks(news.Denial, by("eritrea"), denies(news.MessageConveyed)), nil, "repeat"},
		{"a message of which a mediator spoke was not sent either", []news.Development{
			talks(news.ProposalMade, by("ethiopia")), talks(news.Denial, by("eritrea"), denies(news.ProposalMade)), talks(news.MessageConveyed, by("qatar")),
		}, talks(news.Denial, by("eritrea"), denies(news.MessageConveyed)), nil, "update"},
		{"a breach is denied after a date was", []news.Development{
			talks(news.TalksScheduled, by("oman"), on(saturday)), talks(news.Denial, by("eritrea"), denies(news.TalksScheduled)),
		}, talks(news.Denial, by("eritrea"), denies(news.ViolationAlleged)), nil, "new"},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := NewDesk()
			now := at
			for _, d := range c.before {
				desk.Judge(Report{Item: news.Item{Published: now}, Developments: []news.Development{d}})
				now = now.Add(h)
			}
			got := desk.Judge(Report{Item: news.Item{Published: now}, Developments: []news.Development{c.denial}, Dates: c.dates})[0]
			if string(got.Is) != c.want {
				t.Errorf("is %s (%s), want %s", got.Is, got.Reason, c.want)
			}
		})
	}
}

// A side answers once, whoever speaks for it; it may answer two things.
func TestSameAnswer(t *testing.T) {
	of := of("sudan", "sudanese-army", "rsf")
	offer := dev(news.MediationOffered, of, by("egypt"), in("Cairo, Egypt"))
	truce := dev(news.ProposalMade, of, by("united-states"))
	no := dev(news.ProposalRejected, of, by("rsf", "Omar Idris"))
	for name, c := range map[string]struct {
		before []news.Development
		want   string
	}{
		"another person, the same offer":                {[]news.Development{offer, no}, "repeat"},
		"another person, and a proposal has come since": {[]news.Development{offer, no, truce}, "update"},
		"nothing is known to have been offered":         {[]news.Development{no}, "new"},
	} {
		t.Run(name, func(t *testing.T) {
			desk := NewDesk()
			now := at
			for _, d := range append(c.before, dev(news.ProposalRejected, of, by("rsf", "Hassan Taha"))) {
				now = now.Add(time.Hour)
				j := desk.Judge(Report{Item: news.Item{Published: now}, Developments: []news.Development{d}})[0]
				if d.Speaker != nil && d.Speaker.Name != nil && *d.Speaker.Name == "Hassan Taha" && string(j.Is) != c.want {
					t.Errorf("is %s (%s), want %s", j.Is, j.Reason, c.want)
				}
			}
		})
	}
}
