package jobpost

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// understand reads the message into the brief of the branch's draft.
func (t *turn) understand() error {
	t.doc = &Document{Status: Drafting}
	if draft, ok := workflow.Current(t.in.Drafts, Kind); ok {
		doc, err := decode(draft)
		if err != nil {
			return err
		}
		prior := doc // compose makes its lists anew
		t.doc, t.prior, t.draftID, t.old = &doc, &prior, draft.ID, draft.Document
	}
	message, fresh := t.startsOver()
	if fresh {
		t.doc, t.renewed = &Document{Status: Drafting}, t.old != nil
	}
	t.before = t.doc.Brief.Brief
	zone := zoneOf(t.in.Session.TimeZone)
	last := lastQuestion(t.in.History)
	if worded[brief.Slot(last)] == "" { // none, or which of two things is meant
		last = string(t.doc.Brief.Memory.Pending)
	}
	if fresh {
		last = ""
	}
	t.standing = brief.Slot(last)
	if t.refusal = refused(t.in.Message.Text); t.refusal != "" {
		t.reading = brief.Reading{Brief: t.before, Intent: brief.IntentOther}
		t.hasDraft = t.old != nil
		return nil
	}
	if t.asked, t.pure = asidesIn(t.in.Message.Text); t.pure && (t.old != nil || last != "" || slices.Contains(t.asked, asideForeign)) {
		t.reading = brief.Reading{Brief: t.before, Intent: brief.IntentOther}
		t.hasDraft = t.old != nil
		return nil
	}
	if t.old != nil && !fresh {
		var commanded bool
		if message, commanded = t.orders(message); commanded {
			return nil
		}
	}
	t.reading = read(brief.Input{MessageID: t.in.Message.ID, Text: message, Now: t.in.Now, Zone: zone, Locale: t.in.Session.Locale, Asked: t.askedSlot(last), Known: t.before})
	t.doc.Brief.Brief = keepEdits(t.before, t.reading.Brief, t.in.Message.Text)
	bound(&t.doc.Brief.Brief)
	t.reading.Changed = slices.DeleteFunc(t.reading.Changed, func(s brief.Slot) bool { return sameSlot(t.before, t.doc.Brief.Brief, s) })
	t.takeStart()
	t.takeYesNo()
	t.noteDecline(brief.Slot(last))
	t.takeWhole(brief.Slot(last))
	t.noteRemoved()
	nameIt(&t.doc.Brief.Brief)
	if t.reading.Intent == brief.IntentWrite || t.old == nil && hurried(t.in.History) {
		t.doc.Brief.Memory.Rush = true
	}
	t.fresh = t.old == nil || t.renewed
	t.hasDraft = t.old != nil || hasFact(t.doc.Brief.Brief)
	return nil
}

// orders returns a message without what it orders of Parley; only is set, and the
// turn's reading, where there is nothing else in it.
func (t *turn) orders(message string) (rest string, only bool) {
	switch rest, commanded := withoutCommands(message); {
	case cancels.MatchString(message):
		t.asked = append(t.asked, asideCancel)
	case strings.TrimSpace(rest) != "":
		return rest, false
	case restarts.MatchString(t.in.Message.Text):
		t.asked = append(t.asked, asideRestart)
	case commanded:
		t.asked = append(t.asked, asideCommand)
	default:
		return message, false
	}
	t.reading, t.hasDraft = brief.Reading{Brief: t.before, Intent: brief.IntentOther}, true
	return "", true
}

// hurried reports whether "just write it" came before there was a draft to
// remember it in.
func hurried(history []sessions.Exchange) bool {
	return slices.ContainsFunc(history, func(x sessions.Exchange) bool { return justWrite.MatchString(x.Message.Text) })
}

var justWrite = regexp.MustCompile(`(?i)^\W*(?:please )?(?:just )?write (?:it|the post)(?: please)?\W*$`)

// askedSlot is the slot that an answer fills. The question on time is for a
// day where something is handed over.
func (t *turn) askedSlot(last string) brief.Slot {
	if brief.Slot(last) == brief.SlotDuration && !goesOn(t.doc) {
		return brief.SlotDeadline
	}
	return asked(last)
}

// zones remembers time zones, which the standard library reads from disk each
// time. Only names that exist are kept, of which there are some hundreds.
var zones sync.Map

// zoneOf returns a time zone by its IANA name; UTC for one that this machine
// does not know, whatever a browser calls it.
func zoneOf(name string) *time.Location {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, zone)
	return zone
}

// read reads a message. A short one that says nothing but "done" or "just
// write it" is that also when the question before it could be answered by any words.
func read(in brief.Input) brief.Reading {
	if in.Asked != "" && len(in.Text) < 60 {
		free := in
		free.Asked = ""
		if r := brief.Read(free); brief.Read(in).Intent != brief.IntentNoMore && len(r.Changed) == 0 && (r.Intent == brief.IntentFinish || r.Intent == brief.IntentWrite) {
			return r
		}
	}
	return brief.Read(in)
}

func lastQuestion(history []sessions.Exchange) string {
	if len(history) == 0 {
		return ""
	}
	if r := history[len(history)-1].Response; r != nil && r.Question != nil {
		return r.Question.Slot
	}
	return ""
}

// noteDecline notes what the person left open. A question on scope or starting
// point has no slot of its own; that it was asked is in the history.
func (t *turn) noteDecline(last brief.Slot) {
	if last == "" || len(t.reading.Changed) > 0 {
		return
	}
	newly := !settled(t.before, asked(string(last))) && settled(t.doc.Brief.Brief, asked(string(last)))
	if newly || t.reading.Intent == brief.IntentUnsure || t.reading.Intent == brief.IntentNoMore {
		t.declined = last
	}
}

// noteRemoved sees to it that what the person took back is not suggested.
func (t *turn) noteRemoved() {
	for _, item := range t.reading.Removed {
		if id := skillID(item.Text); !slices.Contains(t.doc.Dismissed, id) {
			t.doc.Dismissed = append(t.doc.Dismissed, id)
		}
	}
}

func hasFact(b brief.Brief) bool {
	return len(b.Summary)+len(b.Deliverables)+len(b.Must)+len(b.Nice)+len(b.Conditions)+len(b.Questions) > 0 ||
		b.Title.Known() || b.Category.Known() || b.Level.Known() || b.Pay.Known() || b.Duration.Known() || b.Hours.Known() || b.Start.Known() || b.Deadline.Known() || b.Location.Known()
}
