package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// zoneNames are time zones as people abbreviate them, where one meaning is by
// far the commonest.
var zoneNames = map[string]string{
	"utc": "UTC", "gmt": "UTC", "z": "UTC",
	"et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern time": "America/New_York", "eastern": "America/New_York",
	"ct": "America/Chicago", "cdt": "America/Chicago", "central time": "America/Chicago",
	"mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain time": "America/Denver",
	"pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific time": "America/Los_Angeles", "pacific": "America/Los_Angeles",
	"bst": "Europe/London", "wet": "Europe/Lisbon", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "eet": "Europe/Athens", "eest": "Europe/Athens",
	"msk": "Europe/Moscow", "brt": "America/Sao_Paulo", "pkt": "Asia/Karachi", "sgt": "Asia/Singapore", "jst": "Asia/Tokyo",
	"aest": "Australia/Sydney", "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland",
}

// partHours are zones with an offset that Etc/GMT zones do not have.
var partHours = map[int]string{
	-210: "America/St_Johns", 210: "Asia/Tehran", 270: "Asia/Kabul", 330: "Asia/Kolkata", 345: "Asia/Kathmandu", 390: "Asia/Yangon", 570: "Australia/Darwin",
}

var offset = regexp.MustCompile(`(?i)^\(?\s*(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?([0-5]\d))?\s*\)?`)

// toZone returns the IANA name of a zone: of itself, of an abbreviation, or of
// an offset such as "UTC+2" or "(GMT-05:00) Eastern Time".
func toZone(_ *rule, text, _ string) (any, error) {
	if name, ok := zoneNames[strings.ToLower(text)]; ok {
		return name, nil
	}
	if m := offset.FindStringSubmatch(text); m != nil {
		hours, _ := strconv.Atoi(m[2]) // one or two digits
		minutes, _ := strconv.Atoi("0" + m[3])
		minutes += 60 * hours
		if m[1] != "+" {
			minutes = -minutes
		}
		if name, ok := partHours[minutes]; ok {
			return name, nil
		}
		if minutes%60 == 0 && minutes >= -12*60 && minutes <= 14*60 {
			return etcZone(minutes / 60), nil
		}
		return nil, fmt.Errorf("%q is not an offset of a time zone", short(text))
	}
	if _, err := time.LoadLocation(text); err != nil || text == "Local" {
		return nil, fmt.Errorf("%q is not a time zone", short(text))
	}
	return text, nil
}

// etcZone: the signs of these names are those of POSIX, west is plus.
func etcZone(hours int) string {
	if hours == 0 {
		return "UTC"
	}
	return fmt.Sprintf("Etc/GMT%+d", -hours)
}
