//go:build linux

package faults_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/internal/store/pgtest"
)

// A postgres makes databases on a server.
type postgres struct{ server *pgtest.Server }

func (postgres) name() string  { return "PostgreSQL" }
func (postgres) env() []string { return nil }

func (p postgres) open(t *testing.T, _ string) string {
	t.Helper()
	return p.server.Database(t)
}

func (postgres) look(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func (p postgres) lock(t *testing.T, dsn string) func() {
	t.Helper()
	db := p.look(t, dsn)
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	return func() {
		_ = tx.Rollback() // nothing was written
		_ = db.Close()
	}
}

// free: who is suspended within a transaction is cut off by the server.
func (postgres) free(*testing.T, string) bool { return true }

func (p postgres) freeze(t *testing.T, dsn string) func() {
	t.Helper()
	p.server.Admin(t, `ALTER DATABASE `+nameOf(t, dsn)+` SET default_transaction_read_only = on`)
	return func() { p.server.Admin(t, `ALTER DATABASE `+nameOf(t, dsn)+` RESET default_transaction_read_only`) }
}

func nameOf(t *testing.T, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(u.Path, "/")
}

// smallDisk moves the database to a folder on a small disk.
func (p postgres) smallDisk(t *testing.T, dir, dsn string) (folder string) {
	t.Helper()
	var data string
	db := p.look(t, dsn)
	defer db.Close()
	if err := db.QueryRow(`SHOW data_directory`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	server, err := os.Stat(data)
	if err != nil {
		t.Skipf("the server's files are out of reach: %v", err)
	}
	folder = filepath.Join(dir, "small")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("only root can make a small disk for PostgreSQL: %v", err)
	}
	// Unmounted when the database is gone.
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	is := server.Sys().(*syscall.Stat_t)
	if err := os.Chown(folder, int(is.Uid), int(is.Gid)); err != nil {
		t.Fatal(err)
	}
	space := "small_" + nameOf(t, dsn)
	p.server.Admin(t, fmt.Sprintf(`CREATE TABLESPACE %s LOCATION '%s'`, space, folder))
	p.server.Admin(t, fmt.Sprintf(`ALTER DATABASE %s SET TABLESPACE %s`, nameOf(t, dsn), space))
	return folder
}

// restarted kills PostgreSQL at once, without a word to anybody, and starts it
// again some seconds later, while alerts flow.
func restarted(t *testing.T, name string, _ database) outcome {
	server := pgtest.Start(t)
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: postgres{server}})
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	const times = 5
	for range times {
		before := w.slack.distinct()
		w.print()
		w.until("alerts flow", 5*time.Minute, func() bool { return w.slack.distinct() > before+5 })
		time.Sleep(time.Duration(w.random.Int64N(int64(time.Second))))
		server.Crash(t)
		time.Sleep(time.Duration(w.random.Int64N(int64(10 * time.Second))))
		server.Restart(t)
		w.alive(p)
	}
	w.read(p, 8*time.Minute)
	return outcome{count: w.count(), note: fmt.Sprintf("%d times, down for up to 10 s", times)}
}
