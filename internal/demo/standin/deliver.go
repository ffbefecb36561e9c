package standin

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// RequestURLs are where the bot takes signed requests, each a full address.
type RequestURLs struct {
	Commands     string
	Interactions string
	Events       string
}

// ErrNotAcknowledged says that the bot did not answer in the time Slack gives.
var ErrNotAcknowledged = errors.New("the bot did not acknowledge in time")

// Response is what the bot did about something a person did.
type Response struct {
	ID      string          // of the trigger
	Ack     json.RawMessage // the acknowledgement's payload; nil when it was empty
	Took    time.Duration   // until the acknowledgement
	Answers []Message       // shown to the person because of it, so far
	Modal   *View           // opened because of it, so far
}

// Sign makes the headers by which a bot knows a request to be Slack's.
func Sign(secret string, at time.Time, body []byte) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	h := http.Header{}
	h.Set("X-Slack-Request-Timestamp", stamp)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return h
}

// deliver brings one request to the bot by the way the options say, and returns
// the payload of its acknowledgement, nil when empty.
func (s *Server) deliver(ctx context.Context, e envelope, channel string) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.opt.AckWithin, ErrNotAcknowledged)
	defer cancel()
	e.ID = secret()
	var b json.RawMessage
	var err error
	switch e.Type {
	case "slash_commands":
		if to := s.opt.Requests.Commands; to != "" {
			form := url.Values{}
			for k, v := range e.Payload.(map[string]any) {
				form.Set(k, fmt.Sprint(v))
			}
			b, err = s.overHTTP(ctx, to, "application/x-www-form-urlencoded", []byte(form.Encode()), e)
			break
		}
		b, err = s.overSocket(ctx, e, channel)
	case "interactive":
		if to := s.opt.Requests.Interactions; to != "" {
			body, mErr := json.Marshal(e.Payload)
			if mErr != nil {
				return nil, mErr
			}
			b, err = s.overHTTP(ctx, to, "application/x-www-form-urlencoded", []byte(url.Values{"payload": {string(body)}}.Encode()), e)
			break
		}
		b, err = s.overSocket(ctx, e, channel)
	default:
		if to := s.opt.Requests.Events; to != "" {
			body, mErr := json.Marshal(e.Payload)
			if mErr != nil {
				return nil, mErr
			}
			b, err = s.overHTTP(ctx, to, "application/json", body, e)
			break
		}
		b, err = s.overSocket(ctx, e, channel)
	}
	if text := string(bytes.TrimSpace(b)); text == "" || text == "null" || text == "{}" || text == `""` {
		b = nil
	}
	return b, err
}

// overHTTP posts a signed request. Anything but a 2xx is a failure to acknowledge.
func (s *Server) overHTTP(ctx context.Context, to, kind string, body []byte, e envelope) (json.RawMessage, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = Sign(s.opt.SigningSecret, s.now(), body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	if e.Attempt > 0 {
		r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(e.Attempt))
		r.Header.Set("X-Slack-Retry-Reason", e.RetryFor)
	}
	res, err := s.opt.HTTPClient.Do(r)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	switch {
	case err != nil:
		return nil, err
	case res.StatusCode < 200 || res.StatusCode > 299:
		return nil, fmt.Errorf("the bot answered %s", res.Status)
	case len(b) > 0 && !strings.HasPrefix(res.Header.Get("Content-Type"), "application/json"):
		return json.Marshal(map[string]string{"text": string(b)}) // a plain body is the text of an answer
	}
	return b, nil
}

// Event sends an event of the Events API, given as Slack's inner event with its
// "type", and waits until the bot acknowledges it.
func (s *Server) Event(ctx context.Context, inner map[string]any) error {
	return s.event(ctx, inner, 0, "")
}

// EventAgain sends an event as Slack does when the first delivery failed.
func (s *Server) EventAgain(ctx context.Context, inner map[string]any, attempt int, reason string) error {
	return s.event(ctx, inner, attempt, reason)
}

func (s *Server) event(ctx context.Context, inner map[string]any, attempt int, reason string) error {
	s.mu.Lock()
	id := s.id("Ev")
	stamp := s.stamp()
	at := s.now().Unix()
	s.mu.Unlock()
	if inner["event_ts"] == nil {
		with := map[string]any{"event_ts": stamp}
		for k, v := range inner {
			with[k] = v
		}
		inner = with
	}
	channel, _ := inner["channel"].(string)
	_, err := s.deliver(ctx, envelope{Type: "events_api", Attempt: attempt, RetryFor: reason, Payload: map[string]any{
		"token": "standin", "team_id": s.teamID, "api_app_id": s.appID, "type": "event_callback", "event_id": id, "event_time": at,
		"event": inner, "is_ext_shared_channel": false,
		"authorizations": []any{map[string]any{"enterprise_id": nil, "team_id": s.teamID, "user_id": s.botUser, "is_bot": true, "is_enterprise_install": false}},
	}}, channel)
	return err
}

// VerifyEvents asks the bot's events address to prove itself with a challenge,
// as Slack does when the address is entered.
func (s *Server) VerifyEvents(ctx context.Context) error {
	challenge := secret()
	body, err := json.Marshal(map[string]string{"type": "url_verification", "token": "standin", "challenge": challenge})
	if err != nil {
		return err
	}
	b, err := s.overHTTP(ctx, s.opt.Requests.Events, "application/json", body, envelope{})
	if err != nil {
		return err
	}
	if !strings.Contains(string(b), challenge) {
		return fmt.Errorf("the bot answered the challenge with %q", b)
	}
	return nil
}

// announce sends an event of the workspace's own accord, in the background, if
// the bot subscribed to it and could hear it when it happened: a bot that connects
// later is not told of what went before.
func (s *Server) announce(inner map[string]any) {
	kind, _ := inner["type"].(string)
	if !slices.Contains(s.opt.Subscribed, kind) {
		return
	}
	if s.opt.Requests.Events == "" && s.Connections() == 0 {
		s.log.Info("an event was not sent: the bot is not connected", "event", kind)
		return
	}
	go func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		go func() {
			select {
			case <-s.closed:
				cancel()
			case <-ctx.Done():
			}
		}()
		if err := s.Event(ctx, inner); err != nil {
			s.log.Info("an event was not acknowledged", "event", kind, "err", err)
		}
	}()
}
