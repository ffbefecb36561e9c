package chart

import (
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// The sizes of text, in pixels. The picture is shown at about half its size.
const (
	titleSize = 34
	textSize  = 20
	smallSize = 18
)

// fonts are the Go fonts, which know Latin, Greek and Cyrillic letters. A font for
// every script would be larger than all of parley; names that they cannot write
// are called by their ids.
type fonts struct {
	regular            *opentype.Font
	title, text, small font.Face
	bold               font.Face
	buffer             sfnt.Buffer
}

func newFonts() (*fonts, error) {
	f := &fonts{}
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("the font cannot be read: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, fmt.Errorf("the font cannot be read: %w", err)
	}
	f.regular = regular
	for _, face := range []struct {
		to   *font.Face
		of   *opentype.Font
		size float64
	}{{&f.title, bold, titleSize}, {&f.text, regular, textSize}, {&f.small, regular, smallSize}, {&f.bold, bold, textSize}} {
		if *face.to, err = opentype.NewFace(face.of, &opentype.FaceOptions{Size: face.size, DPI: 72, Hinting: font.HintingFull}); err != nil {
			return nil, fmt.Errorf("the font cannot be used: %w", err)
		}
	}
	return f, nil
}

// draws reports whether every letter of s is in the font.
func (f *fonts) draws(s string) bool {
	for _, r := range s {
		if i, err := f.regular.GlyphIndex(&f.buffer, r); err != nil || i == 0 {
			return false
		}
	}
	return s != ""
}

func width(face font.Face, s string) int { return font.MeasureString(face, s).Ceil() }

// fit cuts s so that it is no wider than most.
func fit(face font.Face, s string, most int) string {
	if width(face, s) <= most {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && width(face, string(runes)+"…") > most {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
