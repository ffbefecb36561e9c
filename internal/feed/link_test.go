package feed

import (
	"net/url"
	"testing"
)

func TestCanonicalLink(t *testing.T) {
	base, err := url.Parse("https://me:word@dawn.example/feeds/world")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ in, want string }{
		{"https://dawn.example/news/1", "https://dawn.example/news/1"},
		{"HTTPS://Dawn.Example:443/News/1", "https://dawn.example/News/1"},
		{"http://dawn.example:8080", "http://dawn.example:8080/"},
		{"https://dawn.example/a?utm_source=x&id=7&fbclid=y#c", "https://dawn.example/a?id=7"},
		{"https://dawn.example/a?id=7&utm_medium=rss&lang=en", "https://dawn.example/a?id=7&lang=en"},
		{"https://dawn.example/a?ref=rss&source=front", "https://dawn.example/a?source=front"},
		{"https://dawn.example/a?&&", "https://dawn.example/a"},
		{"https://dawn.example/#!/story/5", "https://dawn.example/#!/story/5"},
		{"https://www.dawn.example/a/", "https://www.dawn.example/a/"},
		{"https://m.dawn.example/a", "https://dawn.example/a"},
		{"https://www.m.dawn.example/a", "https://www.dawn.example/a"},
		{"https://m.example/a", "https://m.example/a"}, // not a mobile host: nothing would be left
		{"https://amp.dawn.example/a/amp", "https://dawn.example/a"},
		{"https://dawn.example/amp", "https://dawn.example/amp"}, // a page about it, not a form of one
		{"https://dawn.example/stamp", "https://dawn.example/stamp"},
		{"https://dawn.example/a.amp?amp=1", "https://dawn.example/a"},
		{"https://www.google.com/amp/s/dawn.example/a", "https://dawn.example/a"},
		{"https://dawn-example.cdn.ampproject.org/v/s/dawn.example/a?x=1", "https://dawn.example/a?x=1"},
		{"https://dawn.example/%D8%AE%D8%A8%D8%B1?q=%2F", "https://dawn.example/%D8%AE%D8%A8%D8%B1?q=%2F"},
		{"https://[2606:4700::1]:443/a", "https://[2606:4700::1]/a"},
		{"/news/2", "https://dawn.example/news/2"},
		{"?p=3", "https://dawn.example/feeds/world?p=3"},
		{"//other.example/x", "https://other.example/x"},
		{"mailto:desk@dawn.example", ""},
		{"data:text/html,x", ""},
		{"https://", ""},
		{"http://[", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got := ""
		if u := resolveLink(base, tt.in); u != nil {
			got = canonicalLink(u)
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
		if got == "" {
			continue
		}
		u, err := url.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		if again := canonicalLink(u); again != got {
			t.Errorf("%q becomes %q and then %q", tt.in, got, again)
		}
	}
}
