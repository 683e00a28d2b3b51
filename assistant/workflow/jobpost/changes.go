package jobpost

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// changed lists JSON pointers to what differs from the document before, among
// what is published. Nothing counts as changed in a first version.
func changed(before, doc *Document) []string {
	if before == nil {
		return nil
	}
	var out []string
	see := func(path string, a, b any) {
		if !reflect.DeepEqual(a, b) {
			out = append(out, path)
		}
	}
	see("/title", before.Title, doc.Title)
	see("/category", before.Category, doc.Category)
	see("/description", before.Description, doc.Description)
	out = append(out, entries("/deliverables/", before.Deliverables, doc.Deliverables)...)
	out = append(out, entries("/skills/must/", before.Skills.Must, doc.Skills.Must)...)
	out = append(out, entries("/skills/nice/", before.Skills.Nice, doc.Skills.Nice)...)
	see("/level", before.Level, doc.Level)
	see("/pay", before.Pay, doc.Pay)
	see("/duration", before.Duration, doc.Duration)
	see("/hours_per_week", before.Hours, doc.Hours)
	see("/start", before.Start, doc.Start)
	see("/deadline", before.Deadline, doc.Deadline)
	see("/location", before.Location, doc.Location)
	see("/time_zone", before.TimeZone, doc.TimeZone)
	out = append(out, entries("/conditions/", before.Conditions, doc.Conditions)...)
	out = append(out, entries("/questions/", before.Questions, doc.Questions)...)
	return out
}

// entries are those of a list that were not in it before; the list itself when it only lost some.
func entries(path string, before, after []string) []string {
	var out []string
	for i, text := range after {
		if !slices.Contains(before, text) {
			out = append(out, path+strconv.Itoa(i))
		}
	}
	if out == nil && len(before) > len(after) {
		out = []string{strings.TrimSuffix(path, "/")}
	}
	return out
}

// sameSlot reports whether a slot says the same in two briefs.
func sameSlot(a, b brief.Brief, slot brief.Slot) bool {
	switch slot {
	case brief.SlotPay:
		return a.Pay.Known() == b.Pay.Known() && a.Pay.Value == b.Pay.Value
	case brief.SlotDeadline:
		return a.Deadline.Known() == b.Deadline.Known() && a.Deadline.Value == b.Deadline.Value
	case brief.SlotStart:
		return a.Start.Known() == b.Start.Known() && a.Start.Value == b.Start.Value
	case brief.SlotDuration:
		return a.Duration.Known() == b.Duration.Known() && a.Duration.Value == b.Duration.Value
	}
	return slotValue(a, slot) == slotValue(b, slot) && len(list(a, slot)) == len(list(b, slot))
}

// keepEdits keeps a title and category where a message only led to another
// guess: they give way to a message that corrects something, and when they are
// the person's own edit only to one that speaks of them.
func keepEdits(before, after brief.Brief, text string) brief.Brief {
	said := flat(text)
	corrects := mentions(said, []string{"instead", "actually", "rather ", "i meant", "not a ", "changed my mind", "on second thought", "scratch "})
	if before.Title.Known() && (edited(before.Title.Sources) || !corrects) && !mentions(said, []string{"title", "call it", "headline", "name it"}) {
		after.Title = before.Title
	}
	if before.Category.Known() && (edited(before.Category.Sources) || !corrects) && !mentions(said, []string{"category"}) {
		after.Category = before.Category
	}
	return after
}

func edited(sources []brief.Source) bool {
	return slices.ContainsFunc(sources, func(s brief.Source) bool { return s.Kind != "message" })
}

// The most that a post takes of a list, and in all: what comes after is no
// longer read by anybody, and would make each version of the draft a burden.
const (
	mostItems = 40
	mostBytes = longestDescription
)

// bound cuts a brief that a very long message filled.
func bound(b *brief.Brief) {
	for _, l := range []*[]brief.Item{&b.Summary, &b.Deliverables, &b.Must, &b.Nice, &b.Without, &b.Conditions, &b.Questions} {
		size := 0
		for i, item := range *l {
			size += len(item.Text)
			if i >= mostItems || size > mostBytes {
				*l = (*l)[:i]
				break
			}
		}
		for i := range *l {
			trimQuotes((*l)[i].Sources)
		}
	}
}

// trimQuotes drops the words of long sources: their span says where they are.
func trimQuotes(sources []brief.Source) {
	for i := range sources {
		if len(sources[i].Quote) > 400 {
			sources[i].Quote = ""
		}
	}
}
