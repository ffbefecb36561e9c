package bot

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// A Trial is what a query would have raised, had it been a rule while the stored
// items came in.
type Trial struct {
	Warnings             []string // what is doubtful about the query itself
	From, To             time.Time
	Items                int  // looked at
	Stopped              bool // time ran out: only the newest Items were looked at
	Enough               bool // so many hits tell enough: only the newest Items were looked at
	Hits, Alerts         int  // alerts report something new
	HitsADay, AlertsADay float64
	Chart                []string // hits by day, a bar a line
	Best, Doubtful       []TrialHit
	Added                int // hits that none of the rules that exist matches
	Overlap              []Share
}

// A TrialHit is an example with what is doubtful about it.
type TrialHit struct {
	Finding
	Doubts []string
	Added  bool // no rule that exists matches it
}

// A Share is how many of the hits a rule matches.
type Share struct {
	Rule string
	Hits int
}

// usualTrial is how far back a test looks if nobody says.
const usualTrial = 30 * 24 * time.Hour

// test answers "test QUERY [over 30d]".
func (c *Commands) test(ctx context.Context, r Request, args string) (Response, error) {
	query, back, err := trailing(args, "over")
	if err != nil {
		return Response{}, err
	}
	if back == 0 {
		back = usualTrial
	}
	if query == "" {
		return onlyText("What shall I test? For example " + code("/parley test kind:talks-scheduled by:mediator over 30d", maxField) + ". `/parley help queries` shows how queries are written."), nil
	}
	t, err := c.Answers.Backtest(ctx, query, r.At.Add(-back))
	if err != nil {
		return Response{}, err
	}
	a := newAnswer("Test: " + clip(tidy(query), 100))
	hits, looked := t.sums(c, r.At, back)
	a.section(hits+doubts(t.Warnings)+"\n"+looked, strings.ReplaceAll(hits, "*", "")+warned(t.Warnings)+" "+looked)
	if t.Hits > 0 {
		a.trial(c, t)
		a.small("To get its alerts here: " + code("/parley subscribe "+tidy(query), maxField) + "; to make a rule of it: " + code("/parley watch "+tidy(query), maxField))
	}
	return a.response(), nil
}

// sums writes how much a query would have raised, and in which items.
func (t Trial) sums(c *Commands, now time.Time, back time.Duration) (hits, looked string) {
	looked = "Looked at " + plural(t.Items, "item") + " of the last " + ago(back)
	if t.From.After(now.Add(-back).Add(24 * time.Hour)) {
		looked += ", of which the oldest was published " + moment(t.From, c.zone())
	}
	switch {
	case t.Enough:
		looked += "; so many hits tell enough, and I looked no further back"
	case t.Stopped:
		looked += "; then time ran out, so this is only the newest part"
	}
	hits = fmt.Sprintf("*%s*, %.1f a day. As a rule it would have posted *%s*, %.1f a day: the others repeat what was known.",
		plural(t.Hits, "hit"), t.HitsADay, plural(t.Alerts, "alert"), t.AlertsADay)
	if t.Alerts == t.Hits {
		hits = fmt.Sprintf("*%s*, %.1f a day. As a rule it would have posted each of them.", plural(t.Hits, "hit"), t.HitsADay)
	}
	if t.Hits == 0 {
		hits = "*No hit.* " + code("/parley why LINK", maxName) + " tells what a certain article lacks."
	}
	return hits, looked + "."
}

// warned is doubts for a sentence.
func warned(warnings []string) string {
	if len(warnings) == 0 {
		return ""
	}
	return strings.ReplaceAll(doubts(warnings), "\n", " ") + "."
}

func (a *answer) trial(c *Commands, t Trial) {
	a.section("```\n"+fitCode(strings.Join(t.Chart, "\n"), maxSection-200)+"\n```", "")
	added := "Every hit is matched by a rule that exists already."
	switch {
	case t.Added == t.Hits:
		added = "No rule that exists matches any of them."
	case t.Added > 0:
		added = "*" + plural(t.Added, "hit") + "* would be new: no rule that exists matches."
	}
	if len(t.Overlap) > 0 {
		var parts []string
		for i, s := range t.Overlap {
			if i == 5 {
				parts = append(parts, "and "+plural(len(t.Overlap)-i, "more rule"))
				break
			}
			parts = append(parts, code(s.Rule, maxName)+" "+itoa(s.Hits))
		}
		added += " Matched already: " + strings.Join(parts, ", ") + "."
	}
	a.section(added, strings.ReplaceAll(added, "*", ""))
	for _, list := range []struct {
		title string
		hits  []TrialHit
	}{{"Best examples", t.Best}, {"Doubtful examples", t.Doubtful}} {
		if len(list.hits) == 0 {
			continue
		}
		a.section("*"+list.title+"*", list.title+":")
		for _, h := range list.hits {
			var notes []string
			if len(h.Doubts) > 0 {
				notes = append(notes, "⚠️ "+mrk(strings.Join(h.Doubts, "; "), maxField))
			}
			if h.Added {
				notes = append(notes, "No rule matches it.")
			}
			h.Because = nil // the same for all, and the query says it
			a.hit(c, h.Finding, notes...)
		}
	}
}
