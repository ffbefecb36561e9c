package read

import "parley/internal/news"

// A frame says what a trigger makes of its argument: "resume" with talks is
// talks that started, or are scheduled when the verb looks ahead.
type frame struct {
	class    class
	args     set // one of these must stand near, in the same sentence
	left     int // how many tokens before the trigger the argument may end
	right    int // and behind it
	happened news.Kind
	planned  news.Kind
	weight   float32 // how surely the frame means its kind
}

// frames are tried in this order; of two that fit one trigger the one whose
// argument is nearer wins.
func frames() []frame {
	meeting := of(cTalks, cMeeting)
	return []frame{
		{class: cPostpone, args: meeting, left: 24, right: 9, happened: news.TalksPostponed, planned: news.TalksPostponed, weight: 1.2},
		{class: cCancel, args: meeting, left: 24, right: 9, happened: news.TalksCancelled, planned: news.TalksCancelled, weight: 1.2},
		{class: cSuspend, args: meeting, left: 24, right: 9, happened: news.TalksSuspended, planned: news.TalksSuspended, weight: 1.15},
		{class: cStart, args: meeting, left: 24, right: 9, happened: news.TalksStarted, planned: news.TalksScheduled, weight: 1},
		{class: cEnd, args: meeting, left: 24, right: 9, happened: news.TalksEnded, weight: 1.05},
		{class: cHold, args: meeting, left: 12, right: 9, happened: news.TalksEnded, planned: news.TalksScheduled, weight: .95},
		{class: cOffer, args: of(cTalks, cMeeting, cMediating, cDeal), left: 0, right: 10, happened: news.MediationOffered, planned: news.MediationOffered, weight: 1.15},
		{class: cConvey, args: of(cMessage), left: 8, right: 7, happened: news.MessageConveyed, weight: 1},
		{class: cAccept, args: of(cProposal, cDeal), left: 8, right: 7, happened: news.ProposalAccepted, weight: 1.05},
		{class: cReject, args: of(cProposal, cDeal, cTalks, cMediating, cOffer), left: 8, right: 8, happened: news.ProposalRejected, weight: 1.05},
		{class: cReject, args: of(cMeeting), left: 0, right: 5, happened: news.ProposalRejected, weight: .95},
		{class: cPropose, args: of(cProposal, cDeal, cTalks), left: 8, right: 8, happened: news.ProposalMade, weight: .95},
		{class: cSign, args: of(cDeal), left: 10, right: 9, happened: news.AgreementSigned, weight: 1.15},
		{class: cViolate, args: of(cDeal), left: 8, right: 8, happened: news.ViolationAlleged, weight: 1.1},
		{class: cReach, args: of(cDeal), left: 7, right: 9, happened: news.AgreementReached, weight: 1},
		{class: cSuspend, args: of(cDeal), left: 8, right: 7, happened: news.ViolationAlleged, weight: 1},
		{class: cCancel, args: of(cDeal), left: 0, right: 5, happened: news.ViolationAlleged, weight: 1},
		{class: cSuspend, args: of(cSanction), left: 8, right: 5, happened: news.SanctionsEased, weight: 1.05},
		{class: cImpose, args: of(cSanction), left: 6, right: 8, happened: news.SanctionsImposed, weight: 1},
		{class: cEase, args: of(cSanction), left: 6, right: 8, happened: news.SanctionsEased, weight: 1},
	}
}

// salience orders kinds that one sentence reports together: what happened
// comes before how it is described.
func salience(k news.Kind) float32 {
	switch k {
	case news.Atmosphere, news.GapsNamed:
		return .55
	case news.TalksScheduled:
		return .97
	case news.MessageConveyed, news.ProposalMade:
		return .95
	}
	return 1
}
