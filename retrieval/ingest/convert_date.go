package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateTokens are the parts of a layout, longer ones first.
var dateTokens = []struct{ token, layout string }{
	{"YYYY", "2006"}, {"YY", "06"}, {"MMMM", "January"}, {"MMM", "Jan"}, {"MM", "01"}, {"M", "1"},
	{"DD", "02"}, {"D", "2"}, {"HH", "15"}, {"hh", "03"}, {"h", "3"}, {"mm", "04"}, {"ss", "05"},
	{"dddd", "Monday"}, {"ddd", "Mon"}, {"A", "PM"}, {"ZZZ", "MST"}, {"ZZ", "-0700"}, {"Z", "Z07:00"},
}

// goLayout translates "DD.MM.YYYY HH:mm" for package time. Other letters than
// those of the tokens stand in quotes; "unix" and "unix_ms" are counts since 1970.
func goLayout(layout string) (string, error) {
	if layout == "unix" || layout == "unix_ms" {
		return layout, nil
	}
	var b strings.Builder
next:
	for rest := layout; rest != ""; {
		for _, t := range dateTokens {
			if after, ok := strings.CutPrefix(rest, t.token); ok {
				b.WriteString(t.layout)
				rest = after
				continue next
			}
		}
		if rest[0] == '\'' {
			quoted, after, ok := strings.Cut(rest[1:], "'")
			if !ok {
				return "", fmt.Errorf("layouts: %q has a quote that does not end", short(layout))
			}
			b.WriteString(quoted)
			rest = after
			continue
		}
		if c := rest[0] | 0x20; c >= 'a' && c <= 'z' && rest[0] != 'T' || rest[0] >= '0' && rest[0] <= '9' {
			return "", fmt.Errorf("layouts: %q: %q is not a part of a date; YYYY MM DD MMM MMMM HH hh mm ss A Z are, unix and unix_ms", short(layout), rest[:1])
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	return b.String(), nil
}

func toDate(r *rule, text, _ string) (any, error) {
	day, err := readTime(r, text)
	if err != nil {
		return nil, err
	}
	return day.Format(time.DateOnly), nil
}

func toMonth(r *rule, text, _ string) (any, error) {
	day, err := readTime(r, text)
	if err != nil {
		return nil, err
	}
	return day.Format("2006-01"), nil
}

// readTime reads a date by the rule's layouts, or in the forms that collections
// have. A moment counts as the day that it is in the rule's zone.
func readTime(r *rule, text string) (time.Time, error) {
	zone, err := zoneNamed(r.Zone)
	if err != nil {
		return time.Time{}, err
	}
	if len(r.Layouts) == 0 {
		for _, layout := range postedLayouts {
			if at, err := time.ParseInLocation(layout, text, zone); err == nil {
				return inZone(at, layout, zone), nil
			}
		}
		return time.Time{}, fmt.Errorf("%q is not a date; say with layouts how dates are written", short(text))
	}
	for _, name := range r.Layouts {
		layout, err := goLayout(name)
		if err != nil {
			return time.Time{}, err
		}
		if strings.HasPrefix(layout, "unix") {
			if n, err := strconv.ParseFloat(text, 64); err == nil && n > 0 && n < 1e14 {
				if layout == "unix" {
					n *= 1000
				}
				return time.UnixMilli(int64(n)).In(zone), nil
			}
			continue
		}
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return inZone(at, layout, zone), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a date of the form %s", short(text), strings.Join(r.Layouts, " or "))
}

// inZone: a layout with a zone names a moment, one without a day.
func inZone(at time.Time, layout string, zone *time.Location) time.Time {
	if strings.Contains(layout, "Z07:00") || strings.Contains(layout, "-0700") || strings.Contains(layout, "MST") {
		return at.In(zone)
	}
	return at
}

func zoneNamed(name string) (*time.Location, error) {
	if name == "" {
		return time.UTC, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("zone: %q is not the IANA name of a time zone", short(name))
	}
	return zone, nil
}
