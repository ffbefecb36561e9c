package bot

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Picturing draws.
type Picturing interface {
	// Picture draws the developments that pass f, of one negotiation, at most
	// f.Limit of them and the latest, on a time axis that goes on to the dates ahead.
	Picture(ctx context.Context, f news.Filter, now time.Time) (Picture, error)
}

// A Picture is one that was drawn. It is nil where there is nothing to draw.
type Picture struct {
	PNG []byte
	Alt string // what it shows, for those who do not see it
}

// actionPicture is the button that shows a timeline as a picture; its value is a
// command. It is no look-up: files cannot be shown to one person alone.
const actionPicture = "parley.picture"

// maxPictured is how many developments a picture shows. More would be a carpet.
const maxPictured = 200

// An Upload is a file to be shown to a channel.
type Upload struct {
	Channel, Name, Title, Alt, Comment string
	Data                               []byte
	// Otherwise makes the answer when the file could not be uploaded. Forbidden says
	// that the Slack app lacks the scope for it.
	Otherwise func(reason string, forbidden bool) Response
}

// pictured takes "picture" off the end of what was typed.
func pictured(args string) (rest string, picture bool) {
	for _, word := range []string{"as a picture", "as picture", "picture", "chart"} {
		if rest, ok := cutFolded(args, word); ok {
			return rest, true
		}
	}
	return args, false
}

// picture answers "timeline NEGOTIATION picture". words is the same in words, for
// where no file may be uploaded.
func (c *Commands) picture(ctx context.Context, r Request, n news.Negotiation, f news.Filter, words Response) (Response, error) {
	f.Limit = maxPictured
	p, err := c.Answers.Picture(ctx, f, r.At)
	if err != nil {
		return Response{}, err
	}
	if p.PNG == nil {
		return words, nil
	}
	name := c.Names.negotiation(n.ID)
	typed := code("/parley timeline "+n.ID, maxName)
	out := onlyText("Done: the picture is in " + where(r) + ", for all to see. In words: " + typed + ".")
	out.Upload = &Upload{
		Channel: r.Channel, Data: p.PNG, Alt: p.Alt, Name: "timeline-" + kebab(n.ID) + "-" + r.At.In(c.zone()).Format(time.DateOnly) + ".png",
		Title:   clip("Timeline: "+name, maxHeader),
		Comment: showUser(r.User) + " asked for the timeline of *" + mrk(name, maxField) + "* as a picture. In words: " + typed + ".",
		Otherwise: func(reason string, forbidden bool) Response {
			said := "The picture could not be uploaded: " + mrk(reason, maxField) + ". Here is the timeline in words."
			if forbidden {
				said = "I may not upload files in this workspace. If pictures are wanted, whoever runs parley adds the scope `files:write` to the Slack app and installs it again. Here is the timeline in words."
			}
			words.Blocks = append([]slack.Block{contextLine(said)}, words.Blocks...)
			words.Text = said + " " + words.Text
			return words
		},
	}
	return out, nil
}

func where(r Request) string {
	if r.alone() {
		return "this conversation"
	}
	return "this channel"
}

// upload shows a file to a channel. It is not tried twice: an answer that is lost
// may belong to a file that is there.
func (r *Room) upload(ctx context.Context, u *Upload) (reason string, forbidden bool) {
	ctx, cancel := context.WithTimeout(ctx, lateWithin)
	defer cancel()
	_, err := r.API.UploadFileContext(ctx, slack.UploadFileParameters{
		Reader: bytes.NewReader(u.Data), FileSize: len(u.Data), Filename: u.Name, Title: u.Title, AltTxt: u.Alt, InitialComment: u.Comment, Channel: u.Channel,
	})
	if err == nil {
		return "", false
	}
	if missingScope(err) {
		return "missing_scope", true
	}
	fault := faultOf(errors.Unwrap(err)) // what was being done stands before it, and may hold an address
	if errors.Unwrap(err) == nil {
		fault = faultOf(err)
	}
	return fault.Error(), false
}
