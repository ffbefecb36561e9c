package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"parley/internal/news"
)

// The index is one table of SQLite's FTS5, whose tokenizer parts text at ASCII
// signs. It knows where in a field each term stands.

func (sqliteFile) addWords(ctx context.Context, tx *sql.Tx, no, _ int64, title, body []string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO item_words (rowid, title, body) VALUES ($1, $2, $3)`, no, joined(title), joined(body))
	return err
}

func (sqliteFile) clearWords(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO item_words (item_words) VALUES ('delete-all')`)
	return err
}

// firstWindow is of how many items, the newest ones, the index is asked at first: what
// is everywhere stands in some of these too, and reading where else it stands takes
// long. fewFound is how many are too few to begin with. Of more than fewTerms, such as
// the names of a state in all languages, it takes longer to find them in the index than
// to read what is there, so it is asked once.
const (
	firstWindow = 4000
	fewFound    = 60
	fewTerms    = 12
)

func (sqliteFile) findWords(ctx context.Context, tx *sql.Tx, q wordQuery) (found led, ok bool, err error) {
	asked, first := match(q.need), q.below == q.upTo
	var total int64
	var lists []string
	found.above = q.below
	window := max(firstWindow, 2*(q.upTo-q.below))
	if termsOf(q.need) > fewTerms {
		window = q.below
	}
	for ; ; window *= 6 {
		below := found.above
		if found.above -= window; found.above < window { // what is left is soon asked too
			found.above = 0
		}
		// Numbers come much faster as one text than row by row.
		var n int64
		var list string
		err := tx.QueryRowContext(ctx, `SELECT count(*), json_group_array(rowid) FROM item_words
			WHERE item_words MATCH $1 AND rowid > $2 AND rowid <= $3`, asked, found.above, below).Scan(&n, &list)
		if err != nil || first && n > (q.newest-found.above)/2 {
			return led{}, false, err
		}
		total += n
		lists = append(lists, unlisted(list))
		if found.above == 0 || total >= fewFound {
			break
		}
	}
	// The time of an item lies behind its text: of many it is found sooner in the
	// index of times, which is read from its end on until there are enough.
	if !first || found.above > 0 || total+q.newest-q.upTo > q.newest/200 {
		found.numbers, err = numbersOf(lists)
		return found, err == nil, err
	}
	list := strings.Join(strings.Fields(strings.Join(lists, " ")), ", ")
	found.spots, err = scanAll(ctx, tx, scanSpot, `SELECT at, no FROM items NOT INDEXED WHERE at >= $1 AND (no > $2 OR no IN (`+list+`))
		ORDER BY at DESC, no DESC`, q.from, q.upTo)
	return found, err == nil, err
}

// order relies on that SQLite joins what a sorted query brings in that order. Where the
// part ends is found first, and then all of it is read: that takes a third of the time
// of counting while reading. Of what is equally old with its last it reads all, so that
// the next part begins at another time.
func (sqliteFile) order(ctx context.Context, q querier, from int64, behind spot, n int) (list string, oldest int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT at FROM items INDEXED BY items_at WHERE at >= $1 AND at < $2 ORDER BY at DESC, no DESC LIMIT 1 OFFSET $3`,
		from, behind.at, n-1).Scan(&oldest)
	if errors.Is(err, sql.ErrNoRows) {
		oldest, err = from, nil
	}
	if err == nil {
		err = q.QueryRowContext(ctx, `SELECT json_group_array(no) FROM
			(SELECT no FROM items INDEXED BY items_at WHERE at >= $1 AND at < $2 ORDER BY at DESC, no DESC)`, oldest, behind.at).Scan(&list)
	}
	return unlisted(list), oldest, err
}

// unlisted writes a list of JSON with spaces between: SQLite makes one in much less
// time than any other text of many numbers.
func unlisted(list string) string {
	return strings.ReplaceAll(strings.Trim(list, "[]"), ",", " ")
}

// termsOf counts the words that a need asks for.
func termsOf(n *news.Need) int {
	sum := 1
	for _, list := range [][]news.Need{n.All, n.Any, n.None} {
		for i := range list {
			sum += termsOf(&list[i])
		}
	}
	return sum
}

// joined writes terms as the index takes them.
func joined(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(spelt(t))
	}
	return b.String()
}

// match writes a need as FTS5 reads it.
func match(n *news.Need) string {
	list := func(of []news.Need, between string) string {
		parts := make([]string, len(of))
		for i := range of {
			parts[i] = match(&of[i])
		}
		return "(" + strings.Join(parts, between) + ")"
	}
	switch {
	case n.Within > 0:
		title, pair := "", make([]string, len(n.All))
		for i := range n.All {
			if inTitle(&n.All[i]) { // and the other stands in the same field
				title = titleOnly
			}
			pair[i] = words(&n.All[i])
		}
		return title + "NEAR(" + strings.Join(pair, " ") + ", " + strconv.Itoa(n.Within) + ")"
	case n.Phrase, n.Term != "":
		if inTitle(n) {
			return titleOnly + words(n)
		}
		return words(n)
	case len(n.None) > 0:
		return "(" + list(n.All, " AND ") + " NOT " + list(n.None, " OR ") + ")"
	case n.All != nil:
		return list(n.All, " AND ")
	case n.Any != nil:
		return list(n.Any, " OR ")
	case n.Kind != "":
		return `"` + spelt(kindTerm(n.Kind)) + `"`
	}
	return `"` + developmentTerm + `"`
}

const titleOnly = "title : "

// inTitle tells whether a term, or one of a phrase, must stand in the title.
func inTitle(n *news.Need) bool {
	return n.Title || slices.ContainsFunc(n.All, func(t news.Need) bool { return t.Title })
}

// words writes a term or a phrase, of which the last may be the beginning of a word.
func words(n *news.Need) string {
	terms := n.All
	if !n.Phrase {
		terms = []news.Need{*n}
	}
	spelling := make([]string, len(terms))
	for i, t := range terms {
		spelling[i] = spelt(t.Term)
	}
	out := `"` + strings.Join(spelling, " ") + `"`
	if terms[len(terms)-1].Prefix {
		out += " *"
	}
	return out
}
