package actors

import (
	"embed"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed data/*.tsv
var data embed.FS

// rows calls fn with the fields of each row of a data file; want is their
// number.
func rows(file string, want int, fn func(f []string) error) error {
	src, err := data.ReadFile("data/" + file)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.SplitSeq(string(src), "\n") {
		n++
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != want {
			return fmt.Errorf("%s:%d: %d columns, not %d", file, n, len(f), want)
		}
		if err := fn(f); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}

// list splits a field of names; "-" is none.
func list(f string) []string {
	if f == "-" || f == "" {
		return nil
	}
	return strings.Split(f, "|")
}

func (b *builder) states() error {
	english9 := display.Regions(language.English)
	return rows("states.tsv", 5, func(f []string) error {
		region, err := language.ParseRegion(f[0])
		if err != nil {
			return err
		}
		cldr := english9.Name(region)
		title, _, _ := strings.Cut(cldr, " (")
		names := list(f[2])
		title = strings.ReplaceAll(title, "&", "and")
		if strings.Contains(title, " - ") || f[1] != kebab(cldr) { // "DR Congo" reads better than "Congo - Kinshasa"
			title = names[0]
		}
		i := b.declare(Actor{ID: f[1], Kind: State, Title: title})
		b.codes[f[0]] = i
		b.order = append(b.order, f[0])
		b.x.lands[f[0]] = land{state: f[1], name: title}
		b.name(i, title, kName, english)
		if bare, rest, ok := strings.Cut(cldr, " ("); ok {
			b.name(i, bare, kName, english)
			b.name(i, strings.TrimSuffix(rest, ")"), kName, english)
		} else if cldr != title {
			b.name(i, dashes.Replace(cldr), kName, english)
		}
		for _, n := range names {
			b.name(i, n, kName, english)
		}
		for _, n := range list(f[3]) {
			b.name(i, n, kDemonym, english)
			if p := plural(n); p != "" {
				b.name(i, p, kDemonym, english)
			}
		}
		for k, n := range list(f[4]) {
			if k == 0 {
				b.x.seats[f[1]] = n
			}
			b.name(i, n, kCapital, english)
		}
		return nil
	})
}

// plural returns the plural of an English demonym, "" where it is the same.
func plural(n string) string {
	switch last := n[len(n)-1]; {
	case strings.HasSuffix(n, "ese"), strings.HasSuffix(n, "sh"), strings.HasSuffix(n, "ch"), strings.HasSuffix(n, "man"), last == 's', last == 'S', last == '.', last == 'K':
		return ""
	}
	return n + "s"
}

func (b *builder) organisations() error {
	return rows("organisations.tsv", 3, func(f []string) error {
		i := b.declare(Actor{ID: f[0], Kind: Organisation, Title: f[1]})
		b.name(i, f[1], kName, english)
		for _, n := range list(f[2]) {
			b.name(i, n, kName, langOf(n))
		}
		return nil
	})
}

func (b *builder) bodies() error {
	return rows("bodies.tsv", 2, func(f []string) error {
		i, ok := b.x.byID[f[0]]
		if !ok {
			return fmt.Errorf("no actor %q", f[0])
		}
		for _, n := range list(f[1]) {
			b.name(i, n, kBody, langOf(n))
		}
		return nil
	})
}

// langOf tells a name's language by its script, as far as the grammar needs.
func langOf(n string) lang {
	for _, r := range n {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			return russian
		case unicode.Is(unicode.Arabic, r):
			return arabic
		}
	}
	return anyLang
}

func (b *builder) cities() error {
	l := &b.x.lex
	return rows("cities.tsv", 3, func(f []string) error {
		state, ok := b.codes[f[1]]
		if !ok {
			return fmt.Errorf("no state has the code %q", f[1])
		}
		v := int32(len(l.venues))
		l.venues = append(l.venues, City{Title: f[0], State: b.x.actors[state].ID})
		city, country, _ := strings.Cut(f[0], ", ")
		b.x.lands[f[1]] = land{state: b.x.actors[state].ID, name: country}
		for _, n := range append([]string{city}, list(f[2])...) {
			at := b.add(n, sense{kind: kCity, actor: state, venue: v, lang: langOf(n)})
			if langOf(n) == arabic {
				b.clitics = append(b.clitics, n)
			}
			senses := l.nodes[at].senses
			for k := range senses {
				if senses[k].kind == kCapital || senses[k].kind == kName && senses[k].actor == state {
					senses[k].venue = v
				}
			}
		}
		return nil
	})
}

func (b *builder) stops() error {
	kind := map[string]kinds{"phrase": kStop, "team": kTeam, "team-before": kTeamBefore, "sport": kSport, "sport-weak": kSportWeak, "agency": kAgency}
	return rows("stops.tsv", 2, func(f []string) error {
		for _, n := range list(f[1]) {
			switch f[0] {
			case "given", "common":
				b.t.Reset(n)
				w := b.word(b.t.Tokens[0].Norm)
				if f[0] == "given" {
					b.x.lex.cues[w] |= cueGiven
				} else {
					b.x.lex.cues[w] |= cueCommon
				}
			default:
				k, ok := kind[f[0]]
				if !ok {
					return fmt.Errorf("no class %q", f[0])
				}
				b.add(n, sense{kind: k, actor: -1})
			}
		}
		return nil
	})
}

func (b *builder) cues() error {
	return rows("cues.tsv", 2, func(f []string) error {
		for _, n := range list(f[1]) {
			c, ok := cueNames[f[0]]
			if !ok {
				return fmt.Errorf("no class %q", f[0])
			}
			if c&(cueNotName|cueHeadline) != 0 {
				b.t.Reset(n)
				for i := range b.t.Tokens {
					b.x.lex.cues[b.wordOf(i)] |= c
				}
				continue
			}
			b.t.Reset(n)
			if len(b.t.Tokens) != 1 {
				return fmt.Errorf("%q is not one word", n)
			}
			b.x.lex.cues[b.wordOf(0)] |= c
		}
		return nil
	})
}

func (b *builder) offices() error {
	kind := map[string]kinds{"head": kHead, "source": kSource, "body": kPart, "rank": kRank, "title": kTitle, "lead": kLead, "mod": kMod, "mod-source": kModSource, "past": kPast, "det": kDet, "link": kLink}
	need := map[string]needs{"-": nothing, "aff": anAffiliation, "name": aName, "topic": aTopic}
	l := &b.x.lex
	for _, file := range officeFiles {
		err := rows("offices."+file.name+".tsv", 4, func(f []string) error {
			k, ok := kind[f[0]]
			if !ok {
				return fmt.Errorf("no class %q", f[0])
			}
			implied := int32(-1)
			if id, ok := strings.CutPrefix(f[2], "@"); ok {
				if implied, ok = b.x.byID[id]; !ok {
					return fmt.Errorf("no actor %q", id)
				}
				f[2] = "-"
			}
			n, ok := need[f[2]]
			if !ok {
				return fmt.Errorf("no need %q", f[2])
			}
			t := int32(len(l.terms))
			l.terms = append(l.terms, term{name: f[1], needs: n, implied: implied})
			for _, w := range list(f[3]) {
				for _, form := range officeForms(file.lang, f[0], w) {
					b.add(form, sense{kind: k, actor: -1, term: t, lang: file.lang})
					if file.lang == arabic {
						b.clitics = append(b.clitics, form)
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// doubtful reads the names whose bearer depends on the rest of the text.
func (b *builder) doubtful() error {
	l := &b.x.lex
	return rows("doubtful.tsv", 3, func(f []string) error {
		n, capital, all := b.node(f[0])
		nd := &l.nodes[n]
		c := choice{actor: -1}
		if f[2] != "-" {
			i, ok := b.x.byID[f[2]]
			if !ok {
				return fmt.Errorf("no actor %q", f[2])
			}
			c.actor = i
			if !nd.kinds.is(affiliations) {
				nd.senses = append(nd.senses, sense{kind: kName, actor: i, capital: capital, all: all})
				nd.kinds |= kName
			}
		}
		for _, e := range list(f[1]) {
			if strings.HasPrefix(e, "@") {
				for id := range strings.FieldsSeq(e) {
					i, ok := b.x.byID[strings.TrimPrefix(id, "@")]
					if !ok {
						return fmt.Errorf("no actor %q", id)
					}
					c.named = append(c.named, i)
				}
				continue
			}
			b.t.Reset(e)
			norm := b.t.Tokens[0].Norm
			bit, ok := b.bits[norm]
			if !ok {
				bit = uint8(len(b.bits))
				if bit >= 64 {
					return fmt.Errorf("more than 64 words of evidence")
				}
				b.bits[norm] = bit
				l.marks[b.word(norm)] = bit + 1
			}
			c.words |= 1 << bit
		}
		if nd.doubt == 0 {
			nd.doubt = int32(len(l.doubts))
			l.doubts = append(l.doubts, nil)
		}
		l.doubts[nd.doubt] = append(l.doubts[nd.doubt], c)
		return nil
	})
}
