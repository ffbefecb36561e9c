package feed

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// robots are what a host's robots.txt says to one visitor, read as RFC 9309 has
// it: the rules of all groups that name the visitor, else of those for
// everybody; the longest that fits a path decides, and of two of one length the
// one that allows. What no rule fits is allowed.
//
// The parsers that exist in Go are left as they are: the best known takes a stray
// line for a fault of the whole file and does not anchor its wildcards, and the
// port of Google's keeps neither delays nor anything between two questions.
type robots struct {
	rules []robotsRule
	delay time.Duration // between two requests; 0: none is asked for
	none  bool          // nothing may be fetched: nobody can say what may be
}

type robotsRule struct {
	allow bool
	path  string // normal, with * and a closing $
}

const (
	maxRobots  = 500 << 10 // bytes that are read, as much as RFC 9309 asks for
	maxDelay   = 24 * time.Hour
	robotsPath = "/robots.txt"
)

// parseRobots reads what is said to a visitor, whose name is as it stands in a
// user-agent line.
func parseRobots(src, visitor string) robots {
	var own, all robots
	named := false               // anybody has spoken to this visitor
	toOwn, toAll := false, false // whom the group speaks to
	heading := false             // the lines before were user-agent lines
	src = strings.TrimPrefix(src[:min(len(src), maxRobots)], "\ufeff")
	for len(src) > 0 {
		end := strings.IndexAny(src, "\r\n")
		line := src
		if end >= 0 {
			line, src = src[:end], src[end+1:]
		} else {
			src = ""
		}
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch key = strings.ToLower(strings.TrimSpace(key)); key {
		case "user-agent":
			if !heading {
				toOwn, toAll = false, false
			}
			heading = true
			if value == "*" {
				toAll = true
			} else if strings.EqualFold(productOf(value), visitor) {
				toOwn, named = true, true
			}
		case "allow", "disallow":
			heading = false
			if value == "" {
				continue // "Disallow:" forbids nothing
			}
			r := robotsRule{allow: key == "allow", path: normalPath(value)}
			if toOwn {
				own.rules = append(own.rules, r)
			}
			if toAll {
				all.rules = append(all.rules, r)
			}
		case "crawl-delay":
			heading = false
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && !math.IsNaN(s) {
				d := time.Duration(min(s, maxDelay.Seconds()) * float64(time.Second))
				if toOwn {
					own.delay = max(own.delay, d)
				}
				if toAll {
					all.delay = max(all.delay, d)
				}
			}
		}
	}
	if named {
		return own
	}
	return all
}

// productOf returns the name in a user agent: "parley/1 (…)" is parley.
func productOf(agent string) string {
	n := 0
	for n < len(agent) && (agent[n]|0x20 >= 'a' && agent[n]|0x20 <= 'z' || agent[n] == '-' || agent[n] == '_') {
		n++
	}
	return agent[:n]
}

// allows says whether a path with its query may be fetched.
func (r robots) allows(path string) bool {
	if path == robotsPath {
		return true
	}
	if r.none {
		return false
	}
	path = normalPath(path)
	allowed, longest := true, -1
	for _, rule := range r.rules {
		n := len(rule.path)
		if n < longest || n == longest && !rule.allow || !fits(rule.path, path) {
			continue
		}
		allowed, longest = rule.allow, n
	}
	return allowed
}

// size is about how many bytes of memory the rules hold.
func (r robots) size() int {
	n := 64
	for _, rule := range r.rules {
		n += 32 + len(rule.path)
	}
	return n
}

// fits says whether a path begins as a pattern has it, in which * stands for
// anything, and $ at the end for the end. Each piece between two stars is looked
// for where it can stand first, so that the cost is that of looking.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, stars := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok || !stars {
		return ok && (!whole || path == "")
	}
	for {
		piece, after, more := strings.Cut(rest, "*")
		if !more {
			if whole {
				return strings.HasSuffix(path, piece)
			}
			return strings.Contains(path, piece)
		}
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path, rest = path[i+len(piece):], after
	}
}

// normalPath writes a path in one spelling: what need not be escaped is not, and
// what must be is, in capitals.
func normalPath(s string) string {
	const hex = "0123456789ABCDEF"
	plain := true
	for i := range len(s) {
		if s[i] == '%' || s[i] <= ' ' || s[i] >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(v), true
				i += 2
			}
		}
		unreserved := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
		if escaped && !unreserved || c <= ' ' || c >= 0x7f || c == '%' {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
