// Package config reads parley's configuration: a YAML file, and secrets from
// the environment, which never stand in the file. It turns them into checked
// values and reports every fault of the file at once, each with its line and
// column. What needs knowledge of actors or of the query language (is this
// actor known, does this query parse) is checked by the caller, who gets the
// position of every value for that.
package config

import (
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"parley/internal/news"
)

// A Config is a checked configuration.
type Config struct {
	File     string
	Source   []byte
	Zone     *time.Location // time_zone: in which digests, quiet hours and plain dates are written
	Database string
	Listen   string        // host:port of page, health, metrics and Slack over HTTP; empty: none
	MaxAge   time.Duration // older items are stored, never posted

	RemindAt     time.Duration // after midnight in a channel's zone: of days that were named; negative: never
	RemindBefore int           // how many days before; 0: on the day

	AllowPrivate []netip.Prefix // private networks that feeds may be fetched from
	Proxy        *url.URL       // through which feeds are fetched; nil: none, whatever the environment says

	Channel       string // where alerts go that no subscription claims
	Notices       string // where is told of feeds that need somebody; empty: Channel
	Creators      bool   // only who made a subscription may change or end it, and admins; else any member
	PublicURL     string // at which browsers and Slack reach parley, without a last slash; empty: they do not
	Feeds         []Feed
	Actors        []Actor
	Negotiations  []Negotiation
	Rules         []Rule
	Subscriptions []Subscription
}

// A Position is a place in the file: line and column, both counted from 1, the
// column in characters. The zero Position is no place.
type Position struct{ Line, Column int }

// At is where the thing stands that others may name; the other places are of
// values that are checked elsewhere.

// A Feed is a configured feed with its place.
type Feed struct {
	news.Feed
	At, URLAt Position
}

// An Actor is a configured actor with the place of what refers to another.
type Actor struct {
	news.Actor
	At, SpeaksForAt Position
}

// A Negotiation is a configured negotiation; Refs are the places of the actors
// it names.
type Negotiation struct {
	news.Negotiation
	At   Position
	Refs []Ref
}

// A Ref is the id of an actor where the file names it.
type Ref struct {
	ID string
	At Position
}

// A Rule is a configured rule with its examples.
type Rule struct {
	news.Rule
	At, WhenAt Position
	Match      []Example
	Silent     []Example
}

// An Example is an item that a rule must match, or must not. One that is only
// a headline counts as published when it is checked.
type Example struct {
	At        Position
	Title     string
	Text      string
	Feed      string
	FeedAt    Position
	Published time.Time // zero: now
}

// A Subscription is a configured subscription with the place of its query.
type Subscription struct {
	news.Subscription
	At, ToAt Position
}

// Secrets are what the environment gives. They print as nothing.
type Secrets struct {
	BotToken      string // SLACK_BOT_TOKEN
	AppToken      string // SLACK_APP_TOKEN, for Socket Mode
	SigningSecret string // SLACK_SIGNING_SECRET, for signed HTTP
	ClientID      string // SLACK_CLIENT_ID, to be installed in several workspaces
	ClientSecret  string // SLACK_CLIENT_SECRET, with it
	TokenKey      string // PARLEY_TOKEN_KEY: keys that seal their tokens, the newest first
	APIURL        string // SLACK_API_URL: another place than Slack's own, for tests and proxies
}

// SecretsFrom reads the secrets with the given look-up, os.Getenv in a program.
// Space around them, such as the end of the line of a file that held them, is
// no part of them.
func SecretsFrom(getenv func(string) string) Secrets {
	get := func(name string) string { return strings.TrimSpace(getenv(name)) }
	s := Secrets{
		BotToken: get("SLACK_BOT_TOKEN"), AppToken: get("SLACK_APP_TOKEN"),
		SigningSecret: get("SLACK_SIGNING_SECRET"),
		ClientID:      get("SLACK_CLIENT_ID"), ClientSecret: get("SLACK_CLIENT_SECRET"), TokenKey: get("PARLEY_TOKEN_KEY"), APIURL: get("SLACK_API_URL"),
	}
	if s.APIURL != "" && !strings.HasSuffix(s.APIURL, "/") {
		s.APIURL += "/" // methods are appended to it
	}
	return s
}

// String hides the secrets from logs and errors.
func (Secrets) String() string { return "secrets" }

// Format hides them from every verb, %#v and %d as well.
func (s Secrets) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText hides them from JSON and structured logs.
func (s Secrets) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
