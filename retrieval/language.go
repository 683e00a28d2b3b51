package retrieval

import "github.com/parleyhq/parley/retrieval/words"

// TextLanguage is the language that a document's words are read in: the one it
// names, else the one its text shows. A text in a language whose word forms are
// not known is read as English.
func (d Document) TextLanguage() words.Language {
	if d.Post != nil && d.Post.Language != "" {
		language, _ := words.Known(d.Post.Language)
		return language
	}
	return words.Detect(titledText(d))
}

// queryLanguages are those that a query's words are looked for in: the one that
// is named, else what the text may be in. Words of a query in another language
// are looked for as English too, since posts mix the two.
func queryLanguages(text, named string) []words.Language {
	if named == "" {
		return words.Plausible(text)
	}
	if language, known := words.Known(named); known && language != words.English {
		return []words.Language{language, words.English}
	}
	return []words.Language{words.English}
}
