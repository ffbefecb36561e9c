package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

type tokeniser struct {
	t       *Text
	s       string
	bytes   []byte // of s, only to be read
	tail    view   // the end of s
	tokens  []Token
	gap     Gap
	room    int  // bytes that are made free next for what is folded
	quotes  bool // inside straight double quotes of this paragraph
	single  bool // inside single ones
	nextBrk int
}

// tokenise fills Tokens, Sentences and Paragraphs from Plain. Where a token is
// folded already its Norm is cut from Plain; the others are cut from what is
// folded, as soon as it is.
func (t *Text) tokenise() {
	if cap(t.Tokens) == 0 {
		t.Tokens = make([]Token, 0, expected(t.Plain))
	}
	t.Sentences, t.Paragraphs = t.Sentences[:0], t.Paragraphs[:0]
	k := tokeniser{t: t, s: t.Plain, tokens: t.Tokens[:0], gap: ParagraphEnd | SentenceEnd, room: len(t.Plain) / 4}
	k.bytes = unsafe.Slice(unsafe.StringData(k.s), len(k.s))
	for i := 0; i < len(k.s); {
		i = k.step(i)
	}
	t.Tokens = k.tokens
	k.sentences()
}

// expected returns about how many tokens a text has, rather too many.
func expected(plain string) int {
	n := strings.Count(plain, " ")
	return n + n/16 + len(plain)/128 + 4
}

// step adds the token or mark at i.
func (k *tokeniser) step(i int) int {
	s := k.s
	c := s[i]
	switch b := byteClasses[c]; {
	case c&0xE0 == 0xC0 && i+1 < len(s) && glyphs[int(c&0x1F)<<6|int(s[i+1]&0x3F)].class&(starts|letter) == starts|letter:
		if i = k.word(i); i < len(s) && s[i] == ' ' {
			k.gap |= Space
			i++
		}
	case c >= utf8.RuneSelf:
		return k.wide(i)
	case b&wordByte != 0:
		return k.words(i)
	default:
		g := &glyphs[c]
		if g.class&oddMark != 0 {
			return k.mark(i, rune(c), 1)
		}
		k.gap |= g.gap
		i++
	}
	return i
}

// wide adds the token or mark that begins with the character at i, which is
// not ASCII.
func (k *tokeniser) wide(i int) int {
	if aloneAt(k.s, i) {
		return k.letters(i)
	}
	g, n := look(k.s, i)
	switch {
	case g.class&starts != 0:
		if g.class&letter == 0 && g.class&apostr == 0 { // a script without spaces
			if r, _ := utf8.DecodeRuneInString(k.s[i:]); unicode.IsLetter(r) {
				return k.letter(i)
			}
		}
		return k.word(i)
	case g.class&digit != 0:
		return k.number(i)
	case g.class&oddMark == 0:
		k.gap |= g.gap
		return i + n
	}
	r, n := utf8.DecodeRuneInString(k.s[i:])
	return k.mark(i, r, n)
}

// add adds the token [start,end), whose Norm is what has been folded since.
func (k *tokeniser) add(start, end int, fold int, flags Flags) {
	k.addAs(start, end, k.t.cut(fold), flags)
}

// addAs adds the token [start,end) with this Norm.
func (k *tokeniser) addAs(start, end int, norm string, flags Flags) {
	tok := k.token()
	tok.Start, tok.End, tok.Norm, tok.Flags = int32(start), int32(end), norm, flags
	tok.Key, tok.Hash = sums(norm)
}

// token adds a token, which has its Gap; the rest is filled where it is going
// to stay, for most of the time of a text goes into this.
func (k *tokeniser) token() *Token {
	n := len(k.tokens)
	if n == cap(k.tokens) {
		k.moreTokens()
	}
	k.tokens = k.tokens[:n+1]
	tok := &k.tokens[n]
	tok.Gap, k.gap = k.gap, 0
	return tok
}

func (k *tokeniser) moreTokens() { k.tokens = slices.Grow(k.tokens, len(k.tokens)/2+1) }

func (k *tokeniser) number(i int) int {
	s, j := k.s, i
	for j < len(s) && byteClasses[s[j]] == digitByte {
		j++
	}
	if j == len(s) || s[j] < utf8.RuneSelf {
		k.addAs(i, j, s[i:j], Number)
		return j
	}
	fold := k.fold()
	for j = i; j < len(s); {
		r, n := utf8.DecodeRuneInString(s[j:])
		if !unicode.IsDigit(r) {
			break
		}
		k.t.folded = appendFolded(k.t.folded, r)
		j += n
	}
	k.add(i, j, fold, Number)
	return j
}

// ascii adds the word at i, which begins with an ASCII letter: most words of
// English are all ASCII and end where no apostrophe stands.
func (k *tokeniser) ascii(i int) int {
	s, j := k.s, i+1
	first, rest := byteClasses[s[i]], byteClass(0)
	for j < len(s) {
		b := byteClasses[s[j]]
		if b&wordByte == 0 {
			if b == joinByte && joins(s, j) {
				return k.folded(i, j, 0)
			}
			break
		}
		rest |= b
		j++
	}
	if first == lowerByte && rest&upperByte == 0 {
		k.addAs(i, j, s[i:j], 0)
		return j
	}
	fold := k.fold()
	if rest&upperByte == 0 {
		if j == i+1 && j < len(s) && s[j] == '.' { // U.S. and its like: single letters, each with its full stop
			if end, ok := acronym(s, i); ok {
				return k.acronym(i, end)
			}
		}
		k.t.folded = append(append(k.t.folded, s[i]|0x20), s[i+1:j]...)
		k.add(i, j, fold, Capital)
		return j
	}
	flags := Flags(0)
	if first == upperByte {
		flags = Capital
	}
	var letters, capitals int
	k.t.folded, letters, capitals = appendLower(k.t.folded, s[i:j])
	k.finish(i, j, fold, letters, capitals, flags)
	return j
}

// joins reports whether a word may go on with the apostrophe or wide character
// at i.
func joins(s string, i int) bool {
	if s[i] < utf8.RuneSelf {
		return true
	}
	g, _ := look(s, i)
	return g.class&(letter|unseen|apostr) != 0
}

// word adds the word at i, which begins with a character that is not ASCII:
// most words of Cyrillic and Arabic are letters of two bytes throughout, and
// fold to such. Where none of them changes the word stays where it is.
func (k *tokeniser) word(i int) int {
	s, j := k.s, i
	fold := k.fold()
	buf := k.t.folded[:fold+32]
	seen, every, n := class(0), ^class(0), fold
	for j+1 < len(s) && s[j]&0xE0 == 0xC0 && n < fold+31 {
		g := &glyphs[int(s[j]&0x1F)<<6|int(s[j+1]&0x3F)]
		if g.class&(letter|special|twoBytes) != letter|twoBytes {
			break
		}
		seen |= g.class
		every &= g.class
		buf[n], buf[n+1] = g.fold[0], g.fold[1]
		n += 2
		j += 2
	}
	if j == i || j < len(s) && byteClasses[s[j]] != 0 {
		return k.folded(i, i, 0)
	}
	flags := Flags(0)
	if seen&nonLatin != 0 {
		flags = NonLatin
	}
	if seen&upper != 0 {
		if g, _ := look(s, i); g.class&upper != 0 {
			flags |= Capital
		}
		if every&upper != 0 && j-i > 2 {
			flags |= AllCaps
		}
	}
	if every&same != 0 {
		k.addAs(i, j, s[i:j], flags)
		return j
	}
	k.t.folded = buf[:n]
	k.add(i, j, fold, flags)
	return j
}

// appendLower appends a word of ASCII letters and digits in lower case, and
// counts its letters and capitals.
func appendLower(dst []byte, word string) (_ []byte, letters, capitals int) {
	n := len(dst)
	dst = append(dst, word...)
	for i, c := range dst[n:] {
		switch b := byteClasses[c]; {
		case b == upperByte:
			dst[n+i] = c | 0x20
			capitals++
			letters++
		case b == lowerByte:
			letters++
		}
	}
	return dst, letters, capitals
}

// folded adds the word at i: letters, digits behind them, marks, and the
// apostrophes that belong to it. What stands before j was read already: either
// ASCII letters and digits, or letters of two bytes that stay what they are.
func (k *tokeniser) folded(i, j int, flags Flags) int {
	s, t := k.s, k.t
	fold := k.fold()
	if byteClasses[s[i]] == upperByte {
		flags |= Capital
	}
	var buf []byte
	hidden := false // what came last is not seen
	letters, capitals := (j-i)/2, 0
	if s[i] < utf8.RuneSelf {
		buf, letters, capitals = appendLower(t.folded, s[i:j])
	} else {
		buf = append(t.folded, s[i:j]...)
	}
scan:
	for j < len(s) {
		c := s[j]
		if c < utf8.RuneSelf && c != '\'' {
			b := byteClasses[c]
			switch {
			case b == lowerByte:
				letters++
			case b == upperByte:
				letters++
				capitals++
				c |= 0x20
			case b != digitByte || letters == 0:
				break scan
			}
			buf = append(buf, c)
			j++
			hidden = false
			continue
		}
		g, n := glyph{class: apostr}, 1
		if c&0xE0 == 0xC0 && j+1 < len(s) { // as look does, but for its call: most letters of Persian pass here
			g, n = glyphs[int(c&0x1F)<<6|int(s[j+1]&0x3F)], 2
		} else if c != '\'' {
			g, n = look(s, j)
		}
		switch {
		case g.class&letter != 0:
			hidden = false
			letters++
			if g.class&upper != 0 {
				capitals++
				if j == i {
					flags |= Capital
				}
			}
			if g.class&nonLatin != 0 {
				flags |= NonLatin
			}
			if g.class&special == 0 {
				buf = g.append(buf)
			} else {
				r, _ := utf8.DecodeRuneInString(s[j:])
				if len(buf) > fold || r != 0x0306 { // a breve alone changes no letter of the word before
					buf = appendFolded(buf, r)
				}
			}
			j += n
		case g.class&unseen != 0:
			j += n
			hidden = true
		case g.class&apostr != 0:
			m, keep := k.apostrophe(i, j, n)
			if keep && m > 0 {
				buf = append(buf, '\'')
				j += n
				hidden = false
				continue
			}
			if m == 0 && !keep {
				break scan
			}
			t.folded = buf
			if keep { // elision: the apostrophe ends this token
				k.finish(i, j, fold, letters, capitals, flags)
				return j + n
			}
			k.finish(i, j, fold, letters, capitals, flags|Possessive)
			return j + m
		default:
			break scan
		}
	}
	t.folded = buf
	if j == i { // a lone mark
		_, n := utf8.DecodeRuneInString(s[i:])
		return i + n
	}
	end := j
	if hidden {
		end = trimInvisible(s, i, j)
	}
	k.finish(i, end, fold, letters, capitals, flags)
	return j
}

func (k *tokeniser) finish(i, j, fold, letters, capitals int, flags Flags) {
	if letters > 1 && letters == capitals {
		flags |= AllCaps
	}
	if len(k.t.folded) == fold { // only marks
		return
	}
	k.add(i, j, fold, flags)
}

func trimInvisible(s string, i, j int) int {
	for j > i {
		r, n := utf8.DecodeLastRuneInString(s[i:j])
		if !invisible(r) {
			break
		}
		j -= n
	}
	return j
}
