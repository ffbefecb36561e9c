package story

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

func ptr[T any](v T) *T { return &v }

type change = func(*news.Development)

// dev makes a development of us-iran.
func dev(kind news.Kind, changes ...change) news.Development {
	d := news.Development{Negotiation: ptr("us-iran"), Kind: kind, Parties: []string{"united-states", "iran"}, Certainty: news.Confirmed}
	for _, f := range changes {
		f(&d)
	}
	return d
}

func on(days ...string) change {
	return func(d *news.Development) {
		for _, day := range days {
			d.Dates = append(d.Dates, news.Date{Start: day, End: day, Preferred: len(d.Dates) == 0})
		}
	}
}

func between(start, end string) change {
	return func(d *news.Development) {
		d.Dates = append(d.Dates, news.Date{Start: start, End: end, Preferred: true, Granularity: "range"})
	}
}

func about(day string) change {
	return func(d *news.Development) {
		d.Dates = append(d.Dates, news.Date{Start: day, End: day, Preferred: true, Approx: true})
	}
}

func round(n int) change { return func(d *news.Development) { d.Round = &n } }

func in(city string) change { return func(d *news.Development) { d.Venue = &city } }

func by(id string, name ...string) change {
	return func(d *news.Development) {
		d.Speaker = &news.Speaker{Affiliation: &id, Role: news.Party}
		if slices.Contains([]string{"oman", "qatar", "pakistan"}, id) {
			d.Speaker.Role = news.Mediator
		}
		if len(name) > 0 {
			d.Speaker.Name = &name[0]
		}
	}
}

func sure(c news.Certainty) change { return func(d *news.Development) { d.Certainty = c } }

func agent(id string) change { return func(d *news.Development) { d.Agent = id } }

func inForce(d *news.Development) { d.InForce = true }

func level(l string) change { return func(d *news.Development) { d.Level = l } }

func tone(n int) change { return func(d *news.Development) { d.Tone = &n } }

func denies(k news.Kind) change { return func(d *news.Development) { d.Denies = &k } }

func of(negotiation string, parties ...string) change {
	return func(d *news.Development) {
		if d.Negotiation = &negotiation; negotiation == "" {
			d.Negotiation = nil
		}
		d.Parties = parties
	}
}

// at is a Friday.
var at = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// The table of decisions: what the second report is to the first. Each reason
// that can be given stands in it.
func TestJudge(t *testing.T) {
	const h = time.Hour
	for _, c := range []struct {
		name          string
		first, second news.Development
		later         time.Duration
		want          news.Verdict
		reason        string
	}{
		// talks to come
		{"a rewrite", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled, on("2026-11-24")), 3 * h, news.Repeat, "the same facts"},
		{"a rewrite without the date", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled), 14 * h, news.Repeat, "fewer facts"},
		{"a rewrite without the place", dev(news.TalksScheduled, on("2026-11-24"), in("Muscat, Oman")), dev(news.TalksScheduled, on("2026-11-24")), h, news.Repeat, "fewer facts"},
		{"a rewrite with a vaguer date", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled, between("2026-11-23", "2026-11-29")), 3 * h, news.Repeat, "fewer facts"},
		{"a rewrite with the country for the city", dev(news.TalksScheduled, in("Muscat, Oman")), dev(news.TalksScheduled, in("Oman")), h, news.Repeat, "the same facts"},
		{"a more exact date", dev(news.TalksScheduled, between("2026-11-23", "2026-11-29")), dev(news.TalksScheduled, on("2026-11-24")), h, news.Repeat, "the date is more exact"},
		{"a day of the alternatives", dev(news.TalksScheduled, on("2026-11-24", "2026-11-25")), dev(news.TalksScheduled, on("2026-11-25")), h, news.Repeat, "more exact"},
		{"around the day", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled, about("2026-11-25")), h, news.Repeat, "the same facts"},
		{"hedged, by the same side", dev(news.TalksScheduled, by("iran"), on("2026-11-24")), dev(news.TalksScheduled, by("iran"), sure(news.Expected)), h, news.Repeat, "fewer facts"},
		{"certain, by the same side", dev(news.TalksScheduled, by("iran"), sure(news.Expected)), dev(news.TalksScheduled, by("iran")), h, news.Repeat, "the same facts"},
		{"a second side confirms what the first did", dev(news.TalksScheduled, by("iran"), on("2026-11-24")), dev(news.TalksScheduled, by("oman"), on("2026-11-24")), h, news.Repeat, "the same facts"},
		{"told until its day has come", dev(news.TalksScheduled, on("2026-11-30")), dev(news.TalksScheduled, on("2026-11-30")), 8 * 24 * h, news.Repeat, "the same facts"},
		{"expected, then confirmed by another side", dev(news.TalksScheduled, by("oman"), sure(news.Expected)), dev(news.TalksScheduled, by("iran")), h, news.Update, "what was expected is confirmed"},
		{"rumoured, then confirmed by a side", dev(news.TalksScheduled, sure(news.Reported)), dev(news.TalksScheduled, by("iran")), h, news.Update, "what was reported is confirmed"},
		{"the date moves", dev(news.TalksScheduled, by("oman"), on("2026-11-24")), dev(news.TalksScheduled, by("oman"), on("2026-11-27")), h, news.Update, "the date has changed"},
		{"another side names another date", dev(news.TalksScheduled, by("iran"), on("2026-11-24")), dev(news.TalksScheduled, by("pakistan"), on("2026-11-23", "2026-11-25")), h, news.Update, "another side names another date"},
		{"the venue moves", dev(news.TalksScheduled, by("oman"), in("Muscat, Oman")), dev(news.TalksScheduled, by("oman"), in("Doha, Qatar")), h, news.Update, "the venue has changed"},
		{"another side names another place", dev(news.TalksScheduled, by("iran"), in("Muscat, Oman")), dev(news.TalksScheduled, by("united-states"), in("Geneva, Switzerland")), h, news.Update, "another place"},
		{"the next talks, once these are past", dev(news.TalksScheduled, on("2026-11-21")), dev(news.TalksScheduled, on("2026-11-30")), 48 * h, news.New, "its day is past"},
		{"another round", dev(news.TalksScheduled, round(2)), dev(news.TalksScheduled, round(3)), h, news.New, "another round"},
		{"another level", dev(news.TalksScheduled, level("technical"), on("2026-11-24")), dev(news.TalksScheduled, level("ministerial"), on("2026-11-24")), h, news.New, "another level"},
		{"experts on another day elsewhere", dev(news.TalksScheduled, by("oman"), on("2026-11-24"), in("Muscat, Oman")), dev(news.TalksScheduled, by("iran"), on("2026-11-26"), in("Geneva, Switzerland"), level("technical")), h, news.New, "another day"},
		{"another pair", dev(news.TalksScheduled, of("iran-e3", "iran", "france", "germany")), dev(news.TalksScheduled, of("iran-e3", "iran", "united-kingdom")), h, news.New, "other parties"},
		{"another negotiation", dev(news.TalksScheduled), dev(news.TalksScheduled, of("drc-m23", "congo-kinshasa", "m23")), h, news.New, "nothing like it"},
		{"a date, days after they were announced", dev(news.TalksScheduled, by("iran")), dev(news.TalksScheduled, by("oman"), on("2026-12-01")), 60 * h, news.Update, "no date until now"},
		{"a date, in a fuller report of the same day", dev(news.TalksScheduled, by("iran")), dev(news.TalksScheduled, by("oman"), on("2026-12-01")), 10 * h, news.Repeat, "a date is named"},
		// what happens to them
		{"postponed after scheduled", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksPostponed), h, news.Update, "is postponed"},
		{"called off after scheduled", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksCancelled), h, news.Update, "is called off"},
		{"postponed, told by another", dev(news.TalksPostponed, by("iran")), dev(news.TalksPostponed, by("oman")), h, news.Repeat, "the same facts"},
		{"postponed, to another date", dev(news.TalksPostponed, by("iran"), on("2026-11-27")), dev(news.TalksPostponed, by("iran"), on("2026-12-01")), h, news.Update, "another date"},
		{"postponed, and the host is taken for a party", dev(news.TalksPostponed, in("Geneva, Switzerland")), dev(news.TalksPostponed, of("", "iran", "switzerland"), in("Geneva, Switzerland")), h, news.Repeat, "the same facts"},
		{"postponed, those of a state elsewhere", dev(news.TalksPostponed, in("Muscat, Oman")), dev(news.TalksPostponed, of("", "iran", "switzerland"), in("Geneva, Switzerland")), h, news.New, ""},
		{"postponed, with a new date in a fuller report", dev(news.TalksPostponed), dev(news.TalksPostponed, on("2026-12-01")), h, news.Repeat, "a date is named"},
		{"postponed, and days later there is a date", dev(news.TalksPostponed), dev(news.TalksPostponed, on("2026-12-01")), 50 * h, news.Update, "no new date until now"},
		{"a date after they were put off", dev(news.TalksPostponed), dev(news.TalksScheduled, on("2026-12-01")), 5 * 24 * h, news.Update, "has a date"},
		{"the date that was named with it", dev(news.TalksPostponed, on("2026-12-01")), dev(news.TalksScheduled, on("2026-12-01")), h, news.Repeat, "the new date is known"},
		{"on again", dev(news.TalksCancelled), dev(news.TalksScheduled, on("2026-12-01")), 5 * 24 * h, news.Update, "is on again"},
		{"experts elsewhere, after they were put off", dev(news.TalksCancelled, in("Muscat, Oman")), dev(news.TalksScheduled, in("Entebbe, Uganda"), on("2026-12-01")), h, news.New, "another place"},
		{"started after scheduled", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksStarted), 4 * 24 * h, news.Update, "has started"},
		{"started on another day than these", dev(news.TalksScheduled, on("2026-12-24")), dev(news.TalksStarted), h, news.New, "another day"},
		{"a session of the same day", dev(news.TalksStarted, on("2026-11-20")), dev(news.TalksStarted), 14 * h, news.Repeat, "fewer facts"},
		{"a session of another day", dev(news.TalksStarted, on("2026-11-20")), dev(news.TalksStarted, on("2026-11-21")), 24 * h, news.New, "another day"},
		{"ended after started", dev(news.TalksStarted), dev(news.TalksEnded), 5 * h, news.Update, "has ended"},
		{"ended after scheduled", dev(news.TalksScheduled, on("2026-11-20")), dev(news.TalksEnded), 9 * h, news.Update, "has been held"},
		{"broken off", dev(news.TalksStarted), dev(news.TalksSuspended), 5 * h, news.Update, "is suspended"},
		{"going on", dev(news.TalksSuspended), dev(news.TalksStarted), 50 * h, news.Update, "goes on"},
		{"ended, told out of order", dev(news.TalksEnded), dev(news.TalksEnded), -3 * h, news.Repeat, "the same facts"},
		{"scheduled, told too late", dev(news.TalksPostponed), dev(news.TalksScheduled, on("2026-11-24")), -3 * h, news.New, ""},
		// proposals and agreements
		{"a proposal is answered", dev(news.ProposalMade, by("united-states")), dev(news.ProposalRejected, by("iran")), 40 * h, news.Update, "is rejected"},
		{"an offer is taken up", dev(news.MediationOffered, by("qatar")), dev(news.ProposalAccepted, by("iran")), 40 * h, news.Update, "is accepted"},
		{"an offer that a party told of is turned down by it", dev(news.MediationOffered, by("iran")), dev(news.ProposalRejected, by("iran")), 40 * h, news.Update, "the offer is rejected"},
		{"nobody turns down their own proposal", dev(news.ProposalMade, by("iran")), dev(news.ProposalRejected, by("iran")), 40 * h, news.New, "said by the side that made it"},
		{"signed after agreed", dev(news.AgreementReached), dev(news.AgreementSigned), 48 * h, news.Update, "is signed"},
		{"in force after signed", dev(news.AgreementSigned), dev(news.AgreementSigned, inForce), 13 * h, news.Update, "in force"},
		{"in force after agreed", dev(news.AgreementReached), dev(news.AgreementSigned, inForce), 13 * h, news.Update, "what was agreed is in force"},
		{"in force, told again", dev(news.AgreementSigned, inForce), dev(news.AgreementSigned, inForce), h, news.Repeat, "the same facts"},
		{"in force, and by whom it is signed", dev(news.AgreementSigned, inForce), dev(news.AgreementSigned), h, news.Repeat, "the same facts"},
		{"a truce, told later", dev(news.AgreementReached, on("2026-11-22")), dev(news.AgreementReached), 12 * h, news.Repeat, "fewer facts"},
		{"the truce begins later", dev(news.AgreementReached, on("2026-11-22")), dev(news.AgreementReached, on("2026-11-25")), 12 * h, news.Update, "the date has changed"},
		{"the day on which it was made, and that on which it begins", dev(news.AgreementReached, on("2026-11-25")), dev(news.AgreementReached, on("2026-11-20")), 5 * h, news.Repeat, "the same facts"},
		{"an answer that a mediator tells of", dev(news.ProposalAccepted, by("iran")), dev(news.ProposalAccepted, by("oman"), agent("iran")), 5 * h, news.Repeat, "the same facts"},
		{"the answers of two sides, told by one", dev(news.ProposalAccepted, by("oman"), agent("iran")), dev(news.ProposalAccepted, by("oman"), agent("united-states")), h, news.New, "another side"},
		// statements
		{"two sides' tone", dev(news.Atmosphere, by("iran"), tone(1)), dev(news.Atmosphere, by("united-states"), tone(1)), h, news.New, "another side"},
		{"two persons of one side", dev(news.Atmosphere, by("iran", "Abbas Araghchi"), tone(1)), dev(news.Atmosphere, by("iran", "Esmaeil Baghaei"), tone(1)), h, news.New, "another person"},
		{"one person in two spellings", dev(news.Atmosphere, by("iran", "Abbas Araghchi"), tone(1)), dev(news.Atmosphere, by("iran", "Seyyed Abbas Araqchi"), tone(1)), h, news.Repeat, "the same facts"},
		{"one person in two scripts", dev(news.Atmosphere, by("iran", "Abbas Araghchi"), tone(1)), dev(news.Atmosphere, by("iran", "عباس عراقچی"), tone(1)), h, news.Repeat, "the same facts"},
		{"two persons of one state that offers", dev(news.MediationOffered, by("qatar", "Majed Al-Ansari"), in("Doha, Qatar")), dev(news.MediationOffered, by("qatar", "Khalid Al-Kuwari")), h, news.Repeat, "fewer facts"},
		{"of another tone", dev(news.Atmosphere, by("iran"), tone(1)), dev(news.Atmosphere, by("iran"), tone(-1)), h, news.New, "another tone"},
		{"days later", dev(news.Atmosphere, by("iran"), tone(1)), dev(news.Atmosphere, by("iran"), tone(1)), 40 * h, news.New, "another day"},
		{"who sends a message and who gets it", dev(news.MessageConveyed, by("oman")), dev(news.MessageConveyed, by("iran")), h, news.Repeat, "the same facts"},
		{"another messenger", dev(news.MessageConveyed, by("oman")), dev(news.MessageConveyed, by("qatar")), h, news.New, "somebody else"},
		{"a deadline is put off", dev(news.Ultimatum, by("united-states"), on("2026-11-30")), dev(news.Ultimatum, by("united-states"), on("2026-12-10")), 10 * h, news.Update, "the date has changed"},
		{"another kind", dev(news.TalksEnded), dev(news.GapsNamed), h, news.New, "nothing like it"},
		// denials
		{"denied", dev(news.TalksScheduled, by("oman")), dev(news.Denial, by("iran"), denies(news.TalksScheduled)), h, news.Update, "is denied"},
		{"denied in other words", dev(news.TalksScheduled, by("oman")), dev(news.Denial, by("iran"), denies(news.TalksStarted)), h, news.Update, "is denied"},
		{"something else is denied", dev(news.TalksScheduled, by("oman")), dev(news.Denial, by("iran"), denies(news.SanctionsEased)), h, news.New, "something else"},
		{"a denial, told again", dev(news.Denial, by("iran"), denies(news.TalksScheduled)), dev(news.Denial, by("iran")), h, news.Repeat, "the same facts"},
		{"another side denies it too", dev(news.Denial, by("iran"), denies(news.TalksScheduled)), dev(news.Denial, by("united-states"), denies(news.TalksScheduled)), h, news.New, "another side"},
		// where facts are missing
		{"no negotiation, the same parties", dev(news.TalksEnded, of("", "iran", "united-states")), dev(news.TalksEnded, of("", "united-states", "iran")), h, news.Repeat, "the same facts"},
		{"a mediator taken for a party", dev(news.TalksEnded, by("oman")), dev(news.TalksEnded, of("", "iran", "oman")), h, news.Repeat, "the same facts"},
		{"neither negotiation nor parties", dev(news.TalksEnded, of("")), dev(news.TalksEnded, of("")), h, news.New, "nothing like it"},
		{"out of the window", dev(news.AgreementReached), dev(news.AgreementReached), 80 * h, news.New, "nothing like it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := NewDesk()
			first := desk.Judge(Report{Item: news.Item{ID: "1", Published: at}, Developments: []news.Development{c.first}})[0]
			if first.Is != news.New || first.ID != -1 {
				t.Fatalf("the first is %s %d", first.Is, first.ID)
			}
			got := desk.Judge(Report{Item: news.Item{ID: "2", Published: at.Add(c.later)}, Developments: []news.Development{c.second}})[0]
			if got.Is != c.want || !strings.Contains(got.Reason, c.reason) || got.Reason == "" {
				t.Fatalf("is %s (%s), want %s (%s)", got.Is, got.Reason, c.want, c.reason)
			}
			switch got.Is {
			case news.Repeat:
				if got.ID != first.ID || got.Change != "" {
					t.Errorf("repeats %d, %q", got.ID, got.Change)
				}
			case news.Update:
				if got.Updates != first.ID || got.ID == first.ID || got.Change == "" {
					t.Errorf("updates %d as %d, %q", got.Updates, got.ID, got.Change)
				}
			}
		})
	}
}

// A stream is judged step by step; each step is a report and what it is to be.
type step struct {
	after time.Duration
	devs  []news.Development
	want  string // of each development: "new", "repeat 1", "update 1", numbered as they come
	link  string
	text  string
}

func play(t *testing.T, desk *Desk, steps []step) {
	t.Helper()
	known := []news.DevelopmentID{0}
	now := at
	for i, s := range steps {
		now = now.Add(s.after)
		var got []string
		for _, j := range desk.Judge(Report{Item: news.Item{Published: now, Link: s.link}, Language: "en", Text: strings.Fields(s.text), Developments: s.devs}) {
			word := string(j.Is)
			switch j.Is {
			case news.Repeat:
				word += " " + string(rune('0'+slices.Index(known, j.ID)))
			case news.Update:
				word += " " + string(rune('0'+slices.Index(known, j.Updates)))
				known = append(known, j.ID)
			default:
				known = append(known, j.ID)
			}
			got = append(got, word)
			t.Log(i+1, j.Kind, word, j.Reason)
		}
		if strings.Join(got, ", ") != s.want {
			t.Errorf("step %d is %s, want %s", i+1, strings.Join(got, ", "), s.want)
		}
	}
}

func TestChains(t *testing.T) {
	const h = time.Hour
	one := func(d ...news.Development) []news.Development { return d }
	for name, steps := range map[string][]step{
		"a life": {
			{0, one(dev(news.TalksScheduled, by("oman"), on("2026-11-24"))), "new", "", ""},
			{5 * h, one(dev(news.TalksPostponed, by("oman")), dev(news.TalksScheduled, by("oman"), on("2026-11-26"))), "update 1, update 1", "", ""},
			{h, one(dev(news.TalksScheduled, on("2026-11-26"))), "repeat 3", "", ""},
			{h, one(dev(news.TalksPostponed)), "repeat 2", "", ""},
			{139 * h, one(dev(news.TalksStarted, in("Muscat, Oman"))), "update 3", "", ""},
			{8 * h, one(dev(news.TalksEnded)), "update 4", "", ""},
			{h, one(dev(news.TalksEnded), dev(news.Atmosphere, tone(1), by("oman"))), "repeat 5, new", "", ""},
		},
		"an old date, told late, and told again in earnest": {
			{0, one(dev(news.TalksScheduled, by("oman"), on("2026-11-24"))), "new", "", ""},
			{2 * h, one(dev(news.TalksScheduled, by("oman"), on("2026-11-26"))), "update 1", "", ""},
			{2 * h, one(dev(news.TalksScheduled, by("oman"), on("2026-11-24"))), "repeat 1", "", ""},
			{40 * h, one(dev(news.TalksScheduled, by("oman"), on("2026-11-24"))), "update 2", "", ""},
		},
		"that they are held is told after their end": {
			{0, one(dev(news.TalksScheduled, by("oman"), on("2026-11-24"))), "new", "", ""},
			{130 * h, one(dev(news.TalksEnded, on("2026-11-24"), in("Muscat, Oman"))), "update 1", "", ""},
			{2 * h, one(dev(news.TalksStarted, on("2026-11-24"))), "repeat 2", "", ""},
			{30 * h, one(dev(news.TalksStarted, on("2026-11-26"))), "update 2", "", ""},
		},
		"a dispute is over with the move": {
			{0, one(dev(news.TalksScheduled, by("iran"), on("2026-11-24"))), "new", "", ""},
			{h, one(dev(news.TalksScheduled, by("oman"), on("2026-11-25"))), "update 1", "", ""},
			{h, one(dev(news.TalksScheduled, by("oman"), on("2026-11-27"))), "update 2", "", ""},
			{h, one(dev(news.TalksCancelled, by("iran"))), "update 3", "", ""},
		},
		"a denial is overtaken": {
			{0, one(dev(news.TalksScheduled, sure(news.Reported), on("2026-11-24"))), "new", "", ""},
			{h, one(dev(news.Denial, by("iran"), denies(news.TalksScheduled))), "update 1", "", ""},
			{30 * h, one(dev(news.TalksScheduled, by("united-states"), on("2026-11-24"))), "update 2", "", ""},
		},
		"an end, and that it was businesslike": {
			{0, one(dev(news.TalksEnded, by("oman"))), "new", "", ""},
			{h, one(dev(news.TalksEnded, by("oman")), dev(news.Atmosphere, tone(0), by("iran"))), "repeat 1, repeat 1", "", ""},
			{h, one(dev(news.TalksEnded, by("oman")), dev(news.Atmosphere, tone(-1), by("iran"))), "repeat 1, new", "", ""},
		},
		"a proposal is answered twice": {
			{0, one(dev(news.ProposalMade, by("qatar"))), "new", "", ""},
			{9 * h, one(dev(news.ProposalAccepted, by("iran"))), "update 1", "", ""},
			{9 * h, one(dev(news.ProposalRejected, by("united-states"))), "update 1", "", ""},
		},
		"the window grows with reports": {
			{0, one(dev(news.TalksPostponed)), "new", "", ""},
			{60 * h, one(dev(news.TalksPostponed)), "repeat 1", "", ""},
			{60 * h, one(dev(news.TalksPostponed)), "repeat 1", "", ""},
			{80 * h, one(dev(news.TalksPostponed)), "new", "", ""},
		},
		"a copy is a repeat, however it is read": {
			{0, one(dev(news.TalksScheduled, on("2026-11-24"))), "new", "a", wire},
			{h, one(dev(news.MediationOffered, by("oman"))), "repeat 1", "b", "Reuters reports from our correspondent " + wire},
			{h, one(dev(news.MediationOffered, by("oman"))), "repeat 1", "c", wire[:len(wire)*2/3]},
			{h, one(dev(news.MediationOffered, by("oman"))), "new", "d", strings.Replace(wire, "Muscat", "Doha", 1)},
		},
		"a copy whose fact has changed is an update": {
			{0, one(dev(news.TalksScheduled, on("2026-11-24"))), "new", "a", wire},
			{h, one(dev(news.TalksScheduled, on("2026-11-25"))), "update 1", "a", wire},
		},
		"what a repeat tells in passing": {
			{0, one(dev(news.TalksEnded, by("oman"))), "new", "", ""},
			{h, one(dev(news.TalksEnded, by("oman")), dev(news.GapsNamed, by("oman"))), "repeat 1, repeat 1", "", ""},
			{h, one(dev(news.TalksEnded, by("oman")), dev(news.GapsNamed, by("iran"))), "repeat 1, new", "", ""},
			{h, one(dev(news.TalksEnded, by("oman")), dev(news.TalksScheduled, by("oman"), on("2026-12-01"))), "repeat 1, new", "", ""},
		},
	} {
		t.Run(name, func(t *testing.T) { play(t, NewDesk(), steps) })
	}
}

const wire = "oman s foreign ministry said on monday that the two delegations would meet in Muscat on saturday for talks on the files that were left open in september " +
	"and that it would carry papers between the rooms as it did in the spring when both sides came to the sultanate for four days"

// A report that names the likeliest day alone takes the other possible days away no
// more than it takes the venue away; one that is more exact does.
func TestDatesThatARepeatTells(t *testing.T) {
	for name, c := range map[string]struct{ first, second, want []string }{
		"the likeliest alone":     {[]string{"2026-11-24", "2026-11-23", "2026-11-25"}, []string{"2026-11-24"}, []string{"2026-11-24", "2026-11-23", "2026-11-25"}},
		"one of the others":       {[]string{"2026-11-24", "2026-11-23", "2026-11-25"}, []string{"2026-11-25"}, []string{"2026-11-25"}},
		"nothing was known":       {nil, []string{"2026-11-25", "2026-11-26"}, []string{"2026-11-25", "2026-11-26"}},
		"a day of a week":         {[]string{"2026-11-23/2026-11-29"}, []string{"2026-11-25", "2026-11-26"}, []string{"2026-11-25", "2026-11-26"}},
		"a day of a week is kept": {[]string{"2026-11-25", "2026-11-26"}, []string{"2026-11-23/2026-11-29"}, []string{"2026-11-25", "2026-11-26"}},
	} {
		t.Run(name, func(t *testing.T) {
			told := func(days []string) news.Development {
				if len(days) == 1 && strings.Contains(days[0], "/") {
					from, to, _ := strings.Cut(days[0], "/")
					return dev(news.TalksScheduled, by("pakistan"), between(from, to))
				}
				return dev(news.TalksScheduled, by("pakistan"), on(days...))
			}
			desk := NewDesk()
			var kept []news.Tracked
			for i, days := range [][]string{c.first, c.second} {
				r := Report{Item: news.Item{Published: at.Add(time.Duration(i) * time.Hour)}, Language: "en", Developments: []news.Development{told(days)}}
				for _, j := range desk.Judge(r) {
					kept = keep(kept, j, r.Item.Published)
				}
			}
			var got []string
			for _, d := range kept[0].Dates {
				got = append(got, d.Start)
			}
			if len(kept) != 1 || !slices.Equal(got, c.want) {
				t.Errorf("%d developments, of which the first names %v, want %v", len(kept), got, c.want)
			}
		})
	}
}

// A desk laid out from what the store keeps judges as the one that was there.
func TestRestart(t *testing.T) {
	report := func(later time.Duration, text string, devs ...news.Development) Report {
		return Report{Item: news.Item{Published: at.Add(later)}, Language: "en", Text: strings.Fields(text), Developments: devs}
	}
	before := []Report{
		report(0, wire, dev(news.TalksScheduled, by("oman"), in("Muscat, Oman"), on("2026-11-24"))),
		report(time.Hour, "another text of some words about it", dev(news.TalksScheduled, by("oman"), round(3))),
		report(2*time.Hour, "they are off for two days", dev(news.TalksPostponed, by("oman")), dev(news.TalksScheduled, by("oman"), on("2026-11-26"))),
	}
	for name, r := range map[string]Report{
		"a copy read otherwise":      report(5*time.Hour, wire, dev(news.GapsNamed)),
		"the new day":                report(5*time.Hour, "", dev(news.TalksScheduled, on("2026-11-26"))),
		"put off, to the day known":  report(5*time.Hour, "", dev(news.TalksPostponed, on("2026-11-26"))),
		"the old day, late":          report(5*time.Hour, "", dev(news.TalksScheduled, on("2026-11-24"))),
		"another round than it grew": report(5*time.Hour, "", dev(news.TalksScheduled, round(4))),
		"another day":                report(5*time.Hour, "", dev(news.TalksScheduled, by("oman"), on("2026-11-28"))),
		"elsewhere":                  report(5*time.Hour, "", dev(news.TalksStarted, in("Doha, Qatar"))),
	} {
		t.Run(name, func(t *testing.T) {
			desk := NewDesk()
			var kept []news.Tracked
			for _, r := range before {
				for _, j := range desk.Judge(r) {
					kept = keep(kept, j, r.Item.Published)
				}
			}
			after, settled := NewDesk(), NewDesk()
			after.Take(kept)
			settled.Take(kept[:2])
			settled.Take(kept) // known ones once more: as after a check
			want, got, got2 := desk.Judge(r)[0], after.Judge(r)[0], settled.Judge(r)[0]
			want.Reason = strings.ReplaceAll(want.Reason, "D--", "D-")
			want.Updates, want.ID, got.ID, got2.ID = -want.Updates, 0, 0, 0
			for _, g := range []news.Judged{got, got2} {
				if g.Is != want.Is || g.Reason != want.Reason || g.Updates != want.Updates || g.Change != want.Change {
					t.Errorf("after a restart it is %s (%s), before it was %s (%s)", g.Is, g.Reason, want.Is, want.Reason)
				}
			}
		})
	}
}

// keep does what the store does of one decision.
func keep(kept []news.Tracked, j news.Judged, at time.Time) []news.Tracked {
	if j.Is != news.Repeat {
		return append(kept, news.Tracked{
			ID: -j.ID, Updates: -j.Updates, Change: j.Change, Development: j.Development, First: at, Last: at, Marks: j.Marks,
		})
	}
	k := &kept[-j.ID-1]
	k.Last = at
	if j.Marks != nil {
		k.Marks = j.Marks
	}
	if j.Adds != nil {
		k.Grow(*j.Adds)
	}
	return kept
}
