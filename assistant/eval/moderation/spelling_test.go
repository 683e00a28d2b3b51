package moderation

import (
	"strings"
	"testing"
)

func TestOperators(t *testing.T) {
	apply := func(name, text string) string {
		for _, o := range operators {
			if o.name == name {
				return o.apply(text, "id")
			}
		}
		t.Fatalf("there is no operator %s", name)
		return ""
	}
	for _, c := range []struct{ operator, text, want string }{
		{"british", "What Color is the center?", "What Colour is the centre?"},
		{"aave", "You are going to love the thing, it is not working.", "You finna love da thing, it ain't workin."},
		{"indian", "Please reply as soon as possible, I need the file.", "Kindly revert at the earliest, I am needing the file."},
		{"nigerian", "Please, it is the wrong file and I will send another.", "Abeg, e be de wrong file and I go send another."},
		{"short", "Are you free tomorrow, please?", "R u free tmrw, pls?"},
		{"lower", "Hello, Ana! See v1.2 at https://x.example/A, OK?", "hello ana see v1.2 at https://x.example/a, ok"},
		{"diacritics", "Él pidió más café.", "El pidio mas cafe."},
		{"aave", "this.that@the.example and the/that/this and the1", "this.that@the.example and the/that/this and the1"},
		{"nigerian", "IT IS", "E be"},
		{"short", "", ""},
	} {
		if got := apply(c.operator, c.text); got != c.want {
			t.Errorf("%s of %q is %q, wanted %q", c.operator, c.text, got, c.want)
		}
	}
}

func TestTyposAreFewAndTheSame(t *testing.T) {
	text := strings.Repeat("Could somebody translate these paragraphs quickly ", 20)
	once := typos(text, "a")
	if once == text || once != typos(text, "a") || once == typos(text, "b") {
		t.Error("typos are not made once for each message")
	}
	before, after, changed := strings.Fields(text), strings.Fields(once), 0
	if len(before) != len(after) {
		t.Fatalf("%d words became %d", len(before), len(after))
	}
	for i := range before {
		if before[i] != after[i] {
			changed++
		}
	}
	if changed < 5 || changed > len(before)/4 {
		t.Errorf("%d of %d words changed", changed, len(before))
	}
}
