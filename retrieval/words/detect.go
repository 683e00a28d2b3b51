package words

import (
	"math/bits"
	"strings"
)

// What tells a language: a function word, shared among the languages that have
// it; a letter that others lack; an ending.
const (
	doubtSays   = 0.2 // a function word that is also a word, a name or a short form in English texts
	letterSays  = 0.6
	endingSays  = 0.5
	mostLetters = 0.8 // what letters say in total: names and loan words bring them into any text
	mostEndings = 1.0 // what endings say in total

	enough  = 1.0 // evidence below it is none
	clearly = 1.5 // how much more there is than for English
	sample  = 500
)

// Detect returns the language of a text: English where the first 500 bytes do
// not speak clearly for another one.
func Detect(text string) Language {
	if best, ok := evident(text); ok {
		return best
	}
	return English
}

// Plausible returns the languages that a query may be in, the likeliest first.
// A text that shows no language may be in any. One that is not in English may
// quote English words.
func Plausible(text string) []Language {
	best, ok := evident(text)
	switch {
	case !ok:
		return Languages()
	case best == English:
		return []Language{English}
	}
	return []Language{best, English}
}

// evident returns the language that a text shows, if it shows one.
func evident(text string) (Language, bool) {
	if len(text) > sample {
		text = text[:sample]
	}
	var function, letters, endings [languageCount]float64
	s := splitters.Get().(*splitter)
	defer s.release()
	for _, word := range s.split(text) {
		if len(word) > 1 || word == "y" { // other letters are initials as often as words
			if of, ok := functionOf[word]; ok {
				share(&function, of, says(word))
			}
		}
		if len(word) >= 6 {
			share(&endings, endingOf(word), endingSays)
		}
	}
	for _, r := range text {
		if r >= 0x80 {
			share(&letters, letterOf[r], letterSays)
		}
	}
	best, most := English, function[0]
	for i, language := range languageOrder[1:] {
		if english := function[0]; english > 0 && function[i+1] <= english {
			continue // letters and endings do not outweigh an English sentence
		}
		if said := function[i+1] + min(letters[i+1], mostLetters) + min(endings[i+1], mostEndings); said >= enough && said > function[0]*clearly && said > most {
			best, most = language, said
		}
	}
	return best, most >= enough
}

func says(word string) float64 {
	if _, doubtful := doubtful[word]; doubtful {
		return doubtSays
	}
	return 1
}

var doubtful = readWords(`ai bin car com dem den des die dos er es fort ha hat hin las los ma man mas meu mis mit non par plus pour sa se sem ser si son sur tal tem ton tu va war`)

const languageCount = 5

var languageOrder = Languages()

// tongues are languages as bits, in their order.
type tongues uint8

// share divides what is said among the languages that it speaks for.
func share(said *[languageCount]float64, of tongues, amount float64) {
	n := bits.OnesCount8(uint8(of))
	if n == 0 {
		return
	}
	for i := range said {
		if of&(1<<i) != 0 {
			said[i] += amount / float64(n)
		}
	}
}

// functionOf are the languages that a function word or filler belongs to.
var functionOf = func() map[string]tongues {
	of := make(map[string]tongues)
	for i, language := range languageOrder {
		for _, list := range []map[string]struct{}{functionWords[language], fillers[language]} {
			for word := range list {
				of[word] |= 1 << i
			}
		}
	}
	return of
}()

const (
	es tongues = 1 << (iota + 1)
	pt
	fr
	de
)

var letterOf = map[rune]tongues{
	'ñ': es, 'Ñ': es, '¿': es, '¡': es, 'ã': pt, 'õ': pt, 'Ã': pt, 'Õ': pt, 'ß': de, 'ä': de, 'ü': de, 'ö': de, 'Ä': de, 'Ü': de, 'Ö': de,
	'ç': pt | fr, 'Ç': pt | fr, 'è': fr, 'È': fr, 'ù': fr, 'û': fr, 'î': fr, 'ï': fr, 'ë': fr, 'œ': fr, 'ê': fr | pt, 'ô': fr | pt, 'â': fr | pt, 'à': fr | pt, 'À': fr | pt,
	'é': es | pt | fr, 'É': es | pt | fr, 'í': es | pt, 'ó': es | pt, 'á': es | pt, 'ú': es | pt,
}

// endingOf returns the languages whose longer words end in a way that English words do not.
func endingOf(word string) tongues {
	for _, e := range typicalBy[word[len(word)-1]] {
		if strings.HasSuffix(word, e.end) {
			return e.of
		}
	}
	return 0
}

// typicalBy are typical endings by their last letter.
var typicalBy = func() (by [256][]typicalEnding) {
	for _, e := range typical {
		last := e.end[len(e.end)-1]
		by[last] = append(by[last], e)
	}
	return by
}()

type typicalEnding struct {
	end string
	of  tongues
}

var typical = []typicalEnding{
	{"cion", es}, {"ciones", es}, {"miento", es}, {"mientos", es}, {"adora", es | pt}, {"llador", es}, {"mente", es | pt},
	{"cao", pt}, {"coes", pt}, {"dade", pt}, {"agem", pt}, {"vedor", pt}, {"vedora", pt},
	{"euse", fr}, {"trice", fr}, {"ppeur", fr}, {"cteur", fr}, {"eaux", fr},
	{"ung", de}, {"ungen", de}, {"keit", de}, {"heit", de}, {"lich", de}, {"isch", de}, {"schaft", de}, {"ickler", de}, {"erin", de}, {"innen", de},
}
