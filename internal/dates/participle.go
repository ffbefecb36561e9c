package dates

import (
	"strings"

	"parley/internal/text"
)

// A participle looks like a verb of the past, and often is none.

// passive reports whether the participle at k leaves its tense to the words
// before it: "will be held", "are to be signed", "is held".
func (p *parser) passive(k int) bool {
	for j := k - 1; j >= p.sent.From && j >= k-3; j-- {
		c := p.senses[j].cues
		if c&cueBeing != 0 {
			return c&cuePast == 0
		}
		if c&cuePast != 0 || c&cuePerfect != 0 || p.senses[j].class == classThe {
			return false
		}
	}
	return false
}

// describes reports a participle at k that stands before its noun: "to convene enlarged talks",
// "will hold an expanded meeting". It is no verb, whatever its tense.
func (p *parser) describes(k int) bool {
	if k == p.sent.From || k+1 >= p.sent.To || p.tokens[k].Gap != text.Space || p.tokens[k+1].Gap != text.Space || !strings.HasSuffix(p.tokens[k].Norm, "ed") {
		return false
	}
	if next := p.senses[k+1]; next.class != classNone || next.cues&^(cueEvent|cuePlace|cueOther) != 0 || next.cues == 0 && p.tokens[k+1].Flags&text.Capital == 0 {
		return false
	}
	switch before := p.senses[k-1]; p.tokens[k-1].Norm {
	case "a", "an", "the":
		return true
	default:
		return before.cues&cueEventVerb != 0 && before.cues&cuePast == 0
	}
}

// actedOn reports a verb at k by which somebody acts: "proposed a truce", "agreed to meet", and
// not a participle, as in "the meeting on Wednesday proposed by Qatar".
func (p *parser) actedOn(k int) bool {
	if p.senses[k].cues&cueAct == 0 || !strings.HasSuffix(p.tokens[k].Norm, "ed") || p.tokens[k].Gap != text.Space || k+1 >= p.sent.To || p.tokens[k+1].Gap != text.Space {
		return false
	}
	switch p.tokens[k+1].Norm {
	case "by", "in", "at", "on", "during", "for", "under":
		return false
	}
	return true
}

// compound reports the second half of "UN-mediated", "US-brokered": it only describes the noun
// behind it.
func (p *parser) compound(k int) bool {
	return k > p.sent.From && p.tokens[k].Gap == text.Hyphen && p.senses[k].cues&cuePast != 0 && p.tokens[k-1].Flags&text.Capital != 0
}
