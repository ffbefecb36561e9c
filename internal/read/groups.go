package read

import (
	"slices"
	"strings"

	"parley/internal/text"
)

// A group is an armed or political group that no configuration knows, and that
// the text names at length: "the Oromo Liberation Army (OLA)".
type group struct {
	id, title string
	words     []string // of the full name, folded
	short     string   // folded; empty where the text gives none
}

// meet finds groups that nobody configured, so that a fight or a truce with
// them still has two sides. The text introduces them; the title may use either
// name.
func (r *reader) meet() {
	r.groups = r.groups[:0]
	p := &r.text
	if p.allMarks&aGroupHead == 0 {
		return
	}
	for i := range p.t.Tokens {
		if p.is(i, aGroupHead) && p.t.Tokens[i].Flags&text.Capital != 0 && len(r.groups) < 4 {
			r.introduceGroup(p, i)
		}
	}
	if len(r.groups) == 0 {
		return
	}
	for _, p := range []*part{&r.title, &r.text} {
		before := len(p.who)
		for i := 0; i < len(p.t.Tokens); i++ {
			for _, g := range r.groups {
				n := g.at(p, i)
				if n > 0 && len(p.whoIn(max(0, i-6), i+n)) == p.countBefore(max(0, i-6), i) {
					p.who = append(p.who, who{from: i, to: i + n, id: g.id})
					clear(p.cues[i : i+n])
					i += n - 1
					break
				}
			}
		}
		if len(p.who) > before {
			slices.SortFunc(p.who, func(a, b who) int { return a.from - b.from })
		}
	}
}

// countBefore counts the mentions in tokens [from,to) that end there too.
func (p *part) countBefore(from, to int) int {
	n := 0
	for _, w := range p.whoIn(from, to) {
		if w.to <= to {
			n++
		}
	}
	return n
}

// introduceGroup reads the name that ends with the head at token i.
func (r *reader) introduceGroup(p *part, i int) {
	from := i
	for from > 0 && i-from < 5 {
		prev := &p.t.Tokens[from-1]
		if prev.Flags&text.Capital == 0 || p.t.Tokens[from].Gap&^(text.Space|text.Hyphen) != 0 || p.t.Sentences[prev.Sentence].From == from-1 && p.cues[from-1] != nil || p.is(from-1, anArticle) {
			break
		}
		from--
	}
	if i-from < 1 || len(p.whoIn(from, i+1)) > 0 || p.countBefore(max(0, from-4), from) != len(p.whoIn(max(0, from-4), from)) {
		return
	}
	if w := p.t.Tokens[from].Norm; r.english && (w == "first" || nthWord(w)) {
		return // "the Second Army Region", which is of a state
	}
	g := group{title: p.t.Quote(from, i+1)}
	for k := from; k <= i; k++ {
		g.words = append(g.words, p.t.Tokens[k].Norm)
	}
	g.id = strings.Join(g.words, "-")
	if k := i + 1; k < len(p.t.Tokens) && p.t.Tokens[k].Gap&text.Paren != 0 && p.t.Tokens[k].Flags&text.AllCaps != 0 {
		g.short = p.t.Tokens[k].Norm
		g.id, g.title = g.short, p.t.Quote(k, k+1)
	}
	if g.short == "" { // "OLA" in the headline, never explained
		var b strings.Builder
		for _, w := range g.words {
			b.WriteByte(w[0])
		}
		for _, q := range []*part{&r.title, p} {
			for k := range q.t.Tokens {
				if tok := &q.t.Tokens[k]; tok.Flags&text.AllCaps != 0 && tok.Norm == b.String() && len(tok.Norm) > 2 {
					g.short = tok.Norm
					g.id, g.title = g.short, q.t.Quote(k, k+1)
				}
			}
		}
	}
	if _, known := r.actors.Actor(g.id); known || slices.ContainsFunc(r.groups, func(o group) bool { return o.id == g.id }) {
		return
	}
	r.groups = append(r.groups, g)
}

// at returns how many tokens of a name of the group stand at token i.
func (g *group) at(p *part, i int) int {
	tokens := p.t.Tokens
	if g.short != "" && tokens[i].Norm == g.short && tokens[i].Flags&text.AllCaps != 0 {
		return 1
	}
	for k, w := range g.words {
		if i+k >= len(tokens) || tokens[i+k].Norm != w {
			return 0
		}
	}
	return len(g.words)
}
