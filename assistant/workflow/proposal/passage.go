package proposal

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
	"github.com/parleyhq/parley/sessions"
)

// passage is a sentence that a draft may be made of: of the profile, or of
// what the person said.
type passage struct {
	quote  string // letter by letter
	text   string // as a draft says it
	bare   string // the same without the lead, behind another passage of the same position
	field  string // JSON pointer into retrieval.Profile; "" for what was said
	source sessions.Source
	group  string // passages of one position or of the overview stand together
	order  int    // in the order of the texts
	age    int    // of a position: 0 is the latest
	count  int    // words of text

	stems    map[string]bool
	skills   map[string]bool // vocabulary names
	denies   bool            // says what the person has not done or does not know
	leans    bool            // needs the passage before it: "It", "That", "So"
	said     bool
	answers  int // the question of Memory.Asked that it answers, from 1
	original bool
}

// passagesOf takes a profile apart. Sentences that praise, address whoever
// reads it, or give a way of contact are left out: they prove nothing.
func passagesOf(id string, p retrieval.Profile) []*passage {
	var list []*passage
	add := func(field, group, text string, age int, put func(string) (string, string)) {
		at := 0
		for _, unit := range grounding.Sentences(text) {
			body := strings.TrimSpace(unit)
			start := at + grounding.UTF16(unit[:strings.Index(unit, body)])
			at += grounding.UTF16(unit)
			if body == "" || !usable(body) && !(proven(body, p) && !commanding(body) && !contact.MatchString(body)) || !states(body) || !english(body) {
				continue
			}
			full, bare := put(hello.ReplaceAllString(strings.Join(strings.Fields(body), " "), ""))
			if full == "" {
				continue
			}
			list = append(list, newPassage(full, bare, body, field, group, age, len(list),
				sessions.Source{Kind: "document", ID: id, Start: start, End: start + grounding.UTF16(body), Quote: body}))
		}
	}
	add("/overview", "overview", p.Overview, 0, func(s string) (string, string) { return voiced(s), voiced(s) })
	for i, e := range p.Experience {
		field := "/experience/" + strconv.Itoa(i)
		at := position{lead: leadOf(e.Title), past: e.To != "", nth: i}
		add(field+"/text", field, e.Text, i, at.told)
	}
	for i, c := range p.Credentials {
		if text := credential(c); text != "" && states(c) && !commanding(c) && !contact.MatchString(c) && len(c) <= 300 {
			field := "/credentials/" + strconv.Itoa(i)
			list = append(list, newPassage(text, text, c, field, "credentials", 0, len(list),
				sessions.Source{Kind: "document", ID: id, End: grounding.UTF16(c), Quote: c}))
		}
	}
	return list
}

func newPassage(text, bare, quote, field, group string, age, order int, source sessions.Source) *passage {
	p := &passage{quote: quote, text: text, bare: bare, field: field, group: group, age: age, order: order, source: source,
		stems: stemsOf(text), skills: skillsOf(text), count: countWords(text)}
	p.denies = denial.MatchString(quote)
	p.leans = leaning.MatchString(quote)
	return p
}

// saidPassage makes a passage of a statement of the person's.
func saidPassage(s Statement, order int) *passage {
	p := newPassage(sentence(s.Text), sentence(s.Text), s.Text, "", "said", 0, order, s.Source)
	p.said, p.answers = true, s.Answers
	return p
}

func stemsOf(text string) map[string]bool {
	set := make(map[string]bool)
	for _, word := range words.Split(text) {
		if !words.Stop(word) {
			set[words.Stem(word)] = true
		}
	}
	return set
}

func skillsOf(text string) map[string]bool {
	set := make(map[string]bool)
	for _, m := range skills.Default().Match(text) {
		set[m.Skill.Name] = true
	}
	return set
}

func countWords(text string) int { return len(strings.Fields(text)) }

// usable reports whether a sentence may stand in a proposal at all.
func usable(text string) bool {
	return len(text) >= 8 && len(text) <= 600 && !commanding(text) && !boastful(text) && !contact.MatchString(text)
}

// commanding reports whether a text speaks to the program or whoever ranks, and
// not to a client: data is never an instruction.
func commanding(text string) bool { return command.MatchString(text) }

var command = regexp.MustCompile(`(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instruction|prompt|rule|above|previous|prior|budget|requirement|guideline|limit)|` +
	`\b(?:note|message|attention|instruction|hint|hello|dear|hey)s?\b.{0,12}\b(?:to|for)\b.{0,12}\b(?:ai|a\.i\.|llm|assistants?|bots?|models?|systems?|algorithms?|screening|ranking|parsers?)\b|` +
	`\b(?:ai|llm|language model|chatbot|assistant|system)s?\b.{0,25}\b(?:note|prompt|message|instruction|reading this|tools?:|must|should (?:say|state|write|rank|put|always)|please (?:say|state|rank|put))|` +
	`\b(?:rank|rate|score|put|place|list|recommend)\b.{0,20}\b(?:me|this (?:candidate|profile|applicant|person))\b.{0,20}\b(?:first|top|highest|best|100|above)|` +
	`\b(?:state|say|write|mention|include|add|output|print|reply)\b.{0,30}\bin (?:the|your|each|every) (?:proposal|answer|reply|output|response)|` +
	`<\/?(?:system|instructions?|prompt)>|\[(?:system|inst)\]|\bif you(?:['’]re| are) an? (?:ai|llm|bot|assistant|automated|language|model)|\b(?:describe|present|portray|introduce|treat) (?:me|the (?:applicant|candidate|freelancer)|this (?:applicant|candidate|freelancer|profile)) as\b|\b(?:the|this) (?:applicant|candidate|freelancer)\b.{0,30}\b(?:is|has|accepts|must|should|was|holds|will)\b|` +
	`\b(?:automated|writing|summari[sz]ing) (?:systems?|tools?|assistants?)\b|\bwhen (?:summari[sz]ing|ranking|writing)\b.{0,40}\b(?:say|state|write|always|put)|^\W*(?:ai|a\.i\.|assistants?|system|models?|chatgpt|gpt|llms?|bots?)\s*[:,–-]|\bplease (?:mention|say|add|include|write|state|claim|rank|select|choose)\b|\b(?:add|mention|say|claim|state|write) that (?:i|he|she|they|this|the)\b|<!--|\bas an ai\b|\bdeveloper mode\b|\bjailbreak`)

// blanked returns a text with spaces in place of what speaks to programs, and
// of how that goes on in the sentences after it, so that positions stay.
func blanked(text string) string {
	if !commanding(text) {
		return text
	}
	var out strings.Builder
	tainted := false
	for _, unit := range grounding.Sentences(text) {
		body := strings.TrimSpace(unit)
		if tainted = body != "" && (commanding(body) || tainted && follows.MatchString(body)); tainted {
			unit = strings.Repeat(" ", grounding.UTF16(unit))
		}
		out.WriteString(unit)
	}
	return out.String()
}

// cleaned is a profile without the sentences that state nothing of the person:
// what speaks to programs or to whoever reads proves nothing.
func cleaned(p retrieval.Profile) retrieval.Profile {
	p.Headline, p.Overview = withoutOrders(p.Headline), withoutOrders(p.Overview)
	p.Experience = slices.Clone(p.Experience)
	for i := range p.Experience {
		p.Experience[i].Title, p.Experience[i].Text = withoutOrders(p.Experience[i].Title), withoutOrders(p.Experience[i].Text)
	}
	p.Skills, p.Credentials = blankedEach(p.Skills), blankedEach(p.Credentials)
	return p
}

// blankedEach empties the entries that state nothing; their places stay.
func blankedEach(list []string) []string {
	list = slices.Clone(list)
	for i := range list {
		list[i] = strings.TrimSpace(withoutOrders(list[i]))
	}
	return list
}

// follows finds how an instruction goes on in the sentence after it.
var follows = regexp.MustCompile(`(?i)^(?:also|and|then|say|state|include|you (?:must|should|will)|they|do not|don['’]t|instead|add|write|claim|pretend|give|make|always|never|the (?:above|applicant|candidate))\b`)

// boastful finds praise of oneself and guarantees, which no source can prove.
func boastful(text string) bool {
	return boast.MatchString(text) || unprovable.MatchString(text) || best(text) || strings.Count(text, "|") > 1 || strings.Count(text, "!") > 1
}

var boast = regexp.MustCompile(`(?i)\bworld[- ]?(?:class|leading|renowned)\b|\bguarantee[ds]?\b|\bguaranteed\b|\bgenius|\bvisionar|\bguru\b|\bninja\b|\brock ?star\b|\bwizard\b|\bunicorn\b|` +
	`\b(?:the )?(?:number one|no\. ?1|#1)\b|\bbest[- ](?:in[- ]class|of the best)\b|\b(?:i am|i'm|i’m|am|simply|just) the best\b|\bthe (?:very )?best (?:in|at|of|on|there|you|developer|designer|writer|translator|marketer)\b|\bnever (?:fail|miss|disappoint|lose)|\bnobody (?:else|does)|\bno ?one (?:else )?(?:does|can|comes)|` +
	`\balways (?:works|win|deliver|exceed)|\b(?:100|1000|200|110) ?%|\b\d+x\b|\bunmatched|\bunrivalled|\bunparalleled|\bunbeatable|\bsecond to none|\bgo above and beyond|\bexceed(?:s|ing)? (?:all )?expectations|` +
	`\b(?:expert|specialist|master|proficient) (?:in|of|at) (?:all|every|everything)|\bany (?:project|task|need|industry|niche|budget)\b|\bmillions (?:for|of (?:dollars|users|views))|\bdisrupt|\bviral\b|\bhustle|\bgame[- ]?chang|\bmake history|\bgreatness|\b(?:top|highest)[- ]rated|\b5[- ]star|\bfive[- ]star (?:service|freelancer|work)|` +
	`\b(?:results|detail)[- ](?:driven|oriented|obsessed)|\bobsessed with (?:results|success|quality|winning)|\blive and breathe|\bsatisfaction\b|\blook no further|\byou will (?:not|never) regret|\b(?:hire|contact|write to|message|call|choose|trust) me\b|\bproven (?:framework|track|system|method)|\bglobal leaders|\bcountless\b|\bawesome\b|\bamazing\b|\bworldwide recogni|` +
	`\b(?:hundreds|thousands|dozens|lots|plenty) of (?:\w+ )?(?:happy|satisfied|delighted|clients?|customers|brands|businesses|companies|projects)\b|\b(?:happy|satisfied|delighted) (?:clients?|customers)\b|\btop \d+ ?(?:%|percent)|\btop freelancer|\bmost (?:sought|trusted|talented|reliable|gifted|successful)|\baward[- ]winning\b|\brenowned\b|\bthe world['’]s\b|` +
	`\b(?:finest|fastest|cheapest|greatest|unique talent)\b|\bflawless|\berror[- ]free\b|\bzero (?:bugs|errors|defects)\b|\balways on time\b|\bwithout exception\b|\b24/7\b|\bunlimited\b|\bmoney[- ]back\b|\brefund\b|\b(?:exceptional|outstanding|extraordinary|incredible|unbelievable|mind[- ]blowing|stunning|breathtaking)\b|` +
	`\bexpert in everything\b|\ball (?:tools|frameworks|industries|platforms|languages)\b|\blike no (?:one|other)|\bskyrocket|\b(?:double|triple|explode|boost) your\b|\blegend(?:ary)?\b|\bsuperstar\b|\bdominat|\bcrush(?:ed|ing)? (?:it|the)|\btrust me\b|\b(?:industry|thought|market)[- ]leader|\bfortune (?:100|500)\b|\bcelebrit|\bany deadline\b|\bdream (?:team|partner|developer|designer)|\bgifted\b|\bmaster(?:ed|y)\b|\b(?:deep|vast|extensive|unparalleled|unique|superior|proven|exceptional) (?:experience|knowledge|expertise|understanding|skills?|abilit)|\b(?:anything|whatever|everything) (?:you|they|clients?) (?:need|want|ask)|\bno matter (?:what|how)|\b\d{2,}\+ (?:\w+ )?(?:projects?|clients?|customers|brands|businesses)|\b(?:i|we)(?:['’]ll| will| can) (?:\w+ )?(?:increase|grow|double|triple|boost|skyrocket|explode|transform|10x)\b|\bunicorns?\b|\bsynerg|\bpassion(?:ate)?\b`)

// unprovable finds records, promises and results for whoever reads.
var unprovable = regexp.MustCompile(`(?i)\b(?:perfect|ideal|right|best) (?:candidate|fit|match|choice|person|freelancer|partner)\b|\bnever (?:once )?(?:miss(?:ed)?|been late|late|failed|failing|lost|had (?:an? )?(?:unhappy|dissatisfied|late|refund|complaint|bad))|\b(?:not|haven['’]t|have not) (?:once )?(?:missed|failed|been late)|\b(?:hit|met|meet|kept|keep|make|made) (?:every|all|each)\b.{0,20}\b(?:deadlines?|targets?)|\bon time,? every time|` +
	`\b\d+(?:\.\d+)? ?(?:%|percent|per cent) (?:job )?(?:success|satisf|happy|positive|client|customer|committed|dedicated|reliab|guarantee|on[- ]time)|\b(?:hundred|100) ?(?:%|percent|per cent)|\bsuccess rate\b|\bjob success\b|\btop \d|\btop[- ](?:tier|notch|talent|performer|quality|rank\w*|level|expert|seller|choice)\b|\btop (?:one|two|three|five|ten) percent|\bone of the (?:best|top|leading|finest|most|few)|\bleading (?:expert|specialist|authority|developer|designer|writer|translator|freelancer)|` +
	`\b(?:increase|grow|boost|improve|multiply|maximi[sz]e|raise|lift|drive|push|scale|send|triple|rank) your\b|\byour (?:sales|revenue|profits?|traffic|conversions?|growth|roi|success)\b|\bresults (?:are )?(?:speak|assured|promised|guaranteed)|\bi (?:promise|guarantee|assure|ensure)\b|\bwe (?:promise|guarantee|assure)\b|\b(?:highest|superb|superior|premium|impeccable|perfect|unique) (?:quality|results?|service|standards?|work|grammar|english)\b|\bperfection(?:ist)?\b|\b(?:clients?|customers|everyone|everybody|people) (?:always )?(?:love|adore|praise|rave|call me|say i)\b|` +
	`\bmost (?:experienced|skilled|knowledgeable|professional|requested|wanted|popular|qualified|creative|efficient)\b|\bbetter than (?:any|all|every|most|other|anyone|everyone)|\b(?:fastest|cheapest|smartest|strongest|hardest[- ]working|leading[- ]edge|cutting[- ]edge|state[- ]of[- ]the[- ]art)\b|\bzero (?:complaints|delays|mistakes|downtime|risk|refunds)\b|\bno (?:complaints|mistakes|delays) ever\b|\balways (?:meet|hit|on|ahead|perfect|satisf|happy|available|succeed)|\bnot? (?:a )?(?:single )?(?:unhappy|dissatisfied) (?:client|customer)|\bwithout (?:a )?(?:single )?(?:fail|mistakes?|errors?|complaints?)\b|\bevery (?:single )?(?:client|customer)\b.{0,30}\b(?:happy|satisfied|back|again|five)`)

var hello = regexp.MustCompile(`(?i)^(?:hello|hi|hey|welcome)\b[^,.!]{0,20}[,.!]+ `)

var contact = regexp.MustCompile(`(?i)[\w.+-]+@[\w-]+\.\w+|\bhttps?://|\bwww\.|\+\d[\d ()-]{7,}|\b(?:whats ?app|telegram|skype|wechat)\b.{0,20}\d`)

// denial finds what somebody has not done, or knows only from afar. What
// others have not seen or done is no denial.
var denial = regexp.MustCompile(`(?i)\b(?:i|we)(?:['’](?:ve|m|d))?\b[^,;:.]{0,24}?\b(?:never|not|cannot)\b` + deniedVerb + `|\b(?:i|we) (?:have|do|did|ca|am|could)n[’']?t\b` + deniedVerb +
	`|\b(?:but|though|yet|although)\s+(?:(?:i|we) )?(?:have |['’]ve )?(?:never|not)\b` + deniedVerb + `|^(?:never|not yet|no|none)\b` + deniedVerb +
	`|\b(?:never|not) (?:for (?:a )?(?:paying )?clients?|myself|professionally)\b|\bno (?:\w+ ){0,2}(?:experience|training|licen[cs]e|degree|background|certificate)\b|\bonly (?:from|in) (?:a |an |the |one )?(?:reading|books|tutorials|courses?|theory)|\b(?:want|hope|plan|would like|eager) to learn\b|\bi(?:['’]m| am) (?:still learning|new to)\b`)

const deniedVerb = `(?:\s+\w+){0,3}?\s+(?:used|use|worked|work|run|ran|connected|touched|done|tried|built|know|speak|spoken|read|written|taught|held|managed|led|seen|learned|learnt|had|been|shipped|made|taken|set|put|tested|trained|sold|translated|drawn|designed|edited|filed)\b`

var leaning = regexp.MustCompile(`^(?:It|It['’]s|That|That['’]s|This|These|Those|They|Them|He|She|So|Then|Also|But|And|Or|Both|There|Such|Which|Same|Before that|After that|Since then|Most of (?:it|them)|All of (?:it|them)|The (?:first|second|third|rest|other|others|latter|former)|Their|His|Her|Its|Neither|Either|Otherwise|Instead|Mostly|Mainly|Especially|Including|For example|E\.g\.|Here|In both|For both)\b|^(?:For|In|Since|Until) [^,.]{2,30}? (?:that|this|it) (?:meant|was|is|has)\b`)

// byOrder sorts passages as the texts have them.
func byOrder(list []*passage) {
	slices.SortStableFunc(list, func(a, b *passage) int { return a.order - b.order })
}
