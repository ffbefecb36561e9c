package feed_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/feed"
)

// roundTrip stands in for the network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func reply(r *http.Request, status int, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(document)), Request: r, ContentLength: -1}
}

// No host gets more requests at once, or sooner, than is polite; and no host
// holds up another.
func TestFetchPerHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		type visit struct {
			host string
			at   time.Duration
		}
		visits := make(chan visit, 100)
		f := fetcher(t, feed.Options{PerHost: 2, Pace: time.Second, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			visits <- visit{r.URL.Host, time.Since(began)}
			if r.URL.Host == "slow.example" {
				time.Sleep(10 * time.Second)
			}
			return reply(r, 200, nil), nil
		})})
		for range 4 {
			for _, host := range []string{"slow.example", "quick.example"} {
				go func() {
					if _, err := f.Fetch(t.Context(), dawn("https://"+host+"/feed"), feed.Validators{}); err != nil {
						t.Error(err)
					}
				}()
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		close(visits)
		got := map[string][]time.Duration{}
		for v := range visits {
			got[v.host] = append(got[v.host], v.at)
		}
		want := map[string]string{
			"slow.example":  "[0s 1s 10s 11s]", // two at once, each for ten seconds
			"quick.example": "[0s 1s 2s 3s]",
		}
		for host, w := range want {
			if g := fmt.Sprint(got[host]); g != w {
				t.Errorf("%s was asked at %s, want %s", host, g, w)
			}
		}
	})
}

// A host that says Retry-After is left alone by all its feeds until then.
func TestFetchRestingHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		f := fetcher(t, feed.Options{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			asked++
			if asked == 1 {
				return reply(r, http.StatusTooManyRequests, http.Header{"Retry-After": {"600"}}), nil
			}
			return reply(r, 200, nil), nil
		})})
		fetch := func(address string) *feed.Error {
			_, err := f.Fetch(t.Context(), dawn(address), feed.Validators{})
			if err == nil {
				return nil
			}
			return asError(t, err)
		}
		if e := fetch("https://un.example/a"); e == nil || e.Kind != feed.Limited || e.RetryAfter != 10*time.Minute {
			t.Fatalf("first: %v", e)
		}
		time.Sleep(4 * time.Minute)
		e := fetch("https://un.example/b")
		if e == nil || e.Kind != feed.Limited || e.RetryAfter != 6*time.Minute || e.Sentence != "feed dawn: un.example asked to be left alone for another 6 minutes; it is asked again after that" {
			t.Errorf("second: %v", e)
		}
		if e := fetch("https://other.example/"); e != nil {
			t.Errorf("another host: %v", e)
		}
		time.Sleep(6 * time.Minute)
		if e := fetch("https://un.example/b"); e != nil {
			t.Errorf("after the rest: %v", e)
		}
		if asked != 3 {
			t.Errorf("asked %d times, want 3", asked)
		}
	})
}

// Who waits for a place may give up.
func TestFetchGivesUpWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fetcher(t, feed.Options{PerHost: 1, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})})
		go func() { _, _ = f.Fetch(t.Context(), dawn("https://un.example/a"), feed.Validators{}) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := f.Fetch(ctx, dawn("https://un.example/b"), feed.Validators{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		time.Sleep(time.Minute) // the first ends by its own limit
	})
}
