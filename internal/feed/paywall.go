package feed

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walled says whether a page declares that its article is not for everybody: by
// isAccessibleForFree of schema.org, in JSON-LD or in the page itself, or by a
// locked content tier. Whatever stands in such a page all the same is not taken.
func walled(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script:
		kind, _, _ := strings.Cut(strings.ToLower(attributeOf(n, "type")), ";")
		if strings.TrimSpace(kind) == "application/ld+json" && n.FirstChild != nil {
			return walledJSON(n.FirstChild.Data)
		}
	case atom.Meta:
		if strings.EqualFold(attributeOf(n, "property"), "article:content_tier") && strings.EqualFold(attributeOf(n, "content"), "locked") {
			return true
		}
	}
	if strings.EqualFold(attributeOf(n, "itemprop"), "isAccessibleForFree") {
		said := attributeOf(n, "content")
		if said == "" && n.FirstChild != nil {
			said = n.FirstChild.Data
		}
		if saysNo(said) {
			return true
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if walled(c) {
			return true
		}
	}
	return false
}

func attributeOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return a.Val
		}
	}
	return ""
}

// walledJSON reads JSON-LD token by token, so that neither its depth nor its size
// costs more than reading it. What is no JSON to its end counts as far as it is.
func walledJSON(src string) bool {
	d := json.NewDecoder(strings.NewReader(src))
	asked := false // the token before was the key
	for {
		t, err := d.Token()
		if err != nil {
			return false
		}
		switch v := t.(type) {
		case bool:
			if asked && !v {
				return true
			}
		case string:
			if asked && saysNo(v) {
				return true
			}
			asked = strings.HasSuffix(v, "isAccessibleForFree") // also with "schema:" before it
			continue
		}
		asked = false
	}
}

func saysNo(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	return s == "false" || s == "no" || strings.HasSuffix(s, "schema.org/false")
}
