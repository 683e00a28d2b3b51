package retrieval

import (
	"context"

	"github.com/parleyhq/parley/retrieval/words"
)

// readAtOnce is how many documents are read at a time to look for a phrase.
const readAtOnce = 64

// demandedTerms are the words of quoted phrases: whatever has the phrases has
// all of them.
func demandedTerms(quoted []phrase) []string {
	var terms []string
	for _, p := range quoted {
		for _, word := range p.words {
			if !words.Stop(word) && len(terms) < maxTerms {
				terms = append(terms, p.forms(word)...)
			}
		}
	}
	return terms
}

// keepPhrases keeps candidates that have all quoted phrases, at least as many
// as are wanted, best first; all says that it looked at every one. An index
// knows words, not which stand next to each other, so that documents are read
// for it.
func (s *search) keepPhrases(ctx context.Context, found lists, want int) (kept []candidate, all bool, err error) {
	if len(s.phrases) == 0 {
		return found.fused, true, nil
	}
	possible := found.fused
	if found.phrased {
		possible = make([]candidate, 0, len(found.fused))
		for _, c := range found.fused {
			if c.places[byPhrase] > 0 {
				possible = append(possible, c)
			}
		}
	}
	for len(possible) > 0 && len(kept) < want {
		part := possible[:min(readAtOnce, len(possible))]
		possible = possible[len(part):]
		ids := make([]string, len(part))
		for i, c := range part {
			ids[i] = c.id
		}
		if err := s.readDocuments(ctx, ids); err != nil {
			return nil, false, err
		}
		for _, c := range part {
			if d, ok := s.read[c.id]; ok && s.hasPhrases(d) {
				kept = append(kept, c)
			}
		}
	}
	return kept, len(possible) == 0, nil
}

func (s *search) hasPhrases(d Document) bool {
	text := d.SearchText()
	for _, p := range s.phrases {
		if !p.in(text) {
			return false
		}
	}
	return true
}
