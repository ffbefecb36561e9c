// Package feed brings the items of RSS, Atom and JSON feeds home: a Fetcher
// asks for a document as politely as a good guest (conditional requests, a
// limit per host, Retry-After) and as warily as a host must who fetches what
// strangers write (no private address, no endless body, no bomb), and Parse
// reads whatever came, keeping each item that is whole. For feeds that carry only
// headlines, Article brings the text of an item from its page, as far as
// robots.txt and paywalls let it. What is wrong with a feed is an Error: a kind
// for programs and one clear sentence for people, which never holds more of an
// address than its host, since feed addresses may carry keys.
package feed

import (
	"fmt"
	"time"

	"parley/internal/news"
)

// A Kind sorts what can be wrong with a feed by what is to be done about it.
type Kind string

// The kinds of error.
const (
	Missing      Kind = "missing"       // 404: gone or never there
	Gone         Kind = "gone"          // 410: removed for good, asking again is rude
	Denied       Kind = "denied"        // 401, 403, 451 and the like: the outlet does not serve us
	Limited      Kind = "limited"       // 429, 503 with Retry-After: wait for RetryAfter
	Troubled     Kind = "troubled"      // 5xx and other answers that may pass
	Refused      Kind = "refused"       // the address is one that parley must not reach
	BadAddress   Kind = "bad address"   // the url itself cannot be fetched
	Unreachable  Kind = "unreachable"   // no such name, no connection, no trust
	Slow         Kind = "slow"          // a time limit passed
	TooLarge     Kind = "too large"     // more bytes than are read of any feed
	BadRedirects Kind = "bad redirects" // too many, or to nowhere
	WebPage      Kind = "web page"      // HTML where a feed should be
	NotAFeed     Kind = "not a feed"    // nothing that can be read as a feed
)

// An Error says what is wrong with a feed.
type Error struct {
	Kind       Kind
	Feed       string        // name of the feed
	Status     int           // HTTP status, 0 if it did not come to one
	RetryAfter time.Duration // for Limited and Troubled: how long the host asks to be left alone, 0 if it did not say
	Links      []string      // for WebPage: the feeds the page names
	Sentence   string        // what is wrong and what to do, naming the feed
	Cause      error         // may be nil; may hold the full address, so it is not for display
}

func (e *Error) Error() string { return e.Sentence }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// fault builds an Error whose sentence begins with the feed's name.
func fault(f news.Feed, kind Kind, cause error, format string, args ...any) *Error {
	return &Error{
		Kind:     kind,
		Feed:     f.Name,
		Sentence: "feed " + f.Name + ": " + fmt.Sprintf(format, args...),
		Cause:    cause,
	}
}
