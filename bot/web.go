package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Where Slack's signed requests come in. The manifest names these paths.
const (
	PathCommands    = "/slack/commands"
	PathInteractive = "/slack/interactive"
	PathEvents      = "/slack/events"
)

// signedWithin is how far a request's time may be from ours.
const signedWithin = 5 * time.Minute

// maxBody bounds a request; Slack's own are far smaller.
const maxBody = 1 << 20

// Web returns the handler of Slack's requests over HTTP. A request without a
// valid signature, or one that was taken before, is refused with 401 and does
// nothing.
func (r *Room) Web(signingSecret string) http.Handler {
	r.ready()
	mux := http.NewServeMux()
	mux.Handle("POST "+PathCommands, r.signed(signingSecret, r.webCommand))
	mux.Handle("POST "+PathInteractive, r.signed(signingSecret, r.webInteractive))
	mux.Handle("POST "+PathEvents, r.signed(signingSecret, r.webEvent))
	return mux
}

// signed lets a request through to next only if Slack signed it, lately, and it
// was not taken before.
func (r *Room) signed(secret string, next func(http.ResponseWriter, *http.Request, []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, maxBody))
		if err != nil {
			if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
				http.Error(w, "the request is too long", http.StatusRequestEntityTooLarge)
				return
			}
			http.Error(w, "the request cannot be read", http.StatusBadRequest)
			return
		}
		if err := verify(q.Header, body, secret, r.Now()); err != nil {
			r.Log.Warn("a request was refused", "path", q.URL.Path, "err", err)
			http.Error(w, "refused", http.StatusUnauthorized)
			return
		}
		// Of a signature only its digest is kept: what was verified cannot be told
		// from what is remembered.
		digest := sha256.Sum256([]byte(q.Header.Get("X-Slack-Signature")))
		first, err := r.seen.SeenOnce(q.Context(), "slack request "+hex.EncodeToString(digest[:]), r.Now(), keepSeen)
		if err != nil {
			r.Log.Error("whether a request came before cannot be told; it was refused", "err", err)
			http.Error(w, "try again", http.StatusServiceUnavailable)
			return
		}
		if !first {
			r.Log.Warn("a request came a second time and was refused", "path", q.URL.Path)
			http.Error(w, "refused", http.StatusUnauthorized)
			return
		}
		next(w, q, body)
	})
}

// verify checks Slack's signature of a request. Comparing takes the same time
// whatever the difference.
func verify(h http.Header, body []byte, secret string, now time.Time) error {
	if secret == "" {
		return errors.New("no signing secret is set: set SLACK_SIGNING_SECRET")
	}
	stamp := h.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return errors.New("it has no time stamp")
	}
	if now.Sub(time.Unix(seconds, 0)).Abs() > signedWithin {
		return errors.New("its time stamp is more than five minutes from our time")
	}
	given, err := hex.DecodeString(strings.TrimPrefix(h.Get("X-Slack-Signature"), "v0="))
	if err != nil || len(given) != sha256.Size || !strings.HasPrefix(h.Get("X-Slack-Signature"), "v0=") {
		return errors.New("it has no signature")
	}
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":") // a hash never fails to be written to
	_, _ = mac.Write(body)
	if !hmac.Equal(given, mac.Sum(nil)) {
		return errors.New("its signature is not Slack's, or SLACK_SIGNING_SECRET is that of another app")
	}
	return nil
}

func (r *Room) webCommand(w http.ResponseWriter, q *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "the request is no form", http.StatusBadRequest)
		return
	}
	c := slack.SlashCommand{
		TeamID: form.Get("team_id"), ChannelID: form.Get("channel_id"), ChannelName: form.Get("channel_name"), UserID: form.Get("user_id"),
		Command: form.Get("command"), Text: form.Get("text"), ResponseURL: form.Get("response_url"),
	}
	if form.Get("ssl_check") == "1" { // Slack looks whether the address is alive
		w.WriteHeader(http.StatusOK)
		return
	}
	t, acked := awaited(c.ResponseURL)
	r.inside(q.Context(), c.TeamID, t, func(room *Room) { room.command(q.Context(), t, c) })
	r.acknowledge(w, <-acked) // within ackWithin, by the turn's own clock
}

// awaited is a turn whose acknowledgement is written by whoever waits for it.
func awaited(url string) (*turn, <-chan []byte) {
	acked := make(chan []byte, 1)
	return &turn{url: url, ack: func(payload []byte) error {
		acked <- payload
		return nil
	}}, acked
}

func (r *Room) acknowledge(w http.ResponseWriter, payload []byte) {
	if payload == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := w.Write(payload); err != nil {
		r.Log.Warn("an answer did not reach Slack", "err", err)
	}
}

func (r *Room) webInteractive(w http.ResponseWriter, q *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "the request is no form", http.StatusBadRequest)
		return
	}
	var i slack.InteractionCallback
	if err := json.Unmarshal([]byte(form.Get("payload")), &i); err != nil {
		http.Error(w, "the payload cannot be read", http.StatusBadRequest)
		return
	}
	t, acked := awaited("")
	r.interaction(q.Context(), t, i)
	r.acknowledge(w, <-acked)
}

func (r *Room) webEvent(w http.ResponseWriter, q *http.Request, body []byte) {
	var o outer
	if err := json.Unmarshal(body, &o); err != nil {
		http.Error(w, "the event cannot be read", http.StatusBadRequest)
		return
	}
	if o.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, o.Challenge) // Slack asks again if it is lost
		return
	}
	w.WriteHeader(http.StatusOK)
	r.heard(context.WithoutCancel(q.Context()), o)
}
