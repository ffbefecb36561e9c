package standin

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
)

// Client calls the Web API, response URLs and the page without a network, on
// the caller's goroutine, whatever host a request names. Unlike a connection it
// may be used within a testing/synctest bubble; Socket Mode needs a network.
func (s *Server) Client() *http.Client { return &http.Client{Transport: direct{s}} }

type direct struct{ s *Server }

// RoundTrip answers as a connection would: a fault that ends the connection is
// an error, and so is a context that ends.
func (d direct) RoundTrip(r *http.Request) (res *http.Response, err error) {
	asked := r.Clone(r.Context())
	if asked.Body == nil {
		asked.Body = http.NoBody
	}
	if asked.Host == "" {
		asked.Host = r.URL.Host
	}
	asked.RequestURI = r.URL.RequestURI()
	defer func() {
		_ = asked.Body.Close()
		switch p := recover(); {
		case p == nil:
		case p != http.ErrAbortHandler:
			panic(p)
		case r.Context().Err() != nil:
			res, err = nil, context.Cause(r.Context())
		default:
			res, err = nil, fmt.Errorf("the connection ended without an answer: %w", io.ErrUnexpectedEOF)
		}
	}()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	d.s.Handler().ServeHTTP(w, asked)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}, nil
}

// recorder keeps what a handler writes.
type recorder struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	w.wrote = true
	return w.body.Write(b)
}
