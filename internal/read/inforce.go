package read

import (
	"slices"

	"parley/internal/news"
)

// entersForce reports an accord told as being in force, not as being signed: that may
// be hours or months later, and is what people have waited for.
func (r *reader) entersForce(e *event) bool {
	q := e.s.p.cues[e.trigger]
	if e.kind != news.AgreementSigned || q == nil || !q.classes.has(cSign) || q.forms[cSign] == future {
		return false
	}
	if from, to := e.s.p.clause(e.trigger, e.s.from, e.s.to); r.ahead(e.s.p, e.trigger, from, to) {
		return false
	}
	for k := e.trigger; k < min(e.s.to, e.trigger+int(q.length)); k++ {
		if slices.Contains(effects, e.s.p.t.Tokens[k].Norm) {
			return true
		}
	}
	return false
}

// effects are words, folded, with which one says that a text is in force.
var effects = []string{
	"force", "effect", "vigueur", "effet", "vigor", "vigencia", "efecto", "efeito", "силу", "действовать",
	"التنفيذ", "التطبيق", "النفاذ", "سريان", "اجرا", "الاجرا", "لازمالاجرا", "اجرايي", "اجرایی", "نافذ",
}
