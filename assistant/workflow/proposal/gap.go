package proposal

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
	"github.com/parleyhq/parley/sessions"
)

// mostGaps are named in one proposal; more would be a letter of refusal.
const mostGaps = 2

// gaps says in a sentence or two what the post demands and the profile does not
// show: never in the headline, and never hidden.
func (t *turn) gaps() (lines []line) {
	var short []string
	var sources []sessions.Source
	n := 0
	for _, need := range byWeight(t.needs) {
		if n == mostGaps || need.Not || !t.lacks(need) || need.weight < leastGap || t.style().without(need) {
			continue
		}
		if p := t.admits(need); p != nil {
			for _, each := range t.withBefore(p) {
				lines = append(lines, line{each.bare, grounding.Quote, []sessions.Source{each.source}})
				t.take(each)
			}
			n++
		}
		if t.answered(need) {
			continue
		}
		if need.Kind == fit.Level {
			continue
		}
		if l, ok := t.unspoken(need); ok {
			if p := t.passageOf(l.sources[0]); p != nil {
				t.take(p)
			}
			lines = append(lines, l)
			n++
		}
		if !need.Must || need.Kind == fit.Language {
			continue
		}
		source := t.ofPost(need.Quote)
		if text, own := t.yearsShort(need); text != "" {
			short, sources = append(short, text), append(append(sources, own...), source)
			n++
		} else if text := t.absent(need); text != "" && t.admits(need) == nil {
			lines = append(lines, line{text, grounding.Number, []sessions.Source{source}})
			n++
		}
	}
	for _, p := range t.passages {
		if n < mostGaps && p.denies && !t.has(p) && !t.barred(p) && t.concerns(p) {
			for _, each := range t.withBefore(p) {
				lines = append(lines, line{each.bare, grounding.Quote, []sessions.Source{each.source}})
				t.take(each)
			}
			n++
		}
	}
	if len(short) > 0 {
		lines = append([]line{{"I have " + workflow.Join(short) + ".", grounding.Number, sources}}, lines...)
	}
	return lines
}

// holds reports whether anything in the list of credentials comes near one.
func (t *turn) holds(n need) bool {
	for _, c := range t.profile.Credentials {
		if shared(n.stems, stemsOf(c)) > 0 || academic.MatchString(n.Quote) && academic.MatchString(c) {
			return true
		}
	}
	return false
}

// academic finds degrees, of which one may be what another is called.
var academic = regexp.MustCompile(`(?i)\b(?:degree|diploma|b\.?sc|m\.?sc|b\.?a|m\.?a|ph\.?d|llb|llm|mba|bachelor|master|doctorate|graduate|university)\b`)

// ofPost is a source in the post; the quote is left out where it was read from
// a field or put in other words.
func (t *turn) ofPost(quote string) sessions.Source {
	s := sessions.Source{Kind: "document", ID: t.doc.JobPost.ID, Quote: quote}
	if t.doc.JobPost.ID == "" {
		s.Kind, s.ID = "message", t.doc.Memory.PostedIn
	}
	if !strings.Contains(t.post.Title+"\n"+t.post.Description, quote) {
		s.Quote = ""
	}
	return s
}

// concerns reports whether the person denies something that the post names.
func (t *turn) concerns(p *passage) bool {
	asked := skillsOf(t.post.Title + "\n" + t.post.Description + "\n" + strings.Join(t.post.Skills, ", "))
	for _, part := range clauses(p.quote) {
		if !denying.MatchString(part) {
			continue
		}
		if hasAny(skillsOf(part), asked) || shared(stemsOf(part), t.topic) >= leastConcern || slices.ContainsFunc(namesIn(part), func(name string) bool { return t.topic[words.Stem(strings.ToLower(name))] }) {
			return true
		}
	}
	return false
}

// leastConcern is the telling weight of what a denial and the post both name.
const leastConcern = 0.8

// leastGap is the weight of the smallest gap that is named: a language that
// would be welcome.
const leastGap = 0.15

// unspoken says that a language the post names is not among the freelancer's, as
// a list of languages is complete, or that they speak it less well.
func (t *turn) unspoken(n need) (line, bool) {
	if n.Kind != fit.Language || n.Quote == "" || len(t.profile.Languages) == 0 || len(n.Codes) != 1 || languageNames[n.Codes[0]] == "" {
		return line{}, false
	}
	name := languageNames[n.Codes[0]]
	var codes []sessions.Source
	for _, l := range t.profile.Languages {
		if l.Code != n.Codes[0] {
			codes = append(codes, t.valueOf(l.Code))
			continue
		}
		if p := t.saysOf(name); p != nil { // in their own words, wherever those stand
			return line{p.bare, grounding.Quote, []sessions.Source{p.source}}, n.Must && !t.has(p) && n.finding.Status != fit.Met && countWords(p.bare) <= 25
		}
		if !n.Must || l.Level == "" || n.Fluency == "" || l.Level == n.Fluency {
			return line{}, false
		}
		return line{fmt.Sprintf("My %s is %s, not %s as you ask.", name, l.Level, n.Fluency), grounding.Number, []sessions.Source{t.valueOf(l.Code), t.ofPost(n.Quote)}}, true
	}
	return line{name + " is not among my languages.", grounding.Number, codes}, true
}

// absent says of what nothing is to be seen, neither in a sentence nor in the
// list of skills, with what comes nearest to it.
func (t *turn) absent(n need) string {
	if n.Years > 0 && n.finding.Status != fit.Met {
		return "I cannot show " + plainYears(int(n.Years)) + " of " + t.called(subjectOf(n)) + "."
	}
	quote := strings.TrimRight(n.Quote, " .,;")
	if n.Kind == fit.Credential && !t.holds(n) && quote != "" && countWords(quote) <= 7 {
		return "Among my papers there is no " + strings.TrimSpace(determined.ReplaceAllString(quote, "")) + "."
	}
	if n.finding.Status == fit.Partly && !strings.HasSuffix(n.finding.Note, " is near.") || t.touches(n) {
		return ""
	}
	switch {
	case n.Kind == fit.Skill && len(n.Skills) > 0:
		return t.unshown(t.called(firstOf(shortQuote(n), n.Skills[0]))) + t.nearestTo(n) + "."
	case n.Kind != fit.Credential && quote != "" && countWords(quote) <= 7 && !figures.MatchString(quote):
		return "For “" + quote + "” I have nothing to show yet."
	}
	return ""
}

var determined = regexp.MustCompile(`(?i)^(?:an?|the|your|valid|some|must have|have|with|holds?)\s+`)

// unshown says that no work with something can be shown: of a tool, which has a
// name, otherwise than of a kind of work.
func (t *turn) unshown(what string) string {
	if what == strings.ToLower(what) {
		return []string{"In " + what + " I have nothing to show yet", "I cannot show you any work in " + what + " yet"}[seed(t.profileID()+what)%2]
	}
	return []string{"I have not worked with " + what + " in anything I can show you", "I cannot show you any work with " + what + " yet"}[seed(t.profileID()+what)%2]
}

// called is what the post calls something: a kind of work in small letters, as
// people write it in a sentence, and a name as it is.
func (t *turn) called(what string) string {
	if low := strings.ToLower(what); strings.Contains(t.post.Description, low) || strings.Contains(t.post.Title, low) {
		return low
	}
	fields := strings.Fields(what)
	for _, word := range fields {
		low := strings.ToLower(word)
		if word[1:] != low[1:] || !words.Default().Known(words.Stem(low)) {
			return what
		}
	}
	if len(fields) == 1 && !activity.MatchString(what) {
		return what // Swift, Word, Blender
	}
	return strings.ToLower(what)
}

var activity = regexp.MustCompile(`(?i)(?:ing|tion|ment|sis|phy|graphy|letters|tics|ship|ics|ity|ance|sales|support|research)$`)

// nearestTo names the listed skill that comes nearest to a need: "; what comes
// nearest is Vue".
func (t *turn) nearestTo(n need) string {
	best, most := "", leastRelated
	for _, own := range t.profile.Skills {
		for name := range skillsOf(own) {
			for asked := range n.skills {
				if v := skills.Default().Relatedness(name, asked); v > most {
					best, most = own, v
				}
			}
		}
	}
	if best == "" {
		return ""
	}
	return "; what comes nearest is " + t.called(best)
}

// leastRelated is how near a skill must come to be named beside one that is lacking.
const leastRelated = 0.35

// shortQuote is what the post calls a skill, where that is a word or two.
func shortQuote(n need) string {
	if countWords(n.Quote) <= 3 {
		return strings.Trim(n.Quote, " .,;")
	}
	return ""
}

// withBefore is a passage with the one before it where it only points at what
// that says ("I have not put one on a phone"), without those chosen already.
func (t *turn) withBefore(p *passage) (list []*passage) {
	if pointing.MatchString(p.quote) || p.leans {
		for _, before := range t.passages {
			if before.group == p.group && before.order == p.order-1 && !t.has(before) && !before.leans {
				list = append(list, before)
			}
		}
	}
	if !t.has(p) {
		list = append(list, p)
	}
	return list
}

var pointing = regexp.MustCompile(`(?i)\b(?:one|it|them|that|this|these|those|so|either)\b`)

// touches reports whether anything that the person says or lists comes near a
// need. Only what is nowhere near is called missing: a gap that is named
// without need does harm.
func (t *turn) touches(n need) bool {
	known := make(map[string]bool)
	var texts []string
	for _, l := range t.fieldTexts() {
		texts = append(texts, l.text)
	}
	for _, p := range t.passages {
		if !p.denies {
			texts = append(texts, p.quote)
		}
	}
	texts = append(texts, t.saidText())
	for _, text := range texts {
		listed := skillsOf(text)
		if n.names(text, listed) {
			return true
		}
		for name := range listed {
			known[name] = true
		}
		for stem := range stemsOf(text) {
			for asked := range n.stems {
				if words.Weight(asked) >= 0.5 && len(stem) > 3 && len(asked) > 3 && (strings.HasPrefix(stem, asked[:4]) && strings.HasPrefix(asked, stem[:min(len(stem), 5)]) || stem == asked) {
					return true
				}
			}
		}
	}
	if len(n.Skills) > 0 && n.Must {
		if name := t.called(firstOf(shortQuote(n), n.Skills[0])); name != strings.ToLower(name) {
			return false // a tool, and only something near it, which is said beside
		}
	}
	for name := range known {
		for asked := range n.skills {
			if skills.Default().Relatedness(name, asked) > 0 {
				return true
			}
		}
	}
	return false
}

// lacks reports whether a need is open, or met only by words in which the
// person says that it is not: "never connected Zendesk to Shopify myself".
func (t *turn) lacks(n need) bool {
	if n.open() {
		return true
	}
	p := t.admits(n)
	return p != nil && share(n.stems, p.stems) >= 0.65
}

// admits finds the person's own words about a gap.
func (t *turn) admits(n need) *passage {
	var best *passage
	most := 0.0
	for _, p := range t.passages {
		if !p.denies {
			continue
		}
		worth := share(n.stems, p.stems)
		for name := range n.skills {
			if p.skills[name] {
				worth = max(worth, 0.7)
			}
		}
		if worth > most && worth >= 0.4 {
			best, most = p, worth
		}
	}
	return best
}

// answered reports whether the person spoke about a need when asked.
func (t *turn) answered(n need) bool {
	for _, s := range t.doc.Memory.Said {
		if s.Answers > 0 && t.doc.Memory.Asked[s.Answers-1].Of == n.ID && (n.names(s.Text, skillsOf(s.Text)) || share(n.stems, stemsOf(s.Text)) > 0.2 || denial.MatchString(s.Text)) {
			return true
		}
	}
	return false
}

// yearsShort says "two years of Airflow, not the four you ask for", where the
// person names the length. What only the dates of positions suggest is not said.
func (t *turn) yearsShort(n need) (string, []sessions.Source) {
	if n.Years == 0 {
		return "", nil
	}
	own, sources, ok := t.yearsSaid(n)
	if !ok || own+0.25 >= n.Years {
		return "", nil
	}
	return fmt.Sprintf("%s of %s, not the %s you ask for", years(own), subjectOf(n), number(int(n.Years))), sources
}

// subjectOf is what a number of years is asked of, in the words of the post.
func subjectOf(n need) string {
	for _, text := range []string{n.Quote, n.Text} {
		if m := ofWhat.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	if len(n.Skills) > 0 {
		return n.Skills[0]
	}
	return "this"
}

var ofWhat = regexp.MustCompile(`(?i)\byears?['’]?(?: of)?(?: experience)?(?: (?:of|in|with|as an?|as))? ((?:[\pL\d.+#-]+ ?){1,4}?)(?: (?:in|and|or|for|at|with|to|on|is|as)\b.*|[,.;].*)?$`)

// years words a length: "about two years", "less than a year", "a year and a half".
func years(n float64) string {
	whole := math.Floor(n + 0.25)
	switch {
	case n < 0.8:
		return "less than a year"
	case n < 1.25:
		return "about a year"
	case n < 1.75:
		return "about a year and a half"
	case math.Abs(n-math.Round(n)) < 0.01:
		return plainYears(int(math.Round(n)))
	}
	return "about " + plainYears(int(max(2, whole)))
}

func plainYears(n int) string {
	if n == 1 {
		return "one year"
	}
	return number(n) + " years"
}

// yearsSaid finds for how long the profile says in words that a skill was used.
func (t *turn) yearsSaid(n need) (float64, []sessions.Source, bool) {
	for _, p := range t.passages {
		if p.denies || p.said || !n.names(p.quote, p.skills) {
			continue
		}
		if value, ok := yearsIn(p.quote, n, t.in.Now); ok {
			return value, []sessions.Source{p.source}, true
		}
	}
	return 0, nil, false
}

// yearsOf finds for how long a skill was used: as the profile says, or else by
// the dates of the positions that show it.
func (t *turn) yearsOf(n need) (float64, bool) {
	if own, _, ok := t.yearsSaid(n); ok {
		return own, true
	}
	total := 0.0
	for _, e := range t.profile.Experience {
		text := e.Title + ". " + e.Text
		if !n.names(text, skillsOf(text)) {
			continue
		}
		total += lasted(e.From, e.To, t.in.Now)
	}
	return total, total > 0
}

func hasAny(a, b map[string]bool) bool {
	for name := range b {
		if a[name] {
			return true
		}
	}
	return false
}

var (
	sinceYear = regexp.MustCompile(`(?i)\bsince (?:the )?(?:(beginning|start|end|middle|early|mid|late|spring|summer|autumn|fall|winter)(?: of)?[ -])?(?:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* )?((?:19|20)\d\d)\b`)
	inMonth   = regexp.MustCompile(`(?i)\bin (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* ((?:19|20)\d\d)\b`)
	someYears = regexp.MustCompile(`(?i)\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)(?:[ -]and[ -]a[ -]half)?[ -]years?\b(.{0,60})`)
)

// yearsIn reads a length of time from a sentence that names a skill: the clause
// with the number must name the skill, not another.
func yearsIn(text string, n need, now time.Time) (float64, bool) {
	for _, clause := range clauses(text) {
		if !n.names(clause, skillsOf(clause)) {
			continue
		}
		if m := sinceYear.FindStringSubmatch(clause); m != nil {
			return since(m[3], m[2], m[1], now), true
		}
		if m := someYears.FindStringSubmatch(clause); m != nil {
			if value, err := strconv.Atoi(m[1]); err == nil {
				return float64(value), true
			}
			for value, word := range map[float64]string{1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 15: "fifteen", 20: "twenty"} {
				if strings.EqualFold(m[1], word) {
					return value, true
				}
			}
		}
	}
	if m := inMonth.FindStringSubmatch(text); m != nil && regexp.MustCompile(`(?i)\b(?:moved|switched|started|began|changed|went over)\b`).MatchString(text) && n.names(text[strings.Index(text, m[0]):], skillsOf(text[strings.Index(text, m[0]):])) {
		return since(m[2], m[1], "", now), true
	}
	return 0, false
}

// clauses parts a sentence where another thing begins to be told.
func clauses(text string) []string {
	return regexp.MustCompile(`[;:]\s+|,\s+(?:and |but |before|since then|then |now |later )|\s+but\s+|,\s+since\b`).Split(text, -1)
}

func since(year, month, part string, now time.Time) float64 {
	y, _ := strconv.Atoi(year)
	at := 0.0
	for i, name := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if strings.EqualFold(month, name) {
			at = float64(i) / 12
		}
	}
	switch strings.ToLower(part) {
	case "end", "late", "winter", "autumn", "fall":
		at = 0.85
	case "middle", "mid", "summer":
		at = 0.5
	}
	return max(0, float64(now.Year())+float64(now.YearDay())/365-float64(y)-at)
}

// lasted is how long a position was held, in years.
func lasted(from, to string, now time.Time) float64 {
	a, err := time.Parse("2006-01", from)
	if err != nil {
		return 0
	}
	b := now
	if to != "" {
		if b, err = time.Parse("2006-01", to); err != nil {
			return 0
		}
		b = b.AddDate(0, 1, 0)
	}
	return max(0, b.Sub(a).Hours()/24/365.25)
}

// without reports whether the person does not want a need spoken of.
func (s Style) without(n need) bool {
	for _, what := range s.Without {
		if share(stemsOf(what), n.stems) > 0.5 || hasAny(skillsOf(what), n.skills) {
			return true
		}
	}
	return false
}
