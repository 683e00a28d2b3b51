package gateway

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/model"
)

// FuzzMask: what a model repeats word for word reads as it was written, in
// whatever pieces it comes, and nothing that was found is sent.
func FuzzMask(f *testing.F) {
	f.Add("Write to zoe@example.com or {email_1}, +49 171 2345678", "DE89 3704 0044 0532 0130 00 {", 3)
	f.Add("Hauptstraße 12a, 10115 Berlin and 12 Baker Street", "a@b.co{{email_1}}a@b.co", 1)
	known := &memo{}
	f.Fuzz(func(t *testing.T, said, fact string, size int) {
		request := model.Request{
			Facts:   []model.Fact{{Text: fact, Attrs: map[string]string{"a": said}}},
			History: []model.Message{{Role: "user", Text: said}},
		}
		masked, hidden := known.mask(request)
		if request.Facts[0].Text != fact || request.Facts[0].Attrs["a"] != said || request.History[0].Text != said {
			t.Fatal("the request was changed")
		}
		if hidden == nil {
			if masked.History[0].Text != said || masked.Facts[0].Text != fact {
				t.Fatal("changed without anything to hide")
			}
			return
		}
		for name := range hidden.values {
			if strings.Contains(strings.ToLower(said+"\x00"+fact), name) {
				t.Fatalf("somebody wrote %s", name)
			}
		}
		for masked, want := range map[string]string{masked.History[0].Text: said, masked.Facts[0].Text: fact, masked.Facts[0].Attrs["a"]: said} {
			var got strings.Builder
			u := &unmasking{yield: func(text string) error { got.WriteString(text); return nil }, hidden: hidden}
			for step := 1 + max(size, -size)%16; masked != ""; masked = masked[min(step, len(masked)):] {
				if err := u.take(masked[:min(step, len(masked))]); err != nil {
					t.Fatal(err)
				}
			}
			if err := u.rest(); err != nil || got.String() != want {
				t.Fatalf("%q, want %q", got.String(), want)
			}
		}
	})
}
