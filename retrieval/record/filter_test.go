package record_test

import (
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

func TestZoneMatches(t *testing.T) {
	winter, summer := time.Date(2025, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2025, 7, 15, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name           string
		zone           string
		now            time.Time
		offset, within int
		want           bool
	}{
		{"exactly", "Europe/Berlin", winter, 60, 0, true},
		{"in summer the clock is another", "Europe/Berlin", summer, 60, 0, false},
		{"in summer", "Europe/Berlin", summer, 120, 0, true},
		{"at the edge", "Europe/Berlin", winter, -60, 120, true},
		{"beyond the edge", "Europe/Berlin", winter, -61, 120, false},
		{"half an hour", "Asia/Kolkata", winter, 330, 0, true},
		{"west", "America/New_York", winter, -300, 0, true},
		{"UTC", "UTC", winter, 0, 0, true},
		{"around the day, 13 and -11 are a day apart", "Pacific/Apia", winter, -660, 60, false},
		{"unknown", "", winter, 0, 900, false},
		{"this machine's", "Local", winter, 0, 900, false},
		{"no such place", "Mars/Olympus", winter, 0, 900, false},
		{"a path", "../../etc/passwd", winter, 0, 900, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			window := retrieval.ZoneWindow{Offset: tt.offset, Within: tt.within}
			if got := record.ZoneMatches(window, tt.zone, tt.now); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestPay(t *testing.T) {
	for _, tt := range []struct {
		name      string
		facets    retrieval.Facets
		low, high int64
	}{
		{"a range", retrieval.Facets{PayMin: 20, PayMax: 30}, 20, 30},
		{"only a lower figure", retrieval.Facets{PayMin: 20}, 20, 20},
		{"only an upper figure", retrieval.Facets{PayMax: 30}, 30, 30},
		{"unknown", retrieval.Facets{}, 0, 0},
	} {
		if low, high := record.Pay(tt.facets); low != tt.low || high != tt.high {
			t.Errorf("%s: %d to %d, want %d to %d", tt.name, low, high, tt.low, tt.high)
		}
	}
}

func TestDateMatches(t *testing.T) {
	for _, tt := range []struct {
		from, to, day string
		want          bool
	}{
		{"", "", "", true},
		{"", "", "2025-01-01", true},
		{"2025-01-01", "2025-01-01", "2025-01-01", true},
		{"2025-01-01", "", "2024-12-31", false},
		{"", "2024-12-31", "2025-01-01", false},
		{"2025-01-01", "", "", false},
		{"", "2025-01-01", "", false},
	} {
		if got := record.DateMatches(tt.from, tt.to, tt.day); got != tt.want {
			t.Errorf("%q in %q to %q: %v, want %v", tt.day, tt.from, tt.to, got, tt.want)
		}
	}
}
