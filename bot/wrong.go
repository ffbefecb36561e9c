package bot

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// actionWrong is the menu on a card; what is chosen there is a command.
const actionWrong = "parley.wrong"

// A wrongWord is how a person says what is wrong.
type wrongWord struct {
	what  news.Wrong
	label string // on the menu
	right string // an example of what would be right, as it is typed
}

func wrongWords() []wrongWord {
	return []wrongWord{
		{news.WrongKind, "the kind", "talks-ended"},
		{news.WrongDate, "the date", "2026-11-24"},
		{news.WrongSpeaker, "the speaker", "iran"},
		{news.Nothing, "it is no development", ""},
		{news.Duplicate, "it was known already", "D-7"},
	}
}

var developmentNumber = regexp.MustCompile(`(?i)^D-(\d{1,18})$`)

// wrong answers "wrong D-12 kind [talks-ended]".
func (c *Commands) wrong(ctx context.Context, r Request, args string) (Response, error) {
	fields := strings.Fields(args)
	usage := "Say of which card, and what: " + code("/parley wrong D-12 kind talks-ended", maxName) + ", " + code("/parley wrong D-12 date 2026-11-24", maxName) + ", " +
		code("/parley wrong D-12 speaker iran", maxName) + ", " + code("/parley wrong D-12 nothing", maxName) + " if it is no development, " + code("/parley wrong D-12 duplicate D-7", maxName) + " if it was known. The number stands on the card."
	if len(fields) < 2 {
		return onlyText(usage), nil
	}
	m := developmentNumber.FindStringSubmatch(fields[0])
	i := slices.IndexFunc(wrongWords(), func(w wrongWord) bool { return strings.EqualFold(string(w.what), fields[1]) })
	if m == nil || i < 0 {
		return onlyText(usage), nil
	}
	number, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return onlyText(usage), nil
	}
	word := wrongWords()[i]
	f := news.Feedback{Development: news.DevelopmentID(number), What: word.what, Channel: r.Channel, Author: r.User, At: r.At}
	if f.Right, err = c.rightWords(ctx, f, strings.Join(fields[2:], " ")); err != nil {
		return Response{}, err
	}
	first, err := c.Answers.Label(ctx, f)
	if errors.Is(err, news.ErrNotFound) {
		return onlyText("There is no development " + f.Development.String() + ". Its number stands on the card."), nil
	}
	if err != nil {
		return Response{}, err
	}
	said := "Noted with your name: of " + f.Development.String() + " " + word.label + " is wrong."
	switch f.What {
	case news.Nothing:
		said = "Noted with your name: " + f.Development.String() + " is no development."
	case news.Duplicate:
		said = "Noted with your name: " + f.Development.String() + " was known already."
	}
	if !first {
		said = strings.Replace(said, "Noted", "Noted already", 1)
	}
	switch {
	case f.What == news.Nothing:
	case f.Right != "":
		said += " Right is " + code(f.Right, maxName) + "."
	case word.right != "":
		said += " If you know what is right, tell me: " + code("/parley wrong "+f.Development.String()+" "+string(f.What)+" "+word.right, maxField) + "."
	}
	return onlyText(said + " Whoever runs parley can learn from it: `parley feedback export`."), nil
}

// rightWords checks what somebody says is right.
func (c *Commands) rightWords(ctx context.Context, f news.Feedback, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	switch f.What {
	case news.WrongKind:
		var kinds []string
		for _, k := range news.Kinds() {
			if kinds = append(kinds, string(k)); strings.EqualFold(string(k), strings.ReplaceAll(typed, " ", "-")) {
				return string(k), nil
			}
		}
		return "", notAmong("There is no kind ", typed, kinds)
	case news.WrongDate:
		if _, err := time.Parse(time.DateOnly, typed); err != nil {
			return "", complaint("I cannot read " + code(typed, maxName) + " as a day. Write it like " + code("2026-11-24", maxName) + ".")
		}
		return typed, nil
	case news.WrongSpeaker:
		found, _, err := c.Answers.Speakers(ctx, typed)
		if err != nil {
			return "", err
		}
		if len(found) == 1 {
			return found[0].ID, nil
		}
		return clip(plain(typed), maxName), nil
	case news.Duplicate:
		m := developmentNumber.FindStringSubmatch(strings.TrimPrefix(typed, "of "))
		if m == nil || "D-"+m[1] == f.Development.String() {
			return "", complaint("Of which other one? Give its number, like " + code("D-7", maxName) + "; `/parley latest` shows them.")
		}
		return "D-" + m[1], nil
	case news.Nothing:
		return clip(plain(typed), maxName), nil // why
	}
	return "", nil
}

// wrongMenu is the menu on a card; nil for one that tells of no development.
func (s sheet) wrongMenu() slack.BlockElement {
	if s.id == "" || s.id == news.DevelopmentID(0).String() {
		return nil
	}
	var options []*slack.OptionBlockObject
	for _, w := range wrongWords() {
		options = append(options, slack.NewOptionBlockObject("wrong "+s.id+" "+string(w.what), plainObject(w.label), nil))
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainObject("Wrong?"), actionWrong, options...)
}
