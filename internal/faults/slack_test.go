//go:build linux

package faults_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// slack is a workspace at the end of a line: what is asked takes a while to
// arrive, and so does the answer. A parley may die at both ends.
type slack struct {
	*standin.Server
	web *httptest.Server

	mu     sync.Mutex
	random *rand.Rand
	delay  time.Duration  // each way, at most
	busy   map[string]int // method → requests under way
}

func newSlack(t *testing.T, o standin.Options, random *rand.Rand) *slack {
	s := &slack{Server: standin.New(o), random: random, delay: 60 * time.Millisecond, busy: map[string]int{}}
	s.web = httptest.NewServer(http.HandlerFunc(s.serve))
	s.SetURL(s.web.URL)
	t.Cleanup(func() {
		s.Server.Close()
		s.web.CloseClientConnections()
		s.web.Close()
	})
	return s
}

func (s *slack) serve(rw http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	// The body is read first: what has arrived is acted upon, be the sender dead.
	if err := r.ParseForm(); err != nil {
		panic(http.ErrAbortHandler)
	}
	s.mu.Lock()
	out := time.Duration(s.random.Int64N(int64(s.delay)))
	back := time.Duration(s.random.Int64N(int64(s.delay)))
	s.busy[method]++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.busy[method]--
	}()
	time.Sleep(out)
	answer := httptest.NewRecorder()
	s.Handler().ServeHTTP(answer, r)
	time.Sleep(back)
	for k, v := range answer.Header() {
		rw.Header()[k] = v
	}
	rw.WriteHeader(answer.Code)
	_, _ = rw.Write(answer.Body.Bytes())
}

// underWay is how many requests to a method have come and are not answered.
func (s *slack) underWay(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.busy[method]
}

// alerts is how many have arrived, without repetitions, and how many of these
// name two outlets.
func (s *slack) alerts() (distinct, changed int) {
	seen := map[string]bool{}
	for _, p := range s.Posts() {
		m := marker(p.Text)
		if m == "" || seen[p.Channel+" "+m] {
			continue
		}
		seen[p.Channel+" "+m] = true
		if now, ok := s.Message(p.Channel, p.TS); ok && strings.Contains(now.Text, both) {
			changed++
		}
	}
	return len(seen), changed
}

func (s *slack) distinct() int {
	n, _ := s.alerts()
	return n
}
