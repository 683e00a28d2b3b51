package retrieval

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	mostOffset = 14 * 60 // minutes; no clock is further from UTC
	zoneForm   = `is no time zone: write it as "Europe/Berlin±3" or "UTC+2±3", with the hours that it may differ behind the sign`
)

// ParseZoneWindow reads a time zone and how far from it another may lie, in
// hours: "Europe/Berlin±3", "UTC+2±3", "UTC-3:30±1:30". The sign may be written
// "+-" too; without it only the same time counts. A zone that is named stands
// for its offset on the day of now. Errors wrap ErrInvalid.
func ParseZoneWindow(text string, now time.Time) (ZoneWindow, error) {
	bad := fmt.Errorf("%w: time_zone: %q %s", ErrInvalid, short(text), zoneForm)
	zone, width, wide := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), "+-", "±"), "±")
	var window ZoneWindow
	var ok bool
	if wide {
		if window.Within, ok = clockMinutes(strings.TrimSuffix(strings.TrimSpace(width), "h")); !ok {
			return ZoneWindow{}, bad
		}
	}
	if window.Offset, ok = zoneOffset(strings.TrimSpace(zone), now); !ok {
		return ZoneWindow{}, bad
	}
	return window, nil
}

// zoneOffset is how many minutes a zone is ahead of UTC.
func zoneOffset(zone string, now time.Time) (minutes int, ok bool) {
	upper := strings.ToUpper(zone)
	for _, prefix := range []string{"UTC", "GMT"} {
		upper = strings.TrimPrefix(upper, prefix)
	}
	upper = strings.TrimSpace(strings.ReplaceAll(upper, "−", "-"))
	switch {
	case zone == "":
		return 0, false
	case upper == "" || upper == "Z":
		return 0, true
	case upper[0] == '+' || upper[0] == '-':
		minutes, ok = clockMinutes(upper[1:])
		if upper[0] == '-' {
			minutes = -minutes
		}
		return minutes, ok
	}
	location, err := time.LoadLocation(zone)
	if err != nil || location == time.Local {
		return 0, false
	}
	_, seconds := now.In(location).Zone()
	return seconds / 60, true
}

// clockMinutes reads hours: "3", "1.5", "5:30", "0530".
func clockMinutes(text string) (int, bool) {
	hours, minutes, clock := strings.Cut(text, ":")
	if !clock && len(text) == 4 && within(text, '0', '9') {
		hours, minutes, clock = text[:2], text[2:], true
	}
	if clock {
		h, err := strconv.ParseUint(hours, 10, 8)
		m, err2 := strconv.ParseUint(minutes, 10, 8)
		total := int(h)*60 + int(m)
		return total, err == nil && err2 == nil && len(minutes) == 2 && m < 60 && total <= mostOffset
	}
	h, err := strconv.ParseFloat(text, 64)
	return int(h*60 + 0.5), err == nil && h >= 0 && h*60 <= mostOffset && !strings.ContainsAny(text, "+eEnNxX_")
}
