package bot_test

import (
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/news"
)

// Of feeds everything is told that somebody should know: what is wrong with those
// that answer, where they have moved, how their articles are had, and what could
// not be delivered. What is set aside is sent again on request, for all to see.
func TestFeedsTellWhatIsWrong(t *testing.T) {
	d := newDesk()
	d.feeds = append(d.feeds,
		bot.FeedHealth{Feed: news.Feed{Name: "stale"}, State: news.FeedState{LastCheck: now, LastSuccess: now, LastNew: now.Add(-400 * time.Hour), Habits: news.Habits{Gap: time.Hour}}},
		bot.FeedHealth{Feed: news.Feed{Name: "again"}, State: news.FeedState{LastCheck: now, LastSuccess: now, Habits: news.Habits{Repeats: 3}}},
		bot.FeedHealth{Feed: news.Feed{Name: "gone"}, State: news.FeedState{LastCheck: now, Failures: 1, Habits: news.Habits{Gone: true}}},
		bot.FeedHealth{Feed: news.Feed{Name: "heads", FullText: true}, State: news.FeedState{LastCheck: now, LastSuccess: now, Habits: news.Habits{Pages: 9, PagesRead: 7, PageTrouble: "heads.example answers 403 Forbidden <!channel>", Moved: "https://new.example/feed?key=secret", Followed: true}}},
		bot.FeedHealth{Feed: news.Feed{Name: "cut-off"}, State: news.FeedState{LastCheck: now, LastError: "no connection"}},
	)
	d.aside = []news.Parked{
		{Channel: "#elsewhere", Reason: "parley is not a member of the channel: type /invite @parley in it (not_in_channel)", Count: 2, Oldest: now.Add(-time.Hour)},
		{Channel: "C9", Reason: "<!channel> *b*", Count: 1, Oldest: now},
	}
	c := &bot.Commands{Answers: d, Names: names}
	do := func(text string) (bot.Response, string) {
		t.Helper()
		out := c.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: text, At: now})
		withinLimits(t, out.Blocks, out.Text)
		return out, shown(t, "", out.Blocks)
	}
	_, said := do("feeds")
	for _, want := range []string{
		"8 feeds, 4 in trouble", "*cut-off*  ·  not reached, and neither was anything else", "*stale*  ·  it has brought nothing new since", "*again*  ·  it brings the same items again and again", "*gone*  ·  it was removed for good",
		"moved for good to new.example", "7 of 9 articles read from their pages; the last one that was not: heads.example answers 403 Forbidden",
		"📭 2 messages for #elsewhere since", "type /invite @parley in it", "📭 1 message for <#C9>", "`/parley retry` sends them",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not told:\n%s", want, said)
		}
	}
	for _, bad := range []string{"<!channel", "secret"} {
		if strings.Contains(said, bad) {
			t.Errorf("%q is told:\n%s", bad, said)
		}
	}
	out, said := do("retry")
	if !strings.Contains(said, "3 messages that were set aside are on their way again") || out.Announce == nil || !strings.Contains(out.Announce.Text, "<@U1> had 3 messages sent again") {
		t.Errorf("%s\n%+v", said, out.Announce)
	}
	if out, said := do("retry"); !strings.Contains(said, "Nothing is set aside") || out.Announce != nil {
		t.Errorf("%s", said)
	}
}
