package lookup

import (
	"fmt"
	"strings"
	"time"
)

// maxBars is how many days get a bar of their own; more are shown by the week.
const maxBars = 31

// Chart writes the hits by day as bars of at most so many characters, the oldest
// first: "Fri 20 Nov ████ 4, 2 new". New are those that would have alerted.
func (b Backtest) Chart(width int) []string {
	type bar struct {
		name         string
		hits, alerts int
	}
	var bars []bar
	weekly := len(b.Days) > maxBars
	for i, d := range b.Days {
		day, err := time.Parse(time.DateOnly, d.Day)
		if err != nil {
			continue
		}
		if !weekly {
			bars = append(bars, bar{day.Format("Mon _2 Jan"), d.Hits, d.Alerts})
			continue
		}
		if i == 0 || day.Weekday() == time.Monday {
			bars = append(bars, bar{"week of " + day.Format("_2 Jan"), 0, 0})
		}
		last := &bars[len(bars)-1]
		last.hits, last.alerts = last.hits+d.Hits, last.alerts+d.Alerts
	}
	most := 1
	for _, x := range bars {
		most = max(most, x.hits)
	}
	out := make([]string, len(bars))
	for i, x := range bars {
		out[i] = x.name + " "
		if x.hits > 0 {
			// rounded up, so that a single hit is seen beside a thousand
			out[i] += strings.Repeat("█", (x.hits*width+most-1)/most) + fmt.Sprintf(" %d", x.hits)
			if x.alerts != x.hits {
				out[i] += fmt.Sprintf(", %d new", x.alerts)
			}
		} else {
			out[i] += "·"
		}
	}
	return out
}
