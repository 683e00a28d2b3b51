package builtin

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
)

// mostClauses is how many values stand in one sentence.
const mostClauses = 3

// changes says what a message set: values in whole clauses, then the entries
// of lists. What went into the running text is mentioned only where there is
// nothing else to say, since the page shows it.
func changes(w *writer, facts []model.Fact, started bool) {
	var values, lists, running []model.Fact
	titled := false
	for _, f := range facts {
		switch {
		case f.Key == "summary" || started && (f.Key == "title" || f.Key == "deliverables"):
			running = append(running, f)
		case f.Key == "title":
			w.say("The title is now “"+f.Text+"”", f)
			titled = true
		case listNames[f.Key] != "":
			lists = append(lists, f)
		case f.Attrs["clause"] != "":
			values = append(values, f)
		}
	}
	for len(values) > 0 {
		n := min(mostClauses, len(values))
		w.say(capital(clauses(values[:n])), values[:n]...)
		values = values[n:]
		titled = true
	}
	if len(lists) > 0 {
		w.say(entries(lists, started), lists...)
		titled = true
	}
	if len(running) > 0 && !started && !titled {
		statement(w, running)
	}
}

// clauses joins what was set: "the budget is $4,000, and it should take six weeks".
func clauses(facts []model.Fact) string {
	var out strings.Builder
	for i, f := range facts {
		text := f.Attrs["clause"]
		if f.Attrs["old"] != "" {
			text = now(text)
		}
		switch {
		case i == 0:
		case i == len(facts)-1:
			out.WriteString(", and ")
		default:
			out.WriteString(", ")
		}
		out.WriteString(text)
	}
	return out.String()
}

// now marks a clause as a change: "the budget is now $4,000".
func now(clause string) string {
	for _, verb := range []string{" is ", " should ", " starts ", " takes "} {
		before, after, ok := strings.Cut(clause, verb)
		if !ok {
			continue
		}
		if verb == " is " || verb == " should " {
			return before + verb + "now " + after
		}
		return before + " now" + verb + after
	}
	return clause
}

// entries says what went into which list. Skills are asked for; other entries
// are named with their list.
func entries(facts []model.Fact, started bool) string {
	facts = slices.Clone(facts)
	slices.SortStableFunc(facts, func(a, b model.Fact) int { return skillsFirst(a) - skillsFirst(b) })
	parts := make([]string, 0, len(facts))
	for i, f := range facts {
		switch {
		case f.Key == "skills" && i == 0:
			parts = append(parts, "it asks for "+some(f))
		case f.Attrs["n"] == "1" || f.Attrs["n"] == "":
			parts = append(parts, "“"+capital(some(f))+"” is in "+listNames[f.Key])
		default:
			parts = append(parts, inside(some(f))+" are in "+listNames[f.Key])
		}
	}
	text := strings.Join(parts, ", and ")
	if facts[0].Key == "skills" && !started {
		text = strings.Replace(text, "it asks", "the post now asks", 1)
	}
	return capital(text)
}

func skillsFirst(f model.Fact) int {
	if f.Key == "skills" {
		return 0
	}
	return 1
}

// statement says what the description gained.
func statement(w *writer, facts []model.Fact) {
	f := facts[len(facts)-1]
	switch {
	case f.Key != "summary":
		return
	case f.Attrs["n"] == "1" && len(f.Text) <= 90:
		w.say("The description now says “"+strings.TrimRight(f.Text, ".")+"”", f)
	default:
		w.say("That is in the description now", f)
	}
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

func capital(text string) string {
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}
