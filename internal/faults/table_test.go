//go:build linux

package faults_test

import (
	"fmt"
	"slices"
	"strings"
)

// A table tells what came of each scenario on each database.
type table map[string]map[string]string // scenario → column → what stands there

func (t table) add(scenario, database string, o outcome, missed bool) {
	row := t[scenario]
	if row == nil {
		row = map[string]string{}
		t[scenario] = row
	}
	row[database] = fmt.Sprintf("%d | %d | %d", o.alerts, o.lost, o.repeated)
	if missed {
		row[database] += " **missed**"
	}
	if row["note"] != o.note && row["note"] != "" {
		// In the order of the columns, whichever ended first.
		if database == (sqlite{}).name() {
			row["note"] = o.note + "; PostgreSQL: " + row["note"]
		} else {
			row["note"] += "; PostgreSQL: " + o.note
		}
		return
	}
	row["note"] = o.note
}

// String is Markdown, as it stands in the README.
func (t table) String() string {
	var b strings.Builder
	columns := []string{sqlite{}.name(), postgres{}.name()}
	b.WriteString("| what goes wrong |")
	for _, c := range columns {
		fmt.Fprintf(&b, " alerts on %s | lost | repeated |", c)
	}
	b.WriteString(" |\n|---|" + strings.Repeat("---:|---:|---:|", len(columns)) + "---|\n")
	for _, s := range scenarios() {
		row, ok := t[s.name]
		if !ok {
			continue
		}
		cells := []string{s.name}
		for _, c := range columns {
			cell, ok := row[c]
			if !ok {
				cell = "– | – | –"
			}
			cells = append(cells, cell)
		}
		b.WriteString("| " + strings.Join(slices.Concat(cells, []string{row["note"]}), " | ") + " |\n")
	}
	return b.String()
}

func verdict(missed bool) string {
	if missed {
		return "MISSED"
	}
	return "ok"
}
