package dates

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"parley/internal/text"
)

//go:embed data/*.tsv
var dataFiles embed.FS

// A lexicon is one language's words, folded and compiled.
type lexicon struct {
	language   string
	words      map[string]entry // while it is loaded
	table      table
	common     map[string]bool // frequent words that tell the language
	suffixes   []affix
	endings    uint64 // a bit for each byte that a suffix ends in
	prefixes   []affix
	and        string          // the clitic that means and
	clitics    [512]bool       // letters written together with the word behind them, by their two bytes: و, ب
	verbLast   bool            // the verb that governs a date stands behind it
	plurals    map[string]bool // units written as several
	begins     map[string]bool // verbs that tell when a feast is: begins, falls
	modLast    bool            // "mardi prochain"
	bareUnits  bool            // "конце месяца": parts need no "of the"
	monthFirst bool            // 3/8 is 8 March
	days       []string        // full names of weekdays, to find them glued to the next word
	holidays   []string        // ids, by val
}

type affix struct {
	letters string
	cues    cue
}

// loadLexicon reads data/LANG.tsv and data/LANG-cues.tsv.
func loadLexicon(language string) (*lexicon, error) {
	l := &lexicon{language: language, words: map[string]entry{}, common: map[string]bool{}, plurals: map[string]bool{}, begins: map[string]bool{}}
	for _, name := range []string{language + ".tsv", language + "-cues.tsv"} {
		b, err := fs.ReadFile(dataFiles, path.Join("data", name))
		if err != nil {
			return nil, fmt.Errorf("dates: %w", err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			if err := l.add(line); err != nil {
				return nil, fmt.Errorf("dates: data/%s:%d: %w", name, i+1, err)
			}
		}
	}
	for w, e := range l.words {
		for _, p := range e.phrases {
			e.second |= 1 << (p.next & 63)
		}
		l.words[w] = e
	}
	l.table = freeze(l.words)
	l.words = nil
	return l, nil
}

// add takes one line of data: a class, a value or "-", and words parted by
// commas; the fields are parted by tabs.
func (l *lexicon) add(line string) error {
	f := strings.Split(line, "\t")
	if len(f) != 3 {
		return fmt.Errorf("want class, value and words parted by tabs, got %d fields", len(f))
	}
	kind, value := f[0], f[1]
	var words []string
	for _, w := range strings.Split(f[2], ",") {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	switch kind {
	case "option":
		for _, w := range words {
			switch w {
			case "verb-last":
				l.verbLast = true
			case "modifier-last":
				l.modLast = true
			case "month-first":
				l.monthFirst = true
			case "bare-units":
				l.bareUnits = true
			default:
				return fmt.Errorf("unknown option %q", w)
			}
		}
		return nil
	case "common":
		for _, w := range words {
			l.common[text.Fold(w)] = true
		}
		return nil
	case "plural":
		for _, w := range words {
			l.plurals[text.Fold(w)] = true
		}
		return nil
	case "begins":
		for _, w := range words {
			l.begins[text.Fold(w)] = true
		}
		return nil
	case "clitic":
		for _, w := range words {
			c := text.Fold(w)
			if len(c) != 2 {
				return fmt.Errorf("clitic %q is not one letter of two bytes", w)
			}
			l.clitics[int(c[0]&1)<<8|int(c[1])] = true
			if value == "and" {
				l.and = text.Fold(w)
			}
		}
		return nil
	case "suffix", "prefix":
		c, err := parseCues(value)
		if err != nil {
			return err
		}
		for _, w := range words {
			a := affix{text.Fold(w), c}
			if kind == "suffix" {
				l.suffixes = append(l.suffixes, a)
				l.endings |= 1 << (a.letters[len(a.letters)-1] & 63)
			} else {
				l.prefixes = append(l.prefixes, a)
			}
		}
		return nil
	case "cue":
		c, err := parseCues(value)
		if err != nil {
			return err
		}
		for _, w := range words {
			l.put(w, sense{cues: c})
		}
		return nil
	}
	c, ok := classes[kind]
	if !ok {
		return fmt.Errorf("unknown class %q", kind)
	}
	v, err := l.value(c, value)
	if err != nil {
		return err
	}
	for _, w := range words {
		l.put(w, sense{class: c, val: v})
		if c == classWeekday && !strings.ContainsAny(w, " -") {
			l.days = append(l.days, text.Fold(w))
		}
	}
	return nil
}

func (l *lexicon) value(c class, s string) (int16, error) {
	if s == "-" {
		return 0, nil
	}
	var names map[string]int16
	switch c {
	case classShift:
		names = shiftNames
	case classPart:
		names = partNames
	case classUnit, classDual:
		names = unitNames
	case classHoliday, classHolidayName:
		if _, ok := holidays[s]; !ok {
			return 0, fmt.Errorf("unknown holiday %q", s)
		}
		for i, id := range l.holidays {
			if id == s {
				return int16(i), nil
			}
		}
		l.holidays = append(l.holidays, s)
		return int16(len(l.holidays) - 1), nil
	}
	if names != nil {
		v, ok := names[s]
		if !ok {
			return 0, fmt.Errorf("unknown value %q", s)
		}
		return v, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < -1000 || n > 9999 {
		return 0, fmt.Errorf("%q is no number that fits", s)
	}
	return int16(n), nil
}

// put files a word or a phrase; a word may have one class and several cues.
func (l *lexicon) put(w string, s sense) {
	parts := strings.Fields(tokenised(w))
	if len(parts) == 0 {
		return
	}
	e := l.words[parts[0]]
	if len(parts) == 1 {
		if e.sense.class == classNone {
			e.sense.class, e.sense.val = s.class, s.val
		}
		e.sense.cues |= s.cues
		e.sense.n = 1
		l.words[parts[0]] = e
		return
	}
	s.n = uint8(len(parts))
	for i := range e.phrases {
		if strings.Join(e.phrases[i].rest, " ") == strings.Join(parts[1:], " ") {
			if e.phrases[i].sense.class == classNone {
				e.phrases[i].sense.class, e.phrases[i].sense.val = s.class, s.val
			}
			e.phrases[i].sense.cues |= s.cues
			l.words[parts[0]] = e
			return
		}
	}
	at := len(e.phrases)
	for at > 0 && len(e.phrases[at-1].rest) < len(parts)-1 {
		at--
	}
	e.phrases = append(e.phrases, phrase{})
	copy(e.phrases[at+1:], e.phrases[at:])
	e.phrases[at] = phrase{parts[1:], text.Hash(parts[1]), s}
	l.words[parts[0]] = e
}

// tokenised returns the norms of s's tokens, so that data meet texts halfway.
func tokenised(s string) string {
	var b strings.Builder
	for _, t := range text.New(s).Tokens {
		b.WriteString(t.Norm)
		b.WriteByte(' ')
	}
	return b.String()
}

func parseCues(s string) (cue, error) {
	var c cue
	for _, name := range strings.Split(s, "+") {
		v, ok := cueNames[name]
		if !ok {
			return 0, fmt.Errorf("unknown cue %q", name)
		}
		c |= v
	}
	return c, nil
}

// cutClitic returns what stands behind a letter that is written together with
// its word.
func (l *lexicon) cutClitic(w string) (string, bool) {
	if len(w) <= 2 || w[0]|1 != 0xD9 || !l.clitics[int(w[0]&1)<<8|int(w[1])] {
		return "", false
	}
	return w[2:], true
}
