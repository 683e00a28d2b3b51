package proposal

import (
	"context"
	"errors"
	"math"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/words"
)

// Similarity is how much of a draft's wording other proposals share.
type Similarity struct {
	// Max is the largest share of three-word runs that a proposal of somebody
	// else has in common with the draft (Jaccard), from 0 to 1.
	Max      float64 `json:"max"`
	N        int     `json:"n"`         // proposals that it was compared with
	SamePost int     `json:"same_post"` // of them for the same post
	Nearest  string  `json:"nearest,omitempty"`
}

// alikeEnough is the share from which a client would notice. Proposals of
// different people for one post share 0.02 or less of their three-word runs; a
// template with other names in it shares half.
const alikeEnough = 0.2

// proposals are those that a draft is compared with.
type proposals struct {
	list  []retrieval.Document
	known []outcome // of them with a post and an outcome
}

// The most proposals that are read: the newest, and those nearest to the post.
const mostProposals = 200

// others reads the proposals of the tenant that a draft may be compared with.
// Without them it goes uncompared.
func (w *Workflow) others(ctx context.Context, t *turn) proposals {
	var found proposals
	seen := make(map[string]bool)
	for _, text := range []string{t.post.Title + "\n" + t.post.Description, ""} {
		hits, err := w.library.Search(ctx, retrieval.Query{Filter: retrieval.Filter{Tenant: t.in.Session.Tenant, Kind: retrieval.KindProposal}, Text: text, Limit: mostProposals, Documents: mostProposals})
		if err != nil && !errors.Is(err, retrieval.ErrPartial) {
			t.findErr = err
			continue
		}
		for _, hit := range hits {
			if hit.Document != nil && hit.Document.Proposal != nil && !seen[hit.ID] {
				seen[hit.ID] = true
				found.list = append(found.list, *hit.Document)
			}
		}
	}
	if t.doc.Patterns == nil {
		found.known = w.outcomes(ctx, t, found.list)
	}
	return found
}

// compare measures how like the draft other people's proposals are.
func (t *turn) compare(others proposals) {
	s := &Similarity{}
	own := runs(t.doc.Text)
	for _, d := range others.list {
		p := d.Proposal
		if p.Profile != "" && p.Profile == t.doc.Profile.ID {
			continue
		}
		s.N++
		if p.JobPost != "" && p.JobPost == t.doc.JobPost.ID {
			s.SamePost++
		}
		if v := jaccard(own, runs(p.Text)); v > s.Max {
			s.Max, s.Nearest = math.Round(v*1000)/1000, d.ID
		}
	}
	t.doc.Similarity = s
}

func (t *turn) tooAlike() bool { return t.doc.Similarity.Max >= alikeEnough }

// likest lists the passages of the draft that the nearest proposal has too.
func (t *turn) likest(others proposals) (quotes []string) {
	for _, d := range others.list {
		if d.ID != t.doc.Similarity.Nearest {
			continue
		}
		theirs := runs(d.Proposal.Text)
		for _, p := range t.chosen {
			if mine := runs(p.text); !p.said && len(mine) > 0 && common(mine, theirs)*2 > len(mine) {
				quotes = append(quotes, p.quote)
			}
		}
	}
	return quotes
}

// runs are the runs of three words of a text, over sentences.
func runs(text string) map[[3]string]bool {
	set := make(map[[3]string]bool)
	for _, sentence := range grounding.Sentences(text) {
		split := words.Split(sentence)
		for i := 0; i+2 < len(split); i++ {
			set[[3]string{split[i], split[i+1], split[i+2]}] = true
		}
	}
	return set
}

func common(a, b map[[3]string]bool) (n int) {
	for run := range a {
		if b[run] {
			n++
		}
	}
	return n
}

func jaccard(a, b map[[3]string]bool) float64 {
	both := common(a, b)
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}
