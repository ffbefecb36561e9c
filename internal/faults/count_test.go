//go:build linux

package faults_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// marks are the links of items by which an alert is known.
var marks = regexp.MustCompile(`<https://(?:first|second)-(\d+)\.example/(\d+)>`)

// marker names the story that an alert tells of, whichever outlet was the first.
func marker(text string) string {
	m := marks.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return m[1] + "/" + m[2]
}

const (
	repetition = "may be a repetition"
	both       = ">, and 1 more." // a card that names both its outlets
)

// A count is what became of the alerts of a scenario.
type count struct {
	alerts   int // that were to come
	lost     int
	repeated int
	marked   int // of the repeated: they say so of themselves
	astray   int // stand elsewhere than in their order
	foreign  int // that nobody expected
	old      int // cards that do not show what was reported last
}

// count compares what the channels hold with what `parley replay` says of the
// same items, channel by channel.
func (w *world) count() count {
	w.t.Helper()
	want := w.expected()
	var c count
	have := map[string][]string{} // channel → stories in order of their first posts
	for _, ch := range w.slack.Channels() {
		seen := map[string]bool{}
		name := "#" + ch.Name
		for _, m := range w.slack.Messages(ch.ID) {
			story := marker(m.Text)
			if m.Metadata == nil || m.Metadata.EventType != "parley_alert" || story == "" {
				continue
			}
			if seen[story] {
				c.repeated++
				if strings.Contains(m.Text, repetition) {
					c.marked++
				} else {
					w.t.Logf("%s: %s is repeated: %.200s", name, story, m.Text)
				}
				continue
			}
			seen[story] = true
			have[name] = append(have[name], story)
			if !slices.Contains(want[name], story) {
				c.foreign++
				continue
			}
			if group := story[:strings.IndexByte(story, '/')]; len(group) > 0 && w.twice(group) && !strings.Contains(m.Text, both) {
				c.old++
			}
		}
		arrived := slices.DeleteFunc(slices.Clone(want[name]), func(story string) bool { return !seen[story] })
		c.alerts += len(want[name])
		c.lost += len(want[name]) - len(arrived)
		if len(arrived) < len(want[name]) {
			w.t.Logf("%s lacks %v", name, slices.DeleteFunc(slices.Clone(want[name]), func(story string) bool { return seen[story] }))
		}
		for i, story := range slices.DeleteFunc(have[name], func(story string) bool { return !slices.Contains(want[name], story) }) {
			if arrived[i] != story {
				c.astray++
			}
		}
		if !slices.Equal(arrived, have[name]) {
			w.t.Logf("%s is out of order: %v", name, have[name])
		}
	}
	return c
}

// twice says whether a group has a second outlet.
func (w *world) twice(group string) bool {
	w.outlets.mu.Lock()
	defer w.outlets.mu.Unlock()
	return slices.ContainsFunc(w.outlets.all, func(e entry) bool { return e.Feed == "second-"+group })
}

// expected lists the stories that each channel is to hold, in order.
func (w *world) expected() map[string][]string {
	w.t.Helper()
	cmd := exec.Command(programs.real, "replay", "--config", w.config(1), "-")
	cmd.Stdin = bytes.NewReader(w.outlets.items())
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("replay: %v\n%s", err, &said)
	}
	want := map[string][]string{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var line struct {
			Actions []struct{ Action, Channel, Text string }
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			w.t.Fatal(err)
		}
		for _, a := range line.Actions {
			if a.Action == "post" || a.Action == "reply" {
				want[a.Channel] = append(want[a.Channel], marker(a.Text))
			}
		}
	}
	total := 0
	for _, stories := range want {
		total += len(stories)
	}
	if n := w.shape.alerts(w.outlets.stories()); total != n {
		w.t.Errorf("replay raises %d alerts of %d that were printed", total, n)
	}
	return want
}
