package jobpost

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// Questions that are about more than one slot of the brief.
const (
	slotScope    brief.Slot = "scope"    // what belongs to the work, beside its name
	slotExisting brief.Slot = "existing" // what there is already
	slotCurrency brief.Slot = "currency" // of a sum that was named without one
)

// asked is the slot that an answer to a question fills.
func asked(slot string) brief.Slot {
	switch brief.Slot(slot) {
	case slotScope:
		return brief.SlotDeliverables
	case slotExisting:
		return brief.SlotExisting
	case slotCurrency:
		return brief.SlotPay
	}
	return brief.Slot(slot)
}

// settled reports whether there is no point in asking for a slot. A deadline
// settles the duration, and the other way round.
func settled(b brief.Brief, slot brief.Slot) bool {
	switch slot {
	case brief.SlotTitle:
		return b.Title.Settled()
	case brief.SlotCategory:
		return b.Category.Settled()
	case brief.SlotLevel:
		return b.Level.Settled()
	case brief.SlotPay:
		return b.Pay.Known() && b.Pay.Value.Amount() || b.Pay.Declined
	case brief.SlotDuration, brief.SlotDeadline:
		return b.Duration.Settled() || b.Deadline.Settled()
	case brief.SlotHours:
		return b.Hours.Settled()
	case brief.SlotStart:
		return b.Start.Settled()
	case brief.SlotLocation:
		return b.Location.Settled() || b.TimeZone.Settled()
	case brief.SlotTimeZone:
		return b.TimeZone.Settled()
	}
	return len(list(b, slot)) > 0 || slot == brief.SlotSkills && len(b.Must) > 0 || slices.Contains(b.Declined, slot)
}

// list returns the items of a list slot.
func list(b brief.Brief, slot brief.Slot) []brief.Item {
	switch slot {
	case brief.SlotSummary:
		return b.Summary
	case brief.SlotDeliverables:
		return b.Deliverables
	case brief.SlotSkills:
		return slices.Concat(b.NamedSkills(), b.Nice)
	case brief.SlotConditions:
		return b.Conditions
	case brief.SlotQuestions:
		return b.Questions
	}
	return nil
}

// slotNames are what slots are called in a conversation.
var slotNames = map[brief.Slot]string{
	brief.SlotTitle: "title", brief.SlotCategory: "kind of work", brief.SlotSummary: "description", brief.SlotDeliverables: "deliverables", brief.SlotSkills: "skills",
	brief.SlotLevel: "level", brief.SlotPay: "budget", brief.SlotDuration: "timing", brief.SlotHours: "hours a week", brief.SlotStart: "start", brief.SlotDeadline: "deadline",
	brief.SlotLocation: "location", brief.SlotTimeZone: "time zone", brief.SlotConditions: "conditions", brief.SlotQuestions: "questions to applicants",
	slotScope: "scope", slotExisting: "starting point", slotCurrency: "currency",
}

// slotValue is what a brief says of a slot, in words for people.
func slotValue(b brief.Brief, slot brief.Slot) string {
	switch slot {
	case brief.SlotTitle:
		return b.Title.Value
	case brief.SlotCategory:
		return brief.CategoryName(b.Category.Value)
	case brief.SlotLevel:
		return b.Level.Value
	case brief.SlotPay:
		return b.Pay.Value.String()
	case brief.SlotDuration:
		return b.Duration.Value.String()
	case brief.SlotHours:
		return b.Hours.Value.String()
	case brief.SlotStart:
		return dayValue(b.Start.Value)
	case brief.SlotDeadline:
		return dayValue(b.Deadline.Value)
	case brief.SlotLocation:
		return b.Location.Value.String()
	case brief.SlotTimeZone:
		return b.TimeZone.Value
	}
	texts := make([]string, 0, 4)
	for _, item := range list(b, slot) {
		texts = append(texts, item.Text)
	}
	return strings.Join(texts, ", ")
}

func dayValue(d brief.Day) string {
	if d.Asap {
		return "as soon as possible"
	}
	return d.String()
}

// slotSources are where the value of a slot came from.
func slotSources(b brief.Brief, slot brief.Slot) []brief.Source {
	switch slot {
	case brief.SlotTitle:
		return b.Title.Sources
	case brief.SlotCategory:
		return b.Category.Sources
	case brief.SlotLevel:
		return b.Level.Sources
	case brief.SlotPay:
		return b.Pay.Sources
	case brief.SlotDuration:
		return b.Duration.Sources
	case brief.SlotHours:
		return b.Hours.Sources
	case brief.SlotStart:
		return b.Start.Sources
	case brief.SlotDeadline:
		return b.Deadline.Sources
	case brief.SlotLocation:
		return b.Location.Sources
	case brief.SlotTimeZone:
		return b.TimeZone.Sources
	}
	var sources []brief.Source
	for _, item := range list(b, slot) {
		sources = append(sources, item.Sources...)
	}
	return sources
}
