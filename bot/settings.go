package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Preferring is what the room must know and do so that people can set what is
// theirs alone.
type Preferring interface {
	// PreferencesOf returns what somebody set; the zero value but for User if nothing.
	PreferencesOf(ctx context.Context, user string) (news.Preferences, error)
	// Prefer keeps it.
	Prefer(ctx context.Context, p news.Preferences) error
}

// settings answers "settings [zone Europe/London] [quiet 22:00-07:00]".
func (c *Commands) settings(ctx context.Context, r Request, args string) (Response, error) {
	p, err := c.Answers.PreferencesOf(ctx, r.User)
	if err != nil {
		return Response{}, err
	}
	if args == "" {
		out := onlyText("Your direct messages: " + c.settingsWords(ctx, r.User, p) + ". To change it: " + code("/parley settings zone Europe/London quiet 22:00-07:00", maxField) +
			"; `zone default` and `quiet off` take it back.")
		out.Blocks = append(out.Blocks, slack.NewActionBlock("", formButton("Settings…", formSettings, "")))
		return out, nil
	}
	fields := strings.Fields(args)
	for len(fields) > 0 {
		if len(fields) == 1 {
			return onlyText("Write " + code("/parley settings zone Europe/London", maxName) + " or " + code("/parley settings quiet 22:00-07:00", maxName) + "."), nil
		}
		switch value := fields[1]; strings.ToLower(fields[0]) {
		case "zone":
			if p.Zone, err = namedZone(value); err != nil {
				return Response{}, err
			}
		case "quiet":
			quiet, ok := hours(value)
			if !ok && !strings.EqualFold(value, "off") {
				return onlyText("I cannot read " + code(value, maxName) + " as quiet hours. Say for example `quiet 22:00-07:00`, or `quiet off`."), nil
			}
			p.Quiet = quiet
		default:
			return onlyText("There is no setting " + code(fields[0], maxName) + "; there are `zone` and `quiet`."), nil
		}
		fields = fields[2:]
	}
	return c.set(ctx, r, p)
}

// namedZone reads a zone by its name; nil for that of the configuration.
func namedZone(name string) (*time.Location, error) {
	if strings.EqualFold(name, "default") {
		return nil, nil
	}
	if zone := zoneOf(name); zone != nil && name != "Local" {
		return zone, nil
	}
	said := "There is no time zone " + code(name, maxName) + ". They are called like `Europe/London`"
	var cities []string
	for _, z := range commonZones() {
		cities = append(cities, z)
		_, city, _ := strings.Cut(z, "/")
		if sameName(city, name) {
			return nil, complaint(said + ": did you mean " + code(z, maxName) + "?")
		}
	}
	if near := nearest(strings.ToLower(name), cities); near != "" {
		return nil, complaint(said + ": did you mean " + code(near, maxName) + "?")
	}
	return nil, complaint(said + ".")
}

func (c *Commands) settingsWords(ctx context.Context, user string, p news.Preferences) string {
	words := "times in " + mrk(c.zoneFor(ctx, user).String(), maxName)
	if p.Quiet == "" {
		return words + ", no quiet hours"
	}
	return words + ", quiet " + mrk(p.Quiet, maxName)
}

// zoneFor is by whose clock somebody lives: as they set it, as their profile says,
// or as the configuration does.
func (c *Commands) zoneFor(ctx context.Context, user string) *time.Location {
	if p, err := c.Answers.PreferencesOf(ctx, user); err == nil && p.Zone != nil {
		return p.Zone
	}
	if zone := c.profileZone(ctx, user); zone != nil {
		return zone
	}
	return c.zone()
}

func (c *Commands) profileZone(ctx context.Context, user string) *time.Location {
	if c.Profile == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, profileWithin)
	defer cancel()
	zone, err := c.Profile(ctx, user)
	if err != nil {
		return nil // without the scope the configuration's is proposed
	}
	return zone
}

// set keeps the settings of a person, and brings those of his or her direct
// messages up to them that had the old ones.
func (c *Commands) set(ctx context.Context, r Request, p news.Preferences) (Response, error) {
	old, err := c.Answers.PreferencesOf(ctx, r.User)
	if err != nil {
		return Response{}, err
	}
	before := c.zoneFor(ctx, r.User)
	p.User, p.Changed = r.User, r.At
	if err := c.Answers.Prefer(ctx, p); err != nil {
		return Response{}, err
	}
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	changed := 0
	for _, s := range all {
		if s.ID == 0 || !personal(s.Channel, s.Author, r.User) || s.Quiet != old.Quiet || !c.sameZone(s.Zone, before) && !c.sameZone(s.Zone, nil) {
			continue
		}
		s.Quiet, s.Author, s.Created = p.Quiet, r.User, r.At
		if s.Zone = p.Zone; p.Zone == nil {
			s.Zone = c.Zone
		}
		if _, _, err := c.Answers.Subscribe(ctx, s); err != nil {
			return Response{}, err
		}
		changed++
	}
	said := "Done: " + c.settingsWords(ctx, r.User, p) + ", for what comes to you as direct messages from now on."
	if changed > 0 {
		said += " What you follow already comes by it too: " + plural(changed, "subscription") + "."
	}
	return onlyText(said), nil
}

// openSettings opens the form.
func (c *Commands) openSettings(ctx context.Context, r Request) (Response, error) {
	p, err := c.Answers.PreferencesOf(ctx, r.User)
	if err != nil {
		return Response{}, err
	}
	out := onlyText("Type " + code("/parley settings zone Europe/London quiet 22:00-07:00", maxField) + ".")
	out.Opens = formView(formSettings, "Settings", "Save", originOf(r), []slack.Block{
		slack.NewSectionBlock(mrkdwnObject("For what comes to *you*, as direct messages. Channels have their own: `/parley subscriptions` in a channel, then Edit…"), nil, nil),
		c.zoneInput(c.zoneFor(ctx, r.User), "In which quiet hours and the times of your digests are meant."),
		textInput(inputQuiet, "Quiet hours", "What comes then is held and sent as one digest at their end, but for urgent alerts. Empty: none.", p.Quiet, "22:00-07:00", true),
	})
	return out, nil
}

func (c *Commands) checkSettings(ctx context.Context, r Request, f filled) (deed, faults, error) {
	wrong := faults{}
	p := news.Preferences{Zone: zoneOf(f.option(inputZone))}
	if p.Zone == nil {
		wrong[inputZone] = "Choose a time zone."
	}
	if quiet := f.text(inputQuiet); quiet != "" {
		var ok bool
		if p.Quiet, ok = hours(strings.ReplaceAll(quiet, " ", "")); !ok {
			wrong[inputQuiet] = "Write quiet hours as 22:00-07:00, or leave them empty."
		}
	}
	if len(wrong) > 0 {
		return nil, wrong, nil
	}
	return func(ctx context.Context) (Response, error) { return c.set(ctx, r, p) }, nil, nil
}

// zoneInput asks for a time zone: that which is set first, then common ones.
func (c *Commands) zoneInput(set *time.Location, hint string) *slack.InputBlock {
	names := []string{c.orZone(set).String(), c.zone().String(), "UTC"}
	var list []choice
	for _, name := range append(names, commonZones()...) {
		if zoneOf(name) != nil && !slices.Contains(list, choice{name, name}) {
			list = append(list, choice{name, name})
		}
	}
	return selectInput(inputZone, "Time zone", hint, list, names[0])
}

// commonZones are offered in forms, by continent from west to east; any other can
// be typed. They are where news desks and the talks they follow are.
func commonZones() []string {
	return strings.Fields(`
		America/Los_Angeles America/Denver America/Mexico_City America/Chicago America/Bogota America/New_York America/Toronto America/Caracas America/Santiago America/Sao_Paulo
		America/Argentina/Buenos_Aires Africa/Dakar Africa/Casablanca Africa/Algiers Africa/Lagos Africa/Kinshasa Africa/Tripoli Africa/Cairo Africa/Johannesburg Africa/Khartoum Africa/Juba
		Africa/Kigali Africa/Addis_Ababa Africa/Nairobi Africa/Mogadishu Europe/Lisbon Europe/Dublin Europe/London Europe/Madrid Europe/Paris Europe/Brussels Europe/Zurich Europe/Berlin
		Europe/Vienna Europe/Rome Europe/Oslo Europe/Stockholm Europe/Belgrade Europe/Warsaw Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kyiv Europe/Istanbul Europe/Moscow
		Asia/Jerusalem Asia/Beirut Asia/Amman Asia/Damascus Asia/Baghdad Asia/Riyadh Asia/Aden Asia/Kuwait Asia/Qatar Asia/Tehran Asia/Dubai Asia/Muscat Asia/Baku Asia/Tbilisi Asia/Yerevan
		Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Manila Asia/Taipei Asia/Hong_Kong Asia/Shanghai Asia/Seoul Asia/Tokyo
		Australia/Perth Australia/Sydney Pacific/Auckland`)
}
