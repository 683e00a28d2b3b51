package words

// Language is one whose word forms and function words are known, as ISO 639-1
// writes it.
type Language string

// The languages that texts are read in.
const (
	English    Language = "en"
	Spanish    Language = "es"
	Portuguese Language = "pt"
	French     Language = "fr"
	German     Language = "de"
)

// Languages returns all languages, English first.
func Languages() []Language { return []Language{English, Spanish, Portuguese, French, German} }

// Known returns the language of an ISO 639-1 code, also of one with a region
// ("pt-BR"), and false for a language whose forms are not known.
func Known(code string) (Language, bool) {
	if len(code) > 2 && (code[2] == '-' || code[2] == '_') {
		code = code[:2]
	}
	for _, language := range Languages() {
		if string(language) == code {
			return language, true
		}
	}
	return English, false
}

// Forms returns what a word, as Split returns it, is found by in texts of a
// language: its stem, and for a German compound also the stems of its parts.
func Forms(language Language, word string) []string {
	return AppendForms(nil, language, word)
}

// AppendForms appends the forms of a word to list.
func AppendForms(list []string, language Language, word string) []string {
	return append(list, lexicons[language].of(word).forms...)
}

// EachForm calls do with the forms of the words of a text, as indexes keep
// them: without function words, in the order of the text.
func EachForm(language Language, text string, do func(form string)) {
	s := splitters.Get().(*splitter)
	defer s.release()
	read := lexicons[language]
	for _, word := range s.split(text) {
		if known := read.of(word); !known.function {
			for _, form := range known.forms {
				do(form)
			}
		}
	}
}

// beginning is how many letters of a word its beginning has.
const beginning = 3

// Beginning is the term for how a word of a title begins, for searches that
// whole words find too little for. It begins with "^", which no word of a text does; words
// that are not longer have none.
func Beginning(word string) (string, bool) {
	n := 0
	for at := range word {
		if n == beginning {
			return "^" + word[:at], true
		}
		n++
	}
	return "", false
}

// Exact is a term that an index looks for as it is, where it stems others: a
// stem that is known already. It begins with "=", which no word of a text does.
func Exact(stem string) string { return "=" + stem }
