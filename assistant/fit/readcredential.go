package fit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// credentialWords begin or make up a credential, with what their stems are in
// concepts.txt: "sworn", "licensed", "PhD".
var credentialWords = set(`sworn licensed licenced licence license licensure phd phds ph.d doctorate doctoral chartered certified certification certificate certificates accredited accreditation
	diploma degree bachelor bachelor's bachelors master's msc mba bsc barred notarized cpa acca cfa cissp pmp aca cima rn llm jd qualified registered admitted bar credential credentials insured insurance clearance dbs garda police
	wset celta delta tefl tesol itil prince2 cfa cisa cism oscp ccna ccnp cia frm nebosh iosh fca cipd shrm cma cta att aat riba leed breeam ceng icf padi atpl ppl dipl qts pgce cipp cisco togaf cpc mba dele goethe accreditations barrister-at-law sworn-in`)

// credentials reads papers that somebody must have.
func (x *reading) credentials() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] || !credentialWords[x.Low(i)] || !x.isCredential(i) {
			continue
		}
		from, to := x.credentialAround(i)
		terms := x.credentialTerms(from, to)
		if len(terms) == 0 || len(terms) == 1 && x.Is(i, "qualified") {
			continue // "qualified people" names no paper
		}
		if level, end := x.credentialLevel(to); level != "" {
			terms, to = append(terms, level), end
		}
		if x.orElse(from, terms) {
			x.take(from, to)
			i = to - 1
			continue
		}
		not := x.denied(from) && x.wishing
		x.add(Requirement{Kind: Credential, Terms: terms, Not: not, Text: "credential: " + x.Quote(from, to)}, from, to)
		i = to - 1
	}
}

// highestGrade is up to which number levels of a paper are counted.
const highestGrade = 9

var romans = []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}

// credentialLevel reads "level 3 or higher" behind a paper as a term with all
// levels that will do; "" for none.
func (x *reading) credentialLevel(at int) (term string, end int) {
	i := at
	for x.Is(i, "level", "grade", "stage", "class", "category", "-", "at", "least") && i < at+4 {
		i++
	}
	n, end, ok := x.Number(i)
	if !ok && i > at && x.Word(i) {
		n, end = float64(slices.Index(romans, x.Low(i))), i+1
	}
	if n < 1 || n > highestGrade || n != float64(int(n)) || x.Is(end, "years", "year", "jobs", "hours", "stars") {
		return "", at
	}
	most := int(n)
	if after, ok := x.run(end, "or higher", "or above", "or better", "or more", "and above", "and up", "and higher", "or up", "upwards", "+"); ok || x.Is(i-1, "least") {
		most, end = highestGrade, max(after, end)
	}
	var all []string
	for k := int(n); k <= most; k++ {
		all = append(all, fmt.Sprint(k), romans[k])
	}
	if most > int(n) {
		all = append(all, "diploma", "master")
	}
	return strings.Join(all, "|"), end
}

// isCredential reports whether a word such as "degree" or "qualified" is a
// paper that a person has.
func (x *reading) isCredential(i int) bool {
	switch {
	case x.Is(i, "police"):
		return x.Is(i+1, "check", "checks", "clearance", "certificate", "record")
	case x.Is(i, "bar"):
		return x.Is(i-1, "the", "state") && x.before(i, 4, "member", "members", "admitted", "admission", "of", "state", "pass", "passed")
	case x.Is(i, "degree", "diploma", "certificate", "certificates", "insurance"):
		if x.Is(i+1, "courses", "of", "course", "translation", "translations") && !x.Is(i, "degree", "diploma") {
			return false
		}
		if !x.wishing {
			return x.before(i, 6, "hold", "holds", "holding", "have", "has", "having", "you", "need", "must", "required") || x.behind(i, 5, "nice", "plus", "bonus", "welcome", "helpful", "helps", "preferred", "advantage", "desirable", "required", "needed", "must", "essential", "mandatory")
		}
		return x.before(i, 5, "with", "a", "hold", "holds", "holding", "have", "has", "university", "need", "needs", "must", "formal", "teaching", "relevant", "their", "only", "s") || x.wishing
	case x.Is(i, "qualified", "registered"):
		return x.wishing && !x.before(i, 2, "most", "best", "more") || x.before(i, 3, "must", "be")
	case x.Is(i, "certified", "sworn") && x.Is(i+1, "translation", "translations", "copy", "copies"):
		return false
	case x.Is(i, "license", "licence") && x.Is(i+1, "agreement", "agreements", "fee", "fees", "key", "keys"):
		return false
	case x.Is(i, "master's") && !x.behind(i+1, 3, "degree", "in"):
		return true
	}
	return true
}

// credentialFillers stand beside a credential and are no part of it.
var credentialFillers = set("active valid current full fully proper official officially recognised recognized own relevant formal state national local still really good genuine verified existing professional part status public currently")

// credentialAround returns the words that a credential is made of: "AWS
// certified", "licensed electrician", "PhD in chemistry".
func (x *reading) credentialAround(i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && from > i-3 && x.credentialWord(from-1) && !x.parts(from-1) {
		from--
	}
	for to < x.Len() && to < i+9 && !x.parts(to) && !x.taken[to] {
		at := to
		for x.Is(at, "to", "as") && credentialWords[x.Low(at+1)] || x.Is(at, "in", "of", "by", "from", "the", "a", "an", "as") || x.Is(at, "and") && credentialFillers[x.Low(at+1)] || x.Is(at, "for") && (languageCodes[x.Low(at+1)] != "" || x.isPlace(at+1)) {
			at++
		}
		if !x.credentialWord(at) || x.isPlace(at) && x.Is(at-1, "from") || x.Is(at, "who", "with", "and", "or") || at > to && x.Is(at-1, "a", "an", "the") && x.Is(to, "a", "an", "the") {
			break
		}
		to = at + 1
	}
	return from, to
}

func (x *reading) credentialWord(i int) bool {
	return x.Word(i) && !x.taken[i] && (!plain(x.Low(i)) || credentialFillers[x.Low(i)] || x.isPlace(i))
}

func (x *reading) isPlace(i int) bool {
	_, ok := x.placeAt(i)
	return ok
}

// credentialTerms are the telling words of a credential; a country stands for
// all places in it.
func (x *reading) credentialTerms(from, to int) []string {
	var terms []string
	for i := from; i < to; i++ {
		if s, ok := x.placeAt(i); ok && s.to <= to && i > from && languageCodes[x.Low(i)] == "" {
			term := strings.Join(stemsOf(x.Quote(s.from, s.to)), "+")
			if s.name == brief.CountryName(s.countries[0]) || len(s.countries) > 1 {
				term = ""
				for _, code := range s.countries {
					term += "|@" + code
				}
				term = term[1:]
			}
			terms = append(terms, term)
			i = s.to - 1
			continue
		}
		if !x.Word(i) || credentialFillers[x.Low(i)] || plain(x.Low(i)) {
			continue
		}
		if workerWords[x.Low(i)] && !x.Is(i, "experts", "expert", "specialist", "specialists", "freelancers") {
			terms = append(terms, tradeMark+stemsOf(x.Low(i))[0])
			continue
		}
		terms = append(terms, x.terms(i, i+1)...)
	}
	return joinPairs(terms)
}

// orElse joins a credential to the one before it where "or" stands between
// them: either will do, by its first word.
func (x *reading) orElse(from int, terms []string) bool {
	if len(x.found) == 0 {
		return false
	}
	last := &x.found[len(x.found)-1]
	if last.Kind != Credential || last.to > from || from-last.to > 14 || x.sentenceOf[last.from] != x.sentenceOf[from] {
		return false
	}
	for k := last.to; k < min(x.sentence(from).To, from+6); k++ {
		if x.Is(k, "or") && (k < from || x.commasOnly(last.to, from)) {
			first := strings.TrimPrefix(terms[0], tradeMark)
			if !strings.Contains(last.Terms[0], first) {
				last.Terms = []string{last.Terms[0] + "|" + first}
			} else {
				last.Terms = last.Terms[:1]
			}
			last.Text += " or " + x.Quote(from, min(from+len(terms)+1, x.Len()))
			return true
		}
	}
	return false
}

// commasOnly reports whether nothing but a comma stands between two tokens.
func (x *reading) commasOnly(from, to int) bool { return to == from+1 && x.Is(from, ",") }
