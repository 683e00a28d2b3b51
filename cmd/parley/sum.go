package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/web"
)

// payRange reads the flags --min-WHAT and --max-WHAT; nil for none. A sum
// without a currency has that of the other one.
func payRange(what, least, most string) (*web.PayRange, error) {
	if least == "" && most == "" {
		return nil, nil
	}
	low, lowIn, err := readSum("--min-"+what, least)
	if err != nil {
		return nil, err
	}
	high, highIn, err := readSum("--max-"+what, most)
	if err != nil {
		return nil, err
	}
	switch {
	case lowIn == "" && highIn == "":
		return nil, fmt.Errorf("name the currency: --max-%s 60EUR", what)
	case lowIn == "":
		lowIn = highIn
	case highIn == "":
		highIn = lowIn
	}
	if lowIn != highIn {
		return nil, fmt.Errorf("--min-%s is in %s and --max-%s in %s: give both in one currency", what, lowIn, what, highIn)
	}
	r := &web.PayRange{Currency: lowIn, Min: minorUnits(low, lowIn), Max: minorUnits(high, lowIn)}
	if most != "" && r.Min > r.Max {
		return nil, fmt.Errorf("--min-%s is above --max-%s", what, what)
	}
	return r, nil
}

// readSum reads a sum with or without a currency on either side: "60EUR", "eur 62.50", "60".
func readSum(flag, text string) (amount float64, currency string, err error) {
	if text == "" {
		return 0, "", nil
	}
	bad := fmt.Errorf("%s: %q is no sum: write it as 60EUR or 62.50EUR", flag, text)
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsSpace(r) }
	figure := strings.TrimFunc(text, letter)
	before, after, _ := strings.Cut(text, figure)
	currency = strings.ToUpper(strings.TrimSpace(before + after))
	if figure == "" || strings.Trim(figure, "0123456789.") != "" {
		return 0, "", bad
	}
	amount, err = strconv.ParseFloat(figure, 64)
	if err != nil || amount <= 0 || amount > retrieval.MaxPay/1000 {
		return 0, "", bad
	}
	if _, known := retrieval.CurrencyExponent(currency); currency != "" && !known {
		return 0, "", fmt.Errorf("%s: %q is no currency of ISO 4217, such as EUR", flag, currency)
	}
	return amount, currency, nil
}

func minorUnits(amount float64, currency string) int64 {
	return int64(math.Round(amount * float64(retrieval.MinorUnits(currency))))
}
