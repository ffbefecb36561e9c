package text

// valid is utf8.ValidString.
func valid(s string) bool {
	if quick && len(s) >= enough {
		return validQuickly(s)
	}
	return validPlainly(s)
}

// enough is how long a text must be for the quick way, which looks at 32 bytes and
// the three before them.
const enough = 32 + 3

//go:noescape
func validQuickly(s string) bool
