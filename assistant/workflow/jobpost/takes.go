package jobpost

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// longestAnswer is the most words of a message that is taken for an answer
// because of what is read in it: a longer one may be about something else too.
const longestAnswer = 12

// Takes reports whether a message goes on with the conversation's post beyond
// doubt: a short one that sets what a post has or answers its open question, that
// asks what the post still needs, or that says that it is done. Loosely, more of the
// work to be done counts too, where that was asked for. It is for who routes
// messages, while a post is being written.
func Takes(in sessions.Turn, loosely bool) bool {
	text := in.Message.Text
	if len(strings.Fields(text)) > longestAnswer {
		return false
	}
	draft, ok := workflow.Current(in.Drafts, Kind)
	last := lastQuestion(in.History)
	if _, pure := asidesIn(text); pure && (ok || last != "") {
		return true
	}
	if strings.Contains(text, "?") || !ok {
		return false
	}
	doc, err := decode(draft)
	if err != nil {
		return false
	}
	if worded[brief.Slot(last)] == "" {
		last = string(doc.Brief.Memory.Pending)
	}
	r := read(brief.Input{MessageID: in.Message.ID, Text: text, Now: in.Now, Zone: zoneOf(in.Session.TimeZone), Locale: in.Session.Locale, Asked: asked(last), Known: doc.Brief.Brief})
	switch r.Intent {
	case brief.IntentFinish, brief.IntentWrite, brief.IntentNoMore:
		return true
	case brief.IntentUnsure:
		return last != ""
	}
	return slices.ContainsFunc(r.Changed, func(s brief.Slot) bool {
		return s != brief.SlotSummary && s != brief.SlotTitle && s != brief.SlotCategory && s != brief.SlotDeliverables || loosely && s == asked(last)
	})
}

// Describes reports whether a message tells of work with its terms, and not
// only who is wanted: "find me a designer for our festival poster, 800 euros, by
// 3 March" is the beginning of a post, "find me a designer in Europe" a search for
// people.
func Describes(in sessions.Turn) bool {
	r := brief.Read(brief.Input{MessageID: in.Message.ID, Text: in.Message.Text, Now: in.Now, Zone: zoneOf(in.Session.TimeZone), Locale: in.Session.Locale})
	terms := 0
	for _, known := range []bool{r.Brief.Pay.Known() && r.Brief.Pay.Value.Amount(), r.Brief.Duration.Known(), r.Brief.Deadline.Known(), r.Brief.Hours.Known(), r.Brief.Start.Known(), len(r.Brief.Deliverables) > 1} {
		if known {
			terms++
		}
	}
	return terms >= 2 || terms == 1 && len(strings.Fields(in.Message.Text)) >= wordyOpening || len(strings.Fields(in.Message.Text)) >= 2*wordyOpening
}

// wordyOpening is how many words of an opening tell more than who is wanted.
const wordyOpening = 25
