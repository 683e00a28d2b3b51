package jobpost

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/eval"
)

// abbreviations are zones as people write them, with one that has their time.
var abbreviations = map[string]string{
	"gmt": "UTC", "bst": "Europe/London", "uk": "Europe/London", "cest": "CET", "eest": "EET", "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
	"ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago", "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
	"pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific": "America/Los_Angeles", "ist": "Asia/Kolkata", "sgt": "Asia/Singapore", "jst": "Asia/Tokyo",
	"aest": "Australia/Sydney", "aedt": "Australia/Sydney", "central european": "CET", "eastern european": "EET", "us eastern": "America/New_York", "us pacific": "America/Los_Angeles", "us central": "America/Chicago",
	"new york": "America/New_York", "london": "Europe/London", "india": "Asia/Kolkata",
}

// sameZone compares time zones by their clocks in winter and in summer.
func sameZone(want, got string) bool {
	if strings.EqualFold(want, got) {
		return true
	}
	a, foundA := zone(want)
	b, foundB := zone(got)
	if !foundA || !foundB {
		return overlap(want, got)
	}
	for _, at := range []time.Time{eval.Day, eval.Day.AddDate(0, 4, 0)} {
		_, offsetA := at.In(a).Zone()
		_, offsetB := at.In(b).Zone()
		if offsetA != offsetB {
			return false
		}
	}
	return true
}

// offset is a zone by its distance from UTC: UTC-3, GMT+05:30.
var offset = regexp.MustCompile(`^(?:utc|gmt) ?([+-])(\d{1,2})(?::?(\d{2}))?$`)

func zone(text string) (*time.Location, bool) {
	name := strings.ToLower(strings.TrimSpace(text))
	for _, ending := range []string{" time", " hours", " working hours", " business hours", " timezone", " time zone"} {
		name = strings.TrimSuffix(name, ending)
	}
	if known := abbreviations[name]; known != "" {
		text = known
	} else if len(name) <= 4 {
		text = strings.ToUpper(name)
	}
	if m := offset.FindStringSubmatch(name); m != nil {
		hours, _ := strconv.ParseFloat(m[1]+m[2], 64) // digits
		minutes, _ := strconv.ParseFloat("0"+m[3], 64)
		if m[1] == "-" {
			minutes = -minutes
		}
		return time.FixedZone(text, int(3600*hours+60*minutes)), true
	}
	location, err := time.LoadLocation(text)
	return location, err == nil && text != ""
}
