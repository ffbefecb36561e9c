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
		{"", "Oman has moved the talks between Iran and the US from Tuesday to Thursday, a spokesman said.", "talks-postponed us-iran"},
		{"", "The talks between India and Pakistan had been due to begin on Thursday; a US official said his boss was needed in Congress.", "silent"},
		// other rounds, other days
		{"", "The next round of talks between the US and Iran will be hosted by Oman on Tuesday, a week after the last one broke up in Geneva.", "talks-scheduled us-iran 11-24"},
		{"", "Turkey will host the next round of talks between Russia and Ukraine on Monday, the ministry said, two weeks after the previous meeting ended in Abu Dhabi.", "talks-scheduled russia-ukraine 11-23"},
		{"", "US officials arrived home on Monday after finishing the third round of talks with Iran in Muscat.", "talks-ended us-iran Muscat, Oman"},
		{"M23 team back in Kinshasa after fifth round", "The Congolese team returned on Friday after wrapping up the fifth round of talks with the M23 in Doha.", "talks-ended drc-m23 Doha, Qatar"},
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
