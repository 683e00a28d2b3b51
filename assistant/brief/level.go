package brief

import "strings"

var (
	// denials deny what follows.
	denials = words(`not no don't doesn't without isn't needn't dont never avoid nobody doesnt aren't rather`)
)

const (
	entry        = "entry"
	intermediate = "intermediate"
	expert       = "expert"
)

var levelWords = newLexicon[string]()

func init() {
	levelWords.add(expert, "senior", "sr", "sr .", "expert", "experts", "experienced", "seasoned", "top notch", "highly skilled", "very skilled",
		"highly experienced", "very experienced", "veteran", "advanced", "senior level", "expert level", "lots of experience", "a lot of experience",
		"years of experience", "extensive experience", "deep experience", "proven experience", "proven track record", "strong experience",
		"solid experience", "plenty of experience", "world class", "best of the best", "lead")
	levelWords.add(intermediate, "intermediate", "mid level", "midlevel", "mid", "medium level", "mid weight", "middle", "intermediate level",
		"some experience", "a bit of experience", "moderately experienced", "medior")
	levelWords.add(entry, "junior", "juniors", "jr", "jr .", "beginner", "beginners", "entry level", "entry", "student", "students", "intern", "newbie",
		"novice", "fresher", "freshers", "no experience needed", "no experience required", "no experience necessary", "no prior experience needed",
		"experience not required", "experience is not required", "experience isn't required", "inexperienced", "recent graduate", "trainee",
		"just starting out", "starting out")
}

var (
	workers = words(`someone somebody person people freelancer freelancers developer developers dev devs designer designers writer writers translator translators editor
		editors engineer engineers programmer programmers coder coders contractor contractors consultant consultants expert experts specialist specialists
		professional professionals pro va assistant assistants accountant accountants bookkeeper lawyer lawyers attorney paralegal marketer marketers tutor
		tutors teacher teachers instructor illustrator illustrators animator animators photographer photographers videographer videographers copywriter
		copywriters proofreader proofreaders analyst analysts scientist scientists chemist researcher researchers architect architects artist artists manager
		managers strategist voice actor actors talent narrator singer musician producer composer admin administrator virtual candidate candidates tester
		testers planner recruiter guy girl gal man woman candidate applicant applicants individual individuals team agency coach interpreter interpreters
		transcriptionist modeler drafter draftsman biologist statistician trainer webmaster seo closer salesperson sdr representative agent agents partner cfo
		cto devops freelance gun hand hands sre solicitor solicitors advisor adviser sysadmin caller callers telemarketer moderator secretary receptionist typist musicians drummer guitarist
		subtitler ghostwriter journalist blogger gardener mechanic therapist nutritionist dietitian surveyor economist physicist recruiters bookkeepers technician`)
	levelAbilities = words("fine ok okay good enough welcome works acceptable great suffices suffice preferred wanted needed required please only would is could can or and")
	notWorkers     = words(`citizens citizen care living home homes people's center centre community residents pets dogs adults portal project app platform discounts housing
		users friendly guide guides course courses class lessons tutorial series book books audience members loans housing accommodation dating discount yoga
		fitness program programs`)
)

// level finds how experienced the person is to be who does the work.
func (r *reader) level() {
	if r.in.Asked == SlotLevel && r.namedLevel() {
		return
	}
	for i := range r.tokens {
		if r.closed(i) || r.claimed(i) {
			continue
		}
		if end, ok := r.yearsOf(i); ok {
			r.addYears(i, end)
			continue
		}
		means, end, ok := levelWords.match(r.view, i)
		if !ok && r.in.Asked == SlotLevel && r.is(i, "pro", "professional", "pros", "top") {
			means, end, ok = expert, i+1, true
		}
		if !ok || notWorkers[r.low(end)] || r.ownLevel(i) {
			continue
		}
		switch {
		case r.negated(i):
			r.claim(SlotLevel, i, end)
			r.openLevel = r.openLevel || r.in.Asked == SlotLevel
			r.excludeLevel(i, end)
		case r.levelOfWorker(i, end):
			r.setLevel(means, i, end, 0.85)
			return
		}
	}
}

// namedLevel takes the plain name of a level in the answer to the question for it,
// whatever else the answer says: "some years of experience, so intermediate".
func (r *reader) namedLevel() bool {
	for i := range r.tokens {
		if !r.is(i, "intermediate", "expert", "entry", "junior", "beginner", "senior", "medior") || r.closed(i) || r.claimed(i) || r.negated(i) || r.ownLevel(i) || notWorkers[r.low(i+1)] {
			continue
		}
		means, end, ok := levelWords.match(r.view, i)
		if ok {
			r.setLevel(means, i, end, 0.9)
		}
		return ok
	}
	return false
}

// excludeLevel makes a condition of a level that is not wanted: "no juniors",
// "not a beginner". What is merely not needed is none.
func (r *reader) excludeLevel(i, end int) {
	for k := i - 1; k >= max(r.sentenceOf(i).from, i-4); k-- {
		if means, _, ok := levelWords.match(r.view, i); ok && r.is(k, "no", "not") && r.in.Known.Level.Value == means {
			r.brief.Level = Field[string]{}
			r.change(SlotLevel, i)
		}
		if r.is(k, "no", "not", "don't") && (k == i-1 || r.is(k+1, "a", "an", "want", "someone")) {
			r.addCondition(k, end)
			return
		}
	}
}

// addYears makes a condition of years of experience, with what they are of: "5 years of
// experience with Java". They are no level: five years make an expert in one trade
// and a beginner in another, and the person said neither.
func (r *reader) addYears(i, end int) {
	s := r.sentenceOf(i)
	from, to := i, end
	for from > s.from && r.is(from-1, "at", "least", "not", "less", "than", "minimum", "min", "about") {
		from--
	}
	if r.is(end, "in", "with", "as", "of") {
		for to = end + 1; to < s.to && to < end+6 && !r.claimed(to) && !r.parts(to) && !r.is(to, ".", ";", "!", "?", "and", "for", "at", "who", "that", "to", "is", "would"); {
			to++
		}
	}
	r.openLevel = r.openLevel || r.in.Asked == SlotLevel
	r.addCondition(from, to)
	r.claim(SlotLevel, end, to) // the skill that they are of is asked for as well
}

// yearsOf reads "5+ years of experience" as asked of the worker.
func (r *reader) yearsOf(i int) (end int, ok bool) {
	var s sum
	at, _ := r.modifiers(&s, i)
	f, found := r.figureAt(at)
	if !found || f.value > 40 {
		return i, false
	}
	end = f.end
	if r.is(end, "-", "to") {
		if second, ok := r.figureAt(end + 1); ok {
			end = second.end
		}
	}
	if r.low(end) == "+" {
		end++
	}
	if !r.is(end, "years", "yrs", "year", "years'", "yr") {
		return i, false
	}
	end++
	for k := end; k < min(end+5, len(r.tokens)) && r.same(k, i); k++ {
		if r.is(k, "experience", "exp") {
			return k + 1, !r.ownLevel(i)
		}
	}
	return r.askedYears(i, end, f.end)
}

// ownLevel reports whether the words before say whom it is about, and that is
// not the worker: "I'm a beginner", "our senior developer", "an app for students".
func (r *reader) ownLevel(i int) bool {
	s := r.sentenceOf(i)
	for k := i - 1; k >= max(s.from, i-5); k-- {
		switch {
		case r.is(k, "i'm", "im", "we're", "myself"):
			return !r.is(k+1, "looking", "after", "hoping", "searching", "seeking", "hiring")
		case r.is(k, "am", "are") && r.is(k-1, "i", "we"):
			return !r.is(k+1, "looking", "after", "hoping", "searching", "seeking", "hiring")
		case r.is(k, "have", "has", "had") && r.is(k-1, "i", "we", "team", "company"):
			return true
		case r.is(k, "our", "my", "their", "your"):
			return k >= i-2
		case r.is(k, "for", "teach", "to", "help", "with", "between") && k >= i-3 && r.isAudience(i):
			return true
		}
	}
	return false
}

func (r *reader) isAudience(i int) bool {
	return r.is(i, "students", "beginners", "freshers", "experts", "beginner", "student", "seniors", "interns") && !workers[r.low(i+1)]
}

// negated reports whether the words before token i deny it: "not a beginner",
// "doesn't have to be senior", "no juniors".
func (r *reader) negated(i int) bool {
	s := r.sentenceOf(i)
	for k := i - 1; k >= max(s.from, i-6); k-- {
		if r.is(k, ",", "but", "just", "and") {
			return false
		}
		if denials[r.low(k)] && !(r.is(k, "rather") && !r.is(k+1, "not", "than")) {
			return r.low(k) != "not" || !r.is(k+1, "only", "just")
		}
	}
	return false
}

// levelOfWorker reports whether a level is that of whom the person looks for.
func (r *reader) levelOfWorker(i, end int) bool {
	if r.in.Asked == SlotLevel {
		return true
	}
	if r.low(end-1) == "level" && end-i > 1 || r.is(i-1, "to") && r.hasWord("level", r.sentenceOf(i).from, i) {
		return true
	}
	if strings.HasSuffix(r.low(end-1), "experience") || strings.Contains(r.quote(i, end), "xperience ") {
		return true
	}
	if r.is(i, "advanced", "lead", "entry", "mid", "middle", "expert", "students", "experts") && end == i+1 && !r.workerNear(end, end+4) {
		return r.is(i, "expert", "experts") && (r.is(i-1, "an", "real", "true") || r.is(end, "level") || r.is(i, "expert") && r.wants(max(r.sentenceOf(i).from, i-6), i))
	}
	if r.workerNear(end, end+4) || r.workerNear(i-5, i) {
		return true
	}
	if r.is(end, "only", "welcome", "ok", "okay", "fine") {
		return true
	}
	if r.is(i-1, "a", "an") && (r.is(end, "is", "would", "could", "can", "will") && levelAbilities[r.low(end+1)] || r.is(i-2, "for", "need", "want", "hire")) {
		return true
	}
	return levelAbilities[r.low(end)] && r.is(end+1, "fine", "ok", "okay", "good", "enough", "welcome") || r.low(end) == "level"
}

// workerNear reports whether a noun for whoever does the work is in [from, to).
func (r *reader) workerNear(from, to int) bool {
	for k := max(0, from); k < min(to, len(r.tokens)); k++ {
		if r.is(k, ",", ".", ";") && k < to-1 && from > 0 {
			if k >= from && to-from == 4 {
				return false
			}
			continue
		}
		if workers[r.low(k)] {
			return true
		}
	}
	return false
}

func (r *reader) setLevel(level string, from, end int, sure float64) {
	r.brief.Level = Field[string]{Value: level, Sources: []Source{r.source(from, end)}, Confidence: sure}
	r.change(SlotLevel, from)
	r.claim(SlotLevel, from, end)
}
