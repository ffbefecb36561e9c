package main

import (
	"fmt"
	"io"
	"os"

	"parley/internal/config"
)

type feedsImportCmd struct {
	configured
	File string `arg:"" help:"OPML file that another feed reader has exported; - is standard input."`
}

func (c *feedsImportCmd) Run(s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	var in io.Reader = s.in
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	passed := 0
	feeds, err := config.ReadOPML(in, k.Config.Feeds, func(line int, why string) {
		passed++
		fmt.Fprintf(s.err, "line %d: %s; left out\n", line, safe(why))
	})
	for _, f := range feeds {
		fmt.Fprint(s.out, config.FeedEntry(f))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	fmt.Fprintf(s.err, "%s: paste what is above under feeds: in the configuration, and add zone and tier. `parley check` looks at it.\n", plural(len(feeds), "new feed"))
	if passed > 0 {
		return errSilent
	}
	return nil
}

type feedsExportCmd struct{ configured }

func (c *feedsExportCmd) Run(s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	return config.WriteOPML(s.out, k.Config.Feeds)
}
