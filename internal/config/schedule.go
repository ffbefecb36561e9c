package config

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// often is how often a feed is asked at most.
const often = 30 * time.Second

// Auto is the `every` of a feed that is asked as often as it brings something,
// within bounds. Its schedule is that of failures.
const Auto = "auto"

// ParseSchedule reads an `every`: a duration of at least 30 s, a cron line of
// five fields, which counts in zone, or Auto.
func ParseSchedule(every string, zone *time.Location) (cron.Schedule, error) {
	if every == Auto {
		return cron.ConstantDelaySchedule{Delay: 10 * time.Minute}, nil
	}
	if d, err := time.ParseDuration(every); err == nil {
		if d < often {
			return nil, fmt.Errorf("every %q is too often: feeds are asked at most every 30s", every)
		}
		return cron.ConstantDelaySchedule{Delay: d}, nil
	}
	if len(strings.Fields(every)) < 2 && !strings.HasPrefix(every, "@") {
		return nil, fmt.Errorf("every %q is neither a duration such as 5m nor a cron line such as \"*/15 6-22 * * *\"", every)
	}
	s, err := cronLine(every, zone)
	if err != nil {
		return nil, fmt.Errorf("every %q %w", every, err)
	}
	if d, ok := s.(cron.ConstantDelaySchedule); ok && d.Delay < often { // @every 1s
		return nil, fmt.Errorf("every %q is too often: feeds are asked at most every 30s", every)
	}
	return s, nil
}

// checkDigest looks at the times of a digest.
func checkDigest(line string) error {
	if _, err := cronLine(line, time.UTC); err != nil {
		return fmt.Errorf("digest %q %w", line, err)
	}
	return nil
}

// cronLine reads a cron line of five fields. Its error continues a sentence.
func cronLine(line string, zone *time.Location) (cron.Schedule, error) {
	if strings.Contains(line, "TZ=") {
		return nil, errors.New("holds a zone: write it under the key zone")
	}
	s, err := cron.ParseStandard(fmt.Sprintf("CRON_TZ=%s %s", zone, line))
	if err != nil {
		return nil, fmt.Errorf("is no cron line: %s", cronFault(err))
	}
	// A line such as "0 0 30 2 *" is well formed and never comes. Any time does to
	// ask from, as the search goes over five years and so over a leap day.
	if s.Next(time.Unix(0, 0)).IsZero() {
		return nil, errors.New("names a day that never comes")
	}
	return s, nil
}

func cronFault(err error) string {
	s := err.Error()
	if strings.Contains(s, "expected exactly 5 fields") {
		return "it needs five fields (minute hour day month weekday)"
	}
	return s
}

// Quiet is a daily span in which only urgent alerts are posted, in minutes
// after midnight; From may be after To, across midnight.
type Quiet struct{ From, To int }

// String writes it the one way that others read: 22:00-07:00.
func (q Quiet) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

// ParseQuiet reads "22:00-07:00".
func ParseQuiet(s string) (Quiet, error) {
	a, b, ok := strings.Cut(s, "-")
	from, err1 := time.Parse("15:04", strings.TrimSpace(a))
	to, err2 := time.Parse("15:04", strings.TrimSpace(b))
	if !ok || err1 != nil || err2 != nil || from.Equal(to) {
		return Quiet{}, fmt.Errorf("quiet %q must be two times of day such as \"22:00-07:00\"", s)
	}
	return Quiet{from.Hour()*60 + from.Minute(), to.Hour()*60 + to.Minute()}, nil
}
