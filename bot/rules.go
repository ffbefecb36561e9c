package bot

import (
	"context"
	"strings"

	"parley/internal/news"
)

// rules answers "rules [name]" and "rules export".
func (c *Commands) rules(ctx context.Context, _ Request, args string) (Response, error) {
	if strings.EqualFold(args, "export") {
		return c.exportRules(ctx)
	}
	all, err := c.Answers.Rules(ctx)
	if err != nil {
		return Response{}, err
	}
	made, err := c.Answers.MadeRules(ctx)
	if err != nil {
		return Response{}, err
	}
	var aside []MadeRule
	by := map[string]MadeRule{}
	for _, m := range made {
		if m.Aside == "" {
			by[m.Name] = m
		} else {
			aside = append(aside, m)
		}
	}
	if len(all)+len(aside) == 0 {
		return onlyText("There is no rule yet. " + code("/parley watch QUERY", maxName) + " makes one."), nil
	}
	one := args != ""
	if one {
		if all, aside, err = pickRules(all, aside, args); err != nil {
			return Response{}, err
		}
	}
	var configured, own []news.Rule
	for _, rule := range all {
		if _, ok := by[rule.Name]; ok {
			own = append(own, rule)
		} else {
			configured = append(configured, rule)
		}
	}
	a := newAnswer(plural(len(all)+len(aside), "rule"))
	left := 0
	if room := max(maxListed-len(own)-len(aside), maxListed/2); len(configured) > room {
		left, configured = len(configured)-room, configured[:room]
	}
	for _, rule := range append(configured, own...) {
		a.rule(c, rule, by[rule.Name], one)
	}
	for _, m := range aside {
		a.rule(c, m.Rule, m, one)
	}
	if left > 0 {
		a.small("and " + itoa(left) + " more of the configuration")
	}
	switch {
	case one && len(all) == 1:
		a.small("To get its alerts here: " + code("/parley subscribe rule:"+all[0].Name, maxField))
	case len(made) > 0 && !one:
		a.small("`/parley rules export` writes those that people made for the configuration.")
	}
	return a.response(), nil
}

// pickRules finds what a name means: a rule in force, one that is not, or both.
func pickRules(all []news.Rule, aside []MadeRule, name string) ([]news.Rule, []MadeRule, error) {
	var resting []MadeRule
	for _, m := range aside {
		if sameName(m.Name, strings.TrimPrefix(name, "rule:")) {
			resting = append(resting, m)
		}
	}
	rule, err := pickRule(all, name)
	if err != nil && len(resting) > 0 {
		return nil, resting, nil
	}
	return []news.Rule{rule}, resting, err
}

// rule adds a rule; of one that somebody made, m tells more.
func (a *answer) rule(c *Commands, rule news.Rule, m MadeRule, whole bool) {
	title := plain(rule.Title)
	if title == "" {
		title = readable(rule.Name)
	}
	line := "*" + mrk(title, maxField) + "*  ·  " + code(rule.Name, maxName)
	if rule.Level != "" && rule.Level != news.Normal {
		line += "  ·  " + mrk(string(rule.Level), maxName)
	}
	said := mrk(title+" ("+rule.Name+"): "+plainQuery(rule.When), 1000)
	if m.ID != 0 {
		line += "  ·  by " + showUser(m.Owner)
		said += ", by " + showUser(m.Owner)
	}
	if m.ID != 0 && whole {
		line += ", " + moment(m.Created, c.zone()) + ", in " + showChannel(m.Channel)
		if m.ChangedBy != "" {
			line += "  ·  changed by " + showUser(m.ChangedBy) + ", " + moment(m.Changed, c.zone())
		}
	}
	line += "\n" + code(plainQuery(rule.When), 1500)
	if m.Aside != "" {
		line += "\n⚠️ Not in force: " + mrk(tidy(m.Aside), maxField)
		said += ", not in force: " + mrk(tidy(m.Aside), maxField)
	}
	a.section(line, said+".")
}

// exportRules answers "rules export" with what can be pasted into the
// configuration.
func (c *Commands) exportRules(ctx context.Context) (Response, error) {
	entries, err := c.Answers.ExportRules(ctx)
	if err != nil {
		return Response{}, err
	}
	if len(entries) == 0 {
		return onlyText("Nobody has made a rule here yet, so there is nothing to export."), nil
	}
	a := newAnswer(plural(len(entries), "rule") + " for the configuration")
	shown := 0
	for shown < len(entries) {
		page, n := "", 0
		for _, e := range entries[shown:] {
			e = fitCode(strings.TrimSuffix(e, "\n"), maxSection-20)
			if n > 0 && width(page)+width(e) > maxSection-20 {
				break
			}
			if n++; page != "" {
				page += "\n"
			}
			page += e
		}
		if a.used+width(page)+10 > maxAnswer {
			break
		}
		a.section("```\n"+page+"\n```", "")
		shown += n
	}
	if shown < len(entries) {
		a.small(itoa(len(entries)-shown) + " more did not fit: `parley rules export --config FILE`, where parley runs, writes all.")
	}
	a.small("Paste this under `rules:` in the configuration. From the next reload on these take the place of those made here.")
	a.say("They are in the message.")
	return a.response(), nil
}
