package main

import "testing"

func TestShown(t *testing.T) {
	for _, c := range []struct {
		code, name, ascii string
		others            []string
		want              string
	}{
		{"OM", "Şalālah", "Salalah", nil, "Salalah"},
		{"SY", "Ar Raqqah", "Ar Raqqah", []string{"Raqqa", "Raqqah"}, "Raqqa"},
		{"SA", "Ad Dammām", "Ad Dammam", []string{"Dammam"}, "Dammam"},
		{"OM", "Al Buraymī", "Al Buraymi", nil, "Al Buraymi"}, // nobody calls it Buraymi here
		{"SY", "Al Quşayr", "Al Qusayr", []string{"Qusayr"}, "Qusayr"},
		{"TR", "Eskişehir", "Eskisehir", nil, "Eskişehir"}, // its own letter, not a transliteration's
		{"YE", "Ma’rib", "Ma'rib", nil, "Marib"},
		{"CO", "Medellín", "Medellin", nil, "Medellín"},
		{"US", "Albany", "Albany", nil, "Albany"},
	} {
		if got := shown(c.code, c.name, c.ascii, c.others); got != c.want {
			t.Errorf("%s is shown as %q, want %q", c.name, got, c.want)
		}
	}
}

func TestScriptOf(t *testing.T) {
	for name, want := range map[string]script{
		"Port-Gentil": latin, "Казань": cyrillic, "الرقة": arabic, "قونیہ": arabic,
		"Київ":           foreign, // Ukrainian
		"قاراماي شەھىرى": foreign, // Uyghur
		"東京":             foreign,
		"Konya قونية":    foreign,
		"Łódź":           foreign,
	} {
		if got := scriptOf(name); got != want {
			t.Errorf("%s: script %d, want %d", name, got, want)
		}
	}
}

func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		ascii, name string
		want        bool
	}{
		{"Ar Raqqah", "Rakka", true},
		{"Al Hasakah", "Hassakeh", true},
		{"Nizwa", "Nizwah", true},
		{"Dar`a", "Deraa", true},
		{"Konya", "Iconium", false},
		{"Kara", "Lama", false},
		{"Salalah", "SLL", false},
		{"Nizwa", "nzwy", false},
	} {
		if got := spelling(c.name, skeleton(c.ascii)); got != c.want {
			t.Errorf("%s for %s: %v", c.name, c.ascii, got)
		}
	}
}

// A row counts by its size or rank, and never where it is a part of a town.
func TestAdd(t *testing.T) {
	row := func(name, feature, country, people string) string {
		return "1\t" + name + "\t" + name + "\t\t0\t0\tP\t" + feature + "\t" + country + "\t\t\t\t\t\t" + people + "\t\t\t\t2023-01-01"
	}
	for _, c := range []struct {
		row  string
		kept bool
	}{
		{row("Alpha", "PPL", "OM", "50000"), true},
		{row("Beta", "PPL", "OM", "49999"), false},
		{row("Gamma", "PPLA", "OM", "900"), true},
		{row("Delta", "PPLA2", "OM", "14999"), false},
		{row("Epsilon", "PPLA2", "OM", "15000"), true},
		{row("Zeta", "PPLX", "OM", "900000"), false},
		{row("Eta", "PPL", "AQ", "900000"), false}, // of no state
	} {
		g := &gazetteer{states: map[string]bool{"OM": true}, spelled: map[string]string{}, used: map[string]bool{}, curated: map[string]string{}, bearers: map[string][]bearer{}}
		if err := g.add(c.row); err != nil {
			t.Fatal(err)
		}
		if got := len(g.bearers) > 0; got != c.kept {
			t.Errorf("%q: kept %v", c.row, got)
		}
	}
	if err := new(gazetteer).add("too\tfew"); err == nil {
		t.Error("a row with two columns is taken")
	}
}
