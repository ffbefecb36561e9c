package read

import (
	"reflect"
	"testing"
)

// A page that was read into before leaves nothing behind, neither longer texts nor those of
// other scripts.
func TestReadInto(t *testing.T) {
	e := engine(t)
	var page *Page
	for _, x := range corpus(t) {
		it := x.item(t)
		fresh := e.Read(it)
		page = e.ReadInto(page, it)
		if !reflect.DeepEqual(page.Reading, fresh.Reading) || page.Text.Plain != fresh.Text.Plain || !reflect.DeepEqual(page.Text.Tokens, fresh.Text.Tokens) {
			t.Fatalf("%s: read into a page that was used before it is\n%+v\nand by itself\n%+v", x.ID, page.Reading, fresh.Reading)
		}
	}
}
