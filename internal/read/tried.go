package read

import "parley/internal/text"

// onlyTried reports what somebody is at work on at token i, and has not done: "Egypt trying to
// bring Hamas, Israel back to talks", "efforts to resume talks continue".
func (p *part) onlyTried(i, from int) bool {
	back := false
	switch p.t.Tokens[i].Norm {
	case "back":
		back = true
	case "continue", "continues", "continued", "go", "goes":
	default:
		return false
	}
	const far = 10
	for k := i - 1; k > from && k >= i-far; k-- {
		tok := &p.t.Tokens[k+1]
		if tok.Gap&(parts&^text.Comma) != 0 || tok.Gap&text.Comma != 0 && tok.Flags&p.t.Tokens[k].Flags&text.Capital == 0 {
			return false
		}
		if p.t.Tokens[k].Norm != "to" || !p.has(k-1, cWant) {
			continue
		}
		if back {
			return true
		}
		switch p.t.Tokens[k-1].Norm {
		case "effort", "efforts", "attempt", "attempts", "push", "bid", "campaign":
			return true
		}
	}
	return false
}
