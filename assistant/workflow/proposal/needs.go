package proposal

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/words"
)

// need is a requirement of the post with how the profile meets it.
type need struct {
	fit.Requirement
	finding fit.Finding
	weight  float64 // how much a proof of it is worth in a proposal
	stems   map[string]bool
	skills  map[string]bool
}

// weights of a requirement by its kind. Hours, start, zone and pay are told in
// a sentence of their own and need no proof.
var weights = map[fit.Kind]float64{fit.Skill: 1, fit.Experience: 1, fit.Credential: 0.8, fit.Language: 0.35, fit.Level: 0.15}

// niceToHave is what a wish counts beside a demand.
const niceToHave = 0.45

func needsOf(requirements []fit.Requirement, check func(fit.Requirement) fit.Finding) []need {
	list := make([]need, 0, len(requirements))
	for _, r := range requirements {
		r.Text = strings.TrimSuffix(strings.TrimPrefix(r.Text, "credential: "), " in real work")
		n := need{Requirement: r, finding: check(r), weight: weights[r.Kind], stems: stemsOf(r.Text + " " + r.Quote), skills: make(map[string]bool)}
		for _, name := range r.Skills {
			n.skills[name] = true
		}
		if !r.Must {
			n.weight *= niceToHave
		}
		if r.Not {
			n.weight = 0
		}
		list = append(list, n)
	}
	return merged(list)
}

// merged leaves out a listed skill where another need asks more of the same:
// "Airflow" beside "four years of Airflow in production".
func merged(list []need) []need {
	return slices.DeleteFunc(slices.Clone(list), func(a need) bool {
		if a.Kind != fit.Skill || a.Not || a.Years > 0 {
			return false
		}
		return slices.ContainsFunc(list, func(b need) bool {
			if b.ID == a.ID || !b.Must || b.Not {
				return false
			}
			asksMore := b.Years > 0 || b.Kind == fit.Skill && b.Proven && !a.Proven
			return asksMore && share(a.stems, b.stems) >= 0.5 || b.Kind == fit.Experience && share(a.stems, b.stems) >= 0.8
		})
	})
}

// names reports whether a text is about what a need is about: it names one of
// its skills, or has all telling words of its subject. "React" is not "React
// Native".
func (n need) names(text string, listed map[string]bool) bool {
	if hasAny(listed, n.skills) {
		return true
	}
	if len(n.skills) > 0 || n.Years == 0 {
		return false
	}
	return share(stemsOf(subjectOf(n)), stemsOf(text)) > 0.99
}

// points are the needs as the document has them.
func points(needs []need) []Point {
	list := make([]Point, 0, len(needs))
	for _, n := range needs {
		p := Point{Requirement: n.ID, Kind: n.Kind, Text: n.Text, Must: n.Must, Status: n.finding.Status, Proofs: n.finding.Proofs, Note: n.finding.Note}
		if p.Proofs == nil {
			p.Proofs = []fit.Proof{}
		}
		list = append(list, p)
	}
	return list
}

// open reports whether a proof is missing or weak.
func (n need) open() bool { return n.finding.Status != fit.Met }

// proves tells how far a passage shows that a need is met, from 0 to 1.
func (p *passage) proves(n need) float64 {
	if p.denies {
		return 0
	}
	best := 0.0
	for _, proof := range n.finding.Proofs {
		if p.field != "" && proof.Field == p.field && (overlaps(p, proof) || strings.Contains(p.quote, proof.Quote)) {
			best = 1
		}
	}
	for name := range n.skills {
		if p.skills[name] {
			best = max(best, 0.8)
		}
	}
	return max(best, 0.9*share(n.stems, p.stems))
}

func overlaps(p *passage, proof fit.Proof) bool {
	return proof.End > proof.Start && proof.Start < p.source.End && p.source.Start < proof.End
}

// share is how much of the telling weight of a's stems b has.
func share(a, b map[string]bool) float64 {
	all, both := 0.0, 0.0
	for stem := range a {
		weight := words.Weight(stem)
		if weight < 0.5 {
			continue
		}
		all += weight
		if b[stem] {
			both += weight
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}

// shared is the telling weight of the stems that two texts have in common.
func shared(a, b map[string]bool) float64 {
	sum := 0.0
	for stem := range a {
		if b[stem] {
			if weight := words.Weight(stem); weight >= 0.5 {
				sum += weight
			}
		}
	}
	return sum
}

// cleanedPost is a post without what speaks to programs: it is no requirement.
func cleanedPost(post retrieval.JobPost) retrieval.JobPost {
	post.Title, post.Description = strings.TrimSpace(blanked(post.Title)), blanked(post.Description)
	return post
}

// byWeight sorts needs, the heaviest first.
func byWeight(needs []need) []need {
	sorted := slices.Clone(needs)
	slices.SortStableFunc(sorted, func(a, b need) int { return cmp.Compare(b.weight, a.weight) })
	return sorted
}

// day writes a date as people do: "9 March", with the year where it is another.
func day(date string, today time.Time) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	if d.Year() == today.Year() {
		return d.Format("2 January")
	}
	return d.Format("2 January 2006")
}

// rateText writes an hourly rate: "€78 an hour".
func rateText(minor int64, currency string) string { return brief.Money(minor, currency) + " an hour" }
