package story

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"unicode/utf8"
)

// A mark is what is remembered of a text that reported a development, so that a
// copy of it is known when it comes: the first words, as overlapping runs of
// four, and the words by which it may be likened to others. It is the same in
// every process, since it is kept in the store.
type mark struct {
	language uint16
	own      uint32   // of the link: an item that is brought again, edited or not
	head     uint32   // of the title
	runs     []uint32 // of the first words of the text, in their order
	terms    []uint32 // distinct words of title and lead, in the order of their hashes
}

const (
	runWords  = 4   // a run
	maxRuns   = 45  // the first 48 words: the lead and a little more
	minRuns   = 10  // fewer do not tell one text from another
	leadWords = 40  // whose words are terms, besides the title's
	maxTerms  = 30  // a mark stays below 320 bytes
	maxMarks  = 2   // texts that are remembered of one development: the first ones
	markLimit = 600 // bytes of a mark that is read back; longer is damaged
)

// newMark remembers an item by its folded words.
func newMark(language, link string, title, text []string) mark {
	m := mark{language: uint16(hash(language)), own: hash(link)}
	if link == "" {
		m.own = 0
	}
	if len(title) > 0 {
		h := fnv.New32a()
		for _, w := range title {
			_, _ = h.Write([]byte(w))
			_, _ = h.Write([]byte{' '})
		}
		m.head = h.Sum32()
	}
	words := make([]uint32, min(len(text), maxRuns+runWords-1))
	for i := range words {
		words[i] = hash(text[i])
	}
	for i := 0; i+runWords <= len(words); i++ {
		run := words[i]
		for _, w := range words[i+1 : i+runWords] {
			run = run*16777619 ^ w
		}
		m.runs = append(m.runs, run)
	}
	for _, w := range title {
		m.term(w)
	}
	for _, w := range text[:min(len(text), leadWords)] {
		m.term(w)
	}
	slices.Sort(m.terms)
	return m
}

// term adds a word that may tell one story from another: shorter ones do not.
func (m *mark) term(w string) {
	const short = 4
	if len(m.terms) == maxTerms || utf8.RuneCountInString(w) < short {
		return
	}
	if h := hash(w); !slices.Contains(m.terms, h) {
		m.terms = append(m.terms, h)
	}
}

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// copies reports whether one text is a copy of the other, perhaps cut short,
// with another line before it ("DUBAI, Oct 19 (Reuters) -", "By our staff") or
// another end. Inside, not a word may differ: a wire sends the same story again
// when one word of it has changed.
func (m *mark) copies(o *mark) bool {
	if min(len(m.runs), len(o.runs)) < minRuns {
		return false
	}
	// Either begins somewhere near the beginning of the other.
	const opening, ending = 12, runWords
	for shift := 0; shift <= opening; shift++ {
		if matches(m.runs, o.runs, shift, ending) || matches(o.runs, m.runs, shift, ending) {
			return true
		}
	}
	return false
}

// matches reports whether b, which begins shift runs into a, is like it up to
// an end of some runs. Up to as many words may differ before the two meet.
func matches(a, b []uint32, shift, ending int) bool {
	n := min(len(a)-shift, len(b))
	const opening = 12
	if n < minRuns {
		return false
	}
	first := 0
	for first < n && a[shift+first] != b[first] {
		first++
	}
	if first > opening {
		return false
	}
	same := 0
	for i := first; i < n; i++ {
		if a[shift+i] == b[i] {
			same++
			continue
		}
		// What differs now must be the end of the shorter one.
		return n-i <= ending && same >= minRuns-ending
	}
	return same >= minRuns-ending
}

// encode writes marks one behind the other, each led by the number of its runs
// and of its terms.
func encode(marks []mark) []byte {
	var b []byte
	for _, m := range marks {
		b = append(b, byte(len(m.runs)), byte(len(m.terms)))
		b = binary.LittleEndian.AppendUint16(b, m.language)
		b = binary.LittleEndian.AppendUint32(b, m.own)
		b = binary.LittleEndian.AppendUint32(b, m.head)
		for _, r := range m.runs {
			b = binary.LittleEndian.AppendUint32(b, r)
		}
		for _, t := range m.terms {
			b = binary.LittleEndian.AppendUint32(b, t)
		}
	}
	return b
}

// decode reads what encode wrote. Of what is damaged it returns what stands
// before the damage: without marks a copy is judged by its facts.
func decode(b []byte) []mark {
	var marks []mark
	const lead = 12
	for len(b) >= lead && len(marks) < maxMarks {
		runs, terms := int(b[0]), int(b[1])
		size := lead + 4*(runs+terms)
		if size > markLimit || size > len(b) {
			break
		}
		m := mark{
			language: binary.LittleEndian.Uint16(b[2:]), own: binary.LittleEndian.Uint32(b[4:]), head: binary.LittleEndian.Uint32(b[8:]),
			runs: make([]uint32, runs), terms: make([]uint32, terms),
		}
		for i := range m.runs {
			m.runs[i] = binary.LittleEndian.Uint32(b[lead+4*i:])
		}
		for i := range m.terms {
			m.terms[i] = binary.LittleEndian.Uint32(b[lead+4*(runs+i):])
		}
		marks = append(marks, m)
		b = b[size:]
	}
	return marks
}
