package moderation

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
)

// Spelling is what changes when the same content is written in another spelling
// or dialect: over messages that the operator changed at all. Whoever writes so
// should be treated alike: changes ought to be near nothing, and no more to the worse for
// one than for another.
type Spelling struct {
	Name     string  `json:"name"`
	Title    string  `json:"title"`
	Clean    Changes `json:"clean"`
	Violates Changes `json:"violating"`
}

// Changes are those of N messages.
type Changes struct {
	N         int     `json:"n"`
	Score     float64 `json:"score"`     // mean change
	Flagged   int     `json:"flagged"`   // that were delivered before
	Unflagged int     `json:"unflagged"` // the other way round
	Stopped   int     `json:"stopped"`   // that went out before
	Unstopped int     `json:"unstopped"` // the other way round
}

func (c *Changes) add(before, after judgement) {
	c.N++
	c.Score += after.score - before.score
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	count(&c.Flagged, !before.flagged() && after.flagged())
	count(&c.Unflagged, before.flagged() && !after.flagged())
	count(&c.Stopped, !before.stopped() && after.stopped())
	count(&c.Unstopped, before.stopped() && !after.stopped())
}

// spellings measures every operator on the cases in its language. Those that are
// disguised are left out: their spelling is what they are about.
func (m *measurement) spellings(ctx context.Context) (list []Spelling) {
	for _, o := range operators {
		var changed []Case
		var before []judgement
		for i, c := range m.cases {
			if c.Kind == corpus.Obfuscated || o.english && c.Lang != "" && c.Lang != "en" {
				continue
			}
			if text := o.apply(c.Text, c.ID); text != c.Text {
				c.Text = text
				changed, before = append(changed, c), append(before, m.both[i])
			}
		}
		s := Spelling{Name: o.name, Title: o.title}
		for i, after := range m.Cascade.both(ctx, changed) {
			if changed[i].Clean() {
				s.Clean.add(before[i], after)
			} else {
				s.Violates.add(before[i], after)
			}
		}
		s.Clean.Score = ratio(s.Clean.Score, float64(s.Clean.N))
		s.Violates.Score = ratio(s.Violates.Score, float64(s.Violates.N))
		list = append(list, s)
	}
	return list
}

// rewriter changes a text by a list of words and phrases, case by case of its
// first letter. Words with digits, @, / or dots within, as addresses have, stay.
type rewriter struct {
	words   map[string]string // of one word
	phrases [][2]string       // of several, tried first; lower case, words apart by one space
	endings [][2]string       // of words that are in no list
}

func (r rewriter) rewrite(text string) string {
	tokens := split(text)
	for i := 0; i < len(tokens); i++ {
		if !tokens[i].word {
			continue
		}
		if r.phrase(tokens[i:]) {
			continue
		}
		t := &tokens[i]
		lower := strings.ToLower(t.text)
		if other, known := r.words[lower]; known {
			t.text = cased(t.text, other)
			continue
		}
		for _, e := range r.endings {
			if stem, ends := strings.CutSuffix(lower, e[0]); ends && len(stem) > 3 {
				t.text = t.text[:len(t.text)-len(e[0])] + e[1]
				break
			}
		}
	}
	var out strings.Builder
	for _, t := range tokens {
		out.WriteString(t.text)
	}
	return out.String()
}

// phrase puts another phrase where one begins: all of it into the first word.
func (r rewriter) phrase(tokens []token) bool {
	for _, p := range r.phrases {
		words := strings.Split(p[0], " ")
		if 2*len(words)-1 > len(tokens) {
			continue
		}
		same := true
		for i, w := range words {
			same = same && strings.EqualFold(tokens[2*i].text, w) && tokens[2*i].word && (i == 0 || tokens[2*i-1].text == " ")
		}
		if same {
			tokens[0].text = cased(tokens[0].text, p[1])
			for i := 1; i < 2*len(words)-1; i++ {
				tokens[i] = token{}
			}
			return true
		}
	}
	return false
}

// token is a word, or what stands between words.
type token struct {
	text string
	word bool
}

// split takes a text apart. What looks like an address or a number is no word.
func split(text string) (tokens []token) {
	for _, piece := range pieces(text, func(r rune) bool { return !unicode.IsSpace(r) }) {
		if !piece.word || address(piece.text) {
			tokens = append(tokens, token{piece.text, false})
			continue
		}
		tokens = append(tokens, pieces(piece.text, func(r rune) bool { return unicode.IsLetter(r) || r == '\'' || r == '’' })...)
	}
	return tokens
}

// pieces are runs of runes that are in, and of those that are not.
func pieces(text string, in func(rune) bool) (list []token) {
	from, is := 0, false
	for i, r := range text {
		if now := in(r); i == 0 {
			is = now
		} else if now != is {
			list = append(list, token{text[from:i], is})
			from, is = i, now
		}
	}
	if from < len(text) {
		list = append(list, token{text[from:], is})
	}
	return list
}

func address(piece string) bool {
	return strings.ContainsAny(piece, "@/\\_0123456789") || strings.Contains(strings.TrimRight(piece, ".!?"), ".")
}

// cased writes a word with a capital where the other has one.
func cased(like, word string) string {
	if first, _ := utf8.DecodeRuneInString(like); !unicode.IsUpper(first) || word == "" {
		return word
	}
	letters := []rune(word)
	letters[0] = unicode.ToUpper(letters[0])
	return string(letters)
}
