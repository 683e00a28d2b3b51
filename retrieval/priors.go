package retrieval

import (
	"math"
	"time"
)

const (
	// recencyHalfLife is after how many days a post has lost half of what its age can cost it.
	recencyHalfLife = 180

	// A freelancer's rating counts as if so many reviews of priorRating had come
	// before: one review of five stars says less than thirty of 4.8.
	priorReviews = 5
	priorRating  = 4.5
	leastRating  = 3  // and below counts nothing: few are ever rated so
	manyJobs     = 50 // done; more add nothing
)

// weigh multiplies scores with what speaks for a document whatever was asked,
// and lets those move up that gain by it. The factors lie between 1 and 1 less
// the tuning's shares. Fused scores are flat, so that a few percent of them are
// many places: a document passes another only when it is about as good in each
// list that ranks the other. Nothing old and good is pushed down by what is new
// and about something else.
func (t Tuning) weigh(hits []Hit, kind Kind, now time.Time) {
	fused := make([]float64, len(hits))
	newest := newestDay(hits, now)
	for i := range hits {
		why := &hits[i].Why
		if kind != KindProfile {
			why.Recency = 1 - t.Recency*(1-recency(hits[i].Facets.PostedOn, newest))
		}
		why.Quality = 1 - t.Quality*(1-quality(hits[i].Facets, kind))
		hits[i].Score = why.Fused * why.Recency * why.Quality
		fused[i] = why.Fused
		for at := i; at > 0 && hits[at].passes(&hits[at-1]); at-- {
			hits[at], hits[at-1] = hits[at-1], hits[at]
		}
	}
	for i := range hits {
		hits[i].standing = fused[i]
	}
}

// passes reports whether a hit moves up before the one above it.
func (h *Hit) passes(above *Hit) bool { return h.Score > above.Score && h.asGoodAs(above, closely) }

// goodness is how much of another's score makes a hit about as good, by cosine
// and in the list by words.
type goodness struct{ cosine, lexical float64 }

var (
	closely = goodness{0.85, 0.7} // to pass by priors
	roughly = goodness{0.7, 0.5}  // to pass by being different
)

func (h *Hit) asGoodAs(other *Hit, g goodness) bool {
	return h.Similarity >= g.cosine*other.Similarity && h.lexical >= g.lexical*other.lexical
}

// newestDay is the newest date among hits that is not in the future, in days
// since 1970; 0 when none is known. Ages are measured from it and not from
// today: what was new on a marketplace that loads its history once a year
// should stay apart from what was old.
func newestDay(hits []Hit, now time.Time) int {
	newest, today := 0, day(now)
	for _, hit := range hits {
		if at := dayOf(hit.Facets.PostedOn); at <= today {
			newest = max(newest, at)
		}
	}
	return newest
}

// recency is 1 for the newest day, and halves with each half-life before. A
// document without a date counts as one of a half-life's age, or as new when
// none has a date.
func recency(postedOn string, newest int) float64 {
	at := dayOf(postedOn)
	switch {
	case newest == 0:
		return 1
	case at == 0:
		return 0.5
	}
	return math.Exp2(-float64(max(newest-at, 0)) / recencyHalfLife)
}

// quality is from 0 to 1. Of a profile it is how well rated and how much tried
// the freelancer is; newcomers count as rated a little below the usual. Of a
// post it is how much it says, and that it led to a hire: those are the better
// examples. Of a proposal that it won.
func quality(f Facets, kind Kind) float64 {
	switch kind {
	case KindProfile:
		rating := (priorReviews*priorRating + float64(f.Reviews)*f.Rating) / float64(priorReviews+f.Reviews)
		rated := max(rating-leastRating, 0) / (5 - leastRating)
		tried := min(math.Log1p(float64(f.Jobs))/math.Log1p(manyJobs), 1)
		return 0.7*rated + 0.3*tried
	case KindJobPost:
		return 0.6*completeness(f) + 0.4*hired(f)
	}
	return hired(f)
}

// completeness is the share of what a post can say that it says.
func completeness(f Facets) float64 {
	said := 0
	for _, says := range []bool{f.PayMax > 0 || f.PayMin > 0, len(f.Skills) > 0, f.Level != "", f.DurationDays > 0 || f.HoursPerWeek > 0} {
		if says {
			said++
		}
	}
	return float64(said) / 4
}

// hired is 1 for what led to a hire, and half of it for what did not or is not known to have.
func hired(f Facets) float64 {
	if f.Hired {
		return 1
	}
	return 0.5
}

// dayOf reads a date YYYY-MM-DD as days since 1970; 0 is none. Indexes keep
// valid dates only.
func dayOf(date string) int {
	if date == "" {
		return 0
	}
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return day(at)
}

func day(at time.Time) int { return int(at.Unix() / (24 * 60 * 60)) }
