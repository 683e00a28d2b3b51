package retrieval_test

import (
	"errors"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

func TestParseZoneWindow(t *testing.T) {
	winter, summer := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		text           string
		now            time.Time
		offset, within int
	}{
		{"UTC+2±3", winter, 120, 180},
		{"UTC+2+-3", winter, 120, 180},
		{"utc-3:30 ± 1:30", winter, -210, 90},
		{"GMT+0530±1.5", winter, 330, 90},
		{"UTC−5±2h", winter, -300, 120},
		{"+02:00±0", winter, 120, 0},
		{"UTC", winter, 0, 0},
		{"Z±1", winter, 0, 60},
		{"Europe/Berlin±3", winter, 60, 180},
		{"Europe/Berlin±3", summer, 120, 180},
		{"Asia/Kolkata", winter, 330, 0},
	} {
		got, err := retrieval.ParseZoneWindow(tt.text, tt.now)
		if want := (retrieval.ZoneWindow{Offset: tt.offset, Within: tt.within}); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", tt.text, got, err, want)
		}
	}
	for _, text := range []string{"", "±3", "Mars/Olympus±3", "UTC+2±", "UTC+2±x", "UTC+2±-1", "UTC+15±1", "UTC+2:75", "UTC+2±99", "Local", "UTC+1e1", "../../etc/passwd", "UTC+2±3±4", "UTC+NaN", "UTC+0x3"} {
		if got, err := retrieval.ParseZoneWindow(text, winter); !errors.Is(err, retrieval.ErrInvalid) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}
