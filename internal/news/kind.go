package news

import "slices"

// A Kind says what happened. The set and the groups are fixed: rules, labels
// and scripts of users are written against them.
type Kind string

// The kinds of development.
const (
	TalksScheduled   Kind = "talks-scheduled"   // a meeting, round or resumption still to come is announced or dated
	TalksStarted     Kind = "talks-started"     // opened or resumed
	TalksEnded       Kind = "talks-ended"       // a round or session ended in the normal way
	TalksPostponed   Kind = "talks-postponed"   // put off or moved to a later date
	TalksCancelled   Kind = "talks-cancelled"   // called off
	TalksSuspended   Kind = "talks-suspended"   // walk-out, recall, breakdown, pause in running talks
	MediationOffered Kind = "mediation-offered" // offer to host or mediate, invitation not yet accepted
	MessageConveyed  Kind = "message-conveyed"  // a mediator or channel has passed something
	ProposalMade     Kind = "proposal-made"     // terms put on the table
	ProposalAccepted Kind = "proposal-accepted" // one side says yes
	ProposalRejected Kind = "proposal-rejected" // also an offer of mediation
	AgreementReached Kind = "agreement-reached" // both sides agree, in principle too, or a truce is announced
	AgreementSigned  Kind = "agreement-signed"  // signed, initialled or entered into force
	ViolationAlleged Kind = "violation-alleged" // a breach is alleged, or a side stops applying an accord
	Atmosphere       Kind = "atmosphere"        // someone characterises mood or progress
	GapsNamed        Kind = "gaps-named"        // sticking points
	Ultimatum        Kind = "ultimatum"         // a deadline with a threat, or a threat tied to the talks
	SanctionsImposed Kind = "sanctions-imposed" // tied to the talks
	SanctionsEased   Kind = "sanctions-eased"   // tied to the talks
	Denial           Kind = "denial"            // talks or a concrete published claim denied
)

// Kinds lists every kind in the order of the labelling guide.
func Kinds() []Kind {
	return []Kind{
		TalksScheduled, TalksStarted, TalksEnded, TalksPostponed, TalksCancelled, TalksSuspended,
		MediationOffered, MessageConveyed, ProposalMade, ProposalAccepted, ProposalRejected,
		AgreementReached, AgreementSigned, ViolationAlleged, Atmosphere, GapsNamed, Ultimatum,
		SanctionsImposed, SanctionsEased, Denial,
	}
}

// KindGroups lists the groups a kind: query may name instead of a kind.
func KindGroups() []string {
	return []string{"any", "talks", "mediation", "proposal", "agreement", "signal", "pressure", "sanctions", "setback"}
}

// Groups lists the groups that k belongs to, "any" among them.
func (k Kind) Groups() []string {
	groups := []string{"any"}
	for _, g := range KindGroups()[1:] {
		if slices.Contains(members(g), k) {
			groups = append(groups, g)
		}
	}
	return groups
}

func members(group string) []Kind {
	switch group {
	case "talks":
		return []Kind{TalksScheduled, TalksStarted, TalksEnded, TalksPostponed, TalksCancelled, TalksSuspended}
	case "mediation":
		return []Kind{MediationOffered, MessageConveyed}
	case "proposal":
		return []Kind{ProposalMade, ProposalAccepted, ProposalRejected}
	case "agreement":
		return []Kind{AgreementReached, AgreementSigned}
	case "signal":
		return []Kind{Atmosphere, GapsNamed, Denial}
	case "pressure":
		return []Kind{Ultimatum, SanctionsImposed}
	case "sanctions":
		return []Kind{SanctionsImposed, SanctionsEased}
	case "setback":
		return []Kind{TalksPostponed, TalksCancelled, TalksSuspended, ProposalRejected, ViolationAlleged}
	}
	return nil
}
