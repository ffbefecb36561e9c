package bot

import (
	"context"
	"strings"
	"time"

	"parley/internal/news"
)

// Outgoing is what the room must know of messages that could not be delivered.
type Outgoing interface {
	// Parked tells what was set aside, by channel and reason, the longest waiting
	// first.
	Parked(ctx context.Context) ([]news.Parked, error)
	// Unpark puts all that was set aside back into the queue, in the name of author,
	// and says how much that was.
	Unpark(ctx context.Context, author string, at time.Time) (int, error)
}

// parkedShown is how many channels and reasons are told of.
const parkedShown = 8

// parked adds what was set aside to an answer.
func (a *answer) parked(c *Commands, list []news.Parked) {
	if len(list) == 0 {
		return
	}
	var lines, said []string
	for i, p := range list {
		if i == parkedShown {
			lines = append(lines, "and "+itoa(len(list)-i)+" more channels or reasons")
			break
		}
		reason := clip(strings.TrimSuffix(tidy(plain(p.Reason)), "."), 250)
		lines = append(lines, "📭 "+plural(p.Count, "message")+" for "+showChannel(p.Channel)+" since "+moment(p.Oldest, c.zone())+": "+mrk(reason, 300))
		said = append(said, plural(p.Count, "message")+" for "+showChannel(p.Channel)+": "+mrk(reason, 300))
	}
	then := "Put the reason right, then " + code("/parley retry", maxName) + " sends them."
	lines = append(lines, then)
	a.section("*Set aside, since it could not be delivered*\n"+strings.Join(lines, "\n"), "Set aside: "+strings.Join(said, ". ")+". "+then)
}

// retry answers "retry".
func (c *Commands) retry(ctx context.Context, r Request, _ string) (Response, error) {
	list, err := c.Answers.Parked(ctx)
	if err != nil {
		return Response{}, err
	}
	if len(list) == 0 {
		return onlyText("Nothing is set aside: all that was raised has been delivered, or waits for its time."), nil
	}
	n, err := c.Answers.Unpark(ctx, r.User, r.At)
	if err != nil {
		return Response{}, err
	}
	what, are := plural(n, "message"), " that were set aside are on their way again."
	if n == 1 {
		are = " that was set aside is on its way again."
	}
	out := onlyText("Done: " + what + are + " What still cannot be delivered will stand in " + code("/parley feeds", maxName) + " once more.")
	said := onlyText("📬 " + showUser(r.User) + " had " + what + " sent again that could not be delivered before.")
	out.Announce = &Announcement{Channel: r.Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(string) Response { return out }}
	return out, nil
}
