package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/internal/news"
)

// The index is a column of PostgreSQL's text search with its GIN index. The terms
// are put there as they are: no dictionary of the server's has a say, so that what
// is found does not depend on how it was set up. A term of the title stands there
// twice, once with a sign before it.
//
// The index is to lead to all items that may have what is needed, and may lead to
// some that have it not. So a term that PostgreSQL would not take is cut, and an
// item with more terms than it takes is led to by every query.
const (
	titleSign   = "\uE0FE"
	anyTerm     = "\uE0FDany"
	longestTerm = 500     // bytes; PostgreSQL takes 2046
	mostTerms   = 900_000 // bytes of all terms of an item; PostgreSQL takes 1 MiB
	longestAsk  = 500_000 // bytes of a query
)

// lexeme writes a term as the index has it: with no sign that PostgreSQL means
// something by.
func lexeme(term string) string {
	term = spelt(term)
	if len(term) <= longestTerm {
		return term
	}
	cut := longestTerm
	for cut > 0 && !utf8.RuneStart(term[cut]) {
		cut--
	}
	return term[:cut]
}

func lexemes(title, body []string) string {
	list := make([]string, 0, 2*len(title)+len(body))
	for _, t := range title {
		if t != "" {
			list = append(list, lexeme(t), titleSign+lexeme(t))
		}
	}
	for _, t := range body {
		if t != "" {
			list = append(list, lexeme(t))
		}
	}
	slices.Sort(list)
	all := strings.Join(slices.Compact(list), " ")
	if len(all) > mostTerms {
		return anyTerm
	}
	return all
}

func (*postgres) addWords(ctx context.Context, tx *sql.Tx, no, at int64, title, body []string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO item_words (item, at, words) VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')))`,
		no, at, lexemes(title, body))
	return err
}

func (*postgres) clearWords(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM item_words`) // TRUNCATE would make those wait who search
	return err
}

func (*postgres) findWords(ctx context.Context, tx *sql.Tx, q wordQuery) (found led, ok bool, err error) {
	asked := tsquery(q.need) + " | '" + anyTerm + "'"
	if len(asked) > longestAsk {
		return led{}, false, nil
	}
	// Without the index of words every item's terms would be unpacked and looked
	// at, which takes longer than looking at the items themselves.
	if _, err := tx.ExecContext(ctx, `SET LOCAL enable_seqscan = off`); err != nil {
		return led{}, false, err
	}
	most := q.newest/2 + 1
	spots, err := scanAll(ctx, tx, scanSpot, `SELECT at, item FROM item_words WHERE words @@ CAST($1 AS tsquery) AND item <= $2 LIMIT $3`, asked, q.upTo, most)
	if err != nil || int64(len(spots)) >= most {
		return led{}, false, err
	}
	behind, err := scanAll(ctx, tx, scanSpot, `SELECT at, no FROM items WHERE no > $1`, q.upTo)
	if err != nil {
		return led{}, false, err
	}
	spots = append(spots, behind...)
	spots = slices.DeleteFunc(spots, func(s spot) bool { return s.at < q.from })
	slices.SortFunc(spots, func(a, b spot) int { return b.compare(a) })
	return led{spots: spots}, true, nil
}

func (*postgres) order(ctx context.Context, q querier, from int64, behind spot, n int) (list string, oldest int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT coalesce(string_agg(CAST(no AS text), ' ' ORDER BY at DESC, no DESC), ''), coalesce(min(at), 0) FROM
		(SELECT at, no FROM items WHERE at >= $1 AND (at, no) < ($2, $3) ORDER BY at DESC, no DESC LIMIT $4) AS next`, from, behind.at, behind.no, n).Scan(&list, &oldest)
	return list, oldest, err
}

// tsquery writes a need as PostgreSQL reads it. Of the places of words the index
// knows nothing.
func tsquery(n *news.Need) string {
	list := func(of []news.Need, between string) string {
		parts := make([]string, len(of))
		for i := range of {
			parts[i] = tsquery(&of[i])
		}
		return "(" + strings.Join(parts, between) + ")"
	}
	switch {
	case n.All != nil:
		out := list(n.All, " & ")
		for i := range n.None {
			if len(n.None[i].Term) < longestTerm/4 { // what is cut may stand for another
				out += " & !" + tsquery(&n.None[i])
			}
		}
		return "(" + out + ")"
	case n.Any != nil:
		return list(n.Any, " | ")
	case n.Development && n.Kind != "":
		return "'" + lexeme(kindTerm(n.Kind)) + "'"
	case n.Development:
		return "'" + developmentTerm + "'"
	}
	out := lexeme(n.Term)
	if n.Title {
		out = titleSign + out
	}
	out = "'" + out + "'"
	if n.Prefix {
		out += ":*"
	}
	return out
}
