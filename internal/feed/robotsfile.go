package feed

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// robotsFiles remembers what hosts say to visitors, each asked once a day.
type robotsFiles struct {
	mu    sync.Mutex
	known map[string]*robotsFile // by scheme, host and port
	size  int                    // of all that are known
}

type robotsFile struct {
	robots
	ready chan struct{} // closed when robots is there
	until time.Time     // then it is asked anew; zero while it is asked
}

const (
	robotsFor     = 24 * time.Hour   // RFC 9309 has nobody keep them for longer
	robotsAgain   = 15 * time.Minute // where nobody could say
	robotsTimeout = 10 * time.Second
	maxRobotsBody = 2 << 20 // bytes; what is larger says nothing
	robotsMemory  = 8 << 20 // bytes of all files together; then all are forgotten
)

// robotsOf returns what the host of u says to us. It asks for it where that is not
// known, once for all who wait; it goes on asking when one of them gives up, so
// that the next finds the answer.
func (f *Fetcher) robotsOf(ctx context.Context, u *url.URL, via route) (robots, error) {
	key := u.Scheme + "://" + hostPort(u)
	now := f.opt.Now()
	f.rules.mu.Lock()
	file := f.rules.known[key]
	if file == nil || !file.until.IsZero() && !now.Before(file.until) {
		file = &robotsFile{ready: make(chan struct{})}
		if f.rules.known == nil || f.rules.size > robotsMemory {
			f.rules.known, f.rules.size = map[string]*robotsFile{}, 0
		}
		f.rules.known[key] = file
		go f.learn(context.WithoutCancel(ctx), file, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: robotsPath}, via)
	}
	f.rules.mu.Unlock()
	select {
	case <-file.ready:
		return file.robots, nil
	case <-ctx.Done():
		return robots{}, ctx.Err()
	}
}

// learn fills in what a host says.
func (f *Fetcher) learn(ctx context.Context, file *robotsFile, u *url.URL, via route) {
	ctx, cancel := context.WithTimeout(ctx, robotsTimeout)
	defer cancel()
	rules, keep := f.askRobots(ctx, u, via)
	f.rules.mu.Lock()
	file.robots, file.until = rules, f.opt.Now().Add(keep)
	f.rules.size += rules.size()
	f.rules.mu.Unlock()
	close(file.ready)
}

// askRobots fetches a robots.txt. One that does not exist forbids nothing; where
// the host is in trouble, nothing may be fetched for a while.
func (f *Fetcher) askRobots(ctx context.Context, u *url.URL, via route) (robots, time.Duration) {
	none := robots{none: true}
	for hop := 0; hop <= maxRedirects; hop++ {
		resp, err := f.visit(ctx, u, via, "text/plain, */*;q=0.5")
		if err != nil {
			return none, robotsAgain
		}
		to := resp.Header.Get("Location")
		switch code := resp.StatusCode; {
		case code == http.StatusOK:
			b, err := body(resp, maxRobotsBody)
			_ = resp.Body.Close()
			if err != nil {
				return none, robotsAgain
			}
			return parseRobots(decode(b, resp.Header.Get("Content-Type")), productOf(f.opt.UserAgent)), robotsFor
		case code >= 300 && code < 400 && to != "":
			_ = resp.Body.Close()
			next, err := u.Parse(to)
			if err != nil {
				return robots{}, robotsFor
			}
			next.User = nil
			u = next
			continue
		case code >= 500, code == http.StatusTooManyRequests:
			_ = resp.Body.Close()
			return none, robotsAgain
		}
		_ = resp.Body.Close()
		return robots{}, robotsFor // 404 and the like: there are no rules
	}
	return robots{}, robotsFor // as RFC 9309 has it of too many redirects
}
