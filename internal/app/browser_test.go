package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A tab of a real browser, driven through its DevTools: it knows where an element
// stands, so that pictures are cut out by what they show and not by where it
// happened to be.
type tab struct {
	t    *testing.T
	ws   *websocket.Conn
	last int
}

// newTab starts a browser with a window of that size.
func newTab(t *testing.T, browser string, width, height int) *tab {
	t.Helper()
	dir, err := os.MkdirTemp("", "browser") // which the browser goes on writing to for a moment
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
		"--user-data-dir="+dir, "about:blank")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // so that its children end too
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var port string
	for port == "" {
		if b, err := os.ReadFile(filepath.Join(dir, "DevToolsActivePort")); err == nil {
			port, _, _ = strings.Cut(string(b), "\n")
		}
		select {
		case <-ctx.Done():
			t.Fatal("the browser does not say where it listens")
		case <-time.After(20 * time.Millisecond):
		}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, "http://127.0.0.1:"+port+"/json/new", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var page struct {
		Address string `json:"webSocketDebuggerUrl"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&page); err != nil {
		t.Fatal(err)
	}
	ws, _, err := websocket.DefaultDialer.DialContext(ctx, page.Address, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &tab{t: t, ws: ws}
	t.Cleanup(func() { _ = ws.Close() })
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
	return b
}

// call asks something of the browser.
func (b *tab) call(method string, params, result any) {
	b.t.Helper()
	b.last++
	if err := b.ws.WriteJSON(map[string]any{"id": b.last, "method": method, "params": params}); err != nil {
		b.t.Fatal(err)
	}
	_ = b.ws.SetReadDeadline(time.Now().Add(time.Minute))
	for {
		var m struct {
			ID     int             `json:"id"`
			Result json.RawMessage `json:"result"`
			Error  *struct{ Message string }
		}
		if err := b.ws.ReadJSON(&m); err != nil {
			b.t.Fatal(method, err)
		}
		if m.ID != b.last { // an event
			continue
		}
		if m.Error != nil {
			b.t.Fatal(method, m.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				b.t.Fatal(method, err)
			}
		}
		return
	}
}

// eval runs a script in the page, which may wait for something, and returns what
// it comes to.
func (b *tab) eval(script string, value any) {
	b.t.Helper()
	var r struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		ExceptionDetails *struct {
			Exception struct{ Description string } `json:"exception"`
		} `json:"exceptionDetails"`
	}
	b.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &r)
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", script, r.ExceptionDetails.Exception.Description)
	}
	if value != nil {
		if err := json.Unmarshal(r.Result.Value, value); err != nil {
			b.t.Fatalf("%s: %v", script, err)
		}
	}
}

// open goes to an address and waits until the page is drawn, pictures and all.
func (b *tab) open(url string) {
	b.t.Helper()
	mark := fmt.Sprintf("drawn=%d", b.last) // tells the page from the one before
	b.call("Page.navigate", map[string]any{"url": url + "&" + mark}, nil)
	for range 1000 {
		var drawn bool
		b.eval(`location.search.includes('`+mark+`') && document.documentElement?.dataset.ready === '1' && [...document.images].every((i) => i.complete)`, &drawn)
		if drawn {
			return
		}
		time.Sleep(30 * time.Millisecond) // the browser is another program
	}
	b.t.Fatalf("%s is not drawn", url)
}

// shoot takes a picture of what some elements cover together.
func (b *tab) shoot(selectors ...string) image.Image {
	b.t.Helper()
	list, err := json.Marshal(selectors)
	if err != nil {
		b.t.Fatal(err)
	}
	var box struct{ X, Y, W, H float64 }
	b.eval(`(async () => {
		const all = `+string(list)+`.map((s) => document.querySelector(s) ?? (() => { throw new Error('nothing is ' + s); })());
		all[0].scrollIntoView({ block: 'start' });
		await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
		const boxes = all.map((e) => e.getBoundingClientRect());
		const x = Math.min(...boxes.map((r) => r.left)), y = Math.min(...boxes.map((r) => r.top));
		return { X: x, Y: y, W: Math.max(...boxes.map((r) => r.right)) - x, H: Math.max(...boxes.map((r) => r.bottom)) - y };
	})()`, &box)
	if box.W < 50 || box.H < 10 {
		b.t.Fatalf("%v cover %v", selectors, box)
	}
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{
		"format": "png", "clip": map[string]any{"x": box.X, "y": box.Y, "width": box.W, "height": box.H, "scale": 1},
	}, &shot)
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
