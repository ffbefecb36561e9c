package main

import (
	"bufio"
	"context"

	"parley/internal/app"
)

type matchCmd struct {
	configured
	source
}

func (c *matchCmd) Run(_ context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	book, err := k.Rulebook(nil)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(s.out)
	defer w.Flush()
	enc := objects(w)
	var page *app.Page
	return c.each(s, k, func(it app.Item) error {
		page = k.Engine.ReadInto(page, it)
		return enc.Encode(struct {
			ID    string   `json:"id"`
			Rules []string `json:"rules"`
		}{it.ID, book.Rules(page, it.Published)})
	})
}
