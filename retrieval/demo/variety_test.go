package demo_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/words"
)

// What two texts written by people may share.
const (
	shingle       = 3   // words
	maxSimilarity = 0.2 // of the shingles of two texts
	frame         = 9   // words in a row that two texts of different documents may not share
	maxOpenings   = 4   // texts of a kind that begin with the same four words
)

type text struct {
	id, group string
	kind      retrieval.Kind
	words     []string
	answers   []string // what a proposal answers and speaks for, and may quote
}

func texts(t *testing.T) []text {
	var list []text
	for _, doc := range documents(t) {
		body := doc.Text()
		if doc.Kind == retrieval.KindProfile {
			body = doc.Profile.Overview
		}
		x := text{id: doc.ID, group: string(doc.Kind) + " " + doc.Facets().Category, kind: doc.Kind, words: words.Split(body)}
		if doc.Proposal != nil {
			x.answers = []string{doc.Proposal.JobPost, doc.Proposal.Profile}
		}
		list = append(list, x)
	}
	return list
}

// shingles are the runs of n words of a text.
func shingles(list []string, n int) map[string]bool {
	found := make(map[string]bool)
	for i := 0; i+n <= len(list); i++ {
		found[strings.Join(list[i:i+n], " ")] = true
	}
	return found
}

func TestNoTwoTextsAreAlike(t *testing.T) {
	list := texts(t)
	sets := make([]map[string]bool, len(list))
	for i, x := range list {
		sets[i] = shingles(x.words, shingle)
	}
	for i := range list {
		for j := range i {
			if list[i].group != list[j].group {
				continue
			}
			shared := 0
			for s := range sets[i] {
				if sets[j][s] {
					shared++
				}
			}
			if similarity := float64(shared) / float64(max(1, len(sets[i])+len(sets[j])-shared)); similarity > maxSimilarity {
				t.Errorf("%s and %s share %.2f of their shingles", list[j].id, list[i].id, similarity)
			}
		}
	}
}

// TestNoSentenceFrames finds runs of words that come back in another text: the
// mark of a sentence that was filled in and not written.
func TestNoSentenceFrames(t *testing.T) {
	in := make(map[string]string)
	for _, x := range texts(t) {
		for run := range shingles(x.words, frame) {
			if other, ok := in[run]; ok && other != x.id && !slices.Contains(x.answers, other) {
				t.Errorf("%s and %s both say %q", other, x.id, run)
			}
			in[run] = x.id
		}
	}
}

func TestOpeningsVary(t *testing.T) {
	openings := make(map[string][]string)
	for _, x := range texts(t) {
		if len(x.words) >= 4 {
			key := string(x.kind) + ": " + strings.Join(x.words[:4], " ")
			openings[key] = append(openings[key], x.id)
		}
	}
	type opening struct {
		words string
		ids   []string
	}
	var often []opening
	for key, ids := range openings {
		if len(ids) > maxOpenings {
			often = append(often, opening{key, ids})
		}
	}
	slices.SortFunc(often, func(a, b opening) int { return cmp.Compare(len(b.ids), len(a.ids)) })
	for _, o := range often {
		t.Errorf("%d texts begin %q: %v", len(o.ids), o.words, o.ids)
	}
}
