package standin

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"testing"
	"time"
)

// cards are messages with every block that the page draws, as parley would send
// them.
func cards(t *testing.T, s *Server) {
	t.Helper()
	b, err := os.ReadFile("testdata/cards.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Channel string
		Reply   bool
		Args    map[string]any
	}
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	parent := map[string]string{}
	for i, c := range list {
		args := map[string]string{"channel": c.Channel}
		for k, v := range c.Args {
			if text, ok := v.(string); ok {
				args[k] = text
				continue
			}
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			args[k] = string(raw)
		}
		if c.Reply {
			args["thread_ts"] = parent[c.Channel]
		}
		s.mu.Lock()
		a, err := s.run(&request{method: "chat.postMessage", token: s.opt.BotToken, args: args})
		s.mu.Unlock()
		if err != nil {
			t.Fatalf("card %d: %v %+v", i, err, err)
		}
		if !c.Reply {
			parent[c.Channel] = a["ts"].(string)
		}
	}
}

// TestShow serves the page for a person to look at, if STANDIN_SHOW names an
// address to listen on.
func TestShow(t *testing.T) {
	address := os.Getenv("STANDIN_SHOW")
	if address == "" {
		t.Skip("set STANDIN_SHOW=127.0.0.1:8090 to look at the page in a browser")
	}
	clock := time.Now().Add(-26 * time.Hour)
	s := New(Options{
		Workspace: "Gulf desk", Now: func() time.Time { clock = clock.Add(97 * time.Minute); return clock },
		Commands: []Command{
			{Name: "/parley", Hint: "[help | latest | next | search | subscribe]", Description: "Ask about negotiations"},
		},
	})
	fill(t, s)
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(http.Serve(l, s.Handler()))
}

// TestEveryBlockIsDrawn checks that nothing of the sample cards is left out.
func TestEveryBlockIsDrawn(t *testing.T) {
	s := New(Options{})
	fill(t, s)
	kinds := map[string]int{}
	for _, c := range s.Channels() {
		for _, m := range s.Messages(c.ID) {
			card := s.CardOf(m, "U0MINA")
			if card.Plain == "" || card.Sender.Name == "" || len(card.Blocks) == 0 {
				t.Errorf("%s: drawn as %+v", m.Text, card)
			}
			for _, b := range card.Blocks {
				kinds[b.Type]++
				if b.Type != "divider" && len(b.Text)+len(b.Fields)+len(b.Elements)+len(b.Rows) == 0 {
					t.Errorf("%s: the %s block is empty", m.Text, b.Type)
				}
			}
		}
	}
	for _, k := range []string{"header", "section", "context", "actions", "divider", "rich_text", "image", "table"} {
		if kinds[k] == 0 {
			t.Errorf("the sample has no %s block", k)
		}
	}
}

func fill(t *testing.T, s *Server) {
	t.Helper()
	s.AddUser(User{ID: "U0MINA", Name: "mina", RealName: "Mina Okafor", Zone: "Europe/London"})
	s.AddUser(User{ID: "U0TOMAS", Name: "tomas", RealName: "Tomás Ibarra", Zone: "America/Bogota"})
	for _, c := range []Channel{
		{ID: "C0NEG", Name: "negotiations", Topic: "What moves, everywhere"},
		{ID: "C0IRAN", Name: "us-iran", Topic: "US–Iran talks: Islamabad, Muscat, Geneva"},
		{ID: "C0SUDAN", Name: "sudan", Topic: "Jeddah and after"},
		{ID: "C0DESK", Name: "desk", Private: true},
		{ID: "C0OLD", Name: "grain-deal", Archived: true},
	} {
		s.AddChannel(c)
		if err := s.Invite(c.ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Direct("mina"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Say("tomas", "us-iran", "", "Quiet morning. Anything from Islamabad?"); err != nil {
		t.Fatal(err)
	}
	cards(t, s)
	if _, err := s.Say("mina", "us-iran", "", "That is the *second* mediator today. I will call the ministry <https://example.org|now>."); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	c := s.find("us-iran")
	s.putEphemeral(c, "U0MINA", "", content{text: "*Next dates*\n• <!date^1795500000^{date_long}|Tue 24 Nov 2026>: second round, Islamabad _(confirmed)_\n• `/parley subscribe negotiation:us-iran` posts them here"})
	for _, m := range c.messages {
		if m.BotID != "" && m.ThreadTS == "" && m.OnlyFor == "" {
			s.edited(m)
			m.Reactions = []Reaction{{Name: "eyes", Users: []string{"U0MINA", "U0TOMAS"}, Count: 2}}
			break
		}
	}
	s.mu.Unlock()
}
