package brief

import (
	"fmt"
	"strconv"
	"strings"
)

var symbols = map[string]string{
	"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "SGD": "S$", "HKD": "HK$", "BRL": "R$", "KRW": "₩", "ILS": "₪", "NGN": "₦", "UAH": "₴",
}

// Money writes an amount of minor units for people: "$4,000", "€12.50",
// "4,000 PLN", and without a currency "4,000".
func Money(minor int64, currency string) string {
	figure := amount(minor, currency)
	if symbol, ok := symbols[currency]; ok {
		return symbol + figure
	}
	return strings.TrimSpace(figure + " " + currency)
}

// MoneyRange writes two amounts of one currency: "$3,000–4,500", "3,000–4,500 PLN".
func MoneyRange(low, high int64, currency string) string {
	if low == high {
		return Money(low, currency)
	}
	figures := amount(low, currency) + "–" + amount(high, currency)
	if symbol, ok := symbols[currency]; ok {
		return symbol + figures
	}
	return strings.TrimSpace(figures + " " + currency)
}

// amount writes units with thousands parted, and decimals where there are some.
func amount(minor int64, currency string) string {
	per := minorUnits(currency)
	units := strconv.FormatInt(minor/per, 10)
	for at := len(units) - 3; at > 0; at -= 3 {
		units = units[:at] + "," + units[at:]
	}
	if rest := minor % per; rest != 0 {
		units += "." + fmt.Sprintf("%0*d", len(strconv.FormatInt(per, 10))-1, rest)
	}
	return units
}

// String writes pay for people: "about $4,000, fixed price", "€40–60 an hour",
// "up to £500", "at least ₹50,000 a month", "hourly". It is "" for none.
func (p Pay) String() string {
	var text string
	switch {
	case !p.Amount():
		return p.typeOnly()
	case p.Min == 0:
		text = "up to " + Money(p.Max, p.Currency)
	case p.Max == 0:
		text = "at least " + Money(p.Min, p.Currency)
	default:
		text = MoneyRange(p.Min, p.Max, p.Currency)
	}
	if p.Around {
		text = "about " + text
		text = strings.Replace(strings.Replace(text, "about up to", "up to about", 1), "about at least", "at least about", 1)
	}
	switch {
	case p.Type == "hourly":
		return text + " an hour"
	case p.Type == "fixed":
		return text + ", fixed price"
	case p.Per != "":
		return text + " " + perUnit(p.Per)
	}
	return text
}

func (p Pay) typeOnly() string {
	switch {
	case p.Type == "fixed":
		return "fixed price"
	case p.Type == "hourly":
		return "by the hour"
	case p.Per != "":
		return "paid " + strings.Replace(perUnit(p.Per), "a ", "by the ", 1)
	case p.Currency != "":
		return "in " + p.Currency
	}
	return ""
}

func perUnit(unit string) string {
	switch {
	case unit == "1000 words":
		return "per 1,000 words"
	case strings.ContainsRune("aeio", rune(unit[0])):
		return "an " + unit
	}
	return "a " + unit
}

// String writes hours for people: "10–15 hours a week", "part time".
func (h Hours) String() string {
	switch {
	case h.Min == 0 && h.Max == 0:
		return h.Text
	case h.Min == 0:
		return fmt.Sprintf("up to %s a week", plural(h.Max, "hour"))
	case h.Max == 0:
		return fmt.Sprintf("at least %s a week", plural(h.Min, "hour"))
	case h.Min != h.Max:
		return fmt.Sprintf("%d–%d hours a week", h.Min, h.Max)
	}
	return plural(h.Min, "hour") + " a week"
}

// String writes a period as it was said, or in weeks and days.
func (p Period) String() string {
	switch {
	case p.Text != "":
		return p.Text
	case p.Ongoing:
		return "ongoing"
	case p.MinDays == 0 && p.MaxDays == 0:
		return ""
	}
	return days(p.MinDays, p.MaxDays)
}

func days(low, high int) string {
	unit, size := "day", 1
	switch {
	case low%30 == 0 && high%30 == 0:
		unit, size = "month", 30
	case low%7 == 0 && high%7 == 0:
		unit, size = "week", 7
	}
	switch {
	case low == high:
		return plural(low/size, unit)
	case low == 0:
		return "up to " + plural(high/size, unit)
	case high == 0:
		return "at least " + plural(low/size, unit)
	}
	return fmt.Sprintf("%d–%s", low/size, plural(high/size, unit))
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}

// String writes a day as it was said, or its date.
func (d Day) String() string {
	switch {
	case d.Text != "":
		return d.Text
	case d.Asap:
		return "as soon as possible"
	}
	return d.Date
}

// String writes a location for people: "remote", "on site in Berlin".
func (l Location) String() string {
	place := l.Place
	if place == "" {
		place = CountryName(l.Country)
	}
	mode := strings.Replace(l.Mode, "onsite", "on site", 1)
	switch {
	case place == "":
		return mode
	case mode == "":
		return place
	case mode == "remote":
		return "remote, " + place
	}
	return mode + " in " + place
}
