package read

// A class is what a cue word does in a sentence. Their names are the section
// headings of the data files.
type class uint8

const (
	// nouns that events are about
	cTalks class = iota
	cMeeting
	cDeal
	cProposal
	cSanction
	cMessage
	cDelegation
	cGap
	// verbs and verbal nouns that make an event
	cStart
	cHold
	cEnd
	cPostpone
	cCancel
	cSuspend
	cOffer
	cConvey
	cPropose
	cAccept
	cReject
	cReach
	cSign
	cViolate
	cImpose
	cEase
	cDeny
	cUltimatum
	cGapVerb
	// what is said of talks
	cTone
	cToneOf
	// words that place an event in reality
	cWill
	cWould
	cMay
	cTo
	cBe
	cHave
	cHad
	cDo
	cNot
	cLikely
	cFail
	cWant
	cIf
	cBefore
	cPast
	cNoDate
	// who says it
	cSaid
	cAccordingTo
	cAnonymous
	cJoint
	cMediating
	cHosting
	// properties
	cRoundWord
	cIndirect
	cDirect
	cTechnical
	cMinisterial
	cOrdinal
	// subjects that are not ours
	cSport
	cBusiness
	cDomestic
	cFiction
	cOpinion
	cPrivate // a club, a carrier: its nation is no actor, its talks are none of ours
	cAnalyst // somebody who watches and has no part
	classes
)

var classNames = map[string]class{
	"talks": cTalks, "meeting": cMeeting, "deal": cDeal, "proposal": cProposal, "sanction": cSanction, "message": cMessage, "delegation": cDelegation, "gap": cGap,
	"start": cStart, "hold": cHold, "end": cEnd, "postpone": cPostpone, "cancel": cCancel, "suspend": cSuspend, "offer": cOffer, "convey": cConvey,
	"propose": cPropose, "accept": cAccept, "reject": cReject, "reach": cReach, "sign": cSign, "violate": cViolate, "impose": cImpose, "ease": cEase,
	"deny": cDeny, "ultimatum": cUltimatum, "gapverb": cGapVerb, "toneof": cToneOf,
	"will": cWill, "would": cWould, "may": cMay, "to": cTo, "be": cBe, "have": cHave, "had": cHad, "do": cDo, "not": cNot, "likely": cLikely, "fail": cFail,
	"want": cWant, "if": cIf, "before": cBefore, "past": cPast, "nodate": cNoDate,
	"said": cSaid, "accordingto": cAccordingTo, "anonymous": cAnonymous, "joint": cJoint, "mediating": cMediating, "hosting": cHosting, "guaranteeing": cMediating,
	"round": cRoundWord, "indirect": cIndirect, "direct": cDirect, "technical": cTechnical, "ministerial": cMinisterial, "summit": cMinisterial, "ordinal": cOrdinal,
	"sport": cSport, "business": cBusiness, "domestic": cDomestic, "fiction": cFiction, "opinion": cOpinion, "private": cPrivate, "analyst": cAnalyst,
}

// set is a set of classes.
type set uint64

func (s set) has(c class) bool { return s&(1<<c) != 0 }

func (s set) any(o set) bool { return s&o != 0 }

// of returns the set of some classes. Where these are constants the compiler
// counts the first of them out, which a loop would do each time.
func of(cs ...class) set {
	s := set(1) << cs[0]
	if len(cs) > 1 {
		s |= 1 << cs[1]
	}
	if len(cs) > 2 {
		s |= 1 << cs[2]
	}
	if len(cs) > 3 {
		s |= 1 << cs[3]
	}
	for i := 4; i < len(cs); i++ {
		s |= 1 << cs[i]
	}
	return s
}

// A form is the shape of a verb: what it can say about time.
type form byte

const (
	formNone   form = 0
	base       form = 'b'
	third      form = 'z'
	past       form = 'd' // past or participle
	gerund     form = 'g'
	nominal    form = 'n'
	future     form = 'f'
	stative    form = 's' // true as it stands: "under way"
	participle form = 'p' // means "to come" as it stands: "slated for"
	moved      form = 'm' // the place of a meeting changes
)
