package inspect

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parleyhq/parley/sessions"
)

// excerptOf draws an excerpt with its marks in brackets.
func excerptOf(text, search string) string {
	e := excerpt(text, sessions.Words(search))
	units := utf16.Encode([]rune(e.Text))
	var b strings.Builder
	at := 0
	for _, m := range e.Marks {
		b.WriteString(string(utf16.Decode(units[at:m.Start])) + "[" + string(utf16.Decode(units[m.Start:m.End])) + "]")
		at = m.End
	}
	return b.String() + string(utf16.Decode(units[at:]))
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("before ", 30) + "the needle is here " + strings.Repeat("after ", 60)
	for _, c := range []struct{ text, search, want string }{
		{"A logo for a bakery", "bake", "A logo for a [bakery]"},
		{"🙂 Málaga\n\n and  more", "malaga more", "🙂 [Málaga] and [more]"},
		{"Straße, STRASSE", "strasse", "[Straße], [STRASSE]"},
		{"我需要一个网站", "网站", "我需要一个[网][站]"},
		{"nothing of it", "else", "nothing of it"},
		{"", "x", ""},
		{"<b>bold</b> & co", "bold", "<b>[bold]</b> & co"},
	} {
		if got := excerptOf(c.text, c.search); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.search, c.text, got, c.want)
		}
	}
	got := excerptOf(long, "needle")
	if !strings.HasPrefix(got, "…before") || !strings.Contains(got, "the [needle] is here after") || !strings.HasSuffix(got, "after…") || len(got) > excerptBefore+excerptLength+20 {
		t.Errorf("%q", got)
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("A logo for a bakery 🙂", "bake 🙂")
	f.Add(strings.Repeat("ü", 500), "ü")
	f.Add("\xff\xfe a\x00b", "a")
	f.Fuzz(func(t *testing.T, text, search string) {
		e := excerpt(text, sessions.Words(search))
		if utf8.ValidString(text) && !utf8.ValidString(e.Text) {
			t.Errorf("a character of %q is cut: %q", text, e.Text)
		}
		end := 0
		for _, m := range e.Marks {
			if m.Start < end || m.End <= m.Start || m.End > len(utf16.Encode([]rune(e.Text))) {
				t.Errorf("marks %v in %q", e.Marks, e.Text)
			}
			end = m.End
		}
	})
}
