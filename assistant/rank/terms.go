package rank

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

var levels = []string{"entry", "intermediate", "expert"}

// level is 1 for the level asked for, a little less above it, and little below.
func (r *reader) level(c Candidate) value {
	asked, has := slices.Index(levels, r.work.Post.Level), slices.Index(levels, c.Profile.Level)
	switch {
	case asked < 0:
		return value{Unsaid, "The work names no level."}
	case has < 0:
		return value{Unsaid, "The profile names no level."}
	}
	why := fmt.Sprintf("The level is %s, asked for is %s.", c.Profile.Level, r.work.Post.Level)
	switch has - asked {
	case 0:
		return value{1, why}
	case 1, 2:
		return value{0.85, why}
	case -1:
		return value{0.35, why}
	}
	return value{0, why}
}

// What a rate at the ceiling counts, and the share above it at which it counts nothing.
const (
	atCeiling = 0.8
	beyond    = 0.3
)

// pay falls slowly from 1 to 0.8 at the ceiling, and to 0 at 30% above it. Rates are
// compared in one currency; another one is neutral unless fit could convert it.
func (r *reader) pay(c Candidate) value {
	post, rate := r.work.Post, c.Profile.Rate
	ceiling := max(post.PayMax, post.PayMin)
	switch {
	case post.PayType != retrieval.PayHourly || ceiling == 0:
		return value{Unsaid, "The work names no hourly pay to compare with."}
	case rate == 0 || c.Profile.Currency == "":
		return value{Unsaid, "The profile names no rate."}
	}
	asks := brief.Money(rate, c.Profile.Currency) + " an hour"
	if c.Profile.Currency != post.Currency {
		finding, ok := r.of(c, fit.Pay)
		if !ok || finding.Status == fit.Silent {
			return value{Unsaid, "The rate of " + asks + " is in another currency."}
		}
		return value{finding.Degree, "The rate is " + asks + ", in another currency; " + paid(post) + "."}
	}
	share := float64(rate) / float64(ceiling)
	worth := 1 - (1-atCeiling)*share
	if share > 1 {
		worth = atCeiling * (1 - (share-1)/beyond)
	}
	return value{clamp(worth), "The rate is " + asks + "; " + paid(post) + "."}
}

func paid(post retrieval.JobPost) string {
	return "the work pays up to " + brief.Money(max(post.PayMax, post.PayMin), post.Currency)
}

// enoughOverlap is how many hours of a working day in common are enough.
const enoughOverlap = 4

// zone is the share of four common hours of an eight-hour working day.
func (r *reader) zone(c Candidate) value {
	if finding, ok := r.of(c, fit.Zone); ok && finding.Status != fit.Silent {
		return value{finding.Degree, "The time zone is " + c.Profile.TimeZone + "."}
	}
	here, ok := offset(r.work.Post.TimeZone, r.work.Today)
	if !ok {
		return value{Unsaid, "The work names no time zone."}
	}
	there, ok := offset(c.Profile.TimeZone, r.work.Today)
	if !ok {
		return value{Unsaid, "The profile names no time zone."}
	}
	apart := math.Abs(here - there)
	apart = min(apart, 24-apart)
	overlap := max(0, 8-apart)
	return value{clamp(overlap / enoughOverlap), fmt.Sprintf("%s of a working day fall together.", hours(overlap))}
}

func hours(n float64) string {
	if n == 1 {
		return "1 hour"
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " hours"
}

// offset is that of a time zone from UTC, in hours.
func offset(name string, day time.Time) (float64, bool) {
	if name == "" || name == "Local" {
		return 0, false
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return 0, false
	}
	_, seconds := day.In(zone).Zone()
	return float64(seconds) / 3600, true
}

// availability is the mean of hours and start, as far as both sides name them.
func (r *reader) availability(c Candidate) value {
	hours, start := r.hours(c), r.start(c)
	return value{(hours.value + start.value) / 2, hours.why + " " + start.why}
}

func (r *reader) hours(c Candidate) value {
	wanted, has := r.work.Post.HoursPerWeek, c.Profile.HoursPerWeek
	switch {
	case wanted == 0:
		return value{Unsaid, "The work names no hours a week."}
	case has == 0:
		return value{Unsaid, "The profile names no hours a week."}
	}
	return value{clamp(float64(has) / float64(wanted)), fmt.Sprintf("%d hours a week are free, %d are wanted.", has, wanted)}
}

// waited is how many days after today a start counts nothing.
const waited = 60

func (r *reader) start(c Candidate) value {
	free, err := time.Parse(time.DateOnly, c.Profile.AvailableFrom)
	if err != nil {
		return value{Unsaid, "The profile names no start."}
	}
	why := "Free from " + c.Profile.AvailableFrom + "."
	if finding, ok := r.of(c, fit.Start); ok && finding.Status != fit.Silent {
		return value{finding.Degree, why}
	}
	days := free.Sub(r.work.Today).Hours() / 24
	return value{clamp(1 - (days-14)/(waited-14)), why}
}
