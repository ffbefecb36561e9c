package feed

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// A forbidden is an address that parley must not reach on a stranger's word.
type forbidden struct {
	addr netip.Addr
	what string
}

func (f *forbidden) Error() string {
	return fmt.Sprintf("%s is %s address", f.addr, f.a())
}

// a is what with its article.
func (f *forbidden) a() string {
	if strings.ContainsRune("aeiouI", rune(f.what[0])) {
		return "an " + f.what
	}
	return "a " + f.what
}

// reserved lists what is not the public internet, after the IANA registries of
// special-purpose addresses (RFC 6890), each with the word used in sentences.
// The first match wins.
func reserved() []reservedPrefix {
	list := []struct{ prefix, what string }{
		{"0.0.0.0/8", "unspecified"},
		{"10.0.0.0/8", "private"},
		{"100.64.0.0/10", "carrier-grade NAT"},
		{"127.0.0.0/8", "loopback"},
		{"169.254.169.254/32", "cloud metadata"},
		{"169.254.0.0/16", "link-local"},
		{"168.63.129.16/32", "cloud metadata"}, // Azure's, although it looks public
		{"172.16.0.0/12", "private"},
		{"192.0.0.0/24", "protocol"},
		{"192.0.2.0/24", "documentation"},
		{"192.88.99.0/24", "6to4 relay"},
		{"192.168.0.0/16", "private"},
		{"198.18.0.0/15", "benchmarking"},
		{"198.51.100.0/24", "documentation"},
		{"203.0.113.0/24", "documentation"},
		{"224.0.0.0/4", "multicast"},
		{"240.0.0.0/4", "reserved"}, // and the broadcast address
		{"::/128", "unspecified"},
		{"::1/128", "loopback"},
		{"::/96", "IPv4-compatible"},
		{"::ffff:0:0:0/96", "IPv4-translated"},
		{"64:ff9b:1::/48", "local NAT64"},
		{"100::/64", "discard"},
		{"2001::/23", "protocol"}, // Teredo, benchmarking, ORCHID
		{"2001:db8::/32", "documentation"},
		{"2002::/16", "6to4"},
		{"3fff::/20", "documentation"},
		{"5f00::/16", "segment routing"},
		{"fd00:ec2::254/128", "cloud metadata"},
		{"fc00::/7", "private"},
		{"fe80::/10", "link-local"},
		{"fec0::/10", "site-local"},
		{"ff00::/8", "multicast"},
	}
	out := make([]reservedPrefix, len(list))
	for i, r := range list {
		out[i] = reservedPrefix{netip.MustParsePrefix(r.prefix), r.what}
	}
	return out
}

type reservedPrefix struct {
	netip.Prefix
	what string
}

// A guard decides which addresses may be dialled.
type guard struct {
	reserved []reservedPrefix
	allowed  []netip.Prefix // private ranges that the operator opened
}

func newGuard(allowed []netip.Prefix) guard {
	g := guard{reserved: reserved()}
	for _, p := range allowed {
		if p.Addr().Is4In6() && p.Bits() >= 96 {
			p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
		g.allowed = append(g.allowed, p.Masked())
	}
	return g
}

// check returns a *forbidden if a may not be dialled. An IPv4 address that is
// mapped into IPv6, or reached through the well-known NAT64 prefix as on
// networks without IPv4, is judged as that IPv4 address.
func (g guard) check(a netip.Addr) error {
	asked := a
	a = a.WithZone("").Unmap()
	if nat64 := netip.MustParsePrefix("64:ff9b::/96"); nat64.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:16]))
	}
	for _, p := range g.allowed {
		if p.Contains(a) {
			return nil
		}
	}
	for _, p := range g.reserved {
		if p.Contains(a) {
			return &forbidden{asked, p.what}
		}
	}
	// All that is routed of IPv6 lies in one eighth of it.
	if global := netip.MustParsePrefix("2000::/3"); a.Is6() && !global.Contains(a) {
		return &forbidden{asked, "reserved"}
	}
	return nil
}

// control is called with the address that is about to be connected to, after
// every name was resolved: a name that changes its address between two
// look-ups gains nothing.
func (g guard) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("the address %q cannot be judged: %w", address, err)
	}
	return g.check(ap.Addr())
}

// loopbackOnly is the control for a host that the operator configured as
// localhost or as a literal loopback address: it opens loopback and nothing
// else that guard closes.
func (g guard) loopbackOnly(ctx context.Context, network, address string, c syscall.RawConn) error {
	if ap, err := netip.ParseAddrPort(address); err == nil && ap.Addr().Unmap().IsLoopback() {
		return nil
	}
	return g.control(ctx, network, address, c)
}

// checkURL judges what can be judged of an address before it is resolved: its
// scheme, and its host if that is a literal address. own is the loopback host
// and port that the operator configured for this feed, or empty.
func (g guard) checkURL(u *url.URL, own string) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("its scheme is %q, and only http and https are fetched", u.Scheme)
	}
	if u.Hostname() == "" {
		return fmt.Errorf("it names no host")
	}
	if hostPort(u) == own {
		return nil
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		return g.check(a)
	}
	return nil
}

// ownLoopback returns the host and port of u if u names localhost or a literal
// loopback address, and "" otherwise. Whoever writes that into the
// configuration has allowed that very host and port, and no other.
func ownLoopback(u *url.URL) string {
	if strings.EqualFold(u.Hostname(), "localhost") {
		return hostPort(u)
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil && a.Unmap().IsLoopback() {
		return hostPort(u)
	}
	return ""
}

// hostPort is the host and port of u in one spelling.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
