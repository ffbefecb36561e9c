package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
)

// Each dialect has a folder of its own; a step that has been released is never
// edited again.
//
//go:embed migrations
var migrations embed.FS

// migrate brings the schema up to what this build knows, and refuses one that
// a later build has changed: it might not mean what we think it does.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, folder fs.FS, log *slog.Logger) error {
	steps, err := fs.Glob(folder, "*.sql")
	if err != nil {
		return err
	}
	// Another process may migrate the same database at this moment. A step that
	// it has done makes ours fail, and is seen as done when we begin again; so
	// we begin again at most once for each step, and for the table of steps.
	for range len(steps) + 2 {
		if err = migrateOnce(ctx, dialect, db, folder, log); err == nil || errors.Is(err, errNewer) {
			break
		}
	}
	return err
}

var errNewer = errors.New("the database was written by a newer parley")

func migrateOnce(ctx context.Context, dialect goose.Dialect, db *sql.DB, folder fs.FS, log *slog.Logger) error {
	p, err := goose.NewProvider(dialect, db, folder, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	have, known, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if have > known {
		return fmt.Errorf("%w, its schema is %d and this build knows %d: use that parley, or another database", errNewer, have, known)
	}
	done, err := p.Up(ctx)
	for _, m := range done {
		log.InfoContext(ctx, "database migrated", "schema", m.Source.Version, "took", m.Duration)
	}
	return err
}
