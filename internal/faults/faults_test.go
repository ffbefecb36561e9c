//go:build linux

package faults_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"parley/internal/store/pgtest"
)

// seed is what every random moment comes from; FAULTS_SEED sets it.
var seed = func() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("FAULTS_SEED"), 10, 64); err == nil {
		return n
	}
	return rand.Uint64N(1e6)
}()

// programs are built once: the real binary, and the same but for its clock,
// which is ahead by what a file says.
var programs struct{ real, clocked string }

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "parley-faults-bin-")
	if err != nil {
		panic(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil { // also for other users
		panic(err)
	}
	programs.real, programs.clocked = filepath.Join(dir, "parley"), filepath.Join(dir, "parley-clocked")
	code := m.Run()
	cluster.Stop()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func build(t *testing.T) {
	t.Helper()
	for program, tags := range map[string]string{programs.real: "", programs.clocked: "faults"} {
		cmd := exec.Command("go", "build", "-tags", tags, "-o", program, "parley/cmd/parley")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
}

// A scenario is one thing that goes wrong. It returns what came of it.
type scenario struct {
	name     string
	short    bool // in the short form, and only there
	alone    bool // measures time, and wants the machine for itself
	calm     bool // mostly waits, and disturbs nobody
	postgres bool // has to do with PostgreSQL only
	run      func(t *testing.T, name string, db database) outcome
}

// An outcome is what a scenario is judged by, and a line of the table.
type outcome struct {
	count
	doubtful int // repetitions that cannot be helped: answers that were lost where nobody may look
	note     string
}

func (o outcome) faults() (list []string) {
	for what, n := range map[string]int{
		"lost": o.lost, "out of order": o.astray, "that nobody expected": o.foreign, "not changed to the last": o.old,
		"repeated": max(0, o.repeated-o.doubtful), "repeated without saying so": o.repeated - o.marked,
	} {
		if n > 0 {
			list = append(list, fmt.Sprintf("%d alerts %s", n, what))
		}
	}
	if o.alerts == 0 {
		list = append(list, "no alert was to come: nothing was tested")
	}
	return list
}

func scenarios() []scenario {
	return []scenario{
		{name: "short: killed at any moment", short: true, run: shortKills},
		{name: "short: Slack limits, fails and loses answers", short: true, run: shortSlack},
		{name: "nothing goes wrong", run: nothing},
		{name: "kill -9 at any moment", run: kills},
		{name: "Slack: 10% 429, 5% 500, 5% taken and not answered", run: slackTrouble},
		{name: "the same, channels may not be read back", run: slackBlind},
		{name: "Slack: 10 minutes of 429", calm: true, run: slackLimits},
		{name: "killed while posts hang", calm: true, run: redelivery},
		{name: "SIGSTOP past the lease", run: stopped},
		{name: "clock +1 h", run: clockSet(time.Hour)},
		{name: "clock -1 h", run: clockSet(-time.Hour)},
		{name: "clock +1 day", run: clockSet(24 * time.Hour)},
		{name: "clock -1 day", run: clockSet(-24 * time.Hour)},
		{name: "TZ=Asia/Tokyo", run: zone("Asia/Tokyo")},
		{name: "TZ=America/New_York", run: zone("America/New_York")},
		{name: "1,000 of 10,000 feeds hang", alone: true, run: hanging},
		{name: "disk full", run: diskFull},
		{name: "PostgreSQL is killed and started", postgres: true, run: restarted},
		{name: "database read-only", run: readOnly},
		{name: "database locked by another program", run: locked},
	}
}

// cluster is a PostgreSQL for all scenarios that do not kill it.
var cluster pgtest.Server

// on lists the databases that a scenario is tried on. The short form keeps to
// SQLite: a contract suite holds the store to one behaviour on both.
func (s scenario) on() []database {
	switch {
	case s.short:
		return []database{sqlite{}}
	case s.postgres:
		return []database{postgres{}}
	}
	return []database{sqlite{}, postgres{&cluster}}
}

func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	full := os.Getenv("FAULTS") == "full"
	only := regexp.MustCompile(os.Getenv("FAULTS_ONLY"))
	build(t)
	begun := time.Now()
	var (
		mu        sync.Mutex
		table     = table{}
		measuring sync.WaitGroup
		oneByOne  sync.Mutex
	)
	t.Run("all", func(t *testing.T) {
		for _, s := range scenarios() {
			if s.short == full {
				continue
			}
			for _, db := range s.on() {
				title := s.name + ", " + db.name()
				if !only.MatchString(title) {
					continue
				}
				if s.alone {
					measuring.Add(1)
				}
				t.Run(title, func(t *testing.T) {
					t.Parallel()
					switch {
					case s.alone:
						defer measuring.Done()
						oneByOne.Lock()
						defer oneByOne.Unlock()
					case !s.calm:
						measuring.Wait()
					}
					at := time.Now()
					o := s.run(t, title, db)
					for _, f := range o.faults() {
						t.Error(f)
					}
					mu.Lock()
					defer mu.Unlock()
					table.add(s.name, db.name(), o, t.Failed())
					if full {
						fmt.Printf("%s after %.0f s: %s: %d alerts, %d lost, %d repeated\n", verdict(t.Failed()), time.Since(at).Seconds(), title, o.alerts, o.lost, o.repeated)
					}
				})
			}
		}
	})
	fmt.Printf("\n%s, seed %d, %.0f s\n\n%s\n", time.Now().UTC().Format(time.DateOnly), seed, time.Since(begun).Seconds(), table)
}
