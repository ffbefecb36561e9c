package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
)

const madeRuleColumns = `id, name, query, owner, channel, created, changed_by, changed`

func scanMadeRule(row scanner) (news.MadeRule, error) {
	var r news.MadeRule
	var created int64
	var changed sql.NullInt64
	err := row.Scan(&r.ID, &r.Name, &r.When, &r.Owner, &r.Channel, &created, &r.ChangedBy, &changed)
	r.Level, r.Created, r.Changed = news.Normal, fromMillis(created), fromNullable(changed)
	return r, err
}

// MadeRules returns the rules that people made and that were not deleted, oldest
// first.
func (s *Store) MadeRules(ctx context.Context) ([]news.MadeRule, error) {
	list, err := scanAll(ctx, s.reader, scanMadeRule, `SELECT `+madeRuleColumns+` FROM made_rules WHERE ended IS NULL ORDER BY id`)
	return list, s.fault(err)
}

// MakeRule stores a rule with its first subscription, which is to rule:NAME, and
// returns the rule with its ID. If a rule of that name is there already in the
// workspace of its channel, it is returned with false, and nothing changes. The logs keep that the rule's owner
// did so when it was created.
func (s *Store) MakeRule(ctx context.Context, rule news.MadeRule, first news.Subscription) (stored news.MadeRule, created bool, err error) {
	if rule.Name == "" || rule.When == "" || rule.Owner == "" || rule.Created.IsZero() {
		return rule, false, errors.New("a rule needs a name, a query, an owner and the time at which it was made")
	}
	first.Author, first.Created = rule.Owner, rule.Created
	err = s.write(ctx, func(tx *sql.Tx) error {
		var err error
		team, _ := news.SplitAddress(rule.Channel)
		stored, err = scanMadeRule(tx.QueryRowContext(ctx, `SELECT `+madeRuleColumns+` FROM made_rules WHERE team = $1 AND name = $2 AND ended IS NULL`, team, rule.Name))
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		created = true
		stored, err = scanMadeRule(tx.QueryRowContext(ctx, `INSERT INTO made_rules (team, name, query, owner, channel, created)
			VALUES ($1, $2, $3, $4, $5, $6) RETURNING `+madeRuleColumns, team, rule.Name, rule.When, rule.Owner, rule.Channel, toMillis(rule.Created)))
		if err != nil {
			return err
		}
		if err := logMadeRule(ctx, tx, stored, "make", rule.Owner, rule.Created); err != nil {
			return err
		}
		_, _, err = s.subscribe(ctx, tx, first)
		return err
	})
	if err != nil {
		return rule, false, err
	}
	return stored, created, nil
}

// ChangeRule gives a rule another query in the name of author, and returns it. It
// returns news.ErrNotFound if there is none of that id, or if it was deleted. The
// same query again changes nothing.
func (s *Store) ChangeRule(ctx context.Context, id int64, query, author string, at time.Time) (news.MadeRule, error) {
	if query == "" || author == "" || at.IsZero() {
		return news.MadeRule{}, errors.New("a change of a rule needs a query, an author and its time")
	}
	var changed news.MadeRule
	err := s.write(ctx, func(tx *sql.Tx) error {
		var err error
		changed, err = scanMadeRule(tx.QueryRowContext(ctx, `SELECT `+madeRuleColumns+` FROM made_rules WHERE id = $1 AND ended IS NULL`, id))
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("rule %d: %w", id, news.ErrNotFound)
		}
		if err != nil || changed.When == query {
			return err
		}
		changed, err = scanMadeRule(tx.QueryRowContext(ctx, `UPDATE made_rules SET query = $2, changed_by = $3, changed = $4
			WHERE id = $1 RETURNING `+madeRuleColumns, id, query, author, toMillis(at)))
		if err != nil {
			return err
		}
		return logMadeRule(ctx, tx, changed, "change", author, at)
	})
	return changed, err
}

// DeleteRule ends a rule in the name of author, and with it the subscriptions of
// these ids, of which those that have ended already are left as they are. It
// returns news.ErrNotFound, and changes nothing, if there is no such rule or if
// it was deleted. Its row stays: who made, changed and deleted it is known.
func (s *Store) DeleteRule(ctx context.Context, id int64, with []int64, author string, at time.Time) error {
	if author == "" || at.IsZero() {
		return errors.New("who deletes a rule, and when, must be told")
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		r, err := scanMadeRule(tx.QueryRowContext(ctx, `UPDATE made_rules SET ended = $2
			WHERE id = $1 AND ended IS NULL RETURNING `+madeRuleColumns, id, toMillis(at)))
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("rule %d: %w", id, news.ErrNotFound)
		}
		if err != nil {
			return err
		}
		for _, sub := range with {
			if err := s.unsubscribe(ctx, tx, sub, author, at); err != nil && !errors.Is(err, news.ErrNotFound) {
				return err
			}
		}
		return logMadeRule(ctx, tx, r, "delete", author, at)
	})
}

func logMadeRule(ctx context.Context, tx *sql.Tx, r news.MadeRule, action, author string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO made_rule_log (rule, action, author, at, query) VALUES ($1, $2, $3, $4, $5)`,
		r.ID, action, author, toMillis(at), r.When)
	return err
}
