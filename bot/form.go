package bot

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/rules"
)

// Forms are modals with inputs. Each does what a command does, by the same code:
// what was typed and chosen is made into the same wishes, checked anew when it is
// sent, announced and kept with its author alike. Whatever a form can do can be
// typed too.

// actionForm begins the action id of a button that opens a form; what stands
// behind is which, its value what it is about.
const actionForm = "parley.form."

// The forms, which are also their callback ids behind actionForm.
const (
	formSubscribe = "subscribe"
	formEdit      = "edit"
	formRule      = "rule"
	formSettings  = "settings"
)

// aboutNothing is the value of a button that opens an empty form: Slack wants one.
const aboutNothing = "+"

// formButton opens a form; about may be empty.
func formButton(label, form, about string) *slack.ButtonBlockElement {
	if about == "" {
		about = aboutNothing
	}
	return slack.NewButtonBlockElement(actionForm+form, clip(about, 1900), plainObject(clip(label, 70)))
}

// prime makes a button the one that is pressed first.
func prime(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	b.Style = slack.StylePrimary
	return b
}

// An origin is what a form remembers of where it was opened. It is kept in the
// form's private metadata, bounded, and everything in it is looked up anew: it
// names where to begin, and grants nothing.
type origin struct {
	Channel string `json:"c,omitempty"`
	Name    string `json:"n,omitempty"` // of the channel, without its #
	Key     string `json:"s,omitempty"` // of the subscription that is edited
	Tried   string `json:"t,omitempty"` // of the query whose trial is shown
}

var conversationID = regexp.MustCompile(`^[CGDUW][A-Z0-9]{1,40}$`)

// readOrigin reads private metadata; what does not fit is left out.
func readOrigin(s string) (o origin) {
	if len(s) > maxPrivate || json.Unmarshal([]byte(s), &o) != nil {
		return origin{}
	}
	if !conversationID.MatchString(o.Channel) {
		o.Channel, o.Name = "", ""
	}
	o.Name, o.Key, o.Tried = clip(tidy(o.Name), 80), clip(tidy(o.Key), 40), clip(tidy(o.Tried), 40)
	return o
}

func (o origin) write() string {
	b, err := json.Marshal(o)
	if err != nil || len(b) > maxPrivate {
		return "" // strings are always written, and these are short
	}
	return string(b)
}

// originOf remembers where a request came from.
func originOf(r Request) origin {
	return origin{Channel: r.Channel, Name: clip(r.ChannelName, 80)}
}

// from puts a request back to where a form was opened.
func (o origin) from(r Request) Request {
	if o.Channel != "" {
		r.Channel, r.ChannelName = o.Channel, o.Name
	}
	return r
}

// A filled form is what somebody typed and chose in one.
type filled struct {
	form   string
	origin origin
	values map[string]slack.BlockAction // by action id, which is the block id too
}

// filledIn reads the inputs of a view.
func filledIn(v slack.View) filled {
	f := filled{form: strings.TrimPrefix(v.CallbackID, actionForm), origin: readOrigin(v.PrivateMetadata), values: map[string]slack.BlockAction{}}
	if v.State == nil {
		return f
	}
	for _, block := range v.State.Values {
		for id, value := range block {
			f.values[id] = value
		}
	}
	return f
}

func (f filled) text(id string) string   { return straight(clip(f.values[id].Value, 4000)) }
func (f filled) option(id string) string { return clip(f.values[id].SelectedOption.Value, maxOption) }

// conversation is the id of the one that was chosen.
func (f filled) conversation(id string) string {
	if c := f.values[id].SelectedConversation; conversationID.MatchString(c) {
		return c
	}
	return ""
}

// straight makes quotation marks straight, since in a query they have a meaning.
func straight(s string) string {
	return tidy(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "\u2011", "-").Replace(s))
}

// faults are what is wrong with the inputs of a form, by block id: plain text.
type faults map[string]string

// put tells of an error in an input; false if it cannot be mended there.
func (f faults) put(id string, err error) bool {
	if p, ok := errors.AsType[*rules.Problem](err); ok {
		f[id] = clip(upperFirst(tidy(p.Error()))+".", 300)
		return true
	}
	if said, ok := errors.AsType[complaint](err); ok {
		f[id] = clip(tidy(unmarked(string(said))), 300)
		return true
	}
	return false
}

// unmarked is a sentence of ours in mrkdwn as plain text.
func unmarked(s string) string {
	return strings.NewReplacer("`", "", "*", "", "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// A deed is what a form does once it has been found to be right.
type deed func(context.Context) (Response, error)

// check looks at a form that was sent. It changes nothing: that is for the deed,
// which is nil where there are faults, or where another view is to be shown first.
func (c *Commands) check(ctx context.Context, r Request, f filled) (do deed, wrong faults, instead *slack.ModalViewRequest, err error) {
	switch f.form {
	case formSubscribe, formEdit:
		do, wrong, err = c.checkSubscription(ctx, f.origin.from(r), f)
	case formRule:
		do, wrong, instead, err = c.checkRule(ctx, f.origin.from(r), f)
	case formSettings:
		do, wrong, err = c.checkSettings(ctx, r, f)
	default:
		return func(context.Context) (Response, error) {
			return onlyText("That window is from an older version of me and does nothing now. `/parley help` lists what there is."), nil
		}, nil, nil, nil
	}
	return do, wrong, instead, err
}

// form opens one; Text says what to type instead.
func (c *Commands) form(ctx context.Context, r Request) (Response, error) {
	if r.Value == aboutNothing {
		r.Value = ""
	}
	switch form := strings.TrimPrefix(r.Action, actionForm); form {
	case formSubscribe:
		return c.openSubscribe(ctx, r)
	case formEdit:
		return c.openEdit(ctx, r)
	case formRule:
		return c.openRule(ctx, r)
	case formSettings:
		return c.openSettings(ctx, r)
	}
	return oldButton(), nil
}

// formView makes the modal of a form.
func formView(form, title, submit string, o origin, blocks []slack.Block) *slack.ModalViewRequest {
	m := modal(actionForm+form, title, submit, blocks)
	m.PrivateMetadata = o.write()
	return m
}

// Inputs. The block id of each is its action id, so that a fault finds it.

func textInput(id, label, hint, initial, placeholder string, optional bool) *slack.InputBlock {
	e := slack.NewPlainTextInputBlockElement(nil, id)
	if placeholder != "" {
		e.Placeholder = plainObject(clip(placeholder, 140))
	}
	e.InitialValue, e.MaxLength = clip(initial, 2900), 2900
	return input(id, label, hint, e, optional)
}

func input(id, label, hint string, e slack.BlockElement, optional bool) *slack.InputBlock {
	b := slack.NewInputBlock(id, plainObject(label), nil, e)
	if hint != "" {
		b.Hint = plainObject(hint)
	}
	return b.WithOptional(optional)
}

// A choice is an option of a menu.
type choice struct{ value, label string }

func options(list []choice) (out []*slack.OptionBlockObject) {
	seen := map[string]bool{}
	for _, o := range list {
		if seen[o.value] || o.value == "" || width(o.value) > maxOption || len(out) == maxOptions {
			continue
		}
		seen[o.value] = true
		label := clip(plain(o.label), maxOptionText)
		if label == "" {
			label = clip(o.value, maxOptionText)
		}
		out = append(out, slack.NewOptionBlockObject(o.value, plainObject(label), nil))
	}
	return out
}

const (
	maxOptions    = 100
	maxOptionText = 73 // Slack takes 75; mentions are defused with one more
)

// among is the option of that value, nil if there is none.
func among(list []*slack.OptionBlockObject, value string) *slack.OptionBlockObject {
	for _, o := range list {
		if o.Value == value {
			return o
		}
	}
	return nil
}

func selectInput(id, label, hint string, list []choice, initial string) *slack.InputBlock {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainObject("Choose"), id, options(list)...)
	e.InitialOption = among(e.Options, initial)
	return input(id, label, hint, e, false)
}

func radioInput(id, label string, list []choice, initial string) *slack.InputBlock {
	e := slack.NewRadioButtonsBlockElement(id, options(list)...)
	e.InitialOption = among(e.Options, initial)
	return input(id, label, "", e, false)
}

// whereInput asks for a channel. Slack lists those that the person may see.
func whereInput(r Request) *slack.InputBlock {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, plainObject("Direct messages to you"), inputWhere)
	e.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}}
	if !r.alone() && strings.HasPrefix(r.Channel, "C") || strings.HasPrefix(r.Channel, "G") {
		e.InitialConversation = r.Channel
	}
	return input(inputWhere, "Where", "A channel, in which all see the alerts and that it was you; or none: then they come to you alone.", e, true)
}

const inputWhere = "where"

// placedAt is the destination that was chosen in a form: a channel with its name,
// or the person who asks.
func (c *Commands) placedAt(ctx context.Context, r Request, f filled) destination {
	id := f.conversation(inputWhere)
	if id == "" || strings.HasPrefix(id, "D") || person(id) {
		return destination{channel: r.User, user: r.User, here: true}
	}
	to := destination{channel: id}
	if id == f.origin.Channel && f.origin.Name != "" {
		to.name = "#" + f.origin.Name
	}
	if c.Places != nil {
		list, err := c.Places(ctx, r.User)
		for _, p := range list {
			if err == nil && p.ID == id && p.Name != "" {
				to.name = "#" + p.Name
			}
		}
	}
	return to
}

// at makes a request as if it had been typed at the destination.
func (d destination) at(r Request) Request {
	r.Channel, r.ChannelName = d.channel, strings.TrimPrefix(d.name, "#")
	return r
}

// profileWithin bounds how long a form waits for somebody's profile: a modal must
// open within three seconds.
const profileWithin = 700 * time.Millisecond

// withForm is a sentence with a button that opens a form.
func withForm(label, form, text string) Response {
	out := onlyText(text)
	out.Blocks = append(out.Blocks, slack.NewActionBlock("", formButton(label, form, "")))
	return out
}
