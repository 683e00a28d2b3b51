package ingest

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// conversion turns a value of an export, a text mostly, into one of ours. The
// currency is that of the row. A nil value is none.
type conversion func(r *rule, value any, currency string) (any, error)

// conversions are those that a rule's "as" may name.
var conversions = map[string]conversion{
	"money":     ofText(toMoney),
	"date":      ofText(toDate),
	"month":     ofText(toMonth),
	"days":      ofText(toDays),
	"number":    ofText(toNumber),
	"middle":    ofText(toMiddle),
	"country":   ofText(toCountry),
	"zone":      ofText(toZone),
	"language":  ofText(toLanguage),
	"level":     ofText(toLevel),
	"category":  ofText(func(_ *rule, text, _ string) (any, error) { return sortCategory(text), nil }),
	"languages": toLanguages,
	"json":      func(_ *rule, value any, _ string) (any, error) { return value, nil },
}

// conversionOf is the one that a rule names, or that its field needs.
func conversionOf(r *rule) (conversion, error) {
	if r.As != "" {
		convert, ok := conversions[r.As]
		if !ok {
			return nil, fmt.Errorf("as: %q is not one of %s", short(r.As), strings.Join(slices.Sorted(maps.Keys(conversions)), ", "))
		}
		if len(r.Layouts) > 0 && r.As != "date" && r.As != "month" {
			return nil, fmt.Errorf("layouts: belong to as: date or month")
		}
		if _, err := zoneNamed(r.Zone); err != nil {
			return nil, err
		}
		for _, layout := range r.Layouts {
			if _, err := goLayout(layout); err != nil {
				return nil, err
			}
		}
		return convert, nil
	}
	if len(r.Layouts) > 0 || r.Zone != "" || r.Decimal != "" {
		return nil, fmt.Errorf("layouts and zone belong to as: date, decimal to as: money or number")
	}
	return plainValue, nil
}

// plainValue reads a text as what its field holds.
func plainValue(r *rule, value any, _ string) (any, error) {
	switch {
	case r.holds == list:
		return textItems(value), nil
	case r.holds == anything:
		return value, nil
	}
	switch value := value.(type) {
	case string:
		return column{holds: r.holds}.value(value)
	case []any:
		return column{holds: r.holds}.value(strings.Join(textItems(value), ", "))
	}
	return value, nil
}

// ofText applies a conversion of texts to whatever is one.
func ofText(convert func(r *rule, text, currency string) (any, error)) conversion {
	return func(r *rule, value any, currency string) (any, error) {
		if items, ok := value.([]any); ok {
			value = strings.Join(textItems(items), ", ")
		}
		text := strings.TrimSpace(fmt.Sprint(value))
		if text == "" {
			return nil, nil
		}
		return convert(r, text, currency)
	}
}

// toMoney: "$1,200.50", "40 EUR/hr" and "1.200,50 €" in minor units of the row's currency.
func toMoney(r *rule, text, currency string) (any, error) {
	amount, err := readAmount(text, r.Decimal)
	if err != nil {
		return nil, err
	}
	minor := math.Round(amount * float64(retrieval.MinorUnits(currency)))
	if math.Abs(minor) > retrieval.MaxPay {
		return nil, fmt.Errorf("%q is more than any post pays", short(text))
	}
	return int64(minor), nil
}

var (
	amount   = regexp.MustCompile(`-?\d[\d.,'\x{00a0}\x{202f} ]*(?:[kK]\b)?`)
	thousand = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+$`)
)

// readAmount reads the only amount in a text. Without a decimal sign given, the
// last of "." and "," is it where both are there, and a "," before three digits is not.
func readAmount(text, decimal string) (float64, error) {
	found := amount.FindAllString(text, -1)
	if len(found) != 1 {
		return 0, fmt.Errorf("%q is not an amount", short(text))
	}
	number := strings.TrimRight(found[0], "., '\u00a0\u202f")
	factor := 1.0
	if n := strings.TrimRight(number, "kK"); n != number {
		number, factor = n, 1000
	}
	number = strings.NewReplacer(" ", "", "'", "", "\u00a0", "", "\u202f", "").Replace(number)
	if decimal == "" {
		decimal = "."
		comma, point := strings.LastIndexByte(number, ','), strings.LastIndexByte(number, '.')
		if comma > point && (point >= 0 || !thousand.MatchString(strings.TrimPrefix(number, "-"))) {
			decimal = ","
		}
	}
	if decimal == "," {
		number = strings.ReplaceAll(strings.ReplaceAll(number, ".", ""), ",", ".")
	} else {
		number = strings.ReplaceAll(number, ",", "")
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%q is not an amount", short(text))
	}
	return n * factor, nil
}

// toNumber reads the number in "30+ hrs/week" or "4.8 stars".
func toNumber(r *rule, text, _ string) (any, error) {
	n, err := readAmount(text, r.Decimal)
	if err != nil {
		return nil, fmt.Errorf("%q is not a number", short(text))
	}
	if r.holds == wholeNumber {
		return int64(math.Round(n)), nil
	}
	return n, nil
}

// toMiddle: "20 to 50" is 35.
func toMiddle(_ *rule, text, _ string) (any, error) {
	n, ok := bandMiddle(text)
	if !ok {
		return nil, fmt.Errorf("%q is not a number or a range of numbers", short(text))
	}
	return int64(math.Round(n)), nil
}

// toDays: "1-3 months" is 60; words that say nothing of it give none.
func toDays(_ *rule, text, _ string) (any, error) {
	if n, err := strconv.Atoi(text); err == nil {
		return n, nil
	}
	if days := durationDays(text); days > 0 {
		return days, nil
	}
	return nil, nil
}

func toCountry(_ *rule, text, _ string) (any, error) {
	if code := countryCode(text); code != "" {
		return code, nil
	}
	return nil, fmt.Errorf("%q is not a country", short(text))
}

// levelWords sort the names of levels; the first that a name contains counts.
var levelWords = []struct{ word, level string }{
	{"inter", "intermediate"}, {"mid", "intermediate"}, {"medium", "intermediate"}, {"regular", "intermediate"},
	{"entry", "entry"}, {"junior", "entry"}, {"begin", "entry"}, {"novice", "entry"}, {"intern", "entry"}, {"trainee", "entry"}, {"basic", "entry"},
	{"expert", "expert"}, {"senior", "expert"}, {"lead", "expert"}, {"principal", "expert"}, {"experienced", "expert"}, {"advanced", "expert"}, {"top", "expert"},
	{"$$$", "expert"}, {"$$", "intermediate"}, {"$", "entry"},
}

func toLevel(_ *rule, text, _ string) (any, error) {
	low := strings.ToLower(text)
	for _, w := range levelWords {
		if strings.Contains(low, w.word) {
			return w.level, nil
		}
	}
	return nil, fmt.Errorf("%q is not a level that is known; say with values what it is", short(text))
}
