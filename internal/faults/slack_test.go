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
	seen   int            // of the posts: what follows is of them
	known  map[string]bool
	firsts []standin.Message
}

func newSlack(t *testing.T, o standin.Options, random *rand.Rand) *slack {
	s := &slack{Server: standin.New(o), random: random, delay: 60 * time.Millisecond, busy: map[string]int{}, known: map[string]bool{}}
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

// distinct is how many alerts have arrived, without repetitions.
func (s *slack) distinct() int {
	posts := s.Posts()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range posts[s.seen:] {
		if m := marker(p.Text); m != "" && !s.known[p.Channel+" "+m] {
			s.known[p.Channel+" "+m] = true
			s.firsts = append(s.firsts, p.Message)
		}
	}
	s.seen = len(posts)
	return len(s.firsts)
}

// changed is how many of them name two outlets by now.
func (s *slack) changed() (n int) {
	s.mu.Lock()
	firsts := s.firsts
	s.mu.Unlock()
	for _, m := range firsts {
		if now, ok := s.Message(m.Channel, m.TS); ok && strings.Contains(now.Text, both) {
			n++
		}
	}
	return n
}
