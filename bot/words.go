package bot

import (
	"fmt"
	"strings"

	"parley/internal/news"
)

// Slack's limits, in the units of width, and our own below them. Slack counts
// text after escaping, so mrk and code bound what they return, not what they get.
const (
	maxHeader   = 150  // plain text of a header block
	maxHeadline = 500  // of a headline that fits no header block
	maxText     = 3500 // top-level text; Slack advises to stay below 4,000
	maxField    = 350  // a field of a section; Slack refuses 2,000
	maxSection  = 2900 // text of a section; Slack refuses 3,000
	maxQuote    = 700  // a quote proves one thing: longer ones are cut
	maxTitle    = 160  // an article's title in a list of sources
	maxName     = 120  // a person, place or negotiation
	maxLink     = 1000
	maxSources  = 5 // shown with their titles; the others are counted
)

// mark is a picture for each kind, so that a channel can be scanned by eye. It
// never carries meaning alone: the word stands beside it.
func mark(k news.Kind) string {
	switch k {
	case news.TalksScheduled:
		return "📅"
	case news.TalksStarted:
		return "▶️"
	case news.TalksEnded:
		return "🏁"
	case news.TalksPostponed:
		return "⏳"
	case news.TalksCancelled:
		return "❌"
	case news.TalksSuspended:
		return "⏸️"
	case news.MediationOffered:
		return "🕊️"
	case news.MessageConveyed:
		return "✉️"
	case news.ProposalMade:
		return "📄"
	case news.ProposalAccepted:
		return "✅"
	case news.ProposalRejected:
		return "🚫"
	case news.AgreementReached:
		return "🤝"
	case news.AgreementSigned:
		return "🖋️"
	case news.ViolationAlleged:
		return "⚠️"
	case news.Atmosphere:
		return "💬"
	case news.GapsNamed:
		return "🧩"
	case news.Ultimatum:
		return "⏰"
	case news.SanctionsImposed:
		return "🔒"
	case news.SanctionsEased:
		return "🔓"
	case news.Denial:
		return "✖️"
	}
	return "📌"
}

// kindWords writes a kind for people: "Talks scheduled".
func kindWords(k news.Kind) string {
	return upperFirst(strings.ReplaceAll(plain(string(k)), "-", " "))
}

// sure says how sure a development is, and what that means.
func sure(c news.Certainty) string {
	switch c {
	case news.Confirmed:
		return "Confirmed"
	case news.Expected:
		return "Expected, not certain"
	case news.Reported:
		return "Reported, not confirmed"
	case news.Denied:
		return "Denied"
	}
	return "Not said"
}

// sureMark is a full, half or empty disc, for the eye.
func sureMark(c news.Certainty) string {
	switch c {
	case news.Confirmed:
		return "●"
	case news.Expected:
		return "◐"
	case news.Denied:
		return "✕"
	}
	return "○"
}

// levelWords writes at which level the talks are held.
func levelWords(level string) string {
	switch level {
	case "":
		return ""
	case "technical", "ministerial":
		return level + " level"
	case "direct", "indirect":
		return level + " talks"
	}
	return plain(level)
}

// plural writes a count with its noun: 1 source, 3 sources.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
