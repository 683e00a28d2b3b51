package jobpost

import (
	"regexp"
	"strings"
)

// caution is wording to be warned of.
type caution struct {
	triggers []string // one of them is in every text that the pattern can match, in lower case
	pattern  *regexp.Regexp
	kind     string
	reason   string
	better   string
	unless   *regexp.Regexp // where this matches behind the wording, it is no cause for a warning
}

// The kinds of warnings: what the law of most places forbids, what keeps good
// people from applying, and words that lean towards one gender.
const (
	unlawful  = "unlawful"
	excluding = "excluding"
	coded     = "gender_coded"
)

// warn makes a caution; its pattern stands between word boundaries, and its
// triggers, parted by "|", spare a text that has none of them the search.
func warn(triggers, pattern, kind, reason, better string) caution {
	return caution{strings.Split(triggers, "|"), regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(` + pattern + `)(?:$|[^\p{L}\p{N}])`), kind, reason, better, nil}
}

func except(c caution, unless *regexp.Regexp) caution {
	c.unless = unless
	return c
}

// audiences are whom work may be for, young as they are.
var audiences = regexp.MustCompile(`(?i)^[ -](?:adults?|readers?|child(?:ren)?|kids|people|audiences?|learners?|students?|pupils|patients?|famil(?:y|ies)|brands?|compan(?:y|ies)|business(?:es)?|start-?ups?|players?|users?|customers?|athletes?|trees?|plants?|dogs?|cats?|horses?)\b`)

const (
	byAge     = "Sorting people by age is unlawful in most places."
	bySex     = "Choosing people by sex is unlawful in most places."
	byOrigin  = "Choosing people by religion or origin is unlawful in most places."
	byHealth  = "Health and disability are protected."
	byFamily  = "Family plans are protected."
	oneSex    = "The word names one sex."
	contest   = "Words of contest draw fewer women."
	hype      = "It says little of the work, and draws fewer women."
	ageLimit  = "This can read as an age limit."
	nameLevel = "name the experience you need"
)

// cautions is this project's own list. That words can be gender-coded is the
// finding of Gaucher, Friesen and Kay (2011).
var cautions = []caution{
	warn("under |age|older than|between|years old", `under (?:the age of [1-6]\d|[1-6]\d years(?: old| of age)?)|(?:preferred|only|female|male|wom[ae]n|m[ae]n|girl|guy|applicants?|candidates?|people|persons?|someone|anyone|nobody|everyone),? (?:and )?(?:under|over|below) [1-6]\d|aged? (?:between )?\d\d ?(?:-|–|to|and) ?\d\d|between \d\d and \d\d years(?: old| of age)?|\d\d ?(?:-|–|to) ?\d\d years old|(?:max(?:imum)? age|not older than|no older than):? ?\d\d|(?:must be|should be|be) (?:under|below|over) (?:the age of )?[1-6]\d`, unlawful, byAge, nameLevel),
	except(warn("young|youthful", `young(?:er)?(?:,? (?:and )?(?:dynamic|energetic|hungry|motivated|fresh))*|youthful`, unlawful, "“Young” sorts people by age.", "describe the work or the team instead"), audiences),
	warn("old|elderly", `no (?:old|older|elderly) people|not too old|no one over \d\d|nobody over \d\d`, unlawful, byAge, nameLevel),
	warn("graduate|fresher|new grad", `recent graduates?(?: only)?|fresh(?:ly)? graduates?|freshers?(?: only)?|new grads?`, excluding, "This can keep older applicants away.", "entry level"),
	warn("digital native", `digital natives?`, excluding, ageLimit, "at ease with digital tools"),
	warn("male|girl|lad|wom|men|man |guy|boy", `(?:only |just |a )?(?:females?|males?|girls?|ladies|women|men|guys?|boys?) (?:only|preferred|candidates?|applicants?|freelancers?|wanted|please)|prefer(?:ably|red)?:? (?:an? )?(?:female|male|woman|man|girl|guy|lady)|no (?:women|men|girls|guys|females?|males?)|(?:must be|has to be|should be) (?:an? )?(?:female|male|woman|man|girl|guy|lady)|(?:need|want|looking for|hire|hiring) an? (?:female|male|woman|girl|lady)`, unlawful, bySex, "leave it out, or say what the work needs"),
	warn("christian|muslim|jew|hindu|catholic|foreigner|immigrant|indian|pakistani|african|chinese|american|nigerian|filipino|white|black|asian|caucasian|european|german|ukrainian", `(?:christian|muslim|jew(?:ish)?|hindu|catholic)s? (?:only|preferred|candidates?|applicants?)|no (?:muslims?|jews?|christians?|hindus?|foreigners?|immigrants?|indians?|pakistanis?|africans?|chinese|americans?|nigerians?|filipinos?|asians?)|(?:whites?|blacks?|asians?|caucasians?) (?:only|preferred)|(?:indians?|americans?|europeans?|filipinos?|pakistanis?|ukrainians?|germans?) only`, unlawful, byOrigin, "say which time zone, language or permit the work needs"),
	warn("accent", `no (?:foreign |strong |heavy |thick |indian |asian )?accents?|accent[- ]free|without (?:an? |any )?(?:foreign |strong |heavy )?accents?`, excluding, "An accent says nothing of how well somebody can be understood.", "clear spoken English"),
	warn("native|mother tongue", `(?:only )?native(?:[- ]level)?(?: \p{L}+)? speakers?(?: only)?|(?:must be|has to be|needs to be) (?:an? )?native(?: \p{L}+)?(?: speaker)?|natives only|mother tongue only`, excluding, "“Native speaker” sorts people by origin; what counts is how well they know the language.", "fluent, at a professional level"),
	warn("able|disab|physically fit|healthy", `able[- ]bodied|no disabilit(?:y|ies)|no disabled(?: people)?|physically fit|healthy (?:person|people|candidates?)(?: only)?`, unlawful, byHealth, "name what the work demands, such as lifting boxes"),
	warn("single|kids|children|married|pregnan|mom|mum|mother|housewi", `single (?:person|people|woman|man|mother)s? (?:only|preferred)|(?:no|without) (?:kids|children)|unmarried|not married|not pregnant|no pregnan\p{L}+|no (?:moms|mums|mothers|housewives)`, unlawful, byFamily, "name the hours you need"),
	warn("looking|attractive|pretty|photo", `good[- ]looking|attractive (?:person|people|woman|girl|lady|female|male|man)|pretty (?:girl|woman|face)|send (?:me |us )?(?:a |your )?photos? of (?:you|yourself)|(?:your )?photo (?:is )?required`, excluding, "Looks have nothing to do with the work.", "leave it out"),
	warn("salesm|saleswom", `sales(?:wo)?m[ae]n`, coded, oneSex, "salesperson"),
	warn("handym", `handym[ae]n`, coded, oneSex, "repair person"),
	warn("cameram", `cameram[ae]n`, coded, oneSex, "camera operator"),
	warn("businessm", `businessm[ae]n`, coded, oneSex, "business person"),
	warn("guy|girl|dude|lady", `(?:web|it|tech|design|video|marketing|seo|sales|office) (?:guys?|girls?|dudes?|lady|ladies)|(?:need|want|looking for|hire|find|be) (?:an? |the |some )?(?:good |great |smart )?(?:guys?|girls?|dudes?)`, coded, oneSex, "a person"),
	warn("he |she |s/he|he/she|his/her", `he/she|s/he|he or she|(?:he|she) (?:should|must|will need|needs|has) (?:have|be|know|speak|bring|to)|his/her`, coded, "This speaks of one sex, or of two.", "they"),
	warn("man", `manpower|man[- ]?hours?|man[- ]?days?`, coded, oneSex, "staff, or hours of work"),
	warn("ninja", `ninjas?`, coded, hype, "expert"),
	warn("rock", `rock[- ]?stars?`, coded, hype, "expert"),
	warn("guru|superhero|jedi|unicorn", `gurus?|superhero(?:es)?|jedis?|unicorns?`, coded, hype, "expert"),
	warn("beast|warrior|hustler|killer|badass", `(?:sales|code|coding|growth|seo) (?:hacker|beast|machine|animal|warrior|killer)s?|killer instinct|hustlers?|badass`, coded, hype, "expert"),
	warn("dominat", `dominat(?:e|es|ing|ion|ant)`, coded, contest, "lead"),
	warn("crush|kill", `crush(?:ing)? (?:it|the competition|targets|goals)|kill(?:ing)? it`, coded, contest, "reach ambitious goals"),
	warn("aggressive", `aggressive(?:ly)?`, coded, contest, "determined"),
	warn("fearless|ruthless|cut", `fearless|ruthless|cut-?throat`, coded, contest, "confident"),
	warn("competitive", `competitive (?:spirit|nature|person|personality)|highly competitive (?:person|people|individual)s?`, coded, contest, "motivated"),
	warn("nurtur|motherly|bubbly|feisty|girly", `nurturing|nurture(?:s|d)? (?:people|clients|customers)|motherly|bubbly|feisty|girly`, coded, "The word is mostly used of women, and says little of the work.", "friendly, patient"),
	warn("hostess|stewardess|girl friday|waitress", `hostess(?:es)?|stewardess(?:es)?|waitress(?:es)?|girl friday`, coded, oneSex, "host, steward or assistant"),
}
