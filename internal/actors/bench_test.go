package actors

import (
	"testing"

	"parley/internal/text"
)

func BenchmarkFind(b *testing.B) {
	x := index(b)
	t := text.New(article)
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	var into []Mention
	for b.Loop() {
		into = x.Find(t, into[:0])
	}
	if len(into) == 0 {
		b.Fatal("nothing found")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(nil); err != nil {
			b.Fatal(err)
		}
	}
}

const article = `Negotiators see a narrow path as shuttle diplomacy goes on

MUSCAT (Harbour Wire) — Oman's foreign minister said on Sunday that he had carried written proposals between Tehran and Washington, and that a further round of indirect talks could be held within a fortnight if both capitals approved the agenda.

Sayyid Harith Al Mandhari, who heads the Omani mediation team, told reporters that the two delegations had not met face to face. "We moved from room to room," he said. "It is slow, it is tiring, and it is working." Mandhari added that Qatar and Switzerland had offered rooms as well.

The Iranian delegation was led by Deputy Foreign Minister Kamran Sohrabi, while the American side was represented by special envoy Peter Lindqvist. A senior U.S. official, who spoke on condition of anonymity because he was not authorised to brief the press, described the exchange as useful. Two diplomats familiar with the matter said the United Nations nuclear watchdog would be asked to send inspectors to three sites.

In Tehran, foreign ministry spokesman Farid Rostami denied that his country had agreed to ship enriched uranium abroad. "No such proposal is on the table," Rostami told the state news agency. Iran's Supreme National Security Council is due to discuss the draft this week. The White House declined to comment, and the State Department referred questions to the embassy in Muscat.

European governments have watched from outside. Germany's foreign ministry said it welcomed every step that lowered tension; a spokesman for the European Union said Brussels stood ready to help with sanctions relief. France, Britain and Germany informed the Security Council last month that they would not extend the deadline again. Russia and China objected.

Israel has criticised the talks. An Israeli official said any accord that left centrifuges spinning would be a mistake, and the prime minister was expected to raise the matter when he visits Washington next week. Saudi Arabia's crown prince spoke by telephone with the emir of Qatar, the royal court said. Egypt, Jordan and the United Arab Emirates issued a joint statement in support of the mediator.

Analysts said that the sides remained apart on the pace of sanctions relief and on the fate of the stockpile. The rial rose slightly on the open market in Tehran after the news, and shares in Dubai closed higher. Earlier rounds were held in Rome and in Geneva, and one was called off after an attack on shipping in the Gulf of Oman. The next meeting, if it takes place, would be the sixth since April. Mandhari said he would travel to Doha and then to Vienna, where the International Atomic Energy Agency has its seat, before any date is set. He asked all parties to refrain from statements that could make the work of the mediator harder, and thanked the Swiss ambassador for her help.
`
