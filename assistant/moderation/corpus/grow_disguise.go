package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/message"
)

// The operators of this file hide words and numbers, as people do from filters,
// and as broken keyboards and playful writers do without any intent.

// telling are words that somebody would hide, and that clean messages have as well.
var telling = regexp.MustCompile(`(?i)\b(?:whats\s?app|telegram|signal|skype|viber|discord|wechat|insta(?:gram)?|facebook|messenger|e-?mail|gmail|outlook|phone|number|call|paypal|zelle|venmo|cash\s?app|wise|revolut|western union|crypto|bitcoin|usdt|bank|wire|transfer|outside|off(?:-|\s)?platform|directly|fee|fees|commission|password|code|login|account|anydesk|teamviewer|review|reviews|stars|exam|essay|captcha|idiot|stupid|kill|hate|trash|partner|reseller|leads|agency|hire|salary|discount|click|free)\b|\d[\d .\-]{3,}\d|[\w.+-]+@[\w-]+\.\w+`)

// target chooses what to hide: a telling word or number, else any longer word.
func (m maker) target() (start, end int, ok bool) {
	if found := telling.FindAllStringIndex(m.Text, -1); len(found) > 0 {
		at := found[m.random.IntN(len(found))]
		return at[0], at[1], true
	}
	var words [][2]int
	at := 0
	for _, part := range splitKeeping(m.Text) {
		if utf8.RuneCountInString(part) >= 5 && plainWord(part) {
			words = append(words, [2]int{at, at + len(part)})
		}
		at += len(part)
	}
	if len(words) == 0 {
		return 0, 0, false
	}
	w := words[m.random.IntN(len(words))]
	return w[0], w[1], true
}

// hide changes one to three targets.
func (m maker) hide(change func(string) string) (Example, bool) {
	e := m
	for range 1 + m.random.IntN(3) {
		start, end, ok := e.target()
		if !ok {
			break
		}
		e.Text = e.Text[:start] + change(e.Text[start:end]) + e.Text[end:]
	}
	return disguised(m.with(e.Text))
}

var invisible = []string{"\u200b", "\u200c", "\u2060", "\u00ad", "\ufeff"}

func zeroWidth(m maker) (Example, bool) {
	return m.hide(func(word string) string { return joined(word, func() string { return pick(m, invisible) }, m, 2) })
}

// joined puts something between characters, after about one of every nth.
func joined(word string, between func() string, m maker, every int) string {
	var out strings.Builder
	letters := []rune(word)
	for i, r := range letters {
		out.WriteRune(r)
		if i+1 < len(letters) && m.random.IntN(every) == 0 {
			out.WriteString(between())
		}
	}
	return out.String()
}

var (
	cyrillic = strings.NewReplacer("a", "а", "c", "с", "e", "е", "o", "о", "p", "р", "x", "х", "y", "у", "i", "і", "A", "А", "B", "В", "C", "С", "E", "Е", "H", "Н", "K", "К", "M", "М", "O", "О", "P", "Р", "T", "Т")
	greek    = strings.NewReplacer("a", "α", "o", "ο", "v", "ν", "i", "ι", "p", "ρ", "A", "Α", "B", "Β", "E", "Ε", "O", "Ο", "T", "Τ")
	leet     = strings.NewReplacer("a", "4", "e", "3", "i", "1", "o", "0", "s", "5", "t", "7")
	leetFew  = strings.NewReplacer("a", "@", "i", "!", "s", "$", "o", "0")
)

func lookalikes(m maker) (Example, bool) {
	kind := m.random.IntN(3)
	return m.hide(func(word string) string {
		switch kind {
		case 0:
			return cyrillic.Replace(word)
		case 1:
			return greek.Replace(word)
		}
		return fullWidth(word)
	})
}

// fullWidth moves printable ASCII to its full-width forms.
func fullWidth(word string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xfee0
		}
		return r
	}, word)
}

func leetspeak(m maker) (Example, bool) {
	replacer := leet
	if m.random.IntN(2) == 0 {
		replacer = leetFew
	}
	return m.hide(func(word string) string {
		if strings.ContainsFunc(word, unicode.IsDigit) {
			return word // it could not be read back
		}
		return replacer.Replace(word)
	})
}

func spaced(m maker) (Example, bool) {
	between := []string{" ", ".", "-", " . ", "_", "*"}[m.random.IntN(6)]
	return m.hide(func(word string) string {
		if len(word) > 24 || strings.Contains(word, " ") || strings.Contains(word, between) {
			return word
		}
		return joined(word, func() string { return between }, m, 1)
	})
}

var digitWords = map[rune][]string{
	'0': {"zero", "oh"}, '1': {"one"}, '2': {"two"}, '3': {"three"}, '4': {"four"}, '5': {"five"}, '6': {"six"}, '7': {"seven"}, '8': {"eight"}, '9': {"nine"},
}

var longNumber = regexp.MustCompile(`\d[\d .\-]{3,}\d`)

// number changes one longer number: a phone number, or the number of an order.
func (m maker) number(change func(string) string) (Example, bool) {
	found := longNumber.FindAllStringIndex(m.Text, -1)
	if len(found) == 0 {
		return Example{}, false
	}
	at := found[m.random.IntN(len(found))]
	return disguised(m.with(m.Text[:at[0]] + change(m.Text[at[0]:at[1]]) + m.Text[at[1]:]))
}

func numberWords(m maker) (Example, bool) {
	every := 1 + m.random.IntN(2)
	return m.number(func(number string) string {
		var out []string
		for _, r := range number {
			if words := digitWords[r]; words != nil && m.random.IntN(every) == 0 {
				out = append(out, pick(m, words))
			} else if words != nil {
				out = append(out, string(r))
			}
		}
		return strings.Join(out, " ")
	})
}

func emojiDigits(m maker) (Example, bool) {
	kind := m.random.IntN(3)
	return m.number(func(number string) string {
		var out strings.Builder
		for _, r := range number {
			switch {
			case r < '0' || r > '9':
				out.WriteRune(r)
			case kind == 0:
				out.WriteString(string(r) + "\ufe0f\u20e3")
			case kind == 1 && r > '0':
				out.WriteRune(r - '1' + '①')
			default:
				out.WriteRune(r - '0' + '０')
			}
		}
		return out.String()
	})
}

func splitLines(m maker) (Example, bool) {
	start, end, ok := m.target()
	if !ok || end-start < 6 || !utf8.ValidString(m.Text[start:start+(end-start)/2]) {
		return Example{}, false
	}
	middle := start + (end-start)/2
	return disguised(m.with(m.Text[:middle] + "\n" + m.Text[middle:]))
}

// splitThread sends the first sentences as a message of their own.
func splitThread(m maker) (Example, bool) {
	list := sentencesOf(m.Text)
	// What the last part means must not hang on it alone: the label is that of the whole.
	if len(list) < 2 || len(m.Thread) > 0 || m.Channel == message.Post || m.Channel == message.Document {
		return Example{}, false
	}
	start, end, ok := m.target()
	if !ok || !longNumber.MatchString(m.Text[start:end]) {
		return Example{}, false
	}
	middle := start + (end-start)/2
	e, ok := m.with(strings.TrimSpace(m.Text[middle:]))
	e.Thread = []message.Line{{Sender: m.Sender, Text: strings.TrimSpace(m.Text[:middle])}}
	return disguised(e, ok)
}
