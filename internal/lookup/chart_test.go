package lookup_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/lookup"
)

func TestChart(t *testing.T) {
	b := lookup.Backtest{Days: []lookup.Day{{"2026-11-18", 8, 8}, {"2026-11-19", 0, 0}, {"2026-11-20", 1, 0}, {"2026-11-21", 4, 1}}}
	want := `Wed 18 Nov ████ 8
Thu 19 Nov ·
Fri 20 Nov █ 1, 0 new
Sat 21 Nov ██ 4, 1 new`
	if got := strings.Join(b.Chart(4), "\n"); got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
}

// More than a month is shown by weeks, none of which loses a day.
func TestChartByWeek(t *testing.T) {
	var b lookup.Backtest
	day := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC) // a Wednesday
	for i := range 40 {
		b.Days = append(b.Days, lookup.Day{Day: day.AddDate(0, 0, i).Format(time.DateOnly), Hits: 1, Alerts: 1})
	}
	got := b.Chart(7)
	if len(got) != 6 || got[0] != "week of 30 Sep █████ 5" || got[1] != "week of  5 Oct ███████ 7" {
		t.Errorf("\n%s", strings.Join(got, "\n"))
	}
	sum := 0
	for _, line := range got {
		n := 0
		_, _ = fmt.Sscan(line[strings.LastIndex(line, " ")+1:], &n)
		sum += n
	}
	if sum != 40 {
		t.Errorf("%d days in all, want 40", sum)
	}
}
