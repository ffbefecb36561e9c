package app_test

import (
	"bytes"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The picture of a timeline is a real one, and its description tells what it shows.
func TestTimelinePicture(t *testing.T) {
	w := newSignedWorld(t)
	k := w.conf("", "observer", "irna")
	a := w.open(k)
	defer w.close(a)
	w.once(a)
	for _, title := range []string{named, "Iran-US talks postponed, Oman says", "Iran-US talks will now be held in Muscat on Thursday, Oman says"} {
		w.later(20 * time.Hour)
		w.print("observer", title)
		w.once(a)
	}
	w.has(w.slash("desk", "timeline us-iran picture"), "Done: the picture is in this channel")
	all := w.Messages("desk")
	i := 0
	for i < len(all) && len(all[i].Files) == 0 {
		i++
	}
	if i == len(all) {
		t.Fatalf("no file in %+v", all)
	}
	f := all[i].Files[0]
	w.has(f.Alt, "Timeline of US–Iran talks: 3 developments from 21 Nov 2026 to 22 Nov 2026.", "Who spoke: Oman 3.", "Ahead: Thu 26 Nov, scheduled, named by Oman, confirmed.")
	r, err := http.Get(w.slack.URL + "/files/" + f.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r.Body); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil || img.Bounds().Dx() != 1600 || !strings.HasPrefix(r.Header.Get("Content-Type"), "image/png") {
		t.Errorf("%v, %s", err, r.Header.Get("Content-Type"))
	}
}
