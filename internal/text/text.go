// Package text turns what a feed delivers into words that can be matched and
// quoted. One pass over the source strips markup and escapes, a second one
// folds and splits it into tokens, sentences and paragraphs; every token keeps
// its place, and Span leads back from there to the bytes that were delivered,
// so that a quote is always exact. Who looks only for words can Skim instead, in
// less than half the time. The package knows scripts, not languages,
// and nothing of what the words mean.
//
// What people may rely on, in queries and in readings alike:
//
//   - Case, accents, Arabic vowel marks, Hebrew points, tatweel, zero-width
//     characters, soft hyphens and direction marks make no difference. Arabic
//     alef, yeh, kaf and teh marbuta variants are one letter each, Persian and
//     Arabic digits are digits. Cyrillic й stays й; ё is е.
//   - A hyphen or slash between words splits them: "US-Iran" is us, iran.
//   - A possessive 's takes no position: "Pakistan's" is pakistan. French
//     elisions split: "l'Iran" is l, iran. Other apostrophes stay: "don't".
//   - "U.S." is the token us with the Acronym flag, "US" has AllCaps; so both
//     can be told from the pronoun.
//   - Digits in front split off ("24th" is 24, th), behind they stay ("M23").
//   - Scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
//     yield one token a letter, so that a name in them is a phrase.
package text

import "sort"

// A Text is a source with its tokens, sentences and paragraphs. The zero Text
// is empty and ready for Reset; reusing one saves its allocations.
type Text struct {
	Source     string // as delivered
	Plain      string // visible text; paragraphs are parted by "\n"
	Tokens     []Token
	Sentences  []Range
	Paragraphs []Paragraph

	segments []segment
	breaks   []blockBreak
	folded   []byte // what Norms are cut from; what is in it stays
	plain    []byte
	decoded  []byte

	borrowed bool // Plain is plain, which the next text is written to
	skimmed  bool // there are no tokens yet, only these of each
	keys     []uint64
	starts   []int32
	runs     *[1 << runBits][2]run
	one      []Token // looked at alone
}

// A Range is a half-open range of token indices.
type Range struct{ From, To int }

// A Paragraph is a block of the source.
type Paragraph struct {
	Range
	Block Block
	Link  bool // every word of it stands in a link, as in a list of related stories
}

// A Block says what markup a paragraph stood in.
type Block uint8

// The blocks that are told apart.
const (
	Prose Block = iota
	ListItem
	Heading
)

// A Token is a word or a number.
type Token struct {
	Start, End int32  // bytes of Text.Plain
	Sentence   int32  // index into Text.Sentences
	Paragraph  int32  // index into Text.Paragraphs
	Norm       string // folded: what two spellings of one word have in common
	Key        uint64 // of Norm
	Hash       uint32 // of Norm
	Flags      Flags
	Gap        Gap // what stands between the token before and this one
}

// Flags tell how a token was written.
type Flags uint16

// The flags.
const (
	Capital    Flags = 1 << iota // begins with an upper-case letter
	AllCaps                      // two letters or more, all upper case
	Acronym                      // written with dots: U.S.
	Number                       // digits only
	Possessive                   // was followed by 's
	NonLatin                     // a letter outside the Latin script
	Ideograph                    // one letter of a script without spaces
)

// A Gap is the set of marks between two tokens.
type Gap uint16

// The marks of a gap.
const (
	Space        Gap = 1 << iota
	Comma            // , ، 、
	Colon            // :
	Semicolon        // ; ؛
	Dash             // – — or a hyphen between spaces
	Hyphen           // a hyphen that joins two words
	Slash            // /
	Dot              // a full stop that may or may not end a sentence
	QuoteOpen        // an opening quotation mark, single ones too
	QuoteClose       // a closing one
	Paren            // a bracket, opening or closing
	Ellipsis         // … or ...
	Bullet           // • and its like
	SentenceEnd      // the token before ended a sentence
	ParagraphEnd     // the token before ended a paragraph
	Question         // a question mark
)

// New returns the Text of source, which may be plain text or HTML.
func New(source string) *Text {
	t := new(Text)
	t.Reset(source)
	return t
}

// Reset makes t the Text of source, reusing what t has allocated. Strings
// taken from t before stay valid.
func (t *Text) Reset(source string) {
	t.Source = source
	t.skimmed = false
	t.strip()
	t.own()
	t.tokenise()
}

// Span returns the byte range of Source that Plain[start:end] was made from.
func (t *Text) Span(start, end int) (int, int) {
	if end < start {
		end = start
	}
	from := t.toSource(start, false)
	to := t.toSource(end, true)
	return from, max(from, to)
}

// TokenSpan returns the byte range of Source that tokens [from,to) cover.
func (t *Text) TokenSpan(from, to int) (int, int) {
	if from >= to {
		return 0, 0
	}
	return t.Span(int(t.Tokens[from].Start), int(t.Tokens[to-1].End))
}

// Quote returns the visible text of tokens [from,to).
func (t *Text) Quote(from, to int) string {
	if from >= to {
		return ""
	}
	return t.Plain[t.Tokens[from].Start:t.Tokens[to-1].End]
}

// A segment says which bytes of the source became which bytes of the plain
// text. Where the lengths are equal they are the same bytes.
type segment struct {
	plain, source       int32
	plainLen, sourceLen int32
}

func (t *Text) toSource(p int, end bool) int {
	if len(t.segments) == 0 {
		return p
	}
	at := p
	if end && at > 0 {
		at-- // the segment of the last byte, not of the one behind it
	}
	i := sort.Search(len(t.segments), func(i int) bool { return int(t.segments[i].plain) > at }) - 1
	if i < 0 {
		return 0
	}
	s := t.segments[i]
	off := p - int(s.plain)
	switch {
	case s.plainLen == s.sourceLen && off <= int(s.plainLen):
		return int(s.source) + off
	case end || off >= int(s.plainLen):
		return int(s.source + s.sourceLen)
	default:
		return int(s.source)
	}
}
