package main

import (
	"strings"

	"parley/internal/text"
	"parley/rules"
)

// A prepared article carries each form that a contender asks for, made
// beforehand, so that no peer pays for folding or for splitting into words.
type prepared struct {
	article
	titleText, bodyText *text.Text
	doc                 rules.Doc

	// folded is the words of title and text, folded, each between spaces, with
	// a bar between title and text: " peace talks | they resume ". So
	// " peace " finds whole words, and no phrase reaches over the bar.
	folded      string
	foldedTitle string
	bytes       []byte // folded
	words       []string
	titleWords  []string
}

func prepare(articles []article) []*prepared {
	out := make([]*prepared, len(articles))
	for i, a := range articles {
		p := &prepared{article: a, titleText: text.New(a.title), bodyText: text.New(a.body)}
		p.doc = rules.Doc{Title: p.titleText, Text: p.bodyText, Feed: "wire", Language: a.language, Today: "2026-11-20"}
		p.titleWords = norms(p.titleText)
		p.words = append(append([]string{}, p.titleWords...), norms(p.bodyText)...)
		p.foldedTitle = spaced(p.titleWords)
		p.folded = p.foldedTitle + "|" + spaced(norms(p.bodyText))
		p.bytes = []byte(p.folded)
		out[i] = p
	}
	return out
}

func norms(t *text.Text) []string {
	out := make([]string, len(t.Tokens))
	for i, tok := range t.Tokens {
		out[i] = tok.Norm
	}
	return out
}

func spaced(words []string) string { return " " + strings.Join(words, " ") + " " }
