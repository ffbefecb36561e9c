package bot

import (
	"context"
	"strconv"
	"strings"

	"parley/internal/news"
)

// fromHome does what was pressed on an App Home. What is meant is looked up anew,
// among what the person may see at this moment.
func (c *Commands) fromHome(ctx context.Context, r Request) Response {
	verb, key, _ := strings.Cut(r.Value, " ")
	out, err := c.homeDeed(ctx, r, verb, key)
	if err != nil {
		return c.failure(err)
	}
	return out
}

func (c *Commands) homeDeed(ctx context.Context, r Request, verb, key string) (Response, error) {
	mine, err := c.mine(ctx, r)
	if err != nil {
		return Response{}, err
	}
	switch verb {
	case "edit":
		r.Value = key
		return c.openEdit(ctx, r)
	case "unmute", "release": // beside the mute, and in the menu of what it holds
		mutes, err := c.mutedFor(ctx, r, mine.places)
		if err != nil {
			return Response{}, err
		}
		for _, m := range mutes {
			if strconv.FormatInt(m.ID, 10) == key {
				return c.endMutes(ctx, r, c.placed(r, m.Channel, m.Author), []news.Mute{m})
			}
		}
		return onlyText("That mute is over already, or you are no longer in its channel."), nil
	case "mute", "end":
		for _, s := range mine.subs {
			if subscriptionKey(s) != key {
				continue
			}
			dest := c.placed(r, s.Channel, s.Author)
			if verb == "end" && s.ID != 0 {
				return c.endSubscriptions(ctx, r, dest, []news.Subscription{s})
			}
			m := news.Mute{To: s.To, Until: r.At.Add(usualMute), Author: r.User, Created: r.At}
			return c.hold(ctx, r, dest, m, muteName(m), "alerts for "+c.subscriptionWords(ctx, s))
		}
		return onlyText("That subscription has ended meanwhile, or you are no longer in its channel."), nil
	}
	return oldButton(), nil
}

// placed is the channel of something that exists, as it is called there.
func (c *Commands) placed(r Request, channel, author string) destination {
	if personal(channel, author, r.User) {
		return destination{channel: channel, user: r.User, here: true}
	}
	to := destination{channel: channel}
	if strings.HasPrefix(channel, "#") {
		to.name = channel
	}
	return to
}
