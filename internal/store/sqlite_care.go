package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"
)

// sound looks at every page of the file.
func (f sqliteFile) sound(ctx context.Context, open *sql.DB) error {
	if f.path == ":memory:" {
		return checkSQLite(ctx, open, f.path)
	}
	// On a connection of its own: what the others have read they need not read
	// again, and would not see.
	db, err := sql.Open("sqlite", sqliteDSN(f.path, 5*time.Second, url.Values{"_query_only": {"1"}, "_txlock": {"deferred"}}))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	return checkSQLite(ctx, db, f.path)
}

// checkSQLite checks table by table, since a check of all would also take every
// word of the index apart, for seconds: that is made of the items, and can be made
// anew.
func checkSQLite(ctx context.Context, db *sql.DB, path string) error {
	tables, err := scanAll(ctx, db, func(r scanner) (name string, err error) { return name, r.Scan(&name) },
		`SELECT 'sqlite_schema' UNION ALL SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`)
	if err != nil {
		return err
	}
	for _, table := range tables {
		var sound string
		if err := db.QueryRowContext(ctx, `PRAGMA quick_check("`+strings.ReplaceAll(table, `"`, `""`)+`")`).Scan(&sound); err != nil {
			return err
		}
		if sound != "ok" {
			return damaged(path, strings.Join(strings.Fields(sound), " "))
		}
	}
	return nil
}

func (f sqliteFile) backup(ctx context.Context, to string) error {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s exists already: name a file that does not, since a backup replaces nothing", to)
	}
	if err := checkFolder(to); err != nil {
		return err
	}
	// Under another name until it is whole: half a backup must not look like one.
	part := to + ".part"
	_ = os.Remove(part)
	if err := f.copyTo(ctx, part); err != nil {
		_ = os.Remove(part)
		return fmt.Errorf("the backup cannot be written: %w", explainSQLite(part, err))
	}
	return os.Rename(part, to)
}

func (f sqliteFile) copyTo(ctx context.Context, part string) error {
	// On a connection of its own, that may write: the readers may not.
	db, err := sql.Open("sqlite", sqliteDSN(f.path, 5*time.Second, nil))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, part); err != nil {
		return err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	copied, err := sql.Open("sqlite", sqliteDSN(part, 5*time.Second, nil))
	if err != nil {
		return err
	}
	defer func() { _ = copied.Close() }()
	return checkSQLite(ctx, copied, part)
}
