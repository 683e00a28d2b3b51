package jobpost

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
)

// aside is what a person asks Parley itself, in the middle of a post.
type aside string

const (
	asideSoFar    aside = "so_far"       // "what do you have so far?"
	asideNeeded   aside = "needed"       // "what else do you need?"
	asideQuestion aside = "the_question" // "what was the question?"
	asideWhy      aside = "why"          // "why not?", about a warning or a question
	asideCan      aside = "can"          // "can you …?"
	asideFaster   aside = "faster"       // "can you be faster?"
	asideForeign  aside = "foreign"      // "auf Deutsch bitte"
	asideCommand  aside = "command"      // "draft an invitation to the first one"
	asideCancel   aside = "cancel"       // "never mind, cancel everything"
	asideRestart  aside = "restart"      // "start over", and nothing else
)

// asides are tried in order on each sentence of a message.
var asides = []struct {
	name    aside
	pattern *regexp.Regexp
}{
	{asideSoFar, regexp.MustCompile(`(?i)^(?:so |ok,? |and |wait,? )?(?:what|which)(?: all)? (?:do|did|have) you (?:have|got|get|know|understand|understood|note|written)(?: down)?(?: by now| until now| so far| yet| already| about it| of it)*$|^(?:(?:can|could) you )?(?:please )?(?:show|give|tell) me (?:a |the )?(?:summary|what you (?:have|know|got)|everything)(?: (?:so far|now|please))*$|^(?:please )?(?:summari[sz]e|recap|sum up)(?: (?:it|that|please|so far|the post))*$|^where are we(?: now)?$|^what(?:['’]s| is) (?:the status|in (?:it|the post|there))(?: (?:so far|now))?$`)},
	{asideNeeded, regexp.MustCompile(`(?i)^(?:so |and |ok,? )?what (?:else |more )?(?:do you|would you|does it|is)(?: still)? (?:need|want|miss|missing|open|left)(?: to know)?(?: from me| for that| for it| now| still)*$|^(?:is |anything )?(?:anything|something|what(?:['’]s| is)) (?:else |still )?(?:missing|open|left|needed)(?: now)?$|^anything else(?: you need)?(?: from me)?$`)},
	{asideQuestion, regexp.MustCompile(`(?i)^(?:sorry,? |wait,? |again,? )?(?:what|which) (?:was|is|were)(?: your| the| that)? (?:last )?question(?: again)?$|^(?:(?:can|could) you )?(?:please )?(?:repeat|ask) (?:the question|that|it|again|me again)(?: again)?(?: please)?$|^(?:sorry,? )?i (?:do ?n['’]?o?t|did ?n['’]?o?t|not) (?:understand|get|follow)(?: (?:the|your|this|that))?(?: question)?$|^(?:sorry,? )?what do you mean(?: (?:by that|with that|exactly))?$|^come again$|^what did you (?:ask|say)(?: again)?$|^huh$|^pardon$`)},
	{asideWhy, regexp.MustCompile(`(?i)^(?:but |and |ok,? )?why(?: not| is that| that| so| do you ask| are you asking| does it matter| is (?:it|this|that) (?:bad|wrong|a problem|unlawful|illegal|important)| can['’]?t i(?: say that| write that)?)?$|^(?:what(?:['’]s| is) (?:wrong|bad|the problem) (?:with|about) (?:that|it|this)|what(?:['’]s| is) the problem|how come|says who)$`)},
	{asideForeign, regexp.MustCompile(`(?i)^(?:(?:bitte|por favor|s['’]il (?:vous|te) pla[iî]t|per favore)[, ]+)?(?:auf|in|en|em|po|na)? ?(?:deutsch|fran[cç]ais|espa[nñ]ol|castellano|italiano|portugu[eê]s|nederlands|polsku|het nederlands)(?:[, ]+(?:bitte|por favor|s['’]il (?:vous|te) pla[iî]t|svp|stp|per favore|alstublieft|graag|please|prosz[eę]))?$|^(?:please )?(?:answer|reply|continue|go on|talk to me|write to me|speak to me) in (?:german|french|spanish|italian|portuguese|dutch|polish|turkish|arabic|chinese|hindi|russian|my language)(?: please)?$`)},
	{asideFaster, regexp.MustCompile(`(?i)^(?:can|could) (?:you|we|this|it) (?:be|go|do (?:it|this)) (?:any )?(?:faster|quicker|shorter|more quickly)$|^how (?:long|many (?:more )?questions)(?: will this take| are there| does this take| do you have)?(?: left)?$|^(?:this|it) (?:takes|is taking) too long$`)},
	{asideCan, regexp.MustCompile(`(?i)^(?:and |so |ok,? |by the way,? )?(?:can|could|will|would|do|are) you (?:also |really |even |able to )*(?:publish|post|hire|pay|send|email|call|contact|choose|pick|invite|speak|save|share|export|print|recommend|promise|guarantee)\b[^.!?]{0,60}$`)},
}

// asidesIn lists what a message asks of Parley, and reports whether it says nothing else.
func asidesIn(text string) (found []aside, only bool) {
	only = true
	for _, sentence := range grounding.Sentences(text) {
		body := strings.Trim(sentence, " \t\r\n.!?…")
		if body == "" || len(body) > 120 {
			only = only && body == ""
			continue
		}
		name := asideOf(body)
		switch {
		case name == asideCan && !strings.HasSuffix(strings.TrimSpace(sentence), "?"), name == "":
			only = only && pleasantry.MatchString(body)
		case !slices.Contains(found, name):
			found = append(found, name)
		}
	}
	return found, only && len(found) > 0
}

var pleasantry = regexp.MustCompile(`(?i)^(?:sorry|wait|hm+|ok(?:ay)?|hi|hello|hey|thanks|thank you|please|sure|yes|no)(?: (?:again|there|but))?$`)

func asideOf(body string) aside {
	for _, a := range asides {
		if a.pattern.MatchString(body) {
			return a.name
		}
	}
	return ""
}

// asideFacts answer what was asked of Parley itself.
func (t *turn) asideFacts(f *workflow.Facts) {
	for _, a := range t.asked {
		switch a {
		case asideSoFar:
			t.soFarFact(f)
		case asideNeeded:
			t.neededFact(f)
		case asideWhy:
			t.whyFact(f)
		case asideQuestion:
			if t.decision.Action != "ask" {
				f.Add(factIntent, "no_question", "", nil)
			}
		default:
			f.Add(factIntent, string(a), "", nil)
		}
	}
}

// soFarFact sums up what is known, in words that the post itself uses.
func (t *turn) soFarFact(f *workflow.Facts) {
	if !t.hasDraft {
		f.Add(factIntent, "nothing_yet", "", nil)
		return
	}
	b := t.doc.Brief.Brief
	var parts []string
	var sources []brief.Source
	for _, slot := range []brief.Slot{brief.SlotDeliverables, brief.SlotSkills, brief.SlotLevel, brief.SlotPay, brief.SlotDuration, brief.SlotDeadline, brief.SlotStart, brief.SlotHours, brief.SlotLocation} {
		if c := clause(b, slot); c != "" && len(c) < 200 {
			parts = append(parts, c)
			sources = append(sources, slotSources(b, slot)...)
		}
	}
	f.Add(factSoFar, "", workflow.Join(parts), map[string]string{"title": t.doc.Title}, workflow.ToSources(sources[:min(8, len(sources))])...)
	t.openFact(f)
}

func (t *turn) neededFact(f *workflow.Facts) {
	if !t.hasDraft {
		f.Add(factIntent, "nothing_yet", "", nil)
		return
	}
	if names := openNames(t.doc.Brief.Brief); len(names) > 0 {
		f.Add(factOpen, "", workflow.Join(names), nil)
		return
	}
	f.Add(factIntent, "nothing_needed", "", nil)
}

// whyFact explains the warnings that stand, or else the question that does.
func (t *turn) whyFact(f *workflow.Facts) {
	told := 0
	for _, g := range groupWarnings(t.doc.Warnings) {
		if told++; told > 3 {
			return
		}
		f.Add(factWhy, "", g.reason, map[string]string{"word": quoted(g.words)}, t.sourceOf(g.first))
		t.remember(g)
	}
	if told == 0 && t.decision.Action == "ask" {
		f.Add(factIntent, "why_question", "", nil)
	} else if told == 0 {
		f.Add(factIntent, "why_nothing", "", nil)
	}
}
