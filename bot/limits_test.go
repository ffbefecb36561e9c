package bot_test

import (
	"encoding/json"
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
	total := 0
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
		case "static_select":
			options, _ := o["options"].([]any)
			if len(options) == 0 || len(options) > 100 {
				t.Errorf("a menu has %d options", len(options))
			}
			count("a placeholder", o["placeholder"], 150)
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
	if total > 13000 {
		t.Errorf("the blocks have %d characters in all; Slack refuses about 13,200", total)
	}
	if bytes, err := json.Marshal(blocks); err != nil || len(bytes) > 100_000 {
		t.Errorf("the blocks take %d bytes: %v", len(bytes), err)
	}
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
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(all)
}
