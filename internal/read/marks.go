package read

// A mark is what a word is in a phrase that may be a subject, besides its class.
type mark uint64

const (
	aPronoun   mark = 1 << iota
	aLocalBody      // of the country where it is written: "the ministry said"
	aBody           // of whoever was spoken of: "the bloc said"
	aTitle          // stands before a personal name and is no part of it
	anAnd
	aRelative // "who", "which"
	aPreposition
	anAdverb // may stand between a subject and its verb
	aJoint   // "joint", "jointly"
	aStateWord
	aGroupWord
	anAgent // stands behind the subject: Urdu نے
	aGuarantor
	aRoom
	aPoll
	aSureSport // one such word is enough
	aRoutine   // of visits and receptions, at which nothing is negotiated
	anOffice   // what an official feed's name has in it
	aConfirm   // what one may decline to do
	aNever     // "neither", "nor"
	anAppeal
	aWeekday
	aWithin  // leads to a place
	aCapital // "the Omani capital"
	aHere
	aSince
	anInvitation
	aHead // the noun that counts when another stands before it: "talks formula"
	aPut  // needs more than an object: "puts it to both"
	aRestore
	aLicence
	aWaive
	aMediate
	aHope
	aTogether // "together", "down", "again": makes a sitting of "sit"
	aStuck    // verbs without an object: before a noun they only describe it
	aSureFiction
	aDispute // what negotiations are about
	aDivider // "fishing and quotas divide the two"
	aNext
	aTraveller  // "travel", "arrive"
	aPossessive // "its", "their"
	aLast       // "the last meeting": one that is over
	anAnniversary
	anAlternate // "also possible"
	aForce      // "enters into force"
	anAsking    // "asked about"
	anOfferVerb
	aFailure   // "if the talks fail"
	aGroupHead // ends the name of a group: "Liberation Army"
	anArticle
	anIf
	aDater        // fixes a day: "sets 4 June for the next sitting"
	aWhat         // "what", "how": what follows is told elsewhere
	aMemory       // "remembers", "looks back": no news
	aFixing       // "called", "convened" for a day
	anAgreement   // a verb of agreeing that needs no object: "договорились"
	anElse        // "or else"
	aLimit        // "gives until"
	aBlacklisting // a verb of sanctions that needs no noun
	aDateWord     // what one may decline to name
	aDiplomatic   // nobody but states and armed parties has it: envoys, troops, enrichment
	aTarget       // what sanctions are laid on: "officials", "vessels"
	aDone         // a finite verb behind a verbal noun: "دستخط کر دیے"
)

var markNames = map[string]mark{
	"pronoun":      aPronoun,
	"localbody":    aLocalBody,
	"body":         aBody,
	"title":        aTitle,
	"and":          anAnd,
	"relative":     aRelative,
	"preposition":  aPreposition,
	"adverb":       anAdverb,
	"together":     aJoint,
	"stateword":    aStateWord,
	"groupword":    aGroupWord,
	"agent":        anAgent,
	"guarantor":    aGuarantor,
	"rooms":        aRoom,
	"poll":         aPoll,
	"suresport":    aSureSport,
	"routine":      aRoutine,
	"official":     anOffice,
	"confirm":      aConfirm,
	"never":        aNever,
	"appeal":       anAppeal,
	"weekday":      aWeekday,
	"within":       aWithin,
	"capital":      aCapital,
	"here":         aHere,
	"since":        aSince,
	"invitation":   anInvitation,
	"fixing":       aFixing,
	"head":         aHead,
	"put":          aPut,
	"restore":      aRestore,
	"licence":      aLicence,
	"memory":       aMemory,
	"waive":        aWaive,
	"mediate":      aMediate,
	"hope":         aHope,
	"sitting":      aTogether,
	"stuck":        aStuck,
	"surefiction":  aSureFiction,
	"dispute":      aDispute,
	"divider":      aDivider,
	"next":         aNext,
	"traveller":    aTraveller,
	"possessive":   aPossessive,
	"last":         aLast,
	"anniversary":  anAnniversary,
	"alternate":    anAlternate,
	"force":        aForce,
	"asking":       anAsking,
	"offerverb":    anOfferVerb,
	"failure":      aFailure,
	"grouphead":    aGroupHead,
	"article":      anArticle,
	"provided":     anIf,
	"dater":        aDater,
	"what":         aWhat,
	"agreeing":     anAgreement,
	"else":         anElse,
	"limit":        aLimit,
	"blacklisting": aBlacklisting,
	"dateword":     aDateWord,
	"diplomatic":   aDiplomatic,
	"target":       aTarget,
	"did":          aDone,
}
