package story

import (
	"time"

	"parley/internal/news"
)

// Days returns the first and the last day on which something is to happen that a
// development announces, as midnights UTC: talks, a signature, a deadline, which
// is but its last day. It is not ok for what announces nothing, and where only a
// month is named, in which no day is the one to remind of. The day of an agreement
// that is not after its first report is that on which it was made.
func Days(d *news.Tracked) (first, last time.Time, ok bool) {
	switch d.Kind {
	case news.TalksScheduled, news.AgreementReached, news.AgreementSigned, news.Ultimatum:
	default:
		return first, last, false
	}
	if d.Certainty == news.Denied {
		return first, last, false
	}
	for _, x := range d.Dates {
		from, err := time.Parse(time.DateOnly, x.Start)
		to, err2 := time.Parse(time.DateOnly, max(x.End, x.Start))
		if err != nil || err2 != nil || x.Granularity == "month" {
			continue
		}
		if x.Granularity == "deadline" {
			from = to
		}
		if !ok || from.Before(first) {
			first = from
		}
		if !ok || to.After(last) {
			last = to
		}
		ok = true
	}
	if d.Kind == news.AgreementReached || d.Kind == news.AgreementSigned {
		ok = ok && first.After(d.First)
	}
	return first, last, ok
}

// Answers reports whether after a change the day that the older development names
// is no longer waited for.
func Answers(c news.Change) bool { return ends(c) || c == news.Contradicted }

// Outcomes lists the kinds of development that say what became of one that was
// announced, also where they are not known to be about the very same.
func Outcomes(k news.Kind) []news.Kind {
	talks := []news.Kind{
		news.TalksStarted, news.TalksEnded, news.TalksPostponed, news.TalksCancelled, news.TalksSuspended,
		news.AgreementReached, news.AgreementSigned, news.Denial,
	}
	switch k {
	case news.Ultimatum:
		return append(talks, news.ProposalAccepted, news.ProposalRejected, news.SanctionsImposed, news.SanctionsEased, news.ViolationAlleged)
	case news.AgreementReached, news.AgreementSigned:
		return append(talks, news.ViolationAlleged)
	}
	return talks
}
