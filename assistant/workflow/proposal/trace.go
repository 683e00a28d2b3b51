package proposal

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
	"github.com/parleyhq/parley/sessions"
)

// tracer finds what a sentence about the freelancer rests on. It reads the
// freelancer's own sentences and those of the post apart: what the client has
// or wants may be named as the client's ("your 40,000 events"), and is never
// said of the freelancer.
type tracer struct {
	own    []statement
	client []statement
}

// statement is a sentence that may be rested on.
type statement struct {
	text    string
	source  sessions.Source
	stems   map[string]bool
	skills  map[string]bool
	counts  []count
	clauses []clause
	lacks   map[string]bool // stems that only a denial has
}

// clause is a part of a sentence that tells one thing.
type clause struct {
	text   string
	skills []skills.Match
	denies bool // names what is not so
	yours  bool // speaks of the client
}

// count is a number with what it counts.
type count struct {
	value  float64
	unit   string          // year, month, week, day, hour, "" for things
	near   map[string]bool // stems of the words beside it
	names  map[string]bool // skills of its clause
	denied bool            // "not the five you ask for"
	yours  bool
	text   string
}

func newStatement(text string, source sessions.Source) statement {
	s := statement{text: text, source: source, stems: stemsOf(text), skills: skillsOf(text), lacks: make(map[string]bool)}
	has := make(map[string]bool)
	for _, part := range clauses(text) {
		into := has
		if denial.MatchString(text) && denying.MatchString(part) {
			into = s.lacks
		}
		for stem := range stemsOf(part) {
			into[stem] = true
		}
	}
	for stem := range has {
		delete(s.lacks, stem)
	}
	for _, part := range clauses(text) {
		c := clause{text: part, skills: skills.Default().Match(part), denies: denying.MatchString(part), yours: yours.MatchString(part)}
		s.clauses = append(s.clauses, c)
		s.counts = append(s.counts, countsIn(c)...)
	}
	return s
}

var (
	denying = regexp.MustCompile(`(?i)\b(?:not|never|no|n[o']t|cannot|without|haven['’]t|don['’]t|isn['’]t|lack|missing|instead of|rather than|yet to)\b|n['’]t\b`)
	yours   = regexp.MustCompile(`(?i)\byou(?:r|rs)?\b`)
)

// tracerOf gathers what there is to rest on.
func (t *turn) tracer() *tracer {
	r := &tracer{}
	for _, p := range t.passages {
		if p.original {
			continue
		}
		s := newStatement(p.quote, p.source)
		r.own = append(r.own, s)
	}
	for _, s := range t.doc.Memory.Said {
		r.own = append(r.own, newStatement(s.Text, s.Source))
	}
	for _, text := range t.fieldTexts() {
		r.own = append(r.own, newStatement(text.text, text.sources[0]))
	}
	for _, unit := range grounding.Sentences(t.post.Title + ".\n" + t.post.Description) {
		if body := strings.TrimSpace(unit); body != "" {
			r.client = append(r.client, newStatement(body, t.ofPost(body)))
		}
	}
	for _, name := range t.post.Skills {
		r.client = append(r.client, newStatement(name, t.ofPost(name)))
	}
	return r
}

// fieldTexts word the fields of the profile that are no sentences.
func (t *turn) fieldTexts() (lines []line) {
	p := t.profile
	add := func(text, quote string) {
		lines = append(lines, line{text, grounding.Quote, []sessions.Source{t.valueOf(quote)}})
	}
	if p.Headline != "" && !boastful(p.Headline) && !commanding(p.Headline) {
		add(p.Headline, p.Headline)
	}
	for _, e := range p.Experience {
		if e.Title != "" && usable(e.Title+" at work") {
			add("As "+e.Title, e.Title)
		}
	}
	for _, name := range p.Skills {
		add("I work with "+name, name)
	}
	if p.Rate > 0 {
		add("My rate is "+rateText(p.Rate, p.Currency), fmt.Sprint(p.Rate))
	}
	if p.HoursPerWeek > 0 {
		add(fmt.Sprintf("I have up to %d hours a week", p.HoursPerWeek), fmt.Sprint(p.HoursPerWeek))
	}
	if p.AvailableFrom != "" {
		add("I am free from and can start on "+day(p.AvailableFrom, t.in.Now), p.AvailableFrom)
	}
	for _, l := range p.Languages {
		if name := languageNames[l.Code]; name != "" {
			add("I speak "+name+", "+l.Level, l.Code)
		}
	}
	if c := brief.CountryName(p.Country); c != "" {
		add("I live in "+c, p.Country)
	}
	if r := p.TrackRecord; r.Jobs > 0 {
		add(fmt.Sprintf("%d jobs here, %d hours, rating %.1f from %d reviews", r.Jobs, r.Hours, r.Rating, r.Reviews), strconv.Itoa(r.Jobs))
	}
	return lines
}

// trace returns what a sentence rests on, and what of it nothing does. Also a
// line of the workflow's own (a gap, the bid) may be rested on.
func (r *tracer) trace(text string, also ...line) (sources []sessions.Source, missing []string) {
	own := r.own
	for _, l := range also {
		for _, s := range l.sources {
			own = append(own, newStatement(l.text, s))
		}
	}
	s := newStatement(text, sessions.Source{})
	use := func(list []statement, fits func(statement) bool) bool {
		for _, each := range list {
			if fits(each) {
				if !slices.Contains(sources, each.source) {
					sources = append(sources, each.source)
				}
				return true
			}
		}
		return false
	}
	for _, n := range s.counts {
		states := func(each statement) bool { return each.states(n) }
		if !use(own, states) && !(n.yours && use(r.client, states)) {
			missing = append(missing, n.text)
		}
	}
	for _, c := range s.clauses {
		for _, m := range c.skills {
			if plainWord(m.Text) {
				continue
			}
			knows := func(each statement) bool {
				return each.skills[m.Skill.Name] && (c.denies || !each.denied(m.Skill.Name))
			}
			if !use(own, knows) && !((c.yours || c.denies) && use(r.client, knows)) {
				missing = append(missing, m.Text)
			}
		}
	}
	for _, name := range namesIn(text) {
		stem := words.Stem(strings.ToLower(name))
		denied := slices.ContainsFunc(s.clauses, func(c clause) bool { return c.denies && strings.Contains(c.text, name) })
		has := func(each statement) bool { return each.stems[stem] && (denied || !each.lacks[stem]) }
		if !use(own, has) && !(yours.MatchString(text) && use(r.client, has)) {
			missing = append(missing, name)
		}
	}
	for _, word := range papers.FindAllString(text, -1) {
		stem := words.Stem(strings.ToLower(word))
		has := func(each statement) bool { return each.stems[stem] }
		if !use(own, has) && !(yours.MatchString(text) && use(r.client, has)) && !denying.MatchString(text) {
			missing = append(missing, word)
		}
	}
	if boastful(text) {
		missing = append(missing, "praise")
	}
	if len(sources) == 0 {
		if best := r.nearest(own, s); best != nil {
			sources = append(sources, best.source)
		}
	}
	return sources, missing
}

// nearest is the own statement that shares most telling words with a sentence.
func (r *tracer) nearest(own []statement, s statement) *statement {
	var best *statement
	most := 0.0
	for i := range own {
		if v := shared(s.stems, own[i].stems); v > most {
			best, most = &own[i], v
		}
	}
	return best
}

// known is how much of the telling words of a sentence any own statement has.
func (r *tracer) known(text string) float64 {
	all := make(map[string]bool)
	for _, each := range r.own {
		for stem := range each.stems {
			all[stem] = true
		}
	}
	return share(stemsOf(text), all)
}

// states reports whether a statement has a number for the same things: with
// the same unit, beside the same words, and for the same skills.
func (s statement) states(n count) bool {
	for _, own := range s.counts {
		if own.value != n.value || own.unit != n.unit || own.denied != n.denied {
			continue
		}
		if len(n.names) > 0 && !within(n.names, own.names) && !within(n.names, s.skills) || n.unit == "year" && !within(n.names, own.names) {
			continue
		}
		if len(n.near) == 0 || overlap(n.near, own.near) || n.unit == "" && overlap(n.near, s.stems) {
			return true
		}
	}
	return false
}

func within(a, b map[string]bool) bool {
	for name := range a {
		if !b[name] {
			return false
		}
	}
	return true
}

func overlap(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}

// denied reports whether a statement names a skill only as one that is lacking.
func (s statement) denied(name string) bool {
	for _, c := range s.clauses {
		for _, m := range c.skills {
			if m.Skill.Name == name && !(c.denies && denial.MatchString(s.text)) {
				return false
			}
		}
	}
	return true
}

// beside is how many words on each side of a number tell what it counts.
const besideWords = 5

// countsIn finds the numbers of a clause.
func countsIn(c clause) []count {
	tokens := wordsWithin.FindAllString(c.text, -1)
	var list []count
	names := make(map[string]bool)
	for _, m := range c.skills {
		if !plainWord(m.Text) {
			names[m.Skill.Name] = true
		}
	}
	for i, token := range tokens {
		value, ok := valueOfWord(token)
		if !ok || strings.EqualFold(token, "one") {
			continue
		}
		n := count{value: value, near: make(map[string]bool), names: names, yours: c.yours, text: token}
		for j := max(0, i-besideWords); j < min(len(tokens), i+besideWords+1); j++ {
			low := strings.ToLower(tokens[j])
			if j > i && j <= i+2 && units[low] != "" && n.unit == "" {
				n.unit = units[low]
			}
			if j < i && j >= i-3 && (low == "not" || low == "n't" || low == "than" || low == "of" && j > 0 && strings.EqualFold(tokens[j-1], "instead")) && low != "than" {
				n.denied = true
			}
			if _, number := valueOfWord(low); j != i && !number && units[low] == "" && !words.Stop(low) {
				n.near[words.Stem(low)] = true
			}
		}
		list = append(list, n)
	}
	return list
}

var (
	wordsWithin = regexp.MustCompile(`\d[\d,.]*\d|\d+|[\pL][\pL'’+#]*`)
	units       = map[string]string{"year": "year", "years": "year", "month": "month", "months": "month", "week": "week", "weeks": "week", "day": "day", "days": "day", "hour": "hour", "hours": "hour", "percent": "percent"}
	papers      = regexp.MustCompile(`(?i)\b(?:certified|certificates?|certifications?|degrees?|phd|ph\.d|msc|bsc|mba|bachelor|master['’]?s|doctorate|diploma|licen[cs]ed|licen[cs]es?|sworn|chartered|accredited|registered|awards?|award-winning|patents?|graduate|graduated|university|studied)\b`)
)

func valueOfWord(word string) (float64, bool) {
	low := strings.ToLower(word)
	if low[0] >= '0' && low[0] <= '9' {
		value, err := strconv.ParseFloat(strings.ReplaceAll(low, ",", ""), 64)
		return value, err == nil
	}
	value, ok := numberWords[low]
	return value, ok
}

var numberWords = map[string]float64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1e6, "dozen": 12, "dozens": 24, "hundreds": 200, "thousands": 2000, "millions": 2e6, "decade": 10.5, "decades": 20.5}

// plainWord reports whether a skill stands as an everyday word: "writing".
func plainWord(text string) bool {
	return strings.ToLower(text) == text && !strings.Contains(text, " ") && commonOrEveryday(text)
}

func commonOrEveryday(word string) bool {
	return words.Stop(word) || everyday[word] || words.Weight(words.Stem(word)) < 0.75
}

// namesIn finds the words inside a sentence that stand like proper names and
// are no skills.
func namesIn(text string) []string {
	covered := make(map[int]bool)
	for _, m := range skills.Default().Match(text) {
		for i := m.Start; i < m.End; i++ {
			covered[i] = true
		}
	}
	var list []string
	begun := false
	for _, span := range wordsWithin.FindAllStringIndex(text, -1) {
		word := text[span[0]:span[1]]
		first := !begun || strings.ContainsAny(strings.TrimSpace(text[:span[0]])[max(0, len(strings.TrimSpace(text[:span[0]]))-1):], ":.“\"")
		begun = true
		if covered[span[0]] || !unicode.IsUpper([]rune(word)[0]) || first && !strings.ContainsFunc(word[1:], unicode.IsUpper) {
			continue
		}
		low := strings.ToLower(word)
		if low == "i" || strings.HasPrefix(low, "i'") || strings.HasPrefix(low, "i’") || months[low] || everyday[low] {
			continue
		}
		list = append(list, word)
	}
	return list
}
