package standin

import (
	"fmt"
	"strconv"
)

// rich reads the elements of a rich_text block.
func (d drawer) rich(elements []any) []Node {
	var out []Node
	for i, v := range elements {
		e, _ := v.(object)
		inner, _ := e["elements"].([]any)
		switch e["type"] {
		case "rich_text_quote":
			out = append(out, Node{Kind: "quote", Inner: d.pieces(inner)})
		case "rich_text_preformatted":
			out = append(out, Node{Kind: "pre", Text: flatten(d.pieces(inner))})
		case "rich_text_list":
			list := Node{Kind: "list", Order: e["style"] == "ordered"}
			for _, item := range inner {
				o, _ := item.(object)
				parts, _ := o["elements"].([]any)
				list.Inner = append(list.Inner, Node{Kind: "item", Inner: d.pieces(parts)})
			}
			out = append(out, list)
		default:
			if i > 0 && !standsAlone(out) {
				out = append(out, Node{Kind: "break"})
			}
			out = append(out, d.pieces(inner)...)
		}
	}
	return out
}

// standsAlone says whether the last node ends its own line.
func standsAlone(nodes []Node) bool {
	if len(nodes) == 0 {
		return true
	}
	switch nodes[len(nodes)-1].Kind {
	case "quote", "pre", "list", "break":
		return true
	}
	return false
}

func (d drawer) pieces(list []any) []Node {
	var out []Node
	for _, v := range list {
		e, _ := v.(object)
		str := func(k string) string { s, _ := e[k].(string); return s }
		var n []Node
		switch e["type"] {
		case "link":
			shown := firstOf(str("text"), str("url"))
			if target := safeURL(str("url")); target != "" {
				n = []Node{{Kind: "link", URL: target, Inner: []Node{{Kind: "text", Text: shown}}}}
			} else {
				n = []Node{{Kind: "text", Text: shown}}
			}
		case "user":
			n = []Node{{Kind: "user", ID: str("user_id"), Text: "@" + firstOf(d.called(str("user_id")), str("user_id"))}}
		case "channel":
			n = []Node{{Kind: "channel", ID: str("channel_id"), Text: "#" + firstOf(d.called(str("channel_id")), str("channel_id"))}}
		case "broadcast":
			n = []Node{{Kind: "broadcast", Text: "@" + str("range")}}
		case "emoji":
			n = []Node{{Kind: "emoji", ID: str("name"), Text: firstOf(emoji(str("name")), ":"+str("name")+":")}}
		case "date":
			at, err := strconv.ParseInt(number(e["timestamp"]), 10, 64)
			if err == nil {
				n = []Node{{Kind: "date", Stamp: at, Format: str("format"), Text: str("fallback"), URL: safeURL(str("url"))}}
			}
		default:
			n = lined(str("text"))
		}
		out = append(out, styled(e["style"], n)...)
	}
	return out
}

func number(v any) string {
	if f, ok := v.(float64); ok {
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprint(v)
}

// lined is text as it is, with its line ends.
func lined(text string) []Node {
	nodes := plainText("", false)
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != '\n' {
			continue
		}
		if i > start {
			nodes = append(nodes, Node{Kind: "text", Text: text[start:i]})
		}
		if i < len(text) {
			nodes = append(nodes, Node{Kind: "break"})
		}
		start = i + 1
	}
	return nodes
}

func styled(style any, n []Node) []Node {
	o, _ := style.(object)
	if o["code"] == true {
		n = []Node{{Kind: "code", Text: flatten(n)}}
	}
	for _, kind := range []string{"bold", "italic", "strike"} {
		if o[kind] == true {
			n = []Node{{Kind: kind, Inner: n}}
		}
	}
	return n
}
