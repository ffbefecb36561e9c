package app_test

import (
	"strings"
	"testing"

	"parley/internal/demo/standin"
)

// Any member may change what a channel is subscribed to; where the configuration says
// creators, who made a subscription, an admin, and anybody once that person has left.
func TestWhoMayChangeSubscriptions(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	omar, ada := w.AddUser(standin.User{Name: "omar"}), w.AddUser(standin.User{Name: "ada", Admin: true})
	by := func(user, words string) string {
		got, err := w.Slash(soon(t), user, "desk", "/parley", words)
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.WaitAnswers(soon(t), got, 1)
		if err != nil {
			t.Fatal(err)
		}
		return answers[0].Text
	}
	k := w.conf("")
	a := w.open(k)
	w.has(by("maya", "subscribe us-iran"), "Done")
	w.has(by(omar.ID, "unsubscribe us-iran"), "Done")
	w.close(a)

	k.Config.Creators = true
	a = w.open(k)
	defer w.close(a)
	w.has(by("maya", "subscribe us-iran"), "Done")
	for _, words := range []string{"unsubscribe us-iran", "unsubscribe all", "unsubscribe us-*", "subscribe us-iran level urgent"} {
		said := by(omar.ID, words)
		w.has(said, "only who made one may change or end it", "admins")
		if strings.Contains(said, "Done") {
			t.Errorf("%s: %s", words, said)
		}
	}
	w.has(by(omar.ID, "subscribe sudan"), "Done") // one's own
	w.has(by(ada.ID, "subscribe us-iran level urgent"), "otherwise from now on")
	w.has(by(ada.ID, "unsubscribe us-iran"), "Done")
	w.has(by("maya", "unsubscribe sudan"), "only who made one")
	w.Leave(omar.ID)
	w.has(by("maya", "unsubscribe sudan"), "Done")
}
