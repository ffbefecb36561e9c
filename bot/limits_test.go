package bot_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/slack-go/slack"
)

func length(s string) int { return len(utf16.Encode([]rune(s))) }

// withinLimits checks a message against what Slack refuses. Lengths are counted
// in UTF-16 units, which is never less than what Slack counts.
func withinLimits(t *testing.T, blocks []slack.Block, text string) {
	t.Helper()
	if n := length(text); n == 0 || n > 4000 {
		t.Errorf("the text has %d characters, must have 1 to 4,000", n)
	}
	if len(blocks) == 0 || len(blocks) > 50 {
		t.Errorf("%d blocks, must be 1 to 50", len(blocks))
	}
	total := eachWithin(t, blocks)
	if total > 13000 {
		t.Errorf("the blocks have %d characters in all; Slack refuses about 13,200", total)
	}
	if bytes, err := json.Marshal(blocks); err != nil || len(bytes) > 100_000 {
		t.Errorf("the blocks take %d bytes: %v", len(bytes), err)
	}
}

// viewWithin checks a modal or an App Home against what Slack refuses.
func viewWithin(t *testing.T, view any, blocks []slack.Block) {
	t.Helper()
	if len(blocks) == 0 || len(blocks) > 100 {
		t.Errorf("%d blocks, must be 1 to 100", len(blocks))
	}
	eachWithin(t, blocks)
	raw, err := json.Marshal(view)
	if err != nil || len(raw) > 250_000 {
		t.Errorf("the view takes %d bytes: %v", len(raw), err)
	}
	var v struct {
		Title, Submit, Close struct{ Text string }
		Callback             string `json:"callback_id"`
		Private              string `json:"private_metadata"`
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	for what, n := range map[string][2]int{
		"title": {length(v.Title.Text), 24}, "submit": {length(v.Submit.Text), 24}, "close": {length(v.Close.Text), 24},
		"callback_id": {length(v.Callback), 255}, "private_metadata": {length(v.Private), 3000},
	} {
		if n[0] > n[1] {
			t.Errorf("the %s has %d characters, must have at most %d", what, n[0], n[1])
		}
	}
}

// eachWithin checks every part of blocks, and counts their characters.
func eachWithin(t *testing.T, blocks []slack.Block) (total int) {
	t.Helper()
	ids := map[string]bool{}
	each(t, blocks, func(o map[string]any) {
		if id, _ := o["block_id"].(string); id != "" {
			if ids[id] {
				t.Errorf("block_id %s stands twice", id)
			}
			ids[id] = true
		}
		count := func(what string, v any, most int) {
			s := ""
			switch v := v.(type) {
			case string:
				s = v
			case map[string]any:
				s, _ = v["text"].(string)
			}
			if n := length(s); n == 0 || n > most {
				t.Errorf("%s has %d characters, must have 1 to %d: %.80q", what, n, most, s)
			}
		}
		switch o["type"] {
		case "header":
			count("a header", o["text"], 150)
		case "section":
			if o["text"] != nil {
				count("a section", o["text"], 3000)
			}
			fields, _ := o["fields"].([]any)
			if o["text"] == nil && len(fields) == 0 || len(fields) > 10 {
				t.Errorf("a section has %d fields and text %v", len(fields), o["text"])
			}
			for _, f := range fields {
				count("a field", f, 2000)
			}
		case "context":
			elements, _ := o["elements"].([]any)
			if len(elements) == 0 || len(elements) > 10 {
				t.Errorf("a context has %d elements", len(elements))
			}
		case "actions":
			elements, _ := o["elements"].([]any)
			if len(elements) == 0 || len(elements) > 25 {
				t.Errorf("actions have %d elements", len(elements))
			}
			actions := map[any]bool{}
			for _, e := range elements {
				id := e.(map[string]any)["action_id"]
				if actions[id] {
					t.Errorf("action_id %v stands twice in a block", id)
				}
				actions[id] = true
			}
		case "static_select", "overflow", "radio_buttons", "checkboxes":
			options, _ := o["options"].([]any)
			groups, _ := o["option_groups"].([]any)
			for _, g := range groups {
				group := g.(map[string]any)
				count("a group's label", group["label"], 75)
				options = append(options, group["options"].([]any)...)
				if n := len(group["options"].([]any)); n == 0 || n > 100 {
					t.Errorf("a group has %d options", n)
				}
			}
			most := map[any]int{"static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}[o["type"]]
			if len(options) == 0 || len(options) > most && len(groups) == 0 {
				t.Errorf("a menu (%v) has %d options", o["type"], len(options))
			}
			if o["placeholder"] != nil {
				count("a placeholder", o["placeholder"], 150)
			}
			values := map[any]bool{}
			for _, e := range options {
				option := e.(map[string]any)
				count("an option", option["text"], 75)
				count("an option's value", option["value"], 150)
				if values[option["value"]] {
					t.Errorf("the value %v stands twice in a menu", option["value"])
				}
				values[option["value"]] = true
			}
		case "input":
			count("a label", o["label"], 2000)
			if o["hint"] != nil {
				count("a hint", o["hint"], 2000)
			}
		case "plain_text_input":
			if o["initial_value"] != nil {
				count("an initial value", o["initial_value"], 3000)
			}
			count("an action_id", o["action_id"], 255)
		case "button":
			count("a button", o["text"], 75)
			count("a button's value", o["value"], 2000)
			count("an action_id", o["action_id"], 255)
		case "mrkdwn", "plain_text":
			count("a text", o["text"], 3000)
			total += length(o["text"].(string))
		case "text":
			count("a rich text", o["text"], 3000)
			total += length(o["text"].(string))
		case "link":
			count("a link", o["url"], 3000)
			total += length(o["url"].(string)) + length(o["text"].(string))
		}
	})
	return total
}

// each calls f for every object in the blocks.
func each(t *testing.T, blocks []slack.Block, f func(map[string]any)) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			f(v)
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(v[key])
			}
		}
	}
	walk(all)
}
