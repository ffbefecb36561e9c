package actors

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/text"
)

// Words that differ in one byte only, at any place and of any length, are told
// apart, whatever part of them is hashed.
func TestWordTable(t *testing.T) {
	words := map[string]int32{}
	for n := 1; n <= 40; n++ {
		base := strings.Repeat("m", n)
		words[base] = int32(len(words) + 1)
		for i := range n {
			words[base[:i]+"x"+base[i+1:]] = int32(len(words) + 1)
		}
	}
	for i := range 5000 {
		words[fmt.Sprint("w", i*7919)] = int32(len(words) + 1)
	}
	table := newWordTable(words)
	for w, id := range words {
		if got := table.find(text.Key(w), text.Hash(w)).id; got != id {
			t.Errorf("find(%q) = %d, want %d", w, got, id)
		}
		for _, other := range []string{w + "y", "y" + w, w[:len(w)/2] + "y" + w[len(w)/2+1:]} {
			if got := table.find(text.Key(other), text.Hash(other)).id; got != words[other] {
				t.Errorf("find(%q) = %d, want %d", other, got, words[other])
			}
		}
	}
	if got := table.find(text.Key(""), text.Hash("")).id; got != 0 {
		t.Errorf("the empty word is %d", got)
	}
}
