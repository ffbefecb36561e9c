package feed

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	jsonfeed "github.com/mmcdole/gofeed/json"
)

// readJSON reads a JSON Feed member by member, so that one that is broken, or
// the end of a document that was cut, costs one item.
func readJSON(src string) (d document, err error) {
	// Line ends inside of strings are forbidden and found; outside they are
	// spaces like any other.
	dec := json.NewDecoder(strings.NewReader(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, src)))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return d, errors.New("it is JSON, but no JSON Feed")
	}
	var (
		head  jsonfeed.Feed
		found bool
		odd   int
	)
	for dec.More() && err == nil {
		var key json.Token
		if key, err = dec.Token(); err != nil {
			break
		}
		var raw json.RawMessage
		switch key {
		case "items":
			found = true
			odd, err = readJSONItems(dec, &d)
		case "title", "language", "home_page_url":
			if err = dec.Decode(&raw); err == nil {
				// a title that is no string is no title; the rest still counts
				one, _ := json.Marshal(map[string]json.RawMessage{key.(string): raw})
				_ = json.Unmarshal(one, &head)
			}
		default:
			err = dec.Decode(&raw)
		}
	}
	if !found {
		return d, errors.New("it is JSON, but has no items")
	}
	d.title, d.language, d.base = head.Title, head.Language, head.HomePageURL
	if odd > 0 {
		d.notes = append(d.notes, counted(odd, "that is no item of JSON Feed was left out", "that are no items of JSON Feed were left out"))
	}
	if err != nil {
		d.broken = true
		d.notes = append(d.notes, "the document breaks off: "+counted(len(d.entries), "before that was kept", "before that were kept"))
	} else if d.over {
		d.notes = append(d.notes, "only the first "+strconv.Itoa(maxItems)+" items were read")
	}
	return d, nil
}

func readJSONItems(dec *json.Decoder, d *document) (odd int, err error) {
	open, err := dec.Token()
	if err != nil {
		return 0, err
	}
	if open != json.Delim('[') {
		return 0, errors.New("items is no list")
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return odd, err
		}
		if len(d.entries) == maxItems {
			d.over = true
			continue // to the end, since what follows the items counts as well
		}
		var it jsonfeed.Item
		if err := json.Unmarshal(raw, &it); err != nil {
			odd++
			continue
		}
		d.entries = append(d.entries, entry{
			guid:     it.ID,
			title:    it.Title,
			texts:    []string{it.ContentHTML, it.ContentText, it.Summary},
			links:    []string{it.URL, webAddress(it.ID), it.ExternalURL},
			dates:    []string{it.DatePublished, it.DateModified},
			language: it.Language,
		})
	}
	_, err = dec.Token()
	return odd, err
}
