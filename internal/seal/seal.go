// Package seal keeps secrets at rest: what it seals can be read again only with a
// key that is somewhere else, and only as what it was sealed as. It is AES-256-GCM
// with a fresh nonce for each record; a record names its key, so that keys can be
// rotated: the first of a keyring seals, all of them open.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Keyring holds keys, the newest first. It prints as nothing.
type Keyring struct{ keys []key }

type key struct {
	id     string
	secret []byte
	aead   cipher.AEAD
}

// What can be wrong with a record.
var (
	// ErrKey says that the key which sealed the record is not on the keyring.
	ErrKey = errors.New("it was sealed with a key that is not given")
	// ErrBroken says that the record was changed, or sealed as something else.
	ErrBroken = errors.New("it is damaged, or belongs to something else")
)

// keyBytes is the length of a key: AES-256.
const keyBytes = 32

// Parse reads a list of keys, each 32 bytes in base64, with commas or spaces
// between. Its error tells which key is wrong, and nothing of what it holds.
func Parse(list string) (*Keyring, error) {
	r := &Keyring{}
	for i, text := range strings.FieldsFunc(list, func(c rune) bool { return c == ',' || c == ' ' || c == '\n' || c == '\t' || c == '\r' }) {
		secret, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			secret, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
		}
		if err != nil || len(secret) != keyBytes {
			return nil, fmt.Errorf("key %d is not 32 bytes in base64: make one with `openssl rand -base64 32`", i+1)
		}
		block, err := aes.NewCipher(secret)
		if err != nil {
			return nil, fmt.Errorf("key %d cannot be used", i+1)
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, fmt.Errorf("key %d cannot be used", i+1)
		}
		sum := sha256.Sum256(append([]byte("parley key id\x00"), secret...))
		r.keys = append(r.keys, key{id: hex.EncodeToString(sum[:6]), secret: secret, aead: aead})
	}
	if len(r.keys) == 0 {
		return nil, errors.New("no key is given: make one with `openssl rand -base64 32`")
	}
	return r, nil
}

// version begins every record: how it is made.
const version = "1"

// Seal encrypts plain as what about says, such as the id of its owner.
func (r *Keyring) Seal(plain []byte, about string) string {
	k := r.keys[0]
	box := k.aead.Seal(nil, nil, plain, bound(k.id, about))
	return strings.Join([]string{version, k.id, base64.RawStdEncoding.EncodeToString(box)}, ".")
}

// bound is what a record is tied to besides its own words.
func bound(id, about string) []byte { return []byte(version + "\x00" + id + "\x00" + about) }

// Open decrypts a record that was sealed as what about says. Old is true if it was
// not the first key that sealed it. The error is ErrKey or ErrBroken.
func (r *Keyring) Open(record, about string) (plain []byte, old bool, err error) {
	parts := strings.Split(record, ".")
	if len(parts) != 3 || parts[0] != version {
		return nil, false, ErrBroken
	}
	for i, k := range r.keys {
		if k.id != parts[1] {
			continue
		}
		box, err := base64.RawStdEncoding.Strict().DecodeString(parts[2]) // one record has one spelling
		if err != nil {
			return nil, false, ErrBroken
		}
		plain, err := k.aead.Open(nil, nil, box, bound(k.id, about))
		if err != nil {
			return nil, false, ErrBroken
		}
		return plain, i > 0, nil
	}
	return nil, false, ErrKey
}

// Sign returns a code by which Signed knows text again that was handed out for a
// purpose. It cannot be made without a key.
func (r *Keyring) Sign(text, purpose string) []byte { return r.keys[0].sign(text, purpose) }

// Signed reports whether the code is what Sign made of text, with any of the keys.
// It takes as long whatever the difference.
func (r *Keyring) Signed(text, purpose string, code []byte) bool {
	good := false
	for _, k := range r.keys {
		good = hmac.Equal(code, k.sign(text, purpose)) || good
	}
	return good
}

func (k key) sign(text, purpose string) []byte {
	// A key of its own for each purpose: what is signed says nothing of what is sealed.
	derived, err := hkdf.Key(sha256.New, k.secret, nil, "parley "+purpose, keyBytes)
	if err != nil {
		panic("seal: a key of 32 bytes can be derived") // by the documentation of hkdf
	}
	mac := hmac.New(sha256.New, derived)
	_, _ = io.WriteString(mac, text) // a hash never fails to be written to
	return mac.Sum(nil)
}

// Random returns so many bytes that nobody can guess, in letters that may stand in
// an address.
func Random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails, by its documentation
	return base64.RawURLEncoding.EncodeToString(b)
}

// String hides the keys from logs and errors.
func (Keyring) String() string { return "keys" }

// Format hides them from every verb.
func (r Keyring) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// MarshalText hides them from JSON and structured logs.
func (r Keyring) MarshalText() ([]byte, error) { return []byte(r.String()), nil }
