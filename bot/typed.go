package bot

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/news"
)

// slackLink is how Slack delivers what it made a link of: <https://dawn.com|dawn.com>.
// References to channels and people, <#C1|name> and <@U1|name>, are left alone.
var slackLink = regexp.MustCompile(`<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>`)

// typed returns a command as it was typed, from the form in which Slack delivers
// it: & < > are resolved, links are put back into what was written, and the
// quotation marks that phones and Macs curl by themselves are straight again,
// since in a query they have a meaning.
func typed(text string) string {
	text = slackLink.ReplaceAllStringFunc(text, func(s string) string {
		m := slackLink.FindStringSubmatch(s)
		if m[2] != "" {
			return m[2]
		}
		return m[1]
	})
	text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text) // in one pass: &amp;lt; is &lt;
	return tidy(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "\u2011", "-").Replace(text))
}

// channelRef is a channel as Slack delivers it when it was chosen from the list.
var channelRef = regexp.MustCompile(`^<#([A-Z0-9]+)(?:\|([^>]*))?>$`)

// A destination is a channel that somebody named, or the one where he or she is.
type destination struct {
	channel string // id where Slack told it, else the name with its #
	name    string // with its #; empty when it is not known
	here    bool
	// user is set where a person is alone, with parley or with somebody else: alerts
	// go to that person, and channel is his or her id.
	user   string
	direct string // id of that conversation
}

// destined takes "in #channel" off the end of what was typed in r.
func destined(words string, r Request) (rest string, to destination) {
	to = destination{channel: r.Channel, here: true}
	if r.ChannelName != "" {
		to.name = "#" + r.ChannelName
	}
	if r.alone() && r.User != "" {
		to.channel, to.user, to.direct = r.User, r.User, r.Channel
	}
	fields := strings.Fields(words)
	if len(fields) < 2 || !strings.EqualFold(fields[len(fields)-2], "in") {
		return words, to
	}
	last := fields[len(fields)-1]
	var named destination
	switch m := channelRef.FindStringSubmatch(last); {
	case m != nil:
		named.channel = m[1]
		if m[2] != "" {
			named.name = "#" + strings.ToLower(m[2])
		}
	case strings.HasPrefix(last, "#") && len(last) > 1:
		named.name = strings.ToLower(last)
		named.channel = named.name
	default:
		return words, to
	}
	rest = strings.TrimRightFunc(words[:strings.LastIndex(words, last)], unicode.IsSpace)
	rest = strings.TrimRightFunc(rest[:len(rest)-2], unicode.IsSpace)
	if named.channel == to.channel || named.name != "" && named.name == to.name {
		return rest, to
	}
	return rest, named
}

// holds says whether a subscription is one of the channel, which the configuration
// calls by its name where Slack's requests give an id.
func (d destination) holds(s news.Subscription) bool {
	return s.Channel == d.channel || d.direct != "" && s.Channel == d.direct || personal(s.Channel, s.Author, d.user) || d.name != "" && strings.EqualFold(s.Channel, d.name)
}

// String writes the channel for people, as mrkdwn.
func (d destination) String() string {
	switch {
	case d.user != "":
		return "your conversation with me"
	case d.here:
		return "this channel"
	}
	return showChannel(d.channel)
}

// told is what the channel calls itself in what is announced there.
func (d destination) told() string {
	if d.user != "" {
		return "this conversation"
	}
	return "this channel"
}

// again writes the channel so that it can be typed: " in #desk", nothing for here.
func (d destination) again() string {
	switch {
	case d.here:
		return ""
	case d.name != "":
		return " in " + d.name
	}
	return " in <#" + d.channel + ">"
}

// showChannel writes a channel so that Slack makes a link of it.
func showChannel(channel string) string {
	if channel != "" && (channel[0] == 'C' || channel[0] == 'G') && strings.ToUpper(channel) == channel {
		return "<#" + mrkdwn(channel) + ">"
	}
	if person(channel) {
		return "direct messages to <@" + mrkdwn(channel) + ">"
	}
	if strings.HasPrefix(channel, "D") && strings.ToUpper(channel) == channel {
		return "this conversation"
	}
	return mrkdwn(tidy(channel))
}

// userID is what Slack calls a person.
var userID = regexp.MustCompile(`^[UW][A-Z0-9]+$`)

// person says whether a subscription's channel is a person, who gets direct
// messages.
func person(channel string) bool { return userID.MatchString(channel) }

// personal says whether a channel is a person's own: direct messages to him or
// her, or, as they were called before, the conversation in which it was typed.
func personal(channel, author, user string) bool {
	return user != "" && (channel == user || strings.HasPrefix(channel, "D") && author == user)
}

// others says whether a channel is another person's own: what comes to somebody
// as direct messages concerns nobody else.
func others(channel, author, user string) bool {
	return (strings.HasPrefix(channel, "D") || person(channel)) && !personal(channel, author, user)
}

// showUser writes a person so that Slack makes a name of it.
func showUser(id string) string {
	if id == "" {
		return "the configuration"
	}
	for _, r := range id {
		if !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
			return mrkdwn(tidy(id))
		}
	}
	return "<@" + id + ">"
}

// nearest returns the candidate that was probably meant, empty if none is near:
// one slip in three letters, at most three, or the beginning of a single one.
func nearest(typed string, candidates []string) string {
	best, least := "", min(3, max(1, utf8.RuneCountInString(typed)/3))
	for _, c := range candidates {
		if n := distance(typed, strings.ToLower(c)); n < least || n == least && best == "" {
			best, least = c, n
		}
	}
	if best != "" || utf8.RuneCountInString(typed) < 3 {
		return best
	}
	for _, c := range candidates {
		if strings.HasPrefix(strings.ToLower(c), typed) {
			if best != "" {
				return ""
			}
			best = c
		}
	}
	return best
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that make b of a. Of very long words only the beginning counts.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), 64)], y[:min(len(y), 64)]
	before, row := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}
