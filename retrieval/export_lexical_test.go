package retrieval

// InPhrases reports whether a text has all quoted phrases of a query.
func InPhrases(query, text string) bool {
	_, quoted := phrases(query)
	for _, p := range quoted {
		if !p.in(text) {
			return false
		}
	}
	return true
}

// Unquoted is a query without the quotes of its phrases, and how many those are.
func Unquoted(query string) (string, int) {
	rest, quoted := phrases(query)
	return rest, len(quoted)
}

// Analyse is analyse.
func (r *Retriever) Analyse(d Document) (listed, terms []string, analysis string) {
	return r.analyse(d)
}

// TermsIn is what the lexical side is tested by.
var TermsIn = searchTerms
