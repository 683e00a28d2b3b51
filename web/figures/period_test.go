package figures_test

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/parleyhq/parley/web/figures"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		name, zone  string
		from, until string
		bucket      figures.Bucket
		periods     int
		first, last string // in UTC
	}{
		{"days", "UTC", "2026-05-01", "2026-05-04", figures.ByDay, 3, "2026-05-01T00:00", "2026-05-03T00:00"},
		{"days of a zone", "America/New_York", "2026-05-01", "2026-05-04", figures.ByDay, 3, "2026-05-01T04:00", "2026-05-03T04:00"},
		{"half an hour off", "Asia/Kolkata", "2026-05-01", "2026-05-02", figures.ByHour, 24, "2026-04-30T18:30", "2026-05-01T17:30"},
		{"a quarter off", "Asia/Kathmandu", "2026-05-01", "2026-05-02", figures.ByQuarter, 4, "2026-04-30T18:15", "2026-05-01T12:15"},
		{"a day of 23 hours", "Europe/Madrid", "2026-03-29", "2026-03-30", figures.ByHour, 23, "2026-03-28T23:00", "2026-03-29T21:00"},
		{"a day of 25 hours", "Europe/Madrid", "2026-10-25", "2026-10-26", figures.ByHour, 25, "2026-10-24T22:00", "2026-10-25T22:00"},
		{"its quarters", "Europe/Madrid", "2026-10-25", "2026-10-26", figures.ByQuarter, 4, "2026-10-24T22:00", "2026-10-25T17:00"},
		{"days over the change", "Europe/Madrid", "2026-03-28", "2026-03-31", figures.ByDay, 3, "2026-03-27T23:00", "2026-03-29T22:00"},
		{"no midnight", "Africa/Cairo", "2026-04-23", "2026-04-26", figures.ByDay, 3, "2026-04-22T22:00", "2026-04-24T21:00"},
	} {
		z := zone(t, c.zone)
		from, err := time.ParseInLocation(time.DateOnly, c.from, z)
		if err != nil {
			t.Fatal(err)
		}
		until, err := time.ParseInLocation(time.DateOnly, c.until, z)
		if err != nil {
			t.Fatal(err)
		}
		span, err := figures.Between(from, until, c.bucket)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		starts := span.Starts()
		const layout = "2006-01-02T15:04"
		first, last := starts[0].UTC().Format(layout), starts[len(starts)-1].UTC().Format(layout)
		if len(starts) != c.periods || first != c.first || last != c.last {
			t.Errorf("%s: %d periods from %s to %s; want %d from %s to %s", c.name, len(starts), first, last, c.periods, c.first, c.last)
		}
	}
}

func TestLastSpans(t *testing.T) {
	now := time.Date(2026, 10, 25, 12, 5, 0, 0, time.UTC) // clocks were changed that night
	madrid := zone(t, "Europe/Madrid")
	for bucket, want := range map[figures.Bucket]int{figures.ByHour: 24, figures.ByQuarter: 4, figures.ByDay: 1} {
		span, err := figures.Last(1, bucket, now, madrid)
		if err != nil || len(span.Starts()) != want || !span.Until.After(now) || span.Starts()[want-1].After(now) {
			t.Errorf("%s: %v to %v, %v", bucket, span.From, span.Until, err)
		}
	}
}

func TestWrongSpans(t *testing.T) {
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		from, until time.Time
		bucket      figures.Bucket
	}{
		"backwards":        {day, day.Add(-time.Hour), figures.ByDay},
		"of no time":       {day, day, figures.ByDay},
		"a year":           {day, day.AddDate(1, 0, 0), figures.ByDay},
		"too many periods": {day, day.AddDate(0, 0, 30), figures.ByHour},
		"no bucket":        {day, day.AddDate(0, 0, 1), "minute"},
		"long ago":         {time.Time{}, time.Time{}.AddDate(0, 0, 1), figures.ByDay},
	} {
		if span, err := figures.Between(c.from, c.until, c.bucket); !errors.Is(err, figures.ErrInvalid) {
			t.Errorf("%s: %v, %v", name, span, err)
		}
	}
}
