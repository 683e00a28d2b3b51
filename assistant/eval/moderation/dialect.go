package moderation

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// operator writes the content of a message in another spelling or dialect.
type operator struct {
	name, title string
	english     bool // for English messages only
	apply       func(text, id string) string
}

// operators change what marks a way of writing, and nothing that is said. They are coarser
// than people who write so: what they find is a lower bound.
var operators = []operator{
	{"british", "British spelling", true, by(british)},
	{"aave", "African American English: copula and g dropped, ain't, finna", true, by(aave)},
	{"indian", "Indian English: kindly, progressive of states, “do the needful”", true, by(indian)},
	{"nigerian", "Nigerian English and Pidgin: abeg, una, “e be”", true, by(nigerian)},
	{"second_language", "Second-language English: articles left out", true, by(articles)},
	{"short", "Chat spelling: u, r, pls, thx", true, by(chat)},
	{"lower", "Lower case, no punctuation", false, func(text, _ string) string { return plain(text) }},
	{"typos", "Typing errors, in one word of eight", false, typos},
	{"diacritics", "No diacritics", false, func(text, _ string) string { return bare(text) }},
}

func by(r rewriter) func(text, id string) string {
	return func(text, _ string) string { return r.rewrite(text) }
}

var british = rewriter{words: map[string]string{
	"color": "colour", "colors": "colours", "favorite": "favourite", "center": "centre", "honor": "honour", "labor": "labour", "neighbor": "neighbour",
	"behavior": "behaviour", "favor": "favour", "catalog": "catalogue", "dialog": "dialogue", "program": "programme", "programs": "programmes",
	"license": "licence", "defense": "defence", "offense": "offence", "traveling": "travelling", "canceled": "cancelled", "gray": "grey",
	"math": "maths", "mom": "mum", "apartment": "flat", "vacation": "holiday", "gotten": "got", "while": "whilst", "learned": "learnt",
	"organize": "organise", "organization": "organisation", "realize": "realise", "recognize": "recognise", "apologize": "apologise",
	"optimize": "optimise", "customize": "customise", "finalize": "finalise", "prioritize": "prioritise", "summarize": "summarise",
}, phrases: [][2]string{{"cell phone", "mobile phone"}, {"right away", "straight away"}}}

var aave = rewriter{words: map[string]string{
	"isn't": "ain't", "aren't": "ain't", "haven't": "ain't", "hasn't": "ain't", "you're": "you", "they're": "they", "we're": "we", "he's": "he", "she's": "she",
	"the": "da", "this": "dis", "that": "dat", "them": "dem", "with": "wit", "because": "cuz", "about": "bout", "everyone": "everybody",
}, phrases: [][2]string{
	{"going to", "finna"}, {"want to", "wanna"}, {"have to", "gotta"}, {"you are", "you"}, {"they are", "they"}, {"we are", "we"}, {"i am", "i'm"},
	{"is not", "ain't"}, {"are not", "ain't"}, {"do not have any", "ain't got no"}, {"don't have any", "ain't got no"}, {"all of you", "y'all"},
}, endings: [][2]string{{"ing", "in"}}}

var indian = rewriter{words: map[string]string{
	"please": "kindly", "reply": "revert", "today": "today itself", "now": "now only", "hi": "respected sir", "hello": "respected sir", "hey": "dear sir",
	"question": "doubt", "questions": "doubts", "graduated": "passed out", "thanks": "thanking you",
}, phrases: [][2]string{
	{"i need", "i am needing"}, {"i want", "i am wanting"}, {"i have", "i am having"}, {"we have", "we are having"}, {"we need", "we are needing"},
	{"i understand", "i am understanding"}, {"i know", "i am knowing"}, {"as soon as possible", "at the earliest"},
	{"get back to me", "revert back to me"}, {"let me know", "do let me know only"}, {"do it", "do the needful"},
}}

var nigerian = rewriter{words: map[string]string{
	"please": "abeg", "the": "de", "them": "dem", "that": "dat", "this": "dis", "want": "wan", "know": "sabi", "everything": "everytin",
	"child": "pikin", "friend": "padi", "problem": "wahala", "hello": "how far", "hi": "how far", "thanks": "thank you o", "person": "pesin", "eat": "chop",
}, phrases: [][2]string{
	{"it is", "e be"}, {"is it", "na so e be"}, {"i am", "i dey"}, {"you are", "you dey"}, {"they are", "dem dey"}, {"we are", "we dey"}, {"i will", "i go"},
	{"we will", "we go"}, {"you will", "you go"}, {"do not", "no"}, {"all of you", "una"}, {"what is", "wetin be"}, {"i don't", "i no"}, {"i want to", "i wan"},
}}

var articles = rewriter{phrases: [][2]string{
	{"i have been", "i am since"}, {"there is a", "is"}, {"there is", "is"}, {"it is", "is"}, {"did not", "didn't"}, {"does not", "don't"},
}, words: map[string]string{"the": "", "a": "", "an": "", "doesn't": "don't", "has": "have", "was": "were", "information": "informations", "advice": "advices"}}

var chat = rewriter{words: map[string]string{
	"you": "u", "are": "r", "your": "ur", "please": "pls", "thanks": "thx", "because": "cuz", "before": "b4", "tomorrow": "tmrw", "message": "msg",
	"people": "ppl", "okay": "ok", "about": "abt", "without": "w/o", "with": "w", "tonight": "2nite", "through": "thru", "for": "4", "to": "2", "great": "gr8",
}}

// plain writes in lower case and without the marks that end or part sentences.
func plain(text string) string {
	tokens := strings.Split(strings.ToLower(text), " ")
	for i, t := range tokens {
		if !address(t) {
			tokens[i] = strings.Map(func(r rune) rune {
				if strings.ContainsRune(".,;:!?\"“”", r) {
					return -1
				}
				return r
			}, t)
		}
	}
	return strings.Join(tokens, " ")
}

// typos exchanges two neighbouring letters, leaves one out or doubles one, in
// one word of eight of those with four letters or more. The same message gets the same.
func typos(text, id string) string {
	seed := uint64(14695981039346656037)
	for _, b := range []byte(id) {
		seed = (seed ^ uint64(b)) * 1099511628211
	}
	random := rand.New(rand.NewPCG(seed, 8))
	tokens := split(text)
	for i, t := range tokens {
		letters := []rune(t.text)
		if !t.word || len(letters) < 4 || random.IntN(8) > 0 {
			continue
		}
		at := 1 + random.IntN(len(letters)-2)
		switch random.IntN(3) {
		case 0:
			letters[at], letters[at+1] = letters[at+1], letters[at]
		case 1:
			letters = append(letters[:at], letters[at+1:]...)
		default:
			letters = append(letters[:at], append([]rune{letters[at]}, letters[at:]...)...)
		}
		tokens[i].text = string(letters)
	}
	var out strings.Builder
	for _, t := range tokens {
		out.WriteString(t.text)
	}
	return out.String()
}

// bare takes the marks off letters.
func bare(text string) string {
	out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), text)
	if err != nil { // of valid text it cannot fail
		return text
	}
	return out
}
