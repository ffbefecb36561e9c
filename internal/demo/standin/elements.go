package standin

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// slot is where an interactive element stands in a block.
type slot int

const (
	inActions slot = iota
	inSection
	inInput
)

// selects are the menus, and whether each brings its own options.
func isSelect(kind string) (found, options bool) {
	base, _ := strings.CutPrefix(kind, "multi_")
	switch base {
	case "static_select":
		return true, true
	case "users_select", "conversations_select", "channels_select", "external_select":
		return true, false
	}
	return false, false
}

// element checks one interactive element, and gives it an action id if it has none.
func (c *checker) element(at string, v any, in slot, index int, actions map[string]bool) {
	e, ok := v.(object)
	if !ok {
		c.bad(at, "must be an object")
		return
	}
	if id, ok := c.optional(at, e, "action_id", maxID); ok && actions[id] {
		c.bad(at+"/action_id", "`action_id` already exists: %s", id)
	} else if ok {
		actions[id] = true
	} else if e["action_id"] == nil {
		e["action_id"] = fmt.Sprintf("ac%03d", index)
	}
	if e["confirm"] != nil {
		c.confirm(at+"/confirm", e["confirm"])
	}
	kind, _ := e["type"].(string)
	menu, options := isSelect(kind)
	switch {
	case kind == "button" && in != inInput:
		c.button(at, e)
	case kind == "overflow" && in != inInput:
		c.allow(at, e, "type", "action_id", "options", "confirm")
		c.options(at, e, 1, 5)
	case menu:
		if e["placeholder"] != nil {
			c.text(at+"/placeholder", e["placeholder"], 150, "plain_text")
		}
		if options {
			c.menu(at, e)
		}
	case kind == "checkboxes" || kind == "radio_buttons":
		c.options(at, e, 1, 10)
	case kind == "datepicker" || kind == "timepicker" || kind == "datetimepicker":
	case in == inInput && slices.Contains([]string{"plain_text_input", "number_input", "email_text_input", "url_text_input"}, kind):
		if e["placeholder"] != nil {
			c.text(at+"/placeholder", e["placeholder"], 150, "plain_text")
		}
		c.optional(at, e, "initial_value", 3000)
	case kind == "":
		c.bad(at, "missing required field: type")
	default:
		c.bad(at+"/type", "unsupported type: %s", kind)
	}
}

func (c *checker) button(at string, e object) {
	c.allow(at, e, "type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label")
	c.text(at+"/text", e["text"], 75, "plain_text")
	c.optional(at, e, "value", 2000)
	c.optional(at, e, "accessibility_label", 75)
	c.address(at, e)
	if style, ok := c.optional(at, e, "style", 10); ok && style != "primary" && style != "danger" {
		c.bad(at+"/style", "must be one of primary, danger")
	}
}

func (c *checker) address(at string, e object) {
	url, ok := c.optional(at, e, "url", 3000)
	if ok && !strings.Contains(url, "://") {
		c.bad(at+"/url", "must be a valid URL")
	}
}

func (c *checker) menu(at string, e object) {
	switch groups, ok := e["option_groups"].([]any); {
	case e["options"] != nil && e["option_groups"] != nil:
		c.bad(at, "only one of options and option_groups is allowed")
	case !ok:
		c.options(at, e, 1, 100)
	default:
		c.list(at+"/option_groups", groups, 1, 100)
		for i, g := range groups {
			where := fmt.Sprintf("%s/option_groups/%d", at, i)
			o, _ := g.(object)
			c.text(where+"/label", o["label"], 75, "plain_text")
			c.options(where, o, 1, 100)
		}
	}
	if initial, ok := e["initial_option"].(object); ok && findOption(e, fmt.Sprint(initial["value"])) == nil {
		c.bad(at+"/initial_option", "must match an option in options")
	}
}

func (c *checker) options(at string, e object, least, most int) {
	seen := map[string]bool{}
	for i, v := range c.list(at+"/options", e["options"], least, most) {
		where := fmt.Sprintf("%s/options/%d", at, i)
		o, ok := v.(object)
		if !ok {
			c.bad(where, "must be an object")
			continue
		}
		c.allow(where, o, "text", "value", "description", "url")
		kind := "plain_text"
		if e["type"] == "checkboxes" || e["type"] == "radio_buttons" {
			kind = ""
		}
		c.text(where+"/text", o["text"], 75, kind)
		if o["description"] != nil {
			c.text(where+"/description", o["description"], 75, kind)
		}
		c.address(where, o)
		value, _ := o["value"].(string)
		switch {
		case value == "" && e["type"] != "overflow":
			c.bad(where, "missing required field: value")
		case utf8.RuneCountInString(value) > 150:
			c.bad(where+"/value", "must be less than 151 characters")
		case value != "" && seen[value]:
			c.bad(where+"/value", "value already exists: %s", value)
		}
		seen[value] = true
	}
}

func (c *checker) confirm(at string, v any) {
	o, ok := v.(object)
	if !ok {
		c.bad(at, "must be an object")
		return
	}
	c.allow(at, o, "title", "text", "confirm", "deny", "style")
	c.text(at+"/text", o["text"], 300, "")
	for field, most := range map[string]int{"title": 100, "confirm": 30, "deny": 30} {
		if o[field] != nil {
			c.text(at+"/"+field, o[field], most, "plain_text")
		}
	}
}

// findOption is a menu's option with that value, or nil.
func findOption(e object, value string) object {
	lists := []any{e["options"]}
	if groups, ok := e["option_groups"].([]any); ok {
		for _, g := range groups {
			if o, ok := g.(object); ok {
				lists = append(lists, o["options"])
			}
		}
	}
	for _, l := range lists {
		options, _ := l.([]any)
		for _, v := range options {
			if o, ok := v.(object); ok && o["value"] == value {
				return o
			}
		}
	}
	return nil
}

// chosen is the payload of an action: what Slack says of an element that
// someone used, given the values they chose or typed.
func chosen(e object, values []string) (object, error) {
	kind, _ := e["type"].(string)
	out := object{"type": kind, "action_id": e["action_id"]}
	first := ""
	if len(values) > 0 {
		first = values[0]
	}
	picked := []any{}
	for _, v := range values {
		if o := findOption(e, v); o != nil {
			picked = append(picked, o)
		} else if e["options"] != nil || e["option_groups"] != nil {
			return nil, fmt.Errorf("%v has no option %q", e["action_id"], v)
		}
	}
	field := map[string]string{
		"users_select": "selected_user", "conversations_select": "selected_conversation", "channels_select": "selected_channel",
		"datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time",
		"plain_text_input": "value", "number_input": "value", "email_text_input": "value", "url_text_input": "value",
		"external_select": "value",
	}[kind]
	switch {
	case kind == "button":
		out["text"] = e["text"]
		if e["value"] != nil {
			out["value"] = e["value"]
		}
	case kind == "overflow" || kind == "static_select" || kind == "radio_buttons":
		out["selected_option"] = nil
		if len(picked) > 0 {
			out["selected_option"] = picked[0]
		}
	case kind == "multi_static_select" || kind == "checkboxes":
		out["selected_options"] = picked
	case strings.HasPrefix(kind, "multi_"):
		out["selected_"+strings.TrimSuffix(strings.TrimPrefix(kind, "multi_"), "_select")] = values
	case field != "" && first == "":
		out[field] = nil
	case field != "":
		out[field] = first
	}
	return out, nil
}

// elementsOf lists the interactive elements of blocks with their block's id.
func elementsOf(blocks []any) (found []located) {
	for _, v := range blocks {
		b, _ := v.(object)
		id, _ := b["block_id"].(string)
		add := func(v any) {
			if e, ok := v.(object); ok && e["action_id"] != nil {
				found = append(found, located{id, e, b})
			}
		}
		if list, ok := b["elements"].([]any); ok {
			for _, e := range list {
				add(e)
			}
		}
		add(b["accessory"])
		add(b["element"])
	}
	return found
}

// located is an element and the block it stands in.
type located struct {
	blockID string
	element object
	block   object
}
