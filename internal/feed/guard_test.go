package feed_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"parley/internal/feed"
)

// names is a name server on loopback: each name answers with its addresses in
// turn, one a question.
type names struct {
	mu   sync.Mutex
	next map[string][]netip.Addr
}

func (n *names) set(name string, addrs ...string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == nil {
		n.next = map[string][]netip.Addr{}
	}
	for _, a := range addrs {
		n.next[name+"."] = append(n.next[name+"."], netip.MustParseAddr(a))
	}
}

// take returns the address a name has now; the last one stays.
func (n *names) take(name string, v6 bool) (netip.Addr, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	q := n.next[name]
	if len(q) == 0 || q[0].Is4() == v6 {
		return netip.Addr{}, false
	}
	if len(q) > 1 {
		n.next[name] = q[1:]
	}
	return q[0], true
}

func (n *names) answer(packet []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(packet); err != nil {
		return nil, err
	}
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	for _, q := range m.Questions {
		if q.Type != dnsmessage.TypeA && q.Type != dnsmessage.TypeAAAA {
			continue
		}
		a, ok := n.take(q.Name.String(), q.Type == dnsmessage.TypeAAAA)
		if !ok {
			continue
		}
		r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}}
		if a.Is4() {
			r.Body = &dnsmessage.AResource{A: a.As4()}
		} else {
			r.Body = &dnsmessage.AAAAResource{AAAA: a.As16()}
		}
		m.Answers = append(m.Answers, r)
	}
	return m.Pack()
}

func (n *names) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			k, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if out, err := n.answer(buf[:k]); err == nil {
				_, _ = conn.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// on serves h at a loopback address of its own and returns host:port.
func on(t *testing.T, address string, h http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(h)
	_ = s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return l.Addr().String()
}

func port(t *testing.T, hostPort string) string {
	t.Helper()
	_, p, err := net.SplitHostPort(hostPort)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every address that is not public is refused: as a literal, when a name leads to
// it, and when a page of the public internet redirects there, to the literal or
// to the name. Names are looked up and dialled for real, at a name server of the
// test's own.
func TestForbiddenAddresses(t *testing.T) {
	tests := []struct{ addr, word string }{
		{"0.0.0.0", "an unspecified"},
		{"0.1.2.3", "an unspecified"},
		{"10.0.0.1", "a private"},
		{"100.64.0.1", "a carrier-grade NAT"},
		{"100.100.100.200", "a carrier-grade NAT"}, // Alibaba's metadata
		{"127.0.0.1", "a loopback"},
		{"127.8.9.10", "a loopback"},
		{"168.63.129.16", "a cloud metadata"},
		{"169.254.1.1", "a link-local"},
		{"169.254.169.254", "a cloud metadata"},
		{"172.16.0.1", "a private"},
		{"172.31.255.255", "a private"},
		{"192.0.0.192", "a protocol"}, // Oracle's metadata
		{"192.0.2.1", "a documentation"},
		{"192.88.99.1", "a 6to4 relay"},
		{"192.168.1.1", "a private"},
		{"198.18.0.1", "a benchmarking"},
		{"198.51.100.1", "a documentation"},
		{"203.0.113.1", "a documentation"},
		{"224.0.0.1", "a multicast"},
		{"240.0.0.1", "a reserved"},
		{"255.255.255.255", "a reserved"},
		{"::", "an unspecified"},
		{"::1", "a loopback"},
		{"::7f00:1", "an IPv4-compatible"},
		{"::ffff:0:7f00:1", "an IPv4-translated"},
		{"::ffff:127.0.0.1", "a loopback"},
		{"::ffff:10.0.0.1", "a private"},
		{"::ffff:169.254.169.254", "a cloud metadata"},
		{"64:ff9b::7f00:1", "a loopback"},
		{"64:ff9b::a9fe:a9fe", "a cloud metadata"},
		{"64:ff9b:1::808:808", "a local NAT64"},
		{"100::1", "a discard"},
		{"2001::1", "a protocol"}, // Teredo
		{"2001:db8::1", "a documentation"},
		{"2002:7f00:1::", "a 6to4"},
		{"2002:808:808::1", "a 6to4"},
		{"3fff::1", "a documentation"},
		{"5f00::1", "a segment routing"},
		{"4000::1", "a reserved"},
		{"fc00::1", "a private"},
		{"fd00:ec2::254", "a cloud metadata"},
		{"fd12:3456::1", "a private"},
		{"fe80::1", "a link-local"},
		{"fec0::1", "a site-local"},
		{"ff02::1", "a multicast"},
	}
	ns := &names{}
	resolver := ns.resolver(t)
	outlet := on(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusMovedPermanently)
	})
	// Nothing is to be reached; if something is, it takes no longer than this.
	f := fetcher(t, feed.Options{
		Resolver: resolver, ConnectTimeout: 2 * time.Second, PerHost: 100, Pace: -1,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}, // stands for the public internet
	})
	redirected := func(to string) *feed.Error {
		_, err := f.Fetch(t.Context(), dawn("http://outlet.test:"+port(t, outlet)+"/?to="+url.QueryEscape(to)), feed.Validators{})
		return asError(t, err)
	}
	ns.set("outlet.test", "127.0.0.2")
	for i, tt := range tests {
		t.Run(tt.addr, func(t *testing.T) {
			a := netip.MustParseAddr(tt.addr)
			host := tt.addr
			if a.Is6() {
				host = "[" + host + "]"
			}
			if !a.IsLoopback() && !a.Unmap().IsLoopback() { // configured as such, those are the operator's word
				_, err := f.Fetch(t.Context(), dawn("http://"+host+":8099/feed"), feed.Validators{})
				if e := asError(t, err); e.Kind != feed.Refused || !strings.Contains(e.Sentence, tt.word+" address") {
					t.Errorf("configured: %s: %s", e.Kind, e)
				}
			}
			if e := redirected("http://" + host + ":8099/feed"); e.Kind != feed.Refused || !strings.Contains(e.Sentence, tt.word+" address") {
				t.Errorf("redirect to the literal: %s: %s", e.Kind, e)
			}
			if a.Is4In6() {
				return // a name server gives the plain IPv4 address
			}
			name := fmt.Sprintf("host%d.test", i)
			ns.set(name, tt.addr)
			_, err := f.Fetch(t.Context(), dawn("http://"+name+":8099/feed"), feed.Validators{})
			e := asError(t, err)
			if e.Kind == feed.Unreachable && a.Is6() && noIPv6() {
				t.Skip("this machine cannot dial IPv6")
			}
			if e.Kind != feed.Refused || !strings.Contains(e.Sentence, name+" leads to "+tt.addr+", "+tt.word+" address") {
				t.Errorf("by name: %s: %s", e.Kind, e)
			}
			if e := redirected("http://" + name + ":8099/feed"); e.Kind != feed.Refused || !strings.Contains(e.Sentence, tt.word+" address") {
				t.Errorf("redirect to the name: %s: %s", e.Kind, e)
			}
		})
	}
}

// noIPv6 tells whether not even a socket can be had for IPv6.
func noIPv6() bool {
	c, err := net.ListenPacket("udp6", "[::]:0")
	if err != nil {
		return true
	}
	_ = c.Close()
	return false
}

// With a listener that would answer: what is refused is never reached.
func TestGuardDialsForReal(t *testing.T) {
	var reached atomic.Int32
	secret := on(t, "127.0.0.1:0", func(w http.ResponseWriter, _ *http.Request) {
		reached.Add(1)
		_, _ = io.WriteString(w, document)
	})
	where := ""
	open := on(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			_, _ = io.WriteString(w, document)
			return
		}
		http.Redirect(w, r, where, http.StatusFound)
	})
	ns := &names{}
	ns.set("inside.test", "127.0.0.1")
	ns.set("open.test", "127.0.0.2")
	ns.set("turns.test", "127.0.0.2", "127.0.0.1")
	f := fetcher(t, feed.Options{
		Resolver: ns.resolver(t), Pace: -1,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}, // stands for the public internet
	})
	get := func(address string) error {
		_, err := f.Fetch(t.Context(), dawn(address), feed.Validators{})
		return err
	}
	if err := get("http://open.test:" + port(t, open) + "/feed"); err != nil {
		t.Fatalf("an allowed range: %v", err)
	}
	if err := get("http://" + secret + "/feed"); err != nil || reached.Swap(0) != 1 {
		t.Fatalf("a literal loopback address in the configuration: %v", err)
	}
	// From here on the secret's connection lies idle, ready to be used again.
	for what, address := range map[string]string{
		"by name":       "http://inside.test:" + port(t, secret) + "/feed",
		"user in front": "http://open.test@inside.test:" + port(t, secret) + "/",
	} {
		if e := asError(t, get(address)); e.Kind != feed.Refused {
			t.Errorf("%s: %s: %s", what, e.Kind, e)
		}
	}
	for what, target := range map[string]string{
		"redirect to a literal":       "http://" + secret + "/feed",
		"redirect to a name":          "http://inside.test:" + port(t, secret) + "/feed",
		"redirect to localhost":       "http://localhost:" + port(t, secret) + "/feed",
		"redirect to a mapped one":    "http://[::ffff:127.0.0.1]:" + port(t, secret) + "/feed",
		"redirect without a scheme":   "//" + secret + "/feed",
		"redirect to an odd spelling": "http://127.1:" + port(t, secret) + "/feed",
		"redirect to a number":        "http://2130706433:" + port(t, secret) + "/feed",
	} {
		where = target
		if e := asError(t, get("http://open.test:"+port(t, open)+"/away")); e.Kind != feed.Refused && e.Kind != feed.Unreachable {
			t.Errorf("%s: %s: %s", what, e.Kind, e)
		}
	}
	// A name that turns to another address between two look-ups.
	turns := "http://turns.test:" + port(t, open) + "/feed"
	if err := get(turns); err != nil {
		t.Fatalf("first look-up: %v", err)
	}
	f.Close() // so that it must be looked up again
	if e := asError(t, get(turns)); e.Kind != feed.Refused {
		t.Errorf("rebinding: %s: %s", e.Kind, e)
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("the secret was reached %d times", n)
	}
}

// A feed on the operator's own machine may redirect within its host and port,
// and nowhere else on loopback.
func TestOwnLoopback(t *testing.T) {
	var reached atomic.Int32
	other := on(t, "127.0.0.1:0", func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	where := "/feed"
	own := on(t, "127.0.0.1:0", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			_, _ = io.WriteString(w, document)
			return
		}
		http.Redirect(w, r, where, http.StatusFound)
	})
	ns := &names{}
	ns.set("localhost.test", "127.0.0.1")
	f := fetcher(t, feed.Options{Resolver: ns.resolver(t)})
	for _, host := range []string{"127.0.0.1", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]"} {
		where = "/feed"
		address := "http://" + host + ":" + port(t, own)
		if _, err := f.Fetch(t.Context(), dawn(address+"/away"), feed.Validators{}); err != nil {
			t.Errorf("%s: %v", host, err)
		}
		for _, target := range []string{"http://" + other + "/", "http://127.0.0.2:" + port(t, own) + "/feed", "http://10.0.0.1/", "http://localhost.test:" + port(t, own) + "/feed"} {
			where = target
			_, err := f.Fetch(t.Context(), dawn(address+"/away"), feed.Validators{})
			if e := asError(t, err); e.Kind != feed.Refused {
				t.Errorf("%s to %s: %s: %s", host, target, e.Kind, e)
			}
		}
	}
	if reached.Load() != 0 {
		t.Error("another port was reached")
	}
}

// The environment's proxies are not used; a configured one is, and it still is
// not asked for addresses that are plainly forbidden.
func TestProxies(t *testing.T) {
	var asked []string
	proxy := on(t, "127.0.0.1:0", func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		_, _ = io.WriteString(w, document)
	})
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "http://"+proxy)
	}
	ns := &names{}
	ns.set("inside.test", "127.0.0.1")
	f := fetcher(t, feed.Options{Resolver: ns.resolver(t)})
	_, err := f.Fetch(t.Context(), dawn("http://inside.test/feed"), feed.Validators{})
	if e := asError(t, err); e.Kind != feed.Refused || asked != nil {
		t.Errorf("environment: %s, asked %q", e, asked)
	}
	f = fetcher(t, feed.Options{Proxy: &url.URL{Scheme: "http", Host: proxy}})
	if _, err := f.Fetch(t.Context(), dawn("http://dawn.example/feed"), feed.Validators{}); err != nil {
		t.Errorf("configured: %v", err)
	}
	_, err = f.Fetch(t.Context(), dawn("http://169.254.169.254/latest"), feed.Validators{})
	if e := asError(t, err); e.Kind != feed.Refused {
		t.Errorf("literal through the proxy: %s", e)
	}
	// A feed on this machine is fetched without the proxy, and cannot send it anywhere private.
	own := on(t, "127.0.0.1:0", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
	})
	_, err = f.Fetch(t.Context(), dawn("http://"+own+"/feed"), feed.Validators{})
	if e := asError(t, err); e.Kind != feed.Refused {
		t.Errorf("redirect from loopback into the proxy: %s", e)
	}
	if fmt.Sprint(asked) != "[http://dawn.example/feed]" {
		t.Errorf("the proxy was asked for %q", asked)
	}
}

func TestUnreachable(t *testing.T) {
	ns := &names{}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	tls := httptest.NewUnstartedServer(http.NotFoundHandler())
	tls.Config.ErrorLog = log.New(io.Discard, "", 0) // it will complain of our distrust
	tls.StartTLS()
	defer tls.Close()
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	f := fetcher(t, feed.Options{Resolver: ns.resolver(t)})
	tests := []struct{ name, address, sentence string }{
		{"refused", closed.URL, "feed dawn: " + strings.TrimPrefix(closed.URL, "http://") + " refuses connections; it is tried again"},
		{"certificate", tls.URL, "feed dawn: the certificate of 127.0.0.1 is not to be trusted; tell the outlet, or check the url of feed dawn"},
		{"no TLS", strings.Replace(plain.URL, "http://", "https://", 1), "feed dawn: 127.0.0.1 does not speak TLS there; check whether the url of feed dawn should begin with http://"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := f.Fetch(t.Context(), dawn(tt.address), feed.Validators{})
			if e := asError(t, err); e.Kind != feed.Unreachable || e.Sentence != tt.sentence {
				t.Errorf("%s: %s", e.Kind, e)
			}
		})
	}
	_, err := f.Fetch(t.Context(), dawn("http://nobody.test/"), feed.Validators{})
	if e := asError(t, err); e.Kind != feed.Unreachable || !strings.Contains(e.Sentence, "nobody.test") {
		t.Errorf("no such name: %s: %s", e.Kind, e)
	}
}

// The link of an item is a stranger's word: it opens neither the machine nor the
// ranges that the operator opened for feeds, by no way, and neither does a
// robots.txt on the way. The feed's own host is open, wherever that is.
func TestArticleReachesNothingPrivate(t *testing.T) {
	var reached atomic.Int32
	secret := on(t, "127.0.0.1:0", func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	intranet := on(t, "127.0.0.3:0", func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	where, robots := "", ""
	outlet := on(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt" && robots != "":
			http.Redirect(w, r, robots, http.StatusFound)
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/1":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<article>"+paragraph+"</article>")
		default:
			http.Redirect(w, r, where, http.StatusFound)
		}
	})
	ns := &names{}
	ns.set("outlet.test", "127.0.0.2")
	ns.set("inside.test", "127.0.0.1")
	ns.set("intranet.test", "127.0.0.3")
	options := feed.Options{Resolver: ns.resolver(t), Pace: -1, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/31")}} // and the intranet
	f := fetcher(t, options)
	home := "http://outlet.test:" + port(t, outlet)
	get := func(link string) error {
		it := resumed
		it.Link = link
		_, err := f.Article(t.Context(), dawn(home+"/feed"), it)
		return err
	}
	if err := get(home + "/1"); err != nil {
		t.Fatalf("the feed's own host: %v", err)
	}
	if _, err := f.Fetch(t.Context(), dawn("http://"+intranet+"/"), feed.Validators{}); err != nil || reached.Swap(0) != 1 {
		t.Fatalf("a feed of the intranet: %v", err)
	}
	targets := map[string]string{
		"literal":                    "http://" + secret + "/x",
		"name":                       "http://inside.test:" + port(t, secret) + "/x",
		"localhost":                  "http://localhost:" + port(t, secret) + "/x",
		"mapped":                     "http://[::ffff:127.0.0.1]:" + port(t, secret) + "/x",
		"number":                     "http://2130706433:" + port(t, secret) + "/x",
		"user in front":              "http://outlet.test@inside.test:" + port(t, secret) + "/x",
		"intranet":                   "http://" + intranet + "/x",
		"intranet by name":           "http://intranet.test:" + port(t, intranet) + "/x",
		"another port of the outlet": "http://outlet.test:" + port(t, secret) + "/x",
	}
	for name, target := range targets {
		if err := get(target); err == nil {
			t.Errorf("%s: fetched", name)
		}
		where = target
		if err := get(home + "/away"); err == nil {
			t.Errorf("redirect to %s: fetched", name)
		}
		robots = target
		f = fetcher(t, options) // which has not asked for robots yet
		_ = get(home + "/1")
		robots = ""
		f = fetcher(t, options)
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("what is not public was reached %d times", n)
	}
}
