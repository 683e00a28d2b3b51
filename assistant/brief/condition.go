package brief

import "strings"

var (
	// applicants are words for whoever may do the work.
	applicants = words(`person candidate candidates applicants freelancer freelancers you developer designer writer someone translator editor they who she he`)
	// qualities are what a thing, not a person, must be.
	qualities = words(`responsive fast ready done finished delivered mobile easy simple compatible secure seo optimized a high in completed under original unique at editable
		modern clean scalable multilingual`)
	// possessions are what a person must have or be, behind such a word all the same.
	possessions = words(`portfolio native team laptop valid driver's us uk german based license good resident citizen`)
	// beforeLanguage may stand between "native" and the language.
	beforeLanguage = words(`- level in / or bilingual and us british american fluent written spoken`)
)

var (
	// conditionStarts open a sentence or clause on who may do the work.
	conditionStarts = phrases(`no agencies, no agency, individuals only, agencies only, no studios, no teams, no companies, no beginners please, only individuals, not agencies,
		nda required, nda, sign an nda, must sign, must be, must have, must speak, must own, must be able, must be based, must be located, must live,
		must include, native, fluent, needs to be able, you must, you should be, has to speak, have to speak, should speak, should be fluent,
		should be a native, needs to speak, need to speak, have to sign, has to sign, will need to sign, need to sign, needs to sign, only apply if,
		don't apply if, do not apply if, only freelancers, only people, only candidates, only applicants, only apply, no ai generated, no ai, no chatgpt,
		no subcontracting, no outsourcing, no middlemen, no recruiters, don't want an agency, don't want agencies, do not want agencies, dont want agencies,
		don't want any agencies, not an agency, eu only, us only, uk only, usa only, candidates must, applicants must, freelancer must, freelancers must,
		the person must, they must, who speaks, speaks, speaking, able to, willing to, available during, eu citizens, eu residents, background check,
		must work, must provide, portfolio required, include a portfolio, with a portfolio, references required, invoice required, must invoice,
		able to invoice, proof of, own equipment, i need to see, only serious, please include, please attach`)
	languages = words(`english german french spanish italian portuguese dutch polish russian ukrainian turkish arabic chinese mandarin japanese korean hindi swedish
		norwegian danish finnish greek czech hungarian romanian hebrew vietnamese thai indonesian cantonese bulgarian croatian serbian slovak catalan tagalog
		urdu bengali tamil persian farsi malay swahili slovenian lithuanian latvian estonian`)
	mustHaves = phrases(`must be, must have, must speak, must own, must sign, must live, must work, must provide, must invoice, must include, must be able, must be based,
		must be located`)
)

// conditions finds who may do the work: "no agencies", "native German speaker".
func (r *reader) conditions() {
	for k, s := range r.sentences {
		if r.stances[k] >= asks {
			continue
		}
		if r.in.Asked == SlotConditions && len(r.tokens) <= 40 && !r.closed(s.from) {
			r.answerConditions(s)
			continue
		}
		if from, to, ok := r.requirement(s); ok {
			r.addCondition(from, to)
			continue
		}
		for i := s.from; i < s.to; i++ {
			if r.claimed(i) {
				continue
			}
			if from, to, ok := r.conditionAt(i, s); ok {
				r.addCondition(from, to)
				i = to - 1
			}
		}
	}
}

// papers are things that a person has, or has not, before the work begins.
var papers = words(`license licence degree certificate certification certified insurance permit diploma passport visa clearance background portfolio references car
		vehicle laptop admitted membership`)

// requirement reads "a driver's license is required".
func (r *reader) requirement(s sentence) (from, to int, ok bool) {
	to = s.to
	for to > s.from && r.is(to-1, ".", "!", ";") {
		to--
	}
	if to-s.from < 3 || to-s.from > 12 || !r.is(to-1, "required", "mandatory", "essential", "must", "negotiable") || r.hasWord("preferred", s.from, to) || r.is(to-2, "not") && !r.is(to-1, "negotiable") {
		return 0, 0, false
	}
	for k := s.from; k < to; k++ {
		if papers[r.low(k)] {
			return s.from, to, true
		}
	}
	return 0, 0, false
}

// conditionAt reads a condition that begins at token i.
func (r *reader) conditionAt(i int, s sentence) (from, to int, ok bool) {
	if from, to, ok = r.languageCondition(i, s); ok {
		return from, to, true
	}
	_, end, ok := conditionStarts.match(r.view, i)
	if !ok || r.is(i, "native", "fluent", "speaks", "speaking", "able", "willing") {
		return 0, 0, false
	}
	if mustHaves.has(r.view, i, end) && !r.aboutWorker(i, end, s) {
		return 0, 0, false
	}
	if r.is(i, "nda") && r.is(i-1, "our", "my", "draft", "review", "write", "the", "of", "your", "edit", "translate") {
		return 0, 0, false
	}
	if r.is(i, "nda") {
		return r.clauseEdges(i)
	}
	if r.is(i, "no") && r.is(end, "feel", "look") || r.is(i, "no") && r.is(i+1, "ai") && !r.is(end, ",", ".", "", "please", "content", "generated", "and") && end < s.to {
		return 0, 0, false
	}
	to = r.clauseEnd(end, s.to)
	return i, to, to > i
}

var requirementsOfThings = words(`website site app it page logo design video report text shop store product they users system platform software everything result file files work
		content this copy article translation model code deliverable deliverables dashboard`)

// aboutWorker reports whether "must …" speaks of a person and not of the thing
// to be made: "must be able to invoice", not "the site must be fast".
func (r *reader) aboutWorker(i, end int, s sentence) bool {
	for k := i - 1; k >= s.from; k-- {
		if applicants[r.low(k)] {
			return !r.is(end, "experience", "skills")
		}
		if requirementsOfThings[r.low(k)] || r.tokens[k].kind == word && !fillers[r.low(k)] && k == i-1 && !r.is(k, "and", "but") {
			return false
		}
	}
	if qualities[r.low(end)] && !possessions[r.low(end+1)] {
		return false
	}
	return !r.linkedSkill(end) && !r.linkedSkill(end+1) && !r.is(end, "knowledge", "experience", "strong", "solid", "good", "excellent", "proficient")
}

// languageCondition reads "native German speaker", "fluent in English",
// "must speak Polish", "German speaking".
func (r *reader) languageCondition(i int, s sentence) (from, to int, ok bool) {
	switch {
	case r.is(i, "native", "fluent", "good", "excellent", "perfect", "bilingual", "conversational"):
		at := i + 1
		for beforeLanguage[r.low(at)] {
			at++
		}
		if !languages[r.low(at)] && !r.is(at, "speaker", "speakers") {
			return 0, 0, false
		}
		if languages[r.low(i-1)] && i > s.from {
			i--
			return i, r.afterLanguages(at, s.to), true
		}
		return i, r.afterLanguages(at, s.to), r.is(i, "native", "fluent") || r.is(i-1, "with", "need", "speak", "needs") || i == s.from
	case r.is(i, "speak", "speaks", "speaking") && languages[r.low(i+1)]:
		from = i
		for from > s.from && r.is(from-1, "must", "should", "to", "needs", "need", "has", "have", "who", "can", "also") {
			from--
		}
		if r.is(i-1, "we", "i", "they", "customers", "users", "don't", "not") {
			return 0, 0, false
		}
		return from, r.afterLanguages(i+1, s.to), true
	case languages[r.low(i)] && r.is(r.hyphen(i+1), "speaking", "speaker", "speakers") && !r.is(r.hyphen(i+1)+1, "audience", "customers", "market", "markets", "countries", "users", "clients", "tourists", "visitors"):
		return i, r.hyphen(i+1) + 1, true
	}
	return 0, 0, false
}

func (r *reader) hyphen(i int) int {
	if r.low(i) == "-" {
		return i + 1
	}
	return i
}

func (r *reader) afterLanguages(i, to int) int {
	end := i
	for k := i; k < min(to, i+8); k++ {
		switch {
		case languages[r.low(k)], r.is(k, "speaker", "speakers", "fluently", "level", "only", "required", "well", "natively"):
			end = k + 1
		case r.is(k, "and", "or", ",", "/", "-"):
		default:
			return end
		}
	}
	return end
}

// clauseEnd returns where the clause that goes on at token i ends; "and"
// followed by a new demand ends it too.
func (r *reader) clauseEnd(i, to int) int {
	for k := i; k < to; k++ {
		if r.parts(k) && !(r.low(k) == "," && k+2 < to && languages[r.low(k+1)]) || r.is(k, "and") && r.is(k+1, "no", "must", "i", "we", "budget", "the") || r.is(k, ".", ";", "!", "?") && (!r.tokens[k].tight || k == to-1) {
			return k
		}
		if r.is(k, ".", "!", ";") {
			return k
		}
	}
	return to
}

func (r *reader) clauseEdges(i int) (from, to int, ok bool) {
	from, to = r.clause(i)
	for to > from && r.is(to-1, ".", "!", ";", ",") {
		to--
	}
	if to-from > 14 || r.isQuestionClause(from) {
		return i, i + 1, true
	}
	return from, to, to > from
}

func (r *reader) isQuestionClause(i int) bool { return r.is(i, "write", "draft", "review") }

// answerConditions takes a sentence that answers the question for conditions.
func (r *reader) answerConditions(s sentence) {
	from, to := s.afterBullet(r.tokens), s.to
	for from < to && r.is(from, ",", "yes", "well", "ok", "just", "and") {
		from++
	}
	for to > from && r.is(to-1, ".", "!", ";", ",") {
		to--
	}
	if to <= from || declineWords.has(r.view, from, to) || r.is(from, "no", "none", "nope", "yes") && to-from == 1 {
		return
	}
	for k := from; k < to; k++ {
		if r.is(k, ",", "and") && k > from+1 && to-k > 2 && !languages[r.low(k-1)] {
			if !r.explains(from, k) {
				r.addCondition(from, k)
			}
			from = k + 1
		}
	}
	if from == s.afterBullet(r.tokens) || !r.explains(from, to) {
		r.addCondition(from, to)
	}
}

// explains reports whether a part of an answer gives a reason and no condition: "the venue
// is outside town".
func (r *reader) explains(from, to int) bool {
	if r.is(from, "because", "since", "as") {
		return true
	}
	copula := false
	for k := from; k < to; k++ {
		copula = copula || r.is(k, "is", "are", "was", "it's", "we're")
		if mustCues[r.low(k)] || r.is(k, "should", "have", "has", "only", "no", "not", "can", "able", "needed", "applicants", "preferred") {
			return false
		}
	}
	return copula && r.is(from, "the", "it", "it's", "we", "we're", "our", "my", "that", "this", "they")
}

func (r *reader) addCondition(from, to int) {
	for to > from && r.is(to-1, "please", ",", "and", ".", "!", "-", "must", "be", "have", "able", "to") {
		to--
	}
	if to <= from {
		return
	}
	text := strings.TrimSpace(r.quote(from, to))
	if to-from > 40 || len(text) < 3 || to-from <= 2 && r.is(to-1, "must", "be", "have", "need") {
		return
	}
	var changed bool
	item := Item{Text: text, Sources: []Source{r.source(from, to)}, Confidence: 0.8}
	if r.brief.Conditions, changed = add(r.brief.Conditions, item); changed {
		r.change(SlotConditions, from)
	}
	r.claim(SlotConditions, from, to)
}
