package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
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
		if e.verdict.negated && e.because == "negated" && (e.s.order <= 2 || r.digest) && r.negotiation(e) != nil {
			for _, k := range undone(e.kind) { // "will not be sitting down this Tuesday after all"
				o := *e
				o.kind, o.verdict = k, verdict{mood: happened}
				d := r.development(&o, nil)
				d.Dates = nil
				out = append(out, d)
			}
			continue
		}
		byway := e.because == "nobody says or does it, and the item is not about it" && (r.titleSides() >= 2 || e.s.order == 1)
		if !echoing(e) && !byway || e.s.order > 2 && !r.digest || r.longAgo(e) != "" || r.retold(e) || e.s.asks() {
			continue
		}
		n := r.negotiation(e)
		if (e.kind == news.TalksEnded || e.kind == news.TalksStarted) && r.ahead(e.s.p, e.trigger, e.s.from, e.s.to) { // "when ministers meet here next Wednesday"
			o := *e
			o.kind, e = news.TalksScheduled, &o
		}
		d := r.development(e, []event{*e})
		if n == nil {
			d.Parties = r.everybody(e, d.Mediators)
		}
		if len(d.Parties) == 0 || slices.ContainsFunc(out, func(o news.Development) bool { return o.Kind == d.Kind }) {
			continue
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		if e, ok := r.reaction(); ok {
			d := r.development(&e, nil)
			d.Agent = "" // who reacts is not who did it
			out = append(out, d)
		}
	}
	return out
}

// reaction finds what headline or lead react to by its noun alone: "Norway praises
// Colombian truce deal", "UN regrets Moroccan refusal".
func (r *reader) reaction() (event, bool) {
	if !r.english {
		return event{}, false
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 || s.asks() {
			continue
		}
		p := s.p
		for k := s.from; k < s.to; k++ {
			if w := p.t.Tokens[k].Norm; w == "new" || w == "fresh" || w == "latest" {
				for j := k + 1; j < min(s.to, k+4); j++ {
					if w := p.t.Tokens[j].Norm; w == "sanctions" || w == "tariffs" {
						e := event{s: s, kind: news.SanctionsImposed, trigger: k, end: k + 1, arg: j, verdict: verdict{mood: happened}, score: 1}
						return e, r.negotiation(&e) != nil
					}
				}
			}
			if !reacts(p.t.Tokens[k].Norm) || p.negation(k, s.from) {
				continue
			}
			for j := k + 1; j < min(s.to, k+12); j++ {
				kind := news.Kind("")
				switch w := p.t.Tokens[j].Norm; {
				case p.negatedArgument(j, s.from) || p.t.Tokens[j].Gap&(text.Semicolon|text.SentenceEnd) != 0:
					return event{}, false
				case w == "refusal" || w == "rejection":
					kind = news.ProposalRejected
				case w == "acceptance":
					kind = news.ProposalAccepted
				case w == "walkout" || w == "withdrawal":
					kind = news.TalksSuspended
				case w == "postponement" || w == "delay":
					kind = news.TalksPostponed
				case p.has(j, cDeal) && !p.has(j, cProposal) && !p.has(j, cMeeting):
					kind = news.AgreementReached
				case w == "proposal" || w == "plan" || w == "paper" || w == "initiative":
					kind = news.ProposalMade
				}
				e := event{s: s, kind: kind, trigger: k, end: k + 1, arg: j, verdict: verdict{mood: happened}, score: 1}
				if kind != "" && r.negotiation(&e) != nil {
					return e, true
				}
			}
		}
	}
	return event{}, false
}

// reacts reports verbs that say what somebody makes of what has happened.
func reacts(w string) bool {
	switch w {
	case "hails", "hailed", "praises", "praised", "welcomes", "welcomed", "applauds", "applauded", "condemns", "condemned", "regrets", "regretted", "deplores", "deplored",
		"criticises", "criticised", "criticizes", "criticized", "slams", "slammed", "salutes", "saluted", "laments", "lamented", "cheers", "cheered", "defends", "defended":
		return true
	}
	return false
}

// undone lists what it may mean that something does not happen, or has not.
func undone(k news.Kind) []news.Kind {
	switch k {
	case news.TalksScheduled, news.TalksStarted, news.TalksEnded:
		return []news.Kind{news.TalksPostponed, news.TalksCancelled, news.Denial}
	case news.ViolationAlleged, news.AgreementReached, news.ProposalMade, news.MessageConveyed:
		return []news.Kind{news.Denial}
	}
	return nil
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
		"tells only when something else happens", "far down in another story, and nobody stands by it",
		"a purpose, not an event", "sanctions that nothing ties to talks", "too faint: no clause says it clearly", "the headline is about something else, and nobody stands by it":
		return !e.verdict.negated
	}
	return false
}

// everybody lists those whom the item names near an event, in a place or not, who do not
// mediate there.
func (r *reader) everybody(e *event, mediators []string) []string {
	var out []string
	for _, id := range r.order {
		if r.present(e, id) >= 2 && !slices.Contains(mediators, id) && !r.onlyCapital(id) {
			out = append(out, id)
		}
	}
	return out
}
