package story

import (
	"strings"
)

// agencies are those whose texts others print, as they are credited.
var agencies = []string{
	"Reuters", "AFP", "AP", "Associated Press", "Agence France-Presse", "Xinhua", "TASS", "Interfax", "Anadolu", "IRNA", "ISNA", "EFE", "DPA", "dpa", "ANSA",
	"Kyodo", "Yonhap", "PTI", "ANI", "APP", "MENA", "SPA", "WAM", "QNA", "Bloomberg", "Petra", "Ukrinform", "RIA Novosti", "Sputnik", "UPI",
}

// short are the agencies' long names.
var short = map[string]string{"Associated Press": "AP", "Agence France-Presse": "AFP", "dpa": "DPA"}

// credit returns the agency that a text names as its own: in its dateline, before
// it, or behind it; empty if it names none.
//
//	DUBAI, Oct 19 (Reuters) - …    MOSCOW, November 6. /TASS/.    By Reuters    Source: AFP
func credit(text string) string {
	const opening, ending = 160, 80 // bytes, markup and all
	head, tail := text[:min(len(text), opening)], text[max(0, len(text)-ending):]
	head = strings.TrimSpace(withoutTags(head))
	tail = strings.TrimRight(strings.TrimSpace(withoutTags(tail)), ". ")
	for _, a := range agencies {
		for _, form := range []string{"(" + a + ")", "/" + a + "/"} {
			if strings.Contains(head, form) {
				return named(a)
			}
		}
		for _, form := range []string{"By " + a + " ", "By " + a + "\n", a + ":", a + " -", a + " \u2014", a + " \u2013", "By the " + a, a + "\n"} {
			if strings.HasPrefix(head, form) {
				return named(a)
			}
		}
		for _, form := range []string{"Source: " + a, "\n" + a, "(" + a + ")", "\u00a9 " + a, "\u00a9 The " + a, "via " + a} {
			if strings.HasSuffix(tail, form) {
				return named(a)
			}
		}
	}
	return ""
}

func named(agency string) string {
	if s := short[agency]; s != "" {
		return s
	}
	return agency
}

// withoutTags puts an end of line in the place of markup.
func withoutTags(s string) string {
	var b strings.Builder
	inside := false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<':
			inside = true
			b.WriteByte('\n')
		case c == '>' && inside:
			inside = false
		case !inside:
			b.WriteByte(c)
		}
	}
	return b.String()
}
