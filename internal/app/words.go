package app

import (
	"context"

	"parley/internal/store"
	"parley/internal/text"
	"parley/rules"
)

// wordsVersion counts the ways in which items have been taken apart into words. A
// test notices when it has to be raised; then every index is made anew.
const wordsVersion = 3

// words is how the store indexes items: as rules look for their words.
func words() store.Words {
	return store.Words{Version: wordsVersion, Terms: func(title, body string) (inTitle, inText []string) {
		return rules.IndexTerms(text.New(title), nil), rules.IndexTerms(text.New(body), nil)
	}}
}

// index brings the index of items by their words up to date, if it is not.
func (a *App) index(ctx context.Context) error {
	added, err := a.store.Index(ctx)
	if added > 0 {
		a.log.Info("items indexed by their words", "items", added)
	}
	if ctx.Err() != nil {
		return nil // the next start goes on with it
	}
	return err
}
