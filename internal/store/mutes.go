package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
)

const muteColumns = `id, channel, target, round, until, author, created,
	(SELECT COUNT(*) FROM outbox WHERE mute = mutes.id)`

func scanMute(row scanner) (news.Mute, error) {
	var m news.Mute
	var until, created int64
	err := row.Scan(&m.ID, &m.Channel, &m.To, &m.Round, &until, &m.Author, &created, &m.Held)
	m.Until, m.Created = fromMillis(until), fromMillis(created)
	return m, err
}

// Mutes returns those that have not ended, oldest first.
func (s *Store) Mutes(ctx context.Context) ([]news.Mute, error) {
	list, err := scanAll(ctx, s.reader, scanMute, `SELECT `+muteColumns+` FROM mutes WHERE ended IS NULL ORDER BY id`)
	return list, s.fault(err)
}

// Mute stores a mute and returns it with its ID. If the channel has muted the
// same already, false is returned with the older mute, which lasts as long as m
// from now on, and so long the alerts that it holds stay held. The log keeps that
// m.Author did so at m.Created.
func (s *Store) Mute(ctx context.Context, m news.Mute) (stored news.Mute, created bool, err error) {
	if m.Channel == "" || m.Author == "" || m.Created.IsZero() || !m.Until.After(m.Created) {
		return m, false, errors.New("a mute needs a channel, an author, the time at which it was asked for and a later one at which it ends")
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		if err := installed(ctx, tx, m.Channel); err != nil {
			return err
		}
		action := "change"
		stored, err = scanMute(tx.QueryRowContext(ctx, `UPDATE mutes SET until = $3, round = $4, author = $5
			WHERE channel = $1 AND target = $2 AND ended IS NULL RETURNING `+muteColumns, m.Channel, m.To, toMillis(m.Until), m.Round, m.Author))
		if errors.Is(err, sql.ErrNoRows) {
			action, created = "mute", true
			stored, err = scanMute(tx.QueryRowContext(ctx, `INSERT INTO mutes (channel, target, round, until, author, created)
				VALUES ($1, $2, $3, $4, $5, $6) RETURNING `+muteColumns, m.Channel, m.To, m.Round, toMillis(m.Until), m.Author, toMillis(m.Created)))
		}
		if err != nil {
			return err
		}
		if err := release(ctx, tx, stored.ID, m.Until); err != nil {
			return err
		}
		return logMute(ctx, tx, stored, action, m.Author, m.Created)
	})
	if err != nil {
		return m, false, err
	}
	return stored, created, nil
}

// Unmute ends a mute in the name of author; what it holds is due at once. It
// returns the mute, with how many alerts that are, or news.ErrNotFound if there is
// none of that id, or if it has ended already.
func (s *Store) Unmute(ctx context.Context, id int64, author string, at time.Time) (ended news.Mute, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		ended, err = endMute(ctx, tx, id, author, at, true)
		return err
	})
	return ended, err
}

func endMute(ctx context.Context, tx *sql.Tx, id int64, author string, at time.Time, told bool) (news.Mute, error) {
	m, err := scanMute(tx.QueryRowContext(ctx, `UPDATE mutes SET ended = $2, told = $3 WHERE id = $1 AND ended IS NULL RETURNING `+muteColumns, id, toMillis(at), flag(told)))
	if errors.Is(err, sql.ErrNoRows) {
		return m, fmt.Errorf("mute %d: %w", id, news.ErrNotFound)
	}
	if err != nil {
		return m, err
	}
	if err := release(ctx, tx, id, at); err != nil {
		return m, err
	}
	action := "unmute"
	if author == "" {
		action = "end"
	}
	return m, logMute(ctx, tx, m, action, author, at)
}

// release makes what a mute holds due at a time. What has been tried already is
// left to its own retries.
func release(ctx context.Context, tx *sql.Tx, id int64, at time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET not_before = $2 WHERE mute = $1 AND state = 'pending' AND batch = 0`, id, toMillis(at))
	return err
}

func logMute(ctx context.Context, tx *sql.Tx, m news.Mute, action, author string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO mute_log (mute, action, author, at, until, round) VALUES ($1, $2, $3, $4, $5, $6)`,
		m.ID, action, author, toMillis(at), toMillis(m.Until), m.Round)
	return err
}

// nullableNumber is NULL for 0.
func nullableNumber(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// EndMutes ends the mutes whose time is over, or whose round has begun: somebody
// who should know has reported since that talks have started. What they hold is
// due at once, as is what was held a moment too late.
func (s *Store) EndMutes(ctx context.Context, now time.Time) error {
	list, err := s.Mutes(ctx)
	if err != nil {
		return err
	}
	var over []int64
	for _, m := range list {
		begun := !m.Until.After(now)
		if !begun && m.Round != "" {
			if begun, err = s.begun(ctx, m); err != nil {
				return err
			}
		}
		if begun {
			over = append(over, m.ID)
		}
	}
	late := 0
	err = s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM outbox JOIN mutes ON mutes.id = outbox.mute
		WHERE outbox.state = 'pending' AND outbox.batch = 0 AND mutes.ended IS NOT NULL AND outbox.not_before > $1`, toMillis(now)).Scan(&late)
	if err != nil || len(over)+late == 0 {
		return s.fault(err)
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, id := range over {
			if _, err := endMute(ctx, tx, id, "", now, false); err != nil && !errors.Is(err, news.ErrNotFound) {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET not_before = $1 WHERE state = 'pending' AND batch = 0 AND not_before > $1
			AND mute IN (SELECT id FROM mutes WHERE ended IS NOT NULL)`, toMillis(now))
		return err
	})
}

// begun reports whether talks have started since a mute was made.
func (s *Store) begun(ctx context.Context, m news.Mute) (bool, error) {
	started, err := s.Developments(ctx, news.Filter{Negotiation: m.Round, Kinds: []news.Kind{news.TalksStarted}, Since: m.Created})
	for _, t := range started {
		if t.Certainty == news.Confirmed || t.Certainty == "" {
			return true, err
		}
	}
	return false, err
}

// MutesToTell returns the mutes that have ended by themselves and of which the
// channels are to be told. Each is returned once: whoever cannot tell it puts it
// back with TellMute.
func (s *Store) MutesToTell(ctx context.Context) (list []news.Mute, err error) {
	waiting := 0
	if err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM mutes WHERE told = 0`).Scan(&waiting); err != nil || waiting == 0 {
		return nil, s.fault(err)
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		list, err = scanAll(ctx, tx, scanMute, `UPDATE mutes SET told = 1 WHERE told = 0 RETURNING `+muteColumns)
		return err
	})
	return list, err
}

// TellMute lets MutesToTell return a mute again.
func (s *Store) TellMute(ctx context.Context, id int64) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE mutes SET told = 0 WHERE id = $1 AND ended IS NOT NULL`, id)
		return err
	})
}
