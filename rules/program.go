package rules

import "sync/atomic"

// A program is a set of rules made ready to match, as it stood at one moment.
//
// Rules ask for terms, by number, and for conditions that are worked out when
// a rule is asked. The formula of a rule lies in code; the rule is filed, as a
// candidate, under terms of which one must be true for it to hold. That is how
// the rules that an item cannot satisfy are never touched.
//
// Programs of one epoch share their arrays: a later one has more of them, and
// nothing that an earlier one can see is changed, but for three things, which
// are read and written atomically: slots of the table, posts and died. What a
// reader finds there that is newer than its program it leaves alone. So rules
// are added and removed while others read, and nobody waits.
type program struct {
	*epoch
	version uint32
	size    int // of rules that are alive

	terms  []term
	table  table
	uppers bool // there is a word in capitals among the terms
	speaks bool // there is an actor among the terms
	posts  []uint64
	// Rules are filed under terms below filed, or not below settled: the terms
	// between were there at the layout, and nothing was filed under them since.
	filed, settled uint32
	seen           tally

	code  []uint32
	texts []string // canonical forms that code refers to; the first is empty
	conds []cond
	nears uint32 // how many different NEARs there are, each worked out once an item
	rules []rule
	died  []uint32 // by rule: the version that was the first without it, 0 if it is alive
}

// An epoch is the time between two layouts of a set: as long as it lasts, the
// numbers of terms and the places of programs stay what they are.
type epoch struct {
	v      *Vocabulary
	cands  atomic.Pointer[[]candidate]
	begins beginnings
	grams  sieve
	actors []uint32 // by actor: its term, 0 for none; read atomically

	samples atomic.Uint32 // how often was counted
	look    uint32        // how many samples make another layout worth while
	looking atomic.Bool   // and whether it has been asked for
}

type rule struct {
	name  string
	index int32 // by which the outside knows it
	code  uint32
}

// A candidate is a rule filed under a term. guard is another term that it
// needs: most candidates are dropped by it unseen. Where the two are plain words
// that must stand within so many words of each other, the number is above the
// guard, 0 for none. Laid out, those with one guard lie side by side.
type candidate struct{ guard, code uint32 }

const (
	guardBits = 28
	inGuard   = 1<<guardBits - 1
	maxReach  = 1<<(32-guardBits) - 1
)

// A post says where in the epoch's candidates those of a term lie: the place
// of the first one and their number. Lists that were laid out are as long as
// they are; those that grew since have room up to the next power of two.
func post(at, n int) uint64 { return uint64(at)<<32 | uint64(n) }

func (p *program) post(t uint32) (at, n uint32) {
	x := atomic.LoadUint64(&p.posts[t])
	return uint32(x >> 32), uint32(x)
}
