package retrieval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

// nearestTimeout is how long an embedding server is waited for in a search.
const nearestTimeout = 5 * time.Second

// lists are the ranked lists of one search, fused.
type lists struct {
	fused []candidate
	// phrased is set when every document with the quoted phrases stands in the
	// list by their words, so that others need not be looked at.
	phrased bool
	ended   bool // there is no more in any list that the lists asked for less deeply would hide
}

// ask asks all lists at once, so deep, and fuses what they answer. What fails
// beside something that answers is kept in s.partial.
func (s *search) ask(ctx context.Context, depth int) (lists, error) {
	if s.embedded == "" {
		return s.newest(ctx, depth)
	}
	var words, nearest, phrased []Ranked
	var wordsErr, nearestErr, phrasedErr error
	var asked sync.WaitGroup
	if len(s.terms) > 0 {
		asked.Go(func() { words, wordsErr = s.lexical(ctx, depth) })
	}
	if len(s.demanded) > 0 {
		asked.Go(func() { phrased, phrasedErr = s.index.Lexical(ctx, s.q.Filter, s.demanded, depth) })
	}
	nearest, nearestErr = s.nearest(ctx, depth)
	asked.Wait()
	wordsErr = errors.Join(wordsErr, phrasedErr)
	s.partial = errors.Join(wrap("lexical", wordsErr), wrap("nearest", nearestErr))
	if ctx.Err() != nil || nearestErr != nil && (wordsErr != nil || len(s.terms)+len(s.demanded) == 0) {
		return lists{}, errors.Join(s.partial, ctx.Err())
	}
	found := lists{fused: fuse(s.tuning.K, [listCount]rankedList{
		byWords: {words, s.tuning.Lexical}, byVector: {nearest, s.tuning.Nearest}, byPhrase: {phrased, s.tuning.Lexical},
	})}
	found.phrased = len(s.demanded) > 0 && phrasedErr == nil
	found.ended = len(words) < depth && len(nearest) < depth
	if found.phrased {
		found.ended = len(phrased) < depth
	}
	return found, nil
}

// nearest embeds the query's text and ranks by it. A server that embeds too
// slowly for a conversation is not waited for: the other list answers. What
// failed once is not asked again by a deeper look of the same search.
func (s *search) nearest(ctx context.Context, depth int) ([]Ranked, error) {
	if s.failed != nil {
		return nil, s.failed
	}
	ranked, err := s.rankNearest(ctx, depth)
	s.failed = err
	return ranked, err
}

func (s *search) rankNearest(ctx context.Context, depth int) ([]Ranked, error) {
	ctx, cancel := context.WithTimeout(ctx, nearestTimeout)
	defer cancel()
	if s.vector == nil {
		s.embedder = s.searched(ctx, s.q.Tenant)
		vectors, err := vectorsOf(ctx, s.embedder, []string{s.embedded})
		if err != nil {
			return nil, err
		}
		s.vector = vectors[0]
	}
	return s.index.Nearest(ctx, s.q.Filter, s.embedder.Name(), s.vector, depth)
}

// newest are the newest documents, in the place of lists that have nothing to
// be asked for.
func (s *search) newest(ctx context.Context, depth int) (lists, error) {
	facets, err := s.index.Facets(ctx, s.q.Filter, nil, depth)
	if err != nil {
		return lists{}, err
	}
	found := lists{fused: make([]candidate, len(facets)), ended: len(facets) < depth}
	for place, f := range facets {
		found.fused[place] = candidate{id: f.ID, fused: 1 / (s.tuning.K + float64(place+1))}
	}
	return found, nil
}

// namedSkills are the skills a query lists and those its text names, each once.
func (r *Retriever) namedSkills(listed []string, text string) []skills.Skill {
	var named []skills.Skill
	seen := make(map[string]bool)
	add := func(skill skills.Skill) {
		if !seen[skill.Name] {
			seen[skill.Name] = true
			named = append(named, skill)
		}
	}
	for _, name := range listed[:min(len(listed), maxNameable)] {
		if skill, ok := r.vocabulary.Lookup(name); ok {
			add(skill)
		} else if name = cleanLine(name); name != "" {
			add(skills.Skill{Name: name}) // not in the vocabulary, but said
		}
	}
	for _, match := range r.vocabulary.Match(text) {
		add(*match.Skill)
	}
	return named
}

// embeddingText is the query's text with the listed skills that it does not
// spell out. Skills that the text itself names by an alias are not spelt out for
// it: embedders know aliases, and the text says which of its words matter.
func embeddingText(text string, listed []skills.Skill) string {
	low := strings.ToLower(text)
	var missing []string
	for _, skill := range listed {
		if !strings.Contains(low, strings.ToLower(skill.Name)) {
			missing = append(missing, skill.Name)
		}
	}
	return strings.TrimSpace(strings.TrimSpace(text) + "\n" + strings.Join(missing, ", "))
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
