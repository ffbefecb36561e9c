package news

import (
	"strings"
	"time"
)

// A Workspace is a team of Slack that has installed parley by OAuth. The home
// workspace, whose token is in the environment, is none of these.
type Workspace struct {
	Team    string // id
	Name    string // as the team calls itself
	BotUser string // id of parley's own user there
	Scopes  []string
	// Sealed holds the tokens, encrypted: only package workspaces can read it.
	Sealed      string
	Expires     time.Time // UTC, of the access token; zero: it does not
	InstalledBy string    // user id
	Installed   time.Time // UTC
	Claim       int64     // fencing token: who holds the last one may store other tokens
}

// Wiped counts what was forgotten of a workspace.
type Wiped struct{ Subscriptions, Mutes, Rules, Messages int }

// Address names a channel or person of a team so that no other team's can be taken
// for it: TEAM/ID. In the home workspace, team "", it is the id or #name alone. All
// that parley keeps or queues by channel, it keeps by address, so what is of one
// workspace cannot meet what is of another, be the ids the same.
func Address(team, id string) string {
	if team == "" || id == "" {
		return id
	}
	return team + "/" + id
}

// SplitAddress takes an address apart; team is empty in the home workspace.
func SplitAddress(address string) (team, id string) {
	before, after, ok := strings.Cut(address, "/")
	if !ok || !IsTeam(before) {
		return "", address
	}
	return before, after
}

// IsTeam says whether something has the form of a team's id: a T, or an E for one
// of an organisation, before capitals and digits.
func IsTeam(id string) bool {
	if len(id) < 2 || len(id) > 32 || id[0] != 'T' && id[0] != 'E' {
		return false
	}
	for _, r := range id[1:] {
		if !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
			return false
		}
	}
	return true
}
