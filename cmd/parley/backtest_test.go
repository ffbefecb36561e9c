package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestSpan(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"30d": 720 * time.Hour, "8w": 1344 * time.Hour, "12h": 12 * time.Hour, "45m": 45 * time.Minute, "1h30m": 90 * time.Minute, "5000d": 120000 * time.Hour,
		"": 0, "d": 0, "w": 0, "-3d": 0, "0d": 0, "3x": 0, "-1h": 0, "5001d": 0, "9999999999999999999d": 0, "3 d": 0,
	} {
		var s span
		err := s.UnmarshalText([]byte(text))
		if time.Duration(s) != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %v, %v, want %v", text, time.Duration(s), err, want)
		}
	}
}

// The bar appears when it takes longer, and leaves nothing behind.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	at := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	p := &progress{w: &out, now: func() time.Time { return at }, began: at, visible: true}
	p.show(100, 1000)
	p.clear()
	if out.Len() > 0 {
		t.Errorf("a bar for what is quick: %q", out.String())
	}
	at = at.Add(2 * time.Second)
	p.show(500, 1000)
	p.show(501, 1000) // too soon
	at = at.Add(time.Second)
	p.show(1000, 1000)
	p.clear()
	want := "\r[" + strings.Repeat("█", 15) + strings.Repeat("·", 15) + "]  50 % of 1000 items\r[" + strings.Repeat("█", 30) + "] 100 % of 1000 items\r\x1b[K"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	p = &progress{w: &out, now: func() time.Time { return at }}
	p.show(500, 1000)
	p.show(0, 0)
	p.clear()
	if out.Len() > 0 {
		t.Errorf("a bar where nobody looks: %q", out.String())
	}
}
