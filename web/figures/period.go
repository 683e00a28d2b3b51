package figures

import (
	"fmt"
	"time"
)

// Bucket is how long the periods of a report are.
type Bucket string

// Hours are 60 minutes long. Quarters and days begin at 0, 6, 12 and 18 and at 0
// o'clock of the time zone, so that some are an hour shorter or longer when its
// clocks change.
const (
	ByHour    Bucket = "hour"
	ByQuarter Bucket = "quarter_day"
	ByDay     Bucket = "day"
)

// Limits of a query.
const (
	mostPeriods = 400
	longestSpan = 93 * 24 * time.Hour
)

// Span is a time in periods.
type Span struct {
	From, Until time.Time // of a time zone; beginnings of periods
	Bucket      Bucket
}

// Last is the span of the last days until now. Its last period is the one in which
// now is; it has as many as so many days have.
func Last(days int, bucket Bucket, now time.Time, zone *time.Location) (Span, error) {
	end := bucket.next(bucket.begin(now.In(zone)))
	from := end.AddDate(0, 0, -days)
	if bucket == ByHour {
		from = end.Add(-time.Duration(days) * 24 * time.Hour)
	}
	return Between(from, end, bucket)
}

// Between is a span that is widened to whole periods of its beginning's time zone.
// An error wraps [ErrInvalid].
func Between(from, until time.Time, bucket Bucket) (Span, error) {
	switch {
	case bucket != ByHour && bucket != ByQuarter && bucket != ByDay:
		return Span{}, fmt.Errorf("%w: bucket is hour, quarter_day or day", ErrInvalid)
	case !from.Before(until):
		return Span{}, fmt.Errorf("%w: from must be before to", ErrInvalid)
	case until.Sub(from) > longestSpan:
		return Span{}, fmt.Errorf("%w: a span is at most 92 days long", ErrInvalid)
	case from.Year() < 2000 || until.Year() > 9000:
		return Span{}, fmt.Errorf("%w: the span is not of this time", ErrInvalid)
	}
	s := Span{From: bucket.begin(from), Bucket: bucket}
	s.Until = s.From
	for n := 0; s.Until.Before(until); n++ {
		if n == mostPeriods {
			return Span{}, fmt.Errorf("%w: the span has more than %d periods: choose longer ones", ErrInvalid, mostPeriods)
		}
		s.Until = bucket.next(s.Until)
	}
	return s, nil
}

// Starts are the beginnings of the periods.
func (s Span) Starts() (starts []time.Time) {
	for at := s.From; at.Before(s.Until); at = s.Bucket.next(at) {
		starts = append(starts, at)
	}
	return starts
}

// begin is the beginning of the period in which a time is.
func (b Bucket) begin(t time.Time) time.Time {
	switch y, m, d := t.Date(); b {
	case ByHour:
		return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	case ByQuarter:
		return time.Date(y, m, d, t.Hour()/6*6, 0, 0, 0, t.Location())
	default:
		return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
	}
}

// next is the beginning of the period after the one that begins at t.
func (b Bucket) next(t time.Time) time.Time {
	y, m, d := t.Date()
	switch b {
	case ByHour:
		return t.Add(time.Hour)
	case ByQuarter:
		return time.Date(y, m, d, t.Hour()/6*6+6, 0, 0, 0, t.Location())
	default:
		return time.Date(y, m, d+1, 0, 0, 0, 0, t.Location())
	}
}
