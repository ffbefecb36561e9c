package seal

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func keyOf(b byte) string {
	return base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(rune(b)), keyBytes)))
}

func ring(t *testing.T, list string) *Keyring {
	t.Helper()
	r, err := Parse(list)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealed(t *testing.T) {
	r := ring(t, keyOf('a'))
	one, two := r.Seal([]byte("xoxb-planted"), "T1"), r.Seal([]byte("xoxb-planted"), "T1")
	if one == two {
		t.Error("the same words are sealed alike: the nonce does not change")
	}
	if strings.Contains(one, "planted") || strings.Contains(one, base64.RawStdEncoding.EncodeToString([]byte("planted"))) {
		t.Error("a record shows what it holds")
	}
	if plain, old, err := r.Open(one, "T1"); err != nil || string(plain) != "xoxb-planted" || old {
		t.Errorf("%s, %v, %v", plain, old, err)
	}
	if _, _, err := r.Open(one, "T2"); !errors.Is(err, ErrBroken) {
		t.Errorf("a record of another team is read: %v", err)
	}
	for i := range len(one) {
		if one[i] == '.' {
			continue
		}
		other := byte('b')
		if one[i] == other {
			other = 'c'
		}
		changed := one[:i] + string(other) + one[i+1:]
		if plain, _, err := r.Open(changed, "T1"); err == nil {
			t.Errorf("a record that was changed at %d reads %s", i, plain)
		}
	}
	for _, none := range []string{"", ".", "1..", "2" + one[1:], one + ".", one[:len(one)-20]} {
		if _, _, err := r.Open(none, "T1"); err == nil {
			t.Errorf("%q is read", none)
		}
	}
}

func TestKeysRotate(t *testing.T) {
	first, both := ring(t, keyOf('a')), ring(t, keyOf('b')+", "+keyOf('a'))
	record := first.Seal([]byte("x"), "T1")
	if plain, old, err := both.Open(record, "T1"); err != nil || string(plain) != "x" || !old {
		t.Errorf("%s, %v, %v", plain, old, err)
	}
	if _, old, err := both.Open(both.Seal([]byte("x"), "T1"), "T1"); err != nil || old {
		t.Errorf("the first key does not seal: %v, %v", old, err)
	}
	if _, _, err := ring(t, keyOf('b')).Open(record, "T1"); !errors.Is(err, ErrKey) {
		t.Errorf("without its key: %v", err)
	}
	code := first.Sign("words", "one")
	if !both.Signed("words", "one", code) || both.Signed("words", "other", code) || both.Signed("word", "one", code) || both.Signed("words", "one", nil) || ring(t, keyOf('b')).Signed("words", "one", code) {
		t.Error("a code does not stand for its words, purpose and key")
	}
}

func TestKeysAreNotTold(t *testing.T) {
	for _, bad := range []string{"", " , ", "planted", keyOf('a') + " planted", keyOf('a')[:40], keyOf('a') + keyOf('b')} {
		_, err := Parse(bad)
		if err == nil || strings.Contains(err.Error(), "planted") || strings.Contains(err.Error(), keyOf('a')) || !strings.Contains(err.Error(), "openssl rand -base64 32") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if r, err := Parse(strings.TrimRight(base64.URLEncoding.EncodeToString([]byte(strings.Repeat("\xff", keyBytes))), "=")); err != nil || len(r.keys) != 1 {
		t.Errorf("the other way of writing base64: %v", err)
	}
	r := ring(t, keyOf('a'))
	j, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if said := fmt.Sprintf("%v %+v %#v %s %d %q %s", r, r, r, r, r, *r, j); strings.Contains(said, "97") || strings.Contains(said, "aaaa") || strings.Contains(said, "YWFh") {
		t.Errorf("it prints as %s", said)
	}
}

// Whatever somebody wrote into the database is read back only if it was sealed.
func FuzzOpen(f *testing.F) {
	r, err := Parse(keyOf('a'))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("1.x.y", "T1")
	f.Add(r.Seal([]byte("x"), "T2"), "T1")
	f.Fuzz(func(t *testing.T, record, about string) {
		if plain, _, err := r.Open(record, about); err == nil && (string(plain) != "x" || about != "T2") {
			t.Errorf("%q reads %q as of %q", record, plain, about)
		}
	})
}
