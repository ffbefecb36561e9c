package app

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDemoByMouse does with the mouse, in a real browser, what a newcomer would:
// opens the App Home, subscribes in a window, edits, mutes and unmutes, tries a
// query and makes a rule of it, and has a message read. PARLEY_PICTURES=DIR keeps the
// pictures of docs/slack.md that are taken on the way, PARLEY_LOOK=DIR whole pages.
func TestDemoByMouse(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := chromium(t)
	url, end := startDemo(t, nil)
	b := openTab(t, browser, url+"/?channel=us-iran&theme=light", 1280, 1000)
	closed := func(button string) {
		b.click("#modal button", button)
		b.until("!document.querySelector('#modal').open")
	}
	keep := func(name string) { // the whole page, for whoever wants to look on
		if dir := os.Getenv("PARLEY_LOOK"); dir != "" {
			b.picture(filepath.Join(dir, name+".png"))
		}
	}
	show := func(name, part string) { // a picture of docs/slack.md
		dir := os.Getenv("PARLEY_PICTURES")
		if dir == "" {
			return
		}
		file, err := smaller(b.shoot(part))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name+".png"), file, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}

	b.click("#apps a", "parley")
	b.shows("#home", "Dates ahead in what you follow")
	b.shows("#home", "You follow")
	keep("home")

	// Subscribing, with a mistake on the way.
	b.click("#home button", "Subscribe…")
	b.shows("#modal", "Time zone")
	keep("form-subscribe")
	show("window-subscribe", "#modal")
	b.click("#modal button", "Subscribe")
	b.shows("#modal", "Choose a negotiation or a rule above")
	keep("form-subscribe-fault")
	b.choose("#modal [data-action=target]", "Ukraine")
	b.click("#modal label", "As a digest, once a day")
	b.shows("#modal", "Empty digests are not sent")
	b.until(`document.querySelector('#modal [data-action=target]').selectedOptions[0].text.includes('Ukraine')`)
	b.write("#modal [data-action=quiet]", "22-7")
	keep("form-subscribe-digest")
	b.click("#modal button", "Subscribe")
	b.shows("#modal", "Done: alerts for")
	keep("form-done")
	closed("Close")
	b.shows("#home", "to you, as direct messages")
	b.shows("#home", "quiet 22:00-07:00")
	keep("home-following")

	// The menu beside it: muting, and ending that.
	b.click("#home .block-section:has(.overflow) .overflow", "More actions")
	b.until(`document.querySelector('#home .popup:not([hidden])')`)
	keep("home-menu")
	b.click("#home .popup:not([hidden]) button", "Mute for 8 hours")
	b.shows("#home", "Muted")
	b.shows("#home", "🔕 held until")
	keep("home-muted")
	b.eval("document.querySelectorAll('*').forEach((e) => { e.scrollTop = 0; })")
	show("home", "#home")
	b.click("#home button", "Unmute")
	b.shows("#home", "come to")

	// A query is looked at while it is typed.
	b.click("#home button", "Try a query…")
	b.shows("#modal", "It is looked at while you type")
	b.write("#modal [data-action=query]", "by:mediator actr:iran")
	b.shows("#modal", "cannot be read yet")
	b.until(`document.activeElement.dataset.action === 'query'`)
	keep("form-rule-fault")
	show("window-rule-fault", "#modal")
	b.write("#modal [data-action=query]", "by:mediator kind:talks-scheduled")
	b.shows("#modal", "Best examples")
	keep("form-rule-tried")
	show("window-rule", "#modal")
	b.click("#modal button", "Watch for it")
	b.shows("#modal", "is asked of everything that comes in")
	keep("form-rule-done")
	closed("Close")
	b.shows("#home", "Mediator Talks Scheduled")

	b.click("#home button", "Settings…")
	b.shows("#modal", "Quiet hours")
	keep("form-settings")
	show("window-settings", "#modal")
	closed("Cancel")
	b.click("#home button", "Help")
	b.shows("#modal", "What you can ask")
	keep("help")
	closed("Close")

	// The menu of a message.
	b.click("#channels a", "us-iran")
	b.until(`document.querySelectorAll('#log .card').length > 3`)
	b.click("#log .card .tools .overflow", "More actions")
	b.click("#log .popup:not([hidden]) button", "Read with parley")
	b.shows("#modal", "Who says it")
	keep("read")
	show("window-read", "#modal")
	b.click("#modal button", "Watch this negotiation")
	b.shows("#modal", "Subscribe")
	keep("read-watch")
	b.click("#modal button", "Cancel")
	b.shows("#modal", "Who says it")
	closed("Close")

	// What has no answer says so.
	b.write("#composer textarea", "No date has been set for the next round, the ministry said on Friday.")
	b.press("Enter", 13)
	b.shows("#log", "No date has been set")
	b.click("#log .card:last-child .tools .overflow", "More actions")
	b.click("#log .popup:not([hidden]) button", "Read with parley")
	b.shows("#modal", "No development")
	keep("read-silent")
	closed("Close")

	b.write("#composer textarea", "/parley")
	b.press("Enter", 13)
	b.shows("#log", "Only visible to you")
	keep("welcome")
	end()
}

// Each command that help lists can be typed in the demo page, in a real browser, and
// is answered there.
func TestDemoByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := chromium(t)
	url, end := startDemo(t, nil)
	b := openTab(t, browser, url+"/?channel=desk&theme=light", 1280, 1000)
	answered := func(words string) string {
		before := b.eval(`document.querySelectorAll('#log .card').length`)
		b.write("#composer textarea", strings.TrimSpace("/parley "+words))
		b.press("Enter", 13)
		b.until(fmt.Sprintf(`document.querySelectorAll("#log .card").length > %s`, before))
		b.until(`!document.querySelector('#log .card:last-child').innerText.includes('looking')`)
		return string(b.eval(`document.querySelector("#log .card:last-child").innerText`))
	}
	typed := map[string]string{
		"latest": "latest us-iran since 30d", "status": "status us-iran", "next": "next", "said": "said pakistan", "timeline": "timeline us-iran",
		"search": "search talks", "why": "why D-1", "read": "read Oman says US-Iran talks will be held in Muscat on Tuesday", "test": "test kind:any over 30d",
		"subscribe": "subscribe sudan level urgent", "unsubscribe": "unsubscribe sudan", "subscriptions": "subscriptions all", "mute": "mute all for 8h",
		"unmute": "unmute all", "mutes": "mutes", "watch": "watch kind:setback by:mediator as gulf", "rules": "rules", "wrong": "wrong D-1 date", "audit": "audit",
		"settings": "settings", "feeds": "feeds", "retry": "retry", "help": "help queries",
	}
	help := answered("help")
	for _, m := range regexp.MustCompile(`/parley ([a-z]+)`).FindAllStringSubmatch(help, -1) {
		words, ok := typed[m[1]]
		if !ok {
			t.Errorf("/parley %s is typed nowhere", m[1])
			continue
		}
		if typed[m[1]] = ""; words == "" {
			continue // help names it twice
		}
		said := answered(words)
		t.Logf("/parley %s: %.300s", words, said)
		for _, bad := range []string{"did you mean", "cannot answer", "Something in me broke", "undefined", "[object"} {
			if strings.Contains(strings.ToLower(said), strings.ToLower(bad)) || strings.TrimSpace(said) == "" {
				t.Errorf("/parley %s is answered %q", words, said)
			}
		}
	}
	for verb, words := range typed {
		if words != "" {
			t.Errorf("/parley %s is not in help", verb)
		}
	}
	end()
}
