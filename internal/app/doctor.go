package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"parley/bot"
	"parley/internal/config"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/store"
)

// An Examination is a look at all that parley needs in order to run: what was
// found, each in a sentence, and how much was put back to be delivered again.
type Examination struct {
	Found []bot.Diagnosis
	Again int
}

// Wrong counts what needs somebody.
func (e Examination) Wrong() int {
	n := 0
	for _, f := range e.Found {
		if f.Is == bot.Wrong {
			n++
		}
	}
	return n
}

func (e *Examination) add(is bot.Condition, about, format string, args ...any) {
	e.Found = append(e.Found, bot.Diagnosis{Is: is, About: about, Says: fmt.Sprintf(format, args...)})
}

// Examine looks at the configuration's examples, the database, the feeds, the
// outbox and Slack. It posts nothing. With retry, what was set aside is put
// back into the outbox for the next delivery.
func (k *Knowledge) Examine(ctx context.Context, secrets config.Secrets, now time.Time, retry bool, log *slog.Logger) Examination {
	var e Examination
	if ps := k.CheckExamples(now); len(ps) > 0 {
		e.add(bot.Wrong, "config", "%s of rules fail: `parley check --config %s` shows which and why", numbered(len(ps), "example"), k.Config.File)
	} else {
		e.add(bot.Well, "config", "%s: %s, %s, %s", k.Config.File, numbered(len(k.Config.Feeds), "feed"), numbered(len(k.Config.Negotiations), "negotiation"), numbered(len(k.Config.Rules), "rule"))
	}
	k.examineListen(&e)
	s, subs := k.examineStore(ctx, &e, now, retry, log)
	examineSlack(ctx, &e, secrets, k.channels(subs))
	if s != nil {
		k.examineWorkspaces(ctx, &e, s, secrets, subs, now, log)
		_ = s.Close()
	}
	return e
}

// examineListen tells who besides this machine may see health and metrics.
func (k *Knowledge) examineListen(e *Examination) {
	host, _, err := net.SplitHostPort(k.Config.Listen)
	if err != nil || strings.EqualFold(host, "localhost") {
		return
	}
	if a, err := netip.ParseAddr(host); err == nil && a.Unmap().IsLoopback() {
		return
	}
	e.add(bot.Note, "listen", "%s is open to other machines, and health and metrics ask for no password: let a proxy with TLS stand before it and pass only /slack/, or listen on 127.0.0.1", k.Config.Listen)
}

// examineStore looks at all that is stored, and returns the store, nil if it cannot
// be used, and all subscriptions.
func (k *Knowledge) examineStore(ctx context.Context, e *Examination, now time.Time, retry bool, log *slog.Logger) (*store.Store, []news.Subscription) {
	subs := k.Subscriptions()
	if _, err := os.Stat(k.Config.Database); k.isFile() && errors.Is(err, fs.ErrNotExist) {
		e.add(bot.Note, "database", "%s does not exist yet: `parley run` or `parley once` makes it", k.Config.Database)
		return nil, subs
	}
	s, err := store.Open(ctx, k.Config.Database, log, store.WithWords(words())) // checks it, page by page
	if err != nil {
		e.add(bot.Wrong, "database", "%v", err)
		return nil, subs
	}
	made, err := s.Subscriptions(ctx)
	if err == nil {
		subs = append(subs, made...)
		err = k.examineOpen(ctx, e, s, now, retry)
	}
	if err != nil {
		e.add(bot.Wrong, "database", "%v", err)
	}
	return s, subs
}

func (k *Knowledge) examineOpen(ctx context.Context, e *Examination, s *store.Store, now time.Time, retry bool) error {
	pending, parked, sent, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	e.add(bot.Well, "database", "%s; %s sent, %d waiting, %d set aside", s.Condition(), numbered(sent, "message"), pending, parked)
	feeds, err := lookup.New(s, translator{}, k.with(nil).catalogue(), func() time.Time { return now }).Feeds(ctx)
	if err != nil {
		return err
	}
	examineFeeds(e, feeds, now)
	if retry {
		if e.Again, err = s.Unpark(ctx, "", now); err != nil {
			return err
		}
	}
	return examineOutbox(ctx, e, s, now)
}

// late is how long a task may be overdue before it is said that nobody does it.
const late = 10 * time.Minute

// enoughPages that gave nothing are no accident.
const enoughPages = 5

func examineFeeds(e *Examination, feeds []lookup.FeedHealth, now time.Time) {
	well, fresh, overdue := 0, 0, time.Duration(0)
	for _, f := range feeds {
		st := f.State
		if !st.NextCheck.IsZero() {
			overdue = max(overdue, now.Sub(st.NextCheck))
		}
		if to := st.MovedTo(); to != "" {
			e.add(bot.Note, "feed "+f.Feed.Name, "has moved for good to %s and is asked there: change its url in the configuration", to)
		}
		if h := st.Habits; f.Feed.FullText && h.Pages >= enoughPages && h.PagesRead == 0 {
			e.add(bot.Note, "feed "+f.Feed.Name, "none of %d articles could be read from its page, the last because %s: full_text does nothing here", h.Pages, h.PageTrouble)
		}
		ailment, says := st.Ailment(now)
		switch {
		case st.LastCheck.IsZero():
			fresh++
		case ailment != "" && ailment != news.Failing:
			e.add(bot.Wrong, "feed "+f.Feed.Name, "%s", says)
		case st.Failures > 0:
			since := "it was never well"
			if !st.LastSuccess.IsZero() {
				since = "last well " + st.LastSuccess.Format("2006-01-02 15:04 MST")
			}
			e.add(bot.Wrong, "feed "+f.Feed.Name, "failed %s in a row, %s: %s", numbered(st.Failures, "time"), since, strings.TrimPrefix(st.LastError, "feed "+f.Feed.Name+": "))
		default:
			well++
		}
	}
	switch {
	case fresh == len(feeds):
		e.add(bot.Note, "feeds", "none of %d was checked yet: `parley run` does it", len(feeds))
		return
	case well > 0 || fresh > 0:
		e.add(bot.Well, "feeds", "%d of %d are well, %d not checked yet", well, len(feeds), fresh)
	}
	if overdue > late {
		e.add(bot.Note, "feeds", "a check is %s overdue: parley does not seem to run on this database just now", overdue.Round(time.Minute))
	}
}

func examineOutbox(ctx context.Context, e *Examination, s *store.Store, now time.Time) error {
	list, err := s.Parked(ctx)
	if err != nil {
		return err
	}
	installed, err := s.Workspaces(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		team, channel := news.SplitAddress(p.Channel)
		for _, w := range installed {
			if w.Team == team {
				channel = w.Name + " " + channel
			}
		}
		if channel == "" {
			channel = "no channel"
		}
		e.add(bot.Wrong, channel, "%s set aside since %s: %s. Put that right, then `parley doctor --retry` sends what was set aside", numbered(p.Count, "message"), p.Oldest.Format("2006-01-02 15:04 MST"), strings.TrimSuffix(p.Reason, "."))
	}
	next, ok, err := s.NextDelivery(ctx)
	if err == nil && ok && now.Sub(next) > late {
		e.add(bot.Wrong, "outbox", "messages could have been sent since %s and nobody does it: start `parley run`", next.Format("2006-01-02 15:04 MST"))
	}
	return err
}

// channels are those of the home workspace that anything may be posted to, each
// once.
func (k *Knowledge) channels(subs []news.Subscription) []string {
	var out []string
	if k.Config.Channel != "" {
		out = append(out, k.Config.Channel)
	}
	for _, s := range subs {
		if isOf(s.Channel, "") && !slices.Contains(out, s.Channel) {
			out = append(out, s.Channel)
		}
	}
	return out
}

func examineSlack(ctx context.Context, e *Examination, secrets config.Secrets, channels []string) {
	switch {
	case secrets.BotToken == "" && secrets.ClientID != "":
		e.add(bot.Note, "slack", "no SLACK_BOT_TOKEN in the environment: what the configuration addresses goes to the terminal; workspaces that have installed parley are served")
		if secrets.AppToken == "" && secrets.SigningSecret == "" {
			e.add(bot.Note, "slack", "/parley does not answer: it needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (signed HTTP)")
		}
		return
	case secrets.BotToken == "":
		e.add(bot.Note, "slack", "no SLACK_BOT_TOKEN in the environment: alerts go to the terminal, and scopes and channels are not looked at")
		return
	case !strings.HasPrefix(secrets.BotToken, "xoxb-"):
		e.add(bot.Wrong, "slack", "SLACK_BOT_TOKEN is no bot token: it begins with xoxb- and stands under Install App")
		return
	case secrets.AppToken != "" && !strings.HasPrefix(secrets.AppToken, "xapp-"):
		e.add(bot.Wrong, "slack", "SLACK_APP_TOKEN is no app token: it begins with xapp- and stands under Basic Information, App-Level Tokens")
		secrets.AppToken = ""
	case secrets.AppToken == "" && secrets.SigningSecret == "":
		e.add(bot.Note, "slack", "/parley does not answer: it needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (signed HTTP)")
	}
	c := bot.Checkup{
		API:    bot.Access{BotToken: secrets.BotToken, AppToken: secrets.AppToken, API: secrets.APIURL}.Client(),
		Socket: secrets.AppToken != "", Channels: channels,
	}
	e.Found = append(e.Found, c.Run(ctx)...)
}

func numbered(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
