package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/read"
	"parley/rules"
)

// The nouns that commands print.
type (
	Item    = news.Item
	Reading = news.Reading
	Page    = read.Page
	Example = lookup.Example

	// A QueryProblem is what is wrong with a query, and where.
	QueryProblem = rules.Problem
)

// FromPage is said of an item whose text was taken from the page of its article.
const FromPage = news.FromPage

// itemIn is an item as scripts write it.
type itemIn struct {
	ID        string `json:"id"`
	Feed      string `json:"feed"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Published string `json:"published"`
	Zone      string `json:"zone"`
	Language  string `json:"language"`
	Link      string `json:"link"`
}

// maxLine bounds one line of items, in bytes.
const maxLine = 16 << 20

// Items reads one JSON object a line and calls use with each item. A line that
// cannot be used is handed to unusable with its number, and passed over. What a
// configured feed says of its items holds where the item itself is silent. It
// ends with the first error of use, or of in.
func (k *Knowledge) Items(in io.Reader, unusable func(line int, err error), use func(Item) error) error {
	r := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ; n++ {
		line, err := readLine(r)
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errLong):
			unusable(n, err)
			continue
		case err != nil:
			return fmt.Errorf("line %d cannot be read: %w", n, err)
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		it, err := k.item(line)
		if err != nil {
			unusable(n, err)
			continue
		}
		if err := use(it); err != nil {
			return err
		}
	}
}

var errLong = fmt.Errorf("longer than %d MB", maxLine>>20)

// readLine reads a line of any length; of one over maxLine only the end is
// found, and the error is errLong.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if len(line) > maxLine {
			long, line = true, nil
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return nil, err
		case long:
			return nil, errLong
		case err == io.EOF && len(line) == 0:
			return nil, io.EOF
		}
		return line, nil
	}
}

func (k *Knowledge) item(line []byte) (Item, error) {
	var in itemIn
	if err := json.Unmarshal(bytes.TrimPrefix(line, []byte("\ufeff")), &in); err != nil {
		return Item{}, fmt.Errorf("not a JSON item: %w", err)
	}
	if in.ID == "" {
		return Item{}, errors.New("an item needs an id")
	}
	if in.Title == "" && in.Text == "" {
		return Item{}, fmt.Errorf("item %q has neither title nor text", in.ID)
	}
	it := Item{ID: in.ID, Feed: in.Feed, Title: in.Title, Text: in.Text, Link: in.Link, Language: in.Language}
	var zone *time.Location
	for _, f := range k.Config.Feeds {
		if f.Name == in.Feed {
			it.Tier, zone = f.Tier, f.Zone
			if it.Language == "" {
				it.Language = f.Language
			}
		}
	}
	if in.Zone != "" {
		z, err := time.LoadLocation(in.Zone)
		if err != nil || in.Zone == "Local" {
			return Item{}, fmt.Errorf("item %q: unknown zone %q, use an IANA name such as Asia/Karachi", in.ID, in.Zone)
		}
		zone = z
	}
	if in.Published == "" {
		return it, nil
	}
	t, err := time.Parse(time.RFC3339, in.Published)
	if err != nil {
		return Item{}, fmt.Errorf("item %q: published %q is not RFC 3339, such as 2026-11-20T14:00:00+05:00", in.ID, in.Published)
	}
	it.Published = t
	if zone != nil {
		it.Published = t.In(zone)
	}
	return it, nil
}
