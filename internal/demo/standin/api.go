package standin

import (
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// method is one Web API method: the scope it asks for and what it does. It runs
// with mu held.
type method struct {
	scope string
	run   func(*Server, *request) (answer, error)
}

// answer is the body of a successful call, without "ok".
type answer map[string]any

// refusal is an answer with "ok": false.
type refusal struct {
	code  string
	extra answer
}

func (r refusal) Error() string { return r.code }

func refuse(code string) error { return refusal{code: code} }

// request is one call with its arguments, which may have come as a form, as JSON
// or in the URL; structured ones are JSON text.
type request struct {
	method string
	token  string
	args   map[string]string
	after  []func() // run once mu is released
}

func (r *request) flag(name string) bool {
	v := r.args[name]
	return v == "true" || v == "1"
}

func (r *request) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(r.args[name]); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// Call is one request to the Web API, as the workspace saw it.
type Call struct {
	Method  string
	Channel string // its id when it names a known channel
	Args    map[string]string
	Applied bool   // the method ran and changed what it was to change
	Outcome string // "ok", Slack's error code, or the fault's name
}

// Calls lists the requests to a method, or all when it is empty, in order.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.calls), func(c Call) bool { return method != "" && c.Method != method })
}

func methods() map[string]method {
	m := map[string]method{}
	for _, group := range []map[string]method{chatMethods(), conversationMethods(), peopleMethods(), viewMethods(), fileMethods()} {
		maps.Copy(m, group)
	}
	return m
}

// appMethods take the app token; all others take the bot's.
func appMethod(name string) bool { return strings.HasPrefix(name, "apps.connections.") }

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	s.learnURL(r)
	q, err := readRequest(r)
	if err != nil {
		s.reply(w, q, nil, refuse("invalid_form_data"))
		return
	}

	s.mu.Lock()
	call := Call{Method: q.method, Channel: q.args["channel"], Args: maps.Clone(q.args)}
	delete(call.Args, "token")
	if c := s.find(call.Channel); c != nil {
		call.Channel = c.ID
	}
	fault := s.faultFor(q.method, call.Channel)
	n := len(s.calls)
	s.calls = append(s.calls, call)
	s.mu.Unlock()

	outcome := func(applied bool, what string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls[n].Applied, s.calls[n].Outcome = applied, what
	}
	if fault != nil && !fault.Kind.applies() {
		outcome(false, string(fault.Kind))
		fault.instead(w, r)
		return
	}

	s.mu.Lock()
	a, err := s.run(q)
	s.mu.Unlock()
	for _, f := range q.after {
		f()
	}
	what := "ok"
	if err != nil {
		what = err.Error()
	}
	if fault != nil && err == nil {
		outcome(true, string(fault.Kind))
		fault.instead(w, r)
		return
	}
	outcome(err == nil, what)
	s.reply(w, q, a, err)
}

// run checks the token and the scope, then does what is asked. Call with mu held.
func (s *Server) run(q *request) (answer, error) {
	m, known := s.methods[q.method]
	app := q.token == s.opt.AppToken
	bad := s.good(q.token)
	if app {
		bad = nil
	}
	switch {
	case !known:
		return nil, refuse("unknown_method")
	case q.token == "":
		return nil, refuse("not_authed")
	case bad != nil:
		return nil, bad
	case app != appMethod(q.method):
		return nil, refuse("not_allowed_token_type")
	case m.scope != "" && !s.granted(m.scope):
		return nil, refusal{"missing_scope", answer{"needed": m.scope, "provided": strings.Join(s.opt.Scopes, ",")}}
	}
	return m.run(s, q)
}

// granted says whether the bot token has one of the scopes, which are separated
// by commas.
func (s *Server) granted(scopes string) bool {
	if s.opt.Scopes == nil {
		return scopes != "chat:write.public"
	}
	return slices.ContainsFunc(strings.Split(scopes, ","), func(one string) bool {
		return slices.Contains(s.opt.Scopes, one)
	})
}

func (s *Server) reply(w http.ResponseWriter, q *request, a answer, err error) {
	if soon, ok := err.(tooSoon); ok {
		tooMany(w, soon.wait)
		return
	}
	body := answer{"ok": err == nil}
	maps.Copy(body, a)
	if err != nil {
		body["error"] = err.Error()
		if r, ok := err.(refusal); ok {
			maps.Copy(body, r.extra)
		}
	}
	if s.opt.Scopes != nil {
		w.Header().Set("X-OAuth-Scopes", strings.Join(s.opt.Scopes, ","))
	}
	if q != nil {
		w.Header().Set("X-Accepted-OAuth-Scopes", s.methods[q.method].scope)
	}
	writeJSON(w, http.StatusOK, body)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the caller may be gone, which is its affair
}

// maxBody bounds what a request may send.
const maxBody = 4 << 20

func readRequest(r *http.Request) (*request, error) {
	q := &request{method: r.PathValue("method"), args: map[string]string{}}
	q.token, _ = strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var fields map[string]json.RawMessage
		b, err := io.ReadAll(r.Body)
		if err != nil {
			return q, err
		}
		if len(b) > 0 && string(b) != "null" {
			if err := json.Unmarshal(b, &fields); err != nil {
				return q, err
			}
		}
		for k, v := range fields {
			var text string
			switch {
			case json.Unmarshal(v, &text) == nil: // null leaves it empty
				q.args[k] = text
			default:
				q.args[k] = string(v)
			}
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return q, err
		}
	default:
		if err := r.ParseForm(); err != nil {
			return q, err
		}
	}
	for k, v := range r.Form {
		q.args[k] = v[0]
	}
	for k, v := range r.URL.Query() {
		q.args[k] = v[0]
	}
	if t := q.args["token"]; t != "" {
		q.token = t
	}
	return q, nil
}
