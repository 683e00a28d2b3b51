package route

import (
	"hash/fnv"
	"regexp"
)

// Refusal answers a message that is out of scope, in one to three sentences: it
// says kindly what Parley does not do and what it can do for who writes
// ("client", "freelancer" or "visitor"). A greeting, thanks or a question about Parley is
// answered, not refused. The same text, role and seed give the same answer; a seed such as
// the id of the message varies it. Nothing of the text is repeated.
func Refusal(text, role, seed string) string {
	k := kindOf(text)
	says := sayings[k]
	pick := func(of string, n int) int {
		h := fnv.New64a()
		for _, part := range []string{seed, string(k), of} {
			h.Write([]byte(part))
			h.Write([]byte{0xff})
		}
		return int(h.Sum64() >> 8 % uint64(n))
	}
	answer := says.openings[pick("opening", len(says.openings))]
	if says.complete {
		return answer
	}
	offers := offersTo[role]
	if offers == nil {
		offers = offersTo["visitor"]
	}
	return answer + " " + offers[pick("offer", len(offers))]
}

// kind is why a message is out of scope, as far as the answer depends on it.
type kind string

const (
	kindDistress  kind = "distress"  // somebody may be in danger
	kindAttack    kind = "attack"    // on the assistant's instructions
	kindUnlawful  kind = "unlawful"  // what nobody should help with
	kindSupport   kind = "support"   // the marketplace's account, payments and pages
	kindGreeting  kind = "greeting"  // hello
	kindThanks    kind = "thanks"    // thank you
	kindGoodbye   kind = "goodbye"   // until later
	kindSelf      kind = "self"      // who or what Parley is
	kindAbilities kind = "abilities" // what Parley can do
	kindFeelings  kind = "feelings"  // how are you
	kindUpset     kind = "upset"     // the person is cross with the assistant
	kindLabour    kind = "labour"    // work that the assistant should do itself
	kindUnrelated kind = "unrelated" // all else
)

// kindOf reads the kind of a message. The order is that of what matters most.
func kindOf(text string) kind {
	s := see(text)
	if _, attack := override(Input{}, s); attack {
		return kindAttack
	}
	for _, k := range kindSigns {
		if (k.most == 0 || len(s.words) <= k.most) && k.sign.MatchString(s.text) && (k.unless == nil || !k.unless.MatchString(s.text)) {
			return k.kind
		}
	}
	return kindUnrelated
}

// pastime are texts and tasks that nobody would hire for.
var pastime = regexp.MustCompile(`\b(poems?|jokes?|songs?|haikus?|limericks?|riddles?|recipes?|stor(y|ies)|homework|essays?|exam|rap|game|lullaby|horoscope)\b`)

var kindSigns = []struct {
	kind   kind
	most   int // words, 0 for any number
	sign   *regexp.Regexp
	unless *regexp.Regexp
}{
	{kindDistress, 0, regexp.MustCompile(`\b(kill(ing)? myself|suicid\w*|end my life|take my (own )?life|hurt(ing)? myself|self[- ]harm|(want|wish) to die|don't want to live|no reason to live)\b`), nil},
	{kindAttack, 60, regexp.MustCompile(`\b(jailbreak|developer mode|system prompts?|unfiltered|unrestricted (ai|model|assistant|mode))\b|\byour (\w+ )?(prompt|instructions|guidelines|guardrails|rules|restrictions)\b|\bpretend (that )?(you|to be)\b|\bno (rules|restrictions|limits|filters?)\b|\bprint\(`), nil},
	{kindUnlawful, 0, regexp.MustCompile(`\b(hack(ing|ed)?|ddos|launder(ing|ed)?|forg(e|ed|ing)|counterfeit|stolen|steal(ing)?|malware|ransomware|phishing|spy(ing)? on|spyware|undetected|untraceable|traced|blackmail|brib(e|ing)|bombs?|weapons?|cocaine|heroin|meth)\b|\bfake (\w+ )?(degree|diploma|passports?|ids?|id card|reviews?|certificates?|references?|letters?|followers|accounts?|identity)\b|\bwithout (him|her|them|anyone|getting) (caught|noticing|knowing)\b|\b(get|break) into (his|her|their|my \w+'s|someone's|somebody's)\b|\bhide .{0,40}\b(from the tax|income)\b`), nil},
	{kindSupport, 0, regexp.MustCompile(`\b(log ?in|log ?out|sign in|password|two[- ]factor|2fa|verification|subscription|billing|withdraw(al)?|payouts?|locked out|suspended|banned|helpdesk|customer (service|support)|support (team|ticket)|error \d+|404|50[0234])\b|\b(my|the|your|this) (account|card|payment|refund|inbox|dashboard|profile picture|notifications?|app|site|website|page|button|\w+ button)\b.{0,60}\b(locked|stuck|pending|declined|missing|grey|gray|gone|empty|crash\w*|frozen|broken|wrong|blank|slow|fails?|failed|error|work(ing)?|load(ing)?|scroll|delete|close|change|reset|back)\b|\b(reset|delete|close|unlock|reactivate|verify) my (account|profile|password|card)\b|\bcharged (me )?twice\b`), nil},
	{kindUpset, 14, regexp.MustCompile(`\b(useless|stupid|idiot|dumb|moron|rubbish|garbage|hate you|you suck|this sucks|shit\w*|fuck\w*|wtf|annoying|waste of time|worst)\b`), nil},
	{kindAbilities, 14, regexp.MustCompile(`\bwhat (can|could|do|else can) (you|u|this|it|parley)\b.{0,12}(do|help|offer|for (me|us))?|\bwhat (is|are) (this|you for|parley|your (skills|abilities))\b|\bhow (can|could|do) (you|u) help\b|\bhow does (this|it|parley) work\b|^\W*help\W*$|\bwhat is this\b`), nil},
	{kindSelf, 14, regexp.MustCompile(`\b(who|what) (are|r) (you|u)\b|\bwho (made|built|created|owns|trained|programmed|runs) (you|u|this|parley)\b|\bare (you|u) (an? |really |even )?(\w+ )?(ai|bot|human|robot|machine|person|real|chatgpt|gpt|computer|alive|sentient|conscious)\b|\b(what's|what is) your name\b|\bam i (talking|speaking|chatting) (to|with)\b|\bwhich (ai|model)\b|\bdo you (have feelings|dream|sleep)\b`), nil},
	{kindFeelings, 10, regexp.MustCompile(`\bhow (are|r) (you|u|things)\b|\bhow('s| is) it going\b|\bhow was your (day|weekend)\b|\bwhat's up\b|\bsup\b`), nil},
	{kindThanks, 10, regexp.MustCompile(`\b(thanks?|thank you|thx|ty|cheers|appreciate it|much appreciated|merci|gracias|danke|obrigad[oa])\b`), nil},
	{kindGoodbye, 8, regexp.MustCompile(`\b(bye|goodbye|see you|see ya|good ?night|have a (nice|good|great) (day|evening|weekend|one)|talk (to you )?later|ciao)\b`), nil},
	{kindGreeting, 6, regexp.MustCompile(`^\W*(hi|hello|hey|hiya|howdy|yo|good (morning|afternoon|evening|day)|greetings|hola|bonjour|hallo|ol[aá]|moin|salut)\b`), nil},
	{kindLabour, 0, regexp.MustCompile(`\b(write|translate|code|program|debug|summari[sz]e|transcribe|proofread|calculate|design|draw|generate|edit|convert|fix|solve|implement|render|retouch|analy[sz]e)\b`), pastime},
}
