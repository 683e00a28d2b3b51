package demo

import (
	"fmt"
	"strings"

	"golang.org/x/text/currency"
)

// paragraphs are the parts of a text between blank lines.
func paragraphs(text string) (list []string) {
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// pay is a range in minor units as people write it: "USD 400", "EUR 40–55 an hour".
func pay(kind, per, code string, low, high int64) string {
	if low == 0 && high == 0 {
		return ""
	}
	text := amount(code, low)
	switch {
	case low == 0:
		text = "up to " + amount(code, high)
	case high > low:
		text += "–" + amount(code, high)
	}
	if code != "" {
		text = code + " " + text
	}
	switch {
	case kind == "hourly":
		text += " an hour"
	case per != "":
		text += " per " + per
	}
	return text
}

func amount(code string, minor int64) string {
	digits := 2
	if unit, err := currency.ParseISO(code); err == nil {
		digits, _ = currency.Standard.Rounding(unit)
	}
	whole := int64(1)
	for range digits {
		whole *= 10
	}
	if minor%whole == 0 {
		return number(minor / whole)
	}
	return fmt.Sprintf("%s.%0*d", number(minor/whole), digits, minor%whole)
}

// number writes thousands apart.
func number(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func days(n int) string {
	switch {
	case n == 1:
		return "1 day"
	case n < 21:
		return fmt.Sprintf("%d days", n)
	case n < 75:
		return fmt.Sprintf("about %d weeks", (n+3)/7)
	}
	return fmt.Sprintf("about %d months", (n+15)/30)
}

var categories = map[string]string{
	"admin": "Admin and support", "data": "Data", "design": "Design", "education": "Teaching", "engineering": "Engineering", "finance": "Finance",
	"legal": "Legal", "marketing": "Marketing", "ml": "Machine learning", "mobile": "Mobile apps", "sales": "Sales", "science": "Science",
	"translation": "Translation", "video_audio": "Film and sound", "web": "Web", "writing": "Writing",
}

func category(id string) string {
	if name, known := categories[id]; known {
		return name
	}
	return strings.ReplaceAll(id, "_", " ")
}

func level(id string) string {
	return map[string]string{"entry": "Just starting out", "intermediate": "Some years of it", "expert": "Long experience"}[id]
}

// place says where the work is done.
func place(mode, where, country string) string {
	parts := []string{}
	for _, part := range []string{map[string]string{"remote": "Remote", "onsite": "On site", "hybrid": "Partly remote"}[mode], where} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if where == "" && country != "" {
		parts = append(parts, country)
	}
	return strings.Join(parts, ", ")
}
