package ingest

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// band matches a number or a range of numbers, perhaps open to one side, with a
// unit after it: "1 - 2 weeks", "less than 1 month", "6+ months", "50+".
var band = regexp.MustCompile(`^\s*(<|less than|up to|under|more than|over|>)?\s*(\d+(?:\.\d+)?)\s*(?:(?:-|–|to)\s*(\d+(?:\.\d+)?))?\s*(\+)?\s*([a-z]*)\b\s*(or less)?`)

// bandMiddle returns the middle of a range. A range that is open below reaches
// down to zero; of one that is open above the bound is taken.
func bandMiddle(text string) (middle float64, ok bool) {
	middle, _, ok = parseBand(text)
	return middle, ok
}

func parseBand(text string) (middle float64, unit string, ok bool) {
	m := band.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return 0, "", false
	}
	low, err := strconv.ParseFloat(m[2], 64)
	if err != nil {
		return 0, "", false
	}
	middle = low
	switch {
	case m[3] != "":
		high, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			return 0, "", false
		}
		middle = (low + high) / 2
	case m[1] == "<" || m[1] == "less than" || m[1] == "under" || m[1] == "up to":
		middle = low / 2
	}
	return middle, m[5], true
}

// days of each unit of time. Work of hours counts as a day.
var unitDays = map[string]float64{
	"min": 0, "mins": 0, "minute": 0, "minutes": 0, "hour": 0, "hours": 0, "day": 1, "days": 1,
	"week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365,
}

// durationDays reads how long work takes, 0 for what says nothing of it
// ("Ongoing", "Not sure") or says it in other words.
func durationDays(text string) int {
	n, unit, ok := parseBand(text)
	days, known := unitDays[unit]
	if !ok || !known || n <= 0 {
		return 0
	}
	return int(math.Max(1, math.Round(math.Min(n*days, 3650))))
}
