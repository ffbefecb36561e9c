package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

func TestStand(t *testing.T) {
	const day = 24 * time.Hour
	type told struct {
		after   time.Duration
		dev     news.Development
		updates news.DevelopmentID
		change  news.Change
	}
	scheduled := told{0, dev(news.TalksScheduled, on("2026-11-24")), 0, ""}
	started := told{4 * day, dev(news.TalksStarted, round(2)), 1, news.Started}
	ended := told{5 * day, dev(news.TalksEnded, round(2)), 2, news.Ended}
	for name, c := range map[string]struct {
		list  []told
		now   time.Duration
		want  State
		by    news.DevelopmentID
		round int
		ahead int
	}{
		"never heard of":                     {nil, 0, Quiet, 0, 0, 0},
		"a day is named":                     {[]told{scheduled}, day, Scheduled, 1, 0, 1},
		"the day is past, nothing was heard": {[]told{scheduled}, 6 * day, BetweenRounds, 1, 0, 0},
		"named without a day":                {[]told{{0, dev(news.TalksScheduled), 0, ""}}, day, BetweenRounds, 1, 0, 0},
		"rumoured":                           {[]told{{0, dev(news.TalksScheduled, sure(news.Reported), on("2026-11-24")), 0, ""}}, day, Scheduled, 1, 0, 1},
		"denied":                             {[]told{scheduled, {day, dev(news.Denial, denies(news.TalksScheduled)), 1, news.Contradicted}}, day, Quiet, 0, 0, 0},
		"put off":                            {[]told{scheduled, {day, dev(news.TalksPostponed), 1, news.PutOff}}, day, BetweenRounds, 2, 0, 0},
		"put off to a day":                   {[]told{scheduled, {day, dev(news.TalksPostponed), 1, news.PutOff}, {day, dev(news.TalksScheduled, on("2026-11-27")), 1, news.DateMoved}}, day, Scheduled, 3, 0, 1},
		"called off":                         {[]told{scheduled, {day, dev(news.TalksCancelled), 1, news.CalledOff}}, day, BetweenRounds, 2, 0, 0},
		"one of two days is called off":      {[]told{scheduled, {0, dev(news.TalksScheduled, on("2026-11-28")), 0, ""}, {day, dev(news.TalksCancelled), 1, news.CalledOff}}, day, Scheduled, 3, 0, 1},
		"called off, it is rumoured":         {[]told{scheduled, {day, dev(news.TalksCancelled, sure(news.Reported)), 0, ""}}, day, Scheduled, 1, 0, 1},
		"under way":                          {[]told{scheduled, started}, 4 * day, UnderWay, 2, 2, 0},
		"under way, out of the blue":         {[]told{{0, dev(news.TalksStarted), 0, ""}}, day, UnderWay, 1, 0, 0},
		"under way for too long":             {[]told{scheduled, started}, 14 * day, BetweenRounds, 2, 2, 0},
		"the next is named while they sit":   {[]told{started, {4 * day, dev(news.TalksScheduled, on("2026-12-01")), 0, ""}}, 4 * day, UnderWay, 1, 2, 1},
		"a round is over":                    {[]told{scheduled, started, ended}, 5 * day, BetweenRounds, 3, 2, 0},
		"over, and the next is named":        {[]told{scheduled, started, ended, {5 * day, dev(news.TalksScheduled, on("2026-12-01")), 0, ""}}, 5 * day, Scheduled, 4, 2, 1},
		"the next was named before the end":  {[]told{started, {4 * day, dev(news.TalksScheduled, on("2026-12-01")), 0, ""}, {5 * day, dev(news.TalksEnded), 1, news.Ended}}, 5 * day, Scheduled, 3, 2, 1},
		"broken off":                         {[]told{started, {5 * day, dev(news.TalksSuspended), 1, news.Suspended}}, 5 * day, Halted, 2, 2, 0},
		"broken off, to go on one day":       {[]told{started, {5 * day, dev(news.TalksSuspended), 1, news.Suspended}, {6 * day, dev(news.TalksScheduled, on("2026-12-01")), 2, news.Resumed}}, 6 * day, Scheduled, 3, 2, 1},
		"broken off, and going on":           {[]told{started, {5 * day, dev(news.TalksSuspended), 1, news.Suspended}, {6 * day, dev(news.TalksStarted), 2, news.Resumed}}, 6 * day, UnderWay, 3, 2, 0},
		"quiet after a month":                {[]told{started, ended}, 40 * day, Quiet, 2, 2, 0},
		"broken off a month ago":             {[]told{{0, dev(news.TalksSuspended), 0, ""}}, 31 * day, Quiet, 1, 0, 0},
		"agreed":                             {[]told{started, {5 * day, dev(news.AgreementReached), 0, ""}}, 5 * day, Agreed, 2, 2, 0},
		"agreed, and talks of it end":        {[]told{started, {5 * day, dev(news.AgreementReached), 0, ""}, {6 * day, dev(news.TalksScheduled, on("2026-12-01")), 0, ""}}, 6 * day, Scheduled, 3, 2, 1},
		"agreed for good":                    {[]told{{0, dev(news.AgreementSigned), 0, ""}}, 90 * day, Agreed, 1, 0, 0},
		"a signature ahead":                  {[]told{{0, dev(news.AgreementReached, on("2026-11-30")), 0, ""}}, day, Agreed, 1, 0, 1},
		"an agreement that is only likely":   {[]told{started, {5 * day, dev(news.AgreementReached, sure(news.Expected)), 0, ""}}, 5 * day, UnderWay, 1, 2, 0},
		"statements move nothing":            {[]told{scheduled, {day, dev(news.Atmosphere, tone(1)), 0, ""}, {day, dev(news.ViolationAlleged), 0, ""}}, day, Scheduled, 1, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var list []news.Tracked
			for i, x := range c.list {
				list = append(list, news.Tracked{ID: news.DevelopmentID(i + 1), Updates: x.updates, Change: x.change, Development: x.dev, First: at.Add(x.after), Last: at.Add(x.after)})
			}
			for range 2 {
				now := at.Add(c.now)
				got := Stand(list, now, now.Format(time.DateOnly))
				if got.State != c.want || got.By != c.by || got.Round != c.round || len(got.Ahead) != c.ahead || got.Last != news.DevelopmentID(len(list)) {
					t.Errorf("%s by %v, round %d, %d ahead, last %v", got.State, got.By, got.Round, len(got.Ahead), got.Last)
				}
				for i := range len(list) / 2 { // in whatever order they come
					list[i], list[len(list)-1-i] = list[len(list)-1-i], list[i]
				}
			}
		})
	}
}

// A state that time alone brought about began when it did, not with the last report.
func TestSince(t *testing.T) {
	const day = 24 * time.Hour
	midnight := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	scheduled := news.Tracked{ID: 1, Development: dev(news.TalksScheduled, on("2026-11-24")), First: at}
	started := news.Tracked{ID: 2, Updates: 1, Change: news.Started, Development: dev(news.TalksStarted), First: at.Add(4 * day)}
	for name, c := range map[string]struct {
		list  []news.Tracked
		now   time.Duration
		state State
		since time.Time
	}{
		"reported":               {[]news.Tracked{scheduled}, day, Scheduled, at},
		"the day is past":        {[]news.Tracked{scheduled}, 6 * day, BetweenRounds, midnight("2026-11-25")},
		"long past":              {[]news.Tracked{scheduled}, 60 * day, Quiet, midnight("2026-11-25").Add(QuietAfter)},
		"nobody says it is over": {[]news.Tracked{scheduled, started}, 14 * day, BetweenRounds, started.First.Add(sitting)},
	} {
		now := at.Add(c.now)
		if got := Stand(c.list, now, now.Format(time.DateOnly)); got.State != c.state || !got.Since.Equal(c.since) {
			t.Errorf("%s: %s since %s, want %s since %s", name, got.State, got.Since, c.state, c.since)
		}
	}
}
