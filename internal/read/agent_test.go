package read

import (
	"testing"

	"parley/internal/news"
)

// Whose act it is stands in the clause, whoever tells of it.
func TestAgent(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ title, text, want string }{
		{"", "CAIRO — Hamas has accepted the mediators' paper on Gaza, an Egyptian official said on Friday, and Israel has it before it.", "hamas"},
		{"Army accepts UN truce plan for El Obeid", "PORT SUDAN - The Sudanese army accepts the UN plan for a ceasefire around El Obeid, its spokesman said. The war between the army and the Rapid Support Forces began in 2023.", "sudanese-army"},
		{"Iran turned down US proposal, Omani minister says", "", "iran"},
		{"", "A day after Kyiv published it, Russia rejected the proposal for a truce, Ukrainian officials said.", "russia"},
		{"", "KINSHASA — The M23 has rejected the Congolese government's proposal for a withdrawal, a government spokesman said on Friday.", "m23"},
		{"Washington lifts sanctions on Venezuelan oil as talks go on, Caracas says", "", "united-states"},
		{"", "Iran's proposal on enrichment was rejected by the United States, Iranian officials said on Friday.", "united-states"},
		{"", "Iran's proposal on enrichment was rejected, Omani officials said on Friday.", ""},
		{"Qatar hopeful as US, Iran exchange drafts", "", ""},
	} {
		p := e.Read(news.Item{ID: "a", Title: c.title, Text: c.text, Published: karachi(t)})
		if len(p.Reading.Developments) == 0 {
			if c.want != "" {
				t.Errorf("%s%s: not read", c.title, c.text)
			}
			continue
		}
		if d := p.Reading.Developments[0]; d.Agent != c.want {
			t.Errorf("%s%s: %s by %q, want %q", c.title, c.text, d.Kind, d.Agent, c.want)
		}
	}
}
