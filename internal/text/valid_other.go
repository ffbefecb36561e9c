//go:build !amd64

package text

// valid is utf8.ValidString.
func valid(s string) bool { return validPlainly(s) }
