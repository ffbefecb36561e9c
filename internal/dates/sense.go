package dates

// A class is what a word is to the grammar of dates.
type class uint8

const (
	classNone      class = iota
	classDigits          // a number in digits; val is its value, -1 for more than four
	classNumeral         // a number word
	classTens            // twenty, thirty: may be followed by a numeral or an ordinal
	classVague           // few, several, couple; val is how many are meant, 0 for unknown
	classArticle         // a, an; val 1
	classOrdinal         // second, the word
	classOrdSuffix       // the th of 24th
	classWeekday
	classWeekdayShort
	classMonth
	classMonthShort
	classMonthName // a month that is also a name or another word: May, March
	classSolarMonth
	classLunarMonth
	classUnit
	classShift       // next, last, this; val is a shift
	classPart        // early, mid, late, beginning; val is a part
	classEitherDay   // yesterday or tomorrow, as the verb has it: Urdu kal
	classAgoFirst    // il y a: ago, before the number
	classDual        // a unit in the dual: two of it
	classNow         // now: a date only as an end of a period
	classHourMark    // a las, الساعة: leads to a time of day
	classOvernight   // the night between two days
	classRelative    // today, tomorrow; val is the days from today
	classDaytime     // morning, evening
	classHolidayName // a holiday only with a capital
	classHoliday     // val is an index into holidays
	classSeason      // val is the first month
	classQuarter     // q1
	classHalf        // h1
	classAround      // hedges a date: around, about
	classBy          // by, before, until: makes a deadline
	classExactBy     // no later than: a deadline whatever follows
	classWithin      // within: a deadline n units ahead
	classAfter       // after, since
	classFrom
	classBetween
	classTo
	classThrough
	classAnd
	classOr
	classOf
	classThe
	classOn // on, at; val 1 for a word that may introduce a month or a year (in)
	classAgo
	classHence     // from now, later
	classBeginning // week beginning
	classAtLatest  // at the latest, behind a date
	classOrSo      // or so, behind a date
	classOtherDays // other days next week
	classIn        // in: in two weeks
	classPreferred // preferably
	classAlternate // also possible
	classMeridiem  // am, pm; val 12 for pm
	classOclock
	classZone  // gmt, local time; val in quarter hours, zoneLocal
	classGuard // follows a word that only looks like a date: Sunday Times
	classEvery // every, daily: no single day
	classWorkday
	classEve  // the eve of a feast, its morrow; val is the days from it
	classCont // inside a phrase
)

// A cue is what a word says about the dates near it. A word may give several.
type cue uint32

const (
	cueSpeech     cue = 1 << iota // a verb of saying
	cueSpeechNoun                 // statement, news conference
	cueEvent                      // talks, round, summit
	cueEventVerb                  // resume, meet, hold
	cuePast                       // a finished action, a verb in the past
	cueFuture                     // will, shall
	cuePlan                       // scheduled, due, expected
	cueConsider                   // may, might, proposed
	cuePostpone                   // postponed, moved
	cueCancel                     // called off
	cueNegate                     // not, denied
	cueOriginal                   // originally, instead of
	cueBackground                 // anniversary, last met
	cueBoundary                   // begins a clause: and, while, which
	cueBeing                      // be, been: a participle behind it is passive
	cuePerfect                    // had
	cueToVerb                     // to, before a verb
	cueOther                      // a happening that is none of talks: attack, election
	cuePlace                      // a preposition of place or topic: words an event noun may be parted from its date by
	cueAct                        // agreeing, inviting: a date right behind is that of the act
	cueThat                       // begins reported speech
	cueGive                       // giving or having time: "ten days to reply" behind it is a deadline
	cueAnd                        // "and" is written together with the word
	cueMost                       // the worst, the only: "in two years" behind it is how long
)

// A shift says which of a recurring unit is meant.
type shift int8

const (
	shiftNone shift = iota
	shiftThis
	shiftNext
	shiftComing // strictly ahead: the coming Tuesday
	shiftFollowing
	shiftLast
	shiftRecent // strictly behind: this past Tuesday
	shiftSame
)

// A part is a stretch of a week, month or year.
type part int8

const (
	partNone part = iota
	partEarly
	partMid
	partLate
	partStart
	partEnd
	partLater
	partEarlier
	partRest
	partFirstHalf
	partSecondHalf
)

// A unit is a length of time.
type unit int8

const (
	unitNone unit = iota
	unitDay
	unitWeek
	unitFortnight
	unitWeekend
	unitMonths
	unitQuarters
	unitYear
	unitHour
	unitMinute
	unitDecade
	unitCentury
	unitWorkingDay
	unitHalfYear
)

// A sense is all that the lexicon knows of a word, small enough to be kept for
// every token of a text.
type sense struct {
	class class
	n     uint8 // tokens it covers, 1 but for phrases
	val   int16
	cues  cue
}

// dates reports a sense that a date may hang on. Every expression holds one of
// these words, so that a sentence without any need not be read.
func (s sense) dates() bool {
	switch s.class {
	case classDigits, classOrdinal, classWeekday, classWeekdayShort, classMonth, classMonthShort, classMonthName, classSolarMonth, classLunarMonth,
		classRelative, classEitherDay, classOvernight, classHoliday, classHolidayName, classSeason, classQuarter, classHalf, classUnit, classDual:
		return true
	case classNumeral, classTens:
		return s.val >= 17 // nineteen eighty-six; smaller ones count units or days of a month
	}
	return false
}

// A phrase is an expression of several words, filed under its first.
type phrase struct {
	rest  []string
	next  uint32 // the hash of the first of them
	sense sense
}

type entry struct {
	sense   sense    // n is 0 for a word that only begins phrases
	plain   sense    // the same as a token gets it
	dated   bool     // a date may hang on it
	phrases []phrase // longest first
	second  uint64   // a bit for the hash of each of their second words: most texts go on otherwise
}

var (
	classes = map[string]class{
		"numeral": classNumeral, "tens": classTens, "vague": classVague, "article": classArticle, "ordinal": classOrdinal, "ord-suffix": classOrdSuffix,
		"weekday": classWeekday, "weekday.short": classWeekdayShort, "month": classMonth, "month.short": classMonthShort, "month.name": classMonthName,
		"month.solar": classSolarMonth, "month.lunar": classLunarMonth, "unit": classUnit, "shift": classShift, "part": classPart,
		"relative": classRelative, "now": classNow, "overnight": classOvernight, "hour-mark": classHourMark, "relative.either": classEitherDay, "ago-first": classAgoFirst, "dual": classDual, "daytime": classDaytime, "holiday": classHoliday, "holiday.name": classHolidayName, "season": classSeason, "quarter": classQuarter, "half": classHalf,
		"around": classAround, "by": classBy, "no-later": classExactBy, "within": classWithin, "after": classAfter, "from": classFrom, "between": classBetween,
		"to": classTo, "through": classThrough, "and": classAnd, "or": classOr, "of": classOf, "the": classThe, "on": classOn,
		"ago": classAgo, "hence": classHence, "beginning": classBeginning, "at-latest": classAtLatest, "other-days": classOtherDays, "or-so": classOrSo, "in": classIn,
		"preferred": classPreferred, "alternate": classAlternate, "meridiem": classMeridiem, "oclock": classOclock, "zone": classZone,
		"guard": classGuard, "every": classEvery, "eve": classEve,
	}
	shiftNames = map[string]int16{
		"this": int16(shiftThis), "next": int16(shiftNext), "coming": int16(shiftComing), "following": int16(shiftFollowing),
		"last": int16(shiftLast), "recent": int16(shiftRecent), "same": int16(shiftSame),
	}
	partNames = map[string]int16{
		"early": int16(partEarly), "mid": int16(partMid), "late": int16(partLate), "start": int16(partStart), "end": int16(partEnd),
		"later": int16(partLater), "earlier": int16(partEarlier), "rest": int16(partRest), "first-half": int16(partFirstHalf), "second-half": int16(partSecondHalf),
	}
	unitNames = map[string]int16{
		"day": int16(unitDay), "week": int16(unitWeek), "fortnight": int16(unitFortnight), "weekend": int16(unitWeekend), "month": int16(unitMonths),
		"quarter": int16(unitQuarters), "year": int16(unitYear), "hour": int16(unitHour), "minute": int16(unitMinute), "decade": int16(unitDecade),
		"century": int16(unitCentury), "working-day": int16(unitWorkingDay), "half": int16(unitHalfYear),
	}
	cueNames = map[string]cue{
		"speech": cueSpeech, "speech-noun": cueSpeechNoun, "event": cueEvent, "event-verb": cueEventVerb, "past": cuePast, "future": cueFuture,
		"plan": cuePlan, "consider": cueConsider, "postpone": cuePostpone, "cancel": cueCancel, "negate": cueNegate, "original": cueOriginal,
		"background": cueBackground, "boundary": cueBoundary, "being": cueBeing, "perfect": cuePerfect, "to": cueToVerb, "other": cueOther,
		"place": cuePlace, "act": cueAct, "that": cueThat, "give": cueGive, "most": cueMost,
	}
)
