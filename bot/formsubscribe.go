package bot

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// The inputs of the form that subscribes.
const (
	inputTarget = "target"
	inputQuery  = "query"
	inputHow    = "how"
	inputAt     = "at"
	inputDays   = "days"
	inputLevel  = "level"
	inputQuiet  = "quiet"
	inputZone   = "zone"
)

// How alerts come, as the form offers it.
const (
	howOnce     = "once"
	howThreaded = "threaded"
	howDigest   = "digest"
	howHourly   = "hourly"
	howKept     = "kept" // a digest at times that the form cannot show
)

// subscribing is the form with what stands in it.
type subscribing struct {
	origin   origin
	target   string // negotiation:ID, rule:NAME, or any query
	how      string
	at, days string // of a digest
	level    string
	quiet    string
	zone     *time.Location
	was      *news.Subscription // that is edited
}

// openSubscribe opens the form; Value is what to begin with.
func (c *Commands) openSubscribe(ctx context.Context, r Request) (Response, error) {
	form := subscribing{origin: originOf(r), target: straight(r.Value), how: howOnce, zone: c.zoneFor(ctx, r.User)}
	if r.alone() {
		p, err := c.Answers.PreferencesOf(ctx, r.User)
		if err != nil {
			return Response{}, err
		}
		form.quiet = p.Quiet
	}
	blocks, err := c.subscribeBlocks(ctx, r, form)
	if err != nil {
		return Response{}, err
	}
	what := "us-iran"
	if id, ok := strings.CutPrefix(form.target, "negotiation:"); ok {
		what = id
	}
	out := onlyText("Type what to follow, and behind it how: " + code("/parley subscribe "+what+" as digest 08:00 weekdays quiet 22:00-07:00", maxField) + ". `/parley help subscribe` shows all of it.")
	out.Opens = formView(formSubscribe, "Subscribe", "Subscribe", form.origin, blocks)
	return out, nil
}

func (c *Commands) subscribeBlocks(ctx context.Context, r Request, form subscribing) ([]slack.Block, error) {
	target, err := c.targetInputs(ctx, form.target)
	if err != nil {
		return nil, err
	}
	blocks := append(target, whereInput(form.origin.from(r)))
	return append(blocks, c.howInputs(form)...), nil
}

// targetInputs ask what to follow: a negotiation or rule out of a list, or a query.
func (c *Commands) targetInputs(ctx context.Context, initial string) ([]slack.Block, error) {
	negotiations, err := c.Answers.Negotiations(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.Answers.Rules(ctx)
	if err != nil {
		return nil, err
	}
	var about, raise []choice
	for _, n := range negotiations {
		about = append(about, choice{"negotiation:" + n.ID, c.Names.negotiation(n.ID)})
	}
	for _, rule := range all {
		title := rule.Title
		if title == "" {
			title = readable(rule.Name)
		}
		raise = append(raise, choice{"rule:" + rule.Name, title})
	}
	var groups []*slack.OptionGroupBlockObject
	query := initial
	var picked *slack.OptionBlockObject
	for _, g := range []struct {
		label string
		list  []choice
	}{{"Negotiations", about}, {"Rules", raise}} {
		if list := options(g.list); len(list) > 0 {
			groups = append(groups, slack.NewOptionGroupBlockElement(plainObject(g.label), list...))
			if o := among(list, initial); o != nil {
				picked, query = o, ""
			}
		}
	}
	var blocks []slack.Block
	if len(groups) > 0 {
		e := slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, plainObject("A negotiation or a rule"), inputTarget, groups...)
		e.InitialOption = picked
		blocks = append(blocks, input(inputTarget, "What", "", e, true))
	}
	return append(blocks, textInput(inputQuery, "… or a query", "In place of the above: words and facts, as in by:mediator kind:talks-scheduled. /parley help queries shows how.", query, "by:mediator kind:talks-scheduled", true)), nil
}

// howInputs ask how alerts shall come.
func (c *Commands) howInputs(form subscribing) []slack.Block {
	hows := []choice{
		{howOnce, "At once, updates too"}, {howThreaded, "At once, updates in threads alone"}, {howDigest, "As a digest, once a day"}, {howHourly, "As a digest every hour"},
	}
	if form.was != nil {
		if _, _, how := digestParts(form.was.Digest); how == howKept {
			hows = append(hows, choice{howKept, upperFirst(unmarked(digestWords(form.was.Digest))) + ", as it is"})
		}
	}
	how := radioInput(inputHow, "How", hows, form.how)
	how.DispatchAction = true
	blocks := []slack.Block{how}
	if form.how == howDigest {
		at := slack.NewTimePickerBlockElement(inputAt)
		at.InitialTime = form.at
		if at.InitialTime == "" {
			at.InitialTime = "08:00"
		}
		days := form.days
		if days == "" {
			days = "MON-FRI"
		}
		list := []choice{{"*", "Every day"}, {"MON-FRI", "Weekdays"}, {"SAT,SUN", "Weekends"}}
		for _, d := range append(weekdays()[1:], "SUN") {
			list = append(list, choice{d, map[string]string{
				"MON": "Mondays", "TUE": "Tuesdays", "WED": "Wednesdays", "THU": "Thursdays", "FRI": "Fridays", "SAT": "Saturdays", "SUN": "Sundays",
			}[d]})
		}
		if among(options(list), days) == nil {
			list = append(list, choice{days, strings.TrimPrefix(digestWords("0 8 * * "+days), "as a digest at 08:00 ")})
		}
		blocks = append(blocks, input(inputAt, "At", "Empty digests are not sent. Urgent alerts come at once if you choose so below.", at, false), selectInput(inputDays, "On", "", list, days))
	}
	level := form.level
	if level == "" {
		level = "all"
	}
	levels := []choice{{"all", "All alerts"}, {"normal", "Normal and urgent ones"}, {"urgent", "Urgent ones only"}}
	label := "Which"
	if form.how == howDigest || form.how == howHourly || form.how == howKept {
		label, levels[0].label = "Which at once, before the digest", "None: all in the digest"
	}
	if level == string(news.Low) {
		levels = append(levels, choice{"low", "Low ones too"})
	}
	return append(blocks,
		selectInput(inputLevel, label, "", levels, level),
		textInput(inputQuiet, "Quiet hours", "What comes then is held and sent as one digest at their end, but for urgent alerts.", form.quiet, "22:00-07:00", true),
		c.zoneInput(form.zone, "In which the times above are meant."))
}

var oneDigest = regexp.MustCompile(`^(\d{1,2}) (\d{1,2}) \* \* (\*|[A-Z,-]+)$`)

// digestParts reads a cron line that the form can show; how is howKept if it
// cannot.
func digestParts(line string) (at, days, how string) {
	m := oneDigest.FindStringSubmatch(line)
	switch {
	case line == "":
		return "", "", howOnce
	case line == "0 * * * *":
		return "", "", howHourly
	case m == nil:
		return "", "", howKept
	}
	return fmt.Sprintf("%02s:%02s", m[2], m[1]), m[3], howDigest
}

// openEdit opens the form of a subscription that exists.
func (c *Commands) openEdit(ctx context.Context, r Request) (Response, error) {
	s, ok, err := c.editable(ctx, r, r.Value)
	if err != nil {
		return Response{}, err
	}
	if !ok {
		return onlyText("That subscription has ended meanwhile. `/parley subscriptions` lists what there is."), nil
	}
	form := subscribing{origin: originOf(r), level: string(s.Level), quiet: s.Quiet, zone: s.Zone, was: &s}
	form.origin.Key = subscriptionKey(s)
	form.at, form.days, form.how = digestParts(s.Digest)
	if s.Threaded && form.how == howOnce {
		form.how = howThreaded
	}
	out := onlyText("Type it again with other wishes behind it, for example " +
		code("/parley subscribe "+plainQuery(s.To)+" as digest 08:00 weekdays", 1500) + "; in its channel, or with `in #channel`.")
	out.Opens = formView(formEdit, "Edit a subscription", "Save", form.origin, c.editBlocks(ctx, r, form))
	return out, nil
}

func (c *Commands) editBlocks(ctx context.Context, r Request, form subscribing) []slack.Block {
	s := *form.was
	where := "to you, as direct messages"
	if !personal(s.Channel, s.Author, r.User) {
		where = "in " + showChannel(s.Channel)
	}
	head := slack.NewSectionBlock(mrkdwnObject(c.subscriptionWords(ctx, s)+"\n"+where+"  ·  by "+showUser(s.Author)), nil, nil)
	return append([]slack.Block{head}, c.howInputs(form)...)
}

// editable finds a subscription by its key, if it may be changed in Slack: it was
// made there, and it is not what another person gets as direct messages.
func (c *Commands) editable(ctx context.Context, r Request, key string) (news.Subscription, bool, error) {
	all, err := c.Answers.Subscriptions(ctx)
	for _, s := range all {
		if err == nil && s.ID != 0 && !others(s.Channel, s.Author, r.User) && subscriptionKey(s) == key {
			return s, true, nil
		}
	}
	return news.Subscription{}, false, err
}

// refill draws the form anew with what stands in it, since another way of coming
// wants other inputs.
func (c *Commands) refill(ctx context.Context, r Request, f filled) (*slack.ModalViewRequest, error) {
	form := subscribing{
		origin: f.origin, how: f.option(inputHow), at: f.values[inputAt].SelectedTime, days: f.option(inputDays), level: f.option(inputLevel), quiet: f.text(inputQuiet),
	}
	if form.zone = zoneOf(f.option(inputZone)); form.zone == nil {
		form.zone = c.zone()
	}
	if f.form == formEdit {
		s, ok, err := c.editable(ctx, r, f.origin.Key)
		if err != nil || !ok {
			return nil, err
		}
		if form.was = &s; form.days == "" {
			form.at, form.days, _ = digestParts(s.Digest)
		}
		return formView(formEdit, "Edit a subscription", "Save", f.origin, c.editBlocks(ctx, r, form)), nil
	}
	if form.target = f.option(inputTarget); form.target == "" {
		form.target = f.text(inputQuery)
	}
	blocks, err := c.subscribeBlocks(ctx, r, form)
	return formView(formSubscribe, "Subscribe", "Subscribe", f.origin, blocks), err
}

// wishedIn makes wishes of what was chosen; kept is the digest of the subscription
// that is edited.
func wishedIn(f filled, was news.Subscription, wrong faults) wishes {
	w := wishes{any: true, threaded: was.Threaded && was.Digest != ""}
	switch how := f.option(inputHow); how {
	case howThreaded:
		w.threaded = true
	case howHourly:
		w.digest = "0 * * * *"
	case howKept:
		w.digest = was.Digest
	case howDigest:
		w.digest = "0 8 * * MON-FRI"
		minutes, ok := clockTime(f.values[inputAt].SelectedTime)
		if days := f.option(inputDays); ok && days != "" {
			w.digest = fmt.Sprintf("%d %d * * %s", minutes%60, minutes/60, days)
		}
		if !plainCron.MatchString(w.digest) {
			wrong[inputDays] = "Choose the days of the digest."
		}
	default:
		w.threaded = false
	}
	switch level := news.Level(f.option(inputLevel)); level {
	case news.Urgent, news.Normal, news.Low:
		w.level = level
	}
	if quiet := f.text(inputQuiet); quiet != "" {
		var ok bool
		if w.quiet, ok = hours(strings.ReplaceAll(quiet, " ", "")); !ok {
			wrong[inputQuiet] = "Write quiet hours as 22:00-07:00, or leave them empty."
		}
	}
	return w
}

// checkSubscription looks at the form that subscribes, or changes a subscription.
func (c *Commands) checkSubscription(ctx context.Context, r Request, f filled) (deed, faults, error) {
	wrong := faults{}
	want := wanted{zone: zoneOf(f.option(inputZone))}
	if want.zone == nil {
		wrong[inputZone] = "Choose a time zone."
	}
	if f.form == formEdit {
		s, ok, err := c.editable(ctx, r, f.origin.Key)
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			return func(context.Context) (Response, error) { return Response{}, news.ErrNotFound }, nil, nil
		}
		want.wishes = wishedIn(f, s, wrong)
		want.typed, want.to, want.what = plainQuery(s.To), s.To, c.subscriptionWords(ctx, s)
		want.dest = c.placed(r, s.Channel, s.Author)
	} else {
		want.wishes = wishedIn(f, news.Subscription{}, wrong)
		want.dest = c.placedAt(ctx, r, f)
		if err := c.targetIn(ctx, f, &want, wrong); err != nil {
			return nil, nil, err
		}
	}
	if len(wrong) > 0 {
		return nil, wrong, nil
	}
	return func(ctx context.Context) (Response, error) { return c.subscribeTo(ctx, r, want) }, nil, nil
}

// targetIn reads what the form shall follow.
func (c *Commands) targetIn(ctx context.Context, f filled, want *wanted, wrong faults) error {
	picked, query := f.option(inputTarget), f.text(inputQuery)
	switch {
	case picked == "" && query == "":
		wrong[inputQuery] = "Choose a negotiation or a rule above, or type a query here."
		return nil
	case picked != "" && query != "":
		wrong[inputQuery] = "Both are filled in: empty this, or take back the choice above."
		return nil
	}
	input := inputQuery
	if want.typed = query; picked != "" {
		want.typed, input = strings.TrimPrefix(picked, "negotiation:"), inputTarget
	}
	var err error
	if want.to, want.what, err = c.target(ctx, "subscribe", want.typed); err == nil {
		_, err = c.Answers.Check(ctx, want.to)
	}
	if err != nil && !wrong.put(input, err) {
		return err
	}
	return nil
}
