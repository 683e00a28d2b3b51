package rules_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// units slices a text by UTF-16 code units, as a page does.
func units(text string, from, to int) string {
	return string(utf16.Decode(utf16.Encode([]rune(text))[from:to]))
}

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "Hello, World 42", "hello, world 42"},
		{"accents", "Señor Müller, ça va? Straße", "senor muller, ca va? strasse"},
		{"fullwidth", "ｗｈａｔｓａｐｐ ＋４４", "whatsapp +44"},
		{"mathematical", "𝔱𝔢𝔩𝔢𝔤𝔯𝔞𝔪 𝐰𝐡𝐚𝐭𝐬𝐚𝐩𝐩 𝟘𝟙𝟚", "telegram whatsapp 012"},
		{"circled", "ⓢⓚⓨⓟⓔ ①②③ ❶❷ ➀➁", "skype 123 12 12"},
		{"squared", "🅰🅱🅾 🄰🄱", "abo ab"},
		{"small capitals", "ᴡʜᴀᴛꜱᴀᴘᴘ", "whatsapp"},
		{"superscript", "ᵗᵉˡᵉᵍʳᵃᵐ", "telegram"},
		{"Cyrillic", "whаtsарр", "whatsapp"},
		{"Greek", "τelegrαm", "telegram"},
		{"keycaps", "0️⃣1️⃣2️⃣", "012"},
		{"regional indicators", "🇸🇰🇾🇵🇪", "skype"},
		{"Arabic digits", "٠١٢٣", "0123"},
		{"zero width", "wh\u200bats\u200dapp", "whatsapp"},
		{"bidi", "\u202ewhatsapp\u202c", "whatsapp"},
		{"soft hyphen", "whats\u00adapp", "whatsapp"},
		{"marks", "w̶h̶a̶t̶s̶a̶p̶p̶", "whatsapp"},
		{"tags", "a\U000E0062\U000E0063", "abc"},
		{"spaced", "my w h a t s a p p please", "my whatsapp please"},
		{"dotted", "on t.e.l.e.g.r.a.m today", "on telegram today"},
		{"dashed", "w-h-a-t-s-a-p-p", "whatsapp"},
		{"spaced words", "t e x t  m e", "text me"},
		{"down the page", "s\nk\ny\np\ne", "skype"},
		{"a list", "- s\n- k\n- y\n- p\n- e", "- skype"},
		{"divided", "tele gram or insta gram", "telegram or instagram"},
		{"leet", "wh4ts4pp, t3l3gr4m, p@yp@l, $kype", "whatsapp, telegram, paypal, skype"},
		{"stars", "wh*tsapp f***", "whatsapp fuck"},
		{"stretched", "whaaatsapp", "whatsapp"},
		{"spelled", "oh seven seven double oh nine double oh one two three", "07700900123"},
		{"spelled and not", "zero 7 seven zero zero - 900 one two three", "07700900123"},
		{"triple", "plus four four triple seven one two three four", "+447771234"},
		{"Spanish", "cero seis uno dos cinco cinco treinta y cuatro", "06125534"},
		{"French", "zéro six, soixante-dix-huit, quatre-vingt-douze, trente quatre", "06789234"},
		{"German", "null eins sieben eins fünfundvierzig drei", "0171453"},
		{"Portuguese", "onze nove oito sete meia cinco quatro", "11987654"},
		{"o for zero", "call o77oo9oo123", "call 07700900123"},
		{"h4 stays", "an h4 heading, 3 mp3 and b2b, 2nd i5", "an h4 heading, 3 mp3 and b2b, 2nd i5"},
		{"counts stay", "two or three logos in four to six days", "two or three logos in four to six days"},
		{"counting stays", "one two three four five six seven", "one two three four five six seven"},
		{"amounts stay", "two hundred and fifty thousand five hundred", "two hundred and fifty thousand five hundred"},
		{"emoji", "🎉🎉", "🎉🎉"},
		{"nothing", "", ""},
		{"NUL", "a\x00b", "ab"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rules.Normalise(c.text).Best(); got != c.want {
				t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestReadingsLeadBack(t *testing.T) {
	for _, c := range []struct{ text, piece, want string }{
		{"Héllo Wörld", "world", "Wörld"},
		{"😀 w h a t s a p p!", "whatsapp", "w h a t s a p p"},
		{"x 𝔱𝔢𝔩𝔢𝔤𝔯𝔞𝔪 y", "telegram", "𝔱𝔢𝔩𝔢𝔤𝔯𝔞𝔪"},
		{"Straße 5", "strasse", "Straße"},
		{"ring oh seven seven double oh nine one", "0770091", "oh seven seven double oh nine one"},
		{"tele gram now", "telegram", "tele gram"},
		{"a wh\u200bats\u200bapp b", "whatsapp", "wh\u200bats\u200bapp"},
		{"write it backwards: ppastahw", "whatsapp", "ppastahw"},
		{"see d2hhdHNhcHAgbWUgMDc3MDAgOTAwMTIz ok", "07700 900123", "d2hhdHNhcHAgbWUgMDc3MDAgOTAwMTIz"},
	} {
		found := false
		for _, r := range rules.Normalise(c.text).Readings {
			i := strings.Index(r.Text, c.piece)
			if i < 0 {
				continue
			}
			found = true
			from, to := r.Span(i, i+len(c.piece))
			if got := units(c.text, from, to); got != c.want {
				t.Errorf("%q in %q (%s) leads to %q, want %q", c.piece, c.text, r.Kind, got, c.want)
			}
		}
		if !found {
			t.Errorf("no reading of %q has %q: %+v", c.text, c.piece, rules.Normalise(c.text))
		}
	}
}

func TestLongTexts(t *testing.T) {
	long := strings.Repeat("word é ", 20000)
	text := "kill yourself. " + long + "go kys"
	n := rules.Normalise(text)
	if size := len(n.Readings[0].Text); size > 70<<10 {
		t.Errorf("%d bytes were read", size)
	}
	from, to := n.Readings[0].Span(len(n.Readings[0].Text)-3, len(n.Readings[0].Text))
	if got := units(text, from, to); got != "kys" {
		t.Errorf("the end leads to %q", got)
	}
}
