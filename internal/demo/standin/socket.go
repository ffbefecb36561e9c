package standin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// socket is one Socket Mode connection of the bot.
type socket struct {
	number int
	conn   *websocket.Conn
	write  sync.Mutex // gorilla allows one writer at a time
	gone   chan struct{}
	once   sync.Once
}

// maxAck is the size from which Slack silently drops what a bot sends.
const maxAck = 20 * 1024

// maxSockets is how many connections Slack allows an app.
const maxSockets = 10

type envelope struct {
	Type     string `json:"type"`
	ID       string `json:"envelope_id"`
	Payload  any    `json:"payload"`
	Accepts  bool   `json:"accepts_response_payload"`
	Attempt  int    `json:"retry_attempt"`
	RetryFor string `json:"retry_reason"`
}

// acknowledgement is what the bot sent back for an envelope or a signed request.
type acknowledgement struct {
	payload json.RawMessage
	err     error
}

func (s *Server) openConnection(*request) (answer, error) {
	if len(s.sockets) >= maxSockets {
		return nil, refuse("too_many_websockets")
	}
	t := secret()
	s.tickets[t] = true
	base := strings.Replace(s.url, "http", "ws", 1)
	return answer{"url": base + "/socket?ticket=" + t + "&app_id=" + s.appID}, nil
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	valid := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !valid {
		http.Error(w, "the address was used before or never given out: call apps.connections.open", http.StatusForbidden)
		return
	}
	// Slack's clients name its own origin, so the origin says nothing here; the
	// ticket is what admits.
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &socket{conn: conn, gone: make(chan struct{})}
	s.mu.Lock()
	s.nextSock++
	c.number = s.nextSock
	count := len(s.sockets) + 1
	s.mu.Unlock()
	err = c.send(map[string]any{
		"type": "hello", "num_connections": count,
		"connection_info": map[string]any{"app_id": s.appID},
		"debug_info":      map[string]any{"host": "standin", "build_number": 1, "approximate_connection_time": 18060},
	})
	if err == nil {
		s.mu.Lock()
		s.sockets = append(s.sockets, c)
		s.tell(Change{Kind: ChangeBot})
		s.mu.Unlock()
		go c.ping(s.opt.PingEvery)
		s.listen(c)
	}
	c.cut()
	s.mu.Lock()
	s.sockets = slices.DeleteFunc(s.sockets, func(o *socket) bool { return o == c })
	s.tell(Change{Kind: ChangeBot})
	s.mu.Unlock()
}

// listen reads acknowledgements until the connection ends.
func (s *Server) listen(c *socket) {
	c.conn.SetReadLimit(1 << 20)
	for {
		_, b, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if len(b) >= maxAck || json.Unmarshal(b, &ack) != nil {
			s.log.Warn("an acknowledgement was dropped: no JSON, or 20 KB and more", "bytes", len(b))
			continue
		}
		s.mu.Lock()
		wait := s.pending[ack.ID]
		delete(s.pending, ack.ID)
		s.mu.Unlock()
		if wait != nil {
			wait <- acknowledgement{payload: ack.Payload} // buffered
		}
	}
}

// send writes one message. Its deadline is the network's, hence by the wall clock.
func (c *socket) send(v any) error {
	c.write.Lock()
	defer c.write.Unlock()
	if err := c.conn.SetWriteDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	return c.conn.WriteJSON(v)
}

func (c *socket) raw(frame string) {
	c.write.Lock()
	defer c.write.Unlock()
	_ = c.conn.WriteMessage(websocket.TextMessage, []byte(frame)) // a failure shows at the next read
}

func (c *socket) ping(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for n := 0; ; n++ {
		if c.conn.WriteControl(websocket.PingMessage, fmt.Appendf(nil, "Ping from the stand-in %d", n), time.Now().Add(5*time.Second)) != nil {
			c.cut()
			return
		}
		select {
		case <-t.C:
		case <-c.gone:
			return
		}
	}
}

// cut ends the connection without a word.
func (c *socket) cut() {
	c.once.Do(func() {
		close(c.gone)
		_ = c.conn.Close() // it is given up either way
	})
}

// Connections is how many Socket Mode connections the bot holds.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// Disconnect asks the bot, on all its connections, to connect anew, as Slack does
// every few hours. The reason is Slack's: warning, refresh_requested or link_disabled.
func (s *Server) Disconnect(reason string) {
	for _, c := range s.all() {
		c.disconnect(reason)
	}
}

func (c *socket) disconnect(reason string) {
	_ = c.send(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "standin"}})
}

// Cut ends all connections without a word.
func (s *Server) Cut() {
	for _, c := range s.all() {
		c.cut()
	}
}

// Frame sends text as it is to the bot, on one connection: for frames that are
// not what they should be.
func (s *Server) Frame(text string) error {
	all := s.all()
	if len(all) == 0 {
		return errNoConnection
	}
	all[0].raw(text)
	return nil
}

func (s *Server) all() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sockets)
}

var errNoConnection = errors.New("the bot has no Socket Mode connection")

// overSocket sends an envelope to any one connection and waits for its
// acknowledgement.
func (s *Server) overSocket(ctx context.Context, e envelope, channel string) (json.RawMessage, error) {
	if s.opt.Via != nil {
		return s.opt.Via.overSocket(ctx, e, channel)
	}
	s.mu.Lock()
	if len(s.sockets) == 0 {
		s.mu.Unlock()
		return nil, errNoConnection
	}
	c := s.sockets[s.random.IntN(len(s.sockets))]
	fault := s.strike(e.Type, channel, true)
	got := make(chan acknowledgement, 1)
	s.pending[e.ID] = got
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.pending, e.ID)
		s.mu.Unlock()
	}()

	if fault != nil {
		switch fault.Kind {
		case SocketDisconnect:
			c.disconnect("warning")
		case SocketDrop:
			c.cut()
		case SocketBadFrame:
			for _, frame := range []string{"", "not json", `{"type":"no_such_type"}`, `{"type":"slash_commands","payload":7}`} {
				c.raw(frame)
			}
		}
	}
	if err := c.send(e); err != nil {
		return nil, fmt.Errorf("sending to the bot: %w", err)
	}
	if fault != nil && fault.Kind == SocketTwice {
		_ = c.send(e)
	}
	select {
	case a := <-got:
		return a.payload, a.err
	case <-c.gone:
		return nil, errors.New("the bot's connection ended before it acknowledged")
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
