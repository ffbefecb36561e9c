package store

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// columns describes every column and every index that the schema of a database
// has, in words that both dialects share. The index of words is each one's own.
func columns(t *testing.T, dsn string) []string {
	t.Helper()
	db, _, _ := plain(t, dsn)
	query := `SELECT m.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" = 1 THEN ' NOT NULL' ELSE '' END || COALESCE(' DEFAULT ' || c.dflt_value, '')
		FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
		UNION ALL SELECT 'index ' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`
	if IsPostgres(dsn) {
		query = `SELECT table_name || '.' || column_name || ' ' || data_type || CASE WHEN is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END || COALESCE(' DEFAULT ' || column_default, '')
			FROM information_schema.columns WHERE table_schema = current_schema()
			UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname !~ '_(pkey|key)$'`
	}
	found, err := scanAll(t.Context(), db, func(row scanner) (c string, err error) { return c, row.Scan(&c) }, query)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range found {
		c = strings.NewReplacer(" bigint", " INTEGER", " text", " TEXT", "::text", "", "::bigint", "").Replace(c)
		switch own := strings.TrimPrefix(c, "index "); {
		case strings.HasPrefix(own, "goose_"), strings.HasPrefix(own, "item_words") && !strings.HasPrefix(own, "item_words_state"):
		default:
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// Both schemas have the same tables, columns and indexes in the end, whatever way
// they took.
func TestSchemasAgree(t *testing.T) {
	var sides [2][]string
	for i, name := range []string{"sqlite file", "postgres"} {
		dsn := Databases[name](t)
		create(t, dsn)
		sides[i] = columns(t, dsn)
	}
	if len(sides[0]) < 100 {
		t.Fatalf("only %d columns and indexes: the query is wrong", len(sides[0]))
	}
	// A primary key counts as NOT NULL in PostgreSQL only.
	key := regexp.MustCompile(`^\w+\.(no|id) INTEGER NOT NULL$`)
	for i, c := range sides[1] {
		if key.MatchString(c) && !slices.Contains(sides[0], c) {
			sides[1][i] = strings.TrimSuffix(c, " NOT NULL")
		}
	}
	for i, side := range sides {
		for _, c := range side {
			if !slices.Contains(sides[1-i], c) {
				t.Errorf("only %s has %s", []string{"SQLite", "PostgreSQL"}[i], c)
			}
		}
	}
}

// A step is written for both, under one number and name. PostgreSQL begins at 20
// with all that was there by then.
func TestMigrationsComeInPairs(t *testing.T) {
	const first = "00020_"
	var sides [2][]string
	for i, folder := range []string{"migrations/sqlite", "migrations/postgres"} {
		steps, err := fs.Glob(migrations, folder+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if name := strings.TrimPrefix(s, folder+"/"); name > first+"~" {
				sides[i] = append(sides[i], name)
			}
		}
	}
	if !slices.Equal(sides[0], sides[1]) {
		t.Errorf("after %s: SQLite has %v, PostgreSQL %v", first, sides[0], sides[1])
	}
}
