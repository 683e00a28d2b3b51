package jobpost

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// replyFacts lists what the reply to a turn may say.
func replyFacts(t *turn) *workflow.Facts {
	f := &workflow.Facts{}
	if t.refusal != "" {
		f.Add(factRefused, "", t.refusal, nil)
	}
	t.intentFact(f)
	t.asideFacts(f)
	t.changeFacts(f)
	t.figureFacts(f)
	t.warningFacts(f)
	t.closingFacts(f)
	switch {
	case len(f.List) == 0:
		f.Add(factIntent, "fine", "", nil)
	case len(f.List) == 1 && f.List[0].Kind == factQuestion && t.hasDraft && t.standing != "" && t.decision.Slot != t.standing:
		f.Insert(factIntent, "onward", "", nil)
	}
	return f
}

func (t *turn) intentFact(f *workflow.Facts) {
	if t.refusal != "" || len(t.asked) > 0 && len(t.reading.Changed) == 0 {
		return
	}
	switch t.reading.Intent {
	case brief.IntentGreeting, brief.IntentThanks, brief.IntentHelp, brief.IntentOther, brief.IntentWrite:
		if len(t.reading.Changed) == 0 || t.reading.Intent == brief.IntentWrite && t.hasDraft {
			f.Add(factIntent, t.intentKey(), "", nil)
		}
	}
}

// intentKey tells a message off the subject from one in which there was only
// nothing new for a post that is under way.
func (t *turn) intentKey() string {
	switch {
	case t.reading.Intent == brief.IntentWrite && !t.hasDraft:
		return "nothing_yet"
	case t.reading.Intent != brief.IntentOther:
		return string(t.reading.Intent)
	case foreign(t.in.Message.Text):
		return "foreign"
	case t.decision.Action == "ask" && t.decision.Slot == t.standing && t.hasDraft:
		return "still_open"
	case t.old != nil:
		return "nothing_new"
	}
	return "off_topic"
}

// changeFacts say what the message set, took back or left open.
func (t *turn) changeFacts(f *workflow.Facts) {
	if t.fresh && t.hasDraft {
		f.Add(factStart, "", t.doc.Title, nil, workflow.ToSources(t.doc.Brief.Title.Sources)...)
	}
	for _, slot := range t.reading.Changed {
		if slot == brief.SlotTitle && t.fresh || slot == brief.SlotCategory {
			continue
		}
		t.changeFact(f, slot)
	}
	for _, item := range t.reading.Removed {
		if slot := t.cleared(item); slot != "" {
			f.Add(factRemoved, string(slot), "the "+slotNames[slot], nil, workflow.ToSources(item.Sources)...)
			continue
		}
		f.Add(factRemoved, "", item.Text, nil, workflow.ToSources(item.Sources)...)
	}
	switch {
	case t.declined != "":
		f.Add(factDeclined, string(t.declined), slotNames[t.declined], map[string]string{"how": t.declinedHow(), "effect": leftOpen[t.declined]})
	case t.yesNo != "" && !t.said():
		f.Add(factIntent, t.yesNo, "", nil)
	}
}

// cleared returns the slot whose whole value a removed item was, "" for an entry of a list.
func (t *turn) cleared(item brief.Item) brief.Slot {
	for _, slot := range []brief.Slot{brief.SlotPay, brief.SlotDuration, brief.SlotDeadline, brief.SlotStart, brief.SlotHours, brief.SlotLevel, brief.SlotLocation} {
		if before := slotSources(t.before, slot); len(before) > 0 && slices.Equal(before, item.Sources) && slotValue(t.doc.Brief.Brief, slot) == "" {
			return slot
		}
	}
	return ""
}

// leftOpen is what it means for the post that a slot stays open.
var leftOpen = map[brief.Slot]string{
	brief.SlotPay: "people who apply will name their price", brief.SlotSkills: "no particular tool is named", brief.SlotLevel: "people of every level can apply",
}

var isList = map[brief.Slot]bool{brief.SlotDeliverables: true, brief.SlotSkills: true, brief.SlotConditions: true, brief.SlotQuestions: true}

// declinedHow tells the ways of leaving a question open that are answered in
// their own words.
func (t *turn) declinedHow() string {
	switch {
	case t.reading.Intent == brief.IntentNoMore:
		return "no_more"
	case t.yesNo == "no" && t.declined == slotExisting:
		return "no"
	}
	return ""
}

func (t *turn) changeFact(f *workflow.Facts, slot brief.Slot) {
	value, sources := slotValue(t.doc.Brief.Brief, slot), slotSources(t.doc.Brief.Brief, slot)
	attrs := map[string]string{"name": slotNames[slot], "clause": clause(t.doc.Brief.Brief, slot)}
	if slot == brief.SlotSummary {
		t.statementFact(f, attrs)
		return
	}
	if old := slotValue(t.before, slot); old != "" && old != value && !(slot == brief.SlotPay && (noCurrency(t.before) || !t.before.Pay.Value.Amount())) {
		attrs["old"] = old
	}
	items := added(list(t.before, slot), list(t.doc.Brief.Brief, slot))
	if isList[slot] && items == nil {
		return // it only lost some, which is said of each
	}
	if items != nil {
		value, sources = "", nil
		attrs["n"] = strconv.Itoa(len(items))
		texts := make([]string, 0, 3)
		for _, item := range items {
			if len(texts) < 3 {
				texts = append(texts, item.Text)
			}
			sources = append(sources, item.Sources...)
		}
		if value = workflow.Join(texts); len(items) > len(texts) {
			value = strings.Join(texts, ", ") + " and more"
		}
	}
	if value == "" {
		return
	}
	if code := t.doc.Brief.Pay.Value.Currency; slot == brief.SlotPay {
		attrs["currency"] = code
	}
	f.Add(factChange, string(slot), value, attrs, workflow.ToSources(sources[:min(4, len(sources))])...)
}

// statementFact says what went into the description, if anything did.
func (t *turn) statementFact(f *workflow.Facts, attrs map[string]string) {
	terms := termQuotes(t.doc.Brief.Brief)
	var texts []string
	var sources []brief.Source
	for _, item := range added(t.before.Summary, t.doc.Brief.Summary) {
		if text := postVoice(item.Text, terms); text != "" && strings.Contains(t.doc.Description, text) {
			texts, sources = append(texts, text), append(sources, item.Sources...)
		}
	}
	if len(texts) == 0 {
		return
	}
	attrs["n"] = strconv.Itoa(len(texts))
	f.Add(factChange, string(brief.SlotSummary), texts[0], attrs, workflow.ToSources(sources[:min(4, len(sources))])...)
}

// added are the items that a list gained; nil for slots that are no lists.
func added(before, after []brief.Item) []brief.Item {
	var out []brief.Item
	for _, item := range after {
		if !slices.ContainsFunc(before, func(b brief.Item) bool { return b.Text == item.Text }) {
			out = append(out, item)
		}
	}
	return out
}

// sourceOf is the person's own sentence that a warning is about.
func (t *turn) sourceOf(w Warning) sessions.Source {
	for _, claim := range t.claims {
		if claim.Path == w.Path && claim.Start <= w.Start && w.End <= claim.End && len(claim.Sources) > 0 {
			return claim.Sources[0]
		}
	}
	return sessions.Source{Kind: "wording"}
}

// closingFacts end a reply: what is open, what could be added, the question.
func (t *turn) closingFacts(f *workflow.Facts) {
	if !t.hasDraft {
		if t.decision.Slot != "" {
			f.Add(factQuestion, string(t.decision.Slot), t.question.Text, nil)
		}
		return
	}
	switch t.decision.Action {
	case "finish":
		f.Add(factReady, marked(t.doc.Warnings), workflow.Join(openNames(t.doc.Brief.Brief)), map[string]string{"n": strconv.Itoa(len(openNames(t.doc.Brief.Brief)))})
	case "draft":
		if t.said() && !t.doc.Brief.Memory.Enough {
			f.Add(factEnough, t.doneKey(), workflow.Join(openNames(t.doc.Brief.Brief)), nil)
			t.doc.Brief.Memory.Enough = true
		}
	case "ask":
		t.suggestionFact(f)
		f.Add(factQuestion, string(t.decision.Slot), t.question.Text, nil)
	}
}

// marked tells a post with wording to change from one without.
func marked(warnings []Warning) string {
	if len(warnings) > 0 {
		return "marked"
	}
	return ""
}

// said reports whether the turn did something to the draft that a reply should round off.
func (t *turn) said() bool {
	return len(t.reading.Changed) > 0 || len(t.reading.Removed) > 0 || t.declined != "" || t.reading.Intent == brief.IntentWrite
}

// doneKey tells a post that was written at the person's word from one for
// which all questions were put.
func (t *turn) doneKey() string {
	if t.doc.Brief.Memory.Rush {
		return "rush"
	}
	return ""
}

func (t *turn) openFact(f *workflow.Facts) {
	if names := openNames(t.doc.Brief.Brief); len(names) > 0 {
		f.Add(factOpen, "", workflow.Join(names), nil)
	}
}

// openNames are the open slots as a sentence calls them: "the level".
func openNames(b brief.Brief) []string {
	var names []string
	for _, slot := range openSlots(b) {
		names = append(names, openWords[slot])
	}
	return names
}

var openWords = map[brief.Slot]string{brief.SlotPay: "the budget", slotCurrency: "the currency", brief.SlotDuration: "the timing", brief.SlotHours: "the hours a week", brief.SlotSkills: "the skills", brief.SlotLevel: "the level"}

// openSlots are what a post of this kind says and this one does not, declined or not.
func openSlots(b brief.Brief) []brief.Slot {
	var out []brief.Slot
	for _, slot := range []brief.Slot{brief.SlotPay, brief.SlotDuration, brief.SlotHours, brief.SlotSkills, brief.SlotLevel} {
		if needed(b, slot) && slotValue(b, slot) == "" && !(slot == brief.SlotDuration && b.Deadline.Known()) && !(slot == brief.SlotSkills && len(b.Must) > 0) {
			out = append(out, slot)
		}
		if slot == brief.SlotPay && noCurrency(b) {
			out = append(out, slotCurrency)
		}
	}
	return out
}

// suggestionFact tells once, when the scope is asked for, what similar posts mention.
func (t *turn) suggestionFact(f *workflow.Facts) {
	if t.decision.Slot != slotScope {
		return
	}
	m := &t.doc.Brief.Memory
	var names []string
	for _, a := range openAspects(t.doc) {
		if len(names) < 3 && !slices.Contains(m.Suggested, a.id) {
			m.Suggested = append(m.Suggested, a.id)
			names = append(names, a.name+" ("+strconv.Itoa(m.Aspects[a.id])+" of "+strconv.Itoa(m.Posts)+")")
		}
	}
	if len(names) > 1 {
		var sources []sessions.Source
		for _, e := range t.doc.Similar {
			sources = append(sources, sessions.Source{Kind: "document", ID: e.ID})
		}
		f.Add(factSuggestion, "", workflow.Join(names), nil, sources...)
	}
}
