//go:build linux

package faults_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// states are the parties of invented talks, two by two.
var states = strings.Fields(`Kenya Chad Peru Bolivia Ghana Togo Nepal Bhutan Laos Cambodia Malawi Zambia Angola Namibia
	Chile Argentina Fiji Samoa Gabon Cameroon Kuwait Bahrain Albania Serbia Latvia Belarus Benin Niger Mali Senegal
	Botswana Lesotho Ecuador Colombia Honduras Nicaragua Panama Cuba Malaysia Thailand Mongolia Kazakhstan Uganda Rwanda
	Burundi Tanzania Liberia Guinea Iceland Denmark Finland Estonia Croatia Slovenia Bulgaria Romania Cyprus Malta Austria
	Hungary Morocco Algeria Tunisia Libya Jamaica Haiti Belize Guatemala Paraguay Uruguay Bangladesh Indonesia Tajikistan
	Uzbekistan Armenia Georgia Mozambique Madagascar Ireland Portugal`)

// mediators name where they host talks.
var mediators = []struct{ name, city string }{{"Oman", "Muscat"}, {"Qatar", "Doha"}, {"Switzerland", "Geneva"}, {"Norway", "Oslo"}, {"Egypt", "Cairo"}}

// parties of a negotiation, and who mediates where.
type parties struct{ a, b, mediator, city string }

func negotiation(g int) parties {
	m := mediators[g%len(mediators)]
	return parties{states[2*g%len(states)], states[(2*g+1)%len(states)], m.name, m.city}
}

func (p parties) pair() string { return p.a + "-" + p.b }

func id(name string) string { return strings.ToLower(name) }

// story is the headline of a negotiation's s-th happening: rounds are announced,
// open and end, each a development of its own; an end is an update of the opening.
func (p parties) story(s int, now time.Time) string {
	round := 2 + s/3
	switch s % 3 {
	case 0:
		day := now.UTC().AddDate(0, 0, 10+round) // far off, so that nobody is reminded of it
		return fmt.Sprintf("%s says round %d of %s talks will be held in %s on %s", p.mediator, round, p.pair(), p.city, day.Format("2 January"))
	case 1:
		return fmt.Sprintf("Round %d of %s talks opens in %s", round, p.pair(), p.city)
	default:
		return fmt.Sprintf("Round %d of %s talks ends in %s, %s says", round, p.pair(), p.city, p.mediator)
	}
}

// An entry is an item of an outlet.
type entry struct {
	ID        string    `json:"id"`
	Feed      string    `json:"feed"`
	Title     string    `json:"title"`
	Link      string    `json:"link"`
	Published time.Time `json:"published"`
}

// outlets print feeds.
type outlets struct {
	*httptest.Server
	now  func() time.Time
	also http.HandlerFunc // answers for outlets of other kinds

	mu      sync.Mutex
	printed [][]entry      // by group, of first outlets
	again   [][]entry      // by group, of second outlets
	calls   map[string]int // path → requests
	slow    time.Duration  // before each answer
	all     []entry        // in the order of printing
	busy    int            // requests under way
}

func newOutlets(t *testing.T, now func() time.Time) *outlets {
	o := &outlets{now: now, calls: map[string]int{}, slow: 50 * time.Millisecond}
	o.Server = httptest.NewServer(http.HandlerFunc(o.serve))
	t.Cleanup(func() {
		o.CloseClientConnections()
		o.Close()
	})
	return o
}

func (o *outlets) url(which string, group int) string {
	return fmt.Sprintf("%s/%s/%d", o.URL, which, group)
}

// print adds the next story of a group.
func (o *outlets) print(group int, twice bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.printed) <= group {
		o.printed, o.again = append(o.printed, nil), append(o.again, nil)
	}
	s := len(o.printed[group])
	title := negotiation(group).story(s, o.now())
	add := func(to *[]entry, outlet, title string) {
		// Feeds tell time in seconds, and what is told in one second has no order.
		at := o.now().Truncate(time.Second)
		if n := len(*to); n > 0 && !at.After((*to)[n-1].Published) {
			at = (*to)[n-1].Published.Add(time.Second)
		}
		e := entry{fmt.Sprintf("%s-%d-%d", outlet, group, s), fmt.Sprintf("%s-%d", outlet, group), title, fmt.Sprintf("https://%s-%d.example/%d", outlet, group, s), at}
		*to = append(*to, e)
		o.all = append(o.all, e)
	}
	add(&o.printed[group], "first", title)
	if twice {
		add(&o.again[group], "second", "Wire report: "+title)
	}
}

// stories is how many each group has.
func (o *outlets) stories() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.printed) == 0 {
		return 0
	}
	return len(o.printed[0])
}

// asked is how many feeds were.
func (o *outlets) asked() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.calls)
}

// underWay is how many requests have come and are not answered.
func (o *outlets) underWay() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.busy
}

func (o *outlets) serve(rw http.ResponseWriter, r *http.Request) {
	var which string
	var group int
	if _, err := fmt.Sscanf(strings.ReplaceAll(r.URL.Path, "/", " "), " %s %d", &which, &group); err != nil {
		http.NotFound(rw, r)
		return
	}
	if which != "first" && which != "second" {
		o.also(rw, r)
		o.mu.Lock()
		defer o.mu.Unlock()
		if r.Context().Err() == nil {
			o.calls[r.URL.Path]++
		}
		return
	}
	o.mu.Lock()
	slow := o.slow
	o.busy++
	var entries []entry
	if of := map[string][][]entry{"first": o.printed, "second": o.again}[which]; group < len(of) {
		entries = of[group]
	}
	o.mu.Unlock()
	time.Sleep(slow) // an outlet is far away; a kill may come meanwhile
	rw.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(rw, "<rss version=\"2.0\"><channel><title>%s %d</title>", which, group)
	for _, e := range entries {
		fmt.Fprintf(rw, "<item><guid>%s</guid><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>", e.ID, e.Title, e.Link, e.Published.Format(time.RFC1123Z))
	}
	_, _ = io.WriteString(rw, "</channel></rss>")
	o.mu.Lock()
	o.calls[r.URL.Path]++
	o.busy--
	o.mu.Unlock()
}

// items are all that was printed, as `parley replay` takes them.
func (o *outlets) items() []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	var b []byte
	for _, e := range o.all {
		line, err := json.Marshal(e)
		if err != nil {
			panic(err) // strings and a time
		}
		b = append(append(b, line...), '\n')
	}
	return b
}
