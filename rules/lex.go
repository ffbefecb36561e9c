package rules

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/text"
)

// The bounds of a query. What goes beyond them is refused with a sentence, so
// that no query can be slow for others.
const (
	MaxLength   = 8 << 10 // bytes
	MaxDepth    = 32      // parentheses inside each other
	MaxTerms    = 256     // conditions of one query
	MaxWords    = 32      // words of one phrase
	MaxPrefix   = 60      // bytes of a prefix
	MaxDistance = 100     // n of NEAR/n
	MaxChain    = 8       // operands of one chain of NEARs
)

type lexKind uint8

const (
	lexEnd lexKind = iota
	lexWord
	lexPhrase
	lexField // "kind:"; a value follows
	lexOpen
	lexClose
	lexAnd
	lexOr
	lexNot
	lexNear
)

// A lexeme is a piece of a query.
type lexeme struct {
	kind     lexKind
	pos, end int
	text     string // of a word or phrase, without quotation marks; name of a field
	link     Link
}

type lexer struct {
	src string
	at  int
}

func (l *lexer) fail(pos, end int, msg, hint string) *Error {
	return &Error{Src: l.src, Pos: pos, End: end, Msg: msg, Hint: hint}
}

// next returns the lexeme at the present place. in is the field of the group
// that it stands in, empty outside of one.
func (l *lexer) next(in string) (lexeme, *Error) {
	for {
		l.space()
		if l.at >= len(l.src) {
			return lexeme{kind: lexEnd, pos: l.at, end: l.at}, nil
		}
		pos := l.at
		r, n := utf8.DecodeRuneInString(l.src[l.at:])
		switch {
		case r == '(':
			l.at += n
			return lexeme{kind: lexOpen, pos: pos, end: l.at}, nil
		case r == ')':
			l.at += n
			return lexeme{kind: lexClose, pos: pos, end: l.at}, nil
		case opensQuote(r):
			return l.phrase()
		}
		chunk := l.chunk()
		if strings.Trim(chunk, zeroWidth) == "" { // comes along when text is pasted
			l.at += len(chunk)
			continue
		}
		if r == '-' && (in != "tone" || len(chunk) < 2 || chunk[1] < '0' || chunk[1] > '9') {
			return l.minus(chunk)
		}
		if in == "" || in == "title" || fieldName(chunk) != "" && known(fieldName(chunk)) {
			if name := fieldName(chunk); name != "" {
				l.at += len(name) + 1
				return lexeme{kind: lexField, pos: pos, end: l.at, text: name}, nil
			}
		}
		l.at += len(chunk)
		return l.word(lexeme{kind: lexWord, pos: pos, end: l.at, text: chunk}, in)
	}
}

// zeroWidth lists marks that are not seen and do not shape words.
const zeroWidth = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\u200c\u200d\u061c"

func (l *lexer) space() {
	for l.at < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.at:])
		if !unicode.IsSpace(r) {
			return
		}
		l.at += n
	}
}

func endsChunk(r rune) bool {
	return r == '(' || r == ')' || opensQuote(r) || unicode.IsSpace(r)
}

func opensQuote(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»' || r == '＂'
}

// chunk returns the run of characters from here to the next space,
// parenthesis or quotation mark. A ” between letters of Hebrew is one too.
func (l *lexer) chunk() string {
	rest := l.src[l.at:]
	if i := strings.IndexFunc(rest, endsChunk); i >= 0 {
		return rest[:i]
	}
	return rest
}

// fieldName returns what stands before the first colon of a chunk, if it
// looks like the name of a field.
func fieldName(chunk string) string {
	i := strings.IndexByte(chunk, ':')
	if i <= 0 {
		return ""
	}
	for _, r := range chunk[:i] {
		if !unicode.IsLetter(r) && r != '_' && r != '-' {
			return ""
		}
	}
	return chunk[:i]
}

// phrase reads what stands between quotation marks, straight or typographic.
func (l *lexer) phrase() (lexeme, *Error) {
	pos := l.at
	open, n := utf8.DecodeRuneInString(l.src[pos:])
	closing := `”“"`
	switch open {
	case '"':
		closing = `"`
	case '«':
		closing = `»"`
	case '»':
		closing = `«»"`
	case '＂':
		closing = `＂"`
	}
	i := strings.IndexAny(l.src[pos+n:], closing)
	if i < 0 {
		return lexeme{}, l.fail(pos, pos+n, "this quotation mark is never closed", `add a " behind the last word of the phrase`)
	}
	body := l.src[pos+n : pos+n+i]
	_, m := utf8.DecodeRuneInString(l.src[pos+n+i:])
	l.at = pos + n + i + m
	if strings.HasPrefix(l.src[l.at:], "*") {
		return lexeme{}, l.fail(l.at, l.at+1, "a * cannot stand behind a phrase", `put it behind the last word, inside the quotation marks: "peace talk*"`)
	}
	return lexeme{kind: lexPhrase, pos: pos, end: l.at, text: body}, nil
}

func (l *lexer) minus(chunk string) (lexeme, *Error) {
	pos := l.at
	l.at++
	if len(chunk) == 1 {
		r, _ := utf8.DecodeRuneInString(l.src[l.at:])
		if l.at >= len(l.src) || r == ')' || unicode.IsSpace(r) {
			return lexeme{}, l.fail(pos, l.at, "a - stands alone", "put it right before what must not occur, as in -sanctions, or remove it")
		}
	}
	return lexeme{kind: lexNot, pos: pos, end: l.at}, nil
}

// word tells operators, and what people type for them, from words.
func (l *lexer) word(x lexeme, in string) (lexeme, *Error) {
	switch x.text {
	case "AND":
		x.kind = lexAnd
		return x, nil
	case "OR":
		x.kind = lexOr
		return x, nil
	case "NOT":
		x.kind = lexNot
		return x, nil
	}
	if op, distance, ok := strings.Cut(x.text, "/"); strings.EqualFold(op, "NEAR") || strings.EqualFold(op, "ONEAR") {
		return l.near(x, op, distance, ok)
	}
	bad := func(msg, hint string) (lexeme, *Error) {
		return lexeme{}, l.fail(x.pos, x.end, msg, hint)
	}
	if in != "" && in != "title" {
		return x, nil
	}
	switch {
	case x.text == "&&" || x.text == "&" || x.text == "+":
		return bad(quote(x.text)+" is no operator", "type AND, or nothing: words side by side must all occur")
	case x.text == "||" || x.text == "|":
		return bad(quote(x.text)+" is no operator", "type OR")
	case x.text[0] == '!':
		return bad("! is no operator", "type NOT, or - right before the word")
	case x.text[0] == '+' && len(x.text) > 1:
		return bad("+ is not needed", "words side by side must all occur; type "+x.text[1:])
	case x.text[0] == '\'' || strings.HasPrefix(x.text, "‘"):
		return bad("a phrase cannot stand in single quotation marks", `type "`+strings.Trim(x.text, "'‘’")+` …" with double ones`)
	case strings.HasPrefix(x.text, "–") || strings.HasPrefix(x.text, "—") || strings.HasPrefix(x.text, "−"):
		return bad("this dash is neither a word nor a minus", "type a plain - right before what must not occur, or remove it")
	case x.text[0] == '<' || x.text[0] == '>' || x.text[0] == '=':
		return bad(quote(x.text)+" compares nothing", "name what is compared, as in date:<14d, tone:<0 or sources:>=2")
	}
	return x, nil
}

func (l *lexer) near(x lexeme, op, distance string, slash bool) (lexeme, *Error) {
	bad := func(msg, hint string) (lexeme, *Error) {
		return lexeme{}, l.fail(x.pos, x.end, msg, hint)
	}
	upper, others := strings.ToUpper(op), ""
	if upper == "NEAR" {
		others = ", NEAR/s for in one sentence, NEAR/p for in one paragraph"
	}
	if !slash {
		if op != upper { // "near" alone is a word
			return x, nil
		}
		return bad(upper+" needs a distance", "type "+upper+"/8 for within 8 words"+others)
	}
	if op != upper {
		if distance == "" || strings.Trim(distance, "0123456789") != "" && len(distance) > 1 { // "near/far"
			return x, nil
		}
		return bad("operators are upper case", "type "+upper+"/"+distance)
	}
	x.kind = lexNear
	x.link.Then = upper == "ONEAR"
	switch distance {
	case "s", "S", "p", "P":
		if x.link.Then {
			return bad("ONEAR takes a number of words only", "type ONEAR/8, or NEAR/"+strings.ToLower(distance)+" in any order")
		}
		x.link.Unit = Sentence
		if distance == "p" || distance == "P" {
			x.link.Unit = Paragraph
		}
		return x, nil
	}
	digits := strings.TrimLeft(distance, "0")
	n, err := strconv.Atoi(distance)
	switch {
	case distance != "" && strings.Trim(distance, "0123456789") == "" && (err != nil || n > MaxDistance):
		return bad(upper+"/"+firstRunes(digits, 12)+" is wider than "+strconv.Itoa(MaxDistance)+" words", "type "+upper+"/"+strconv.Itoa(MaxDistance)+" or less, or NEAR/p for in one paragraph")
	case err != nil || n < 1 || strings.Trim(distance, "0123456789") != "":
		return bad(upper+" needs a distance from 1 to "+strconv.Itoa(MaxDistance), "type "+upper+"/8 for within 8 words"+others)
	}
	x.link.N = n
	return x, nil
}

// words returns the words that t asks for. A * right behind a word makes it a
// prefix; anywhere else it is a fault.
func words(t *text.Text) ([]Word, *fault) {
	var out []Word
	stars := strings.Count(t.Plain, "*")
	for _, tok := range t.Tokens {
		w := Word{Norm: tok.Norm, Upper: tok.Flags&text.Acronym != 0}
		if rest := t.Plain[tok.End:]; strings.HasPrefix(rest, "*") {
			r, n := utf8.DecodeRuneInString(rest[1:])
			if n == 0 || unicode.IsSpace(r) {
				w.Prefix, w.Upper = true, false
				stars--
				if len(w.Norm) > MaxPrefix {
					return nil, &fault{"the prefix " + quote(w.Norm) + " is longer than words are", "shorten it to " + strconv.Itoa(MaxPrefix) + " bytes or less"}
				}
			}
		}
		out = append(out, w)
	}
	if stars > 0 {
		return nil, &fault{"a * stands only at the end of a word", "type the beginning of the word and then *, as in negotiat*"}
	}
	return out, nil
}

// quote puts what somebody typed into a message, shortened if need be.
func quote(s string) string {
	if utf8.RuneCountInString(s) > 40 {
		s = firstRunes(s, 39) + "…"
	}
	return strconv.Quote(s)
}
