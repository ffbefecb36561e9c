package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/text"
)

// shown is the way a town's name is shown: that of English wire copy, without
// the signs of scholarly transliteration ("Salalah", not "Şalālah") and without
// the Arabic article where the town is known without it ("Raqqa", not "Ar
// Raqqah").
func shown(code, name, ascii string, others []string) string {
	turkish := strings.Contains("AZ MD RO TM TR", code) // whose own letters have a cedilla
	if strings.ContainsFunc(name, scholarly) || !turkish && strings.ContainsAny(name, "şţŞŢ") {
		name = strings.NewReplacer("`", "", "'", "", "‘", "", "’", "").Replace(ascii)
	}
	bare := withoutArticle(name)
	if bare == name {
		return name
	}
	known := map[string]bool{}
	for _, o := range others {
		known[o] = true
	}
	for _, n := range []string{strings.TrimSuffix(bare, "h"), bare} {
		if known[n] && utf8.RuneCountInString(n) > 3 {
			return n
		}
	}
	return name
}

// scholarly reports a letter that only transliterations have.
func scholarly(r rune) bool {
	switch r {
	case 'ā', 'Ā', 'ī', 'Ī', 'ū', 'Ū', 'ē', 'Ē', 'ō', 'Ō', 'ŭ', 'Ŭ', '‘', '’', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '`':
		return true
	}
	return unicode.In(r, unicode.Mn) || r >= 0x1E00 && r < 0x1EA0 // ḩ, ţ
}

// withoutArticle returns a transliterated Arabic name without its article.
func withoutArticle(name string) string {
	for _, a := range []string{"Al", "Ad", "Ar", "As", "Ash", "At", "Ath", "Az", "An", "El"} {
		if rest, ok := strings.CutPrefix(name, a); ok && rest != "" && strings.ContainsAny(rest[:1], " -") {
			return rest[1:]
		}
	}
	return name
}

// A script is one that parley reads.
type script uint8

const (
	latin script = iota
	cyrillic
	arabic
	foreign // none of them
)

const (
	russianLetters = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
	arabicLetters  = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگیٹڈڑںہھےۂۓ"
	latinLetters   = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæáíóúñ"
)

// scriptOf tells the script of a name: that of all its letters, of which none
// may belong to another language's alphabet.
func scriptOf(name string) script {
	of, first := foreign, true
	for _, r := range strings.ToLower(name) {
		s := foreign
		switch {
		case strings.ContainsRune(" -'’.\u200c", r), unicode.In(r, unicode.Mn):
			continue
		case strings.ContainsRune(latinLetters, r):
			s = latin
		case strings.ContainsRune(russianLetters, r):
			s = cyrillic
		case strings.ContainsRune(arabicLetters, r):
			s = arabic
		}
		if s == foreign || !first && s != of {
			return foreign
		}
		of, first = s, false
	}
	return of
}

// skeleton is what the spellings of one name have in common: its consonants,
// those that transliterations mix up being one.
func skeleton(name string) string {
	s := strings.ToLower(withoutArticle(name))
	var b strings.Builder
	for _, w := range strings.Fields(fold(s)) {
		b.WriteString(w)
	}
	s = strings.NewReplacer("tch", "j", "dsch", "j", "dzh", "j", "dj", "j", "sch", "s", "ch", "s", "sh", "s", "kh", "h", "gh", "g", "ph", "f", "th", "t", "ck", "k").Replace(b.String())
	b.Reset()
	last := rune(0)
	for _, r := range s {
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h', '\'', 'j':
			continue
		case 'c', 'q', 'g':
			r = 'k'
		case 'w':
			r = 'v'
		case 'z', 'x':
			r = 's'
		case 'd':
			r = 't'
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// fold is the key of a name: its folded words.
func fold(name string) string {
	t := text.New(name)
	words := make([]string, len(t.Tokens))
	for i := range t.Tokens {
		words[i] = t.Tokens[i].Norm
	}
	return strings.Join(words, " ")
}
