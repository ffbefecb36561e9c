package workspaces

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"parley/internal/news"
	"parley/internal/seal"
)

// Placeholder stands in a client for the token of a team. It is worth nothing, so
// whatever a client prints or stores tells nobody anything.
func Placeholder(team string) string { return "token-of-" + team }

// Transport carries the requests of a client that was made with the team's
// Placeholder, and puts the token in its place as each leaves: the client never
// holds one, and never an old one. When Slack says that the token has run out, it
// is renewed and the request, which Slack has refused, is sent once more.
func (w *Workspaces) Transport(team string, base http.RoundTripper) http.RoundTripper {
	return &transport{w, team, base}
}

type transport struct {
	of   *Workspaces
	team string
	base http.RoundTripper
}

// RoundTrip sends a request. What could not be sent for want of a token is a
// *news.Fault. No error holds a token.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, again, err := bodyOf(r)
	if err != nil {
		return nil, err
	}
	token, err := t.of.Token(r.Context(), t.team)
	if err != nil {
		closeBody(r)
		return nil, unsent(err)
	}
	answer, err := t.send(r, body, token)
	if err != nil || !again || !expired(answer) {
		return answer, err
	}
	_ = answer.Body.Close()
	if token, err = t.of.Renew(r.Context(), t.team, token); err != nil {
		return nil, unsent(err)
	}
	return t.send(r, body, token)
}

// unsent says why a request did not leave, as a *news.Fault: nothing was done, and
// what is to be done about it is told by its kind.
func unsent(err error) error {
	fault := &news.Fault{Kind: news.Transient, Reason: err.Error()}
	switch {
	case errors.Is(err, news.ErrNotFound):
		fault.Kind = news.Gone
	case errors.Is(err, seal.ErrKey), errors.Is(err, seal.ErrBroken), errors.Is(err, errOver):
		fault.Kind = news.Shut
	}
	return fault
}

// bodyOf reads the body of a request where it is one that may hold the token, or
// may be sent again; a file on its way is left alone.
func bodyOf(r *http.Request) (body []byte, again bool, err error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, true, nil
	}
	if r.GetBody == nil {
		return nil, false, nil
	}
	defer closeBody(r)
	if body, err = io.ReadAll(r.Body); err != nil {
		return nil, false, errors.New("the request could not be read")
	}
	return body, true, nil
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

// send sends the request with the token in the place of the placeholder.
func (t *transport) send(r *http.Request, body []byte, token string) (*http.Response, error) {
	place := Placeholder(t.team)
	q := r.Clone(r.Context())
	if header := q.Header.Get("Authorization"); strings.Contains(header, place) {
		q.Header.Set("Authorization", strings.ReplaceAll(header, place, token))
	}
	if body != nil {
		if strings.HasPrefix(q.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			// Only where it is the token: elsewhere it would be told to the channel.
			fields := bytes.Split(body, []byte("&"))
			for i, f := range fields {
				if string(f) == "token="+place {
					fields[i] = []byte("token=" + url.QueryEscape(token))
				}
			}
			body = bytes.Join(fields, []byte("&"))
		}
		q.Body, q.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		q.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
	return t.base.RoundTrip(q)
}

// shortAnswer bounds the answers in which a refusal is looked for: refusals are
// short.
const shortAnswer = 4 << 10

// expired says whether an answer is that the token has run out. It leaves the
// answer as it was.
func expired(r *http.Response) bool {
	if r.StatusCode != http.StatusOK || r.ContentLength > shortAnswer {
		return false
	}
	begin, err := io.ReadAll(io.LimitReader(r.Body, shortAnswer))
	rest := r.Body
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(begin), rest), rest}
	var said struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	return err == nil && json.Unmarshal(begin, &said) == nil && !said.OK && said.Error == "token_expired"
}
