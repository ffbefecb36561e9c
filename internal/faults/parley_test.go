//go:build linux

package faults_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// A parley is a process.
type parley struct {
	w       *world
	n       int
	port    int
	file    string
	program string
	env     []string
	as      *syscall.Credential // another user
	log     string

	cmd   *exec.Cmd
	ended chan struct{}
	err   error // how it ended
}

// parley is one that may be started, again and again.
func (w *world) parley(program string) *parley {
	w.t.Helper()
	w.parleys++
	n := w.parleys
	port := freePort(w)
	p := &parley{w: w, n: n, port: port, program: program, log: filepath.Join(w.dir, fmt.Sprintf("parley-%d.log", n))}
	p.file = w.config(port)
	p.env = append(w.db.env(), "SLACK_BOT_TOKEN="+w.slack.BotToken(), "SLACK_API_URL="+w.slack.web.URL+"/api/", "HOME="+w.dir, "PATH="+os.Getenv("PATH"),
		"PARLEY_CLOCK="+filepath.Join(w.dir, fmt.Sprintf("clock-%d", n)))
	w.t.Cleanup(p.kill)
	return p
}

// lastPort is the port that was given away last. They are given one by one, from
// below those that connections take: a parley that starts anew wants its own again.
var lastPort atomic.Int32

func freePort(w *world) int {
	w.t.Helper()
	lastPort.CompareAndSwap(0, 20000+rand.Int32N(5000)) // two runs may go on at once
	for {
		port := int(lastPort.Add(1))
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = l.Close()
			return port
		}
	}
}

// clock sets the clock of a parley that was built for that: so far ahead of the
// wall clock.
func (p *parley) clock(ahead time.Duration) {
	p.w.t.Helper()
	file := filepath.Join(p.w.dir, fmt.Sprintf("clock-%d", p.n))
	if err := os.WriteFile(file+".new", []byte(ahead.String()), 0o644); err != nil {
		p.w.t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		p.w.t.Fatal(err)
	}
}

func (p *parley) start() {
	p.w.t.Helper()
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer log.Close()
	p.cmd = exec.Command(p.program, "run", "--config", p.file)
	p.cmd.Env, p.cmd.Dir = p.env, p.w.dir
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as, Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		p.w.t.Fatal(err)
	}
	cmd, ended := p.cmd, make(chan struct{})
	p.ended = ended
	go func() {
		p.err = cmd.Wait()
		close(ended)
	}()
}

func (p *parley) signal(s syscall.Signal) {
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.w.t.Errorf("%s cannot be sent: %v", s, err)
	}
}

// kill ends it between two instructions.
func (p *parley) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.ended
	p.cmd = nil
}

// stop asks it to end, and tells how it did.
func (p *parley) stop() error {
	p.w.t.Helper()
	p.signal(syscall.SIGTERM)
	err := p.wait(20 * time.Second)
	p.cmd = nil
	return err
}

// wait tells how it ended by itself.
func (p *parley) wait(limit time.Duration) error {
	p.w.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(limit):
		p.w.t.Errorf("it has not ended within %s", limit)
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
	return p.err
}

type health struct{ Pending, Parked, Sent int }

func (p *parley) health() (h health, err error) {
	c := http.Client{Timeout: 5 * time.Second}
	r, err := c.Get(fmt.Sprintf("http://127.0.0.1:%d/healthz", p.port))
	if err != nil {
		return h, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return h, errors.New(r.Status)
	}
	return h, json.NewDecoder(r.Body).Decode(&h)
}

// idle says whether nothing is left to deliver.
func (p *parley) idle() bool {
	h, err := p.health()
	return err == nil && h.Pending == 0
}

// up waits until it answers.
func (p *parley) up() {
	p.w.t.Helper()
	p.w.until("parley answers", 60*time.Second, func() bool {
		_, err := p.health()
		return err == nil
	})
}

// said is its log.
func (p *parley) said() string {
	b, err := os.ReadFile(p.log)
	if err != nil {
		p.w.t.Error(err)
	}
	return string(b)
}

// memory is the most that it ever held, in MB, and files how many descriptors
// it has open.
func (p *parley) memory() (mb int) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb / 1024
		}
	}
	return 0
}

func (p *parley) files() int {
	list, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.cmd.Process.Pid))
	return len(list)
}
