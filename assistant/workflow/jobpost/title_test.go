package jobpost

import (
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
)

func TestNameIt(t *testing.T) {
	for _, test := range []struct{ said, want string }{
		{"a logo for my bakery, nothing fancy", "Logo for my bakery"},
		{"power bi dashboard for sales, data is in excel files", "Power bi dashboard for sales"},
		{"iOS app for beekeepers", "iOS app for beekeepers"},
		{"3D model of a replacement gear for an old sewing machine, I have the broken part", "3D model of a replacement gear for an old sewing machine"},
		{"We sell shoes", ""},
		{"it should be warm", ""},
		{"logo", ""},
		{"", ""},
	} {
		b := brief.Brief{Summary: item(test.said)}
		nameIt(&b)
		if b.Title.Value != test.want {
			t.Errorf("%q: got %q, want %q", test.said, b.Title.Value, test.want)
		}
	}
	edited := brief.Brief{Summary: []brief.Item{{Text: "a logo for my bakery", Sources: []brief.Source{{Kind: "edit"}}}}}
	if nameIt(&edited); edited.Title.Known() {
		t.Error("a title was made of an edited description")
	}
	cleared := brief.Brief{Summary: item("a logo for my bakery"), Title: brief.Field[string]{Declined: true}}
	if nameIt(&cleared); cleared.Title.Known() {
		t.Error("a title that the person cleared came back")
	}
}
