package read

import (
	"testing"

	"parley/internal/news"
)

// That an accord is in force is told apart from its signature, and from the day on
// which it is to take effect.
func TestInForce(t *testing.T) {
	e := engine(t)
	for _, c := range []struct {
		title, text, language string
		want                  bool
	}{
		{"Congo-M23 aid accord takes effect", "", "en", true},
		{"", "KINSHASA — The accord between Congo and the M23 on prisoners came into force overnight, the government said on Friday.", "en", true},
		{"", "L'accord entre le gouvernement congolais et le M23 est entré en vigueur vendredi à minuit, a indiqué Kinshasa.", "fr", true},
		{"", "دخل الاتفاق بين الكونغو الديمقراطية وحركة إم 23 حيز التنفيذ الجمعة، بحسب ما أعلنت الحكومة.", "ar", true},
		{"", "Перемирие между Россией и Украиной вступило в силу в пятницу, сообщили в Кремле.", "ru", true},
		{"Congo, M23 sign aid accord in Doha", "The accord enters into force on Sunday.", "en", false},
		{"Congo and M23 put their names to accord", "", "en", false},
		{"Congo-M23 aid accord takes effect on Sunday", "", "en", false},
	} {
		p := e.Read(news.Item{ID: "a", Title: c.title, Text: c.text, Language: c.language, Published: karachi(t)})
		if len(p.Reading.Developments) == 0 {
			t.Errorf("%s%s: not read", c.title, c.text)
			continue
		}
		if d := p.Reading.Developments[0]; d.InForce != c.want {
			t.Errorf("%s%s: %s in force: %t", c.title, c.text, d.Kind, d.InForce)
		}
	}
}
