package rules

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lookalikes are characters that are read as Latin letters or digits and that
// Unicode's compatibility decomposition leaves alone. The pairs are of the
// kind that Unicode Technical Standard 39 lists; each key is read as the value.
var lookalikes = map[string]string{
	// Cyrillic
	"а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ғ": "f", "һ": "h", "і": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "н": "h", "п": "n",
	"о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "ц": "u", "ѵ": "v", "ԝ": "w", "ѡ": "w", "х": "x", "у": "y", "ү": "y", "ᴢ": "z",
	"ё": "e", "з": "3", "б": "6", "ɡ": "g", "ո": "n", "ս": "u", "օ": "o", "հ": "h", "գ": "q", "ց": "g", "յ": "j", "ք": "p",
	"є": "e", "ѐ": "e", "ї": "i", "й": "n", "ш": "w", "щ": "w", "я": "r", "ь": "b",
	// Greek
	"α": "a", "β": "b", "ϲ": "c", "δ": "d", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "u", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "ς": "c",
	"τ": "t", "υ": "u", "χ": "x", "ω": "w", "γ": "y", "ϳ": "j", "ζ": "z", "λ": "a", "π": "n",
	// small capitals
	"ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o",
	"ᴘ": "p", "ꞯ": "q", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y",
	// Latin letters with strokes, of phonetics, turned ones
	"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ƀ": "b", "ı": "i", "ȷ": "j", "ɑ": "a", "ɩ": "i", "ɐ": "a", "ɔ": "c", "ǝ": "e", "ə": "e", "ɟ": "f",
	"ƃ": "g", "ɥ": "h", "ᴉ": "i", "ɾ": "r", "ʞ": "k", "ɯ": "m", "ɹ": "r", "ʇ": "t", "ʌ": "v", "ʍ": "w", "ʎ": "y", "ɛ": "e", "ʂ": "s", "ɭ": "l", "ƙ": "k",
	"ƥ": "p", "ɓ": "b", "ɗ": "d", "ŋ": "n", "ɲ": "n", "ƒ": "f", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "p", "ð": "d", "ƨ": "s", "ƶ": "z", "ɨ": "i", "ʉ": "u",
	// signs
	"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹘": "-", "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "´": "'", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
	"․": ".", "。": ".", "・": ".", "·": ".", "∙": ".", "⋅": ".", "᛫": ".", "∕": "/", "⁄": "/", "∣": "|", "ǀ": "|", "⓿": "0", "，": ",", "⊕": "+", "➕": "+", "€": "€", "£": "£",
	"①": "1", "×": "x",
}

// foldsBelow is how much of Unicode is looked up in a table.
const foldsBelow = 0x3000

var folds = sync.OnceValue(func() *[foldsBelow]string {
	var table [foldsBelow]string
	for r := rune(0); r < foldsBelow; r++ {
		table[r] = foldSlowly(r)
	}
	return &table
})

var lookalikeOf = func() map[rune]string {
	table := make(map[rune]string, len(lookalikes))
	for from, to := range lookalikes {
		r, _ := utf8.DecodeRuneInString(from)
		table[r] = to
	}
	return table
}()

// fold returns what a character is read as: lower case, Latin where it looks
// so, without accents; "" for what is not seen.
func fold(r rune) string {
	if r < foldsBelow {
		return folds()[r]
	}
	return foldSlowly(r)
}

func foldSlowly(r rune) string {
	switch {
	case r == '\n', r == '\t':
		return string(r)
	case r == '\r', r == '\u2028', r == '\u2029', r == '\v', r == '\f', r == 0x85:
		return "\n"
	case invisible(r):
		return ""
	case r >= 0x1F1E6 && r <= 0x1F1FF: // regional indicators
		return string('a' + r - 0x1F1E6)
	case r >= 0x1F130 && r <= 0x1F149: // squared letters
		return string('a' + r - 0x1F130)
	case r >= 0x1F150 && r <= 0x1F169: // circled letters, white on black
		return string('a' + r - 0x1F150)
	case r >= 0x1F170 && r <= 0x1F189: // squared letters, white on black
		return string('a' + r - 0x1F170)
	case r >= 0x2776 && r <= 0x277E, r >= 0x278A && r <= 0x2792: // circled digits, white on black
		return string('1' + (r-0x2776)%20)
	case r >= 0x2780 && r <= 0x2788:
		return string('1' + r - 0x2780)
	case r >= 0x24F5 && r <= 0x24FD: // double circled
		return string('1' + r - 0x24F5)
	case r == 0x1F51F: // the keycap of ten
		return "10"
	case r >= 0xE0020 && r <= 0xE007E: // tags: invisible ASCII
		return foldSlowly(r - 0xE0000)
	case r >= 0xFF01 && r <= 0xFF5E:
		return foldSlowly(r - 0xFEE0)
	case r == '\u00a0' || unicode.Is(unicode.Zs, r):
		return " "
	case unicode.Is(unicode.Nd, r) && r > 0x7F:
		return string('0' + digitOf(r))
	}
	r = unicode.ToLower(r)
	if like, found := lookalikeOf[r]; found {
		return like
	}
	return decompose(r)
}

// decompose applies the compatibility decomposition (NFKD) to a character and
// leaves out the marks that combine; parts are folded in turn.
func decompose(r rune) string {
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	parts := norm.NFKD.Properties(raw[:n]).Decomposition()
	if len(parts) == 0 {
		return string(r)
	}
	var out []byte
	for _, p := range string(parts) {
		p = unicode.ToLower(p)
		if like, found := lookalikeOf[p]; found {
			out = append(out, like...)
		} else if !invisible(p) {
			out = utf8.AppendRune(out, p)
		}
	}
	return string(out)
}

// digitOf returns the value of a decimal digit of any script: they stand in
// blocks of ten from zero, and their mathematical forms in blocks of ten too.
func digitOf(r rune) rune {
	if r >= 0x1D7CE && r <= 0x1D7FF {
		return (r - 0x1D7CE) % 10
	}
	zero := r
	for r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return r - zero
}

// invisible tells characters that take no place: marks on others, joiners,
// directions, fillers, controls.
func invisible(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x2800:
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc, unicode.Variation_Selector) && !(r >= 0xE0020 && r <= 0xE007E)
}
