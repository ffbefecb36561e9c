package app_test

import (
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/app"
)

// A pipe is a listener whose clients are in the same process.
type pipe struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipe) Close() error {
	close(p.closed)
	return nil
}

func (p *pipe) Addr() net.Addr { return &net.TCPAddr{} }

// Who calls and says little, for long, is shown the door.
func TestSlowClients(t *testing.T) {
	for name, tt := range map[string]struct {
		says  string // again and again, a letter a second
		again bool
		least time.Duration
		most  time.Duration
	}{
		"says nothing":    {"", false, 0, 5 * time.Second},
		"header drips":    {"GET / HTTP/1.1\r\nHost: x\r\nX: ", true, 0, 6 * time.Second},
		"body drips":      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", true, 6 * time.Second, 16 * time.Second},
		"asks, and stays": {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", false, 30 * time.Second, 61 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := &pipe{make(chan net.Conn), make(chan struct{})}
				s := app.ServerOf(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
				s.ErrorLog = log.New(io.Discard, "", 0)
				go func() { _ = s.Serve(p) }()
				ours, theirs := net.Pipe()
				p.conns <- theirs
				began := time.Now()
				var talking sync.WaitGroup
				talking.Go(func() {
					_, err := io.WriteString(ours, tt.says)
					for tt.again && err == nil {
						time.Sleep(time.Second)
						_, err = io.WriteString(ours, "x")
					}
				})
				_, _ = io.Copy(io.Discard, ours) // until it is closed
				if took := time.Since(began); took < tt.least || took > tt.most {
					t.Errorf("shown the door after %s", took)
				}
				_ = ours.Close()
				talking.Wait()
				_ = s.Close()
			})
		})
	}
	t.Run("a header without end", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p := &pipe{make(chan net.Conn), make(chan struct{})}
			s := app.ServerOf(http.NotFoundHandler())
			go func() { _ = s.Serve(p) }()
			ours, theirs := net.Pipe()
			p.conns <- theirs
			sent := 0
			go func() { _, _ = io.Copy(io.Discard, ours) }()
			for line := "X: " + strings.Repeat("x", 1000) + "\r\n"; sent < 1<<20; sent += len(line) {
				if sent == 0 {
					_, _ = io.WriteString(ours, "GET / HTTP/1.1\r\nHost: x\r\n")
				}
				if _, err := io.WriteString(ours, line); err != nil {
					break
				}
			}
			if sent > 128<<10 {
				t.Errorf("%d bytes of header were taken", sent)
			}
			_ = ours.Close()
			_ = s.Close()
		})
	})
}
