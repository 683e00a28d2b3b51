package brief

import "strings"

// sentence is a run of tokens [from, to) that ends with a full stop, a
// question or exclamation mark, or its line.
type sentence struct {
	from, to int
	question bool
	bullet   bool // an entry of a list
	header   bool // ends with a colon: what follows on the next lines belongs to it
}

// softWrap is the length in bytes from which a line that breaks off without a
// full stop is taken to go on in the next one.
const softWrap = 48

// longestSentence is how many tokens a sentence may have. A longer one is cut,
// so that no reader has to look through a whole text for each token.
const longestSentence = 120

// split finds the sentences of a text and numbers the tokens with them.
func split(text string, tokens []token) []sentence {
	var found []sentence
	lineStart := 0
	begin := func(at int) {
		if len(found) > 0 {
			found[len(found)-1].to = at
		}
		found = append(found, sentence{from: at, to: len(tokens)})
	}
	for i := range tokens {
		t := &tokens[i]
		fresh := i == 0 || endsSentence(text, tokens, i-1) || len(found) > 0 && i-found[len(found)-1].from >= longestSentence
		if t.line && i > 0 && !fresh {
			fresh = !wraps(text, tokens, i, lineStart)
		}
		if t.line {
			lineStart = t.start
		}
		if fresh {
			begin(i)
		}
		t.sentence = len(found) - 1
	}
	for k := range found {
		s := &found[k]
		s.bullet = tokens[s.from].line && isBullet(tokens, s.from)
		last := tokens[s.to-1].low
		s.question = last == "?" || s.to-s.from > 1 && tokens[s.to-2].low == "?"
		s.header = last == ":"
	}
	return found
}

// endsSentence reports whether a sentence ends with token i.
func endsSentence(text string, tokens []token, i int) bool {
	t := tokens[i]
	if t.kind != sign {
		return false
	}
	apart := i+1 == len(tokens) || !tokens[i+1].tight
	switch t.low {
	case "?", "!", "\u2026":
		return i+1 == len(tokens) || !(tokens[i+1].kind == sign && tokens[i+1].tight)
	case ")", "\"", "\u201d":
		return i > 0 && tokens[i].tight && (tokens[i-1].low == "?" || tokens[i-1].low == "!" || tokens[i-1].low == ".") && apart
	case ".":
		if !apart || i == 0 {
			return false
		}
		if i+1 < len(tokens) && abbreviations[tokens[i-1].low] && !tokens[i+1].line {
			return false
		}
		return !listNumber(tokens, i)
	case ";":
		return true
	case "\u2022", "\u25cf":
		return false
	}
	return false
}

// listNumber reports whether the dot at i is that of "1." at the start of a line.
func listNumber(tokens []token, i int) bool {
	return i > 0 && tokens[i-1].kind == number && tokens[i-1].line && len(tokens[i-1].low) <= 2 && i+1 < len(tokens)
}

var abbreviations = words("e.g i.e eg ie approx max min ca vs etc incl mr mrs ms dr no inc ltd est g e st jan feb mar apr jun jul aug sep sept oct nov dec hrs wks rs")

// wraps reports whether the line that begins at token i goes on the sentence before.
func wraps(text string, tokens []token, i, lineStart int) bool {
	if tokens[i-1].end-lineStart < softWrap || isBullet(tokens, i) || strings.Count(text[tokens[i-1].end:tokens[i].start], "\n") > 1 {
		return false
	}
	first := text[tokens[i].start]
	return first >= 'a' && first <= 'z' && tokens[i-1].low != ":"
}

// isBullet reports whether token i, the first of a line, marks an entry of a list.
func isBullet(tokens []token, i int) bool {
	switch tokens[i].low {
	case "-", "*", "\u2022", "\u25cf", "\u2013", "\u2014", "\u00b7", "+", ">":
		return i+1 < len(tokens)
	}
	return tokens[i].kind == number && len(tokens[i].low) <= 2 && i+1 < len(tokens) && tokens[i+1].tight && (tokens[i+1].low == "." || tokens[i+1].low == ")")
}

// afterBullet returns the first token of a sentence behind its list mark.
func (s sentence) afterBullet(tokens []token) int {
	if !s.bullet {
		return s.from
	}
	if tokens[s.from].kind == number {
		return min(s.from+2, s.to)
	}
	return s.from + 1
}
