package feed

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"

	"parley/internal/news"
)

// Kinds of error that only articles have.
const (
	Disallowed Kind = "disallowed" // robots.txt forbids it, or asks for more patience than there is
	Paywalled  Kind = "paywalled"  // the outlet says that it is not for everybody
	NoArticle  Kind = "no article" // the page holds none, or another
)

// An ArticleError says in a clause why the text of an article could not be had:
// "dawn.com answers 403 Forbidden". The feed's own words stand then.
type ArticleError struct {
	Kind  Kind
	Says  string
	Cause error // may be nil; may hold the full address, so it is not for display
}

func (e *ArticleError) Error() string { return e.Says }

// Unwrap returns the cause.
func (e *ArticleError) Unwrap() error { return e.Cause }

func without(kind Kind, cause error, format string, args ...any) *ArticleError {
	return &ArticleError{Kind: kind, Says: fmt.Sprintf(format, args...), Cause: cause}
}

// maxPage bounds the page of an article in bytes, before and after decompression.
// Pages of outlets with all their scripts stay below it.
const maxPage = 3 << 20

// Article fetches the page that an item links to and returns the text of its
// article as simple HTML: paragraphs, headings, list items and links without
// addresses. It is as polite as Fetch and politer: it asks robots.txt of every
// host on the way, keeps the delay that it asks for, and does not wait for a turn
// that comes after the end of ctx. It is as wary, too, and more so: of private
// addresses only the feed's own host is open to it, since the link is a stranger's
// word. What its outlet does not give to everybody is left alone.
//
// Every error is an *ArticleError; the item's own text stands then. It is one also
// when the page says less than the feed does, or speaks of something else.
func (f *Fetcher) Article(ctx context.Context, n news.Feed, it news.Item) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, f.opt.Timeout)
	defer cancel()
	began := f.opt.Now()
	text, err := f.article(ctx, n, it)
	if err != nil {
		f.opt.Log.LogAttrs(ctx, slog.LevelDebug, "article not read", slog.String("feed", n.Name), slog.String("why", err.Error()), slog.Duration("took", f.opt.Now().Sub(began)))
		return "", err
	}
	f.opt.Log.LogAttrs(ctx, slog.LevelDebug, "article read", slog.String("feed", n.Name), slog.Int("bytes", len(text)), slog.Duration("took", f.opt.Now().Sub(began)))
	return text, nil
}

func (f *Fetcher) article(ctx context.Context, n news.Feed, it news.Item) (string, error) {
	u := resolveLink(nil, it.Link)
	if u == nil {
		return "", without(BadAddress, nil, "the item has no link to an article")
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	p, err := f.page(ctx, u, routeOf(n))
	if err != nil {
		return "", err
	}
	select {
	case f.pages <- struct{}{}:
		defer func() { <-f.pages }()
	case <-ctx.Done():
		return "", without(Slow, ctx.Err(), "it came too late to be read")
	}
	return extract(p, it)
}

// A route says what a stranger's link may reach on behalf of a feed: what is
// public, and the feed's own host wherever that is.
type route struct {
	feed string // host and port of the feed
	own  string // the same if it is a loopback address
}

func routeOf(n news.Feed) route {
	u, err := url.Parse(n.URL)
	if err != nil {
		return route{}
	}
	return route{hostPort(u), ownLoopback(u)}
}

// A page is what a link led to.
type page struct {
	body        []byte
	contentType string
	url         *url.URL // that answered in the end
	asked       *url.URL
}

// page fetches u and every place it redirects to.
func (f *Fetcher) page(ctx context.Context, u *url.URL, via route) (page, error) {
	asked := u
	for hop := 0; hop <= maxRedirects; hop++ {
		p, to, err := f.step(ctx, u, via)
		if err != nil {
			return page{}, err
		}
		if to == "" {
			p.asked = asked
			return p, nil
		}
		next, err := u.Parse(to)
		if err != nil {
			return page{}, without(BadRedirects, err, "%s redirects to an address that cannot be understood", u.Hostname())
		}
		next.User, next.Fragment, next.RawFragment = nil, "", ""
		u = next
	}
	return page{}, without(BadRedirects, nil, "%s redirects more than %d times", asked.Hostname(), maxRedirects)
}

// step asks for one page, or where it redirects to.
func (f *Fetcher) step(ctx context.Context, u *url.URL, via route) (p page, to string, err error) {
	host := u.Hostname()
	if err := f.judge(u, via); err != nil {
		return p, "", f.barred(u, err)
	}
	if d := f.hosts.resting(hostPort(u)); d > 0 {
		return p, "", without(Limited, nil, "%s asked to be left alone for another %s", host, round(d))
	}
	rules, err := f.robotsOf(ctx, u, via)
	switch {
	case err != nil:
		return p, "", without(Slow, err, "%s gave no answer in time", host)
	case rules.none:
		return p, "", without(Disallowed, nil, "%s does not say what its robots.txt allows", host)
	case !rules.allows(u.RequestURI()):
		return p, "", without(Disallowed, nil, "the robots.txt of %s does not allow it", host)
	}
	if via.own == "" || hostPort(u) != via.own {
		leave, err := f.hosts.enterAt(ctx, hostPort(u), max(f.hosts.pace, rules.delay), true)
		switch {
		case errors.Is(err, errNoTurn) && rules.delay > 0:
			return p, "", without(Disallowed, nil, "the robots.txt of %s asks for %s between two requests, and there were others before", host, round(rules.delay))
		case err != nil:
			return p, "", without(Slow, err, "there were too many others before it at %s", host)
		}
		defer leave()
	}
	resp, err := f.visit(ctx, u, via, "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")
	if err != nil {
		return p, "", f.barred(u, err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
	case code >= 300 && code < 400 && resp.Header.Get("Location") != "":
		return p, resp.Header.Get("Location"), nil
	default:
		if wait := retryAfter(resp.Header, f.opt.Now()); wait > 0 && hostPort(u) != via.own {
			f.hosts.rest(hostPort(u), wait)
		}
		return p, "", without(kindOf(code), nil, "%s answers %s", host, standardStatus(code))
	}
	b, err := body(resp, maxPage)
	switch {
	case errors.Is(err, errTooLarge):
		return p, "", without(TooLarge, nil, "its page is larger than %s", size(maxPage))
	case err != nil:
		return p, "", f.barred(u, err)
	}
	return page{body: b, contentType: resp.Header.Get("Content-Type"), url: u}, "", nil
}

// judge says what can be said of an address before it is resolved.
func (f *Fetcher) judge(u *url.URL, via route) error {
	if hostPort(u) == via.feed {
		return f.guard.checkURL(u, via.own)
	}
	return f.strict.checkURL(u, "")
}

// visit makes one request.
func (f *Fetcher) visit(ctx context.Context, u *url.URL, via route, accept string) (*http.Response, error) {
	if err := f.judge(u, via); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", f.opt.UserAgent)
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Encoding", "gzip")
	over := f.closed
	if hostPort(u) == via.feed {
		over = f.over(u, via.own)
	}
	return over.RoundTrip(req)
}

// barred says why there is no page.
func (f *Fetcher) barred(u *url.URL, err error) *ArticleError {
	host := u.Hostname()
	var (
		no      *forbidden
		timeout interface{ Timeout() bool }
		verify  *tls.CertificateVerificationError
		dns     *net.DNSError
		coding  unknownCoding
	)
	switch {
	case errors.As(err, &no):
		return without(Refused, err, "%s, which parley does not fetch from", at(u, no))
	case host == "" || u.Scheme != "http" && u.Scheme != "https":
		return without(BadAddress, err, "it leads to an address that cannot be fetched")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.As(err, &timeout) && timeout.Timeout():
		return without(Slow, err, "%s gave no answer in time", host)
	case errors.As(err, &dns):
		return without(Unreachable, err, "the name %s cannot be looked up", host)
	case errors.As(err, &verify):
		return without(Unreachable, err, "the certificate of %s is not to be trusted", host)
	case errors.As(err, &coding):
		return without(Troubled, err, "%s sends its page encoded as %q", host, string(coding))
	case errors.Is(err, errBadCoding):
		return without(Troubled, err, "the page from %s cannot be decompressed", host)
	}
	return without(Unreachable, err, "no page came from %s", host)
}

func kindOf(code int) Kind {
	switch {
	case code == http.StatusNotFound:
		return Missing
	case code == http.StatusGone:
		return Gone
	case code == http.StatusPaymentRequired:
		return Paywalled
	case code == http.StatusTooManyRequests:
		return Limited
	case code >= 400 && code < 500:
		return Denied
	}
	return Troubled
}
