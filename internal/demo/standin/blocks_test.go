package standin

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestBlocksAreHeldToSlacksLimits(t *testing.T) {
	text := func(n int) string { return strings.Repeat("я", n) }
	header := func(n int) string {
		return fmt.Sprintf(`{"type":"header","text":{"type":"plain_text","text":%q}}`, text(n))
	}
	section := func(n int) string {
		return fmt.Sprintf(`{"type":"section","text":{"type":"mrkdwn","text":%q}}`, text(n))
	}
	field := func(n int) string { return fmt.Sprintf(`{"type":"mrkdwn","text":%q}`, text(n)) }
	fields := func(list ...string) string {
		return `{"type":"section","fields":[` + strings.Join(list, ",") + `]}`
	}
	button := func(label, value, id int) string {
		return fmt.Sprintf(`{"type":"button","text":{"type":"plain_text","text":%q},"value":%q,"action_id":%q}`, text(label), text(value), text(id))
	}
	actions := func(list ...string) string {
		return `{"type":"actions","elements":[` + strings.Join(list, ",") + `]}`
	}
	times := func(n int, s string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = s
		}
		return out
	}
	blank := `{"type":"button","text":{"type":"plain_text","text":"x"}}`
	for _, c := range []struct {
		name   string
		blocks []string
		want   string // what the refusal says; empty when Slack takes it
	}{
		{"50 blocks", times(50, `{"type":"divider"}`), ""},
		{"51 blocks", times(51, `{"type":"divider"}`), "no more than 50 items allowed [json-pointer:/blocks]"},
		{"header of 150", []string{header(150)}, ""},
		{"header of 151", []string{header(151)}, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"empty header", []string{header(0)}, "must be more than 0 characters"},
		{"header of mrkdwn", []string{`{"type":"header","text":{"type":"mrkdwn","text":"x"}}`}, "must be one of plain_text"},
		{"section of 3000", []string{section(3000)}, ""},
		{"section of 3001", []string{section(3001)}, "must be less than 3001 characters"},
		{"section of nothing", []string{`{"type":"section"}`}, "missing required field: text"},
		{"10 fields", []string{fields(times(10, field(9))...)}, ""},
		{"11 fields", []string{fields(times(11, field(9))...)}, "no more than 10 items allowed"},
		{"field of 2001", []string{fields(field(2001))}, "must be less than 2001 characters"},
		{"25 actions", []string{actions(times(25, blank)...)}, ""},
		{"26 actions", []string{actions(times(26, blank)...)}, "no more than 25 items allowed"},
		{"button at its limits", []string{actions(button(75, 2000, 255))}, ""},
		{"button label of 76", []string{actions(button(76, 1, 1))}, "must be less than 76 characters"},
		{"button value of 2001", []string{actions(button(1, 2001, 1))}, "must be less than 2001 characters"},
		{"action id of 256", []string{actions(button(1, 1, 256))}, "must be less than 256 characters"},
		{"same action id", []string{actions(button(1, 1, 3), button(2, 1, 3))}, "`action_id` already exists"},
		{"same block id", []string{`{"type":"divider","block_id":"a"}`, `{"type":"divider","block_id":"a"}`}, "`block_id` already exists"},
		{"same action id in two blocks", []string{actions(button(1, 1, 3)), actions(button(1, 1, 3))}, ""},
		{"too many characters", times(5, section(2700)), "msg_blocks_too_long"},
		{"alert block", []string{`{"type":"alert","text":{"type":"plain_text","text":"x"}}`}, "unsupported type: alert"},
		{"unknown property", []string{`{"type":"divider","colour":"red"}`}, "invalid additional property: colour"},
		{"bad button style", []string{actions(`{"type":"button","style":"loud","text":{"type":"plain_text","text":"x"}}`)}, "must be one of primary, danger"},
		{"image without a description", []string{`{"type":"image","image_url":"https://example.org/a.png"}`}, "missing required field: alt_text"},
		{"text input in a message's actions", []string{actions(`{"type":"plain_text_input","action_id":"x"}`)}, "unsupported type: plain_text_input"},
		{"six overflow options", []string{actions(`{"type":"overflow","options":[` + strings.Join(times(6, `{"text":{"type":"plain_text","text":"x"}}`), ",") + `]}`)}, "no more than 5 items allowed"},
	} {
		_, err := checkBlocks(json.RawMessage("["+strings.Join(c.blocks, ",")+"]"), onMessage)
		if c.want == "" {
			if err != nil {
				r, _ := err.(refusal)
				t.Errorf("%s: refused: %v %v", c.name, err, r.extra)
			}
			continue
		}
		r, ok := err.(refusal)
		said, _ := json.Marshal(r.extra)
		if !ok || r.code != c.want && !strings.Contains(strings.ReplaceAll(string(said), `\u003c`, "<"), c.want) {
			t.Errorf("%s: %v %s, want %q", c.name, err, said, c.want)
		}
	}
}

func TestBlocksGetTheIDsTheyLack(t *testing.T) {
	raw, err := checkBlocks(json.RawMessage(`[{"type":"divider"},{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"}}]}]`), onMessage)
	if err != nil {
		t.Fatal(err)
	}
	found := elementsOf(decode(raw))
	if len(found) != 1 || found[0].blockID == "" || found[0].element["action_id"] == "" {
		t.Errorf("%s", raw)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[{"type":"divider"}]`, `[{"type":"section","text":{"type":"mrkdwn","text":"*x*"},"accessory":{"type":"overflow","options":[{}]}}]`,
		`[{"type":"actions","elements":[{"type":"static_select","option_groups":[{"options":[{"value":"a"}]}],"initial_option":{"value":"b"}}]}]`,
		`[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[7]}]},{"type":"table","rows":[[null]]},null,3]`,
		`[{"type":"input","element":{"type":"checkboxes","initial_options":[{"value":"a"}]}}]`,
	} {
		f.Add(seed)
	}
	d := drawer{called: func(string) string { return "" }}
	f.Fuzz(func(t *testing.T, raw string) {
		out, err := checkBlocks(json.RawMessage(raw), onMessage)
		if err != nil || out == nil {
			return
		}
		if _, err := checkBlocks(out, onMessage); err != nil {
			t.Errorf("what was taken is refused the second time: %v", err)
		}
		if _, err := json.Marshal(d.blocks(out)); err != nil {
			t.Error(err)
		}
	})
}
