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
	reason   string         // what is wrong with it, and where nothing can stand in its place, what to do
	better   string         // what can stand in its place, a template over the pattern's groups; "" for nothing
	unless   *regexp.Regexp // where this matches behind the wording, it is no cause for a warning
	only     *regexp.Regexp // where it is set, it has to match behind the wording
	people   bool           // it is a cause only where it speaks of who is hired, not of whom the work is for
}

// The kinds of warnings: what the law of most places forbids, what keeps good
// people from applying, and words that lean towards one gender.
const (
	unlawful  = "unlawful"
	excluding = "excluding"
	coded     = "gender_coded"
)

// warn makes a caution; its pattern stands between word boundaries, and its
// triggers, parted by "|", spare a text that has none of them the search. The
// groups of the pattern are $2, $3 … in better.
func warn(triggers, pattern, kind, reason, better string) caution {
	return caution{triggers: strings.Split(triggers, "|"), pattern: regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(` + pattern + `)(?:$|[^\p{L}\p{N}])`), kind: kind, reason: reason, better: better}
}

// hired limits a caution to the person who is hired.
func hired(c caution) caution {
	c.people = true
	return c
}

func except(c caution, unless *regexp.Regexp) caution {
	c.unless = unless
	return c
}

// bare limits a caution to where its word ends a clause: "copywriter, male".
func bare(c caution) caution {
	c.only = clauseEnd
	return c
}

var (
	clauseEnd = regexp.MustCompile(`(?i)^\s*(?:$|[,.;:!?)]|(?:ideally|please|if possible|under|over|aged?|between|and young)\b)`)
	// audiences are whom work may be for, young as they are.
	audiences = regexp.MustCompile(`(?i)^[ -](?:adults?|readers?|child(?:ren)?|kids|audiences?|learners?|students?|pupils|patients?|famil(?:y|ies)|brands?|compan(?:y|ies)|business(?:es)?|start-?ups?|players?|users?|customers?|athletes?|trees?|plants?|dogs?|cats?|horses?|at heart)\b`)
	// purposes are what can be of one sex without anybody being chosen by it.
	purposes = regexp.MustCompile(`(?i)^(?:['’]s?|[ -](?:british |american |english |adult )?(?:voices?|voice-?overs?|narrat\p{L}+|vocals?|vocalists?|singers?|characters?|models?|avatars?|mannequins?|heroes|hero|leads?|roles?|protagonists?|actors?|figures?|bod(?:y|ies)|anatomy|health|hygiene|fashion|clothes|clothing|customers?|clients?|audiences?|users?|patients?|readers?|athletes?|players?|students?|pupils|connectors?|plugs?|threads?|on the (?:cover|logo|poster|label|picture|front)|in the (?:picture|video|photo|logo))\b)`)
	// measures are what a number counts that is nobody's age.
	measures = regexp.MustCompile(`(?i)^(?:[.,]?\d|[%kKmM€$£"]|[ -](?:days?|weeks?|months?|years? (?:of|in|experience)|hours?|hrs?|min\p{L}*|sec\p{L}*|ms|pages?|words?|dollars?|usd|euros?|eur|pounds?|gbp|bucks|cents?|percent|per|an|mb|gb|kb|kg|g|cm|mm|m|km|items?|products?|employees|people|slides?|images?|files?|an hour|each|characters?|lines?|units?|pieces?|miles?|degrees|in|and \d+ (?:days|weeks|pages))\b)`)
)

const (
	byAge    = "Sorting people by age is unlawful in most places. Name the experience you need instead."
	bySex    = "Choosing people by sex is unlawful in most places. Leave it out, or say what the work needs."
	byOrigin = "Choosing people by religion or origin is unlawful in most places. Say which time zone, language or permit the work needs."
	byHealth = "Health and disability are protected. Name what the work demands, such as lifting boxes."
	byFamily = "Family plans are protected. Name the hours you need instead."
	byTongue = "It sorts people by origin; what counts is how well they know the language."
	byLooks  = "Looks have nothing to do with the work. Leave it out."
	oneSex   = "The word names one sex."
	contest  = "Words of contest draw fewer women."
	hype     = "It says little of the work, and draws fewer women."
	leaning  = "The word is mostly used of women, and says little of the work."
)

const (
	sexes     = `females?|males?|girls?|wom[ae]n|m[ae]n|lad(?:y|ies)|guys?|boys?`
	workNouns = `designers?|developers?|writers?|copywriters?|assistants?|receptionists?|secretar(?:y|ies)|tutors?|teachers?|editors?|agents?|managers?|translators?|engineers?|programmers?|accountants?|bookkeepers?|marketers?|lawyers?|illustrators?|artists?|consultants?|freelancers?|coders?|nurses?|coach(?:es)?|trainers?|helpers?|workers?|employees?|candidates?|applicants?|staff|interns?|photographers?|va|person|people|someone|somebody|callers?|sellers?|hosts?|representatives?|reps?|specialists?|experts?|analysts?`
	languages = `english|german|french|spanish|italian|polish|dutch|portuguese|russian|ukrainian|chinese|mandarin|japanese|korean|arabic|turkish|hindi|swedish|danish|norwegian|finnish|greek|czech|hebrew|romanian|hungarian|american|british`
	beliefs   = `christians?|muslims?|jews?|jewish|hindus?|catholics?|protestants?|buddhists?|sikhs?|atheists?`
	peoples   = `muslims?|jews?|christians?|hindus?|foreigners?|immigrants?|indians?|pakistanis?|africans?|chinese|americans?|nigerians?|filipinos?|asians?`
)

// cautions is this project's own list. That words can be gender-coded is the
// finding of Gaucher, Friesen and Kay (2011).
var cautions = []caution{
	hired(warn("under |age|older than|between|years old|year old|over |below ", `under (?:the age of [1-6]\d|[1-6]\d years(?: old| of age)?)|(?:applicants?|candidates?|someone|anyone|nobody|everyone),? (?:and )?(?:under|over|below) [1-6]\d|age[ds]? (?:between )?\d\d ?(?:-|–|to|and) ?\d\d|between \d\d and \d\d years(?: old| of age)?|\d\d ?(?:-|–|to) ?\d\d(?:[- ]years?[- ]olds?| y/?o)|(?:max(?:imum)?\.? age|age (?:limit|max\p{L}*|up to|under|below|over)):? (?:of )?\d\d|(?:not|no) older than \d\d(?: years(?: old)?)?`, unlawful, byAge, "")),
	hired(warn("max|at most|up to|at least|min", `(?:max(?:imum|\.)?|at most|up to|at least|minimum|min\.?) ?\d\d[- ]?(?:years?[- ]old|years? of age|y/?o)`, unlawful, byAge, "")),
	except(hired(warn("must be|should be|be under|be over|be below|be between|be max", `(?:must be|should be|has to be|be) (?:under|below|over|between|max(?:imum)?) (?:the age of )?[1-6]\d(?: and [1-6]\d)?`, unlawful, byAge, "")), measures),
	except(hired(warn("under |below |over ", `(?:under|below|over) [1-6]\d`, unlawful, byAge, "")), measures),
	except(warn("young|youthful", `young(?:er)?(?:,? (?:and )?(?:dynamic|energetic|hungry|motivated|fresh))*|youthful`, unlawful, "It sorts people by age. Describe the work or the team instead.", ""), audiences),
	warn("old|elderly|over", `no (?:old|older|elderly) people|not too old|no one over \d\d|nobody over \d\d`, unlawful, byAge, ""),
	warn("graduate|fresher|new grad", `recent graduates?(?: only)?|fresh(?:ly)? graduates?|freshers?(?: only)?|new grads?`, excluding, "This can keep older applicants away. Ask for entry level instead.", ""),
	warn("digital native", `digital natives`, excluding, "This can read as an age limit.", "people at ease with digital tools"),
	warn("digital native", `digital native`, excluding, "This can read as an age limit.", "person at ease with digital tools"),
	except(hired(warn("male|girl|lad|wom|men|man|guy|boy", `(?:only |just |a )?(?:females?|males?|girls?|ladies|women|men|guys?|boys?) (?:only|preferred|candidates?|applicants?|freelancers?|wanted|please)|prefer(?:ably|red)?:? (?:an? )?(?:female|male|woman|man|girl|guy|lady)|no (?:women|men|girls|guys|females?|males?)|(?:must be|has to be|should be) (?:an? )?(?:female|male|woman|man|girl|guy|lady)|(?:need|want|looking for|hire|hiring) an? (?:(?:nice|pretty|smart|young|friendly) )?(?:female|male|woman|girl|lady)`, unlawful, bySex, "")), purposes),
	hired(warn("male|girl|lad|wom|men|man|guy|boy", `(?:`+sexes+`)(?: (?:\p{L}+ ){0,2}(?:`+workNouns+`))`, unlawful, bySex, "")),
	bare(hired(warn("male", `females?|males?`, unlawful, bySex, ""))),
	hired(warn("girl|lad|wom|man", `(?:girl|lady|woman|man|boy|guy) (?:for|who|on|at) (?:the |our |my )?(?:reception|office|front desk|phones?|phone|team|desk|job|work|help|can|knows|speaks)`, unlawful, bySex, "")),
	hired(warn("christian|muslim|jew|hindu|catholic|protestant|buddhist|sikh|atheist|foreigner|immigrant|indian|pakistani|african|chinese|american|nigerian|filipino|white|black|asian|caucasian|european|german|ukrainian", `(?:`+beliefs+`) (?:only|preferred|candidates?|applicants?|background|faith|`+workNouns+`)|no (?:`+peoples+`)|(?:whites?|blacks?|asians?|caucasians?) (?:only|preferred)|(?:indians?|americans?|europeans?|filipinos?|pakistanis?|ukrainians?|germans?) only|(?:must be|should be|has to be) (?:an? )?(?:`+beliefs+`)`, unlawful, byOrigin, "")),
	warn("accent", `no (?:foreign |strong |heavy |thick |indian |asian )?accents?`, excluding, "An accent says nothing of how well somebody can be understood.", "clear speech"),
	warn("accent", `accent[- ]free|without (?:an? |any )?(?:foreign |strong |heavy )?accents?`, excluding, "An accent says nothing of how well somebody can be understood. Ask for clear speech instead.", ""),
	warn("native", `(`+languages+`) native speakers?`, excluding, byTongue, "fluent $2 speaker"),
	warn("native", `(only )?native(?:[- ]level)?( \p{L}+)? (speakers?(?: only)?)`, excluding, byTongue, "${2}fluent$3 $4"),
	warn("native|mother tongue", `(?:must be|has to be|needs to be) (?:an? )?native(?: \p{L}+)?(?: speaker)?|natives only|mother tongue only`, excluding, byTongue+" Ask for fluent, professional language instead.", ""),
	warn("native", `native ((?:`+languages+`)(?:[ -]speaking)?)`, excluding, byTongue, "fluent $2"),
	warn("able|disab|physically fit|healthy", `able[- ]bodied|no disabilit(?:y|ies)|no disabled(?: people)?|physically fit|healthy (?:person|people|candidates?)(?: only)?`, unlawful, byHealth, ""),
	warn("single|kids|children|married|pregnan|mom|mum|mother|housewi", `single (?:person|people|woman|man|mother)s? (?:only|preferred)|(?:no|without) (?:kids|children)|unmarried|not married|not pregnant|no pregnan\p{L}+|no (?:moms|mums|mothers|housewives)`, unlawful, byFamily, ""),
	warn("looking|attractive|pretty|photo", `good[- ]looking|attractive (?:person|people|woman|girl|lady|female|male|man)|pretty (?:girl|woman|face)|send (?:me |us )?(?:a |your )?photos? of (?:you|yourself)|(?:your )?photo (?:is )?required`, excluding, byLooks, ""),
	warn("salesm|saleswom", `sales(?:wo)?man`, coded, oneSex, "salesperson"),
	warn("salesm|saleswom", `sales(?:wo)?men`, coded, oneSex, "salespeople"),
	warn("handym", `handyman`, coded, oneSex, "repair person"),
	warn("handym", `handymen`, coded, oneSex, "repair people"),
	warn("cameram", `cameraman`, coded, oneSex, "camera operator"),
	warn("cameram", `cameramen`, coded, oneSex, "camera operators"),
	warn("businessm", `businessman`, coded, oneSex, "business person"),
	warn("businessm", `businessmen`, coded, oneSex, "business people"),
	warn("guy|girl|dude|lady", `(web|it|tech|design|video|marketing|seo|sales|office) (?:guy|girl|dude|lady)`, coded, oneSex, "$2 specialist"),
	warn("guy|girl|dude|ladies", `(web|it|tech|design|video|marketing|seo|sales|office) (?:guys|girls|dudes|ladies)`, coded, oneSex, "$2 specialists"),
	except(warn("guy|girl|dude", `((?:need|want|looking for|hire|find|be) (?:an? |the |some )?(?:good |great |smart )?)(?:guy|girl|dude)`, coded, oneSex, "${2}person"), purposes),
	except(warn("guy|girl|dude", `((?:need|want|looking for|hire|find|be) (?:the |some )?(?:good |great |smart )?)(?:guys|girls|dudes)`, coded, oneSex, "${2}people"), purposes),
	warn("he |she |s/he|he/she", `(?:he/she|s/he|he or she|he|she) (should|must|will need) (have|be|know|speak|bring|to)`, coded, "It speaks of one sex, or of two.", "they $2 $3"),
	warn("he |she |s/he|he/she", `(?:he/she|s/he|he or she|he|she) (?:needs|has) to`, coded, "It speaks of one sex, or of two.", "they have to"),
	warn("s/he|he/she|he or she", `he/she|s/he|he or she`, coded, "It speaks of one sex, or of two. “They” and “you” speak to everybody.", ""),
	warn("his/her", `his/her`, coded, "It speaks of one sex, or of two.", "their"),
	warn("man", `manpower`, coded, oneSex, "staff"),
	warn("man", `man[- ]?(hour|day)s?`, coded, oneSex, "${2}s of work"),
	warn("ninja|rock|guru|superhero|jedi|unicorn", `ninja|rock[- ]?star|guru|superhero|jedi|unicorn`, coded, hype, "expert"),
	warn("ninja|rock|guru|superhero|jedi|unicorn", `ninjas|rock[- ]?stars|gurus|superheroes|jedis|unicorns`, coded, hype, "experts"),
	warn("beast|warrior|hacker|machine|animal|killer", `(sales|code|coding|growth|seo) (?:hacker|beast|machine|animal|warrior|killer)`, coded, hype, "$2 expert"),
	warn("killer|hustler|badass", `killer instinct|hustlers?|badass`, coded, hype+" Name what the person should be good at.", ""),
	warn("dominat", `dominate`, coded, contest, "lead"),
	warn("dominat", `dominate?(s|ing)`, coded, contest, "lead$2"),
	warn("dominat", `domination|dominant`, coded, contest+" Say what should be reached.", ""),
	warn("crush|kill", `crush(?:ing)? (?:it|the competition|targets|goals)|kill(?:ing|s)? it`, coded, contest+" Say what should be reached.", ""),
	warn("aggressive", `aggressive`, coded, contest, "ambitious"),
	warn("aggressive", `aggressively`, coded, contest, "with ambition"),
	warn("fearless|ruthless", `fearless|ruthless`, coded, contest, "confident"),
	warn("cut", `cut-?throat`, coded, contest, "demanding"),
	warn("competitive", `(highly )?competitive (spirit|nature|person|personality|people|individuals?)`, coded, contest, "${2}motivated $3"),
	warn("nurtur", `nurturing`, coded, leaning, "patient"),
	warn("nurtur|motherly|bubbly|feisty|girly", `nurtures? (?:people|clients|customers)|motherly|bubbly|feisty|girly`, coded, leaning+" Say what the person should do.", ""),
	warn("hostess", `hostess`, coded, oneSex, "host"),
	warn("stewardess", `stewardess`, coded, oneSex, "steward"),
	warn("waitress", `waitress`, coded, oneSex, "server"),
	warn("girl friday", `girl friday`, coded, oneSex, "assistant"),
}
