package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/slack-go/slack"

	"parley/rules"
)

// The inputs of the form that makes a rule.
const (
	inputName = "name"
	inputTry  = "try" // the button that asks for a trial
)

// ruling is the form with what stands in it.
type ruling struct {
	origin      origin
	query, name string
	note        string // above the trial, mrkdwn
	trial       []slack.Block
}

// openRule opens the form; Value is a query to begin with.
func (c *Commands) openRule(ctx context.Context, r Request) (Response, error) {
	form := ruling{origin: originOf(r), query: straight(r.Value)}
	example := form.query
	if example == "" {
		example = "by:mediator kind:talks-scheduled"
	}
	out := onlyText("Type the query: " + code("/parley watch "+example, 1500) + " shows what it would have raised, with a button that makes a rule of it; " + code("/parley test "+example, 1500) + " only looks.")
	view, err := c.ruleView(ctx, r, form)
	out.Opens = view
	return out, err
}

// ruleView draws the form: what is doubtful about the query stands right under
// it, what it would have raised at the end.
func (c *Commands) ruleView(ctx context.Context, r Request, form ruling) (*slack.ModalViewRequest, error) {
	query := textInput(inputQuery, "What to watch for", "", form.query, "by:mediator kind:talks-scheduled date:upcoming", false)
	query.DispatchAction = true
	e := query.Element.(*slack.PlainTextInputBlockElement) // as textInput has made it
	e.Multiline = true
	e.DispatchActionConfig = &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_character_entered"}}
	lint, err := c.lintLine(ctx, form)
	if err != nil {
		return nil, err
	}
	section := slack.NewSectionBlock(mrkdwnObject(lint), nil, nil)
	section.BlockID = "lint"
	blocks := []slack.Block{
		query, section, slack.NewActionBlock("", slack.NewButtonBlockElement(inputTry, "try", plainObject("Try it"))), whereInput(form.origin.from(r)),
		textInput(inputName, "Name of the rule", "Small letters and digits, with - between the parts. Left empty, it is made from the query.", form.name, "mediator-dates", true),
	}
	if form.note != "" {
		blocks = append(blocks, slack.NewDividerBlock(), slack.NewSectionBlock(mrkdwnObject(form.note), nil, nil))
	}
	blocks = append(blocks, form.trial...)
	return formView(formRule, "Try a query", "Watch for it", form.origin, blocks), nil
}

// lintLine says whether a query can be used, and shows the place where it cannot.
func (c *Commands) lintLine(ctx context.Context, form ruling) (string, error) {
	if form.query == "" {
		return "Words, phrases in quotation marks, and facts such as `negotiation:us-iran`, `kind:setback`, `by:mediator`, `date:<14d`. It is looked at while you type.", nil
	}
	name, err := c.ruleName(ctx, form.query, form.name)
	if err != nil {
		name = form.name // it is told when the form is sent
	}
	warnings, err := c.Answers.Lint(ctx, name, form.query)
	if p, ok := errors.AsType[*rules.Problem](err); ok {
		return "❌ This cannot be read yet:\n```\n" + fitCode(p.Caret(), maxSection-200) + "\n```", nil
	}
	if err != nil {
		return "", err
	}
	if s := carets(warnings); s != "" {
		return "⚠️ It can be used, but look at this:\n```\n" + s + "\n```", nil
	}
	return "✅ It can be used.", nil
}

// ruleName is the name of a rule to be made: as typed, or made of the query.
func (c *Commands) ruleName(ctx context.Context, query, name string) (string, error) {
	taken, err := c.taken(ctx)
	if err != nil {
		return "", err
	}
	if name != "" {
		return name, badName(name, taken)
	}
	q, err := rules.Parse(query)
	if err != nil {
		return "", err
	}
	return nameFor(q, taken), nil
}

// rulingIn reads what stands in a form.
func rulingIn(f filled) ruling {
	return ruling{origin: f.origin, query: f.text(inputQuery), name: f.text(inputName)}
}

// triedKey tells one query from another.
func triedKey(query string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(query)) // a hash never fails to be written to
	return fmt.Sprintf("%x", h.Sum64())
}

// looked draws the form while a trial is made, and says whether one can be.
func (c *Commands) looked(ctx context.Context, r Request, form ruling) (*slack.ModalViewRequest, bool, error) {
	form.origin.Tried = ""
	_, err := c.Answers.Lint(ctx, form.name, form.query)
	_, unread := errors.AsType[*rules.Problem](err)
	if err != nil && !unread {
		return nil, false, err
	}
	can := err == nil && form.query != ""
	if can {
		form.note = "⏳ Looking through the items of the last " + ago(usualTrial) + " …"
	}
	view, err := c.ruleView(ctx, r, form)
	return view, can, err
}

// tried draws the form with what the query would have raised.
func (c *Commands) tried(ctx context.Context, r Request, form ruling) (*slack.ModalViewRequest, error) {
	t, err := c.Answers.Backtest(ctx, form.query, r.At.Add(-usualTrial))
	if err != nil {
		form.note = c.failure(err).Text
	} else {
		a := &answer{}
		a.proposed(c, t, r.At)
		form.trial = append([]slack.Block{slack.NewDividerBlock()}, a.blocks...)
		form.origin.Tried = triedKey(form.query)
	}
	return c.ruleView(context.WithoutCancel(ctx), r, form)
}

// checkRule looks at the form that makes a rule. One whose query was not tried
// yet is shown again, with the trial: as after /parley watch nobody has a rule
// without having seen what it would have raised.
func (c *Commands) checkRule(ctx context.Context, r Request, f filled) (deed, faults, *slack.ModalViewRequest, error) {
	wrong := faults{}
	form := rulingIn(f)
	if form.query == "" {
		wrong[inputQuery] = "Type what to watch for."
		return nil, wrong, nil, nil
	}
	name, err := c.ruleName(ctx, form.query, form.name)
	if err != nil {
		id := inputQuery
		if _, ok := errors.AsType[complaint](err); ok {
			id = inputName
		}
		if !wrong.put(id, err) {
			return nil, nil, nil, err
		}
		return nil, wrong, nil, nil
	}
	if _, err := c.Answers.Lint(ctx, name, form.query); err != nil {
		if !wrong.put(inputQuery, err) {
			return nil, nil, nil, err
		}
		return nil, wrong, nil, nil
	}
	if width(form.query) > maxProposal {
		wrong[inputQuery] = "That is too long for a rule made here. Make two rules of it, of which one names the other with rule:NAME."
		return nil, wrong, nil, nil
	}
	if f.origin.Tried != triedKey(form.query) {
		view, _, err := c.looked(ctx, r, form)
		return nil, nil, view, err
	}
	dest := c.placedAt(ctx, r, f)
	return func(ctx context.Context) (Response, error) {
		return c.makeRule(ctx, dest.at(r), proposal{Name: name, Query: form.query, Made: r.At.Unix()})
	}, nil, nil, nil
}
