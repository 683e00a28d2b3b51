package proposal

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval/words"
)

// leadOf words the title of a position as the beginning of a sentence: "Data
// engineer, energy retailer" becomes "As a data engineer at an energy retailer".
// A title that does not read like one gives "".
func leadOf(title string) string {
	title = strings.TrimRight(strings.Join(strings.Fields(title), " "), ". ")
	if title == "" || len(title) > 90 || !usable(title+" at work") || strings.ContainsAny(title, "|/:;()") {
		return ""
	}
	role, employer, _ := strings.Cut(title, ", ")
	if strings.TrimSpace(role) == "" {
		return ""
	}
	if before, after, ok := strings.Cut(role, " at "); ok && employer == "" {
		return "As " + article(before) + lowerRole(before) + " at " + after
	}
	if strings.HasPrefix(employer, "then ") || strings.Contains(employer, ", ") {
		return "" // "Support agent, then team lead"
	}
	lead := "As " + article(role) + lowerRole(role)
	if fields := strings.Fields(strings.ToLower(role)); uncounted[fields[len(fields)-1]] || strings.HasSuffix(strings.ToLower(role), "s") && !strings.HasSuffix(role, "ss") {
		lead = "In " + lowerRole(role) // "Support operations"
	}
	if last := strings.ToLower(role[strings.LastIndexByte(role, ' ')+1:]); last == "project" || last == "work" && employer == "" {
		return "" // what was made, and no role
	}
	if employer == "" {
		return lead
	}
	return lead + " " + employment(employer)
}

// lowerRole lowers a role's first letter, and that of a second word that is
// capitalised as in a heading: "Senior Data Engineer".
func lowerRole(role string) string {
	parts := strings.Fields(role)
	for i, part := range parts {
		if low := strings.ToLower(part); everyday[low] || commonWord(low) || i == 0 && (len(skillsOf(part)) == 0 || len(parts) == 1) || i > 0 && personal.MatchString(low) || low == "front-end" || low == "back-end" {
			parts[i] = lowerFirst(part)
		}
	}
	return strings.Join(parts, " ")
}

// employment says for whom somebody worked, by what the words look like.
func employment(employer string) string {
	r, _ := utf8.DecodeRuneInString(employer)
	head := employer
	for _, cut := range []string{" for ", " of ", " with ", " in ", " that ", " on "} {
		head, _, _ = strings.Cut(head, cut)
	}
	fields := strings.Fields(strings.ToLower(head))
	last := fields[len(fields)-1]
	switch {
	case fields[0] == "own":
		return "in my " + employer
	case fields[0] == "a" || fields[0] == "an" || fields[0] == "the" || fields[0] == "two" || fields[0] == "various" || fields[0] == "several":
		return "at " + employer
	case strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") && !singularS[last]:
		return "for " + employer
	case unicode.IsUpper(r) && !commonWord(fields[0]):
		return "at " + employer
	case organisations[last] || personal.MatchString(last):
		return "at " + article(employer) + lowerFirst(employer)
	}
	return "in " + lowerFirst(employer)
}

var (
	organisations = set(`company firm shop store agency office studio school university college hospital clinic bank retailer insurer publisher museum start-up startup scale-up scaleup manufacturer charity ngo hotel
		restaurant bakery brand newspaper magazine lab laboratory institute ministry city council group chain club cooperative co-operative association theatre theater broadcaster station consultancy platform marketplace app team plant
		factory mill brewery winery farm utility airline library foundation union court practice society centre center press house department business fund network nonprofit non-profit project workshop contractor camp festival orchestra
		parish municipality daily weekly journal gallery garden gym hall cafe café venture product site portal desk service`)
	uncounted = set(`support operations sales research development marketing design teaching accounting engineering work service administration management translation writing testing retail care training production logistics`)
	singularS = set(`news business press analytics logistics sports cosmetics process`)
	personal  = regexp.MustCompile(`(?:er|or|ist)$`)
	months    = set(`january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday`)
	everyday  = set(`frontend backend front-end back-end full-stack fullstack the a an for from with in on at by as about over under after before during between all every each both some most many more two three four five six seven eight nine ten eleven twelve
		e-mail email mathematics physics chemistry biology history geography audiobooks handbooks
		weekly daily monthly yearly stock site sites work works team teams senior junior lead head freelance independent self-employed first second own full part small large new old data web mobile design
		engineer developer designer writer editor translator teacher manager analyst consultant illustrator specialist assistant director officer owner founder marketer bookkeeper accountant administrator architect producer photographer`)
)

// commonWord reports whether a lower-case word is an everyday one of English
// work, and so no name.
func commonWord(word string) bool {
	return word != "" && words.Default().Known(words.Stem(word)) && len(skillsOf(word)) == 0
}
