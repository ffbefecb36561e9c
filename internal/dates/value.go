package dates

// A kind says how a value is to be counted out.
type kind uint8

const (
	kindNone    kind = iota
	kindDate         // year, month and day of a calendar; those not said are 0
	kindWeekday      // the nearest one in the direction asked for, or in the week of shift
	kindDays         // n days from publication: today, tomorrow
	kindUnit         // this, next or last week, month, year
	kindSpan         // the next n units, not counting today; n is 0 for "coming days"
	kindAway         // n units from publication
	kindHoliday
	kindSeason  // month is its first
	kindQuarter // n is 1 to 4
	kindHalf    // n is 1 or 2
	kindDecade
	kindNight // that before publication or that behind it, by direction
)

// A value is what an expression means before anything is counted from the day
// of publication.
type value struct {
	kind    kind
	cal     calendar
	shift   shift
	part    part
	unit    unit
	weekday int8 // 1 Monday to 7 Sunday, 0 not said
	month   int8
	day     int8
	nth     int8 // the nth nthUnit of it, -1 the last
	count   int8 // how many of them: the first ten days; 0 is one
	nthUnit unit
	week    shift // "Tuesday of next week"; noShift when not said
	weekOf  bool  // the week that holds it
	ofYear  shift // "March next year"
	plus    int8  // weeks to add: "Tuesday week"
	either  bool  // n days ahead or behind, by direction
	year    int16
	n       int16
	off     int16 // moved by so many units: two days after Easter
	offUnit unit
}

// An item is an expression found, before it is counted out.
type item struct {
	first, last int // tokens of the span, half open
	next        int // where reading went on
	a, b        value
	ranged      bool
	deadline    bool
	approx      bool
	after       bool
	since       bool
	before      bool // a deadline that ends as what is named begins
	limit       bool // so many days that are given to do something
	upTo        bool // until, which of a week or month means before it
	bare        bool // a weekday or relative word with no shift or date of its own
	clock       Clock
	link        link
	other       bool // "other days next week": an alternative
	replaced    bool // the date behind it is the new one
	moved       bool // "from Tuesday to Thursday" of something put off: this is the old date
}

// A link says how an expression is tied to the one before it.
type link uint8

const (
	linkNone link = iota
	linkAnd
	linkOr
)
