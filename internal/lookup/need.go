package lookup

import (
	"parley/internal/news"
	"parley/rules"
)

// need is what the store's index can be asked for the sake of a query; nil, if it
// cannot be asked.
func need(q *rules.Query, v *rules.Vocabulary) *news.Need {
	n, ok := rules.Needs(q, v)
	if !ok {
		return nil
	}
	out := asked(n)
	return &out
}

func asked(n rules.Need) news.Need {
	out := news.Need{Phrase: n.Phrase, Within: n.Within, Development: n.Development, Kind: n.Kind, Term: n.Term, Prefix: n.Prefix, Title: n.Title}
	for _, k := range n.All {
		out.All = append(out.All, asked(k))
	}
	for _, k := range n.None {
		out.None = append(out.None, asked(k))
	}
	for _, k := range n.Any {
		out.Any = append(out.Any, asked(k))
	}
	return out
}
