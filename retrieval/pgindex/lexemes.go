package pgindex

import (
	"math"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// What a word says about a document is BM25's term weight without the rarity,
//
//	count / (count + k1·(1 − b + b·length/usual)),
//
// between 0 and 1 (Robertson and Zaragoza 2009, section 3.5). It is computed
// when a document is stored, with a fixed usual length in place of the
// average, and kept as one of eight levels, each 1.25 times the one below: the
// weights D to A of a tsvector, at one position or at two, for which ts_rank
// gives 1 + 1/2² times as much. Rarity comes in when somebody searches.
const (
	saturation    = 1.2
	lengthPenalty = 0.75
	usualLength   = 170 // counted words of a typical job post

	lowestLevel = 0.2
	levels      = 8
)

// levelWeights are the weights of D to A: lowestLevel times 1.25 to the power of 0, 2, 4, 6.
const levelWeights = "{0.2,0.3125,0.48828,0.76294}"

// marks are levels as the positions of a tsvector literal.
var marks = [levels]string{"1D", "1D,2D", "1C", "1C,2C", "1B", "1B,2B", "1A", "1A,2A"}

// level returns what a word says.
func level(count uint8, length int) int {
	norm := saturation * (1 - lengthPenalty + lengthPenalty*float64(length)/usualLength)
	says := float64(count) / (float64(count) + norm)
	n := int(math.Round(math.Log(says/lowestLevel) / math.Log(1.25)))
	return min(max(n, 0), levels-1)
}

// tsvector writes the words of a document as a tsvector literal, with lexemes
// for what filters compare, so that one GIN index serves both.
func tsvector(tenant string, r record.Record) string {
	length, size := 0, 0
	for _, w := range r.Words {
		length += int(w.Count)
		size += len(w.Word)
	}
	lexemes := documentLexemes(tenant, r)
	b := make([]byte, 0, size+8*len(r.Words)+32*len(lexemes))
	for _, lexeme := range lexemes {
		b = append(appendQuoted(b, lexeme), ' ')
	}
	var known [256]int // 1 + the level of a count in this document
	for _, w := range r.Words {
		if known[w.Count] == 0 {
			known[w.Count] = 1 + level(w.Count, length)
		}
		b = append(appendQuoted(b, w.Word), ':')
		b = append(append(b, marks[known[w.Count]-1]...), ' ')
	}
	return string(b)
}

// quotedAny writes a query for documents that have one of some lexemes.
func quotedAny(lexemes []string) string {
	quoted := make([]string, len(lexemes))
	for i, lexeme := range lexemes {
		quoted[i] = quote(lexeme)
	}
	return "(" + strings.Join(quoted, " | ") + ")"
}

// allOf writes a query for documents that have one lexeme of each list.
func allOf(clauses [][]string) string {
	parts := make([]string, len(clauses))
	for i, clause := range clauses {
		parts[i] = quotedAny(clause)
	}
	return strings.Join(parts, " & ")
}

// tsquery writes a query for documents that may pass a selection.
func tsquery(s selection) string { return allOf(s.clauses()) }

// quote writes a text as one lexeme of a tsvector or tsquery.
func quote(lexeme string) string { return string(appendQuoted(nil, lexeme)) }

func appendQuoted(b []byte, lexeme string) []byte {
	b = append(b, '\'')
	for i := range len(lexeme) {
		if c := lexeme[i]; c == '\'' || c == '\\' {
			b = append(b, c)
		}
		b = append(b, lexeme[i])
	}
	return append(b, '\'')
}

var elementQuoter = strings.NewReplacer(`"`, `\"`, `\`, `\\`)

// array writes a list as an array literal.
func array(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = `"` + elementQuoter.Replace(text) + `"`
	}
	return "{" + strings.Join(quoted, ",") + "}"
}

// credentialLines are folded credentials, one a line. None has a line end in it.
func credentialLines(credentials []string) string {
	folded := make([]string, len(credentials))
	for i, c := range credentials {
		folded[i] = record.FoldCredential(c)
	}
	return strings.Join(folded, "\n")
}

// fields are those with one value.
func fields(f retrieval.Facets) []struct{ name, value string } {
	return []struct{ name, value string }{
		{"category", f.Category}, {"level", f.Level}, {"pay_type", f.PayType}, {"currency", f.Currency},
		{"country", f.Country}, {"zone", f.TimeZone},
	}
}
