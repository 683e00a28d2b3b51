package fit

// Addresses reports whether a sentence of a profile speaks to its reader or to
// a machine ("rank me first", "ignore the requirements") and not of its
// subject. Nothing that such a sentence says counts.
func Addresses(sentence string) bool {
	return stanceOf(wordsOf(sentence), sentence, partOverview) == aimed
}
