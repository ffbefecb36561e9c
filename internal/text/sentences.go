package text

import "strings"

// sentences decides which full stops end a sentence, and numbers sentences and
// paragraphs.
func (k *tokeniser) sentences() {
	t := k.t
	tokens := t.Tokens
	if len(tokens) == 0 {
		return
	}
	tokens[0].Gap |= SentenceEnd | ParagraphEnd
	if cap(t.Sentences) == 0 {
		t.Sentences = make([]Range, 0, len(tokens)/16+2)
	}
	if cap(t.Paragraphs) == 0 {
		t.Paragraphs = make([]Paragraph, 0, min(strings.Count(t.Plain, "\n")+1, len(tokens)))
	}
	sentence, paragraph := 0, 0   // the tokens that those begin with which are open
	sentences, paragraphs := 0, 0 // how many are not
	const stops = Dot | Ellipsis | Bullet | SentenceEnd | ParagraphEnd
	for i := range tokens {
		tok := &tokens[i]
		if tok.Gap&stops != 0 && i > 0 {
			if tok.Gap&(Dot|Ellipsis) != 0 && tok.Gap&SentenceEnd == 0 && k.ends(i) {
				tok.Gap |= SentenceEnd
			}
			if tok.Gap&Bullet != 0 && tok.Gap&Space != 0 {
				tok.Gap |= SentenceEnd
			}
			if tok.Gap&SentenceEnd != 0 {
				t.Sentences = append(t.Sentences, Range{sentence, i})
				sentence, sentences = i, len(t.Sentences)
			}
			if tok.Gap&ParagraphEnd != 0 {
				t.Paragraphs = append(t.Paragraphs, k.paragraph(paragraph, i))
				paragraph, paragraphs = i, len(t.Paragraphs)
			}
		}
		tok.Sentence, tok.Paragraph = int32(sentences), int32(paragraphs)
	}
	t.Sentences = append(t.Sentences, Range{sentence, len(tokens)})
	t.Paragraphs = append(t.Paragraphs, k.paragraph(paragraph, len(tokens)))
}

// paragraph finds the block that tokens [from,to) stand in.
func (k *tokeniser) paragraph(from, to int) Paragraph {
	p := Paragraph{Range: Range{from, to}}
	start := k.t.Tokens[from].Start
	breaks := k.t.breaks
	lo, hi := 0, len(breaks)
	for lo < hi { // the last break at or before start
		mid := (lo + hi) / 2
		if breaks[mid].at <= start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo > 0 {
		b := breaks[lo-1]
		p.Block = b.block
		p.Link = b.linkOpen > 0 && b.linkOpen*10 >= b.letters*9
	} else if k.t.Tokens[from].Gap&Bullet != 0 {
		p.Block = ListItem
	}
	if k.t.Tokens[from].Gap&Bullet != 0 {
		p.Block = ListItem
	}
	return p
}

// ends reports whether the stop before token i ends a sentence.
func (k *tokeniser) ends(i int) bool {
	prev, next := &k.t.Tokens[i-1], &k.t.Tokens[i]
	if next.Gap&Space == 0 && next.Gap&(QuoteOpen|QuoteClose|Paren) == 0 {
		// "end.The": glued sentences in feeds; but not "dawn.com", "3.5"
		return prev.Flags&(Acronym|Number) == 0 && next.Flags&Capital != 0 && prev.End-prev.Start > 2
	}
	if next.Flags&(Capital|NonLatin) == 0 && next.Flags&Number == 0 {
		return next.Gap&(QuoteOpen|Dash|Bullet) != 0 && next.Gap&Ellipsis == 0 && prev.Flags&Acronym == 0 && !abbreviation(prev.Norm)
	}
	if next.Gap&Ellipsis != 0 {
		return next.Flags&Capital != 0
	}
	if next.Gap&Question != 0 {
		return true
	}
	if prev.Flags&Acronym != 0 {
		return starter(next.Norm)
	}
	if prev.End-prev.Start == 1 && prev.Gap&Dot != 0 && prev.Gap&Space == 0 { // "p.m. Tuesday", "p.m. The"
		return starter(next.Norm)
	}
	if prev.Flags&Capital != 0 && prev.End-prev.Start == 1 { // an initial: "J. Smith"
		return false
	}
	if abbreviation(prev.Norm) {
		return false
	}
	if monthAbbreviation(prev.Norm) && prev.Flags&Capital != 0 && next.Flags&Number != 0 { // "Nov. 24"
		return false
	}
	return true
}

// abbreviation names the words whose full stop ends no sentence.
func abbreviation(w string) bool {
	switch w {
	case "mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "brig", "adm", "capt", "sgt", "sen", "rep", "gov", "amb", "prof", "rev", "hon",
		"st", "vs", "etc", "eg", "ie", "approx", "fig", "inc", "ltd", "corp", "jr", "sr", "bros", "mme", "mgr", "sra", "ee", "uu", "pres", "г", "гг", "им", "тыс", "млн", "млрд":
		return true
	}
	return false
}

func monthAbbreviation(w string) bool {
	switch w {
	case "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

// starter names words that begin a sentence and do not follow "U.S." inside one.
func starter(w string) bool {
	switch w {
	case "the", "a", "an", "he", "she", "it", "they", "we", "i", "in", "on", "at", "but", "and", "however", "this", "that", "these", "those",
		"his", "her", "their", "its", "there", "when", "while", "after", "before", "as", "if", "for", "meanwhile", "earlier", "also", "both":
		return true
	}
	return false
}
