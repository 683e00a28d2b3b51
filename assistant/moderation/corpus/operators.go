package corpus

// operators are all there are. What a disguise does to violations it also does
// to clean messages.
var operators = []operator{
	{"contractions", "I'm and I am, don't and do not, either way", contractions},
	{"synonyms", "everyday words of this trade by others that mean the same", synonyms},
	{"reorder", "a closing sentence moved to the front, or two neighbours exchanged", reorder},
	{"opening", "a greeting or a remark in front, or the greeting left out", opening},
	{"closing", "a farewell or a signature behind", closing},
	{"hedge", "maybe, I think, if that is all right: said more softly", hedge},
	{"typos", "slips of the finger by neighbouring keys, doubled and lost letters", typos},
	{"careless", "no capitals, no punctuation, chat spellings", careless},
	{"spelling", "British and American spelling exchanged", spelling},
	{"dialect", "spellings and particles of Indian, Nigerian, African American and Australian English", dialect},
	{"mixed", "greetings and connectives of another language", mixed},
	{"within", "the message within an ordinary one of the same author, at any place", within},
	{"zero_width", "invisible characters within words", zeroWidth},
	{"lookalikes", "Cyrillic, Greek and full-width letters for Latin ones", lookalikes},
	{"leetspeak", "digits and signs for letters", leetspeak},
	{"spaced", "a word's letters apart by spaces, dots or dashes", spaced},
	{"number_words", "digits as words, or words and digits mixed", numberWords},
	{"emoji_digits", "digits in keycaps, circles or full width", emojiDigits},
	{"split_lines", "a word or number over several lines", splitLines},
	{"split_thread", "the message over two messages of one sender", splitThread},
}
