// Package standin is a Slack workspace in memory: the Web API, Socket Mode,
// signed requests and response URLs that a bot speaks, held over one set of
// channels and messages, with faults that can be asked for and a page that
// shows the workspace as Slack would. The tests and the demonstration share it,
// so whatever the page shows was sent through the same calls that the real
// Slack would have received.
//
// Start with [New], give [Server.Handler] to an HTTP server, and point a Slack
// client at that address (for slack-go: slack.OptionAPIURL(url+"/api/")). People
// act through [Server.Slash], [Server.Click] and their kin; tests look at the
// result with [Server.Messages] and the Wait methods.
package standin

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Tokens that a workspace accepts unless its Options name others.
const (
	DefaultBotToken      = "xoxb-standin"
	DefaultAppToken      = "xapp-1-standin"
	DefaultSigningSecret = "standin-signing-secret"
)

// Options describe a workspace. The zero value is a usable one.
type Options struct {
	Workspace string // its name as people read it; "Parley" when empty
	TeamID    string // "T0STANDIN" when empty
	BotName   string // the bot's user name; "parley" when empty
	BotToken  string // DefaultBotToken when empty
	AppToken  string // for apps.connections.open; DefaultAppToken when empty

	// Scopes are those the bot token was granted. Nil grants all that the
	// methods here ask for, except chat:write.public, so a bot must be invited
	// to a channel before it can post there.
	Scopes []string

	// Commands are offered by the page's composer as it is typed into. A command
	// that is not listed is delivered all the same.
	Commands []Command

	// Shortcuts are offered by the page in the menu of a message.
	Shortcuts []Shortcut

	// Subscribed lists the bot events that the workspace sends of its own accord,
	// such as app_home_opened or member_joined_channel. Empty sends none.
	Subscribed []string

	// Requests are the bot's own addresses. A kind of request with an address
	// goes there as a signed POST; the others go over Socket Mode.
	Requests      RequestURLs
	SigningSecret string       // DefaultSigningSecret when empty
	HTTPClient    *http.Client // sends the signed POSTs; a plain client when nil

	// Via is the workspace by whose Socket Mode connections the requests of this one
	// come: an app has the same ones for all. Nil: its own.
	Via *Server

	// URL is where the handler is served, without a trailing slash. It is learned
	// from the first request when empty, which response URLs need to have
	// happened.
	URL string

	// PostEvery is the least time between two messages to one channel, after
	// which chat.postMessage answers 429. Zero sets no limit; Slack's is 1 s.
	PostEvery time.Duration

	PingEvery time.Duration // between Socket Mode pings; 5 s when zero
	AckWithin time.Duration // for the bot to acknowledge; 3 s when zero, as Slack gives

	Now  func() time.Time // stamps messages and signatures; time.Now when nil
	Seed uint64           // of the random source that faults with a probability use
	Log  *slog.Logger     // discards when nil
}

// Command is a slash command as the composer offers it.
type Command struct {
	Name        string `json:"name"` // with its slash
	Hint        string `json:"hint"`
	Description string `json:"description"`
}

// Shortcut is a message shortcut as the page offers it.
type Shortcut struct {
	Name       string `json:"name"`
	CallbackID string `json:"callback"`
}

// Server is the workspace. All its methods may be called at once from any
// goroutine.
type Server struct {
	opt     Options
	now     func() time.Time
	log     *slog.Logger
	methods map[string]method
	mux     *http.ServeMux

	teamID, appID, botID, botUser string

	mu        sync.Mutex
	random    *mathrand.Rand
	ids       int
	lastStamp int64 // microseconds; stamps only grow
	url       string
	users     []*User
	channels  []*channel
	posts     []Post
	calls     []Call
	lastPost  map[string]time.Time // channel → last message, for PostEvery
	faults    []*Fault
	views     map[string]*View
	stacks    map[string][]string // user → open modals, the top one last
	homes     map[string]*View
	triggers  map[string]*trigger
	hooks     map[string]*responseHook
	uploads   map[string]*upload
	tokens    map[string]*grantedToken
	tickets   map[string]bool // handed out by apps.connections.open, used once
	sockets   []*socket
	nextSock  int
	pending   map[string]chan acknowledgement
	read      map[string]string // user + " " + channel → stamp of the last message seen
	changes   []Change
	firstSeq  int64         // sequence number of changes[0]
	changed   chan struct{} // closed and remade on every change
	closed    chan struct{}
}

// New makes a workspace that holds the bot and nothing else.
func New(o Options) *Server {
	setDefault(&o.Workspace, "Parley")
	setDefault(&o.TeamID, "T0STANDIN")
	setDefault(&o.BotName, "parley")
	setDefault(&o.BotToken, DefaultBotToken)
	setDefault(&o.AppToken, DefaultAppToken)
	setDefault(&o.SigningSecret, DefaultSigningSecret)
	if o.PingEvery == 0 {
		o.PingEvery = 5 * time.Second
	}
	if o.AckWithin == 0 {
		o.AckWithin = 3 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{Timeout: 10 * time.Second}
	}
	s := &Server{
		opt: o, now: o.Now, log: o.Log, methods: methods(),
		teamID: o.TeamID, appID: "A0STANDIN", botID: "B0STANDIN", botUser: "U0PARLEY",
		url:      strings.TrimSuffix(o.URL, "/"),
		random:   mathrand.New(mathrand.NewPCG(o.Seed, 0x5eed)),
		lastPost: map[string]time.Time{},
		views:    map[string]*View{}, stacks: map[string][]string{}, homes: map[string]*View{},
		triggers: map[string]*trigger{}, hooks: map[string]*responseHook{}, uploads: map[string]*upload{},
		tickets: map[string]bool{}, pending: map[string]chan acknowledgement{}, read: map[string]string{},
		firstSeq: 1, changed: make(chan struct{}), closed: make(chan struct{}),
	}
	s.users = []*User{{ID: s.botUser, Name: o.BotName, RealName: o.BotName, Bot: true}}
	s.mux = s.routes()
	return s
}

// Handler serves the Web API under /api/, Socket Mode, response URLs, uploads
// and, at /, the page.
func (s *Server) Handler() http.Handler { return s.mux }

func (s *Server) routes() *http.ServeMux {
	m := http.NewServeMux()
	m.HandleFunc("/api/{method}", s.serveAPI)
	m.HandleFunc("GET /socket", s.serveSocket)
	m.HandleFunc("POST /response/{hook}", s.serveHook)
	m.HandleFunc("/upload/{file}", s.serveUpload)
	m.HandleFunc("GET /files/{file}", s.serveFile)
	s.pageRoutes(m)
	return m
}

// BotToken and AppToken are what a client must present.
func (s *Server) BotToken() string { return s.opt.BotToken }

// AppToken opens Socket Mode connections.
func (s *Server) AppToken() string { return s.opt.AppToken }

// TeamID is the workspace's id.
func (s *Server) TeamID() string { return s.teamID }

// BotUser is the bot's user id, BotID its id as an app.
func (s *Server) BotUser() string { return s.botUser }

// BotID is the id under which the bot's messages are posted.
func (s *Server) BotID() string { return s.botID }

// SetURL says where the handler is served; see Options.URL.
func (s *Server) SetURL(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.url = strings.TrimSuffix(url, "/")
}

// Close ends all Socket Mode connections and streams of changes. Calling it
// again does nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	select {
	case <-s.closed:
		s.mu.Unlock()
		return nil
	default:
	}
	close(s.closed)
	sockets := slices.Clone(s.sockets) // closing one takes it off the list
	s.mu.Unlock()
	for _, c := range sockets {
		c.cut()
	}
	return nil
}

// learnURL keeps the address by which the first caller reached the workspace.
func (s *Server) learnURL(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.url == "" && r.Host != "" {
		scheme := "http://"
		if r.TLS != nil {
			scheme = "https://"
		}
		s.url = scheme + r.Host
	}
}

// id makes a new id that starts with the given letters. Call with mu held.
func (s *Server) id(prefix string) string {
	s.ids++
	return fmt.Sprintf("%s0%07d", prefix, s.ids)
}

// stamp makes the next message time stamp: the present in microseconds, and
// always greater than the one before even when the clock stands still or goes
// back, since Slack's stamps are a message's identity. Call with mu held.
func (s *Server) stamp() string {
	now := s.now().UnixMicro()
	if now <= s.lastStamp {
		now = s.lastStamp + 1
	}
	s.lastStamp = now
	return fmt.Sprintf("%d.%06d", now/1e6, now%1e6)
}

// secret makes an unguessable part for tickets, triggers and response URLs.
func secret() string {
	b := make([]byte, 12)
	rand.Read(b) // never fails, by its documentation
	return hex.EncodeToString(b)
}

func setDefault(v *string, d string) {
	if *v == "" {
		*v = d
	}
}
