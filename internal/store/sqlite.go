package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// An sqliteFile is the dialect of SQLite, for the file at path.
type sqliteFile struct{ path string }

func (f sqliteFile) name() string { return f.path }

func (sqliteFile) condition() string { return "is sound" }

// begin takes the write lock at once: each connection is told so (_txlock).
func (sqliteFile) begin(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	return db.BeginTx(ctx, nil)
}

// glance sees one moment, as every transaction does.
func (sqliteFile) glance(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	return db.BeginTx(ctx, nil)
}

// openSQLite opens the file at path. A statement waits for another process to
// let go of the file for as long as busy before it fails.
func openSQLite(ctx context.Context, path string, busy time.Duration, log *slog.Logger) (*Store, error) {
	s := &Store{dialect: sqliteFile{path}, log: log, zones: newZones(log)}
	if path == ":memory:" {
		// A second connection would be a second, empty database.
		db, err := sql.Open("sqlite", sqliteDSN(path, busy, nil))
		if err != nil {
			return nil, s.fault(err)
		}
		db.SetMaxOpenConns(1)
		s.writer, s.reader = db, db
	} else {
		if err := checkFolder(path); err != nil {
			return nil, err
		}
		var err error
		if s.writer, err = sql.Open("sqlite", sqliteDSN(path, busy, url.Values{"_journal_mode": {"WAL"}})); err != nil {
			return nil, s.fault(err)
		}
		s.writer.SetMaxOpenConns(1)
		if s.reader, err = sql.Open("sqlite", sqliteDSN(path, busy, url.Values{"_query_only": {"1"}, "_txlock": {"deferred"}})); err != nil {
			return nil, s.fault(err)
		}
		s.reader.SetMaxOpenConns(max(4, runtime.NumCPU()))
	}
	// A new file is turned to write-ahead logging by the first who opens it, and
	// a second who comes meanwhile is sent away at once, whatever its timeout.
	begun := time.Now()
	for {
		err := s.prepareSQLite(ctx, path)
		if err == nil {
			return s, nil
		}
		if !isLocked(err) || time.Since(begun) > busy || ctx.Err() != nil {
			_ = s.Close()
			return nil, s.fault(err)
		}
		time.Sleep(busy / 100)
	}
}

func isLocked(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// sqliteDSN adds to path what every connection is opened with. The form with
// "file:" lets a path hold a question mark, which would else begin the settings.
func sqliteDSN(path string, busy time.Duration, more url.Values) string {
	v := url.Values{
		"_txlock":       {"immediate"}, // a transaction that reads before it writes must not be overtaken
		"_busy_timeout": {fmt.Sprint(busy.Milliseconds())},
		"_synchronous":  {"FULL"}, // a commit is on the disk: what we said is stored, is
		"_foreign_keys": {"1"},
		"_error_rc":     {"1"},
	}
	for k, vs := range more {
		v[k] = vs
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + v.Encode()
}

func checkFolder(path string) error {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the database %s cannot be created because the folder %s does not exist: create it, or give another path", path, folder)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("the database %s is a folder: give the path of a file in it, such as %s", path, filepath.Join(path, "parley.db"))
	}
	return nil
}

// prepareSQLite checks that the file is sound before anything is written to
// it: garbage in a page that is rarely read would else go unnoticed until the
// day it is needed.
func (s *Store) prepareSQLite(ctx context.Context, path string) error {
	if err := checkSQLite(ctx, s.writer, path); err != nil {
		return err
	}
	folder, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	if err := migrate(ctx, goose.DialectSQLite3, s.writer, folder, s.log); err != nil {
		return err
	}
	// SQLite opens a file that it may only read without a word.
	return s.probe(ctx)
}

func damaged(path, detail string) error {
	return fmt.Errorf("the database %s is %w (%s): restore it from a backup, or save what can be read with `sqlite3 %s .recover`", path, ErrDamaged, detail, path)
}

func (f sqliteFile) explain(err error) error { return explainSQLite(f.path, err) }

func explainSQLite(path string, err error) error {
	var done *sentence
	var e *sqlite.Error
	if errors.As(err, &done) || !errors.As(err, &e) {
		return err
	}
	var format string
	switch e.Code() & 0xff { // the rest of the code only refines it
	case sqlite3.SQLITE_NOTADB:
		format = "the file %s is not a database, or an encrypted one: give another path, or move that file away"
	case sqlite3.SQLITE_CORRUPT:
		return &sentence{damaged(path, "a part of it cannot be read").Error(), err, true}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		format = "the database %s is locked by another program: end that program, or give another path"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		format = "the database %s cannot be written: let this user write the file and its folder, or give another path"
	case sqlite3.SQLITE_CANTOPEN:
		format = "the database %s cannot be opened: let this user read and write the file and its folder, or give another path"
	case sqlite3.SQLITE_FULL:
		format = "the disk that holds the database %s is full: free some space; what was stored is kept"
	case sqlite3.SQLITE_IOERR: // also a quota, and a limit of the process
		format = "the disk that holds the database %s refuses to be written or read: look at its state, and at quotas and limits; what was stored is kept"
	default:
		return err
	}
	return &sentence{fmt.Sprintf(format, path), err, e.Code()&0xff == sqlite3.SQLITE_NOTADB}
}
