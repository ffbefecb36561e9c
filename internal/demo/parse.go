package demo

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/txtar"
)

const nameLayout = "2006-01-02T15:04"

type outlet struct {
	Outlet
	site   string // URL without a trailing slash
	format format
	items  []Item // earliest first
}

// parse reads one outlet's file. It is strict, since a slip in the data would
// otherwise show as a puzzling card on the page.
func parse(name string, src []byte) (outlet, error) {
	archive := txtar.Parse(src)
	fields, rest, err := header(string(archive.Comment), "Title", "Site", "Zone", "Tier", "Language", "Format")
	if err != nil {
		return outlet{}, err
	}
	if strings.TrimSpace(rest) != "" {
		return outlet{}, fmt.Errorf("unexpected text after the outlet's description: %.40q", rest)
	}
	for _, key := range []string{"Title", "Site", "Zone", "Tier", "Language", "Format"} {
		if fields[key] == "" {
			return outlet{}, fmt.Errorf("the outlet's description has no %s: line", key)
		}
	}
	o := outlet{
		Outlet: Outlet{
			Name: name, Title: fields["Title"], Zone: fields["Zone"],
			Tier: fields["Tier"], Language: fields["Language"],
		},
		site:   strings.TrimSuffix(fields["Site"], "/"),
		format: format(fields["Format"]),
	}
	if !slices.Contains([]string{"official", "wire", "press", "aggregator"}, o.Tier) {
		return outlet{}, fmt.Errorf("unknown tier %q: use official, wire, press or aggregator", o.Tier)
	}
	if !slices.Contains([]format{rss, atom, jsonFeed}, o.format) {
		return outlet{}, fmt.Errorf("unknown format %q: use rss, atom or json", o.format)
	}
	o.Path = "/" + name + o.format.extension()
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return outlet{}, fmt.Errorf("unknown zone %q: use an IANA name such as Asia/Karachi", o.Zone)
	}
	if len(archive.Files) == 0 {
		return outlet{}, errors.New("the outlet has no items")
	}
	for _, f := range archive.Files {
		i, err := o.item(f, zone)
		if err == nil && len(o.items) > 0 && !i.Published.After(o.items[len(o.items)-1].Published) {
			err = errors.New("stands out of order: items are sorted by time, one a minute at most")
		}
		if err != nil {
			return outlet{}, fmt.Errorf("item %s: %w", f.Name, err)
		}
		o.items = append(o.items, i)
	}
	return o, nil
}

func (o outlet) item(f txtar.File, zone *time.Location) (Item, error) {
	at, err := time.ParseInLocation(nameLayout, f.Name, zone)
	if err != nil {
		return Item{}, errors.New("is not named by a time such as 2026-11-02T09:30")
	}
	if at.Before(Start()) || at.After(Now()) {
		return Item{}, fmt.Errorf("lies outside the story, which runs from %s to %s",
			Start().Format(time.RFC3339), Now().Format(time.RFC3339))
	}
	fields, text, err := header(string(f.Data), "Title", "Link", "Guid", "Silent")
	if err != nil {
		return Item{}, err
	}
	i := Item{
		Outlet: o.Name, Published: at,
		Title: fields["Title"], Text: strings.TrimSpace(text),
		Link: fields["Link"], GUID: fields["Guid"],
	}
	if i.Title == "" {
		return Item{}, errors.New("has no Title: line")
	}
	switch fields["Silent"] {
	case "":
	case "yes":
		i.Silent = true
	default:
		return Item{}, fmt.Errorf("has Silent: %s: write yes, or leave the line out", fields["Silent"])
	}
	if i.Link == "" {
		i.Link = o.site + at.Format("/2006/01/02/1504")
	}
	if u, err := url.Parse(i.Link); err != nil || u.Host == "" {
		return Item{}, fmt.Errorf("has no usable link: %q", i.Link)
	}
	if i.GUID == "" {
		i.GUID = i.Link
	}
	return i, nil
}

// header splits s into the "Key: value" lines it starts with and what follows
// the blank line after them. Only the known keys may stand there, each once.
func header(s string, known ...string) (fields map[string]string, rest string, err error) {
	fields = map[string]string{}
	for s != "" {
		line, tail, _ := strings.Cut(s, "\n")
		s = tail
		if strings.TrimSpace(line) == "" {
			break
		}
		key, value, ok := strings.Cut(line, ":")
		switch {
		case !ok || !slices.Contains(known, key):
			return nil, "", fmt.Errorf("%.40q is no line of a description: use %s", line, strings.Join(known, ", "))
		case fields[key] != "":
			return nil, "", fmt.Errorf("two %s: lines", key)
		}
		fields[key] = strings.TrimSpace(value)
	}
	return fields, s, nil
}
