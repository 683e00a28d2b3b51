package rank

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// The record is smoothed, so that one perfect review does not beat forty very
// good ones: a rating counts as if five reviews of 4.6 stood beside it (the
// usual rating of marketplaces), and jobs count by their logarithm up to fifty.
const (
	priorRating  = 4.6
	priorReviews = 5
	worstRating  = 3.5
	manyJobs     = 50
)

func record(t retrieval.TrackRecord) value {
	if t.Jobs == 0 && t.Reviews == 0 {
		return value{Unsaid, "There are no jobs on this marketplace yet."}
	}
	rating := float64(priorRating)
	why := fmt.Sprintf("%s here, no reviews.", plural(t.Jobs, "job"))
	if t.Reviews > 0 && t.Rating > 0 {
		n := float64(t.Reviews)
		rating = (priorRating*priorReviews + t.Rating*n) / (priorReviews + n)
		why = fmt.Sprintf("%s here, rated %s by %s.", plural(t.Jobs, "job"), strconv.FormatFloat(t.Rating, 'f', -1, 64), plural(t.Reviews, "review"))
	}
	quality := clamp((rating - worstRating) / (5 - worstRating))
	volume := clamp(math.Log1p(float64(t.Jobs)) / math.Log1p(manyJobs))
	return value{0.6*quality + 0.4*volume, why}
}

// fresh and stale bound how long ago, in years, the last position ended.
const (
	fresh = 0.5
	stale = 5
)

func (r *reader) recency(p retrieval.Profile) value {
	last := ""
	for _, e := range p.Experience {
		switch {
		case e.From == "" && e.To == "":
		case e.To == "":
			return value{1, "A position lasts until today."}
		case e.To > last:
			last = e.To
		}
	}
	end, err := time.Parse("2006-01", last)
	if err != nil {
		return value{Unsaid, "The profile dates no position."}
	}
	years := r.work.Today.Sub(end.AddDate(0, 1, 0)).Hours() / 24 / 365.25
	return value{clamp(1 - (years-fresh)/(stale-fresh)), "The last position ended in " + last + "."}
}
