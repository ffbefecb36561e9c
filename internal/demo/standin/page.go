package standin

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// policy lets the page use its own files and nothing else: no inline script or
// style, no other host, no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (s *Server) pageRoutes(m *http.ServeMux) {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	static := http.StripPrefix("/page/static/", http.FileServerFS(files))
	m.Handle("GET /page/static/", guarded(static))
	m.Handle("GET /{$}", guarded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.learnURL(r)
		http.ServeFileFS(w, r, files, "index.html")
	})))
	m.HandleFunc("GET /archives/{channel}/{message}", s.serveArchive)
	for path, serve := range map[string]func(*http.Request) (any, error){
		"GET /page/state":   s.pageState,
		"GET /page/channel": s.pageChannel,
		"GET /page/views":   s.pageViews,
		"POST /page/say":    s.pageSay,
		"POST /page/act":    s.pageAct,
		"POST /page/cut":    s.pageShortcut,
		"POST /page/submit": s.pageSubmit,
		"POST /page/close":  s.pageClose,
		"POST /page/home":   s.pageHome,
		"POST /page/read":   s.pageRead,
	} {
		m.Handle(path, guarded(jsonHandler(serve)))
	}
	m.Handle("GET /page/changes", guarded(http.HandlerFunc(s.serveChanges)))
}

// guarded adds the headers that every part of the page carries, and refuses
// requests that other sites' pages make.
func guarded(next http.Handler) http.Handler {
	own := http.NewCrossOriginProtection()
	return own.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	}))
}

// jsonHandler answers with what serve returns; an error is a sentence for the
// person at the page.
func jsonHandler(serve func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		v, err := serve(r)
		var fields InputErrors
		switch {
		case errors.As(err, &fields):
			writeJSON(w, http.StatusUnprocessableEntity, map[string]any{"error": err.Error(), "fields": fields})
		case err != nil:
			writeJSON(w, http.StatusConflict, map[string]any{"error": err.Error()})
		default:
			writeJSON(w, http.StatusOK, v)
		}
	})
}

// serveArchive brings a message's permalink to the page.
func (s *Server) serveArchive(w http.ResponseWriter, r *http.Request) {
	digits := strings.TrimPrefix(r.PathValue("message"), "p")
	if len(digits) < 7 || strings.Trim(digits, "0123456789") != "" {
		http.NotFound(w, r)
		return
	}
	ts := digits[:len(digits)-6] + "." + digits[len(digits)-6:]
	s.mu.Lock()
	c := s.find(r.PathValue("channel"))
	to := ""
	if c != nil {
		to = "/?channel=" + c.ID + "&at=" + ts
		if m := c.message(ts); m != nil && m.InThread() {
			to += "&thread=" + m.ThreadTS
		}
	}
	s.mu.Unlock()
	if to == "" {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// viewer is the person the page is used by: the one asked for, or the first.
// Call with mu held.
func (s *Server) viewer(ref string) (*User, error) {
	if u := s.user(ref); u != nil && !u.Bot {
		return u, nil
	}
	for _, u := range s.users {
		if !u.Bot {
			return u, nil
		}
	}
	return nil, errors.New("the workspace has no people: add one with AddUser")
}

type shownChannel struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Topic    string `json:"topic,omitempty"`
	Private  bool   `json:"private,omitempty"`
	Archived bool   `json:"archived,omitempty"`
	Direct   bool   `json:"direct,omitempty"`
	Members  int    `json:"members"`
	Unread   int    `json:"unread,omitempty"`
	Bot      bool   `json:"bot,omitempty"` // the bot is a member
}

func (s *Server) pageState(r *http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	me, err := s.viewer(r.FormValue("as"))
	if err != nil {
		return nil, err
	}
	channels := []shownChannel{}
	for _, c := range s.channels {
		if c.Private && !c.has(me.ID) {
			continue
		}
		p := shownChannel{ID: c.ID, Name: c.Name, Topic: c.Topic, Private: c.Private, Archived: c.Archived, Direct: c.direct(), Members: len(c.members), Bot: c.has(s.botUser)}
		if c.direct() {
			p.Name = s.opt.BotName
		}
		seen := s.read[me.ID+" "+c.ID]
		for _, m := range c.messages {
			if m.TS > seen && m.User != me.ID && (!m.InThread() || m.Broadcast) && (m.OnlyFor == "" || m.OnlyFor == me.ID) {
				p.Unread++
			}
		}
		channels = append(channels, p)
	}
	people := []*User{}
	for _, u := range s.users {
		if !u.Bot {
			people = append(people, u)
		}
	}
	return map[string]any{
		"seq": s.firstSeq + int64(len(s.changes)) - 1, "workspace": s.opt.Workspace, "me": me, "people": people,
		"bot":      map[string]any{"id": s.botUser, "name": s.opt.BotName, "connected": len(s.sockets) > 0 || s.opt.Requests != RequestURLs{}},
		"commands": s.opt.Commands, "shortcuts": append([]Shortcut{}, s.opt.Shortcuts...), "channels": channels, "now": s.now().UnixMilli(),
	}, nil
}

// pageChannel gives a channel's cards, or a thread's when one is asked for.
func (s *Server) pageChannel(r *http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	me, err := s.viewer(r.FormValue("as"))
	if err != nil {
		return nil, err
	}
	c := s.find(r.FormValue("id"))
	if c == nil || c.Private && !c.has(me.ID) {
		return nil, fmt.Errorf("there is no channel %q", r.FormValue("id"))
	}
	thread := r.FormValue("thread")
	cards := []Card{}
	for _, m := range c.messages {
		switch {
		case m.OnlyFor != "" && m.OnlyFor != me.ID:
		case thread != "" && m.TS != thread && m.ThreadTS != thread:
		case thread == "" && m.InThread() && !m.Broadcast:
		default:
			cards = append(cards, s.card(m, me.ID))
		}
	}
	return map[string]any{"messages": cards, "seen": s.read[me.ID+" "+c.ID]}, nil
}

func (s *Server) pageViews(r *http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	me, err := s.viewer(r.FormValue("as"))
	if err != nil {
		return nil, err
	}
	return map[string]any{"modal": s.sheet(s.top(me.ID)), "home": s.sheet(s.homes[me.ID])}, nil
}

// deed is what the page asks to be done.
type deed struct {
	As      string              `json:"as"`
	Channel string              `json:"channel"`
	Thread  string              `json:"thread"`
	TS      string              `json:"ts"`
	View    string              `json:"view"`
	Block   string              `json:"block"`
	Action  string              `json:"action"`
	Values  []string            `json:"values"`
	Text    string              `json:"text"`
	Inputs  map[string][]string `json:"inputs"`
}

// readDeed reads a request of the page and settles whose it is.
func (s *Server) readDeed(r *http.Request) (deed, error) {
	var d deed
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal(b, &d); err != nil {
		return d, fmt.Errorf("the page sent no JSON: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	me, err := s.viewer(d.As)
	if err != nil {
		return d, err
	}
	d.As = me.ID
	return d, nil
}

func (s *Server) pageSay(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(d.Text)
	if text == "" {
		return nil, errors.New("there is nothing to send")
	}
	if !strings.HasPrefix(text, "/") {
		// What a person types is text; markup of <…> is the bot's alone.
		_, err := s.Say(d.As, d.Channel, d.Thread, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text))
		return map[string]any{}, err
	}
	command, rest, _ := strings.Cut(text, " ")
	if d.Thread != "" {
		return nil, fmt.Errorf("%s is not supported in threads. Sorry", command)
	}
	if len(s.opt.Commands) > 0 && !slices.ContainsFunc(s.opt.Commands, func(c Command) bool { return c.Name == command }) {
		return nil, fmt.Errorf("%s is not a valid command", command)
	}
	_, err = s.slash(r.Context(), d.As, d.Channel, command, strings.TrimSpace(rest))
	return map[string]any{}, err
}

func (s *Server) pageAct(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	_, err = s.act(r.Context(), d.As, place{channel: d.Channel, ts: d.TS, view: d.View}, exactly(use{d.Block, d.Action, d.Values}), d.Inputs)
	return map[string]any{}, err
}

// pageShortcut runs a message shortcut: Action is its callback id.
func (s *Server) pageShortcut(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	_, err = s.MessageShortcut(r.Context(), d.As, Message{Channel: d.Channel, TS: d.TS}, d.Action)
	return map[string]any{}, err
}

func (s *Server) pageSubmit(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	_, err = s.Submit(r.Context(), d.As, d.View, d.Inputs)
	return map[string]any{}, err
}

func (s *Server) pageClose(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	return map[string]any{}, s.CloseModal(r.Context(), d.As)
}

func (s *Server) pageHome(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	return map[string]any{}, s.OpenHome(r.Context(), d.As)
}

func (s *Server) pageRead(r *http.Request) (any, error) {
	d, err := s.readDeed(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.find(d.Channel); c != nil && s.read[d.As+" "+c.ID] < d.TS {
		s.read[d.As+" "+c.ID] = d.TS
		s.tell(Change{Kind: ChangeRead, Channel: c.ID, User: d.As})
	}
	return map[string]any{}, nil
}

// serveChanges streams changes as server-sent events. A reader that comes back
// says with Last-Event-ID where it was.
func (s *Server) serveChanges(w http.ResponseWriter, r *http.Request) {
	seq, err := strconv.ParseInt(firstOf(r.Header.Get("Last-Event-ID"), r.FormValue("after")), 10, 64)
	if err != nil {
		seq = s.Seq()
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	if _, err := io.WriteString(w, "retry: 1000\n\n"); err != nil || out.Flush() != nil {
		return
	}
	for {
		changes, err := s.Since(r.Context(), seq)
		if err != nil {
			return
		}
		for _, c := range changes {
			seq = c.Seq
			b, err := json.Marshal(c)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "id: %d\ndata: %s\n\n", c.Seq, b); err != nil {
				return
			}
		}
		_ = out.SetWriteDeadline(time.Time{}) // a server's own limit is for pages that end
		if out.Flush() != nil {
			return
		}
	}
}
