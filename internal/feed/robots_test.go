package feed

import (
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	const ours = "User-agent: other\nDisallow: /\n\nUser-agent: PARLEY\nDisallow: /private\n\nUser-agent: *\nDisallow: /all\n"
	for _, tt := range []struct {
		name, src string
		allowed   []string
		forbidden []string
	}{
		{"empty", "", []string{"/", "/a"}, nil},
		{"nothing forbidden", "User-agent: *\nDisallow:\n", []string{"/", "/a"}, nil},
		{"everything forbidden", "User-agent: *\nDisallow: /\n", []string{"/robots.txt"}, []string{"/", "/a"}},
		{"our group alone counts", ours, []string{"/all", "/"}, []string{"/private", "/private/x", "/privately"}},
		{"our group in two pieces", ours + "User-agent: parley\nDisallow: /more\n", []string{"/all"}, []string{"/private", "/more"}},
		{"several visitors in one group", "User-agent: a\nUser-agent: parley\nUser-agent: b\nDisallow: /x\n", []string{"/"}, []string{"/x"}},
		{"a name with a version", "User-agent: parley/2.0\nDisallow: /x\n", nil, []string{"/x"}},
		{"a longer name is somebody else", "User-agent: parleybot\nDisallow: /\n", []string{"/x"}, nil},
		{"the longest decides", "User-agent: *\nDisallow: /news\nAllow: /news/world\nDisallow: /news/world/private\n", []string{"/news/world/1", "/x"}, []string{"/news/1", "/news/world/private/1"}},
		{"of two of one length the one that allows", "User-agent: *\nDisallow: /a\nAllow: /a\n", []string{"/a"}, nil},
		{"wildcards", "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b*c\nDisallow: /*?print=\n", []string{"/x.pdf?a", "/ab", "/acb", "/x/a1b2c", "/x"}, []string{"/x.pdf", "/y/x.pdf", "/a1b2c3", "/abc", "/x?print=1"}},
		{"wildcards are anchored", "User-agent: *\nDisallow: /a*z\n", []string{"/x/abz"}, []string{"/abz"}},
		{"an end alone", "User-agent: *\nDisallow: /$\n", []string{"/a"}, []string{"/"}},
		{"escapes", "User-agent: *\nDisallow: /caf%c3%a9\nDisallow: /~me\nDisallow: /a%2fb\n", []string{"/a/b"}, []string{"/café", "/caf%C3%A9", "/%7Eme", "/a%2Fb"}},
		{"other lines and faults between", "\ufeffSitemap: /s.xml\nnonsense\nDisallow: /before\nUser-agent: *\nHost: x\n: y\nDisallow : /x # why\r\n\r\nUnknown: z\nDisallow: /y\r", []string{"/before", "/z"}, []string{"/x", "/y"}},
		{"what stands beyond the limit", "User-agent: *\n" + strings.Repeat("# padding\n", maxRobots/10) + "Disallow: /\n", []string{"/"}, nil},
	} {
		r := parseRobots(tt.src, "parley")
		for _, p := range tt.allowed {
			if !r.allows(p) {
				t.Errorf("%s: %s is forbidden", tt.name, p)
			}
		}
		for _, p := range tt.forbidden {
			if r.allows(p) {
				t.Errorf("%s: %s is allowed", tt.name, p)
			}
		}
	}
}

func TestRobotsDelay(t *testing.T) {
	for src, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5\n":                                       2500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: parley\nCrawl-delay: 1\n":     time.Second,
		"User-agent: *\nCrawl-delay: 1e300\n":                                     maxDelay,
		"User-agent: *\nCrawl-delay: -1\n":                                        0,
		"User-agent: *\nCrawl-delay: NaN\n":                                       0,
		"User-agent: *\nCrawl-delay: soon\n":                                      0,
		"User-agent: *\nCrawl-delay: 5\nUser-agent: parley\nDisallow: /private\n": 0,
	} {
		if got := parseRobots(src, "parley").delay; got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

// plainFits says what fits means, at any cost.
func plainFits(pattern, path string) bool {
	if pattern == "" {
		return true
	}
	switch pattern[0] {
	case '*':
		for i := 0; i <= len(path); i++ {
			if plainFits(pattern[1:], path[i:]) {
				return true
			}
		}
		return false
	case '$':
		if len(pattern) == 1 {
			return path == ""
		}
	}
	return path != "" && path[0] == pattern[0] && plainFits(pattern[1:], path[1:])
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 3", "/a/b?c", "/*a*b$")
	f.Add("", "/%%341", "$")
	f.Add("user-agent:parley\rdisallow:/%7e%zz%", "/~%", "$*$")
	f.Fuzz(func(t *testing.T, src, path, pattern string) {
		r := parseRobots(src, "parley")
		if r.delay < 0 || r.delay > maxDelay || r.size() > 64+64*(len(src)+1)*3 {
			t.Errorf("delay %s, size %d of %d bytes", r.delay, r.size(), len(src))
		}
		_ = r.allows(path)
		if n := normalPath(path); normalPath(n) != n {
			t.Errorf("%q has two normal forms: %q, %q", path, n, normalPath(n))
		}
		if len(path) < 12 && strings.Count(pattern, "*") < 4 && len(pattern) < 12 {
			if got, want := fits(pattern, path), plainFits(pattern, path); got != want {
				t.Errorf("%q fits %q: %v, want %v", pattern, path, got, want)
			}
		}
	})
}
