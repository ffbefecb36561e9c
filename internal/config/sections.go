package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/language"

	"parley/internal/news"
)

// The sections of the file, one function each. What they set is told by their
// keys; what is wrong is told where it stands, and the rest is read on.

func (d *decoder) root(n ast.Node) {
	c := d.c
	if _, empty := n.(*ast.NullNode); empty {
		return
	}
	d.mapping(n, "the configuration", fields{
		"time_zone": d.zone(&c.Zone),
		"database":  d.filled(&c.Database, "database"),
		"listen": d.check("listen", func(v string) error {
			c.Listen = v
			if _, port, err := net.SplitHostPort(v); v != "" && (err != nil || !isPort(port)) {
				return fmt.Errorf("listen %q is not host:port, such as 127.0.0.1:8067", v)
			}
			return nil
		}),
		"max_age": d.check("max_age", func(v string) (err error) {
			if c.MaxAge, err = time.ParseDuration(v); err != nil || c.MaxAge <= 0 {
				return fmt.Errorf("max_age %q is no duration such as 48h", v)
			}
			return nil
		}),
		"reminders": func(n ast.Node) {
			d.mapping(n, "reminders", fields{
				"at": d.check("at", func(v string) error {
					t, err := time.Parse("15:04", v)
					switch {
					case v == "":
						c.RemindAt = -1
					case err != nil:
						return fmt.Errorf("at %q is no time of day such as 08:00; empty: no reminders", v)
					default:
						c.RemindAt = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
					}
					return nil
				}),
				"days_before": d.check("days_before", func(v string) (err error) {
					if c.RemindBefore, err = strconv.Atoi(v); err != nil || c.RemindBefore < 0 || c.RemindBefore > 30 {
						c.RemindBefore = 0
						return fmt.Errorf("days_before %q is no number of days from 0 to 30", v)
					}
					return nil
				}),
			})
		},
		"allow_private": func(n ast.Node) {
			d.sequence(n, "allow_private", d.check("a network", func(v string) error {
				p, err := netip.ParsePrefix(v)
				if err != nil {
					return fmt.Errorf("%q is no network: write it as 10.1.0.0/16", v)
				}
				c.AllowPrivate = append(c.AllowPrivate, p)
				return nil
			}))
		},
		"proxy": d.check("proxy", func(v string) error {
			u, err := url.Parse(v)
			switch {
			case v == "":
				return nil
			case err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "":
				return fmt.Errorf("proxy %q is no address of a proxy, such as http://proxy.example:3128", v)
			case u.User != nil:
				return fmt.Errorf("the address of a proxy must not hold a name or password; let it know this machine by its address")
			}
			c.Proxy = u
			return nil
		}),
		"slack": func(n ast.Node) {
			d.mapping(n, "slack", fields{
				"channel": d.into(&c.Channel, "slack.channel"),
				"notices": d.into(&c.Notices, "slack.notices"),
				"changes": d.check("slack.changes", func(v string) error {
					switch v {
					case "", "members", "creators":
						c.Creators = v == "creators"
						return nil
					}
					return fmt.Errorf("slack.changes %q is neither members, who are all in a channel, nor creators, who alone may then change what they subscribed, beside admins", v)
				}),
				"bot_token":      d.secret("SLACK_BOT_TOKEN"),
				"app_token":      d.secret("SLACK_APP_TOKEN"),
				"signing_secret": d.secret("SLACK_SIGNING_SECRET"),
				"client_secret":  d.secret("SLACK_CLIENT_SECRET"),
				"token_key":      d.secret("PARLEY_TOKEN_KEY"),
				"public_url": d.check("slack.public_url", func(v string) error {
					u, err := url.Parse(v)
					switch {
					case v == "":
						return nil
					case err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
						return fmt.Errorf("slack.public_url %q is no https address, such as https://parley.example.org", v)
					}
					c.PublicURL = strings.TrimRight(v, "/")
					return nil
				}),
			})
		},
		"feeds":         func(n ast.Node) { d.sequence(n, "feeds", d.feed) },
		"actors":        func(n ast.Node) { d.sequence(n, "actors", d.actor) },
		"negotiations":  func(n ast.Node) { d.sequence(n, "negotiations", d.negotiation) },
		"rules":         func(n ast.Node) { d.sequence(n, "rules", d.rule) },
		"subscriptions": func(n ast.Node) { d.sequence(n, "subscriptions", d.subscription) },
	})
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && 0 <= n && n < 1<<16
}

// secret refuses a token in the file.
func (d *decoder) secret(env string) func(ast.Node) {
	return func(n ast.Node) {
		d.at(n, "secrets do not belong in the file: set %s in the environment and remove this line", env)
	}
}

func (d *decoder) zone(z **time.Location) func(ast.Node) {
	return d.check("a time zone", func(v string) error {
		loc, err := time.LoadLocation(v)
		if err != nil || v == "" || v == "Local" {
			return fmt.Errorf("unknown time zone %q: use an IANA name such as Europe/London", v)
		}
		*z = loc
		return nil
	})
}

func (d *decoder) feed(n ast.Node) {
	f := Feed{}
	f.Tier, f.Every = news.Press, Auto
	have := d.mapping(n, "a feed", fields{
		"name": d.name(&f.Name, &f.At, "feed name", "feed"),
		"url": func(n ast.Node) {
			d.placed(&f.URL, &f.URLAt, "url")(n)
			if fault := badAddress(f.URL); fault != "" && f.URL != "" {
				d.at(n, "%s", fault)
			}
			d.once("feed address", f.URL, n)
		},
		"every": d.check("every", func(v string) error {
			f.Every = v
			_, err := ParseSchedule(v, time.UTC)
			return err
		}),
		"full_text": d.check("full_text", func(v string) error {
			if v != "true" && v != "false" {
				return fmt.Errorf("full_text %q is neither true nor false", v)
			}
			f.FullText = v == "true"
			return nil
		}),
		"zone": d.zone(&f.Zone),
		"tier": oneOf(d, "tier", &f.Tier, news.Tiers()),
		"language": d.check("language", func(v string) error {
			f.Language = v
			if _, err := language.Parse(v); err != nil {
				return fmt.Errorf("unknown language %q: use a code such as en, fa or pt-BR", v)
			}
			return nil
		}),
	})
	if have == nil {
		return
	}
	d.needs(n, "a feed", have, "name", "url")
	if f.Zone == nil {
		f.Zone = time.UTC
	}
	d.c.Feeds = append(d.c.Feeds, f)
}

// badAddress says what is wrong with the address of a feed, empty if nothing is.
func badAddress(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return fmt.Sprintf("%q is no address of a feed: it must begin with https:// or http://", s)
	case u.User != nil:
		return "an address must not hold a name or password"
	}
	return ""
}

func (d *decoder) actor(n ast.Node) {
	a := Actor{}
	a.Kind = news.Group
	have := d.mapping(n, "an actor", fields{
		"id":         d.name(&a.ID, &a.At, "actor id", "actor"),
		"title":      d.filled(&a.Title, "title"),
		"names":      d.texts(&a.Names, "names"),
		"speaks_for": d.placed(&a.SpeaksFor, &a.SpeaksForAt, "speaks_for"),
		"office":     d.into(&a.Office, "office"),
		"kind":       oneOf(d, "kind", &a.Kind, []news.ActorKind{news.State, news.Organisation, news.Group, news.Body, news.Person}),
	})
	if have == nil {
		return
	}
	d.needs(n, "an actor", have, "id")
	if !have["kind"] && a.SpeaksFor != "" {
		a.Kind = news.Person
	}
	if a.Title == "" {
		a.Title = a.ID
	}
	d.c.Actors = append(d.c.Actors, a)
}

func (d *decoder) negotiation(n ast.Node) {
	g := Negotiation{}
	refs := func(list *[]string, what string) func(ast.Node) {
		return func(n ast.Node) {
			d.sequence(n, what, func(v ast.Node) {
				var r Ref
				if d.placed(&r.ID, &r.At, "an actor's id")(v); r.ID != "" {
					*list = append(*list, r.ID)
					g.Refs = append(g.Refs, r)
				}
			})
		}
	}
	have := d.mapping(n, "a negotiation", fields{
		"id": d.name(&g.ID, &g.At, "negotiation id", "negotiation"), "title": d.filled(&g.Title, "title"), "names": d.texts(&g.Names, "names"),
		"parties": refs(&g.Parties, "parties"), "mediators": refs(&g.Mediators, "mediators"),
		"hosts": refs(&g.Hosts, "hosts"), "guarantors": refs(&g.Guarantors, "guarantors"),
	})
	if have == nil {
		return
	}
	d.needs(n, "a negotiation", have, "id")
	if !have["parties"] && !have["names"] {
		d.problem(place(n), 1, "a negotiation needs parties, or names by which texts call it")
	}
	if g.Title == "" {
		g.Title = g.ID
	}
	d.c.Negotiations = append(d.c.Negotiations, g)
}

func (d *decoder) rule(n ast.Node) {
	r := Rule{}
	r.Level = news.Normal
	examples := func(list *[]Example, what string) func(ast.Node) {
		return func(n ast.Node) {
			d.sequence(n, what, func(v ast.Node) { *list = append(*list, d.example(v)) })
		}
	}
	have := d.mapping(n, "a rule", fields{
		"name":  d.name(&r.Name, &r.At, "rule name", "rule"),
		"title": d.filled(&r.Title, "title"),
		"when":  d.placed(&r.When, &r.WhenAt, "when"),
		"level": oneOf(d, "level", &r.Level, levels()),
		"examples": func(n ast.Node) {
			d.mapping(n, "examples", fields{"match": examples(&r.Match, "match"), "silent": examples(&r.Silent, "silent")})
		},
	})
	if have == nil {
		return
	}
	d.needs(n, "a rule", have, "name", "when")
	if r.Title == "" {
		r.Title = r.Name
	}
	d.c.Rules = append(d.c.Rules, r)
}

func (d *decoder) example(n ast.Node) Example {
	e := Example{At: place(n)}
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		have := d.mapping(n, "an example", fields{
			"title": d.filled(&e.Title, "title"), "text": d.into(&e.Text, "text"),
			"feed": func(n ast.Node) {
				d.placed(&e.Feed, &e.FeedAt, "feed")(n)
				d.refer("feed", e.Feed, n)
			},
			"published": d.check("published", func(v string) (err error) {
				if e.Published, err = time.Parse(time.RFC3339, v); err != nil {
					return fmt.Errorf("published %q is no time with its zone, such as 2026-11-20T14:00:00+05:00", v)
				}
				return nil
			}),
		})
		d.needs(n, "an example", have, "title")
	default:
		d.filled(&e.Title, "an example")(n)
	}
	return e
}

func (d *decoder) subscription(n ast.Node) {
	s := Subscription{At: place(n)}
	status := false
	var statusAt ast.Node
	have := d.mapping(n, "a subscription", fields{
		"channel": d.filled(&s.Channel, "channel"),
		"to":      d.placed(&s.To, &s.ToAt, "to"),
		"digest": d.check("digest", func(v string) error {
			s.Digest = v
			return checkDigest(v)
		}),
		"quiet": d.check("quiet", func(v string) error {
			q, err := ParseQuiet(v)
			s.Quiet = q.String()
			return err
		}),
		"zone":  d.zone(&s.Zone),
		"level": oneOf(d, "level", &s.Level, levels()),
		"status": func(n ast.Node) {
			statusAt = n
			d.check("status", func(v string) (err error) {
				if status, err = strconv.ParseBool(v); err != nil {
					err = fmt.Errorf("status is true or false, not %q", v)
				}
				return err
			})(n)
		},
	})
	if have == nil {
		return
	}
	d.needs(n, "a subscription", have, "channel", "to")
	if status {
		if s.Status = news.WithStatus; s.KeepsStatusOf() == "" && s.To != "" {
			d.problem(place(statusAt), 1, "a status card is of one negotiation: let this subscription be to negotiation:ID, or leave status out")
		}
	}
	d.c.Subscriptions = append(d.c.Subscriptions, s)
}

func levels() []news.Level { return []news.Level{news.Urgent, news.Normal, news.Low} }

// oneOf makes a function for a key whose value is one of a few words.
func oneOf[T ~string](d *decoder, what string, to *T, known []T) func(ast.Node) {
	return d.check(what, func(v string) error {
		if slices.Contains(known, T(v)) {
			*to = T(v)
			return nil
		}
		words := make([]string, len(known))
		for i, k := range known {
			words[i] = string(k)
		}
		return fmt.Errorf("unknown %s %q: it is one of %s", what, v, strings.Join(words, ", "))
	})
}
