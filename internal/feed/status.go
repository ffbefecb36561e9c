package feed

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"parley/internal/news"
)

type controlFunc func(ctx context.Context, network, address string, c syscall.RawConn) error

// How far a request had come when it failed.
const (
	connecting int32 = iota
	waiting
	reading
)

// refuse says why an address is not asked at all.
func (f *Fetcher) refuse(n news.Feed, u *url.URL, hop int, err error) *Error {
	var no *forbidden
	switch {
	case errors.As(err, &no) && hop == 0:
		return fault(n, Refused, err, "%s, which parley does not fetch from; allow its range in the configuration if it is yours", at(u, no))
	case errors.As(err, &no):
		return fault(n, Refused, err, "it redirects to %s, which parley does not fetch from", at(u, no))
	case hop == 0:
		return fault(n, BadAddress, err, "its url cannot be fetched: %s; correct it in the configuration", err)
	}
	return fault(n, BadRedirects, err, "it redirects to an address that cannot be fetched: %s", err)
}

// at names a forbidden address together with the host that led there.
func at(u *url.URL, no *forbidden) string {
	if u.Hostname() == no.addr.String() {
		return no.Error()
	}
	return u.Hostname() + " leads to " + no.addr.String() + ", " + no.a() + " address"
}

// unreached says why there was no answer.
func (f *Fetcher) unreached(n news.Feed, u *url.URL, phase int32, err error) *Error {
	host := u.Hostname()
	var (
		no       *forbidden
		dns      *net.DNSError
		timeout  interface{ Timeout() bool }
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &no):
		return fault(n, Refused, err, "%s, which parley does not fetch from; allow its range in the configuration if it is yours", at(u, no))
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault(n, Slow, err, "%s; it is tried again", f.slow(host, phase))
	case errors.As(err, &dns) && dns.IsNotFound:
		return fault(n, Unreachable, err, "there is no host named %s; check the url of feed %s", host, n.Name)
	case errors.As(err, &dns):
		return fault(n, Unreachable, err, "the name %s cannot be looked up now; it is tried again", host)
	case errors.As(err, &unknown), errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &verify):
		return fault(n, Unreachable, err, "the certificate of %s is not to be trusted; tell the outlet, or check the url of feed %s", host, n.Name)
	case errors.As(err, &record):
		return fault(n, Unreachable, err, "%s does not speak TLS there; check whether the url of feed %s should begin with http://", host, n.Name)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fault(n, Unreachable, err, "%s refuses connections; it is tried again", hostPort(u))
	case phase == connecting:
		return fault(n, Unreachable, err, "no connection to %s; it is tried again", host)
	}
	return fault(n, Troubled, err, "%s broke off before its answer was complete; it is tried again", host)
}

// slow says which time limit passed.
func (f *Fetcher) slow(host string, phase int32) string {
	switch phase {
	case connecting:
		return "no connection to " + host + " within " + min(f.opt.ConnectTimeout, f.opt.Timeout).String()
	case waiting:
		return host + " gave no answer within " + min(f.opt.HeaderTimeout, f.opt.Timeout).String()
	}
	return host + " did not finish within " + f.opt.Timeout.String()
}

// unread says why the body of a good answer was of no use.
func (f *Fetcher) unread(n news.Feed, u *url.URL, err error) *Error {
	var coding unknownCoding
	switch {
	case errors.Is(err, errTooLarge):
		e := fault(n, TooLarge, nil, "%s sends more than %s, which is more than is read of any feed; look for a smaller one", u.Hostname(), size(f.opt.MaxBytes))
		e.Status = http.StatusOK
		return e
	case errors.As(err, &coding):
		return fault(n, Troubled, err, "%s sends its body encoded as %q, although only gzip was asked for", u.Hostname(), string(coding))
	case errors.Is(err, errBadCoding):
		return fault(n, Troubled, err, "the body from %s cannot be decompressed; it is tried again", u.Hostname())
	}
	return f.unreached(n, u, reading, err)
}

// unwelcome says what an answer without a feed means.
func (f *Fetcher) unwelcome(n news.Feed, u *url.URL, resp *http.Response) *Error {
	code := resp.StatusCode
	status := standardStatus(code)
	wait := retryAfter(resp.Header, f.opt.Now())
	var e *Error
	switch {
	case code == http.StatusNotFound:
		e = fault(n, Missing, nil, "%s: the feed is gone or the address is wrong; check the url of feed %s", status, n.Name)
	case code == http.StatusGone:
		e = fault(n, Gone, nil, "%s: the outlet has removed the feed for good; take feed %s out of the configuration or give it a new url", status, n.Name)
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable && wait > 0:
		e = fault(n, Limited, nil, "%s: %s asks for fewer requests%s; check feed %s less often if this stays", status, u.Hostname(), after(wait), n.Name)
	case code == http.StatusUnauthorized, code == http.StatusProxyAuthRequired:
		e = fault(n, Denied, nil, "%s: %s wants a sign-in; put it into the url of feed %s if you have one", status, u.Hostname(), n.Name)
	case code == http.StatusForbidden, code == http.StatusUnavailableForLegalReasons, code == http.StatusPaymentRequired:
		e = fault(n, Denied, nil, "%s: %s does not serve parley this feed; ask the outlet, or look for another url for feed %s", status, u.Hostname(), n.Name)
	case code >= 500, code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusMisdirectedRequest:
		e = fault(n, Troubled, nil, "%s: %s is in trouble%s; it is tried again", status, u.Hostname(), after(wait))
	case code >= 400:
		e = fault(n, Denied, nil, "%s: %s does not accept the request; check the url of feed %s", status, u.Hostname(), n.Name)
	default:
		e = fault(n, Troubled, nil, "%s: %s answers without a feed; it is tried again", status, u.Hostname())
	}
	e.Status, e.RetryAfter = code, wait
	return e
}

// standardStatus names a status in the standard's words: the server's own are a
// stranger's text.
func standardStatus(code int) string {
	if text := http.StatusText(code); text != "" {
		return strconv.Itoa(code) + " " + text
	}
	return strconv.Itoa(code)
}

func after(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return ", after " + round(d)
}

// round writes a wait for people.
func round(d time.Duration) string {
	switch {
	case d >= 2*time.Hour:
		return strconv.Itoa(int(d.Round(time.Hour)/time.Hour)) + " hours"
	case d >= 2*time.Minute:
		return strconv.Itoa(int(d.Round(time.Minute)/time.Minute)) + " minutes"
	}
	return strconv.Itoa(int((d+time.Second-1)/time.Second)) + " s"
}

func size(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// longestRest bounds what a server may ask for: a slip of its clock must not
// silence a feed for a year.
const longestRest = 24 * time.Hour

// retryAfter reads Retry-After, which is a number of seconds or a date, and
// returns 0 if there is none to be respected.
func retryAfter(h http.Header, now time.Time) time.Duration {
	s := strings.TrimSpace(h.Get("Retry-After"))
	if s == "" {
		return 0
	}
	if n, err := strconv.ParseUint(s, 10, 63); err == nil {
		if n >= uint64(longestRest/time.Second) {
			return longestRest
		}
		return time.Duration(n) * time.Second
	}
	t, err := http.ParseTime(s)
	if err != nil {
		return 0
	}
	return min(longestRest, max(0, t.Sub(now)))
}

// maxAge reads how long an answer stays fresh.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			if n, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 63); err == nil {
				return time.Duration(min(n, uint64(longestRest/time.Second))) * time.Second
			}
		}
	}
	return 0
}
