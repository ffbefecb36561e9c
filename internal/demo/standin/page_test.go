package standin

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// call asks the page's server for JSON.
func (d *desk) call(t *testing.T, method, path, body string, into any) int {
	t.Helper()
	r, err := http.NewRequestWithContext(soon(t), method, d.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return res.StatusCode
}

func TestThePageTakesNothingFromElsewhere(t *testing.T) {
	d := newDesk(t, Options{})
	for _, path := range []string{"/", "/page/static/app.js", "/page/static/frame.css", "/page/state"} {
		res, err := http.Get(d.url + path)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v, %v", path, res.Status, err)
		}
		_ = res.Body.Close()
		p := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
			t.Errorf("%s has the policy %q", path, p)
		}
	}
	inline := regexp.MustCompile(`(?i)<script(?:[^>]*)>[^<]|\son\w+\s*=\s*"|\sstyle\s*=|<style|https?://`)
	hazard := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function`)
	err := fs.WalkDir(pageFiles, "page", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(pageFiles, path)
		if err != nil {
			return err
		}
		if m := inline.Find(b); strings.HasSuffix(path, ".html") && m != nil {
			t.Errorf("%s has %q", path, m)
		}
		if m := hazard.Find(b); m != nil {
			t.Errorf("%s has %q", path, m)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAnotherSitesPageCannotAct(t *testing.T) {
	d := newDesk(t, Options{})
	r, err := http.NewRequestWithContext(soon(t), http.MethodPost, d.url+"/page/say", strings.NewReader(`{"channel":"us-iran","text":"hello"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://evil.example")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusForbidden || len(d.Messages("us-iran")) != 0 {
		t.Errorf("it was answered %s", res.Status)
	}
}

type channelView struct {
	Messages []Card
	Seen     string
	Error    string
}

func TestThePageShowsAPersonTheirChannel(t *testing.T) {
	d := newDesk(t, Options{Commands: []Command{{Name: "/parley"}}})
	other := d.AddUser(User{Name: "tomas", RealName: "Tomás Ibarra"})
	if err := d.Invite("us-iran", other.ID); err != nil {
		t.Fatal(err)
	}
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		ctx := context.Background()
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, map[string]any{"text": "<script>alert(1)</script> &lt;b&gt; <javascript:alert(2)|x>"})
		case slack.InteractionCallback:
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, nil)
			_, _, _, _ = d.api.UpdateMessageContext(ctx, data.Channel.ID, data.Message.Timestamp, slack.MsgOptionText("clicked by "+data.User.Name, false))
		}
	})
	row := slack.NewActionBlock("row", slack.NewButtonBlockElement("useful", "D-12", slack.NewTextBlockObject(slack.PlainTextType, "Useful", false, false)))
	_, ts, err := d.api.PostMessageContext(soon(t), d.talks.ID, slack.MsgOptionText("A card", false), slack.MsgOptionBlocks(row))
	if err != nil {
		t.Fatal(err)
	}
	type stateView struct {
		Me       User
		Channels []shownChannel
	}
	var state, after stateView
	d.call(t, "GET", "/page/state", "", &state)
	if state.Me.ID != d.mina.ID || state.Channels[0].Unread != 1 {
		t.Errorf("the state is %+v", state)
	}
	var done struct{ Error string }
	if code := d.call(t, "POST", "/page/act", `{"channel":"`+d.talks.ID+`","ts":"`+ts+`","block":"row","action":"useful"}`, &done); code != 200 {
		t.Errorf("the click was answered %d %s", code, done.Error)
	}
	if _, err := d.WaitMessage(soon(t), "us-iran", func(m Message) bool { return m.Text == "clicked by mina" }); err != nil {
		t.Error(err)
	}
	if code := d.call(t, "POST", "/page/say", `{"channel":"us-iran","text":"/parley latest"}`, &done); code != 200 {
		t.Errorf("the command was answered %d %s", code, done.Error)
	}
	for _, c := range []struct{ body, want string }{
		{`{"channel":"us-iran","text":"/parly latest"}`, "/parly is not a valid command"},
		{`{"channel":"us-iran","thread":"` + ts + `","text":"/parley latest"}`, "not supported in threads"},
		{`{"channel":"us-iran","text":"  "}`, "nothing to send"},
		{`not json`, "no JSON"},
	} {
		if code := d.call(t, "POST", "/page/say", c.body, &done); code != http.StatusConflict || !strings.Contains(done.Error, c.want) {
			t.Errorf("%s was answered %d %q", c.body, code, done.Error)
		}
	}
	var mine, theirs channelView
	d.call(t, "GET", "/page/channel?id=us-iran&as=mina", "", &mine)
	d.call(t, "GET", "/page/channel?id=us-iran&as=tomas", "", &theirs)
	if len(mine.Messages) != 2 || len(theirs.Messages) != 1 || !mine.Messages[1].Ephemeral {
		t.Fatalf("mina sees %d, tomas %d", len(mine.Messages), len(theirs.Messages))
	}
	nodes := mine.Messages[1].Blocks[0].Text
	if got := sketch(nodes); got != "<script>alert(1)</script> <b> x" {
		t.Errorf("hostile text became %s", got)
	}
	for _, n := range nodes {
		if n.Kind == "link" {
			t.Errorf("a script became a link: %+v", n)
		}
	}
	d.call(t, "POST", "/page/read", `{"channel":"`+d.talks.ID+`","ts":"`+mine.Messages[1].TS+`"}`, &done)
	d.call(t, "GET", "/page/state", "", &after)
	if after.Channels[0].Unread != 0 {
		t.Errorf("%d are still unread", after.Channels[0].Unread)
	}
	link, err := d.api.GetPermalinkContext(soon(t), &slack.PermalinkParameters{Channel: d.talks.ID, Ts: ts})
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if at := res.Request.URL; res.StatusCode != 200 || at.Query().Get("at") != ts {
		t.Errorf("the permalink leads to %s", at)
	}
}

func TestChangesAreStreamedAndResumed(t *testing.T) {
	d := newDesk(t, Options{})
	seq := d.Seq()
	read := func(after int64, n int) []Change {
		ctx, cancel := context.WithCancel(soon(t))
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url+"/page/changes", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Last-Event-ID", strconv.FormatInt(after, 10))
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		var got []Change
		for lines := bufio.NewScanner(res.Body); len(got) < n && lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var c Change
				if err := json.Unmarshal([]byte(data), &c); err != nil {
					t.Fatal(err)
				}
				got = append(got, c)
			}
		}
		return got
	}
	for _, text := range []string{"one", "two"} {
		if _, _, err := d.api.PostMessageContext(soon(t), d.talks.ID, slack.MsgOptionText(text, false)); err != nil {
			t.Fatal(err)
		}
	}
	got := read(seq, 2)
	if len(got) != 2 || got[0].Kind != ChangeMessage || got[1].Seq != seq+2 {
		t.Fatalf("got %+v", got)
	}
	if again := read(got[0].Seq, 1); again[0] != got[1] {
		t.Errorf("resumed with %+v", again)
	}
	if lost := read(1<<40, 1); lost[0].Kind != ChangeReset {
		t.Errorf("a reader from another time got %+v", lost)
	}
}

func TestFilesAreUploadedAndGivenBackAsDownloads(t *testing.T) {
	d := newDesk(t, Options{})
	f, err := d.api.UploadFileContext(soon(t), slack.UploadFileParameters{Filename: "hits.csv", FileSize: 9, Content: "<b>a</b>,1", Channel: d.talks.ID, Title: "Hits"})
	if err != nil {
		t.Fatal(err)
	}
	m := d.Messages("us-iran")
	if len(m) != 1 || len(m[0].Files) != 1 || m[0].Files[0].Title != "Hits" {
		t.Fatalf("the channel holds %+v", m)
	}
	res, err := http.Get(d.url + "/files/" + f.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, _ := io.ReadAll(res.Body)
	if string(b) != "<b>a</b>,1" || res.Header.Get("Content-Disposition") != "attachment" {
		t.Errorf("%q with %v", b, res.Header)
	}
}
