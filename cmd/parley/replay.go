package main

import (
	"bufio"
	"context"
	"errors"

	"parley/internal/app"
)

type replayCmd struct {
	configured
	source
}

func (c *replayCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	var items []app.Item
	unusable := c.each(s, k, func(it app.Item) error {
		items = append(items, it)
		return nil
	})
	if unusable != nil && !errors.Is(unusable, errSilent) {
		return unusable
	}
	replayed, err := k.Replay(ctx, items, s.log)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(s.out)
	defer w.Flush()
	enc := objects(w)
	for _, r := range replayed {
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return unusable
}
