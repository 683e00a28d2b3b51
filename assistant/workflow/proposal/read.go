package proposal

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

// readPost reads a pasted job post. Its description is the whole text.
func readPost(text string, in brief.Input) retrieval.JobPost {
	text = strings.TrimSpace(text)
	post := retrieval.JobPost{Description: text, Language: "en"}
	first, rest, _ := strings.Cut(text, "\n")
	if first = strings.TrimSpace(strings.TrimPrefix(first, "Title:")); countWords(first) <= 14 && !strings.HasSuffix(first, ".") && strings.TrimSpace(rest) != "" {
		post.Title, post.Description = strings.Trim(first, "#* "), strings.TrimSpace(rest)
	}
	in.Text = text
	b := brief.Read(in).Brief
	if post.Title == "" {
		post.Title = b.Title.Value
	}
	post.Category, post.Level = b.Category.Value, b.Level.Value
	for _, item := range b.Must {
		post.Skills = append(post.Skills, item.Text)
	}
	if p := b.Pay.Value; b.Pay.Known() && p.Per == "" && (p.Type != "" || p.Amount()) {
		post.PayType, post.PayMin, post.PayMax, post.Currency = p.Type, p.Min, p.Max, p.Currency
	}
	if b.Hours.Known() {
		post.HoursPerWeek = max(b.Hours.Value.Min, b.Hours.Value.Max)
	}
	if b.Location.Known() {
		post.Country = b.Location.Value.Country
	}
	return post
}

// readProfile reads a pasted profile or CV: the first short line is its
// headline, what stands below a heading goes where that says, positions are
// known by their years, and all the rest is the overview. Every text is kept
// letter by letter, as evidence.
func readProfile(text string, now time.Time) retrieval.Profile {
	r := profileReader{now: now}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines[:min(len(lines), mostLines)] {
		r.line(strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "-*•#")), i == 0)
	}
	return r.profile()
}

// mostLines of a pasted profile are read; a long CV has some hundreds.
const mostLines = 2000

// profileReader reads a profile line by line.
type profileReader struct {
	p        retrieval.Profile
	section  string
	overview []string
	now      time.Time
	named    bool // the first line was a name
}

func (r *profileReader) line(line string, first bool) {
	if line == "" {
		if r.section != "experience" {
			r.section = ""
		}
		return
	}
	if m := sections.FindStringSubmatch(line); m != nil {
		r.section = sectionOf(m[1])
		if line = strings.TrimSpace(m[2]); line == "" {
			return
		}
	}
	switch {
	case r.section == "skills":
		r.p.Skills = append(r.p.Skills, listed(line)...)
	case r.section == "languages":
		r.p.Languages = append(r.p.Languages, spoken(line)...)
	case r.section == "credentials":
		r.p.Credentials = append(r.p.Credentials, line)
	case r.section == "headline":
		r.p.Headline, r.section = line, ""
	case r.section == "rate" && r.rate(line):
	case r.position(line):
		r.section = "experience"
	case r.section == "experience" && len(r.p.Experience) > 0:
		e := &r.p.Experience[len(r.p.Experience)-1]
		e.Text = strings.TrimSpace(e.Text + "\n" + line)
	case first && isName(line):
		r.named = true // names are not read
	case (first || r.named && r.p.Headline == "" && len(r.overview) == 0) && countWords(line) <= 12 && !strings.HasSuffix(line, "."):
		r.p.Headline = line
	case r.terms(line):
	default:
		r.overview = append(r.overview, line)
	}
}

// terms reads the sentences of a line that state languages, hours, a date or a
// rate, and keeps the rest as running text. It reports whether it did.
func (r *profileReader) terms(line string) bool {
	var rest []string
	found := false
	for _, unit := range grounding.Sentences(line) {
		body := strings.TrimSpace(unit)
		short := countWords(body) <= 12 && !ownSubject.MatchString(body)
		switch {
		case body == "":
			continue
		case short && levelled.MatchString(body):
			if list := spoken(strings.NewReplacer(" and ", ", ", ".", "").Replace(body)); len(list) > 0 {
				r.p.Languages, found = append(r.p.Languages, list...), true
				continue
			}
		case short && rateWords.MatchString(body) && r.rate(body):
			found = true
			continue
		case short && offered.MatchString(body):
			if m := weekly.FindStringSubmatch(body); m != nil {
				r.p.HoursPerWeek, _ = strconv.Atoi(m[1])
				found = true
				if from := r.date(body); from != "" {
					r.p.AvailableFrom = from
					continue
				}
				if !aboutStart.MatchString(body) {
					continue
				}
			}
		}
		rest = append(rest, body)
	}
	if !found {
		return false
	}
	if len(rest) > 0 {
		r.overview = append(r.overview, strings.Join(rest, " "))
	}
	return true
}

// date reads "from 12 January" as the next day of that name, YYYY-MM-DD.
func (r *profileReader) date(text string) string {
	m := fromDay.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	d, err := time.Parse("2 January 2006", m[1]+" "+capital(strings.ToLower(m[2]))+" "+strconv.Itoa(r.now.Year()))
	if err != nil {
		return ""
	}
	if d.Before(r.now.AddDate(0, 0, -1)) {
		d = d.AddDate(1, 0, 0)
	}
	return d.Format(time.DateOnly)
}

// isName reports whether a line is a person's name and no trade.
func isName(line string) bool {
	if !personName.MatchString(line) || len(skillsOf(line)) > 0 {
		return false
	}
	for word := range strings.FieldsSeq(strings.ToLower(line)) {
		if everyday[word] || commonWord(word) || len(word) > 3 && personal.MatchString(word) {
			return false
		}
	}
	return true
}

var (
	fromDay    = regexp.MustCompile(`(?i)\bfrom (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(january|february|march|april|may|june|july|august|september|october|november|december)\b`)
	personName = regexp.MustCompile(`^[A-Z][\pL'’-]+(?: [A-Z][\pL'’-]*\.?){1,2}$`)
	levelled   = regexp.MustCompile(`(?i)\b(?:a1|a2|b1|b2|c1|c2|native|fluent|mother tongue|conversational|basic)\b`)
	offered    = regexp.MustCompile(`(?i)^(?:available|free|availability|hours?)\b|\bhours (?:a|per) week\b`)
	weekly     = regexp.MustCompile(`(?i)\b(\d{1,2})\+? ?(?:hours|h|hrs) ?(?:a|per|/) ?week`)
)

// profile completes what was read line by line: skills and a rate that only
// the running text names.
func (r *profileReader) profile() retrieval.Profile {
	p := r.p
	p.Overview = strings.Join(r.overview, "\n")
	if len(p.Skills) == 0 {
		seen := make(map[string]bool)
		for _, m := range skills.Default().Match(p.Headline + "\n" + p.Overview) {
			if !seen[m.Skill.Name] {
				seen[m.Skill.Name] = true
				p.Skills = append(p.Skills, m.Skill.Name)
			}
		}
	}
	if p.Rate == 0 {
		if price := priced(p.Overview); price.kind == "hourly" && rateWords.MatchString(p.Overview) {
			p.Rate, p.Currency = price.amount, price.currency
		}
	}
	return p
}

func (r *profileReader) rate(line string) bool {
	price := priced(line)
	if price.amount == 0 || price.currency == "" {
		return false
	}
	r.p.Rate, r.p.Currency = price.amount, price.currency
	return true
}

// position reads "Data engineer, energy retailer, 2019–2023: Moved …".
func (r *profileReader) position(line string) bool {
	m := dated.FindStringSubmatchIndex(line)
	if m == nil || countWords(line[:m[0]]) > 14 {
		return false
	}
	part := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return line[m[2*n]:m[2*n+1]]
	}
	title := strings.Trim(line[:m[0]], " ,–—-:(|")
	rest := strings.Trim(line[m[1]:], " ,–—-:)|.")
	if title == "" {
		title, rest, _ = strings.Cut(rest, ": ")
	}
	if title == "" {
		return false
	}
	r.p.Experience = append(r.p.Experience, retrieval.Experience{Title: title, From: monthOf(part(1), part(2)), To: monthOf(part(3), part(4)), Text: rest})
	return true
}

var (
	sections  = regexp.MustCompile(`(?i)^(headline|title|about(?: me)?|summary|overview|profile|bio|(?:work |professional )?(?:experience|history)|employment|(?:key |technical |my )?skills|tools|languages?(?: spoken)?|(?:hourly )?rate|price|education|certifications?|certificates?|credentials|qualifications|licen[cs]es)\s*(?:[:：]\s*(.*)|()$)`)
	rateWords = regexp.MustCompile(`(?i)\b(?:rate|charge|per hour|an hour|hourly)\b|/ ?h`)
	dated     = regexp.MustCompile(`(?i)\(?(?:since |from )?((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? |\d{1,2}[/.])?((?:19|20)\d\d)(?:\s*(?:-|–|—|to|until|till)\s*((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? |\d{1,2}[/.])?((?:19|20)\d\d|now|present|today|date|current)|(?:\s*(?:-|–|—))?\s*$|\s*(?:-|–)\s*:)\)?`)
)

func sectionOf(name string) string {
	name = strings.ToLower(name)
	switch {
	case strings.Contains(name, "skill") || name == "tools":
		return "skills"
	case strings.Contains(name, "language"):
		return "languages"
	case strings.Contains(name, "rate") || name == "price":
		return "rate"
	case strings.Contains(name, "experience") || strings.Contains(name, "history") || name == "employment":
		return "experience"
	case name == "headline" || name == "title":
		return "headline"
	case strings.HasPrefix(name, "about") || name == "summary" || name == "overview" || name == "profile" || name == "bio":
		return "overview"
	}
	return "credentials"
}

func listed(line string) []string {
	var list []string
	for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(",;|·•", r) }) {
		if part = strings.Trim(part, " ."); part != "" && countWords(part) <= 5 && len(list) < 60 {
			list = append(list, part)
		}
	}
	return list
}

// spoken reads "English (native), German fluent, basic Dutch".
func spoken(line string) []retrieval.Language {
	var list []retrieval.Language
	for _, part := range listed(line) {
		low := strings.ToLower(part)
		for name, code := range languageCodes {
			if !strings.Contains(low, name) {
				continue
			}
			level := ""
			for _, l := range fluency {
				if strings.Contains(low, l.word) {
					level = l.level
					break
				}
			}
			list = append(list, retrieval.Language{Code: code, Level: level})
		}
	}
	return list
}

var fluency = []struct{ word, level string }{
	{"native", "native"}, {"mother", "native"}, {"first", "native"}, {"bilingual", "native"}, {"c2", "fluent"}, {"c1", "fluent"}, {"fluent", "fluent"}, {"excellent", "fluent"},
	{"b2", "conversational"}, {"b1", "conversational"}, {"good", "conversational"}, {"conversational", "conversational"}, {"working", "conversational"}, {"a2", "basic"}, {"a1", "basic"}, {"basic", "basic"}, {"some", "basic"},
}

// monthOf writes a month and a year as profiles have them, "" for the present.
func monthOf(month, year string) string {
	if year == "" || year[0] < '0' || year[0] > '9' {
		return ""
	}
	month = strings.ToLower(strings.Trim(month, " ./"))
	n := 1
	if m, err := strconv.Atoi(month); err == nil && m >= 1 && m <= 12 {
		n = m
	}
	for i, name := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if strings.HasPrefix(month, name) {
			n = i + 1
		}
	}
	return year + "-" + string(rune('0'+n/10)) + string(rune('0'+n%10))
}
