// Package story tells developments apart: whether what an item reports is new,
// a repeat of what is known, or an update that changes a fact of it. Facts
// decide (negotiation, kind, who, dates, round, venue, and how long ago), never
// the likeness of texts: two reports of one topic read alike and may be two
// events, while a rewrite may share no sentence with its original.
package story

import (
	"slices"
	"time"

	"parley/internal/news"
)

// Window is how long after its latest report a development takes further
// reports in.
const Window = 72 * time.Hour

// A Desk knows the developments that are open and judges what comes in. It is
// not safe for concurrent use: one check at a time decides.
type Desk struct {
	open []news.Tracked
	next news.DevelopmentID // provisional, counts down from −1
}

// NewDesk returns a desk on which the given developments lie.
func NewDesk(open []news.Tracked) *Desk { return &Desk{open: slices.Clone(open), next: -1} }

// Judge decides what each development of an item is, and remembers it, so that
// the next item is judged against it.
func (d *Desk) Judge(item news.Item, developments []news.Development) []news.Judged {
	at := item.Published
	if at.IsZero() {
		at = item.Fetched
	}
	out := make([]news.Judged, len(developments))
	for i, dev := range developments {
		out[i] = d.judge(dev, at)
		d.remember(&out[i], at)
	}
	return out
}

func (d *Desk) judge(dev news.Development, at time.Time) news.Judged {
	j := news.Judged{Development: dev, Is: news.New, Reason: "nothing like it is known"}
	var update *news.Tracked
	for i := range d.open {
		t := &d.open[i]
		if !samePlace(&t.Development, &dev) || !near(t, at) {
			continue
		}
		if dev.Kind == t.Kind {
			switch why := changed(&t.Development, &dev); {
			case why == "":
				j.Is, j.ID, j.Updates, j.Reason = news.Repeat, t.ID, 0, "the same facts as "+t.ID.String()
				return j
			case why == different:
			case update == nil || t.Last.After(update.Last):
				update, j.Reason = t, why
			}
			continue
		}
		if why := answers(t.Kind, dev.Kind); why != "" && sameMeeting(&t.Development, &dev) && (update == nil || t.Last.After(update.Last)) {
			update, j.Reason = t, why
		}
	}
	if update != nil {
		j.Is, j.Updates = news.Update, update.ID
	}
	return j
}

// remember puts a judged development on the desk, numbering a new one
// provisionally.
func (d *Desk) remember(j *news.Judged, at time.Time) {
	if j.Is == news.Repeat {
		for i := range d.open {
			if t := &d.open[i]; t.ID == j.ID {
				if at.After(t.Last) {
					t.Last = at
				}
				return
			}
		}
		return
	}
	j.ID = d.next
	d.next--
	d.open = append(d.open, news.Tracked{ID: j.ID, Updates: j.Updates, Development: j.Development, First: at, Last: at})
}

// near reports whether a report at the given time falls into t's window.
// Reports may come out of order, so the window reaches back as well.
func near(t *news.Tracked, at time.Time) bool {
	return at.Sub(t.Last) <= Window && t.First.Sub(at) <= Window
}

// samePlace reports whether two developments belong to one negotiation, or,
// where none is configured, to the same parties.
func samePlace(a, b *news.Development) bool {
	if a.Negotiation != nil || b.Negotiation != nil {
		return a.Negotiation != nil && b.Negotiation != nil && *a.Negotiation == *b.Negotiation
	}
	return len(a.Parties) > 0 && sameSet(a.Parties, b.Parties)
}

func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// different says that two developments of one kind are two, neither of which
// changes the other.
const different = "another development of the kind"

// changed compares two developments of one kind and negotiation: "" when they
// agree, the reason when the second changes the first.
func changed(a, b *news.Development) string {
	if a.Round != nil && b.Round != nil && *a.Round != *b.Round {
		return different
	}
	switch a.Kind {
	case news.Atmosphere:
		if !sameSpeaker(a, b) || a.Tone != nil && b.Tone != nil && *a.Tone != *b.Tone {
			return different
		}
		return ""
	case news.GapsNamed, news.ProposalMade, news.MessageConveyed, news.Ultimatum, news.SanctionsImposed, news.SanctionsEased, news.ViolationAlleged, news.MediationOffered, news.ProposalRejected, news.ProposalAccepted:
		if !sameSpeaker(a, b) {
			return different
		}
	case news.Denial:
		if a.Denies != nil && b.Denies != nil && *a.Denies != *b.Denies || !sameSpeaker(a, b) {
			return different
		}
	}
	if len(a.Dates) > 0 && len(b.Dates) > 0 && !overlap(a.Dates, b.Dates) {
		if a.Kind == news.TalksStarted || a.Kind == news.TalksEnded {
			return different // held on another day: another session
		}
		return "the date has changed"
	}
	if a.Venue != nil && b.Venue != nil && *a.Venue != *b.Venue {
		return "the venue has changed"
	}
	if b.Certainty == news.Confirmed && (a.Certainty == news.Expected || a.Certainty == news.Reported) && a.Kind == news.TalksScheduled {
		return "what was " + string(a.Certainty) + " is confirmed"
	}
	return ""
}

// sameSpeaker reports whether two statements come from one side, as far as is
// known.
func sameSpeaker(a, b *news.Development) bool {
	if a.Speaker == nil || b.Speaker == nil || a.Speaker.Affiliation == nil || b.Speaker.Affiliation == nil {
		return true
	}
	return *a.Speaker.Affiliation == *b.Speaker.Affiliation
}

// overlap reports whether any day is named by both.
func overlap(a, b []news.Date) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Start <= y.End && y.Start <= x.End {
				return true
			}
		}
	}
	return false
}

// answers says why a development of kind b changes an earlier one of kind a,
// "" if it does not.
func answers(a, b news.Kind) string {
	switch {
	case a == news.TalksScheduled || a == news.TalksPostponed:
		switch b {
		case news.TalksPostponed:
			return "what was scheduled is postponed"
		case news.TalksCancelled:
			return "what was scheduled is called off"
		case news.TalksStarted:
			return "what was scheduled has started"
		case news.TalksScheduled:
			return "what was postponed has a date"
		case news.Denial:
			return "what was scheduled is denied"
		}
	case a == news.TalksStarted && b == news.TalksEnded:
		return "what had started has ended"
	case a == news.TalksStarted && b == news.TalksSuspended:
		return "what had started is suspended"
	case a == news.TalksCancelled && b == news.TalksScheduled, a == news.TalksSuspended && (b == news.TalksScheduled || b == news.TalksStarted):
		return "what was off is on again"
	case a == news.AgreementReached && b == news.AgreementSigned:
		return "what was agreed is signed"
	case a == news.ProposalMade && (b == news.ProposalAccepted || b == news.ProposalRejected):
		return "the proposal is answered"
	case (a == news.AgreementReached || a == news.ProposalAccepted || a == news.TalksStarted) && b == news.Denial:
		return "what was reported is denied"
	}
	return ""
}

// sameMeeting reports that nothing says the two are about different rounds,
// and that a denial denies what the other says.
func sameMeeting(a, b *news.Development) bool {
	if b.Kind == news.Denial && b.Denies != nil && *b.Denies != a.Kind {
		return false
	}
	return a.Round == nil || b.Round == nil || *a.Round == *b.Round
}
