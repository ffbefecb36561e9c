package store

import (
	"context"
	"strings"

	"parley/internal/news"
)

// speakers notes for whom somebody speaks in a development, so that all that an
// actor has said can be found.
func (t *taking) speakers(ctx context.Context, id news.DevelopmentID, d news.Development) error {
	all := d.Joint
	if d.Speaker != nil {
		all = append([]news.Speaker{*d.Speaker}, all...)
	}
	for _, s := range all {
		if _, err := t.tx.ExecContext(ctx, `INSERT INTO development_speakers (development, actor, name) VALUES ($1, $2, $3)`,
			id, orEmpty(s.Affiliation), strings.ToLower(orEmpty(s.Name))); err != nil {
			return err
		}
	}
	return nil
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// saidBy is the condition that an actor, or somebody of one of these names, says
// a development. Whole words of a name count: Ali is not Aliyev.
func saidBy(f news.Filter, args []any) (string, []any) {
	var conditions, names []string
	if f.Speaker != "" {
		args = append(args, f.Speaker)
		conditions = append(conditions, `actor = $`+number(args))
	}
	like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	for _, n := range f.Names {
		args = append(args, "% "+like.Replace(strings.ToLower(strings.TrimSpace(n)))+" %")
		names = append(names, `' ' || name || ' ' LIKE $`+number(args)+` ESCAPE '\'`)
	}
	if len(names) > 0 {
		conditions = append(conditions, `(`+strings.Join(names, ` OR `)+`)`)
	}
	return `id IN (SELECT development FROM development_speakers WHERE ` + strings.Join(conditions, ` AND `) + `)`, args
}
