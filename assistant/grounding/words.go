package grounding

import (
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
)

var (
	stemLock sync.RWMutex
	stems    = make(map[string]string) // of the words of this file and other frequent ones
)

// stem returns the stem of a folded word.
func stem(word string) string {
	word = strings.TrimSuffix(strings.TrimSuffix(strings.ReplaceAll(word, "’", "'"), "'s"), "'")
	asked := word
	stemLock.RLock()
	s, ok := stems[word]
	stemLock.RUnlock()
	if ok {
		return s
	}
	if base, irregular := irregulars[word]; irregular {
		word = base
	}
	s = english.Stem(word, false)
	stemLock.Lock()
	if len(stems) < 20000 && len(asked) < 30 { // bounded: people's words are without end
		stems[asked] = s
	}
	stemLock.Unlock()
	return s
}

// content returns the stems of the words that say something, in order.
func content(tokens []token) []mention {
	found := make([]mention, 0, len(tokens))
	for i, t := range tokens {
		if !t.word || functionWords[t.lower] || timeUnits[t.lower] != "" || isNumberWord(t.lower) || t.lower == "k" || percents[t.lower] || currencyWords[t.lower] != "" {
			continue
		}
		found = append(found, mention{canonical(stem(strings.TrimRight(t.lower, "."))), i, i + 1})
	}
	return found
}

// wording reports whether a word belongs to how a job post or a conversation
// about one is worded, and says nothing of its own about the work.
func wording(stem string) bool { return wordingStems()[stem] }

var wordingStems = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(wordingWords) {
		set[stem(word)] = true
	}
	return set
})

// functionWords carry grammar only.
var functionWords = wordSet(`a an the and or but nor so yet if then than that this these those there here it its it's i me my mine we us our ours you your yours he she
they them their who whom whose which what when where why how is am are was were be been being do does did done have has had having will would shall should can could may
might must of in on at to from with without within for by as into onto about above below over under up down out off between through during before after until since per via
not no yes also too very just only more most less least much many few some any each every all both either neither other another such same own again once still already even
while because although though unless however instead rather quite almost i'm i’m i'd i’d i'll i’ll i've i’ve we're we’re we'd we’d we'll we’ll we've we’ve you're you’re you'd you’d you'll
you’ll you've you’ve it’s that's that’s don't don’t doesn't doesn’t isn't isn’t can't can’t won't won’t let's let’s there's there’s what's what’s s t`)

// wordingWords are judged by hand: what assistants and job posts say whatever
// the work is. A word that would promise or demand something (free, urgent,
// bonus, native, senior) must not be here.
const wordingWords = `look looking need needed want wanted seek find found get give take make build create write written prepare produce help support work working works job post posting project task role
person people someone somebody freelancer freelancers candidate candidates applicant applicants expert professional client hire hired hiring apply application applying proposal proposals
describe description detail details detailed include including included cover draft first version start started starting begin ready finish finished complete completed done deliver delivered delivery deliverable deliverables
skill skills experience experienced knowledge know known familiar required requirement requirements must nice ideal ideally plus prefer preferred expect expected
budget price priced cost pay paid payment rate fixed hourly median range usual usually typical typically similar figure figures show shows sit sits
deadline date time timing timeline schedule duration last long length week hour day month year
change changed changes update updated add added keep kept leave left open remove removed replace replaced set note noted got thanks thank welcome sure sorry great good fine well nice right okay clear clearer
please tell say said says ask asked question questions answer answers reply choose pick suggestion suggestions mention mentions see share send like thing things way part parts point points
sound sounds think hope happy glad let go ahead now next last far enough exactly currently today title category text section list name names one ones kind sort type use used using based would
publish published edit edited review check hello hi hey word wording words sentence read reader readers different lot bit little small big better best strong close closer often always never maybe perhaps probably likely depend depends possible
high higher low lower middle half upper top bottom tight generous realistic attract few wide around roughly approximately inside outside everything anything something nothing else place
conversation message chat page side beside tap right-hand link source sources evidence data demo marketplace posts number numbers count counted enough compare compared warn warning exclude excludes safe problem stay stays understand english wrote
bring brings bringing moment presently charge charges hold holds held speak speaks spoke spoken handle handles handled cover covers covered become became remain remains arrive arrives serve serves deal deals hung hang spent spend come comes put`

// percents stand behind numbers, and are read with them.
var percents = wordSet("percent percentage pct pp cent")

// negations rule out what their clause names; see isNegation.
var negations = wordSet("no not without never except avoid cannot neither nor none nobody nothing lack lacks lacking missing excluded exclude excludes hardly rather instead yet unable")

// irregulars are forms that no rule brings to their base.
var irregulars = func() map[string]string {
	set := make(map[string]string)
	for pair := range strings.FieldsSeq("led:lead won:win built:build ran:run wrote:write written:write taught:teach grew:grow grown:grow sold:sell made:make shrank:shrink rebuilt:rebuild redid:redo rewrote:rewrite rewritten:rewrite " +
		"spoke:speak spoken:speak took:take taken:take kept:keep held:hold brought:bring bought:buy drew:draw drawn:draw drove:drive driven:drive began:begin begun:begin left:leave met:meet sent:send shot:shoot sang:sing flew:fly fed:feed children:child women:woman men:man") {
		form, base, _ := strings.Cut(pair, ":")
		set[form] = base
	}
	return set
}()

// opinions mark judgement and advice.
var opinions = wordSet("should recommend suggest advise realistic good better best great fair reasonable low high tight generous likely probably consider worth enough ambitious comfortable risky")
