package jobpost

import (
	"math"
	"slices"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/sessions"
)

// MaxQuestions is how many questions a conversation is asked, on one branch.
const MaxQuestions = 6

// worthAsking is the least score that a question is asked for: below it the
// post gains less than the person's time is worth. Judgement, not measurement.
const worthAsking = 0.25

// needs are how much a post needs to say something of a slot, 0–1, judged by
// hand: what freelancers ask first when it is not there. Categories that
// differ from the rule are in needsOf.
var needs = map[brief.Slot]float64{
	brief.SlotSummary: 2, slotScope: 0.9, slotExisting: 0.5, brief.SlotPay: 0.85, brief.SlotDuration: 0.75, brief.SlotSkills: 0.7,
	slotCurrency: 0.95, brief.SlotHours: 0.8, brief.SlotLevel: 0.5, brief.SlotLocation: 0.3, brief.SlotStart: 0.25,
}

// needsOf holds what is different in a category. In translation the languages
// are the skill, in teaching the hours matter more than the end, and so on.
var needsOf = map[string]map[brief.Slot]float64{
	"translation": {brief.SlotSkills: 1, slotScope: 0.95, brief.SlotLevel: 0.35},
	"education":   {slotScope: 0.9, brief.SlotHours: 0.9, brief.SlotLocation: 0.55, brief.SlotDuration: 0.5, brief.SlotSkills: 0.45},
	"admin":       {brief.SlotHours: 0.9, brief.SlotLocation: 0.5, brief.SlotDuration: 0.6, brief.SlotSkills: 0.55},
	"sales":       {brief.SlotHours: 0.85, brief.SlotLocation: 0.5},
	"legal":       {brief.SlotLocation: 0.7, brief.SlotLevel: 0.6},
	"finance":     {brief.SlotLocation: 0.5, brief.SlotSkills: 0.75},
	"design":      {brief.SlotSkills: 0.5},
	"writing":     {brief.SlotSkills: 0.4, slotScope: 0.95},
	"video_audio": {brief.SlotSkills: 0.5, slotScope: 0.95},
	"web":         {slotExisting: 0.65},
	"mobile":      {slotExisting: 0.6},
	"data":        {brief.SlotLevel: 0.55},
	"ml":          {brief.SlotLevel: 0.6},
	"engineering": {slotScope: 0.95, brief.SlotLevel: 0.55},
	"science":     {brief.SlotLevel: 0.65},
}

// Decision is what a turn does, with the reasons: it is kept for review.
type Decision struct {
	Action string             `json:"action"` // ask, draft, finish, none
	Slot   brief.Slot         `json:"slot,omitempty"`
	Scores map[string]float64 `json:"scores,omitempty"`
	Why    string             `json:"why,omitempty"`
}

// decide chooses what to ask, if anything: the open slot with the highest
// need × variety, where variety is 0.4 + 0.6 × how much similar posts differ
// in it (so that without any the need alone decides).
func decide(doc *Document, intent brief.Intent, history []sessions.Exchange) Decision {
	before := questionsAsked(history)
	switch {
	case intent == brief.IntentFinish:
		return Decision{Action: "finish", Why: "the person said so"}
	case intent == brief.IntentOther && doc.Brief.Memory.Key != "":
		return Decision{Action: "none", Slot: doc.Brief.Memory.Pending, Why: "nothing for the post in the message"}
	case (intent == brief.IntentThanks || intent == brief.IntentGreeting) && doc.Brief.Memory.Pending != "":
		return Decision{Action: "none", Slot: doc.Brief.Memory.Pending, Why: "the last question still stands"}
	case intent == brief.IntentWrite || doc.Brief.Memory.Rush:
		return Decision{Action: "draft", Why: "no questions wanted"}
	case len(before) >= MaxQuestions:
		return Decision{Action: "draft", Why: "all questions used"}
	}
	d := Decision{Action: "draft", Scores: make(map[string]float64)}
	best := worthAsking
	for _, slot := range []brief.Slot{brief.SlotSummary, slotScope, brief.SlotPay, slotCurrency, brief.SlotHours, brief.SlotDuration, brief.SlotSkills, slotExisting, brief.SlotLevel, brief.SlotLocation, brief.SlotStart} {
		if slices.Contains(before, slot) && slot != brief.SlotSummary || !open(doc, slot) {
			continue
		}
		score := math.Round(1000*need(doc.Category, slot)*variety(doc.Brief.Memory.Spread, slot)) / 1000
		d.Scores[string(slot)] = score
		if score > best {
			best, d.Slot, d.Action = score, slot, "ask"
		}
	}
	return d
}

// questionsAsked lists the slots that were asked for, one a question: one that was
// put again counts again.
func questionsAsked(history []sessions.Exchange) []brief.Slot {
	var slots []brief.Slot
	for _, exchange := range history {
		if exchange.Response != nil && exchange.Response.Question != nil {
			slots = append(slots, brief.Slot(exchange.Response.Question.Slot))
		}
	}
	return slots
}

func need(category string, slot brief.Slot) float64 {
	if n, ok := needsOf[category][slot]; ok {
		return n
	}
	return needs[slot]
}

// open reports whether a slot may be asked for at all.
func open(doc *Document, slot brief.Slot) bool {
	b := doc.Brief.Brief
	empty := len(b.Summary) == 0 && len(b.Deliverables) == 0 && !b.Title.Known()
	switch slot {
	case brief.SlotSummary:
		return empty && !settled(b, slot)
	case slotScope:
		return !empty && !slices.Contains(b.Declined, brief.SlotDeliverables) && !scopeSaid(doc)
	case brief.SlotLevel:
		return !empty && !settled(b, slot) && !qualified(b)
	case slotExisting:
		return !empty && act(doc) == "" && len(doc.Description) < 500 && !slices.Contains(b.Declined, brief.SlotExisting) && doc.Brief.Memory.Aspects[aspectExisting] >= leastPosts && !mentions(saidText(b), existingPatterns)
	case slotCurrency:
		return noCurrency(b)
	case brief.SlotHours:
		return !empty && !settled(b, slot) && (b.Pay.Value.Type == "hourly" || b.Duration.Value.Ongoing && paidByTime(b.Pay.Value))
	}
	return !empty && !settled(b, slot)
}

// paidByTime reports whether pay leaves room for a number of hours: a price for
// a piece, a word or the whole does not.
func paidByTime(p brief.Pay) bool {
	switch p.Per {
	case "", "day", "week", "month", "year":
		return p.Type != "fixed"
	}
	return false
}

// variety is how much similar posts differ in a slot, between 0.4 and 1.
func variety(spread *Spread, slot brief.Slot) float64 {
	if spread == nil || spread.Posts == 0 {
		return 1
	}
	return 0.4 + 0.6*spread.of(slot)
}
