package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/internal/news"
)

const workspaceColumns = `team, name, bot_user, scopes, sealed, expires, installed_by, installed, claim`

func scanWorkspace(row scanner) (news.Workspace, error) {
	var w news.Workspace
	var scopes string
	var expires, installed int64
	err := row.Scan(&w.Team, &w.Name, &w.BotUser, &scopes, &w.Sealed, &expires, &w.InstalledBy, &installed, &w.Claim)
	if scopes != "" {
		w.Scopes = strings.Split(scopes, ",")
	}
	if expires != 0 {
		w.Expires = fromMillis(expires)
	}
	w.Installed = fromMillis(installed)
	return w, err
}

// expiry is 0 for a token that does not expire.
func expiry(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return toMillis(at)
}

// Workspaces returns those that have installed parley, the first to do so first.
func (s *Store) Workspaces(ctx context.Context) ([]news.Workspace, error) {
	list, err := scanAll(ctx, s.reader, scanWorkspace, `SELECT `+workspaceColumns+` FROM workspaces ORDER BY installed, team`)
	return list, s.fault(err)
}

// Workspace returns the one of a team; false if it has not installed parley.
func (s *Store) Workspace(ctx context.Context, team string) (news.Workspace, bool, error) {
	w, err := scanWorkspace(s.reader.QueryRowContext(ctx, `SELECT `+workspaceColumns+` FROM workspaces WHERE team = $1`, team))
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	return w, err == nil, s.fault(err)
}

// Install stores a workspace, or its new tokens if it has installed parley before:
// then all that its people made stays, and what was held back for it is due. A
// refresh that is under way will find its claim gone. first is false then.
func (s *Store) Install(ctx context.Context, w news.Workspace) (first bool, err error) {
	if !news.IsTeam(w.Team) || w.Sealed == "" || w.Installed.IsZero() {
		return false, errors.New("a workspace needs the id of its team, its tokens, and the time at which it was installed")
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		var before int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM workspaces WHERE team = $1`, w.Team).Scan(&before); err != nil {
			return err
		}
		first = before == 0
		if _, err := tx.ExecContext(ctx, `INSERT INTO workspaces (team, name, bot_user, scopes, sealed, expires, installed_by, installed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (team) DO UPDATE SET name = excluded.name, bot_user = excluded.bot_user, scopes = excluded.scopes, sealed = excluded.sealed,
				expires = excluded.expires, installed_by = excluded.installed_by, installed = excluded.installed,
				claim = workspaces.claim + 1, claimed_until = 0`,
			w.Team, w.Name, w.BotUser, strings.Join(w.Scopes, ","), w.Sealed, expiry(w.Expires), w.InstalledBy, toMillis(w.Installed)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM holds WHERE `+ofTeam, w.Team+"/%"); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET not_before = $2 WHERE `+ofTeam+` AND state = 'pending' AND batch <> 0 AND claimed_until = 0 AND not_before > $2`,
			w.Team+"/%", toMillis(w.Installed))
		return err
	})
	return first, err
}

// ofTeam picks the rows whose channel is of a team; $1 is its id with "/%" behind.
const ofTeam = `channel LIKE $1`

// ClaimTokens hands a workspace out to have its tokens refreshed, to one at a time:
// false if somebody else does so until his lease is over, or if there is none.
func (s *Store) ClaimTokens(ctx context.Context, team string, now time.Time, lease time.Duration) (w news.Workspace, ok bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		w, err = scanWorkspace(tx.QueryRowContext(ctx, `UPDATE workspaces SET claim = claim + 1, claimed_until = $3
			WHERE team = $1 AND claimed_until <= $2 RETURNING `+workspaceColumns, team, toMillis(now), toMillis(now.Add(lease))))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		ok = err == nil
		return err
	})
	return w, ok && err == nil, err
}

// StoreTokens writes refreshed tokens down and gives the claim back. It returns
// news.ErrStale, and changes nothing, if the claim has passed to somebody else or
// the workspace was installed anew or removed meanwhile.
func (s *Store) StoreTokens(ctx context.Context, w news.Workspace) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE workspaces SET sealed = $3, expires = $4, claimed_until = 0
			WHERE team = $1 AND claim = $2 AND claimed_until <> 0`, w.Team, w.Claim, w.Sealed, expiry(w.Expires))
		if err != nil {
			return err
		}
		return fenced(done)
	})
}

// Reseal replaces the sealed form of tokens that have not changed since.
func (s *Store) Reseal(ctx context.Context, team, old, sealed string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE workspaces SET sealed = $3 WHERE team = $1 AND sealed = $2`, team, old, sealed)
		return err
	})
}

// ReleaseTokens gives a claim back that came to nothing.
func (s *Store) ReleaseTokens(ctx context.Context, w news.Workspace) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE workspaces SET claimed_until = 0 WHERE team = $1 AND claim = $2`, w.Team, w.Claim)
		return err
	})
}

// installed fails with news.ErrNotFound if an address is of a workspace that is
// not, or no longer, there. Whoever writes for an address asks in the same
// transaction, so that nothing is written behind the back of Wipe.
func installed(ctx context.Context, tx *sql.Tx, address string) error {
	team, _ := news.SplitAddress(address)
	if team == "" {
		return nil
	}
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM workspaces WHERE team = $1`, team).Scan(&n)
	if err == nil && n == 0 {
		return fmt.Errorf("the workspace %s: %w", team, news.ErrNotFound)
	}
	return err
}

// Wipe forgets a workspace that had installed parley by then: its tokens, its
// subscriptions, mutes and rules with the logs of who made them, all messages to
// it, sent or not, and what was seen of its people. What they said is wrong of
// developments is kept without who and where, and without their own words. False if
// there is no such workspace, or if it was installed later.
func (s *Store) Wipe(ctx context.Context, team string, then time.Time) (gone news.Wiped, ok bool, err error) {
	like := team + "/%"
	count := func(tx *sql.Tx, n *int, query string, args ...any) error {
		done, err := tx.ExecContext(ctx, query, args...)
		if err != nil || n == nil {
			return err
		}
		rows, err := done.RowsAffected()
		*n = int(rows)
		return err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		found := 0
		if err := count(tx, &found, `DELETE FROM workspaces WHERE team = $1 AND installed <= $2`, team, toMillis(then)); err != nil || found == 0 {
			return err
		}
		ok = true
		for _, step := range []struct {
			n     *int
			query string
		}{
			{&gone.Messages, `DELETE FROM outbox WHERE ` + ofTeam},
			{nil, `DELETE FROM holds WHERE ` + ofTeam},
			{nil, `DELETE FROM mute_log WHERE mute IN (SELECT id FROM mutes WHERE ` + ofTeam + `)`},
			{&gone.Mutes, `DELETE FROM mutes WHERE ` + ofTeam},
			{nil, `DELETE FROM subscription_log WHERE subscription IN (SELECT id FROM subscriptions WHERE ` + ofTeam + `)`},
			{&gone.Subscriptions, `DELETE FROM subscriptions WHERE ` + ofTeam},
			{nil, `DELETE FROM made_rule_log WHERE rule IN (SELECT id FROM made_rules WHERE ` + ofTeam + `)`},
			{&gone.Rules, `DELETE FROM made_rules WHERE ` + ofTeam},
			{nil, `INSERT INTO feedback (development, what, correct, channel, author, at)
				SELECT development, what, CASE WHEN what IN ('kind', 'date', 'duplicate') THEN MAX(correct) ELSE '' END, '', '', MAX(at)
				FROM feedback WHERE ` + ofTeam + ` GROUP BY development, what
				ON CONFLICT (development, what, author) DO NOTHING`},
			{nil, `DELETE FROM feedback WHERE ` + ofTeam},
			{nil, `DELETE FROM preferences WHERE person LIKE $1`},
		} {
			if err := count(tx, step.n, step.query, like); err != nil {
				return err
			}
		}
		return count(tx, nil, `DELETE FROM seen WHERE key LIKE $1`, team+" %")
	})
	return gone, ok && err == nil, err
}
