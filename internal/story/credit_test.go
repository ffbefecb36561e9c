package story

import "testing"

func TestCredit(t *testing.T) {
	for text, want := range map[string]string{
		"DUBAI, Oct 19 (Reuters) - The United States and Iran":                  "Reuters",
		"<p>By Reuters</p><p>DUBAI, Oct 19 - The United States":                 "Reuters",
		"MOSCOW, November 6. /TASS/. The working group":                         "TASS",
		"CAIRO (AP) — Israel and Hamas":                                         "AP",
		"Reuters: Next week's trade talks":                                      "Reuters",
		"The talks will be held on Tuesday.</p><p>Source: AFP</p>":              "AFP",
		"<p>Paris - Britain</p><p>© The Associated Press</p>":                   "AP",
		"The minister told Reuters that talks would resume.":                    "",
		"The Foreign Ministry said the AP camera crew was not let in on Friday": "",
		"": "",
	} {
		if got := credit(text); got != want {
			t.Errorf("%q is credited to %q, want %q", text, got, want)
		}
	}
}
