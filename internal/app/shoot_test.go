package app

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"time"
)

// goTo leads a tab to an address and waits until the page is drawn, pictures and
// all.
func (b *tab) goTo(url string) {
	b.t.Helper()
	mark := fmt.Sprintf("drawn=%d", b.id) // tells the page from the one before
	b.call("Page.navigate", map[string]any{"url": url + "&" + mark})
	drawn := "location.search.includes('" + mark + "') && document.documentElement?.dataset.ready === '1' && [...document.images].every((i) => i.complete)"
	for range 1000 {
		out, err := b.ask("Runtime.evaluate", map[string]any{"expression": drawn}) // fails while the page is being left
		if err == nil && strings.Contains(string(out), `"value":true`) {
			return
		}
		time.Sleep(30 * time.Millisecond) // the browser is another program
	}
	b.t.Fatalf("%s is not drawn", url)
}

// shoot takes a picture of what some elements cover together: cut out by where they
// stand, wherever that happens to be.
func (b *tab) shoot(selectors ...string) image.Image {
	b.t.Helper()
	list, err := json.Marshal(selectors)
	if err != nil {
		b.t.Fatal(err)
	}
	var box struct{ X, Y, W, H float64 }
	if err := json.Unmarshal(b.eval(`(async () => {
		const all = `+string(list)+`.map((s) => document.querySelector(s) ?? (() => { throw new Error('nothing is ' + s); })());
		all[0].scrollIntoView({ block: 'start' });
		await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
		const boxes = all.map((e) => e.getBoundingClientRect());
		const x = Math.min(...boxes.map((r) => r.left)), y = Math.min(...boxes.map((r) => r.top));
		return { X: x, Y: y, W: Math.max(...boxes.map((r) => r.right)) - x, H: Math.max(...boxes.map((r) => r.bottom)) - y };
	})()`), &box); err != nil {
		b.t.Fatal(err)
	}
	if box.W < 50 || box.H < 10 {
		b.t.Fatalf("%v cover %v", selectors, box)
	}
	var shot struct{ Data string }
	if err := json.Unmarshal(b.call("Page.captureScreenshot", map[string]any{
		"format": "png", "clip": map[string]any{"x": box.X, "y": box.Y, "width": box.W, "height": box.H, "scale": 1},
	}), &shot); err != nil {
		b.t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	return img
}

// smaller writes a picture with the 256 colours that most of it has: text and
// plain surfaces have few.
func smaller(img image.Image) ([]byte, error) {
	b := img.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(x, y)).(color.RGBA) }
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := at(x, y)
			c.R, c.G, c.B = c.R&^3|c.R>>6, c.G&^3|c.G>>6, c.B&^3|c.B>>6 // what nobody tells apart
			count[c]++
		}
	}
	var colours []color.RGBA
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(x, y color.RGBA) int {
		if n := count[y] - count[x]; n != 0 {
			return n
		}
		return (int(x.R)<<16 | int(x.G)<<8 | int(x.B)) - (int(y.R)<<16 | int(y.G)<<8 | int(y.B))
	})
	var palette color.Palette
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	out := image.NewPaletted(b, palette)
	known := map[color.RGBA]uint8{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := at(x, y)
			i, ok := known[c]
			if !ok {
				i = uint8(palette.Index(c))
				known[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	var buf bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	err := e.Encode(&buf, out)
	return buf.Bytes(), err
}
