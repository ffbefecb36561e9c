package read

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

func karachi(t testing.TB) time.Time {
	loc, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, 20, 14, 0, 0, 0, loc) // a Friday
}

// A mediator's spokesman names a day and two others, below highlights that
// repeat it, above a paragraph that explains, and page furniture at the end.
func TestMediatorNamesADate(t *testing.T) {
	it := news.Item{
		ID: "m", Title: "Islamabad says technical Iran-US sitting likely to be held next week", Published: karachi(t),
		Text: `Pakistan, which carries papers between the two capitals, says that technical teams of the United States and Iran will probably sit down again next week.

Islamabad says technical Iran-US sitting likely to be held next week

Highlights

  • Pakistan mediates the technical talks between Washington and Tehran.
  • The talks are likely to resume next Tuesday, the spokesman said.
  • Monday or Wednesday are also possible.

A spokesman for Pakistan’s foreign ministry, Salman Durrani, told the media that the technical talks between the US and Iran were likely to resume around next Tuesday. The venue was still open, the foreign ministry official added, noting that Monday or Wednesday were also being considered.

Why the technical talks matter

Technical talks deal with procedure rather than with politics. Indirect contacts of this kind have helped both sides before.

Fetching Next...`,
	}
	r := engine(t).Read(it).Reading
	if len(r.Developments) != 1 {
		t.Fatalf("%d developments: %+v", len(r.Developments), r.Developments)
	}
	d := r.Developments[0]
	if d.Kind != news.TalksScheduled || deref(d.Negotiation) != "us-iran" || d.Certainty != news.Expected || d.Level != "technical" || d.Venue != nil {
		t.Errorf("read as %s of %s, %s, level %q, venue %s", d.Kind, deref(d.Negotiation), d.Certainty, d.Level, deref(d.Venue))
	}
	if s := speakerOf(d.Speaker); s != "pakistan/Salman Durrani" || d.Speaker.Role != news.Mediator {
		t.Errorf("speaker %s, %s", s, roleOf(d.Speaker))
	}
	var days []string
	for _, q := range d.Dates {
		days = append(days, q.Start)
	}
	if want := []string{"2026-11-24", "2026-11-23", "2026-11-25"}; !slices.Equal(days, want) {
		t.Fatalf("dates %v, want %v", days, want)
	}
	if !d.Dates[0].Preferred || d.Dates[1].Preferred || d.Dates[2].Preferred || !d.Dates[0].Approx {
		t.Errorf("of %+v only the first is preferred, and approximate", d.Dates)
	}
}

// A party's minister says that a round ended well; a related headline stands
// between the paragraphs, sticking points far down, a comment form at the end.
func TestRoundEnds(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	it := news.Item{
		ID: "r", Title: "World", Published: time.Date(2026, 2, 17, 18, 0, 0, 0, loc),
		Text: `Iran's Foreign Minister: Second Round With Washington Held in Constructive Spirit

Share
Share

The Iranian foreign minister said on leaving that a second round of talks with the United States had ended in a constructive atmosphere. Speaking to reporters, the minister said both delegations had gone through the text line by line.

The exchanges, which pass through intermediaries, are about the nuclear file and sanctions.

  Pressure Mounts for Release of Court Files in Fraud Case

American officials declined to describe the talks in detail.

Officials familiar with the process cautioned that no agreement was at hand. Key sticking points remain, among them inspections and the timetable for lifting sanctions.

Share

Leave a comment

Leave a Reply

Your email address will not be published. Required fields are marked *`,
	}
	e := engine(t)
	headline, rest, _ := strings.Cut(it.Text, "\n\n")
	for name, as := range map[string][2]string{ // feeds differ in where they put the headline
		"in the text": {"World", it.Text}, "nowhere else": {"", "World\n\n" + it.Text}, "in the title": {headline, rest}, "in both": {headline, "World\n\n" + it.Text},
	} {
		t.Run(name, func(t *testing.T) {
			x := it
			x.Title, x.Text = as[0], as[1]
			r := e.Read(x).Reading
			var kinds []news.Kind
			for _, d := range r.Developments {
				kinds = append(kinds, d.Kind)
			}
			if want := []news.Kind{news.TalksEnded, news.Atmosphere, news.GapsNamed}; !slices.Equal(kinds, want) {
				t.Fatalf("kinds %v, want %v", kinds, want)
			}
			d := r.Developments[0]
			if deref(d.Negotiation) != "us-iran" || roleOf(d.Speaker) != "party" || deref(d.Speaker.Affiliation) != "iran" || num(d.Round) != "2" {
				t.Errorf("read as %+v by %s", d, speakerOf(d.Speaker))
			}
			if num(r.Developments[1].Tone) != "1" {
				t.Errorf("tone %s", num(r.Developments[1].Tone))
			}
		})
	}
}

// A round the sides have behind them is not the one to come.
func TestRound(t *testing.T) {
	e := engine(t)
	for _, c := range []struct {
		title, text string
		round       string
	}{
		{
			"Oman says US-Iran talks will resume on Saturday in Muscat",
			"MUSCAT - Iran and the United States will sit down again on Saturday, five days after the two sides wound up their fourth round in Rome, Oman's foreign minister said.", "-",
		},
		{
			"Qatar says Israel-Hamas talks to resume on Tuesday in Doha",
			"The mediator said on Friday that the seventh round would open on Tuesday, a month after the sides held their sixth round in Cairo.", "7",
		},
		{
			"Russia and Ukraine end talks in Istanbul, Turkey says",
			"Delegations left on Monday after they held a third round in the Ciragan Palace, the Turkish foreign ministry said.", "3",
		},
	} {
		r := e.Read(news.Item{ID: "r", Title: c.title, Text: c.text, Published: karachi(t)}).Reading
		if len(r.Developments) == 0 {
			t.Errorf("%q is silent", c.title)
		} else if got := num(r.Developments[0].Round); got != c.round {
			t.Errorf("%q: round %s, not %s", c.title, got, c.round)
		}
	}
}

func TestWholeQuote(t *testing.T) {
	for _, c := range []struct{ source, span, want string }{
		{"Round ends with 'good progress'", "Round ends with 'good progress", "Round ends with 'good progress'"},
		{"Talks “will resume on Monday”. Oil fell.", "Talks “will resume on Monday", "Talks “will resume on Monday”."},
		{"“We meet on Monday,” he said. Oil fell.", "We meet on Monday,” he said", "“We meet on Monday,” he said."},
		{"\"We meet on Monday,\" he said.", "We meet on Monday,\" he said", "\"We meet on Monday,\" he said."},
		{"“It went well. We meet on Monday.” Oil fell.", "We meet on Monday", "We meet on Monday."},
		{"Iran's and the sides' talks end", "Iran's and the sides", "Iran's and the sides"},
		{"Talks end (state media)", "Talks end (state media", "Talks end (state media)"},
		{"Le ministre : « La session reprend lundi »", "La session reprend lundi", "La session reprend lundi"},
	} {
		a := strings.Index(c.source, c.span)
		from, to := wholeQuote(c.source, a, a+len(c.span))
		if got := c.source[from:to]; got != c.want {
			t.Errorf("%s: %s, not %s", c.source, got, c.want)
		}
	}
}

// What must stay silent, and say why.
func TestSilence(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ title, text string }{
		{"No date has been set for the next US-Iran round, Pakistan says", ""},
		{"Ten years on: how Iran and the US reached the nuclear deal", "On the anniversary three negotiators recall how the talks ended in Vienna in 2015."},
		{"Pakistan beat Oman by six wickets; series resumes on Tuesday", "Both captains held talks with the umpires."},
		{"Will Iran and the US resume talks on Tuesday?", ""},
		{"Opinion: Iran and the US should resume talks", "By a columnist. If they met tomorrow, a deal could be signed within a week."},
		{"UN chief urges Iran and US to resume talks", ""},
		{"Iranische Delegation reist nach Maskat", "Die Gespräche mit den USA sollen am Dienstag fortgesetzt werden, sagte der Sprecher und verwies auf die Vermittlung."},
		{"Oil slips as traders weigh US-Iran talks", ""},
		{"Airline pilots and management resume wage talks on Monday", "A mediator from Pakistan's labour court will attend."},
	} {
		r := e.Read(news.Item{ID: "s", Title: c.title, Text: c.text, Published: karachi(t)}).Reading
		if len(r.Developments) > 0 {
			t.Errorf("%q is read as %s", c.title, r.Developments[0].Headline)
		} else if r.Silence == nil {
			t.Errorf("%q is silent without a reason", c.title)
		}
	}
}

// An engine that breaks on an item must not take the daemon with it.
func TestAFaultIsSilence(t *testing.T) {
	e := engine(t)
	e.dates = nil
	r := e.Read(news.Item{ID: "x", Title: "Iran and US resume talks in Muscat on Tuesday", Published: karachi(t)}).Reading
	if len(r.Developments) > 0 || r.Silence == nil || !strings.Contains(*r.Silence, "could not be read") {
		t.Errorf("read as %+v", r)
	}
}

// checkOffsets reports whether every quote is cut exactly from the item.
func checkOffsets(t *testing.T, it news.Item, r news.Reading) {
	t.Helper()
	field := map[news.Field]string{news.Title: it.Title, news.Text: it.Text}
	for _, d := range r.Developments {
		s, v := field[d.Evidence.Field], d.Evidence
		if v.Start < 0 || v.End > len(s) || v.Start > v.End || s[v.Start:v.End] != v.Quote || v.Quote == "" {
			t.Fatalf("evidence [%d,%d) of %d bytes is %q", v.Start, v.End, len(s), v.Quote)
		}
	}
	for _, m := range r.Dates {
		s := field[m.Field]
		if m.Begin < 0 || m.End > len(s) || m.Begin > m.End || s[m.Begin:m.End] != m.Span {
			t.Fatalf("date [%d,%d) of %d bytes is %q", m.Begin, m.End, len(s), m.Span)
		}
	}
}

func TestQuotesAreExactInMarkup(t *testing.T) {
	it := news.Item{
		ID: "h", Title: "Iran&amp;#039;s talks with US to resume on Tuesday in <b>Muscat</b>, Oman says", Published: karachi(t),
		Text: "<p>Oman&#8217;s foreign ministry said&nbsp;on Friday that the <em>talks</em> between Iran and the United&shy; States would resume on Tues\u200bday in Muscat.</p>",
	}
	r := engine(t).Read(it).Reading
	if len(r.Developments) == 0 {
		t.Fatalf("silent: %v", r.Silence)
	}
	checkOffsets(t, it, r)
}

func FuzzRead(f *testing.F) {
	e := engine(f)
	for _, s := range [][2]string{
		{"Oman says Iran-US talks to resume on Tuesday", "<p>Iran&amp;#039;s minister said “no”.</p>"},
		{"", strings.Repeat("talks (", 40)},
		{"\xff\xfe", "Iran \u202e talks\u200b resume"},
		{"مذاکرات ایران", "گفت‌وگوها برگزار می‌شود"},
		{"Will travel to", "both will come to. Put the talks on. Denies"},
		{"says Oman, will", "It is set for. the co-chairs said no later than"},
		{"Talks - Iran: US", "“Iran” ‘said’ \"talks\" will end. " + strings.Repeat("Iran said talks ", 30)},
	} {
		f.Add(s[0], s[1], int64(1_795_000_000))
		f.Add(s[1], s[0], int64(0))
	}
	f.Fuzz(func(t *testing.T, title, body string, at int64) {
		it := news.Item{ID: "f", Title: title, Text: body}
		if at > 0 && at < 1<<40 {
			it.Published = time.Unix(at, 0).UTC()
		}
		r := e.Read(it).Reading
		if r.Developments == nil || r.Dates == nil {
			t.Fatal("a list is nil")
		}
		if s := deref(r.Silence); strings.HasPrefix(s, "the item could not be read") {
			t.Fatal(s) // a fault that Read survived
		}
		checkOffsets(t, it, r)
	})
}

// Mediators who speak together speak as mediators; parties who do, or others,
// do not.
func TestJointStatement(t *testing.T) {
	for title, want := range map[string]string{
		"In a joint statement, Egypt and Qatar said talks between Israel and Hamas would restart on Monday":     "egypt qatar",
		"Mediators Qatar and Egypt said in a joint statement that Israel and Hamas will resume talks on Monday": "qatar egypt",
		"Israel and Hamas to resume talks in Doha on Monday, Egypt and Qatar say":                               "egypt qatar",
		"Israel and Hamas said talks would resume on Monday":                                                    "",
		"Britain, France and Germany said Israel and Hamas will resume talks on Monday":                         "",
	} {
		r := engine(t).Read(news.Item{ID: "j", Title: title, Published: karachi(t)}).Reading
		if len(r.Developments) == 0 || r.Developments[0].Kind != news.TalksScheduled || r.Developments[0].Speaker != nil {
			t.Errorf("%s: %+v", title, r.Developments)
			continue
		}
		var ids []string
		for _, s := range r.Developments[0].Joint {
			ids = append(ids, *s.Affiliation)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: said by %q, want %q", title, got, want)
		}
		if by := Facts(&r.Developments[0], 1).By; slices.Contains(by, "mediator") != (want != "") {
			t.Errorf("%s: by %v", title, by)
		}
	}
}

// A headline without a verb hedges all the same, and where an earlier round was
// held is not where the next one will be.
func TestVerblessHeadlineHedges(t *testing.T) {
	r := engine(t).Read(news.Item{
		ID: "v", Title: "Sudan truce talks likely early next week, says Saudi Foreign Ministry", Published: karachi(t),
		Text: "JEDDAH: Teams of the Sudanese army and the RSF are likely to meet again early next week, the ministry said on Friday, five days after they wound up their second round here.",
	}).Reading
	if len(r.Developments) == 0 {
		t.Fatal("silent")
	}
	if d := r.Developments[0]; d.Kind != news.TalksScheduled || d.Certainty != news.Expected || d.Venue != nil {
		t.Errorf("%s, %s, venue %s", d.Kind, d.Certainty, deref(d.Venue))
	}
}

// What is denied is what was claimed, and not the talks it was claimed of.
func TestDenies(t *testing.T) {
	for text, want := range map[string]news.Kind{
		"Iran denied a report that it had agreed in the talks with the United States to ship out its uranium.": news.AgreementReached,
		"Ukraine denied that it had accepted during the talks with Russia to withdraw its troops.":             news.AgreementReached,
		"Ukraine denied that it had agreed to talks with Russia in Istanbul.":                                  news.TalksScheduled,
		"Iran denied on Friday that it was taking part in talks with the United States.":                       news.TalksStarted,
	} {
		r := engine(t).Read(news.Item{ID: "d", Title: text, Published: karachi(t)}).Reading
		if len(r.Developments) == 0 || r.Developments[0].Denies == nil || *r.Developments[0].Denies != want {
			t.Errorf("%s\ndenies something other than %s: %+v", text, want, r.Developments)
		}
	}
}

// TestReportOfARound reads a report as feeds deliver it, its furniture included: the
// end of a round comes first, how it went and what still divides the sides besides.
func TestReportOfARound(t *testing.T) {
	item := news.Item{
		ID: "x", Language: "en", Published: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		Title: "Saudi Foreign Minister Calls Second Round With Yemen's Houthis 'Productive'",
		Text: "World\n\nSaudi Foreign Minister Calls Second Round With Yemen's Houthis 'Productive'\n\nShare this article\n\n" +
			"Saudi Arabia's foreign minister said a second round of talks with Yemen's Houthis concluded in what he called a productive spirit, a sign of patient diplomacy.\n\n" +
			"Speaking to reporters after the session, the minister said both sides had gone through the prisoner lists one by one.\n\n" +
			"The talks come after months of tension along the border.\n\nNo date was given for a further meeting.\n\n" +
			"Observers note that wide gaps remain. Salaries and the reopening of the airport are among the main sticking points.\n\n" +
			"Related: Ten hotels for a weekend in Muscat\n\nLeave a comment. Your email address will not be published.",
	}
	var got []news.Kind
	for _, d := range engine(t).Read(item).Reading.Developments {
		got = append(got, d.Kind)
	}
	want := []news.Kind{news.TalksEnded, news.Atmosphere, news.GapsNamed}
	if !slices.Equal(got, want) {
		t.Errorf("reads %v, want %v", got, want)
	}
}

// A headline of one word or two is read like any other, also where a date stands behind a
// sentence of one word.
func TestShortHeadlines(t *testing.T) {
	e := engine(t)
	for _, title := range []string{"Tomorrow", "Friday", "Yes. Friday it is", "21 November", "Talks", "Iran", "Geneva, Friday", "«", ""} {
		for _, text := range []string{"", "Tuesday", "Oman said."} {
			got := e.Read(news.Item{Title: title, Text: text, Language: "en", Published: time.Date(2026, 11, 19, 14, 0, 0, 0, time.UTC)}).Reading
			if s := deref(got.Silence); len(got.Developments) > 0 || strings.Contains(s, "could not be read") {
				t.Errorf("%q, %q: %v, silence %q", title, text, got.Developments, s)
			}
		}
	}
}
