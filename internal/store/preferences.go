package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"parley/internal/news"
)

// PreferencesOf returns what somebody set for the direct messages that they get;
// the zero value but for User if nothing was ever set.
func (s *Store) PreferencesOf(ctx context.Context, user string) (news.Preferences, error) {
	p := news.Preferences{User: user}
	var zone string
	var changed int64
	err := s.reader.QueryRowContext(ctx, `SELECT zone, quiet, changed FROM preferences WHERE person = $1`, user).Scan(&zone, &p.Quiet, &changed)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, s.fault(err)
	}
	p.Changed = fromMillis(changed)
	if zone != "" {
		p.Zone = s.zones.named(zone) // nil for one that this machine does not know: that of the configuration
	}
	return p, nil
}

// Prefer keeps what somebody set. It refuses a zone that this machine does not
// know.
func (s *Store) Prefer(ctx context.Context, p news.Preferences) error {
	zone := ""
	if p.Zone != nil {
		zone = p.Zone.String()
	}
	switch {
	case p.User == "" || p.Changed.IsZero():
		return errors.New("preferences need the person whose they are, and the time")
	case zone != "" && (zone == "Local" || s.zones.named(zone) == nil):
		return fmt.Errorf("unknown time zone %q: name one like Europe/London", zone)
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO preferences (person, zone, quiet, changed) VALUES ($1, $2, $3, $4)
			ON CONFLICT (person) DO UPDATE SET zone = excluded.zone, quiet = excluded.quiet, changed = excluded.changed`,
			p.User, zone, p.Quiet, toMillis(p.Changed))
		return err
	})
}
