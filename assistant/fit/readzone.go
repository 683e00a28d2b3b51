package fit

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

const (
	nearZone   = 120 // minutes: "a similar time zone"
	workingDay = 9   // hours in which two people may meet
)

// zones reads whose clock must be near.
func (x *reading) zones() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if r, end, ok := x.zonesBetween(i); ok {
			x.add(r, i, end)
			continue
		}
		from, to, within, ok := x.zoneCue(i)
		if !ok {
			continue
		}
		offset, name, end, ok := x.zoneOf(to)
		if !ok {
			continue
		}
		to = max(to, end)
		at := to
		if x.Is(at, ",") {
			at++
		}
		if n, after, ok := x.plusMinus(at); ok {
			within, to = n, after
		}
		text := fmt.Sprintf("within %s of %s time", hoursText(within), name)
		if within == 0 {
			text = "in the time zone of " + name
			if name == "your" {
				text = "in your time zone"
			}
		}
		x.add(Requirement{Kind: Zone, Zone: &retrieval.ZoneWindow{Offset: offset, Within: within}, Text: text}, from, to)
		i = to - 1
	}
}

// zoneCue reads the words that tell how near a clock must be, in minutes.
func (x *reading) zoneCue(i int) (from, to, within int, ok bool) {
	if end, ok := x.run(i, "same time zone", "same timezone", "our time zone", "our timezone", "my time zone", "my timezone", "same time"); ok && (x.wishing || x.Is(i, "same")) {
		return i, end, 0, true
	}
	if end, ok := x.run(i, "similar time zone", "similar timezone", "close time zone", "near our time zone", "close to our time zone", "nearby time zone", "close to our timezone", "time zone near ours", "time zone close to ours", "compatible time zone"); ok {
		return i, end, nearZone, true
	}
	if x.Is(i, "difference") && x.before(i, 3, "time", "hour", "hours", "clock") {
		start, limit := x.clause(i)
		for k := start; k < limit; k++ {
			if n, end, ok := x.Number(k); ok && n <= 12 && x.Is(end, "hours", "hour", "h") {
				x.take(k, end+1)
				return start, min(i+1, limit), int(n * 60), true
			}
		}
	}
	if x.Is(i, "within", "max", "maximum", "most") || x.Is(i, "than") && x.Is(i-1, "more") && x.Is(i-2, "no", "not") {
		n, end, ok := x.Number(i + 1)
		if x.Is(i+1, "an", "a", "one") && x.Is(i+2, "hour") {
			n, end, ok = 1, i+2, true
		}
		if ok && n <= 12 && x.Is(end, "hours", "hour", "h", "hrs") && (x.Is(end+1, "of", "from", "difference", "away", "time", "off", "apart", "ahead", "behind") || x.behind(end+1, 5, "difference", "zone", "timezone", "apart", "clock")) {
			return i, end + 1, int(n * 60), true
		}
		return 0, 0, 0, false
	}
	if n, end, ok := x.Number(i); ok && x.Is(end, "hours", "hour", "h", "hrs", "hours'") && n >= 1 && n <= 9 {
		at := end + 1
		if x.Is(at, "of", "a", "daily") {
			at++
		}
		if x.Is(at, "overlap", "overlapping", "shared", "common") {
			return i, at + 1, int((workingDay - n) * 60), true
		}
	}
	if x.Is(i, "overlap", "overlaps", "overlapping") {
		within = 5 * 60
		_, limit := x.clause(i)
		for k := i + 1; k < limit; k++ {
			if n, end, ok := x.Number(k); ok && n >= 1 && n <= 9 && x.Is(end, "hours", "hour", "h") {
				if k <= i+3 {
					return i, end + 1, int((workingDay - n) * 60), true
				}
				x.take(k, end+1)
				return i, i + 1, int((workingDay - n) * 60), true
			}
		}
		return i, i + 1, within, true
	}
	if _, end, ok := x.Zone(i); ok && x.zoneMeant(i, end) {
		return i, i, nearZone, true
	}
	if s, ok := x.placeAt(i); ok && (x.Is(s.to, "time") && (x.Is(s.to+1, "zone", "zones", "") || x.wishing && (x.clauseEnds(s.to+1) || x.Is(s.to+1, "give", "plus", "+", "±", "and", "or", "only", "please", "is", "would"))) || x.Is(s.to, "timezone", "timezones", "hours") || x.Is(s.to, "time", "office", "business", "working") && x.Is(s.to+1, "hours", "zone", "zones", "time")) {
		return i, i, nearZone, true
	}
	return 0, 0, 0, false
}

// plusMinus reads "±3", "+/- 2 hours".
func (x *reading) plusMinus(i int) (within, end int, ok bool) {
	at := i
	switch {
	case x.Is(at, "±"):
		at++
	case x.Is(at, "+") && x.Is(at+1, "/") && x.Is(at+2, "-"):
		at += 3
	case x.Is(at, "plus") && x.Is(at+1, "or", "minus", "/"), x.Is(at, "give") && x.Is(at+1, "or"):
		for x.Is(at, "plus", "or", "minus", "/", "give", "take") {
			at++
		}
	default:
		return 0, i, false
	}
	n, end, ok := x.Number(at)
	if ok && x.Is(end, "hours", "hour", "h", "hrs") {
		end++
	}
	return int(n * 60), end, ok && n <= 12
}

func (x *reading) zoneMeant(i, end int) bool {
	if x.Is(i, "gst", "eat", "wat", "pet", "art") { // a tax, words
		return x.Is(end, "time", "zone", "hours")
	}
	return x.Capital(i) && len(x.Low(i)) >= 3 && x.Low(i) == strings.ToLower(x.Quote(i, i+1)) && x.Quote(i, i+1) == strings.ToUpper(x.Quote(i, i+1)) || x.Is(end, "time", "zone", "hours") || x.before(i, 4, "zone", "timezone")
}

// zoneOf finds the place whose clock counts: the one named from token to on,
// else that of who asks.
func (x *reading) zoneOf(to int) (offset int, name string, end int, ok bool) {
	for k := to; k < min(x.Len(), to+8); k++ {
		if x.Is(k, ".", ";") && !x.Tight(k+1) || x.Is(k, "us", "me", "ours", "mine") {
			break
		}
		if zone, end, ok := x.Zone(k); ok && x.zoneMeant(k, end) {
			zone, end = x.shifted(zone, end)
			if minutes, ok := x.offset(zone); ok {
				return minutes, x.Quote(k, end), x.zoneEnd(end), true
			}
		}
		s, ok := x.placeAt(k)
		if !ok {
			continue
		}
		zone := s.zone
		if zone == "" && len(s.countries) == 1 {
			zone = brief.CountryZone(s.countries[0])
		}
		if zone == "" {
			zone = regionZones[strings.ToLower(strings.TrimPrefix(s.name, "the "))]
		}
		if minutes, ok := x.offset(zone); ok {
			return minutes, s.name, x.zoneEnd(s.to), true
		}
	}
	zone := x.context.Zone
	if zone == "" {
		zone = brief.CountryZone(x.context.Country)
	}
	minutes, ok := x.offset(zone)
	for end = to; x.Is(end, "as", "of", "to", "from", "us", "me", "ours", "mine", "we", "are", "in", "with", "here", "difference", "time", "zone"); end++ {
	}
	return minutes, "your", end, ok
}

// shifted reads "+3" behind UTC.
func (x *reading) shifted(zone string, end int) (string, int) {
	if zone != "UTC" || !x.Is(end, "+", "-", "−", "±") {
		return zone, end
	}
	n, after, ok := x.Number(end + 1)
	if !ok || n > 14 || x.Is(end, "±") {
		return zone, end
	}
	sign := "+"
	if !x.Is(end, "+") {
		sign = "-"
	}
	return fmt.Sprintf("UTC%s%g", sign, n), after
}

// zonesBetween reads "between UTC+0 and UTC+3".
func (x *reading) zonesBetween(i int) (r Requirement, end int, ok bool) {
	if !x.Is(i, "between", "from") {
		return r, i, false
	}
	first, at, ok := x.Zone(i + 1)
	if !ok {
		return r, i, false
	}
	first, at = x.shifted(first, at)
	if !x.Is(at, "and", "to", "-", "–") {
		return r, i, false
	}
	second, end, ok := x.Zone(at + 1)
	if !ok {
		return r, i, false
	}
	second, end = x.shifted(second, end)
	low, ok1 := x.offset(first)
	high, ok2 := x.offset(second)
	if !ok1 || !ok2 {
		return r, i, false
	}
	low, high = min(low, high), max(low, high)
	return Requirement{Kind: Zone, Zone: &retrieval.ZoneWindow{Offset: (low + high) / 2, Within: (high - low + 1) / 2}, Text: "in a time zone " + x.Quote(i, end)}, end, true
}

func (x *reading) zoneEnd(end int) int {
	for x.Is(end, "time", "zone", "zones", "timezone", "office", "business", "working", "hours") {
		end++
	}
	return end
}

// regionZones are the clocks in the middle of regions.
var regionZones = map[string]string{"europe": "CET", "eu": "CET", "eea": "CET", "central europe": "CET", "nordics": "CET", "scandinavia": "CET", "north america": "America/Chicago", "americas": "America/Chicago", "latin america": "America/Bogota", "south america": "America/Sao_Paulo", "asia": "Asia/Singapore", "apac": "Asia/Singapore", "africa": "Africa/Lagos", "middle east": "Asia/Dubai", "gulf": "Asia/Dubai"}

// offset returns how many minutes a zone is ahead of UTC today.
func (x *reading) offset(zone string) (minutes int, ok bool) { return offsetOf(zone, x.today) }

func offsetOf(zone string, today time.Time) (minutes int, ok bool) {
	if zone == "" {
		return 0, false
	}
	window, err := retrieval.ParseZoneWindow(zone, today)
	return window.Offset, err == nil
}

func hoursText(minutes int) string {
	hours := float64(minutes) / 60
	if hours == 1 {
		return "an hour"
	}
	return fmt.Sprintf("%g hours", math.Round(hours*10)/10)
}
