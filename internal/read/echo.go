package read

import (
	"slices"

	"parley/internal/news"
)

// echoes lists what a silent item speaks of at its top as if it were known, so that
// who has heard of it can tell. Nothing that is denied, wished for or asked is.
func (r *reader) echoes() []news.Development {
	const most = 3
	var out []news.Development
	for i := range r.found {
		e := &r.found[i]
		if len(out) == most {
			break
		}
		if !echoing(e) || e.s.order > 2 && !r.digest || r.longAgo(e) != "" || r.retold(e) || e.s.asks() {
			continue
		}
		n := r.negotiation(e)
		d := r.development(e, r.found[i:i+1])
		if n == nil {
			d.Parties = r.everybody(e, d.Mediators)
		}
		if len(d.Parties) == 0 || slices.ContainsFunc(out, func(o news.Development) bool { return o.Kind == d.Kind }) {
			continue
		}
		out = append(out, d)
	}
	return out
}

// echoing reports an event that was left out for no other reason than that it is
// told as background, or that the item does not say well enough whose it is.
func echoing(e *event) bool {
	switch e.kind {
	case news.Atmosphere, news.GapsNamed, news.Ultimatum:
		return false
	}
	switch e.because {
	case "background", "named, not reported", "names fewer than two sides", "nothing ties it to a negotiation", "business or labour, not politics",
		"a visit or a ceremony, at which nothing is negotiated", "states at work together, with nothing between them to negotiate",
		"sanctions that nothing ties to talks", "too faint: no clause says it clearly", "the headline is about something else, and nobody stands by it":
		return !e.verdict.negated
	}
	return false
}

// everybody lists those whom the item names near an event, in a place or not, who do not
// mediate there.
func (r *reader) everybody(e *event, mediators []string) []string {
	var out []string
	for _, id := range r.order {
		if r.present(e, id) >= 2 && !slices.Contains(mediators, id) {
			out = append(out, id)
		}
	}
	return out
}
