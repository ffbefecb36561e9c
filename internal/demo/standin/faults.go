package standin

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// FaultKind names what goes wrong.
type FaultKind string

// Faults of the Web API. Those of the first group leave the workspace unchanged,
// those of the second do what was asked and lose the answer: the caller cannot
// tell a Dropped from an AppliedDropped.
const (
	RateLimited     FaultKind = "rate-limited"      // 429 with Retry-After
	RateLimitedBody FaultKind = "rate-limited-body" // 200, "ok": false, "ratelimited"
	Unavailable     FaultKind = "unavailable"       // 503
	Dropped         FaultKind = "dropped"           // the connection ends without an answer
	Hang            FaultKind = "hang"              // no answer until the caller gives up
	Refused         FaultKind = "refused"           // "ok": false with Fault.Error
	TokenRefused    FaultKind = "token-refused"     // invalid_auth, or Fault.Error
	MissingScope    FaultKind = "missing-scope"     // with Fault.Needed
	BadBody         FaultKind = "bad-body"          // 200 and a body that is no JSON

	AppliedDropped     FaultKind = "applied-dropped"
	AppliedUnavailable FaultKind = "applied-unavailable"
	AppliedHang        FaultKind = "applied-hang"
)

// Faults of Socket Mode, chosen each time an envelope is about to be sent. Fault.Method
// is then the kind of envelope: slash_commands, interactive or events_api.
const (
	SocketDisconnect FaultKind = "socket-disconnect" // a disconnect message, then the envelope, which is lost
	SocketDrop       FaultKind = "socket-drop"       // the connection is cut before the envelope
	SocketBadFrame   FaultKind = "socket-bad-frame"  // frames that are no envelope go first
	SocketTwice      FaultKind = "socket-twice"      // the same envelope is sent again
)

func (k FaultKind) applies() bool {
	return k == AppliedDropped || k == AppliedUnavailable || k == AppliedHang
}

func (k FaultKind) socket() bool {
	return k == SocketDisconnect || k == SocketDrop || k == SocketBadFrame || k == SocketTwice
}

// Fault is something that goes wrong for the requests it matches.
type Fault struct {
	Kind        FaultKind
	Method      string        // such as chat.postMessage; empty matches every method
	Channel     string        // id or name; empty matches every channel
	After       int           // so many matching requests go well first
	Times       int           // then so many go wrong; 0 means all
	Probability float64       // of each of those; 0 means always
	RetryAfter  time.Duration // of RateLimited, in whole seconds, at least 1 s; negative leaves the header out
	Needed      string        // of MissingScope
	Error       string        // of Refused and TokenRefused
}

// Fail adds a fault and returns what takes it away again. Of several that match
// a request, the one added first strikes.
func (s *Server) Fail(f Fault) (mend func()) {
	p := &f
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, p)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults = slices.DeleteFunc(s.faults, func(one *Fault) bool { return one == p })
	}
}

// Mend takes away all faults.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// faultFor is the fault that strikes a Web API request, counted. Call with mu held.
func (s *Server) faultFor(method, channel string) *Fault {
	return s.strike(method, channel, false)
}

func (s *Server) strike(method, channel string, socket bool) *Fault {
	for i, f := range s.faults {
		if f.Kind.socket() != socket || f.Method != "" && f.Method != method {
			continue
		}
		if f.Channel != "" && f.Channel != channel {
			if c := s.find(f.Channel); c == nil || c.ID != channel {
				continue
			}
		}
		if f.After > 0 {
			f.After--
			continue
		}
		if f.Probability > 0 && s.random.Float64() >= f.Probability {
			continue
		}
		struck := *f
		if f.Times == 1 {
			s.faults = slices.Delete(s.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		return &struck
	}
	return nil
}

// instead answers a request with the fault.
func (f *Fault) instead(w http.ResponseWriter, r *http.Request) {
	refused := func(code string, extra answer) {
		body := answer{"ok": false, "error": code}
		for k, v := range extra {
			body[k] = v
		}
		writeJSON(w, http.StatusOK, body)
	}
	switch f.Kind {
	case RateLimited:
		tooMany(w, f.RetryAfter)
	case RateLimitedBody:
		refused("ratelimited", nil)
	case Refused:
		refused(f.Error, nil)
	case TokenRefused:
		setDefault(&f.Error, "invalid_auth")
		refused(f.Error, nil)
	case MissingScope:
		refused("missing_scope", answer{"needed": f.Needed, "provided": ""})
	case BadBody:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = io.WriteString(w, `{"ok":tr`)
	case Unavailable, AppliedUnavailable:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "<html><body>Service unavailable</body></html>")
	case Hang, AppliedHang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case Dropped, AppliedDropped:
		panic(http.ErrAbortHandler) // net/http closes the connection without an answer
	default:
		http.Error(w, fmt.Sprintf("the stand-in knows no fault %q", f.Kind), http.StatusInternalServerError)
	}
}

// tooSoon refuses a message that follows another too closely.
type tooSoon struct{ wait time.Duration }

func (tooSoon) Error() string { return "ratelimited" }

func tooMany(w http.ResponseWriter, wait time.Duration) {
	if wait >= 0 {
		seconds := max(1, int(math.Ceil(wait.Seconds())))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
	writeJSON(w, http.StatusTooManyRequests, answer{"ok": false, "error": "ratelimited"})
}
