package app_test

import (
	"strings"
	"testing"

	"parley/internal/app"
)

// One run tells every fault, those that need knowledge of actors and queries
// among those of the form, in the order of the file.
func TestEveryFaultInOneRun(t *testing.T) {
	const file = `
max_age: soon
actors:
  - {id: M23, names: [M23]}
  - {id: andrabi, title: Tahir Andrabi, names: [Andrabi], speaks_for: pakistann}
  - {id: echo, names: [Echo], speaks_for: echo}
  - {id: dots, title: Dots, names: ["..."]}
  - {id: andrabi, names: [Andrabi]}
  - {id: fine, names: [Fine], speaks_for: dots}
negotiations:
  - {id: us-iran, parties: [united-states, irann], mediators: [omann, fine, echo]}
rules:
  - {name: talks, when: "kind:talkz"}
  - {name: date, when: "date:soonish OR by:mediater"}
  - {name: open, when: '"never closed'}
  - {name: loop, when: "rule:loop"}
subscriptions:
  - {channel: "#x", to: "negotiation:us-irn"}
`
	k, problems := app.Configure("parley.yaml", []byte(file))
	if k != nil {
		t.Error("a configuration with faults was taken")
	}
	var got []string
	for _, p := range problems {
		head, _, _ := strings.Cut(p.String(), "\n")
		got = append(got, head)
	}
	for _, want := range []string{
		`:2:10: max_age "soon"`,
		`:4:10: actor "M23": write the id in kebab case, "m23"`,
		`:5:71: unknown actor "pakistann": did you mean "pakistan"?`,
		`:6:10: actor "echo" speaks for itself`,
		`:7:10: actor "dots": the name "..." has no letter or digit in it`,
		`:8:10: the actor id "andrabi" stands twice, first on line 5`,
		`:11:44: unknown actor "irann": did you mean "iran"?`,
		`:11:64: unknown actor "omann": did you mean "oman"?`,
		`:13:26: unknown kind "talkz": did you mean`,
		`:14:25: date: cannot be "soonish"`,
		`:14:41: "mediater" is neither`,
		`:15:25: this quotation mark is never closed`,
		`:16:25: rule "loop" leads back to itself`,
		`:18:26: unknown negotiation "us-irn": did you mean`,
	} {
		if len(got) == 0 || !strings.HasPrefix(got[0], "parley.yaml"+want) {
			t.Errorf("instead of %q comes:\n%s", want, strings.Join(got, "\n"))
			break
		}
		got = got[1:]
	}
	if len(got) > 0 && !t.Failed() {
		t.Errorf("besides there are:\n%s", strings.Join(got, "\n"))
	}
}

func TestDoubtsAreNoFaults(t *testing.T) {
	k, problems := app.Configure("parley.yaml", []byte("rules: [{name: nobody, when: \"mali -mali\"}]"))
	if k == nil || len(problems) != 1 || !problems[0].Warning {
		t.Errorf("%v", problems)
	}
}

func TestItems(t *testing.T) {
	k, problems := app.Configure("parley.yaml", []byte("feeds: [{name: observer, url: \"https://o.example/feed\", zone: Asia/Muscat, tier: wire, language: fr}]"))
	if k == nil {
		t.Fatal(problems)
	}
	lines := strings.Join([]string{
		"\ufeff" + `{"id":"a","title":"A","feed":"observer","published":"2026-11-20T22:30:00Z"}`, "", "   ", `{"id":`, `{"id":"b","title":"B","published":"2026-11-20T22:30:00Z","zone":"Asia/Tokyo","language":"ja","feed":"unknown"}`,
		`{"id":"long","text":"` + strings.Repeat("x", 17<<20) + `"}`, `{"id":"c","text":"without a date, and without an end of line"}`,
	}, "\n")
	var items []app.Item
	var bad []int
	err := k.Items(strings.NewReader(lines), func(line int, _ error) { bad = append(bad, line) }, func(it app.Item) error {
		items = append(items, it)
		return nil
	})
	if err != nil || len(items) != 3 || len(bad) != 2 || bad[0] != 4 || bad[1] != 6 {
		t.Fatalf("%d items, unusable lines %v, %v", len(items), bad, err)
	}
	if a := items[0]; a.Published.Format("2006-01-02 15:04") != "2026-11-21 02:30" || a.Tier != "wire" || a.Language != "fr" {
		t.Errorf("what the feed says of its item is not taken over: %+v", a)
	}
	if b := items[1]; b.Published.Format("2006-01-02 15:04") != "2026-11-21 07:30" || b.Language != "ja" {
		t.Errorf("what the item says of itself is not taken over: %+v", b)
	}
	if !items[2].Published.IsZero() {
		t.Errorf("an unknown time became %s", items[2].Published)
	}
}
