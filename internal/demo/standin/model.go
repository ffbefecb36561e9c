package standin

import (
	"encoding/json"
	"slices"
	"strings"
)

// Card is a message as the page draws it: names resolved, markup read, nothing
// left to interpret but the reader's time zone.
type Card struct {
	TS        string       `json:"ts"`
	Thread    string       `json:"thread,omitempty"`
	Sender    Person       `json:"sender"`
	Blocks    []Block      `json:"blocks"`
	Attached  []Attachment `json:"attached,omitempty"`
	Files     []File       `json:"files,omitempty"`
	Edited    bool         `json:"edited,omitempty"`
	Ephemeral bool         `json:"ephemeral,omitempty"`
	Broadcast bool         `json:"broadcast,omitempty"`
	Reactions []Emoji      `json:"reactions,omitempty"`
	Replies   int          `json:"replies,omitempty"`
	LastReply string       `json:"lastReply,omitempty"`
	Repliers  []Person     `json:"repliers,omitempty"`
	Plain     string       `json:"plain"` // the top-level text, which is what screen readers and notifications get
}

// Person is who a message is from.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Bot  bool   `json:"bot,omitempty"`
	Icon string `json:"icon,omitempty"` // an emoji in place of the picture
}

// Emoji is a reaction.
type Emoji struct {
	Name  string `json:"name"`
	Char  string `json:"char"`
	Count int    `json:"count"`
	Mine  bool   `json:"mine,omitempty"`
}

// Attachment is content with a coloured bar.
type Attachment struct {
	Color  string  `json:"color,omitempty"`
	Blocks []Block `json:"blocks"`
}

// Block is one block of a card.
type Block struct {
	Type      string     `json:"type"`
	ID        string     `json:"id,omitempty"`
	Text      []Node     `json:"text,omitempty"`
	Fields    [][]Node   `json:"fields,omitempty"`
	Elements  []Element  `json:"elements,omitempty"`
	Accessory *Element   `json:"accessory,omitempty"`
	Hint      []Node     `json:"hint,omitempty"`
	Rows      [][][]Node `json:"rows,omitempty"`
	Optional  bool       `json:"optional,omitempty"`
	Dispatch  bool       `json:"dispatch,omitempty"`
}

// Element is a part of a block: text, a picture, or something to use.
type Element struct {
	Type        string   `json:"type"`
	Action      string   `json:"action,omitempty"`
	Text        []Node   `json:"text,omitempty"`
	Style       string   `json:"style,omitempty"`
	URL         string   `json:"url,omitempty"`
	Alt         string   `json:"alt,omitempty"`
	Placeholder string   `json:"placeholder,omitempty"`
	Options     []Option `json:"options,omitempty"`
	Initial     []string `json:"initial,omitempty"`
	Multiline   bool     `json:"multiline,omitempty"`
	Typing      bool     `json:"typing,omitempty"` // the bot is told of each change
	Confirm     *Confirm `json:"confirm,omitempty"`
}

// Option is a choice of a menu.
type Option struct {
	Text        []Node `json:"text"`
	Description []Node `json:"description,omitempty"`
	Value       string `json:"value"`
	URL         string `json:"url,omitempty"`
	Group       string `json:"group,omitempty"`
}

// Confirm is the question asked before an element acts.
type Confirm struct {
	Title string `json:"title"`
	Text  []Node `json:"text"`
	Yes   string `json:"yes"`
	No    string `json:"no"`
}

// Sheet is a modal or an App Home as the page draws it.
type Sheet struct {
	ID     string  `json:"id"`
	Hash   string  `json:"hash"`
	Title  string  `json:"title"`
	Submit string  `json:"submit,omitempty"`
	Close  string  `json:"close,omitempty"`
	Blocks []Block `json:"blocks"`
	Depth  int     `json:"depth"` // modals below this one
}

// CardOf is a message as the page draws it for a user.
func (s *Server) CardOf(m Message, viewer string) Card {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.card(&m, viewer)
}

// card draws a message. Call with mu held.
func (s *Server) card(m *Message, viewer string) Card {
	d := drawer{called: s.called}
	c := Card{
		TS: m.TS, Thread: m.ThreadTS, Sender: s.person(m), Edited: m.Edits > 0, Ephemeral: m.OnlyFor != "",
		Broadcast: m.Broadcast, Files: m.Files, Plain: flatten(mrkdwn(m.Text, s.called)),
	}
	switch {
	case m.Blocks != nil:
		c.Blocks = d.blocks(m.Blocks)
	case m.Text != "":
		c.Blocks = []Block{{Type: "section", Text: mrkdwn(m.Text, s.called)}}
	}
	c.Attached = d.attachments(m.Attachments)
	for _, r := range m.Reactions {
		e := Emoji{Name: r.Name, Char: firstOf(emoji(r.Name), ":"+r.Name+":"), Count: r.Count}
		for _, u := range r.Users {
			e.Mine = e.Mine || u == viewer
		}
		c.Reactions = append(c.Reactions, e)
	}
	if ch := s.find(m.Channel); ch != nil {
		var users []string
		c.Replies, c.LastReply, users = ch.replies(m.TS)
		for _, u := range users {
			c.Repliers = append(c.Repliers, s.person(&Message{User: u}))
		}
	}
	return c
}

// person is who a message is from. Call with mu held.
func (s *Server) person(m *Message) Person {
	p := Person{ID: m.User, Name: m.User, Icon: emoji(strings.Trim(m.IconEmoji, ":"))}
	if m.User == slackbot {
		p.Name = "Slackbot"
	}
	for _, u := range s.users {
		if u.ID == m.User {
			p.Name, p.Bot = u.RealName, u.Bot
		}
	}
	p.Name = firstOf(m.Username, p.Name)
	return p
}

// called is the name of a user or channel, "" if there is none. Call with mu held.
func (s *Server) called(id string) string {
	for _, u := range s.users {
		if u.ID == id {
			return u.RealName
		}
	}
	for _, c := range s.channels {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

// sheet draws a view; nil gives nil. Call with mu held.
func (s *Server) sheet(v *View) *Sheet {
	if v == nil {
		return nil
	}
	d := drawer{called: s.called}
	depth := max(0, len(s.stacks[v.User])-1)
	return &Sheet{ID: v.ID, Hash: v.Hash, Title: v.Title, Submit: v.Submit, Close: firstOf(v.Close, "Cancel"), Blocks: d.blocks(v.Blocks), Depth: depth}
}

// drawer turns Block Kit into blocks.
type drawer struct{ called names }

func (d drawer) blocks(raw json.RawMessage) []Block {
	out := []Block{}
	for _, v := range decode(raw) {
		if b, ok := v.(object); ok {
			out = append(out, d.block(b))
		}
	}
	return out
}

func (d drawer) block(b object) Block {
	kind, _ := b["type"].(string)
	id, _ := b["block_id"].(string)
	out := Block{Type: kind, ID: id, Text: d.text(b["text"])}
	elements, _ := b["elements"].([]any)
	switch kind {
	case "section":
		fields, _ := b["fields"].([]any)
		for _, f := range fields {
			out.Fields = append(out.Fields, d.text(f))
		}
		if a, ok := b["accessory"].(object); ok {
			e := d.element(a)
			out.Accessory = &e
		}
	case "context", "actions":
		for _, v := range elements {
			if e, ok := v.(object); ok {
				out.Elements = append(out.Elements, d.element(e))
			}
		}
	case "image":
		out.Text = d.text(b["title"])
		out.Elements = []Element{d.element(b)}
	case "rich_text":
		out.Text = d.rich(elements)
	case "markdown":
		text, _ := b["text"].(string)
		out.Text = mrkdwn(text, d.called)
	case "table":
		rows, _ := b["rows"].([]any)
		for _, r := range rows {
			cells, _ := r.([]any)
			row := [][]Node{}
			for _, c := range cells {
				row = append(row, d.cell(c))
			}
			out.Rows = append(out.Rows, row)
		}
	case "input":
		out.Text, out.Hint = d.text(b["label"]), d.text(b["hint"])
		out.Optional, out.Dispatch = b["optional"] == true, b["dispatch_action"] == true
		if e, ok := b["element"].(object); ok {
			out.Elements = []Element{d.element(e)}
		}
	}
	return out
}

func (d drawer) cell(v any) []Node {
	o, _ := v.(object)
	if elements, ok := o["elements"].([]any); ok {
		return d.rich(elements)
	}
	text, _ := o["text"].(string)
	return plainText(text, false)
}

// text reads a text object; anything else gives nothing.
func (d drawer) text(v any) []Node {
	o, _ := v.(object)
	text, _ := o["text"].(string)
	if o["type"] == "mrkdwn" {
		return mrkdwn(text, d.called)
	}
	return plainText(text, o["emoji"] != false)
}

func (d drawer) element(e object) Element {
	str := func(k string) string { s, _ := e[k].(string); return s }
	out := Element{
		Type: str("type"), Action: str("action_id"), Style: str("style"), URL: safeURL(str("url")), Alt: str("alt_text"),
		Placeholder: plain(e["placeholder"]), Initial: initial(e), Multiline: e["multiline"] == true,
	}
	if config, ok := e["dispatch_action_config"].(object); ok {
		on, _ := config["trigger_actions_on"].([]any)
		out.Typing = slices.Contains(on, any("on_character_entered"))
	}
	switch out.Type {
	case "plain_text", "mrkdwn":
		out.Text = d.text(e)
	case "image":
		out.URL = safeURL(str("image_url"))
	default:
		out.Text = d.text(e["text"])
	}
	add := func(v any, group string) {
		list, _ := v.([]any)
		for _, o := range list {
			o, _ := o.(object)
			value, _ := o["value"].(string)
			address, _ := o["url"].(string)
			option := Option{Text: d.text(o["text"]), Value: value, URL: safeURL(address), Group: group}
			if o["description"] != nil {
				option.Description = d.text(o["description"])
			}
			out.Options = append(out.Options, option)
		}
	}
	add(e["options"], "")
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		g, _ := g.(object)
		add(g["options"], plain(g["label"]))
	}
	if q, ok := e["confirm"].(object); ok {
		out.Confirm = &Confirm{
			Title: firstOf(plain(q["title"]), "Are you sure?"), Text: d.text(q["text"]),
			Yes: firstOf(plain(q["confirm"]), "Yes"), No: firstOf(plain(q["deny"]), "Cancel"),
		}
	}
	return out
}

func (d drawer) attachments(raw json.RawMessage) []Attachment {
	var out []Attachment
	for _, v := range decode(raw) {
		a, _ := v.(object)
		str := func(k string) string { s, _ := a[k].(string); return s }
		at := Attachment{Color: colour(str("color"))}
		if blocks, ok := a["blocks"].([]any); ok {
			b, _ := json.Marshal(blocks) // it came from JSON
			at.Blocks = d.blocks(b)
		} else if text := firstOf(str("text"), str("fallback")); text != "" || str("title") != "" {
			if title := str("title"); title != "" {
				at.Blocks = append(at.Blocks, Block{Type: "section", Text: []Node{{Kind: "bold", Inner: mrkdwn(title, d.called)}}})
			}
			at.Blocks = append(at.Blocks, Block{Type: "section", Text: mrkdwn(text, d.called)})
		}
		out = append(out, at)
	}
	return out
}

// colour is #rrggbb, or "" for anything that is not.
func colour(s string) string {
	named := map[string]string{"good": "2eb886", "warning": "daa038", "danger": "a30200"}
	s = strings.ToLower(strings.TrimPrefix(firstOf(named[s], s), "#"))
	if len(s) != 6 || strings.Trim(s, "0123456789abcdef") != "" {
		return ""
	}
	return "#" + s
}
