package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/internal/news"
)

// statusAfter is whether a subscription keeps a status card once these wishes are
// added to what it was.
func (w wishes) statusAfter(was news.StatusWish) news.StatusWish {
	switch {
	case w.noStatus:
		return news.NoStatus
	case w.status != news.NoStatus || was != news.NoStatus:
		return news.WithStatus
	}
	return news.NoStatus
}

// Wishes are how alerts shall come: all of a subscription but what it is to. They
// stand behind the target, in any order.
//
//	subscribe us-iran in #desk as digest 08:00 weekdays level urgent quiet 22:00-07:00 threaded with status
type wishes struct {
	digest   string // cron line; empty: at once
	quiet    string // 22:00-07:00
	level    news.Level
	threaded bool
	status   news.StatusWish
	noStatus bool // the channel shall keep no status card
	any      bool // something was wished
}

// wished takes wishes and "in #channel" off the end of what was typed in r. What
// looks like a wish but cannot be read is a complaint: taken for words of a query
// it would follow something else than was meant.
func wished(words string, r Request) (rest string, w wishes, to destination, err error) {
	_, to = destined("", r)
	placed := false
	for {
		if rest, named := destined(words, r); rest != words && !placed {
			words, to, placed = rest, named, true
			continue
		}
		fields := strings.Fields(words)
		took, err := w.take(fields)
		if err != nil {
			return "", w, to, err
		}
		if took == 0 {
			return words, w, to, nil
		}
		w.any = true
		for range took { // the words before are left as they were typed
			words = strings.TrimRight(words[:strings.LastIndex(words, fields[len(fields)-1])], " ")
			fields = fields[:len(fields)-1]
		}
	}
}

// take reads a wish off the end, and returns how many words it is; 0 if there is
// none.
func (w *wishes) take(fields []string) (int, error) {
	n := len(fields)
	if n == 0 || strings.ContainsAny(fields[n-1], `"()`) { // inside of a phrase or group
		return 0, nil
	}
	is := func(i int, word string) bool { return i >= 1 && strings.EqualFold(fields[i], word) }
	switch {
	case is(n-1, "threaded"):
		w.threaded = true
		return 1, nil
	case is(n-1, "status") && is(n-2, "with"):
		w.status = news.WithStatus
		return 2, nil
	case is(n-1, "status") && is(n-2, "without"):
		w.noStatus = true
		return 2, nil
	case is(n-1, "once") && is(n-2, "at"):
		w.digest = ""
		return 2, nil
	case is(n-2, "level"):
		level := news.Level(strings.ToLower(fields[n-1]))
		if !slices.Contains([]news.Level{news.Urgent, news.Normal, news.Low}, level) {
			return 0, complaint("There is no level " + code(fields[n-1], maxName) + ": it is `level urgent`, `level normal` or `level low`. To look for these words, put them between quotation marks.")
		}
		w.level = level
		return 2, nil
	case is(n-2, "quiet"):
		if strings.EqualFold(fields[n-1], "off") {
			w.quiet = ""
			return 2, nil
		}
		quiet, ok := hours(fields[n-1])
		if !ok {
			return 0, complaint("I cannot read " + code(fields[n-1], maxName) + " as quiet hours. Say for example `quiet 22:00-07:00`. To look for these words, put them between quotation marks.")
		}
		w.quiet = quiet
		return 2, nil
	}
	for i := n - 1; i >= 2 && i >= n-4; i-- {
		if !is(i, "digest") || !is(i-1, "as") && !is(i-1, "a") {
			continue
		}
		line, ok := digestTimes(fields[i+1:])
		if !ok {
			return 0, complaint("I cannot read " + code("digest "+strings.Join(fields[i+1:], " "), maxName) + ". Say for example `as digest 08:00`, `as digest 08:00 weekdays`, `as digest 08:00,16:00 mon,wed,fri` or `as digest hourly`.")
		}
		w.digest = line
		if is(i-1, "a") && is(i-2, "as") {
			i--
		}
		return n - i + 1, nil
	}
	return 0, nil
}

var clock = regexp.MustCompile(`^(\d{1,2})(?:[:.](\d{2}))?$`)

// clockTime reads 08:00, 8.00 and 8 as minutes of the day.
func clockTime(s string) (int, bool) {
	m := clock.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(m[1]) // digits, few of them
	minute, _ := strconv.Atoi("0" + m[2])
	return hour*60 + minute, hour < 24 && minute < 60
}

// hours reads 22:00-07:00 and 22-7.
func hours(s string) (string, bool) {
	a, b, found := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(s), "-")
	from, ok1 := clockTime(a)
	to, ok2 := clockTime(b)
	if !found || !ok1 || !ok2 || from == to {
		return "", false
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60), true
}

// weekdays are the days as cron writes them.
func weekdays() []string { return []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"} }

// digestTimes makes a cron line of "08:00 weekdays"; no time is eight o'clock, no
// days are all.
func digestTimes(words []string) (string, bool) {
	minute, hourList, days := "0", "8", "*"
	for i, word := range words {
		word = strings.ToLower(strings.TrimSuffix(word, ","))
		if list, of, ok := clockTimes(word); ok && i == 0 {
			hourList, minute = list, of
			continue
		}
		switch {
		case word == "hourly" && len(words) == 1:
			return "0 * * * *", true
		case word == "daily" && i == len(words)-1:
		case strings.TrimSuffix(word, "s") == "weekday" && i == len(words)-1:
			days = "MON-FRI"
		case strings.TrimSuffix(word, "s") == "weekend" && i == len(words)-1:
			days = "SAT,SUN"
		case i == len(words)-1:
			list, ok := dayList(word)
			if !ok {
				return "", false
			}
			days = list
		default:
			return "", false
		}
	}
	return minute + " " + hourList + " * * " + days, true
}

// clockTimes reads times of one minute of the hour: 08:30,16:30.
func clockTimes(s string) (hourList, minute string, ok bool) {
	var list []string
	for _, part := range strings.Split(s, ",") {
		at, ok := clockTime(part)
		if !ok || minute != "" && minute != itoa(at%60) {
			return "", "", false
		}
		minute = itoa(at % 60)
		list = append(list, itoa(at/60))
	}
	return strings.Join(list, ","), minute, true
}

// dayList reads mon,wed and mon-fri.
func dayList(s string) (string, bool) {
	var list []string
	for _, part := range strings.Split(s, ",") {
		var ends []string
		for _, d := range strings.Split(part, "-") {
			i := slices.IndexFunc(weekdays(), func(day string) bool { return len(d) >= 3 && strings.EqualFold(d[:3], day) })
			if i < 0 {
				return "", false
			}
			ends = append(ends, weekdays()[i])
		}
		if len(ends) > 2 {
			return "", false
		}
		list = append(list, strings.Join(ends, "-"))
	}
	return strings.Join(list, ","), true
}

var plainCron = regexp.MustCompile(`^(\d{1,2}) ([\d,]+|\*) \* \* (\*|[A-Z,-]+)$`)

// digestWords writes a cron line for people, where it is one of those that can be
// typed as times.
func digestWords(line string) string {
	m := plainCron.FindStringSubmatch(line)
	if m == nil {
		return "as a digest " + code(plainQuery(line), maxName)
	}
	if m[2] == "*" {
		return "as a digest every hour"
	}
	var at []string
	for _, h := range strings.Split(m[2], ",") {
		hour, _ := strconv.Atoi(h)
		minute, _ := strconv.Atoi(m[1])
		at = append(at, fmt.Sprintf("%02d:%02d", hour, minute))
	}
	out := "as a digest at " + join(at, " and ")
	switch m[3] {
	case "*":
		return out + " every day"
	case "MON-FRI":
		return out + " on weekdays"
	case "SAT,SUN":
		return out + " on weekends"
	}
	days := strings.ToLower(m[3])
	return out + " on " + regexp.MustCompile(`[a-z]+`).ReplaceAllStringFunc(strings.ReplaceAll(days, ",", ", "), upperFirst)
}

// wishesWords writes how the alerts of a subscription come, each with its
// separator before it; empty if at once and always.
func wishesWords(s news.Subscription) string {
	out := ""
	if s.Digest != "" {
		out += "  ·  " + digestWords(s.Digest)
	}
	if s.Quiet != "" {
		out += "  ·  quiet " + mrk(tidy(s.Quiet), maxName)
	}
	switch {
	case s.Level != "" && s.Digest != "":
		out += "  ·  at once from level " + mrk(string(s.Level), maxName) + " on"
	case s.Level != "":
		out += "  ·  only from level " + mrk(string(s.Level), maxName) + " on"
	}
	if s.Threaded {
		out += "  ·  updates in threads alone"
	}
	switch s.Status {
	case news.WithStatus:
		out += "  ·  with a status card"
	case news.StatusOnly:
		out += "  ·  a status card alone, no alerts"
	}
	return out
}
