package app

import (
	"context"
	"image"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// A scene is a picture of docs/slack.md: what was asked, or which message of the
// story it shows.
type scene struct {
	name    string // of the file
	channel string // "" for #us-iran
	typed   string // a command whose answer is shown
	press   string // what is then pressed on the answer
	message string // or: the latest message with this in its text
	thread  bool   // with what stands in its thread
	shared  bool   // what came of it in the channel, for all
}

// scenes are taken in this order: one may show what another did.
func scenes() []scene {
	return []scene{
		{name: "alert", message: "expected around Tue 24 Nov"},
		{name: "replaced", message: "US–Iran talks, round 6, scheduled for Sat 7 Nov"},
		{name: "update", message: "US–Iran talks postponed, Muscat"},
		{name: "thread", message: "US–Iran talks, round 6, scheduled for Sat 7 Nov", thread: true},
		{name: "correction", message: "US–Iran talks: denial of talks scheduled"},
		{name: "digest", channel: "desk", message: "Digest: "},
		{name: "reminder", channel: "desk", message: "Today: United Nations (mediator): Libya talks"},
		{name: "status-card", message: "US–Iran talks: scheduled"},
		{name: "welcome", channel: "negotiations", typed: ""},
		{name: "help", typed: "help"},
		{name: "latest", typed: "latest us-iran since 7d"},
		{name: "status", channel: "negotiations", typed: "status us-iran"},
		{name: "next", typed: "next"},
		{name: "said", typed: "said pakistan about us-iran"},
		{name: "timeline", typed: "timeline us-iran since 7d"},
		{name: "timeline-picture", typed: "timeline us-iran picture", shared: true},
		{name: "search", typed: "search by:pakistan kind:talks-scheduled venue:islamabad"},
		{name: "why", typed: "why D-38"},
		{name: "read", typed: "read Oman says the next round of US-Iran talks will be held in Muscat on Tuesday"},
		{name: "test", typed: "test kind:setback by:party over 30d"},
		{name: "subscribe", channel: "desk", typed: "subscribe russia-ukraine as digest 08:00 weekdays quiet 22:00-07:00 with status"},
		{name: "subscribed", channel: "desk", message: "subscribed this channel to"},
		{name: "subscriptions", channel: "desk", typed: "subscriptions"},
		{name: "watch", channel: "desk", typed: "watch by:mediator tone:<0 as mediator-worried"},
		{name: "watched", channel: "desk", typed: "watch kind:ultimatum as ultimatums", press: "Watch here"},
		{name: "rules", channel: "desk", typed: "rule mediator-names-date"},
		{name: "mute", typed: "mute us-iran until next round"},
		{name: "mutes", typed: "mutes"},
		{name: "unmute", typed: "unmute us-iran"},
		{name: "wrong", typed: "wrong D-38 date 2026-11-25"},
		{name: "audit", channel: "desk", typed: "audit"},
		{name: "unsubscribe", channel: "desk", typed: "unsubscribe russia-ukraine"},
		{name: "settings", typed: "settings"},
		{name: "feeds", typed: "feeds"},
		{name: "retry", typed: "retry"},
		{name: "share", typed: "next us-iran", press: "Share in channel", shared: true},
		{name: "mistyped-command", typed: "lastest us-iran"},
		{name: "mistyped-name", typed: "timeline us-irn"},
		{name: "mistyped-query", typed: "search kind:setbak by:(oman"},
	}
}

// TestPictures takes the pictures of docs/slack.md and of the README, of the demo in
// a real browser. PARLEY_PICTURES=DIR keeps them; `make pictures` does. Without it
// every fourth scene is played, to see that they can be.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := chromium(t)
	dir := os.Getenv("PARLEY_PICTURES")
	var slack *standin.Server
	var stage *stageClock
	address, end := startDemo(t, func(server *standin.Server, _ *App, clock *stageClock) { slack, stage = server, clock })
	b := openTab(t, browser, address+"/?still", 1080, 3000)
	all := 0
	for i, sc := range scenes() {
		// Nothing that one answer shows is hidden by the one before: a while passes.
		stage.set(stage.now().Add(6 * time.Minute))
		soon, cancel := context.WithTimeout(t.Context(), time.Minute)
		m := sc.play(t, soon, slack)
		cancel()
		if dir == "" && i%4 != 0 {
			continue
		}
		page := address + "/?still&theme=light&as=maya&channel=" + cmpOr(sc.channel, "us-iran")
		where := []string{`#log [data-key="` + m.TS + `"]`}
		if sc.thread {
			page += "&thread=" + url.QueryEscape(m.TS)
			where = []string{"#thread-log > :nth-child(1)", "#thread-log > :nth-child(3)"}
		}
		b.goTo(page)
		img := b.shoot(where...)
		if empty(img) {
			t.Errorf("the picture of %s is all but empty", sc.name)
		}
		if dir == "" {
			continue
		}
		file, err := smaller(img)
		if err != nil {
			t.Fatal(err)
		}
		all += len(file)
		if err := os.WriteFile(filepath.Join(dir, sc.name+".png"), file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if all > 1_500_000 {
		t.Errorf("the pictures are %d bytes together: more than a reader should have to fetch", all)
	}
	end()
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// play does what a scene is about and returns the message that it shows.
func (sc scene) play(t *testing.T, ctx context.Context, slack *standin.Server) standin.Message {
	t.Helper()
	channel := cmpOr(sc.channel, "us-iran")
	before := len(slack.Messages(channel))
	var answer standin.Message
	if sc.message == "" {
		got, err := slack.Slash(ctx, "maya", channel, "/parley", sc.typed)
		if err != nil {
			t.Fatalf("%s: %v", sc.name, err)
		}
		answers, err := slack.WaitAnswers(ctx, got, 1)
		if err != nil {
			t.Fatalf("%s: %v", sc.name, err)
		}
		answer = answers[0]
	}
	if sc.press != "" {
		if _, err := slack.Click(ctx, "maya", answer, sc.press); err != nil {
			t.Fatalf("%s: %v", sc.name, err)
		}
		was := answer.Text // what comes of it takes its place
		for answer.Text == was {
			if err := ctx.Err(); err != nil {
				t.Fatalf("%s: nothing came of %q", sc.name, sc.press)
			}
			time.Sleep(10 * time.Millisecond) // the bot is at work
			answer, _ = slack.Message(channel, answer.TS)
		}
	}
	if sc.shared {
		for _, m := range slack.Messages(channel)[before:] {
			if m.OnlyFor == "" {
				return m
			}
		}
		t.Fatalf("%s: nothing was shown to all", sc.name)
	}
	if sc.message == "" {
		return answer
	}
	list := slack.Messages(channel)
	for i := len(list) - 1; i >= 0; i-- {
		if strings.Contains(list[i].Text, sc.message) {
			return list[i]
		}
	}
	var all []string
	for _, m := range list {
		all = append(all, m.Text)
	}
	t.Fatalf("%s: no message in #%s says %q:\n%s", sc.name, channel, sc.message, strings.Join(all, "\n"))
	return answer
}

// empty reports whether a picture shows hardly anything.
func empty(img image.Image) bool {
	colours := map[uint64]bool{}
	for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 3 {
		for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 3 {
			r, g, b, _ := img.At(x, y).RGBA()
			colours[uint64(r)<<32|uint64(g)<<16|uint64(b)] = true
		}
	}
	return len(colours) < 10
}
