package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The colours of all but the marks. The ground is not see-through: where Slack is
// dark, dark letters would be lost.
var (
	ground  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	frame   = color.RGBA{0xc8, 0xcc, 0xd2, 0xff}
	ink     = color.RGBA{0x1d, 0x1c, 0x1d, 0xff}
	faint   = color.RGBA{0x55, 0x5b, 0x64, 0xff}
	rule    = color.RGBA{0xdd, 0xe0, 0xe4, 0xff}
	shade   = color.RGBA{0xf3, 0xf5, 0xf8, 0xff}
	deeper  = color.RGBA{0xe8, 0xed, 0xf4, 0xff}
	tocome  = color.RGBA{0xfd, 0xf6, 0xe3, 0xff}
	nowLine = color.RGBA{0xb0, 0x40, 0x10, 0xff}
)

// PNG paints the picture.
func (l *Layout) PNG() ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, l.Width, l.Height))
	p := painter{img}
	p.box(Rect{0, 0, l.Width, l.Height}, frame)
	p.box(Rect{2, 2, l.Width - 2, l.Height - 2}, ground)
	p.text(l.fonts.title, l.Title, margin, 52, ink)
	p.text(l.fonts.text, l.Under, margin, 88, faint)
	for i, r := range l.Rounds {
		c := shade
		if i%2 == 1 {
			c = deeper
		}
		p.box(Rect{r.X0, l.Plot.Y0 - 34, r.X1, l.Plot.Y1}, c)
		p.text(l.fonts.bold, r.Name, r.X0+6, l.Plot.Y0-12, faint)
	}
	if l.Now < l.Plot.X1 {
		p.box(Rect{l.Now, l.Plot.Y0 - 34, l.Plot.X1, l.Plot.Y1}, tocome)
	}
	for _, t := range l.Ticks {
		p.box(Rect{t.X, l.Plot.Y0, t.X + 1, l.Plot.Y1 + 8}, rule)
		p.text(l.fonts.small, t.Name, t.X-width(l.fonts.small, t.Name)/2, l.Plot.Y1+30, faint)
	}
	for _, r := range l.Rows {
		p.box(Rect{margin, r.Y0, l.Plot.X1, r.Y0 + 1}, rule)
		p.text(l.fonts.text, r.Name, margin, (r.Y0+r.Y1)/2+textSize/3, ink)
	}
	p.box(Rect{margin, l.Plot.Y1, l.Plot.X1, l.Plot.Y1 + 2}, frame)
	for y := l.Plot.Y0; y < l.Plot.Y1; y += 12 {
		p.box(Rect{l.Now, y, l.Now + 2, min(y+7, l.Plot.Y1)}, nowLine)
	}
	p.text(l.fonts.bold, "ahead", l.Now+8, l.Plot.Y0-12, nowLine)
	for _, m := range l.Marks {
		if m.Ahead {
			y := (m.Y0 + m.Y1) / 2
			p.box(Rect{m.From, y - 2, m.To, y + 2}, faint)
		}
	}
	for _, m := range l.Marks {
		p.shape(m.Rect, m.Shape, m.Sure)
	}
	for _, b := range l.Labels {
		p.text(l.fonts.small, b.Text, b.X0, b.Y1-5, ink)
	}
	for _, k := range l.Legend {
		p.shape(Rect{k.X0, k.Y0, k.X0 + markSize, k.Y1}, k.Shape, k.Sure)
		p.text(l.fonts.small, k.Name, k.Text, k.Y1-5, ink)
	}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := e.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

type painter struct{ img *image.RGBA }

func (p painter) box(r Rect, c color.Color) {
	draw.Draw(p.img, image.Rect(r.X0, r.Y0, r.X1, r.Y1), image.NewUniform(c), image.Point{}, draw.Src)
}

func (p painter) text(face font.Face, s string, x, baseline int, c color.Color) {
	d := font.Drawer{Dst: p.img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, baseline)}
	d.DrawString(s)
}

// shape draws a mark with a dark edge; a hollow one has no colour inside.
func (p painter) shape(r Rect, s Shape, sure bool) {
	cx, cy, size := float64(r.X0+r.X1)/2, float64(r.Y0+r.Y1)/2, float64(r.X1-r.X0)/2
	p.polygon(outline(s, cx, cy, size), ink)
	inner := outline(s, cx, cy, size-edgeOf(s))
	p.polygon(inner, s.paint())
	if !sure {
		p.polygon(outline(s, cx, cy, size-edgeOf(s)-hollowEdge(s)), ground)
	}
}

// edgeOf is how wide the dark edge of a shape is to be drawn smaller by, so that it
// looks alike on all.
func edgeOf(s Shape) float64 {
	switch s {
	case Star, Play, Triangle:
		return 4
	case Diamond:
		return 2.8
	}
	return 2
}

// hollowEdge is the ring of colour that a hollow shape keeps.
func hollowEdge(s Shape) float64 {
	switch s {
	case Star, Play, Triangle, Cross:
		return 3.4
	}
	return 2.6
}

// outline is the edge of a shape around a point.
func outline(s Shape, cx, cy, size float64) [][2]float64 {
	size = max(size, 0.5)
	at := func(points ...float64) (out [][2]float64) {
		for i := 0; i < len(points); i += 2 {
			out = append(out, [2]float64{cx + points[i]*size, cy + points[i+1]*size})
		}
		return out
	}
	around := func(n int, radius func(i int) float64, turn float64) (out [][2]float64) {
		for i := range n {
			angle := turn + 2*math.Pi*float64(i)/float64(n)
			out = append(out, [2]float64{cx + radius(i)*size*math.Cos(angle), cy + radius(i)*size*math.Sin(angle)})
		}
		return out
	}
	even := func(r float64) func(int) float64 { return func(int) float64 { return r } }
	switch s {
	case Diamond:
		return at(0, -1, 1, 0, 0, 1, -1, 0)
	case Play:
		return at(-.8, -1, 1, 0, -.8, 1)
	case Square:
		return at(-.85, -.85, .85, -.85, .85, .85, -.85, .85)
	case Cross:
		const a, b = .95, .42
		return at(-a, -a+b, -a+b, -a, 0, -b, a-b, -a, a, -a+b, b, 0, a, a-b, a-b, a, 0, b, -a+b, a, -a, a-b, -b, 0)
	case Star:
		return around(10, func(i int) float64 {
			if i%2 == 0 {
				return 1.1
			}
			return .5
		}, -math.Pi/2)
	case Triangle:
		return at(-1, -.8, 1, -.8, 0, 1)
	case Dot:
		return around(24, even(.6), 0)
	}
	return around(32, even(.95), 0)
}

func (p painter) polygon(points [][2]float64, c color.Color) {
	x, y, right, low := math.Inf(1), math.Inf(1), 0., 0.
	for _, q := range points {
		x, y, right, low = min(x, math.Floor(q[0])), min(y, math.Floor(q[1])), max(right, math.Ceil(q[0])), max(low, math.Ceil(q[1]))
	}
	w, h := int(right-x), int(low-y)
	z := vector.NewRasterizer(w, h)
	for i, q := range points {
		if i == 0 {
			z.MoveTo(float32(q[0]-x), float32(q[1]-y))
			continue
		}
		z.LineTo(float32(q[0]-x), float32(q[1]-y))
	}
	z.ClosePath()
	z.Draw(p.img, image.Rect(int(x), int(y), int(x)+w, int(y)+h), image.NewUniform(c), image.Point{})
}
