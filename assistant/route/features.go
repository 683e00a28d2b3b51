package route

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kljensen/snowball/english"

	"github.com/parleyhq/parley/retrieval/learn"
)

// featureRules is the version of how features are made of words and lists of
// words. It changes whenever the same message gives other features.
const featureRules = "router-2"

const (
	hashBits = 16

	// Lengths of the groups of features. Chosen by cross-validation. The vector
	// of the built-in embedder was tried as a further group: it won nothing, and
	// would have tied the artefact to the skill vocabulary.
	wordScale     = 1.0
	letterScale   = 1.0
	cueScale      = 1.0
	contextScale  = 1.0
	crossScale    = 1.5
	topicScale    = 1.5
	skeletonScale = 1.0
	deedScale     = 1.5
	answerScale   = 1.0
	phraseScale   = 1.5
)

// longestStem is the bytes of the longest word that is stemmed: the stemmer
// takes time by the square of the length, and no word is longer.
const longestStem = 40

// seen is a message as it is read.
type seen struct {
	text  string // normal
	words []string
	cues  []string
	stems []string
}

func see(text string) seen {
	s := seen{text: normal(text)}
	s.words = tokens(s.text)
	s.cues = make([]string, len(s.words))
	s.stems = make([]string, len(s.words))
	for i, word := range s.words {
		s.cues[i] = cue(word)
		switch {
		case isDigit(word):
			s.stems[i] = "#"
		case len(word) > longestStem:
			s.stems[i] = word
		default:
			s.stems[i] = english.Stem(word, false)
		}
	}
	return s
}

// extract collects the features of a message.
func extract(f *learn.Features, in Input) { extractSeen(f, in, see(in.Text)) }

func extractSeen(f *learn.Features, in Input, s seen) {
	f.Reset()
	grams(f, "w", s.stems, 2)
	f.Scale(wordScale)
	letters(f, s.words)
	f.Scale(letterScale)
	grams(f, "c", s.cues, 3)
	edges(f, s)
	f.Scale(cueScale)
	skeleton(f, in, s)
	f.Scale(skeletonScale)
	situation := in.Context.situation()
	shapes := shape(s)
	surroundings(f, in, situation, shapes)
	f.Scale(contextScale)
	cross(f, in, situation, s)
	f.Scale(crossScale)
	about(f, in, situation, s)
	f.Scale(topicScale)
	deeds(f, in, situation, s)
	f.Scale(deedScale)
	answers(f, in, s)
	f.Scale(answerScale)
	turnsOfPhrase(f, in, situation, s)
	f.Scale(phraseScale)
}

// grams adds the sequences of up to most tokens.
func grams(f *learn.Features, sort string, list []string, most int) {
	base := learn.NewName(sort)
	for i := range list {
		name := base
		for j := i; j < min(i+most, len(list)); j++ {
			name = name.And(list[j])
			f.Add(name)
		}
	}
}

// skeleton adds sequences of a message's words of grammar and cues, whatever
// stands between them: "who … can" is a question for people also when "here" comes in between.
func skeleton(f *learn.Features, in Input, s seen) {
	const most = 40
	list := make([]string, 0, min(most, len(s.cues)))
	for _, c := range s.cues {
		if len(list) < most && c[0] != '_' && (c == "?" || c == "#" || isLetters(c)) && c != "a" && c != "the" && c != "an" {
			list = append(list, c)
		}
	}
	base, role := learn.NewName("k"), learn.NewName("kr").And(in.Role)
	for i := range list {
		for j := i + 1; j < min(i+4, len(list)); j++ {
			pair := base.And(list[i]).And(list[j])
			f.Add(pair)
			f.Add(role.And(list[i]).And(list[j]))
			if j+1 < len(list) && j == i+1 {
				f.Add(pair.And(list[j+1]))
			}
		}
	}
}

// letters adds the pieces of 3 and 4 characters of each word with its ends.
func letters(f *learn.Features, list []string) {
	base := learn.NewName("l")
	for _, word := range list {
		if !isLetters(word) {
			continue
		}
		word = "^" + word + "$"
		for n := 3; n <= 4; n++ {
			for at := 0; at+n <= len(word); at++ {
				f.Add(base.And(word[at : at+n]))
			}
		}
	}
}

// edges adds how a message begins and ends.
func edges(f *learn.Features, s seen) {
	n := len(s.words)
	if n == 0 {
		f.Add(learn.NewName("empty"))
		return
	}
	first, last := learn.NewName("first"), learn.NewName("last")
	f.Add(first.And(s.words[0]))
	for i := 1; i <= min(3, n); i++ {
		f.Add(first.And(strings.Join(s.cues[:i], " ")))
		f.Add(last.And(strings.Join(s.cues[n-i:], " ")))
	}
}

// situation is the workflow and whether a question waits, in one word.
func (c Context) situation() string {
	workflow := c.workflow()
	if strings.TrimSpace(c.Question) != "" {
		workflow += "?"
	}
	return workflow
}

// workflow is the one that runs: out of scope is none.
func (c Context) workflow() string {
	if c.Workflow == string(OutOfScope) {
		return ""
	}
	return c.Workflow
}

// surroundings adds who writes, what was being done, and how that goes with the shape of the message.
func surroundings(f *learn.Features, in Input, situation string, shapes []string) {
	add := func(parts ...string) {
		name := learn.NewName("s")
		for _, part := range parts {
			name = name.And(part)
		}
		f.Add(name)
	}
	kinds := question(in.Context.Question)
	add("role", in.Role)
	add("situation", situation)
	add("draft", in.Context.Draft)
	add("draft+situation", in.Context.Draft, situation)
	add("role+situation", in.Role, situation)
	for _, kind := range kinds {
		add("question", kind)
		add("question+workflow", kind, in.Context.workflow())
	}
	for _, x := range shapes {
		add("shape", x)
		add("shape+situation", x, situation)
		add("shape+role", x, in.Role)
		for _, kind := range kinds {
			add("shape+question", x, kind)
		}
	}
}

// about adds the fields that words are of, alone, two together, and with the situation and the role.
func about(f *learn.Features, in Input, situation string, s seen) {
	count := make(map[string]int)
	for _, word := range s.words {
		for _, field := range topics[word] {
			count[field]++
		}
	}
	names := slices.Sorted(maps.Keys(count))
	base, at, role, pair := learn.NewName("t"), learn.NewName("tx").And(situation), learn.NewName("ty").And(in.Role), learn.NewName("tt")
	for i, name := range names {
		f.Add(base.And(name))
		f.Add(at.And(name))
		f.Add(role.And(name))
		if count[name] > 1 {
			f.Add(base.And(name).And("several"))
		}
		if 2*count[name] > len(s.words) {
			f.Add(base.And(name).And("most"))
		}
		for _, other := range names[i+1:] {
			f.Add(pair.And(name).And(other))
		}
	}
	if len(names) == 0 {
		f.Add(base.And("none"))
		f.Add(at.And("none"))
	}
}

// cross adds words and cues together with the situation and the role.
func cross(f *learn.Features, in Input, situation string, s seen) {
	at, role, flow := learn.NewName("x").And(situation), learn.NewName("y").And(in.Role), learn.NewName("z").And(in.Context.workflow())
	for i := range s.words {
		f.Add(at.And(s.cues[i]))
		f.Add(flow.And(s.stems[i]))
		if i+1 < len(s.words) {
			f.Add(role.And(s.cues[i]).And(s.cues[i+1]))
			f.Add(flow.And(s.cues[i]).And(s.cues[i+1]))
		}
	}
}

// shape tells what a message looks like, whatever it says.
func shape(s seen) []string {
	var list []string
	n := len(s.words)
	size := 0
	for size < 7 && n > 1<<size {
		size++
	}
	list = append(list, "size "+strconv.Itoa(size))
	count := make(map[string]int)
	for _, c := range s.cues {
		count[c]++
	}
	has := func(name string, conditions ...string) {
		for _, c := range conditions {
			if count[c] > 0 {
				list = append(list, name)
				return
			}
		}
	}
	has("number", "#")
	has("money", "CURRENCY")
	has("time", "TIME")
	has("asks", "?")
	has("quotes", "\"")
	has("self", "SELF")
	has("you", "YOU")
	if count[","] >= 2 {
		list = append(list, "list")
	}
	if n > 0 {
		switch first := s.cues[0]; first {
		case "YES", "NO", "BACK", "#", "WRITE", "FIND", "NEED", "EDIT":
			list = append(list, "begins "+first)
		case "who", "what", "which", "how", "why", "when", "where", "is", "are", "do", "does", "can", "could", "would":
			list = append(list, "begins with a question", "begins "+first)
		}
	}
	return list
}
