package proposal

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// Patterns is what went with being hired in proposals that were sent before.
// It is counted, and says nothing of what causes what.
type Patterns struct {
	Scope  string `json:"scope"`  // category, or all where a category has too few
	Hired  int    `json:"hired"`  // proposals
	Others int    `json:"others"` // interviewed, declined or not answered
	// Enough is false when there are too few to say anything; Features is empty then.
	Enough   bool      `json:"enough"`
	Features []Feature `json:"features,omitempty"`
}

// Feature is one property of proposals, in both groups.
type Feature struct {
	Name   string  `json:"name"`   // words, figures, question, post_words, bid, days
	Unit   string  `json:"unit"`   // share: of proposals; mean: of the number
	Hired  float64 `json:"hired"`  // the share or the mean among the hired
	Others float64 `json:"others"` // and among the others
	// Difference is Hired less Others, with its 95% interval by the normal
	// approximation; Low above 0 or High below 0 tells the groups apart.
	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
}

// fewest proposals of each group that a difference is taken from.
const fewest = 20

// outcome is a proposal that is known to have led to something or not, with
// its post.
type outcome struct {
	proposal *retrieval.Proposal
	post     *retrieval.JobPost
	hired    bool
}

// outcomes joins proposals of known outcome with their posts.
func (w *Workflow) outcomes(ctx context.Context, t *turn, list []retrieval.Document) (known []outcome) {
	var ids []string
	for _, d := range list {
		if d.Proposal.Outcome != "" && !slices.Contains(ids, d.Proposal.JobPost) {
			ids = append(ids, d.Proposal.JobPost)
		}
	}
	docs, err := w.library.Documents(ctx, t.in.Session.Tenant, retrieval.KindJobPost, ids)
	if err != nil {
		t.findErr = err
		return nil
	}
	posts := make(map[string]*retrieval.JobPost, len(docs))
	for _, d := range docs {
		posts[d.ID] = d.Post
	}
	for _, d := range list {
		if post := posts[d.Proposal.JobPost]; post != nil && d.Proposal.Outcome != "" {
			known = append(known, outcome{d.Proposal, post, d.Proposal.Outcome == "hired"})
		}
	}
	return known
}

// patternsOf compares proposals that were hired with those that were not, of
// the category where it has enough of both, else of all.
func patternsOf(known []outcome, category string) *Patterns {
	of := slices.DeleteFunc(slices.Clone(known), func(o outcome) bool { return category == "" || o.post.Category != category })
	p := &Patterns{Scope: "category"}
	p.count(of)
	if p.Hired < fewest || p.Others < fewest {
		of = known
		*p = Patterns{Scope: "all"}
		p.count(of)
	}
	if p.Enough = p.Hired >= fewest && p.Others >= fewest; !p.Enough {
		return p
	}
	for _, f := range features {
		if each, ok := f.compare(of); ok {
			p.Features = append(p.Features, each)
		}
	}
	return p
}

func (p *Patterns) count(list []outcome) {
	for _, o := range list {
		if o.hired {
			p.Hired++
		} else {
			p.Others++
		}
	}
}

// feature measures proposals; ok is false where one says nothing of it.
type feature struct {
	name, unit string
	of         func(outcome) (value float64, ok bool)
}

var features = []feature{
	{"words", "mean", func(o outcome) (float64, bool) { return float64(countWords(o.proposal.Text)), true }},
	{"figures", "share", func(o outcome) (float64, bool) { return truth(len(digits(o.proposal.Text)) >= 2), true }},
	{"question", "share", func(o outcome) (float64, bool) { return truth(strings.Contains(o.proposal.Text, "?")), true }},
	{"post_words", "mean", func(o outcome) (float64, bool) {
		return 100 * share(stemsOf(o.post.Title+"\n"+o.post.Description), stemsOf(o.proposal.Text)), true
	}},
	{"bid", "mean", bidAgainst},
	{"days", "mean", daysToSend},
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func digits(text string) (found []string) {
	for _, word := range strings.Fields(text) {
		if strings.ContainsAny(word, "0123456789") {
			found = append(found, word)
		}
	}
	return found
}

// bidAgainst is a bid in percent of the middle of what the post offers.
func bidAgainst(o outcome) (float64, bool) {
	middle := (o.post.PayMin + o.post.PayMax) / 2
	if o.post.PayMin == 0 || o.post.PayMax == 0 {
		middle = max(o.post.PayMin, o.post.PayMax)
	}
	if o.proposal.Bid == 0 || middle == 0 || o.proposal.Currency != o.post.Currency || o.proposal.BidType != o.post.PayType {
		return 0, false
	}
	return 100 * float64(o.proposal.Bid) / float64(middle), true
}

func daysToSend(o outcome) (float64, bool) {
	posted, err := time.Parse(time.DateOnly, o.post.PostedOn)
	sent, errSent := time.Parse(time.DateOnly, o.proposal.SentOn)
	if err != nil || errSent != nil || sent.Before(posted) {
		return 0, false
	}
	return sent.Sub(posted).Hours() / 24, true
}

func (f feature) compare(list []outcome) (Feature, bool) {
	var hired, others sample
	for _, o := range list {
		if value, ok := f.of(o); ok {
			if o.hired {
				hired.add(value)
			} else {
				others.add(value)
			}
		}
	}
	if hired.n < fewest || others.n < fewest {
		return Feature{}, false
	}
	d := hired.mean() - others.mean()
	wide := 1.96 * math.Sqrt(hired.variance()/hired.n+others.variance()/others.n)
	return Feature{Name: f.name, Unit: f.unit, Hired: round3(hired.mean()), Others: round3(others.mean()), Difference: round3(d), Low: round3(d - wide), High: round3(d + wide)}, true
}

// sample sums numbers up.
type sample struct{ n, sum, squares float64 }

func (s *sample) add(v float64) { s.n, s.sum, s.squares = s.n+1, s.sum+v, s.squares+v*v }

func (s *sample) mean() float64 { return s.sum / s.n }

func (s *sample) variance() float64 {
	if s.n < 2 {
		return 0
	}
	return max(0, (s.squares-s.sum*s.sum/s.n)/(s.n-1))
}

func round3(v float64) float64 { return math.Round(v*1000) / 1000 }

// sentence says the pattern that tells the groups apart most clearly, or that
// there are too few, or that none does.
func (p *Patterns) sentence() string {
	n := p.Hired + p.Others
	if !p.Enough {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("There are too few proposals with a known outcome here, %d, to say what goes with being hired.", n)
	}
	where := "in this category"
	if p.Scope != "category" {
		where = "on this marketplace"
	}
	var best *Feature
	most := 0.0
	for i, f := range p.Features {
		wide := (f.High - f.Low) / 2
		if wide > 0 && (f.Low > 0 || f.High < 0) && math.Abs(f.Difference)/wide > most && phrases[f.Name] != "" {
			best, most = &p.Features[i], math.Abs(f.Difference)/wide
		}
	}
	if best == nil {
		return fmt.Sprintf("Of %d proposals %s with a known outcome, those that were hired do not differ clearly from the others in length, figures, questions or bid.", n, where)
	}
	return fmt.Sprintf("Of %d proposals %s with a known outcome, "+phrases[best.Name]+".", n, where, show(*best, best.Hired), show(*best, best.Others))
}

var phrases = map[string]string{
	"words":      "those that were hired had %s words on average, the others %s",
	"figures":    "%s of the hired ones named two or more figures, and %s of the others",
	"question":   "%s of the hired ones asked the client a question, and %s of the others",
	"post_words": "the hired ones took up %s%% of what the post talks about, the others %s%%",
	"bid":        "the hired ones bid %s%% of the middle of the post's range, the others %s%%",
	"days":       "the hired ones were sent %s days after the post on average, the others %s",
}

func show(f Feature, v float64) string {
	switch {
	case f.Unit == "share":
		return fmt.Sprintf("%.0f%%", 100*v)
	case f.Name == "days":
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}
