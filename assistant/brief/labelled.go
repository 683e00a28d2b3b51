package brief

import (
	"slices"
	"strings"
)

// labels are what people write before a colon to say what follows.
var labels = newLexicon[Slot]()

func init() {
	labels.add(SlotTitle, "title", "job title", "project title")
	labels.add(SlotDeliverables, "what i need", "what we need", "deliverables", "deliverable", "to be delivered")
	labels.add(SlotSkills, "skills", "skill", "required skills", "skills required", "skills needed", "must have skills", "must have", "must haves", "tech stack")
	labels.add(SlotLevel, "level", "experience level", "level of experience", "skill level", "seniority")
	labels.add(SlotPay, "budget", "pay", "payment", "price", "rate", "hourly rate", "compensation", "my budget", "our budget")
	labels.add(SlotDuration, "how long", "duration", "length", "project length", "time frame", "timeframe")
	labels.add(SlotHours, "hours", "hours per week", "hours a week", "weekly hours", "workload")
	labels.add(SlotStart, "start", "start date", "starting", "starting date", "begin", "beginning")
	labels.add(SlotDeadline, "deadline", "due", "due date", "needed by", "delivery")
	labels.add(SlotLocation, "where", "location", "place", "work location")
	labels.add(SlotTimeZone, "time zone", "timezone")
	labels.add(SlotConditions, "conditions", "condition", "who can apply", "who may apply")
}

const (
	// mostLabelled is how many labelled values are read in a message.
	mostLabelled = 24
	// longestLabelled is how many tokens a labelled value has at most; what is longer is an account.
	longestLabelled = 40
)

// labelled is a value behind its label: "Level: expert".
type labelled struct {
	slot       Slot
	start, end int // bytes of the value
	from       int // where the label begins
}

// labelledIn finds the sentences of a text that name the slot they are for.
func labelledIn(text string) []labelled {
	if !strings.Contains(text, ":") {
		return nil
	}
	v := newView("", text)
	var found []labelled
	for _, s := range v.sentences {
		from := s.afterBullet(v.tokens)
		slot, at, ok := labels.match(v, from)
		if !ok || at+1 >= s.to || v.low(at) != ":" || v.tokens[at+1].tight && v.tokens[at+1].kind != word || s.to-at > longestLabelled || len(found) == mostLabelled {
			continue
		}
		found = append(found, labelled{slot: slot, start: v.tokens[at+1].start, end: v.tokens[s.to-1].end, from: v.tokens[s.from].start})
	}
	return found
}

// Read understands one message in the light of what was known before. It never
// fails: of a text that says nothing about work it reads nothing. A sentence that
// names its slot, "Level: expert", is read as the answer to a question for it.
func Read(in Input) Reading {
	values := labelledIn(in.Text)
	if len(values) == 0 {
		if at := renamesAt(in.Text); at > 0 {
			return readRenamed(in, at)
		}
		return read(in)
	}
	rest := in
	rest.Text = blank(in.Text, values)
	all := Reading{Brief: in.Known}
	if strings.TrimSpace(rest.Text) != "" {
		all = read(rest)
		if all.Intent == IntentOther || all.Intent == IntentUnsure {
			all.Intent = IntentNone
		}
	}
	for k, value := range values {
		one := readValue(in, value, all.Brief)
		for _, slot := range one.Changed {
			if !slices.Contains(all.Changed, slot) {
				all.Changed = append(all.Changed, slot)
			}
		}
		all.Brief, all.Removed = one.Brief, append(all.Removed, one.Removed...)
		if k == 0 && all.Intent == IntentNone {
			all.Intent = one.Intent
		}
	}
	if len(all.Changed)+len(all.Removed) > 0 && all.Intent != IntentWrite && all.Intent != IntentFinish && all.Intent != IntentPrice {
		all.Intent = IntentNone
	}
	return all
}

// valueID names the text of one labelled value while it is read.
const valueID = "\x00value"

// readValue reads one labelled value, with spans as in the whole message.
func readValue(in Input, value labelled, known Brief) Reading {
	part := in
	part.MessageID, part.Text, part.Asked, part.Known = valueID, in.Text[value.start:value.end], value.slot, known
	reading := read(part)
	place := func(sources []Source) {
		for i := range sources {
			if s := &sources[i]; s.ID == valueID {
				s.ID = in.MessageID
				shift := UTF16Len(in.Text[:value.start])
				s.Start, s.End = s.Start+shift, s.End+shift
			}
		}
	}
	reading.Brief.eachSources(place)
	for _, item := range reading.Removed {
		place(item.Sources)
	}
	return reading
}

// eachSources visits the sources of all fields and items.
func (b *Brief) eachSources(visit func([]Source)) {
	for _, sources := range [][]Source{
		b.Title.Sources, b.Category.Sources, b.Level.Sources, b.Pay.Sources, b.Duration.Sources, b.Hours.Sources, b.Start.Sources, b.Deadline.Sources, b.Location.Sources, b.TimeZone.Sources,
	} {
		visit(sources)
	}
	for _, list := range [][]Item{b.Summary, b.Deliverables, b.Must, b.Nice, b.Without, b.Conditions, b.Questions} {
		for _, item := range list {
			visit(item.Sources)
		}
	}
}

// blank puts spaces in the place of labelled values and their labels, so that
// positions in what is left stay, counted in UTF-16 code units.
func blank(text string, values []labelled) string {
	var out strings.Builder
	at := 0
	for _, value := range values {
		out.WriteString(text[at:value.from])
		out.WriteString(strings.Repeat(" ", UTF16Len(text[value.from:value.end])))
		at = value.end
	}
	out.WriteString(text[at:])
	return out.String()
}
