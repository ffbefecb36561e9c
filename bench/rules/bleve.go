package main

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/search/query"
)

// buildBleve turns the search engine round: the article is the index, and each
// rule a search in it.
func buildBleve(set []rule) (func(*prepared) int, func(), error) {
	mapping := bleve.NewIndexMapping()
	if err := mapping.AddCustomAnalyzer("words", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, nil, err
	}
	mapping.DefaultAnalyzer = "words"
	mapping.StoreDynamic, mapping.DocValuesDynamic = false, false // nothing is read back
	queries := make([]query.Query, len(set))
	for i, r := range set {
		queries[i] = bleveQuery(r)
	}
	return func(a *prepared) int {
		index, err := bleve.NewMemOnly(mapping)
		if err != nil {
			return -1
		}
		defer index.Close()
		if err := index.Index("article", map[string]string{"title": a.foldedTitle, "text": a.folded}); err != nil {
			return -1
		}
		n := 0
		for _, q := range queries {
			found, err := index.Search(bleve.NewSearchRequestOptions(q, 1, 0, false))
			if err != nil {
				return -1
			}
			n += int(found.Total)
		}
		return n
	}, nil, nil
}

// bleveQuery writes a rule as a query of bleve, which has no NEAR.
func bleveQuery(r rule) query.Query {
	var must, not []query.Query
	for _, c := range r.clauses {
		field := "text"
		if c.title {
			field = "title"
		}
		var any []query.Query
		for _, t := range c.any {
			switch {
			case t.prefix:
				q := bleve.NewPrefixQuery(t.words[0])
				q.SetField(field)
				any = append(any, q)
			case len(t.words) > 1:
				any = append(any, bleve.NewPhraseQuery(t.words, field))
			default:
				q := bleve.NewTermQuery(t.words[0])
				q.SetField(field)
				any = append(any, q)
			}
		}
		switch {
		case c.not:
			not = append(not, any...)
		case c.near > 0:
			must = append(must, any...)
		case len(any) == 1:
			must = append(must, any[0])
		default:
			must = append(must, bleve.NewDisjunctionQuery(any...))
		}
	}
	q := bleve.NewBooleanQuery()
	q.AddMust(must...)
	q.AddMustNot(not...)
	return q
}
