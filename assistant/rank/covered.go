package rank

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
)

// covering are the kinds of requirements that count as covered or not. The
// others have features of their own.
var covering = []fit.Kind{fit.Skill, fit.Experience, fit.Credential, fit.Language, fit.Place}

// covered is the mean degree of the requirements that are musts, or of those
// that are not. What no requirement of the kind exists for is neutral.
func (r *reader) covered(c Candidate, must bool) value {
	var sum, weights float64
	met, count := 0, 0
	for _, requirement := range r.work.Requirements {
		if requirement.Must != must || !slices.Contains(covering, requirement.Kind) {
			continue
		}
		count++
		finding, weight := find(c.Findings, requirement.ID), r.counts(requirement)
		weights += weight
		switch {
		case finding.Status == fit.Silent && (requirement.Kind == fit.Language || requirement.Kind == fit.Place):
			sum += weight * Unsaid
		default:
			sum += weight * finding.Degree * solid(finding)
		}
		if finding.Status == fit.Met {
			met++
		}
	}
	name := "must-haves"
	if !must {
		name = "nice-to-haves"
	}
	if count == 0 {
		return value{Unsaid, "The work names no " + name + "."}
	}
	return value{sum / weights, share(met, count, name)}
}

// share says how many of so many are covered in full.
func share(met, count int, name string) string {
	switch {
	case met == count && count == 1:
		return "The only one of the " + name + " is covered in full."
	case met == count:
		return fmt.Sprintf("All %d %s are covered in full.", count, name)
	case met == 0:
		return "None of the " + name + " is covered in full."
	}
	return fmt.Sprintf("%d of %d %s are covered in full.", met, count, name)
}

// merelyListed is what a finding counts whose only proof is a list of words in
// what somebody says of themselves.
const merelyListed = 0.5

// shortClaim is how many words a proof has at least that can be a mere list:
// "Certificates, diplomas, court orders" is how people write.
const shortClaim = 5

// solid tells a finding that a sentence proves from one that a list of words
// claims. A list in an experience is taken for what was done there.
func solid(f fit.Finding) float64 {
	if f.Status != fit.Met {
		return 1 // the degree says already what a mere claim is worth
	}
	claimed := false
	for _, p := range f.Proofs {
		own := p.Field == "/overview" || p.Field == "/headline"
		if !own && !strings.HasPrefix(p.Field, "/skills") || own && told(p.Quote, shortClaim) != "" {
			return 1
		}
		claimed = true
	}
	if claimed {
		return merelyListed
	}
	return 1
}

// counts is how much a requirement counts among its like: double what the
// title of the work names and credentials, without which the work cannot be
// done, and half what is about the person and not about the work.
func (r *reader) counts(requirement fit.Requirement) float64 {
	switch requirement.Kind {
	case fit.Language, fit.Place:
		return 0.5
	case fit.Credential:
		return 2
	}
	if r.titled(requirement) {
		return 2
	}
	return 1
}

// titled reports whether the title of the work names what is required.
func (r *reader) titled(requirement fit.Requirement) bool {
	for _, name := range requirement.Skills {
		if r.title[name] {
			return true
		}
	}
	for _, term := range requirement.Terms {
		if r.title[term] {
			return true
		}
	}
	return false
}

// find returns the finding for a requirement, a silent one where there is none.
func find(findings []fit.Finding, id string) fit.Finding {
	for _, f := range findings {
		if f.Requirement == id {
			return f
		}
	}
	return fit.Finding{Requirement: id, Status: fit.Silent}
}
