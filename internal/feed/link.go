package feed

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// longestLink bounds links; longer ones are no addresses of articles.
const longestLink = 2 << 10

// resolveLink makes link absolute against base, which may be nil. It returns
// nil for what is no web address.
func resolveLink(base *url.URL, link string) *url.URL {
	link = strings.TrimSpace(link)
	if link == "" || len(link) > longestLink {
		return nil
	}
	u, err := url.Parse(link)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil
	}
	return u
}

// canonicalLink writes u so that the ways feeds link to one article look
// alike and still open: without tracking parameters, fragment and sign-in,
// off the mobile and AMP hosts.
func canonicalLink(u *url.URL) string {
	c := *u
	c.User = nil
	unwrapAMP(&c)
	c.Scheme = strings.ToLower(c.Scheme)
	host, port := strings.ToLower(c.Hostname()), c.Port()
	host = strings.TrimSuffix(host, ".")
	if rest, ok := desktopHost(host); ok {
		host = rest
	}
	if port == "" || c.Scheme == "http" && port == "80" || c.Scheme == "https" && port == "443" {
		c.Host = host
		if strings.Contains(host, ":") {
			c.Host = "[" + host + "]"
		}
	} else {
		c.Host = net.JoinHostPort(host, port)
	}
	if !strings.HasPrefix(c.Fragment, "!") { // "#!/…" is a page of its own
		c.Fragment, c.RawFragment = "", ""
	}
	for _, amp := range []string{"/amp/", "/amp", ".amp"} {
		if p, ok := strings.CutSuffix(c.Path, amp); ok && p != "" {
			c.Path, c.RawPath = p, ""
			break
		}
	}
	if c.Path == "" {
		c.Path = "/"
	}
	if c.RawQuery != "" {
		parts := strings.Split(c.RawQuery, "&")
		parts = slices.DeleteFunc(parts, func(p string) bool {
			name, value, _ := strings.Cut(p, "=")
			return p == "" || tracking(strings.ToLower(name), strings.ToLower(value))
		})
		c.RawQuery = strings.Join(parts, "&")
	}
	c.ForceQuery = false
	return c.String()
}

// sameArticle reduces a canonical link to what identifies the article: scheme,
// "www.", a closing slash and the order of parameters make no difference.
func sameArticle(canonical string) string {
	_, s, _ := strings.Cut(canonical, "://")
	s = strings.TrimPrefix(s, "www.")
	s, query, _ := strings.Cut(s, "?")
	s = strings.TrimRight(s, "/")
	if query != "" {
		parts := strings.Split(query, "&")
		slices.Sort(parts)
		s += "?" + strings.Join(parts, "&")
	}
	return s
}

// desktopHost returns the host that a mobile or AMP host stands for.
func desktopHost(host string) (string, bool) {
	for _, p := range []string{"m.", "mobile.", "amp."} {
		if rest, ok := strings.CutPrefix(host, p); ok && strings.Contains(rest, ".") {
			return rest, true
		}
	}
	if rest, ok := strings.CutPrefix(host, "www.m."); ok && strings.Contains(rest, ".") {
		return "www." + rest, true
	}
	return host, false
}

// unwrapAMP replaces the address of a page in Google's AMP cache or viewer
// with that of the page itself: …cdn.ampproject.org/c/s/example.org/x and
// www.google.com/amp/s/example.org/x are https://example.org/x.
func unwrapAMP(u *url.URL) {
	host := strings.ToLower(u.Hostname())
	var rest string
	switch {
	case strings.HasSuffix(host, ".cdn.ampproject.org"), host == "cdn.ampproject.org":
		kind, after, ok := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		if !ok || kind != "c" && kind != "v" && kind != "wp" {
			return
		}
		rest = after
	case host == "www.google.com" && strings.HasPrefix(u.Path, "/amp/"):
		rest = strings.TrimPrefix(u.Path, "/amp/")
	default:
		return
	}
	scheme := "http"
	if after, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https", after
	}
	name, path, _ := strings.Cut(rest, "/")
	if !strings.Contains(name, ".") || strings.ContainsAny(name, "@:[] ") {
		return
	}
	u.Scheme, u.Host, u.Path, u.RawPath = scheme, name, "/"+path, ""
}

// tracking tells parameters that say where a reader came from apart from those
// that say which article it is. The names are those that outlets, advertising
// networks and newsletters document or use.
func tracking(name, value string) bool {
	for _, prefix := range []string{"utm_", "at_", "ns_", "mc_", "pk_", "mtm_", "_hs", "hsa_", "oly_", "vero_", "wt."} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "igshid", "igsh", "li_fat_id", "_openstat",
		"mkt_tok", "spm", "cmpid", "icid", "ncid", "xtor", "ocid", "ito", "smid", "smtyp", "emc", "partner", "feedtype", "feedname",
		"traffic_source", "maca", "ref_src", "ref_url", "guccounter", "guce_referrer", "guce_referrer_sig", "__twitter_impression",
		"wt_mc", "wtmc", "sc_src", "s_cid", "rssfeed", "amp", "outputtype":
		return true
	case "ref", "source", "src", "from", "cmp", "via", "f", "rss", "campaign", "medium":
		return value == "" || value == "1" || value == "true" || strings.Contains(value, "rss") || strings.Contains(value, "feed") || value == "twitter" || value == "facebook"
	}
	return false
}
