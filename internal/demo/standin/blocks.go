package standin

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// surface is where blocks are shown; Slack allows different ones on each.
type surface int

const (
	onMessage surface = iota
	onModal
	onHome
)

// Slack's limits on Block Kit, in characters unless said otherwise.
const (
	maxBlocksMessage = 50
	maxBlocksView    = 100
	maxBlocksChars   = 13_200 // of all text of a message together; not documented, measured
	maxID            = 255
)

// object is any JSON object of Block Kit.
type object = map[string]any

// checker walks blocks as Slack's validator does, and says what it dislikes with
// the JSON pointer to it.
type checker struct {
	on       surface
	root     string
	problems []string
	ids      map[string]bool
	chars    int
}

// checkBlocks returns the blocks with block and action ids filled in, or
// Slack's refusal.
func checkBlocks(raw json.RawMessage, on surface) (json.RawMessage, error) {
	var list []any
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	if len(list) == 0 {
		return nil, nil
	}
	c := &checker{on: on, root: "/blocks", ids: map[string]bool{}}
	c.blocks(list)
	switch {
	case len(c.problems) > 0:
		return nil, c.refusal("invalid_blocks")
	case on == onMessage && c.chars > maxBlocksChars:
		return nil, refuse("msg_blocks_too_long")
	}
	out, err := json.Marshal(list)
	if err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	return out, nil
}

func (c *checker) refusal(code string) error {
	marked := make([]string, len(c.problems))
	for i, p := range c.problems {
		marked[i] = "[ERROR] " + p
	}
	return refusal{code, answer{"errors": c.problems, "response_metadata": answer{"messages": marked}}}
}

func (c *checker) bad(at, format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

func (c *checker) blocks(list []any) {
	most := maxBlocksView
	if c.on == onMessage {
		most = maxBlocksMessage
	}
	if len(list) > most {
		c.bad(c.root, "no more than %d items allowed", most)
	}
	for i, v := range list {
		at := fmt.Sprintf("%s/%d", c.root, i)
		b, ok := v.(object)
		if !ok {
			c.bad(at, "must be an object")
			continue
		}
		if id, ok := c.optional(at, b, "block_id", maxID); ok && c.ids[id] {
			c.bad(at+"/block_id", "`block_id` already exists: %s", id)
		} else if ok {
			c.ids[id] = true
		} else if b["block_id"] == nil {
			b["block_id"] = fmt.Sprintf("bk%03d", i)
		}
		c.block(at, b)
	}
}

func (c *checker) block(at string, b object) {
	actions := map[string]bool{}
	switch kind, _ := b["type"].(string); kind {
	case "header":
		c.only(at, b, "text", "level")
		c.text(at+"/text", b["text"], 150, "plain_text")
	case "divider":
		c.only(at, b)
	case "section":
		c.section(at, b, actions)
	case "context":
		c.only(at, b, "elements")
		for i, e := range c.list(at+"/elements", b["elements"], 1, 10) {
			where := fmt.Sprintf("%s/elements/%d", at, i)
			if o, ok := e.(object); ok && o["type"] == "image" {
				c.image(where, o)
			} else {
				c.text(where, e, 3000, "")
			}
		}
	case "actions":
		c.only(at, b, "elements")
		for i, e := range c.list(at+"/elements", b["elements"], 1, 25) {
			c.element(fmt.Sprintf("%s/elements/%d", at, i), e, inActions, i, actions)
		}
	case "image":
		c.image(at, b)
		if b["title"] != nil {
			c.text(at+"/title", b["title"], 2000, "plain_text")
		}
	case "input":
		c.only(at, b, "label", "element", "hint", "optional", "dispatch_action")
		c.text(at+"/label", b["label"], 2000, "plain_text")
		if b["hint"] != nil {
			c.text(at+"/hint", b["hint"], 2000, "plain_text")
		}
		c.element(at+"/element", b["element"], inInput, 0, actions)
	case "rich_text":
		c.only(at, b, "elements")
		c.chars += countText(b)
		for i, e := range c.list(at+"/elements", b["elements"], 0, 100) {
			c.richText(fmt.Sprintf("%s/elements/%d", at, i), e)
		}
	case "markdown":
		c.length(at+"/text", b["text"], 1, 12_000)
	case "table":
		c.table(at, b)
	case "":
		c.bad(at, "missing required field: type")
	default:
		c.bad(at+"/type", "unsupported type: %s", kind)
	}
}

func (c *checker) section(at string, b object, actions map[string]bool) {
	c.only(at, b, "text", "fields", "accessory", "expand")
	if b["text"] == nil && b["fields"] == nil {
		c.bad(at, "missing required field: text")
	}
	if b["text"] != nil {
		c.text(at+"/text", b["text"], 3000, "")
	}
	if b["fields"] != nil {
		for i, f := range c.list(at+"/fields", b["fields"], 1, 10) {
			c.text(fmt.Sprintf("%s/fields/%d", at, i), f, 2000, "")
		}
	}
	if b["accessory"] != nil {
		if o, ok := b["accessory"].(object); ok && o["type"] == "image" {
			c.image(at+"/accessory", o)
		} else {
			c.element(at+"/accessory", b["accessory"], inSection, 0, actions)
		}
	}
}

func (c *checker) table(at string, b object) {
	if b["rows"] == nil {
		c.bad(at, "missing required field: rows")
		return
	}
	for i, r := range c.list(at+"/rows", b["rows"], 1, 100) {
		c.list(fmt.Sprintf("%s/rows/%d", at, i), r, 1, 20)
	}
	c.chars += countText(b["rows"])
}

func (c *checker) image(at string, b object) {
	address, _ := b["image_url"].(string)
	switch {
	case b["slack_file"] != nil && address == "":
	case !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://"):
		c.bad(at+"/image_url", "must be a valid URL")
	case utf8.RuneCountInString(address) > 3000:
		c.bad(at+"/image_url", "must be less than 3001 characters")
	}
	c.length(at+"/alt_text", b["alt_text"], 1, 2000)
}

func (c *checker) richText(at string, v any) {
	o, ok := v.(object)
	kinds := []any{"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
	if !ok || !slices.Contains(kinds, o["type"]) {
		c.bad(at, "must be one of rich_text_section, rich_text_list, rich_text_quote, rich_text_preformatted")
		return
	}
	c.list(at+"/elements", o["elements"], 0, 1000)
}

// text checks a text object; kind is plain_text where Slack takes nothing else.
func (c *checker) text(at string, v any, most int, kind string) {
	t, ok := v.(object)
	if !ok {
		c.bad(at, "missing required field: text")
		return
	}
	switch t["type"] {
	case "plain_text":
		c.allow(at, t, "type", "text", "emoji")
	case "mrkdwn":
		c.allow(at, t, "type", "text", "verbatim")
		if kind == "plain_text" {
			c.bad(at+"/type", "must be one of plain_text")
		}
	default:
		c.bad(at+"/type", "must be one of plain_text, mrkdwn")
	}
	c.length(at+"/text", t["text"], 1, most)
}

func (c *checker) length(at string, v any, least, most int) {
	s, ok := v.(string)
	n := utf8.RuneCountInString(s)
	c.chars += n
	switch {
	case !ok:
		c.bad(at, "missing required field: %s", at[strings.LastIndexByte(at, '/')+1:])
	case n < least:
		c.bad(at, "must be more than %d characters", least-1)
	case n > most:
		c.bad(at, "must be less than %d characters", most+1)
	}
}

// optional is a string field that may be missing.
func (c *checker) optional(at string, o object, field string, most int) (string, bool) {
	v, present := o[field]
	if !present || v == nil || v == "" {
		delete(o, field)
		return "", false
	}
	s, ok := v.(string)
	switch {
	case !ok:
		c.bad(at+"/"+field, "must be a string")
	case utf8.RuneCountInString(s) > most:
		c.bad(at+"/"+field, "must be less than %d characters", most+1)
	}
	return s, ok
}

func (c *checker) list(at string, v any, least, most int) []any {
	l, ok := v.([]any)
	switch {
	case !ok:
		c.bad(at, "missing required field: %s", at[strings.LastIndexByte(at, '/')+1:])
	case len(l) < least:
		c.bad(at, "no fewer than %d items allowed", least)
	case len(l) > most:
		c.bad(at, "no more than %d items allowed", most)
	}
	return l
}

// only refuses fields that the block does not have, beyond those every block has.
func (c *checker) only(at string, b object, fields ...string) {
	c.allow(at, b, append(fields, "type", "block_id")...)
}

func (c *checker) allow(at string, o object, fields ...string) {
	var unknown []string
	for k := range o {
		if !slices.Contains(fields, k) {
			unknown = append(unknown, k)
		}
	}
	slices.Sort(unknown)
	for _, k := range unknown {
		c.bad(at, "invalid additional property: %s", k)
	}
}

// countText counts the characters of every "text" below a value.
func countText(v any) int {
	n := 0
	switch v := v.(type) {
	case object:
		for k, e := range v {
			if s, ok := e.(string); ok && k == "text" {
				n += utf8.RuneCountInString(s)
			} else {
				n += countText(e)
			}
		}
	case []any:
		for _, e := range v {
			n += countText(e)
		}
	}
	return n
}
