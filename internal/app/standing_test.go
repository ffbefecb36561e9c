package app_test

import (
	"testing"
	"time"
)

// Where talks stand, who said what and what happened when are told from what was
// read of the feeds.
func TestStandingSaidTimeline(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.has(w.slash("us-iran", "status us-iran"), "Quiet", "No date ahead")
	w.print("observer", ended)
	w.once(a)
	w.has(w.slash("us-iran", "status us-iran"), "Between rounds", "round 2, ended")
	w.later(time.Hour)
	w.print("observer", "Third round of Iran-US talks to be held in Muscat on Tuesday, Oman says")
	w.once(a)
	w.has(w.slash("us-iran", "status us-iran"), "Scheduled", "scheduled for Tue", "Muscat")
	w.has(w.slash("us-iran", "status"), "US–Iran talks", "scheduled")
	w.has(w.slash("us-iran", "said Oman about us-iran"), "“Third round")
	w.has(w.slash("us-iran", "said omna"), "Did you mean `/parley said oman`")
	w.has(w.slash("us-iran", "timeline us-iran"), "Round 2:", "Round 3:")
}
