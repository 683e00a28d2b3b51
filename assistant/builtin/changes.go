package builtin

import (
	"strings"

	"github.com/parleyhq/parley/assistant/model"
)

// changes acknowledges what a message set: new terms are listed, changed ones
// named, entries of lists added. What went into the running text is mentioned
// only when there is nothing else to say.
func changes(w *writer, facts []model.Fact, started bool) {
	var terms, lists, running []model.Fact
	said := false
	for _, f := range facts {
		switch {
		case f.Key == "summary" || started && (f.Key == "title" || f.Key == "deliverables"):
			running = append(running, f)
		case f.Key == "title":
			w.say("The title is now “"+f.Text+"”", f)
			said = true
		case listNames[f.Key] != "":
			lists = append(lists, f)
		case f.Attrs["old"] != "":
			w.say(changed(f), f)
			said = true
		default:
			terms = append(terms, f)
		}
	}
	if len(terms) > 0 {
		values := make([]string, len(terms))
		for i, f := range terms {
			values[i] = value(f)
		}
		w.say("Noted: "+join(values), terms...)
	}
	if started && len(lists) > 0 && lists[0].Key == "skills" {
		w.say("It asks for "+some(lists[0]), lists[0])
		lists = lists[1:]
	}
	if len(lists) > 0 {
		w.say(additions(lists), lists...)
	}
	if len(running) > 0 && !started && !said && len(terms)+len(lists) == 0 {
		w.say("I have worked that into the description", running...)
	}
}

// value names a term so that it is understood without its slot.
func value(f model.Fact) string {
	v := f.Text
	switch f.Key {
	case "level":
		return v + " level"
	case "start":
		if strings.HasPrefix(v, "start") {
			return v
		}
		if adverbial(v) {
			return "start " + lower(v)
		}
		return "start: " + lower(v)
	case "deadline":
		if adverbial(v) {
			return "done " + lower(v)
		}
		if strings.ContainsAny(v, "0123456789") || !strings.Contains(v, " ") {
			return "deadline " + v
		}
		return lower(v)
	case "time_zone":
		return "time zone " + v
	case "pay":
		return strings.Replace(v, ", fixed price", " fixed price", 1)
	case "location":
		return v
	}
	return lower(v)
}

// adverbial reports whether words stand behind a verb: "before Christmas".
func adverbial(v string) bool {
	first, _, _ := strings.Cut(strings.ToLower(v), " ")
	switch first {
	case "before", "by", "until", "within", "in", "on", "after", "at", "next", "as", "from", "around":
		return true
	}
	return false
}

func changed(f model.Fact) string {
	switch f.Key {
	case "pay":
		if strings.Contains(f.Text, " an hour") {
			return "The rate is now " + f.Text
		}
		return "The budget is now " + f.Text
	case "duration":
		return "It should now take " + lower(f.Text)
	case "deadline":
		if adverbial(f.Text) {
			return "It should now be done " + lower(f.Text)
		}
	case "start":
		if adverbial(f.Text) {
			return "It now starts " + lower(f.Text)
		}
	case "hours_per_week":
		return "That is now " + lower(f.Text)
	}
	return "The " + f.Attrs["name"] + " is now: " + f.Text
}

// additions says what went into which list.
func additions(facts []model.Fact) string {
	parts := make([]string, len(facts))
	for i, f := range facts {
		parts[i] = inside(some(f)) + " to " + listNames[f.Key]
	}
	return "I have added " + strings.Join(parts, ", and ")
}

// inside writes an entry as it stands inside a sentence: small where its first
// word is one that conditions begin with.
func inside(text string) string {
	first, _, _ := strings.Cut(text, " ")
	switch first {
	case "No", "Not", "Must", "Only", "Please", "Should", "Native", "Fluent", "Someone", "Agencies", "Local", "Available", "A", "An", "The":
		return lower(text)
	}
	return text
}

// some writes the entries of a list unless they are too long for a sentence.
func some(f model.Fact) string {
	if len(f.Text) > 140 {
		return "that"
	}
	return f.Text
}

// listNames are what slots are called that hold several entries.
var listNames = map[string]string{
	"skills": "the skills", "deliverables": "the deliverables", "conditions": "the conditions", "questions": "the questions for applicants",
}
