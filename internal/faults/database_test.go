//go:build linux

package faults_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// A database is one that parley can work with, and what can befall it.
type database interface {
	name() string
	// open makes one that is empty and returns what the configuration calls it.
	open(t *testing.T, dir string) (dsn string)
	// env is what a parley needs in its environment to reach it.
	env() []string
	// lock keeps everybody else from writing until release is called.
	lock(t *testing.T, dsn string) (release func())
	// look is for reading it.
	look(t *testing.T, dsn string) *sql.DB
	// free says whether it can be written just now.
	free(t *testing.T, dsn string) bool
	// freeze lets nobody write until thaw is called.
	freeze(t *testing.T, dsn string) (thaw func())
}

type sqlite struct{}

func (sqlite) name() string  { return "SQLite" }
func (sqlite) env() []string { return nil }

// open makes a folder of its own for the file: others may be put in its place.
func (sqlite) open(t *testing.T, dir string) string {
	t.Helper()
	folder := filepath.Join(dir, "data")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, "parley.db")
}

// begin begins to write.
func (sqlite) begin(t *testing.T, dsn string, wait time.Duration) (release func(), err error) {
	t.Helper()
	db, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_txlock=immediate&_busy_timeout=%d", (&url.URL{Path: dsn}).EscapedPath(), wait.Milliseconds()))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return func() {
		_ = tx.Rollback() // nothing was written
		_ = db.Close()
	}, nil
}

func (s sqlite) lock(t *testing.T, dsn string) func() {
	t.Helper()
	release, err := s.begin(t, dsn, 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return release
}

func (s sqlite) free(t *testing.T, dsn string) bool {
	t.Helper()
	release, err := s.begin(t, dsn, 300*time.Millisecond)
	if err == nil {
		release()
	}
	return err == nil
}

func (sqlite) freeze(t *testing.T, dsn string) func() {
	t.Helper()
	set := func(folder, file os.FileMode) {
		files, err := filepath.Glob(dsn + "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.Chmod(f, file); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(filepath.Dir(dsn), folder); err != nil {
			t.Fatal(err)
		}
	}
	set(0o555, 0o444)
	return func() { set(0o777, 0o666) }
}

func (sqlite) look(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: dsn}).EscapedPath()+"?_query_only=1")
	if err != nil {
		t.Fatal(err)
	}
	return db
}
