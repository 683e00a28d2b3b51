package jobpost

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
)

// postVoice turns a sentence that a person wrote to the assistant into one for
// a job post. It rewrites an opening only where the grammar is sure to hold,
// takes out the clauses that the terms of the post state anyway, and otherwise
// leaves the person's words alone. It returns "" for a sentence that says
// nothing to a reader of the post.
func postVoice(sentence string, terms []string) string {
	text := strings.Join(strings.Fields(sentence), " ")
	text = dropTerms(text, terms)
	text = trimOpening(text)
	for _, rule := range openings {
		if m := rule.pattern.FindStringSubmatchIndex(text); m != nil {
			text = strings.TrimRight(rule.with+text[m[len(m)-2]:m[len(m)-1]], "?")
			break
		}
	}
	text = strings.Trim(text, " ,;:-–—")
	if onlyTalk.MatchString(text) {
		return ""
	}
	text = pronounI.ReplaceAllString(text, "${1}I$2")
	return finish(capital(text))
}

type opening struct {
	pattern *regexp.Regexp // its last group is what stays
	with    string
}

// openings are tried in order; the first that fits is used.
var openings = []opening{
	{regexp.MustCompile(`(?i)^(?:can|could|would|will) you (?:please )?(?:help me )?(?:to )?(?:find|hire|get) (?:me |us )?((?:a|an|some|someone|somebody)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^(?:please )?(?:find|get|hire) (?:me|us) ((?:a|an|some|someone|somebody)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^(?:please )?(?:make|create|write|draft|post)(?: me| us)? (an? [^,.;:]+?) (?:job|job post|post|posting|listing|job ad|ad)[.!]?$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^(?:please )?help me (?:to )?(?:find|hire|get) ((?:a|an|some|someone|somebody)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^(?:please )?(?:write|draft|create|make|help me write|i need|i want) (?:me )?(?:a |the )?(?:job )?(?:post|posting|ad|listing|job ad|job description) (?:for|to find|to hire) ((?:a|an|someone|somebody)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^we(?: really| urgently)? (?:need|want|would like|'d like|’d like|are looking|'re looking|’re looking|are trying) to (?:hire|find) ((?:a|an|some|someone|somebody|\d+|two|three)\b.*)$`), "We are looking for "},
	{regexp.MustCompile(`(?i)^i(?: really| urgently)? (?:need|want|would like|'d like|’d like|am looking|'m looking|’m looking|am trying) to (?:hire|find) ((?:a|an|some|someone|somebody|\d+|two|three)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^we (?:need|want) ((?:someone|somebody)\b.*)$`), "We are looking for "},
	{regexp.MustCompile(`(?i)^i (?:need|want) ((?:someone|somebody)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^(?:need|want|wanted|looking for|searching for|seeking|in need of):? ((?:someone|somebody)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^(?:looking for|searching for|seeking) ((?:a|an|some|two|three)\b.*)$`), "I am looking for "},
	{regexp.MustCompile(`(?i)^need ((?:a|an|some|my|our|help|two|three)\b.*)$`), "I need "},
	{regexp.MustCompile(`(?i)^want ((?:a|an|some|my|our|to)\b.*)$`), "I want "},
}

var (
	greeting = regexp.MustCompile(`(?i)^(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear (?:all|team|sir or madam)|hiya|howdy)(?: there| everyone| all| team)?[,!.: –-]+\s*`)
	fillers  = regexp.MustCompile(`(?i)^(?:so|well|ok|okay|um|oh|and|also|yes|yeah|yep|no|actually|basically|right|sure|please note that|i think that|i guess)[,:]\s+`)
	andStart = regexp.MustCompile(`(?i)^(?:and|also|plus),? `)
	onlyTalk = regexp.MustCompile(`(?i)^(?:thanks?(?: you)?(?: so much| a lot| in advance)?|thx|cheers|please|ok(?:ay)?|yes|no|yep|nope|hi|hello|hey|sure|great|that'?s (?:it|all)|just write it|write it|done)?[.!]*$`)
	pronounI = regexp.MustCompile(`(^|[\s(“"])i((?:['’](?:m|d|ll|ve))?(?:[\s,.;:!?)]|$))`)
)

func trimOpening(text string) string {
	for range 3 {
		next := fillers.ReplaceAllString(greeting.ReplaceAllString(text, ""), "")
		if next == text {
			break
		}
		text = next
	}
	return andStart.ReplaceAllString(text, "")
}

// dropTerms takes out the clauses between commas that state no more than the
// budget, the time or the place, which the post gives in its own paragraph.
func dropTerms(text string, terms []string) string {
	if len(terms) == 0 {
		return text
	}
	parts := splitClauses(text)
	kept := parts[:0]
	for i, part := range parts {
		if i > 0 && statesOnly(part, terms) {
			continue
		}
		kept = append(kept, part)
	}
	return strings.TrimRight(strings.Join(kept, ","), " ,.;!?") + ending(text)
}

// splitClauses parts a sentence at its commas, but not inside numbers or brackets.
func splitClauses(text string) []string {
	var parts []string
	depth, from := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth <= 0 && i+1 < len(text) && text[i+1] == ' ' {
				parts = append(parts, text[from:i])
				from = i + 1
			}
		}
	}
	return append(parts, text[from:])
}

var hedges = regexp.MustCompile(`(?i)\b(?:maybe|around|about|roughly|approximately|approx|say|budget|my|our|the|is|of|it|should|be|ready|done|finished|needed|and|ideally|preferably|hopefully|so|or|for|please|would|like|i|we|have|can|pay|spend|a|to|up|max|total|in|work|job|remote|ok|fine|start|starting|by|before|think|must|nice|great|plus|have|has|know|required|ideal|bonus|too|also|as|well|on|with|maybe|probably|please|but|no|not)\b|[^\p{L}\p{N}]`)

// statesOnly reports whether nothing is left of a clause without the terms'
// own words.
func statesOnly(clause string, terms []string) bool {
	rest := strings.ToLower(clause)
	found := false
	for _, term := range terms {
		if term = strings.ToLower(strings.TrimSpace(term)); term != "" && strings.Contains(rest, term) {
			rest = strings.Replace(rest, term, " ", 1)
			found = true
		}
	}
	return found && hedges.ReplaceAllString(rest, "") == ""
}

func ending(text string) string {
	if strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text[len(text)-1:]
	}
	return ""
}

// termQuotes are the words in which the person gave what the post states in
// fields of its own.
func termQuotes(b brief.Brief) []string {
	var quotes []string
	for _, list := range [][]brief.Item{b.NamedSkills(), b.Nice, b.Conditions, b.Without} {
		for _, item := range list {
			for _, s := range item.Sources {
				quotes = append(quotes, s.Quote)
			}
		}
	}
	for _, sources := range [][]brief.Source{b.Pay.Sources, b.Deadline.Sources, b.Duration.Sources, b.Start.Sources, b.Hours.Sources, b.Location.Sources} {
		for _, s := range sources {
			quotes = append(quotes, s.Quote)
		}
	}
	return quotes
}

// capital writes the first letter of a sentence large, unless the word is
// spelled in a way of its own (iPhone, eBay).
func capital(text string) string {
	word, rest, _ := strings.Cut(text, " ")
	if own := spelled[strings.ToLower(word)]; own != "" {
		return strings.TrimSpace(own + " " + rest)
	}
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	if unicode.IsLower(first) && !unicode.IsUpper(second) {
		return string(unicode.ToUpper(first)) + text[size:]
	}
	return text
}

// spelled are first words that never take a capital first letter.
var spelled = map[string]string{"ios": "iOS", "iphone": "iPhone", "ipad": "iPad", "ebay": "eBay", "macos": "macOS", "itunes": "iTunes"}

// finish ends a sentence that has no end.
func finish(text string) string {
	if text == "" {
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune("”\"", last) { // the stop may stand inside the quotation
		last, _ = utf8.DecodeLastRuneInString(strings.TrimRight(text, "”\""))
	}
	if strings.ContainsRune(".!?…:。", last) {
		return text
	}
	return text + "."
}
