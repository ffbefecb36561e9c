package store

import (
	"context"
	"encoding/json"

	"parley/internal/news"
)

// Changes counts what people have changed of rules, subscriptions and mutes, and
// what ended by itself: as long as the number stays, they are as they were.
func (s *Store) Changes(ctx context.Context) (n int64, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT (SELECT COALESCE(MAX(no), 0) FROM subscription_log)
		+ (SELECT COALESCE(MAX(no), 0) FROM made_rule_log) + (SELECT COALESCE(MAX(no), 0) FROM mute_log)`).Scan(&n)
	return n, s.fault(err)
}

// Deeds returns what people of a team changed, and what ended by itself, the latest
// first: at most limit, of the channels of these addresses, or of all that the team
// has if there are none. Team "" is the home workspace.
func (s *Store) Deeds(ctx context.Context, team string, channels []string, limit int) ([]news.Deed, error) {
	where, args := ` WHERE channel LIKE $2`, []any{limit, team + "/%"}
	if team == "" {
		where, args = ` WHERE channel NOT LIKE 'T%/%' AND channel NOT LIKE 'E%/%'`, []any{limit}
	}
	if len(channels) > 0 {
		var list string
		list, args = placeholders(channels, func(c string) any { return c }, args...)
		where += ` AND channel IN (` + list + `)`
	}
	deeds, err := scanAll(ctx, s.reader, scanDeed, `SELECT at, author, subject, action, channel, target, body, until, round FROM (
		SELECT l.at, l.author, 'subscription' AS subject, l.action, s.channel, s.query AS target, l.settings AS body, 0 AS until, '' AS round, l.no
			FROM subscription_log l JOIN subscriptions s ON s.id = l.subscription
		UNION ALL SELECT l.at, l.author, 'rule', l.action, r.channel, r.name, l.query, 0, '', l.no
			FROM made_rule_log l JOIN made_rules r ON r.id = l.rule
		UNION ALL SELECT l.at, l.author, 'mute', l.action, m.channel, m.target, '', l.until, l.round, l.no
			FROM mute_log l JOIN mutes m ON m.id = l.mute
		) AS deeds`+where+` ORDER BY at DESC, subject, no DESC LIMIT $1`, args...)
	return deeds, s.fault(err)
}

func scanDeed(row scanner) (news.Deed, error) {
	var d news.Deed
	var at, until int64
	var body string
	if err := row.Scan(&at, &d.Author, &d.Subject, &d.Action, &d.Channel, &d.To, &body, &until, &d.Round); err != nil {
		return d, err
	}
	d.At = fromMillis(at)
	switch d.Subject {
	case news.OfSubscription:
		var set settings
		if err := json.Unmarshal([]byte(body), &set); err != nil {
			return d, err
		}
		d.How = news.Subscription{Digest: set.Digest, Quiet: set.Quiet, Level: set.Level, Threaded: set.Threaded, Status: set.Status}
	case news.OfRule:
		d.Query = body
	case news.OfMute:
		d.Until = fromMillis(until)
	}
	return d, nil
}
