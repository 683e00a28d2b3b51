package classify

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// Span is a part of a message's text, in UTF-16 code units.
type Span struct {
	Start, End int
	Quote      string
}

// Words returns at most n parts of the text that spoke most for a label, the
// one that weighed most first. Words side by side are one part. Rules are not asked:
// what they found is shown by their own marks.
func (c *Classifier) Words(m message.Message, label policy.Label, n int) []Span {
	at := policy.Index(label)
	if at < 0 || n <= 0 {
		return nil
	}
	r := readers.Get().(*reader)
	defer r.release()
	r.read(m, rules.Result{})
	weights := make([]float32, len(r.tokens))
	for _, s := range r.list {
		if s.token >= 0 {
			weights[s.token] += r.values[s.group] * c.model.Weights(s.input)[at]
		}
	}
	units := utf16.Encode([]rune(strings.ToValidUTF8(m.Text, "\uFFFD")))
	var list []Span
	for _, token := range heaviest(weights, n) {
		start, end := r.text.Span(int(r.tokens[token].start), int(r.tokens[token].end))
		if end > len(units) || start >= end {
			continue
		}
		list = append(list, Span{Start: start, End: end})
	}
	list = joined(list, units)
	for i, s := range list {
		list[i].Quote = string(utf16.Decode(units[s.Start:s.End]))
	}
	return list
}

// heaviest returns the tokens with the largest weights over 0, at most n, the
// heaviest first. Those that say little beside the heaviest are left out.
func heaviest(weights []float32, n int) []int {
	const little = 0.25
	var order []int
	for i, w := range weights {
		if w > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	order = order[:min(n, len(order))]
	for i, token := range order {
		if weights[token] < little*weights[order[0]] {
			return order[:i]
		}
	}
	return order
}

// joined makes one span of those between which only space stands. It stands where
// the first of them did.
func joined(list []Span, units []uint16) []Span {
	space := func(from, to int) bool {
		return from <= to && strings.TrimSpace(string(utf16.Decode(units[from:to]))) == ""
	}
	for i := 0; i < len(list); i++ {
		for j := i + 1; j < len(list); j++ {
			a, b := list[i], list[j]
			if a.Start > b.Start {
				a, b = b, a
			}
			if b.Start < a.End || space(a.End, b.Start) {
				list[i] = Span{Start: a.Start, End: max(a.End, b.End)}
				list = slices.Delete(list, j, j+1)
				j = i // the longer span may meet others
			}
		}
	}
	return list
}
