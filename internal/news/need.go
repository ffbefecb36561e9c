package news

// A Need is what a stored item must have to be of interest: all of All and none of
// None, or one of Any, or a development, or a term that the index holds of it. Items
// that have it may still turn out to be of none.
type Need struct {
	All, Any    []Need
	None        []Need // with All: terms
	Phrase      bool   // the terms of All stand in one field, one behind the other; an index need not know
	Within      int    // if not 0: the two of All, terms or phrases, stand in one field with no more words between them; an index need not know
	Development bool
	Kind        string // with Development: of this kind, or group of kinds; empty: of any
	Term        string
	Prefix      bool // any term that begins with Term
	Title       bool // a term of the title
}
