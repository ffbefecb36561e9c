package read

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
)

// Towns that are no actors' seats and in no list of places of talks.
func TestVenueOfTheGazetteer(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ language, title, text, venue string }{
		{"en", "Iran, US to hold new round of talks in Rustaq on Tuesday, Oman says", "", "Rustaq, Oman"},
		{"en", "Oman says Iran-US talks will resume on Tuesday", "MUSCAT (Wire) - Indirect talks between Iran and the United States will resume in Rustaq on Tuesday, Oman's foreign ministry said.", "Rustaq, Oman"},
		{"en", "Colombia, ELN to open eighth cycle in Mérida", "The Colombian government and the ELN will open the eighth cycle of talks in Mérida, Venezuela, on 4 May, the two delegations said.", "Mérida, Venezuela"},
		{"en", "Colombia, ELN to open eighth cycle in Mexico", "The Colombian government and the ELN will open the eighth cycle of talks in Mérida on 4 May, Mexico's foreign ministry said.", "Mérida, Mexico"},
		{"en", "Colombia, ELN to meet in Spain", "The Colombian government and the ELN will resume talks in the Spanish city of Valladolid on 4 May, the two delegations said.", "Valladolid, Spain"},
		{"en", "Congo, M23 talks moved", "Talks between the Congolese government and M23 have been moved to Butembo and will open on Monday, Congo's foreign ministry said.", "Butembo, DR Congo"},
		{"en", "Iran, US to meet", "Indirect talks between Iran and the United States will resume at the lakeside resort of Stresa in Italy on Tuesday, Oman's foreign ministry said.", "Stresa, Italy"},
		{"en", "Sudan's army, RSF to resume talks", "Sudan's army and the RSF will resume talks in the Kenyan coastal town of Watamu on Tuesday, an African Union envoy said.", "Watamu, Kenya"},
		{"en", "Armenia, Azerbaijan to hold talks", "Armenia and Azerbaijan will hold border talks in Kirants, Armenia, on Tuesday, the Armenian foreign ministry said.", "Kirants, Armenia"},
		{"en", "Rustaq to host next Iran-US round", "Oman's foreign ministry said Iran and the United States would hold their next round of talks on Tuesday.", "Rustaq, Oman"},
		{"en", "Iran, US wind up Rustaq talks", "Iran and the United States concluded their indirect talks on Tuesday, Oman's foreign ministry said.", "Rustaq, Oman"},

		{"fr", "Kinshasa et le M23 reprennent les pourparlers à Butembo", "Le gouvernement congolais et le M23 reprendront leurs pourparlers lundi à Butembo, a annoncé le ministère congolais des Affaires étrangères.", "Butembo, DR Congo"},
		{"es", "El Gobierno colombiano y el ELN retoman los diálogos", "El Gobierno colombiano y el ELN retomarán los diálogos de paz el lunes en la ciudad mexicana de Tlaxcala, anunció la cancillería de México.", "Tlaxcala, Mexico"},
		{"ru", "Переговоры России и Украины возобновятся в Бурсе", "Переговоры России и Украины возобновятся в Бурсе во вторник, сообщил МИД Турции.", "Bursa, Turkey"},
		{"ar", "جولة جديدة من المحادثات بين إيران والولايات المتحدة في الرستاق", "أعلنت وزارة الخارجية العمانية أن جولة جديدة من المحادثات بين إيران والولايات المتحدة ستعقد في مدينة الرستاق يوم الثلاثاء.", "Rustaq, Oman"},
		{"fa", "دور جدید مذاکرات ایران و آمریکا در خصب", "وزارت خارجه عمان اعلام کرد دور جدید مذاکرات ایران و آمریکا روز سه‌شنبه در شهر خصب برگزار می‌شود.", "Khasab, Oman"},
		{"ur", "پاکستان اور افغانستان کے درمیان مذاکرات", "ترکی کی وزارت خارجہ نے کہا ہے کہ پاکستان اور افغانستان کے درمیان مذاکرات کا نیا دور منگل کو قونیہ میں ہوگا۔", "Konya, Turkey"},
	} {
		if got := venueOf(e, c.language, c.title, c.text); got != c.venue {
			t.Errorf("%s: %s\n%s\nvenue %q, want %q", c.language, c.title, c.text, got, c.venue)
		}
	}
}

// Names of towns that are none where they stand.
func TestNoTownWhereNoneIsMeant(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ title, text string }{
		{"Iran, US to resume talks in March, Oman says", ""},
		{"Iran, US to resume talks, Oman says", "In Reading the text of the accord, Iran and the United States found gaps, and they will resume talks on Tuesday, Oman's foreign ministry said."},
		{"Iran, US to Resume Talks in Person, Oman Says", ""},
		{"Iran, US talks to resume", "Iran and the United States will resume talks on Tuesday, Oman's foreign ministry said in Nelson Park Hall's newsletter."},
		{"Sanchez to host Colombia-ELN talks", ""},
		{"Victoria Round of Colombia, ELN talks ends, Mexico says", ""},
		{"Colombia suspends talks with ELN after attack near Saravena", "Colombia's government suspended its talks with the ELN on Tuesday after an attack on a patrol near Saravena."},
		{"Iran, US to resume talks, Oman says", "Iran and the United States will resume talks on Tuesday, Oman's foreign minister told reporters in Rustaq."},
		{"Iran, US to resume talks, Oman says", "Iran and the United States will resume talks on Tuesday, Oman's foreign ministry said. Power cuts are planned in Bole on Wednesday."},
		{"IRAN, US TO RESUME TALKS IN SPRING, OMAN SAYS", ""},
		{"Iran, US to resume talks, Oman says", "Iran and the United States will resume talks on Tuesday at Orlando Figes's invitation, Oman's foreign ministry said."},
		{"Israel, Hamas agree on truce in Gaza", "Israel and Hamas have agreed on a truce in Gaza, Qatar's foreign ministry said on Tuesday."},
	} {
		if got := venueOf(e, "en", c.title, c.text); got != "" {
			t.Errorf("%s\n%s\nvenue %q, want none", c.title, c.text, got)
		}
	}
}

// A town is a place and never an actor: a headline whose subject it is reads as
// with a name that nobody knows.
func TestTownIsNoActor(t *testing.T) {
	e := engine(t)
	const text = "Iran and the United States will resume talks on Tuesday, Oman's foreign ministry said."
	town := e.Read(townItem("en", "Ibri confirms Iran-US talks on Tuesday", text)).Reading
	unknown := e.Read(townItem("en", "Xbri confirms Iran-US talks on Tuesday", text)).Reading
	for _, r := range []news.Reading{town, unknown} {
		for i := range r.Developments {
			r.Developments[i].Evidence.Quote = "" // it has the name in it
		}
	}
	if diff := cmp.Diff(unknown, town); diff != "" {
		t.Errorf("with a town it reads otherwise:\n%s", diff)
	}
}

func townItem(language, title, text string) news.Item {
	return news.Item{ID: "towns", Language: language, Title: title, Text: text, Published: time.Date(2026, 4, 17, 12, 0, 0, 0, time.UTC)}
}

func venueOf(e *Engine, language, title, text string) string {
	r := e.Read(townItem(language, title, text)).Reading
	for _, d := range r.Developments {
		if d.Venue != nil {
			return *d.Venue
		}
	}
	if len(r.Developments) == 0 {
		return "no development: " + *r.Silence
	}
	return ""
}
