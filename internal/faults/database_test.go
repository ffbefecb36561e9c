//go:build linux

package faults_test

import (
	"context"
	"database/sql"
	"net/url"
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
}

type sqlite struct{}

func (sqlite) name() string                         { return "SQLite" }
func (sqlite) open(_ *testing.T, dir string) string { return filepath.Join(dir, "parley.db") }
func (sqlite) env() []string                        { return nil }

func (sqlite) lock(t *testing.T, dsn string) func() {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: dsn}).EscapedPath()+"?_txlock=immediate&_busy_timeout=20000")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		_ = tx.Rollback()
		_ = db.Close()
	}
}
