package jobpost

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
)

// mostRepeats is how often a question is put again to messages in which
// nothing was understood; after that the talk goes on without it.
const mostRepeats = 1

// repeats reports whether the question that stood before the message is put
// again: the message neither answered it nor left it open, nor said anything else.
func (t *turn) repeats() bool {
	if t.standing == "" || t.doc.Brief.Memory.Rush || len(t.reading.Changed)+len(t.reading.Removed) > 0 || t.declined != "" || t.yesNo != "" || t.timesAsked() > mostRepeats || len(questionsAsked(t.in.History)) >= MaxQuestions {
		return false
	}
	if slices.Contains(t.asked, asideCommand) && times(questionsAsked(t.in.History), t.standing) > mostRepeats {
		return false // other things in between do not make it new
	}
	if !open(t.doc, t.standing) || slices.Contains(t.asked, asideCancel) || slices.Contains(t.asked, asideRestart) {
		return false
	}
	switch t.reading.Intent {
	case brief.IntentFinish, brief.IntentWrite, brief.IntentUnsure, brief.IntentNoMore:
		return false
	case brief.IntentNone:
		return !assent.MatchString(t.in.Message.Text)
	}
	return t.hasDraft || t.refusal == ""
}

func times(slots []brief.Slot, slot brief.Slot) (n int) {
	for _, s := range slots {
		if s == slot {
			n++
		}
	}
	return n
}

// shorter are the questions in fewer words, for when they are put again.
var shorter = map[brief.Slot]string{
	brief.SlotSummary: "What should be done?", slotScope: "What exactly should be made or done?", slotExisting: "What is there already?", brief.SlotPay: "What would you pay?",
	slotCurrency: "In which currency?", brief.SlotSkills: "Which tools or skills must the person know?", brief.SlotLevel: "Entry level, intermediate or expert?",
	brief.SlotHours: "How many hours a week?", brief.SlotStart: "When should it start?",
}

// timesAsked is how often the standing question was put, one time after another.
func (t *turn) timesAsked() int {
	n := 0
	for i := len(t.in.History) - 1; i >= 0; i-- {
		r := t.in.History[i].Response
		if r == nil || r.Question == nil || r.Question.Slot != string(t.standing) {
			break
		}
		n++
	}
	return n
}

var (
	assent   = regexp.MustCompile(`(?i)^\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|right|correct|of course|fine|good|true)(?:,? (?:please|it is|it does|we do|i do|there is|that(?:['’]s| is) (?:fine|ok(?:ay)?|right)|they are|it can))?\W*$`)
	denial   = regexp.MustCompile(`(?i)^\W*(?:no|nope|nah|not yet|not at all|none|nothing(?: yet)?)(?:,? (?:sorry|thanks|there is ?n['’]?t|there is not|it is ?n['’]?t|we do ?n['’]?t|i do ?n['’]?t|not yet|nothing(?: yet)?))?\W*$`)
	isYesNo  = regexp.MustCompile(`^(?:Is|Are|Do|Does|Can|Should)\b`)
	ofRemote = regexp.MustCompile(`(?i)remote|video call`)
)

// takeYesNo understands a bare "yes" or "no" to a question that asks for it.
func (t *turn) takeYesNo() {
	if len(t.in.History) == 0 || len(t.reading.Changed) > 0 {
		return
	}
	r := t.in.History[len(t.in.History)-1].Response
	if r == nil || r.Question == nil || !isYesNo.MatchString(r.Question.Text) {
		return
	}
	text := t.in.Message.Text
	switch {
	case denial.MatchString(text):
		t.yesNo = "no"
	case assent.MatchString(text):
		t.yesNo = "yes"
	default:
		return
	}
	b := &t.doc.Brief.Brief
	if t.standing == brief.SlotLocation && t.yesNo == "yes" && ofRemote.MatchString(r.Question.Text) && !b.Location.Known() {
		quote := strings.TrimSpace(text)
		start := strings.Index(text, quote)
		b.Location = brief.Field[brief.Location]{Value: brief.Location{Mode: "remote"}, Confidence: 0.9,
			Sources: []brief.Source{{Kind: "message", ID: t.in.Message.ID, Start: grounding.UTF16(text[:start]), End: grounding.UTF16(text[:start+len(quote)]), Quote: quote}}}
		t.reading.Changed = append(t.reading.Changed, brief.SlotLocation)
	}
}

// ends finds that a day is the end of something.
var ends = regexp.MustCompile(`(?i)\b(?:by|until|till|before|end|ends|done|finish\p{L}*|deadline|due|through|latest)\b`)

// takeStart reads a bare day in the answer to "when should it start, and how
// long should it go on" as the start.
func (t *turn) takeStart() {
	b := &t.doc.Brief.Brief
	if t.standing != brief.SlotDuration || t.prior == nil || !goesOn(t.prior) || b.Start.Known() || t.before.Deadline.Known() || !b.Deadline.Known() || ends.MatchString(t.in.Message.Text) {
		return
	}
	b.Start, b.Deadline = b.Deadline, brief.Field[brief.Day]{}
	for i, slot := range t.reading.Changed {
		if slot == brief.SlotDeadline {
			t.reading.Changed[i] = brief.SlotStart
		}
	}
}
