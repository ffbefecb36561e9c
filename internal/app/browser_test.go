package app

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/internal/demo/standin"
)

// startDemo plays the demo, and returns its address once its story is told. stage is
// given what it plays on, if it is not nil. end ends it, and sees that it ends well.
func startDemo(t *testing.T, stage func(*standin.Server, *App, *stageClock)) (url string, end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Demo(ctx, DemoOptions{
			Listen: "127.0.0.1:0", Out: io.Discard, Err: io.Discard, Log: slog.New(slog.DiscardHandler), stage: stage,
			Ready: func(url string) { ready <- url },
		})
	}()
	select {
	case url = <-ready:
	case err := <-ended:
		t.Fatalf("the demo ended: %v", err)
	}
	return url, func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the demo did not end cleanly: %v", err)
		}
	}
}

// A tab is a page in a real browser, used with the mouse and the keyboard by way
// of the browser's own debugging protocol.
type tab struct {
	t    *testing.T
	conn *websocket.Conn
	id   int
}

// openTab starts the browser and opens an address in it.
func openTab(t *testing.T, browser, url string, width, height int) *tab {
	t.Helper()
	profile := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, browser,
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir="+profile, fmt.Sprintf("--window-size=%d,%d", width, height), "about:blank")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait() // it was killed
		// What it started for itself may still write to its folder for a moment.
		for range 100 {
			if os.RemoveAll(profile) == nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	var port string
	for began := time.Now(); port == ""; time.Sleep(20 * time.Millisecond) {
		if b, err := os.ReadFile(filepath.Join(profile, "DevToolsActivePort")); err == nil && strings.Contains(string(b), "\n") {
			port, _, _ = strings.Cut(string(b), "\n")
		} else if time.Since(began) > 30*time.Second {
			t.Fatal("the browser did not open its port")
		}
	}
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://127.0.0.1:"+port+"/json/new?about:blank", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(q)
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
	conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), page.Address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	b := &tab{t: t, conn: conn}
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false})
	b.call("Page.navigate", map[string]any{"url": url})
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		out, err := b.ask("Runtime.evaluate", map[string]any{"expression": "document.documentElement.dataset.ready === '1'"}) // fails while the page is being left
		if err == nil && strings.Contains(string(out), `"value":true`) {
			return b
		}
		if time.Since(began) > 30*time.Second {
			t.Fatalf("the page was not drawn: %s, %v", out, err)
		}
	}
}

// call asks the browser for something and returns its answer.
func (b *tab) call(method string, params map[string]any) json.RawMessage {
	b.t.Helper()
	out, err := b.ask(method, params)
	if err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	return out
}

func (b *tab) ask(method string, params map[string]any) (json.RawMessage, error) {
	b.id++
	if err := b.conn.WriteJSON(map[string]any{"id": b.id, "method": method, "params": params}); err != nil {
		return nil, err
	}
	if err := b.conn.SetReadDeadline(time.Now().Add(60 * time.Second)); err != nil {
		return nil, err
	}
	for {
		var said struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := b.conn.ReadJSON(&said); err != nil {
			return nil, err
		}
		if said.ID != b.id {
			continue // an event
		}
		if said.Error != nil {
			return nil, errors.New(said.Error.Message)
		}
		return said.Result, nil
	}
}

// eval runs a script in the page, and waits for what it promises.
func (b *tab) eval(script string) json.RawMessage {
	b.t.Helper()
	var said struct {
		Result  struct{ Value json.RawMessage }
		Details *struct {
			Text      string
			Exception struct{ Description string }
		} `json:"exceptionDetails"`
	}
	if err := json.Unmarshal(b.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}), &said); err != nil {
		b.t.Fatal(err)
	}
	if said.Details != nil {
		b.t.Fatalf("%s\n%s %s", script, said.Details.Text, said.Details.Exception.Description)
	}
	return said.Result.Value
}

// until waits until an expression holds in the page.
func (b *tab) until(what string) {
	b.t.Helper()
	said := b.eval(`new Promise((done) => {
		const began = Date.now();
		const look = () => {
			let ok = false;
			try { ok = Boolean(` + what + `); } catch { /* not there yet */ }
			if (ok || Date.now() - began > 20000) done(ok); else setTimeout(look, 30);
		};
		look();
	})`)
	if string(said) != "true" {
		b.picture(filepath.Join(pictures(b.t), "failed.png"))
		b.t.Fatalf("the page never came to %s; it shows\n%s", what, b.eval("document.body.innerText"))
	}
}

// shows waits until a part of the page shows a text.
func (b *tab) shows(part, text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q).innerText.includes(%q)", part, text))
}

// click presses, with the mouse, what a selector finds whose text or name holds
// label: the last of several.
func (b *tab) click(selector, label string) {
	b.t.Helper()
	found := fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((e) => (e.innerText + ' ' + (e.getAttribute('aria-label') ?? '')).includes(%q) && e.getClientRects().length).at(-1)`, selector, label)
	b.until(found)
	var at struct{ X, Y float64 }
	if err := json.Unmarshal(b.eval(`(() => { const e = `+found+`; e.scrollIntoView({ block: 'center' }); const r = e.getBoundingClientRect(); return { X: r.x + r.width / 2, Y: r.y + r.height / 2 }; })()`), &at); err != nil {
		b.t.Fatal(err)
	}
	b.call("Input.dispatchMouseEvent", map[string]any{"type": "mouseMoved", "x": at.X, "y": at.Y})
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		b.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1})
	}
}

// choose takes an option of a menu by its words, as somebody does who opens it:
// the browser draws the list outside of the page, so the choice itself is made
// by a script.
func (b *tab) choose(selector, option string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", selector))
	b.eval(fmt.Sprintf(`(() => { const s = document.querySelector(%q); const o = [...s.options].find((o) => o.text.includes(%q));
		s.focus(); s.value = o.value; s.dispatchEvent(new Event('change', { bubbles: true })); })()`, selector, option))
}

// write types into what a selector finds, in place of what stands there.
func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", selector))
	b.eval(fmt.Sprintf("(() => { const e = document.querySelector(%q); e.focus(); e.select(); })()", selector))
	b.call("Input.insertText", map[string]any{"text": text})
}

func (b *tab) press(key string, code int) {
	for _, kind := range []string{"keyDown", "keyUp"} {
		b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": map[string]string{"Enter": "\r"}[key]})
	}
}

// picture keeps what the page shows.
func (b *tab) picture(file string) {
	b.t.Helper()
	var shot struct{ Data string }
	if err := json.Unmarshal(b.call("Page.captureScreenshot", map[string]any{"format": "png"}), &shot); err != nil {
		b.t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(shot.Data)
	if err == nil {
		err = os.WriteFile(file, raw, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}
