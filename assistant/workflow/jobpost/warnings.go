package jobpost

import (
	"regexp"
	"strconv"

	"github.com/parleyhq/parley/assistant/grounding"
)

// caution is wording to be warned of.
type caution struct {
	pattern *regexp.Regexp // the span is its first group, or all of it
	kind    string
	reason  string
	better  string
}

func warn(pattern, kind, reason, better string) caution {
	return caution{regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(` + pattern + `)(?:$|[^\p{L}\p{N}])`), kind, reason, better}
}

const (
	unlawful  = "unlawful"
	excluding = "excluding"
	coded     = "gender_coded"
)

// Whom the law of most places protects from being sorted out; then wording
// that keeps good people from applying; then words that research found to
// lean towards one gender (the idea: Gaucher, Friesen and Kay 2011). The list
// is this project's own.
var cautions = []caution{
	warn(`under \d0(?: years(?: old)?)?|(?:aged?|between) \d\d ?(?:-|–|to|and) ?\d\d(?: years(?: old)?)?|(?:max(?:imum)?|not) (?:age|older than) ?:? ?\d\d|no older than \d\d`, unlawful, "Sorting people by age is unlawful in most places.", "name the experience you need"),
	warn(`young(?:er)?(?: and (?:dynamic|energetic|hungry))?|youthful`, unlawful, "“Young” sorts people by age.", "describe the work or the team instead"),
	warn(`recent graduates?|fresh(?:ly)? graduates?|freshers?|new grads?`, excluding, "This can keep older applicants away.", "entry level"),
	warn(`digital natives?`, excluding, "This is often read as an age limit.", "at ease with digital tools"),
	warn(`old people|elderly people|too old|not too old`, unlawful, "Sorting people by age is unlawful in most places.", "name the experience you need"),
	warn(`(?:only |just )?(?:females?|males?|girls?|ladies|women|men|guys?|boys?)(?: only| preferred| candidates?| applicants?| freelancers?| wanted)|(?:females?|males?|girls?|lady|women|men|guys?|boys?) only|prefer(?:ably)? (?:a )?(?:female|male|woman|man|girl|guy|lady)`, unlawful, "Choosing people by sex is unlawful in most places.", "leave it out, or say what the work needs"),
	warn(`(?:christian|muslim|jewish|hindu|catholic)s? (?:only|preferred|candidates?|applicants?)|no (?:muslims?|jews?|christians?|hindus?|foreigners|immigrants|indians?|pakistanis?|africans?|chinese|americans?|nigerians?|filipinos?)|(?:whites?|blacks?|asians?|caucasians?) (?:only|preferred)|(?:indians?|americans?|europeans?|filipinos?|pakistanis?|ukrainians?|germans?) only`, unlawful, "Choosing people by religion or origin is unlawful in most places.", "say which time zone, language or permit the work needs"),
	warn(`no (?:foreign |strong |heavy |indian |asian |thick )?accents?|accent[- ]free|without (?:an? |any )?(?:foreign |strong |heavy )?accent`, excluding, "An accent says nothing of how well somebody can be understood.", "clear spoken English"),
	warn(`native(?:[- ]level)? (?:\p{L}+ )?speakers? only|only native (?:\p{L}+ )?speakers?|(?:must be|has to be|needs to be) (?:a |an )?native (?:\p{L}+ )?speaker|native (?:\p{L}+ )?speakers?|mother tongue only`, excluding, "“Native speaker” sorts people by origin; what counts is how well they know the language.", "fluent, at a professional level"),
	warn(`able[- ]bodied|no disabilities|physically fit|healthy (?:person|people|candidates?) only|no disabled`, unlawful, "Health and disability are protected.", "name what the work demands, such as lifting boxes"),
	warn(`single (?:person|people|woman|man|mother)s? (?:only|preferred)|no (?:kids|children)|unmarried|not pregnant|no pregnan\p{L}+`, unlawful, "Family plans are protected.", "name the hours you need"),
	warn(`good[- ]looking|attractive (?:person|people|woman|girl|lady|female|male|man)|pretty girl|photo (?:required|of yourself)|send (?:me |us )?(?:a |your )?photos? of (?:you|yourself)`, excluding, "Looks have nothing to do with the work.", "leave it out"),
	warn(`salesm[ae]n`, coded, "The word names one sex.", "salesperson"),
	warn(`saleswom[ae]n`, coded, "The word names one sex.", "salesperson"),
	warn(`handym[ae]n`, coded, "The word names one sex.", "repair person"),
	warn(`cameram[ae]n`, coded, "The word names one sex.", "camera operator"),
	warn(`foreman`, coded, "The word names one sex.", "site supervisor"),
	warn(`chairman`, coded, "The word names one sex.", "chair"),
	warn(`craftsm[ae]n(?:ship)?`, coded, "The word names one sex.", "skilled maker"),
	warn(`middlem[ae]n`, coded, "The word names one sex.", "go-between"),
	warn(`(?:web|it|tech|design|video) (?:guys?|girls?|dudes?)|guys?|girls?|dudes?|ladies`, coded, "The word names one sex.", "person"),
	warn(`(?:his|her) own|he will|she will|he should|she should|he must|she must|he/she|s/he`, coded, "This speaks of one sex.", "they"),
	warn(`manpower|man[- ]hours?|mandays?|man[- ]days?`, coded, "The word names one sex.", "staff, or hours of work"),
	warn(`ninjas?`, coded, "Words like this draw fewer women.", "expert"),
	warn(`rock ?stars?`, coded, "Words like this draw fewer women.", "expert"),
	warn(`gurus?|wizards?|superheros?|superheroes|jedis?`, coded, "It says little, and puts many people off.", "expert"),
	warn(`dominat(?:e|es|ing|ion|ant)`, coded, "Words of contest draw fewer women.", "lead"),
	warn(`crush(?:ing)? (?:it|the competition|targets|goals)|killer instinct|kill it|killing it`, coded, "Words of contest draw fewer women.", "reach ambitious goals"),
	warn(`aggressive(?:ly)?`, coded, "Words of contest draw fewer women.", "determined"),
	warn(`fearless|ruthless|cut-?throat|alpha`, coded, "Words of contest draw fewer women.", "confident"),
	warn(`competitive (?:spirit|nature|person)|highly competitive (?:person|people|individual)s?`, coded, "Words of contest draw fewer women.", "motivated"),
	warn(`(?:sales|code|coding|growth) (?:hacker|beast|machine|animal|warrior)s?|beasts?|warriors?`, coded, "Words of contest draw fewer women.", "expert"),
	warn(`nurtur(?:e|es|ing) (?:person|personality|nature|soul|attitude)|motherly|bubbly|feisty|girly`, coded, "The word is mostly used of women, and says little of the work.", "friendly, patient"),
	warn(`hostess(?:es)?|stewardess(?:es)?|secretary girl|girl friday`, coded, "The word names one sex.", "host or assistant"),
	warn(`no (?:moms|mums|mothers|housewives|stay[- ]at[- ]home \p{L}+)`, unlawful, "Family plans are protected.", "name the hours you need"),
}

// mostWarnings keeps a hostile post from filling the page.
const mostWarnings = 20

// review looks for such wording in everything that would be published.
func review(doc *Document) []Warning {
	found := []Warning{}
	see := func(path, text string) {
		for _, c := range cautions {
			for _, span := range c.pattern.FindAllStringSubmatchIndex(text, -1) {
				from, to := span[2], span[3]
				w := Warning{Path: path, Start: grounding.UTF16(text[:from]), End: grounding.UTF16(text[:to]), Word: text[from:to], Kind: c.kind, Reason: c.reason, Better: c.better}
				if len(found) < mostWarnings && !overlaps(found, w) {
					found = append(found, w)
				}
			}
		}
	}
	see("/title", doc.Title)
	see("/description", doc.Description)
	for _, l := range []struct {
		path  string
		texts []string
	}{{"/deliverables/", doc.Deliverables}, {"/conditions/", doc.Conditions}, {"/questions/", doc.Questions}} {
		for i, text := range l.texts {
			see(l.path+strconv.Itoa(i), text)
		}
	}
	return found
}

func overlaps(found []Warning, w Warning) bool {
	for _, f := range found {
		if f.Path == w.Path && w.Start < f.End && f.Start < w.End {
			return true
		}
	}
	return false
}
