package read

import (
	"fmt"
	"testing"

	"parley/internal/news"
)

// What the top of an item speaks of is kept, read or not; nothing of one that is
// comment, or that only wishes.
func TestTraces(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ title, text, want string }{
		{"US, Iran to meet in Muscat on Tuesday", "", "[talks-scheduled] [united-states iran] [Muscat, Oman]"},
		{"Iran: team travels to Muscat", "The delegation flies to Muscat on Friday for a meeting with the Americans.", "[talks-scheduled] [iran united-states] [Muscat, Oman]"},
		{"Why the US and Iran cannot agree", "An essay on forty years of failed talks between the United States and Iran.", "[] [] []"},
		{"UN urges US, Iran to resume talks", "The UN chief called on the United States and Iran to return to the table.", "[] [] []"},
	} {
		out := e.Read(news.Item{ID: "a", Title: c.title, Text: c.text, Published: karachi(t)}).Reading.Echoes
		if got := fmt.Sprint(out.Kinds, " ", out.Actors, " ", out.Places); got != c.want {
			t.Errorf("%s\n\ttraces %s, want %s", c.title, got, c.want)
		}
	}
}
