package feed

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/news"
)

// Options say how a Fetcher behaves. The zero value of each means its default.
type Options struct {
	UserAgent string // default "parley (feed reader)"; say who you are and where you can be reached

	ConnectTimeout time.Duration // name, connection and TLS; default 10 s
	HeaderTimeout  time.Duration // from the request to the end of the answer's header; default 15 s
	Timeout        time.Duration // the whole exchange with its redirects and body, not the wait for a place; default 30 s
	MaxBytes       int64         // of a body, before and after decompression; default 10 MB

	PerHost int           // requests at once to one host; default 2
	Pace    time.Duration // between the starts of two requests to one host; default 250 ms, negative: none

	AllowPrivate []netip.Prefix // ranges that may be reached although they are not public
	Proxy        *url.URL       // for all requests but those to a configured loopback address; the environment's proxies are never used
	Resolver     *net.Resolver  // default: the system's

	Now       func() time.Time  // default time.Now
	Log       *slog.Logger      // default: none
	Transport http.RoundTripper // stands in for the network in tests: nothing is dialled, so nothing is guarded
}

func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&o.ConnectTimeout, 10*time.Second)
	def(&o.HeaderTimeout, 15*time.Second)
	def(&o.Timeout, 30*time.Second)
	def(&o.Pace, 250*time.Millisecond)
	if o.UserAgent == "" {
		o.UserAgent = "parley (feed reader)"
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 10 << 20
	}
	if o.PerHost <= 0 {
		o.PerHost = 2
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// A Fetcher fetches feeds. It is safe for use by many goroutines.
//
// Every address is judged when it is dialled, after its name was resolved, and
// so is that of every redirect: what is not public is refused. Two things are
// exempt, because the operator wrote them into the configuration: the ranges
// of Options.AllowPrivate, and, for a feed whose url names localhost or a
// literal loopback address, that very host and port. Such a feed is not held
// back by the limits per host either; they are owed to other people's
// machines.
//
// Behind Options.Proxy it is the proxy that resolves names and so decides what
// may be reached; only literal addresses are then judged here.
type Fetcher struct {
	opt    Options
	guard  guard
	strict guard // of articles: a stranger's link opens no private range
	hosts  hosts
	rules  robotsFiles

	public http.RoundTripper
	closed http.RoundTripper // public, under the strict guard
	pages  chan struct{}     // places to take pages apart, which is work
	mu     sync.Mutex
	own    map[string]http.RoundTripper // by host and port of ownLoopback; apart, since connections are reused unseen
}

// NewFetcher returns a Fetcher.
func NewFetcher(o Options) *Fetcher {
	o = o.withDefaults()
	f := &Fetcher{
		opt:   o,
		guard: newGuard(o.AllowPrivate), strict: newGuard(nil),
		hosts: hosts{now: o.Now, atOnce: o.PerHost, pace: max(0, o.Pace)},
		own:   map[string]http.RoundTripper{},
		pages: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	if o.Transport != nil {
		f.public, f.closed = o.Transport, o.Transport
		return f
	}
	f.public = f.transport(f.guard.control, o.Proxy)
	f.closed = f.public
	if len(o.AllowPrivate) > 0 { // apart, since connections are reused unseen
		f.closed = f.transport(f.strict.control, o.Proxy)
	}
	return f
}

// Close closes the connections that are kept for reuse.
func (f *Fetcher) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	closeIdle(f.public)
	closeIdle(f.closed)
	for _, t := range f.own {
		closeIdle(t)
	}
}

func closeIdle(t http.RoundTripper) {
	if c, ok := t.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// transport returns a transport whose every dial goes through control, or to
// proxy where there is one.
func (f *Fetcher) transport(control controlFunc, proxy *url.URL) *http.Transport {
	dialer := &net.Dialer{
		Timeout:        f.opt.ConnectTimeout,
		Resolver:       f.opt.Resolver,
		ControlContext: control,
	}
	t := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    f.opt.ConnectTimeout,
		ResponseHeaderTimeout:  f.opt.HeaderTimeout,
		MaxResponseHeaderBytes: 256 << 10,
		DisableCompression:     true, // decoded in body.go, where the result is bounded
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    f.opt.PerHost,
		IdleConnTimeout:        90 * time.Second,
	}
	if proxy != nil {
		// the proxy's own address is the operator's word; it is often private
		t.Proxy = http.ProxyURL(proxy)
		dialer.ControlContext = nil
	}
	return t
}

// over returns the transport for a request to u on behalf of a feed that owns
// the loopback address own.
func (f *Fetcher) over(u *url.URL, own string) http.RoundTripper {
	if f.opt.Transport != nil || own == "" || hostPort(u) != own {
		return f.public
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.own[own]
	if t == nil {
		t = f.transport(f.guard.loopbackOnly, nil) // a proxy's localhost is another machine's
		f.own[own] = t
	}
	return t
}

// Validators are what a server gave with its last full answer, to be handed
// back so that it can say that nothing has changed.
type Validators struct {
	ETag         string
	LastModified string
}

// An Answer is what a server said of a feed.
type Answer struct {
	NotModified bool   // 304: there is no body, what is stored stands
	Body        []byte // decompressed, otherwise as it came
	ContentType string // as declared
	Validators         // to keep for the next time; after a 304 those that were sent, unless it renewed them
	Status      int
	URL         string        // that answered in the end
	Moved       string        // where the feed has moved for good (301, 308 from its configured url on), or empty
	MaxAge      time.Duration // how long the server calls the answer fresh, 0 if it does not say
}

// maxRedirects is how many redirects are followed.
const maxRedirects = 5

// Fetch asks for a feed. It waits for a place at the feed's host first. Every
// error is an *Error, except when ctx ends: then it is ctx's.
func (f *Fetcher) Fetch(ctx context.Context, n news.Feed, v Validators) (Answer, error) {
	u, err := url.Parse(n.URL)
	if err != nil {
		return Answer{}, fault(n, BadAddress, err, "its url cannot be understood; correct it in the configuration")
	}
	own := ownLoopback(u)
	if err := f.guard.checkURL(u, own); err != nil {
		return Answer{}, f.refuse(n, u, 0, err)
	}
	if own == "" {
		leave, err := f.hosts.enter(ctx, hostPort(u))
		if err != nil {
			return Answer{}, err
		}
		defer leave()
	}

	began := f.opt.Now()
	limited, cancel := context.WithTimeout(ctx, f.opt.Timeout)
	defer cancel()
	a, err := f.follow(limited, n, u, own, v)
	took := f.opt.Now().Sub(began)
	if err != nil {
		if ctx.Err() != nil {
			return Answer{}, ctx.Err()
		}
		f.opt.Log.LogAttrs(ctx, slog.LevelDebug, "feed not fetched", slog.String("feed", n.Name), slog.String("why", err.Error()), slog.Duration("took", took))
		return Answer{}, err
	}
	f.opt.Log.LogAttrs(ctx, slog.LevelDebug, "feed fetched", slog.String("feed", n.Name), slog.Int("status", a.Status), slog.Int("bytes", len(a.Body)), slog.Duration("took", took))
	return a, nil
}

// follow asks u and every place it redirects to.
func (f *Fetcher) follow(ctx context.Context, n news.Feed, u *url.URL, own string, v Validators) (Answer, error) {
	moved, permanent := "", true
	for hop := 0; ; hop++ {
		if err := f.guard.checkURL(u, own); err != nil {
			return Answer{}, f.refuse(n, u, hop, err)
		}
		if d := f.hosts.resting(hostPort(u)); d > 0 {
			e := fault(n, Limited, nil, "%s asked to be left alone for another %s; it is asked again after that", u.Hostname(), round(d))
			e.RetryAfter = d
			return Answer{}, e
		}
		a, to, err := f.ask(ctx, n, u, own, v)
		if err != nil {
			return Answer{}, err
		}
		if to == "" {
			a.URL, a.Moved = u.Redacted(), moved
			return a, nil
		}
		if hop == maxRedirects {
			return Answer{}, fault(n, BadRedirects, nil, "more than %d redirects; open its url in a browser and configure where it ends", maxRedirects)
		}
		next, err := u.Parse(to)
		if err != nil {
			return Answer{}, fault(n, BadRedirects, err, "%s redirects to an address that cannot be understood", u.Hostname())
		}
		if own := u.User; own != nil && next.Host == u.Host && next.User == nil {
			next.User = own // the configured sign-in is for this host, and stays there
		}
		permanent = permanent && (a.Status == http.StatusMovedPermanently || a.Status == http.StatusPermanentRedirect)
		if permanent {
			bare := *next
			bare.User = nil
			moved = bare.String()
		}
		u = next
	}
}

// ask makes one request. It returns the answer, or where a redirect leads.
func (f *Fetcher) ask(ctx context.Context, n news.Feed, u *url.URL, own string, v Validators) (a Answer, to string, err error) {
	var phase atomic.Int32
	trace := &httptrace.ClientTrace{
		GotConn:              func(httptrace.GotConnInfo) { phase.Store(waiting) },
		GotFirstResponseByte: func() { phase.Store(reading) },
	}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return a, "", fault(n, BadAddress, err, "its url cannot be asked; correct it in the configuration")
	}
	h := req.Header
	h.Set("User-Agent", f.opt.UserAgent)
	h.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5")
	h.Set("Accept-Encoding", "gzip")
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
	if u.User != nil {
		password, _ := u.User.Password()
		req.SetBasicAuth(u.User.Username(), password)
	}
	// RoundTrip rather than a Client: redirects are followed here, where each is judged.
	resp, err := f.over(u, own).RoundTrip(req)
	if err != nil {
		return a, "", f.unreached(n, u, phase.Load(), err)
	}
	defer func() { _ = resp.Body.Close() }() // unread, where there is no feed: draining it could take for ever
	a = Answer{Status: resp.StatusCode, Validators: v}
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if to = resp.Header.Get("Location"); to == "" {
			return a, "", fault(n, BadRedirects, nil, "%s answers %s without saying where to", u.Hostname(), resp.Status)
		}
		return a, to, nil
	case http.StatusNotModified:
		if v == (Validators{}) {
			return a, "", fault(n, Troubled, nil, "%s says that nothing has changed, although it was not asked; it is asked again", u.Hostname())
		}
		a.NotModified = true
		a.renew(resp.Header)
		a.MaxAge = maxAge(resp.Header)
		return a, "", nil
	default:
		e := f.unwelcome(n, u, resp)
		if e.RetryAfter > 0 && own == "" {
			f.hosts.rest(hostPort(u), e.RetryAfter)
		}
		return a, "", e
	}
	if a.Body, err = body(resp, f.opt.MaxBytes); err != nil {
		return a, "", f.unread(n, u, err)
	}
	a.ContentType = resp.Header.Get("Content-Type")
	a.Validators = Validators{}
	a.renew(resp.Header)
	a.MaxAge = maxAge(resp.Header)
	return a, "", nil
}

// renew takes over the validators of an answer. Absurdly long ones are not
// kept: they would be sent with every request.
func (a *Answer) renew(h http.Header) {
	const long = 1 << 10
	if e := h.Get("ETag"); e != "" && len(e) <= long {
		a.ETag = e
	}
	if m := h.Get("Last-Modified"); m != "" && len(m) <= long {
		a.LastModified = m
	}
}
