package news

// A Need is what a stored item must have to be of interest: all of All, or one of
// Any, or a development, or a term that the index holds of it. Items that have it
// may still turn out to be of none.
type Need struct {
	All, Any    []Need
	Development bool
	Kind        string // with Development: of this kind, or group of kinds; empty: of any
	Term        string
	Prefix      bool // any term that begins with Term
	Title       bool // a term of the title
}
