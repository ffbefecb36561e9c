package bot

import (
	"context"
	"errors"
	"time"

	"parley/internal/news"
)

// Keeping is what the room must know and do of status cards: messages that say how
// a negotiation stands, and are edited when that changes.
type Keeping interface {
	// StatusCards returns those that are kept.
	StatusCards(ctx context.Context) ([]news.StatusCard, error)
	// ShowStatus sees to it that a card is there to be read: it is posted anew if it
	// was set aside or deleted. It reports whether there is such a card.
	ShowStatus(ctx context.Context, channel, negotiation string, now time.Time) (bool, error)
}

// actionStatus is the button that keeps or ends a status card; its value is a
// command.
const actionStatus = "parley.status"

// What stands behind "status NEGOTIATION" to change something.
const (
	keepWord = "keep"
	endWord  = "end"
)

// keepOrEnd takes such a word off the end.
func keepOrEnd(args string) (rest, change string) {
	for _, word := range []string{keepWord, endWord} {
		if rest, ok := cutFolded(args, word); ok {
			return rest, word
		}
	}
	return args, ""
}

// statusCard finds the card of a channel; false if none is kept there.
func (c *Commands) statusCard(ctx context.Context, negotiation string, dest destination) (news.StatusCard, bool, error) {
	all, err := c.Answers.StatusCards(ctx)
	if err != nil {
		return news.StatusCard{}, false, err
	}
	for _, card := range all {
		if card.Negotiation == negotiation && dest.holds(news.Subscription{Channel: card.Channel}) {
			return card, true, nil
		}
	}
	return news.StatusCard{}, false, nil
}

// cardKept says that a channel has a status card, and leads there.
func cardKept(card news.StatusCard) string {
	said := "This channel keeps a status card of it"
	if link := permalink(card.Receipt); link != "" {
		said += ": <" + escapeLink(link) + "|see it>"
	}
	return said + "."
}

// keepStatus answers "status NEGOTIATION keep": the channel keeps a status card
// from now on, besides what it is subscribed to.
func (c *Commands) keepStatus(ctx context.Context, r Request, id string, dest destination) (Response, error) {
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	what := "*" + mrk(c.Names.negotiation(id), maxField) + "*"
	sub := news.Subscription{Channel: dest.channel, To: "negotiation:" + id, Status: news.StatusOnly, Zone: c.Zone}
	for _, s := range all {
		if !dest.holds(s) {
			continue
		}
		if s.KeepsStatusOf() == id {
			return c.keptAlready(ctx, r, id, s.Channel, dest)
		}
		sub.Channel = s.Channel // one channel is called by one name
		if s.To == sub.To && s.ID != 0 {
			sub = s
			sub.Status = news.WithStatus
		}
	}
	sub.Author, sub.Created = r.User, r.At
	if _, _, err := c.Answers.Subscribe(ctx, sub); err != nil {
		return Response{}, err
	}
	out := onlyText("Done: " + dest.String() + " keeps a status card of " + what + " from now on. It is edited in place, without a sound. To end it: the button on it, or " +
		code("/parley status "+id+" "+endWord+dest.again(), maxField) + ".")
	said := onlyText("📌 " + showUser(r.User) + " had a status card of " + what + " put here. It is kept up to date in place.")
	out.Announce = &Announcement{Channel: sub.Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return onlyText("The status card is wanted, but I cannot post in " + dest.String() + " yet: " + mrk(reason, maxField) + ".")
	}}
	return out, nil
}

// keptAlready leads to a card, and has it posted anew if it is gone.
func (c *Commands) keptAlready(ctx context.Context, r Request, id, channel string, dest destination) (Response, error) {
	card, ok, err := c.statusCard(ctx, id, dest)
	if err == nil && ok {
		ok, err = c.Answers.ShowStatus(ctx, channel, id, r.At)
	}
	switch {
	case err != nil:
		return Response{}, err
	case !ok:
		return onlyText("Its status card is on its way to " + dest.String() + "."), nil
	case card.Parked != "":
		return onlyText("The status card was set aside (" + mrk(plain(card.Parked), maxField) + "). It is posted anew now."), nil
	}
	return onlyText(cardKept(card) + " If somebody has deleted it, it is posted anew within a minute."), nil
}

// endStatus answers "status NEGOTIATION end".
func (c *Commands) endStatus(ctx context.Context, r Request, id string, dest destination) (Response, error) {
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	what := "*" + mrk(c.Names.negotiation(id), maxField) + "*"
	var ended *news.Subscription
	for _, s := range all {
		if !dest.holds(s) || s.KeepsStatusOf() != id {
			continue
		}
		if s.ID == 0 {
			return onlyText("That status card comes from the configuration, so it cannot be ended here. Ask whoever runs parley to take `status: true` out of its subscription."), nil
		}
		ended = &s
	}
	if ended == nil {
		return onlyText(upperFirst(dest.String()) + " keeps no status card of " + what + ". To have one: " + code("/parley status "+id+" "+keepWord+dest.again(), maxField) + "."), nil
	}
	alerts := ""
	if ended.Status == news.StatusOnly {
		err = c.Answers.Unsubscribe(ctx, ended.ID, r.User, r.At)
	} else {
		s := *ended
		s.Status, s.Author, s.Created = news.NoStatus, r.User, r.At
		alerts = " Alerts go on as before."
		_, _, err = c.Answers.Subscribe(ctx, s)
	}
	if err != nil && !errors.Is(err, news.ErrNotFound) { // somebody else was quicker
		return Response{}, err
	}
	out := onlyText("Done: the status card of " + what + " in " + dest.String() + " is no longer kept." + alerts)
	said := onlyText("📌 " + showUser(r.User) + " ended the status card of " + what + " in this channel." + alerts)
	out.Announce = &Announcement{Channel: ended.Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return onlyText(out.Text + " I could not say so there: " + mrk(reason, maxField) + ".")
	}}
	return out, nil
}
