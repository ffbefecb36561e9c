package rules

import "errors"

// With returns a vocabulary that differs from v in one thing only: the rules
// that rule:NAME may name. It shares all that v knows of actors, so it costs no
// more than reading these rules.
func (v *Vocabulary) With(list []Source) *Vocabulary {
	ix := *v.index()
	ix.rules = refer(list)
	out := &Vocabulary{
		Kinds: v.Kinds, Groups: v.Groups, Roles: v.Roles, Certainties: v.Certainties, Tiers: v.Tiers,
		Actors: v.Actors, Negotiations: v.Negotiations, Feeds: v.Feeds, Rules: list,
	}
	out.once.Do(func() { out.ix = &ix })
	return out
}

// refer reads rules that others may name.
func refer(list []Source) map[string]*referred {
	out := make(map[string]*referred, len(list))
	for _, r := range list {
		q, err := parse(r.When)
		out[r.Name] = &referred{q, err}
	}
	return out
}

// Know makes the set read the rules that are added or changed from now on with
// v, which must come of the With of the vocabulary that the set has. Rules that
// the set has already keep what the rules that they name said before; Change
// reads them anew.
func (s *Set) Know(v *Vocabulary) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	have := s.b.given
	if have == nil || v == nil || len(v.Actors) != len(have.Actors) || len(v.Actors) > 0 && &v.Actors[0] != &have.Actors[0] {
		return errors.New("the set was compiled with a vocabulary of other actors: use Replace")
	}
	s.b.given = v
	return nil
}
