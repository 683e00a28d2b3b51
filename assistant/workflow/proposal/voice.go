package proposal

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence tidies a sentence without changing what it says: a capital first, a
// full stop last, "i" as a word upper case, no smileys.
func sentence(text string) string {
	text = strings.Map(plainRune, text)
	text = strings.ReplaceAll(text, "...", "…")
	text = ellipsis.ReplaceAllString(text, ", ")
	text = strings.Join(strings.Fields(text), " ")
	text = strings.TrimLeft(text, "-–—*•·, ")
	text = aloneI.ReplaceAllString(text, "${1}I${2}")
	text = strings.TrimRight(text, " ,;:-–…")
	if text == "" {
		return ""
	}
	text = capital(calendar.ReplaceAllStringFunc(text, func(m string) string {
		if day, month, ok := strings.Cut(m, " "); ok {
			return day + " " + capital(month)
		}
		return capital(m)
	}))
	if last, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune(".?!”\"'’", last) {
		text += "."
	}
	return strings.TrimRight(text, "!") + stopFor(text)
}

// stopFor ends a sentence quietly that was shouted.
func stopFor(text string) string {
	if strings.HasSuffix(text, "!") {
		return "."
	}
	return ""
}

var (
	aloneI   = regexp.MustCompile(`(^|[^\w.'’])i([^\w.]|['’](?:m|ve|d|ll)\b|$)`)
	calendar = regexp.MustCompile(`\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july|august|september|october|november|december)s?\b|\b\d{1,2} (?:march|may)\b`)
	ellipsis = regexp.MustCompile(`…\s*`)
)

// plainRune takes out pictures and control characters.
func plainRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.So, r), unicode.Is(unicode.Cf, r), r == 0xfe0f:
		return -1
	}
	return r
}

// ownWords puts a note of a position into the first person: "Moved 60 jobs to
// Airflow" becomes "As a data engineer at an energy retailer I moved 60 jobs to
// Airflow.", and without the lead "I moved 60 jobs to Airflow."
func ownWords(lead, note string) (full, bare string) {
	if alreadyOwn.MatchString(note) {
		own := sentence(note)
		if lead == "" || strings.HasPrefix(note, "I ") {
			return joinLead(lead, own), own
		}
		return own, own
	}
	if rest, ok := strings.CutPrefix(note, "Responsible for "); ok {
		note = "Was responsible for " + rest
	}
	if isVerb(note) {
		clause := "I " + lowerFirst(joinParts(note))
		return joinLead(lead, sentence(clause)), sentence(clause)
	}
	body := sentence(note)
	if lead == "" {
		return body, body
	}
	if strings.Contains(body, ": ") {
		return lead + ", " + lowerStart(body), body
	}
	return lead + ": " + lowerStart(body), body
}

// joinLead sets a lead before a sentence that begins with "I".
func joinLead(lead, own string) string {
	if lead == "" || !strings.HasPrefix(own, "I ") {
		return own
	}
	return lead + " " + own
}

var alreadyOwn = regexp.MustCompile(`\b(?:I|I['’]m|I['’]ve|[Mm]y|[Ww]e|[Oo]ur|me)\b`)

// isVerb reports whether a note begins with what was done.
func isVerb(note string) bool {
	first, rest, _ := strings.Cut(note, " ")
	first = strings.ToLower(strings.Trim(first, ",.;:"))
	second, _, _ := strings.Cut(strings.ToLower(rest), " ")
	if second == "by" || loose[second] && !alone[first] {
		return false // "Led by a colleague", "Built with React"
	}
	if irregular[first] {
		return true
	}
	if !strings.HasSuffix(first, "ed") || len(first) < 4 {
		return false
	}
	if !adjectives[first] {
		return true
	}
	next, _, _ := strings.Cut(rest, " ")
	return determiners[strings.ToLower(next)] || next != "" && unicode.IsDigit(rune(next[0]))
}

var (
	irregular = set(`built led ran wrote kept taught made did set cut shot drew sold grew brought found gave took went held met spoke spent won put got came saw sent paid rebuilt began
		oversaw became fought broke chose drove fed flew hid left lent lost read rode said sought spread stood swept swam wore wound rewrote was had understood undertook forecast hit laid sewed dug hung bound shot`)
	loose = set(`with for in at from on under of as`)
	alone = set(`worked taught wrote spoke sold helped assisted consulted collaborated translated edited reported took moved came went served volunteered studied trained contributed participated
		advised lectured interned lived travelled performed acted designed ran led cooked looked cared dealt negotiated started switched specialised specialized focused oversaw responded`)
	adjectives  = set(`certified advanced animated automated related varied mixed sworn licensed detailed illustrated printed guided branded customised customized dedicated embedded distributed recorded integrated applied limited sealed used combined scheduled assorted repeated shared speed need feed seed advised`)
	determiners = set(`a an the all every each both some our their his her its this that these those my up out over in on to for with from and two three four five six seven eight nine ten twelve twenty several many most about around`)
)

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		m[word] = true
	}
	return m
}

// joinParts makes a sentence of a note's parts: "moved A, wrote B, added C"
// gets its "and", and noun phrases behind the verb their "with".
func joinParts(note string) string {
	body := strings.TrimRight(note, ". ")
	parts := strings.Split(body, ", ")
	if len(parts) < 2 || strings.ContainsAny(body, ":;()") || strings.Contains(parts[len(parts)-1], "and ") && !isVerb(parts[len(parts)-1]) {
		return body
	}
	verbs, nouns := 0, 0
	for _, part := range parts[1:] {
		switch {
		case isVerb(part):
			verbs++
		case countWords(part) >= 3 && startsLower(part) && !finite.MatchString(part):
			nouns++
		}
	}
	tail := parts[1:]
	last := len(tail) - 1
	switch {
	case verbs == len(tail):
		return parts[0] + strings.Join(prefixed(tail[:last], ", "), "") + " and " + strings.TrimPrefix(tail[last], "and ")
	case nouns == len(tail) && last > 0:
		return parts[0] + ", with " + strings.Join(tail[:last], ", ") + " and " + tail[last]
	case nouns == len(tail):
		return parts[0] + ", with " + tail[0]
	}
	return body
}

func prefixed(list []string, with string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = with + out[i]
	}
	return out
}

// finite finds parts that are clauses or modifiers and not things.
var finite = regexp.MustCompile(`(?i)\b(?:is|are|was|were|have|has|had|which|that|who|where|when|because|so|while|all|everything|including|among|mostly|mainly|partly|from|with|for|in|on|at|by|to|as|then|but|not|no|about|up|over|under|each)\b`)

// startsLower reports whether a part begins like a common noun.
func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// credential words an entry of the list of credentials.
func credential(text string) string {
	text = strings.TrimRight(strings.Join(strings.Fields(text), " "), ". ")
	first, _, _ := strings.Cut(text, " ")
	low := strings.ToLower(first)
	if text == "" {
		return ""
	}
	if unfinished.MatchString(text) {
		return sentence("My papers say: " + text)
	}
	if holder.MatchString(text) {
		return sentence("I am " + article(text) + lowerFirst(text))
	}
	if set("certificate diploma degree licence license")[low] || degree.MatchString(text) {
		return sentence("I hold " + article(text) + text)
	}
	if office.MatchString(text) {
		return sentence("I am " + article(text) + lowerFirst(text))
	}
	return sentence("Among my papers is “" + text + "”")
}

// office finds entries that name what somebody is.
var office = regexp.MustCompile(`(?i)^(?:advocate|attorney|solicitor|barrister|notary|member|fellow|architect|engineer|teacher|nurse|physician|pharmacist|accountant|auditor|interpreter|translator|electrician|surveyor)\b`)

var (
	holder     = regexp.MustCompile(`(?i)^(?:registered|certified|chartered|licensed|sworn|qualified|accredited)\b.*\b(?:agent|translator|interpreter|accountant|engineer|architect|lawyer|attorney|teacher|trainer|professional|advisor|adviser|consultant|developer|designer|bookkeeper|technician|practitioner|administrator|electrician|therapist|nurse|editor|auditor|surveyor|expert|associate|master)\b`)
	unfinished = regexp.MustCompile(`(?i)\b(?:expired?|in progress|not finished|unfinished|studying|student|expected|pending|candidate|without|not|dropped|attended|lapsed|course)\b`)
	degree     = regexp.MustCompile(`(?i)^(?:b\.?a|m\.?a|b\.?sc|m\.?sc|ph\.?d|mba|bachelor|master|doctorate|diploma|certificate)\b`)
)

func article(text string) string {
	if postOf.MatchString(text) {
		return ""
	}
	r, _ := utf8.DecodeRuneInString(text)
	first, _, _ := strings.Cut(text, " ")
	if strings.ContainsRune("AEIOaeio", r) || set("MSc MA MBA SEO SRE UX UI HR IT ML LLM hourly honest")[first] && !set("UX UI")[first] {
		return "an "
	}
	return "a "
}

// postOf finds posts that one person holds: "head of support".
var postOf = regexp.MustCompile(`(?i)^(?:head|director|owner|founder|co-founder|chief|president|secretary) (?:of|and)\b|^(?:owner|founder|co-founder)$`)

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	first, _, _ := strings.Cut(text, " ")
	if strings.ContainsAny(first[min(size, len(first)):], "ABCDEFGHIJKLMNOPQRSTUVWXYZ.") && size < len(first) && !strings.HasSuffix(first, ".") {
		return text // iPhone, dbt.com
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

// lowerFirst lowers the first letter unless the word is a name or an abbreviation.
func lowerFirst(text string) string {
	first, _, _ := strings.Cut(text, " ")
	runes := []rune(first)
	if len(runes) == 0 || len(runes) > 1 && slices.ContainsFunc(runes[1:], unicode.IsUpper) || len(runes) == 1 && first != "A" {
		return text
	}
	return string(unicode.ToLower(runes[0])) + text[utf8.RuneLen(runes[0]):]
}

// demonym finds words such as Roman, Dutch and Kenyan, which keep their capital.
var demonym = regexp.MustCompile(`^(?:Dutch|Swiss|Roman|Greek|Welsh|Scots|Czech|French|Thai|[A-Z]\pL{2,}(?:ish|ese)|(?:[A-Z]\pL+)(?:rean|sian|lian|nian|gian|rian|dian|nyan|can|tian|guese))$`)

// lowerStart lowers the first letter of a fragment that begins with an everyday
// word: a name keeps its capital.
func lowerStart(text string) string {
	first, _, _ := strings.Cut(text, " ")
	low := strings.ToLower(strings.Trim(first, ",.;:"))
	if len(skillsOf(first)) > 0 && !everyday[low] || months[low] || languageCodes[low] != "" || low == "meta" || demonym.MatchString(first) {
		return text
	}
	if (everyday[low] || commonWord(low)) && !strings.HasPrefix(text, "A level") {
		return lowerFirst(text)
	}
	return text
}
