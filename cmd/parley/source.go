package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"parley/internal/app"
)

// source is embedded by commands that read items.
type source struct {
	File string `arg:"" optional:"" help:"File of JSONL items; - or none: standard input." default:"-"`
}

// each calls f for every item of the source. A line that cannot be used is
// reported with its number and passed over; then the command fails at its end.
func (c source) each(s *streams, k *app.Knowledge, f func(app.Item) error) error {
	var in io.Reader = s.in
	if c.File != "-" && c.File != "" {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	bad := false
	err := k.Items(in, func(line int, err error) {
		bad = true
		fmt.Fprintf(s.err, "line %d: %v; skipped\n", line, err)
	}, f)
	if err == nil && bad {
		err = errSilent
	}
	return err
}

// objects writes JSON objects, one a line, with the words of feeds as they stand.
func objects(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}
