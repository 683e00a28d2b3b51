package skills

import "strings"

// standing is whether an everyday word stands for the skill of that name.
type standing uint8

const (
	accepted     standing = iota
	needsCompany          // only beside another skill
	refused
)

// asName judges a word such as Go, Swift or Word. Written like the name within
// a sentence it is one; at the beginning of a sentence, in lower case, or as a
// single letter, the words around it decide.
func asName(words *tokens, i, j int, f form) standing {
	if !f.everyday {
		return accepted
	}
	if i == 0 && j == words.len() && len(f.exact) > 1 && !functionWords[string(words.joined(i, j))] {
		return accepted // the whole text, as of a search
	}
	standing := asProper(words, i, j, f)
	if f.doubtful && standing == accepted {
		return needsCompany
	}
	return standing
}

// asProper judges where and how an everyday word is written.
func asProper(words *tokens, i, j int, f form) standing {
	first := words.list[i]
	written := words.text[first.start:words.list[j-1].end]
	exact := written == f.exact
	switch {
	case j < words.len() && words.list[j].gap != gapBreak && craft[words.word(j)]:
		return accepted // "react developer"
	case len(f.exact) == 1:
		return letter(words, i, j, exact)
	case exact && !first.begins && !titleCase(words, i):
		return accepted
	case exact && alone(words, i, j):
		return accepted
	case exact && first.begins && ordinary(words, j, f):
		return refused
	case exact:
		return needsCompany
	case strings.EqualFold(written, f.exact) && len(written) > 2 && namedAfter(words, i) && ends(words, j):
		return accepted
	case strings.EqualFold(written, f.exact) && len(written) > 2 && listed(words, i, j):
		return needsCompany
	}
	return refused
}

// letter judges a language named by one letter: "in R", "C, C++ or Rust", but
// not "vitamin C", "USB-C" or "R&D".
func letter(words *tokens, i, j int, exact bool) standing {
	start, end := words.list[i].start, words.list[j-1].end
	tight := end < len(words.text) && strings.IndexByte("&$-'", words.text[end]) >= 0 || start > 0 && strings.IndexByte("&-'", words.text[start-1]) >= 0
	if !exact || tight {
		return refused
	}
	if namedAfter(words, i) && ends(words, j) {
		return accepted
	}
	if listed(words, i, j) {
		return needsCompany
	}
	return refused
}

// craft are words that make the word before them a tool: "react developer".
var craft = set("developer developers dev devs programmer programmers engineer engineers coder expert specialist framework component components app apps script scripts code codebase backend frontend plugin plugins api sdk project")

// usedWith are words after which a tool is named: "built with flask".
var usedWith = set("using use uses used know knows knowing learn in with on via into")

func namedAfter(words *tokens, i int) bool {
	return i > 0 && words.list[i].gap != gapBreak && usedWith[words.word(i-1)]
}

// ends reports whether nothing or a conjunction follows: "with react" but not "in access control".
func ends(words *tokens, j int) bool {
	if j >= words.len() || words.list[j].gap == gapBreak {
		return true
	}
	switch words.word(j) {
	case "and", "or", "plus", "but", "is", "for":
		return true
	}
	return words.text[words.list[j].start-1] == '/'
}

// alone reports whether the words are all of their line or list item.
func alone(words *tokens, i, j int) bool {
	return words.list[i].begins && (j >= words.len() || words.list[j].gap == gapBreak) || follows(words, j)
}

// ordinary reports whether a sentence goes on as with the everyday word: "Access
// to the files", "Go ahead".
func ordinary(words *tokens, j int, f form) bool {
	if j >= words.len() || words.list[j].gap != gapSpace {
		return false
	}
	return functionWords[words.word(j)] || functionWords[strings.ToLower(f.exact)]
}

// follows reports whether a word comes that has a name, not an everyday word, before it.
func follows(words *tokens, j int) bool {
	if j >= words.len() {
		return false
	}
	switch words.word(j) {
	case "is", "are", "and", "or", "for", "would", "experience", "needed", "required", "preferred", "skills", "knowledge":
		return true
	}
	return false
}

// listed reports whether the words are an entry of a list.
func listed(words *tokens, i, j int) bool {
	joins := func(k int) bool {
		word := words.word(k)
		return word == "and" || word == "or"
	}
	sign := func(at int) bool {
		return at >= 0 && at < len(words.text) && (words.text[at] == ',' || words.text[at] == '/')
	}
	start, end := words.list[i].start, words.list[j-1].end
	before := joins(i-1) || sign(start-1) || sign(start-2) || start > 0 && words.text[start-1] == '('
	after := joins(j) || sign(end) || end == len(words.text)
	return before && after || sign(end) && i == 0
}

// titleCase reports whether the word's neighbours are capitalised as well, so
// that its own capital says nothing.
func titleCase(words *tokens, i int) bool {
	capitals, around := 0, 0
	for k := max(0, i-3); k < min(words.len(), i+4); k++ {
		if k == i || words.list[k].to-words.list[k].from < 3 {
			continue
		}
		around++
		if words.list[k].capital {
			capitals++
		}
	}
	return around >= 3 && capitals == around
}

// company is how many bytes away a certain skill lets an uncertain one be believed.
const company = 60

// keepAccompanied drops the uncertain matches that stand away from all certain ones.
func keepAccompanied(text string, found []Match, unsure []int) []Match {
	if len(unsure) == 0 {
		return found
	}
	doubted := make(map[int]bool, len(unsure))
	for _, at := range unsure {
		doubted[at] = true
	}
	kept := make([]Match, 0, len(found))
	last := -company // where the newest certain match ended
	next := 0        // the first certain match that begins later
	for at, match := range found {
		if !doubted[at] {
			kept, last = append(kept, match), match.End
			continue
		}
		next = max(next, at+1)
		for next < len(found) && doubted[next] {
			next++
		}
		near := match.Start-last < company || next < len(found) && found[next].Start-match.End < company
		if near || len(match.Text) > 1 && strings.TrimSpace(text) == match.Text {
			kept = append(kept, match)
		}
	}
	return kept
}
