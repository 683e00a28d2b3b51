package builtin

import (
	"strings"

	"github.com/parleyhq/parley/assistant/model"
)

// changes acknowledges what a message set. A single change gets a sentence of
// its own; several are listed; what went into the running text is mentioned
// only when there is nothing else to say.
func changes(w *writer, facts []model.Fact, started bool) {
	var telling, running []model.Fact
	for _, f := range facts {
		switch {
		case f.Key == "summary" || f.Key == "title" && started || f.Key == "deliverables" && started:
			running = append(running, f)
		default:
			telling = append(telling, f)
		}
	}
	switch {
	case len(telling) == 1:
		w.say(single(telling[0]), telling[0])
	case len(telling) > 1:
		names := make([]string, len(telling))
		for i, f := range telling {
			names[i] = listed(f)
		}
		w.say("I have noted "+join(names), telling...)
	case len(running) > 0 && !started:
		w.say("I have worked that into the description", running...)
	}
}

// single is the sentence for one change.
func single(f model.Fact) string {
	v := f.Text
	switch f.Key {
	case "pay":
		return pay(f)
	case "duration":
		if strings.Contains(v, "ongoing") || strings.Contains(v, "long term") || strings.Contains(v, "long-term") {
			return "I have noted that the work is ongoing"
		}
		if f.Attrs["old"] != "" {
			return "It should now take " + lower(v)
		}
		return "It should take " + lower(v) + ", noted"
	case "deadline":
		return when("It should be done", "The deadline is ", v)
	case "start":
		return when("It starts", "The start is ", v)
	case "hours_per_week":
		return capital(v) + ", noted"
	case "level":
		return "The post now asks for " + levels[v]
	case "location":
		return "I have noted where: " + v
	case "time_zone":
		return "I have noted the time zone: " + v
	case "skills":
		return "The post now asks for " + some(f)
	case "deliverables":
		if len(v) > 120 {
			return "I have added that to what is to be delivered"
		}
		return "To be delivered, I have added: " + some(f)
	case "conditions":
		return "I have added that to the conditions: " + lower(some(f))
	case "questions":
		return "I have added that to the questions for applicants"
	case "title":
		return "The title is now “" + v + "”"
	}
	return "I have noted the " + f.Attrs["name"] + ": " + v
}

func pay(f model.Fact) string {
	v, hourly := f.Text, strings.Contains(f.Text, " an hour")
	switch {
	case !strings.ContainsAny(v, "0123456789"):
		return "I have noted how it is paid: " + v
	case f.Attrs["old"] != "" && hourly:
		return "The rate is now " + v
	case f.Attrs["old"] != "":
		return "The budget is now " + v
	case hourly:
		return "I have put the rate at " + v
	}
	return "I have put the budget at " + v
}

// when uses the person's words where they begin like "before Christmas".
func when(adverbial, noun, v string) string {
	first, _, _ := strings.Cut(strings.ToLower(v), " ")
	switch first {
	case "before", "by", "until", "within", "in", "on", "after", "at", "next", "as":
		return adverbial + " " + lower(v) + ", noted"
	}
	return noun + v
}

// some writes up to three entries of a list, and that there are more.
func some(f model.Fact) string {
	if n := f.Attrs["n"]; n != "" && n != "1" && n != "2" && n != "3" {
		return f.Text + ", among others"
	}
	return f.Text
}

// listed names a change within a list of several.
func listed(f model.Fact) string {
	if f.Key == "deliverables" || f.Key == "conditions" || f.Key == "questions" || len(f.Text) > 60 {
		return articles[f.Key]
	}
	name := articles[f.Key]
	if f.Key == "pay" && strings.Contains(f.Text, " an hour") {
		name = "the rate"
	}
	return name + " (" + some(f) + ")"
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

var levels = map[string]string{"entry": "entry level", "intermediate": "an intermediate level", "expert": "an expert"}

var articles = map[string]string{
	"title": "the title", "deliverables": "what to deliver", "skills": "the skills", "level": "the level", "pay": "the budget", "duration": "how long it takes",
	"hours_per_week": "the hours", "start": "the start", "deadline": "the deadline", "location": "the place", "time_zone": "the time zone", "conditions": "the conditions",
	"questions": "the questions for applicants", "category": "the kind of work",
}
