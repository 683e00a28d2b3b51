package jobpost

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
)

// clause says a slot's value as it stands in the middle of a sentence: "the
// budget is $4,000". It is "" for a slot that is empty.
func clause(b brief.Brief, slot brief.Slot) string {
	switch slot {
	case brief.SlotPay:
		return payClause(b.Pay)
	case brief.SlotDuration:
		return durationClause(b.Duration)
	case brief.SlotDeadline:
		return deadlineClause(b.Deadline)
	case brief.SlotStart:
		return startClause(b.Start)
	case brief.SlotLevel:
		return levelClauses[b.Level.Value]
	case brief.SlotHours:
		if value := b.Hours.Value.String(); b.Hours.Known() && value != "" {
			if !numbered(b.Hours.Value) {
				if strings.ContainsAny(value, "0123456789") {
					return "the hours are " + value
				}
				return "it is " + workTime(value)
			}
			return "it takes " + lower(value)
		}
	case brief.SlotLocation:
		return placeClause(b.Location)
	case brief.SlotTimeZone:
		if b.TimeZone.Known() {
			return "the time zone is " + b.TimeZone.Value
		}
	case brief.SlotDeliverables:
		return listClause("it includes ", b.Deliverables)
	case brief.SlotSkills:
		return skillsClause(b)
	}
	return ""
}

// workTime writes "full time" and "part time" however they were spelled.
func workTime(text string) string {
	switch low := strings.ToLower(text); {
	case strings.HasPrefix(low, "full"):
		return "full time"
	case strings.HasPrefix(low, "part"):
		return "part time"
	}
	return lower(text)
}

// numbered reports whether hours are a number, and not only "part time".
func numbered(h brief.Hours) bool { return h.Min > 0 || h.Max > 0 }

var levelClauses = map[string]string{"entry": "entry level is enough", "intermediate": "it is for somebody of intermediate level", "expert": "it is for an expert"}

func payClause(f brief.Field[brief.Pay]) string {
	p := f.Value
	switch {
	case !f.Known():
		return ""
	case !p.Amount() && p.Type == "hourly":
		return "it is paid by the hour"
	case !p.Amount() && p.Type == "fixed":
		return "it is paid at a fixed price"
	case !p.Amount():
		return "it is " + strings.Replace(p.String(), "in ", "paid in ", 1)
	}
	value := strings.Replace(p.String(), ", fixed price", "", 1)
	switch {
	case p.Type == "hourly":
		return "the rate is " + value
	case p.Per != "":
		return "the pay is " + value
	case p.Type == "fixed":
		return "the budget is " + value + ", a fixed price"
	}
	return "the budget is " + value
}

func durationClause(f brief.Field[brief.Period]) string {
	switch {
	case !f.Known():
		return ""
	case f.Value.Ongoing:
		return "the work is ongoing"
	}
	if length := periodWords(f.Value); length != "" {
		return "it should take " + length
	}
	return ""
}

func deadlineClause(f brief.Field[brief.Day]) string {
	if !f.Known() {
		return ""
	}
	if when := dayWords(f.Value, "by"); when != "" {
		return "it should be finished " + when
	}
	if text := f.Value.Text; text != "" && !anyTime.MatchString(text) {
		return "the deadline is “" + properDates(text) + "”"
	}
	return "there is no fixed deadline"
}

var anyTime = regexp.MustCompile(`(?i)\b(?:no|not|flexible|whenever|any ?time|open|hurry|rush|urgent|soon)\b`)

func startClause(f brief.Field[brief.Day]) string {
	switch {
	case !f.Known():
		return ""
	case f.Value.Asap:
		return "it can start as soon as possible"
	}
	if when := dayWords(f.Value, "on"); when != "" {
		return "it starts " + when
	}
	return "the start is flexible"
}

func placeClause(f brief.Field[brief.Location]) string {
	if !f.Known() {
		return ""
	}
	if text := placeSentence(f.Value); text != "" {
		return lower(strings.TrimSuffix(text, "."))
	}
	return "the place is " + f.Value.String()
}

// skillsClause tells what the work asks for from what is only a bonus.
func skillsClause(b brief.Brief) string {
	must, nice := listClause("it asks for ", b.NamedSkills()), listClause("", b.Nice)
	switch {
	case nice == "":
		return must
	case must == "":
		return nice + " would be a bonus"
	}
	return must + ", and " + nice + " would be a bonus"
}

func listClause(begin string, items []brief.Item) string {
	texts := make([]string, 0, 3)
	for _, item := range items[:min(3, len(items))] {
		texts = append(texts, item.Text)
	}
	switch {
	case len(items) == 0:
		return ""
	case len(items) > 3:
		return begin + strings.Join(texts, ", ") + " and more"
	}
	return begin + workflow.Join(texts)
}
