//go:build linux

package faults_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// diskFull fills the disk under the database while alerts flow, and frees it
// later.
func diskFull(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10}, db: db})
	fill, how := w.smallDisk()
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	w.print()
	w.until("the first alerts arrive", 2*time.Minute, func() bool { return w.slack.distinct() > 10 })
	free := fill(p)
	w.print()
	w.until("parley says that the disk is full", 2*time.Minute, func() bool { return strings.Contains(p.said(), how.says) })
	w.print()
	time.Sleep(30 * time.Second)
	w.alive(p)
	free()
	w.read(p, 8*time.Minute)
	return outcome{count: w.count(), note: how.note}
}

// alive complains if a process has given up.
func (w *world) alive(p *parley) {
	w.t.Helper()
	select {
	case <-p.ended:
		w.t.Errorf("parley has ended: %v", p.err)
	default:
	}
}

// A fullness is how a disk can be full, and how that is told.
type fullness struct{ note, says string }

// smallDisk puts the database on a small disk of its own, where that is
// allowed; otherwise the process may write no longer files.
func (w *world) smallDisk() (fill func(*parley) (free func()), how fullness) {
	w.t.Helper()
	folder := filepath.Dir(w.dsn)
	if pg, ok := w.db.(postgres); ok {
		folder = pg.smallDisk(w.t, w.dir, w.dsn)
	} else if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=6m"); err != nil {
		return w.shortFiles(), fullness{"its files may not grow: RLIMIT_FSIZE", "refuses to be written"}
	} else {
		w.t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	}
	return func(*parley) func() {
		ballast := filepath.Join(folder, "ballast")
		f, err := os.Create(ballast)
		if err != nil {
			w.t.Fatal(err)
		}
		defer f.Close()
		for block := 1 << 16; block > 0; block /= 2 { // to the last byte
			for err = nil; err == nil; {
				_, err = f.Write(make([]byte, block))
			}
			if !errors.Is(err, syscall.ENOSPC) {
				w.t.Fatal(err)
			}
		}
		return func() {
			if err := os.Remove(ballast); err != nil {
				w.t.Error(err)
			}
		}
	}, fullness{"a small file system is filled, and freed after a minute or two", "is full"}
}

func (w *world) shortFiles() func(*parley) func() {
	limit := func(p *parley, size string) {
		if out, err := exec.Command("prlimit", "--fsize="+size, "--pid", fmt.Sprint(p.cmd.Process.Pid)).CombinedOutput(); err != nil {
			w.t.Fatalf("%v: %s", err, out)
		}
	}
	return func(p *parley) func() {
		limit(p, "65536:unlimited") // the log fits, the database does not
		return func() { limit(p, "unlimited:unlimited") }
	}
}

// readOnly lets parley start on a database that it may not write.
func readOnly(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10}, db: db})
	p := w.parley(programs.real)
	if os.Getuid() == 0 { // whom no file mode stops
		p.as = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	p.start()
	w.baseline()
	w.print()
	w.print()
	w.print()
	w.until("some alerts have arrived, not all", 2*time.Minute, func() bool { return w.slack.distinct() > 30 })
	if err := p.stop(); err != nil {
		t.Errorf("stopped, it ends with %v", err)
	}
	thaw := db.freeze(t, w.dsn)
	p.start()
	if err := p.wait(time.Minute); err == nil || !strings.Contains(p.said(), "cannot be written") {
		t.Errorf("with a database that cannot be written it ends with %v and does not say so", err)
	}
	thaw()
	p.start()
	w.read(p, 8*time.Minute)
	return outcome{count: w.count(), note: "it says so and ends; it goes on when it may write again"}
}

// locked lets another program hold the database for half a minute, three times.
func locked(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: db})
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	for range 3 {
		w.print()
		w.until("a post is under way", 2*time.Minute, func() bool { return w.slack.underWay("chat.postMessage") > 0 })
		release := db.lock(t, w.dsn)
		time.Sleep(30 * time.Second)
		release()
		w.alive(p)
		time.Sleep(5 * time.Second)
	}
	w.read(p, 8*time.Minute)
	return outcome{count: w.count(), note: "three times 30 s, each beginning during a post"}
}
