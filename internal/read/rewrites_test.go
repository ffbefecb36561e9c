package read

import (
	"strings"
	"testing"

	"parley/internal/news"
)

// told puts a reading into a line: "talks-scheduled us-iran Muscat, Oman 2026-11-24".
func told(r news.Reading) string {
	if len(r.Developments) == 0 {
		return "silent"
	}
	d := r.Developments[0]
	out := string(d.Kind) + " " + deref(d.Negotiation)
	if d.Denies != nil {
		out += " of " + string(*d.Denies)
	}
	if d.Venue != nil {
		out += " " + *d.Venue
	}
	for _, x := range d.Dates {
		out += " " + strings.TrimPrefix(x.Start, "2026-")
		if x.End != x.Start {
			out += ".." + strings.TrimPrefix(x.End, "2026-")
		}
	}
	return out
}

// Other outlets tell a development from another side: what was moved and where to,
// what the last round was, who goes home and when.
func TestRewrites(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ title, text, want string }{
		// both sides in one breath
		{"US-Iran negotiators to meet on Monday", "", "talks-scheduled us-iran 11-23"},
		{"US-China trade negotiators to meet three days sooner", "", "talks-scheduled us-china-trade"},
		{"", "US-EU trade negotiators struck a deal on steel on Friday.", "agreement-reached us-eu-trade 11-20"},
		{"US, Iran plan Muscat talks", "", "talks-scheduled us-iran Muscat, Oman"},
		{"Report: Israel, Syria plan Paris talks", "", "talks-scheduled israel-syria Paris, France"},
		// a place is offered
		{"An Emirati minister has proposed Abu Dhabi as a meeting place for Indian and Pakistani officials", "", "mediation-offered india-pakistan"},
		{"", "Norway has proposed Oslo as a meeting place for Israeli and Lebanese negotiators.", "mediation-offered israel-lebanon"},
		{"", "A Kenyan minister suggested Nairobi as a venue for Ethiopian and Eritrean officials.", "mediation-offered ethiopia-eritrea"},
		{"Egypt to host next round with Hamas and Israel", "", "talks-scheduled israel-hamas"},
		{"Abu Dhabi to host Russia and Ukraine from Monday to Wednesday, UAE says", "", "talks-scheduled russia-ukraine 11-23..11-25"},
		// talks are moved: to a place, to an earlier day, to a later one
		{"", "The Georgian hosts have shifted Wednesday's talks between Armenia and Azerbaijan to Batumi because of protests.", "talks-scheduled armenia-azerbaijan Batumi, Georgia 11-25"},
		{"", "Oman said it had moved next Tuesday's talks between Iran and the US to Salalah because of the storm.", "talks-scheduled us-iran Salalah, Oman 11-24"},
		{"Doha shifts Congo-M23 talks to Lusail", "", "talks-scheduled drc-m23 Lusail, Qatar"},
		{"US-Iran talks brought forward to Monday", "", "talks-scheduled us-iran 11-23"},
		{"India-Pakistan water talks brought forward to Nov 25", "", "talks-scheduled india-pakistan 11-25"},
		{"", "Oman has moved the talks between Iran and the US from Tuesday to Thursday, a spokesman said.", "talks-postponed us-iran 11-26"},
		{"", "The long dialogue over the frontier between India and China moves to Sichuan on Tuesday, Beijing said.", "talks-scheduled india-china"},
		{"Yemen denies prisoner deal with Houthis", "", "denial saudi-houthi of agreement-reached"},
		{"Indian envoy off to China for border talks", "", "silent"},
		{"RSF rejects UN plan for El Obeid", "", "proposal-rejected sudan"}, // "un", "el": no French, no Spanish
		{"", "The meeting of Iran and the US that was put off this week will now be held in Muscat on Tuesday, Oman said on Friday.", "talks-scheduled us-iran Muscat, Oman 11-24"},
		{"", "The meeting of Iran and the US that was to be held on Tuesday was put off on Friday, Oman said.", "talks-postponed us-iran"},
		{"", "The talks between India and Pakistan had been due to begin on Thursday; a US official said his boss was needed in Congress.", "silent"},
		// other rounds, other days
		{"", "The next round of talks between the US and Iran will be hosted by Oman on Tuesday, a week after the last one broke up in Geneva.", "talks-scheduled us-iran 11-24"},
		{"", "Turkey will host the next round of talks between Russia and Ukraine on Monday, the ministry said, two weeks after the previous meeting ended in Abu Dhabi.", "talks-scheduled russia-ukraine 11-23"},
		{"", "US officials arrived home on Monday after finishing the third round of talks with Iran in Muscat.", "talks-ended us-iran Muscat, Oman"},
		{"M23 team back in Kinshasa after fifth round", "The Congolese team returned on Friday after wrapping up the fifth round of talks with the M23 in Doha.", "talks-ended drc-m23 Doha, Qatar"},
		{"", "US negotiators flew out of Tokyo on Friday with nothing to show for two days of talks with the Japanese, an official said.", "talks-ended us-japan-trade 11-20"},
		{"NDF panel flies home from Norway", "The panel of the National Democratic Front left Oslo on Friday after three days of talks with Philippine government negotiators.", "talks-ended philippines-ndf Oslo, Norway 11-20"},
		{"", "After eight hours the delegations of Thailand and Cambodia left the hotel in Kuala Lumpur on Friday night.", "talks-ended thailand-cambodia Kuala Lumpur, Malaysia 11-20"},
		{"Peace talks under way in Norway", "The talks between the Philippines and the NDF have begun, presidential adviser Carlo Abad said in Manila.", "talks-started philippines-ndf"},
		{"", "Congolese and Rwandan negotiators met in Luanda on Friday as Angola began another attempt at peace between them.", "talks-started drc-rwanda Luanda, Angola 11-20"},
		// one kind, in other words
		{"", "The SPLM-IO has complained to the ceasefire monitors about an attack by the South Sudanese army, calling it a serious violation.", "violation-alleged south-sudan"},
		{"Athens 'takes note' of Swiss offer", "Greece has taken note of an offer by Switzerland to host negotiations with Turkey, a Greek spokesman said.", "silent"},
		{"Geneva proposed for Aegean talks", "Swiss diplomats have proposed Geneva as a venue for Greek-Turkish talks about the Aegean, Turkish media reported.", "mediation-offered greece-turkey"},
		{"Ethiopia, Somalia seal sea deal", "The agreement on Somali ports was signed by Ethiopia and Somalia in Ankara on Friday.", "agreement-signed somalia-ethiopia Ankara, Turkey 11-20"},
		{"", "Rwanda wants more time, and so its talks with Congo in Luanda will not be held on Tuesday, its spokeswoman said.", "talks-postponed drc-rwanda Luanda, Angola"},
		{"", "The Colombian president has called the government's negotiators with the ELN home from Mexico after an attack.", "talks-suspended colombia-eln"},
		{"", "Bangkok and Phnom Penh have agreed on Friday next week for their meeting in Malaysia, originally set for Wednesday.", "talks-scheduled thailand-cambodia 11-27"},
		// what is disputed or denied
		{"Mali, Algeria at odds over when talks open", "", "silent"},
		{"Israel denies plan to meet Syrian envoys in Paris", "", "denial israel-syria of talks-scheduled"},
		{"", "Iran has denied any plan to meet American officials in Muscat next week.", "denial us-iran of talks-scheduled"},
	} {
		p := e.Read(news.Item{ID: "a", Title: c.title, Text: c.text, Published: karachi(t)})
		if got := told(p.Reading); got != c.want {
			t.Errorf("%s%s\n\tis read as %s, want %s", c.title, c.text, got, c.want)
		}
	}
}

// What a silent item takes for known is kept apart, for the desk to know.
func TestEchoes(t *testing.T) {
	e := engine(t)
	for _, c := range []struct {
		title, text string
		want        string // kinds
	}{
		{"US: door open after Taliban walkout", "The State Department said on Friday the door remained open after the Taliban broke off negotiations with U.S. officials in Qatar.", "talks-suspended"},
		{"Kinshasa accuses Rwanda of stalling", "Congo's government accused Rwanda of playing for time on Friday after next week's session in Angola was put off.", "talks-postponed"},
		{"Turkey hails Horn of Africa deal", "Turkey's president praised the agreement between Ethiopia and Somalia.", "agreement-reached"},
		{"ELN regrets suspension", "The ELN said on Friday it regretted the government's decision to suspend the peace negotiations.", "talks-suspended"},
		{"Tehran: sanctions poison the talks", "Iran said on Friday that new U.S. sanctions on its oil traders poison the nuclear negotiations.", "sanctions-imposed"},
		{"Kyiv: no one met Russians in Austria", "There were no talks with the Russians in Vienna, a Ukrainian adviser said, calling the report a fake.", "talks-postponed talks-cancelled denial"},
		{"Oil edges up", "Traders weighed supply from Venezuela and the weather.", ""},
		{"India, Pakistan should talk, says former envoy", "Delhi and Islamabad should resume their dialogue, a former envoy said.", ""},
		{"US, Iran to meet in Muscat on Tuesday", "", ""}, // which is news
	} {
		var kinds []string
		for _, d := range e.Read(news.Item{ID: "a", Title: c.title, Text: c.text, Published: karachi(t)}).Reading.Echoes.Known {
			kinds = append(kinds, string(d.Kind))
		}
		if got := strings.Join(kinds, " "); got != c.want {
			t.Errorf("%s: %s\n\techoes %q, want %q", c.title, c.text, got, c.want)
		}
	}
}
