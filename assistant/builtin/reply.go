package builtin

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
)

// The kinds of facts that a reply is made of; package jobpost says what they hold.
const (
	kindIntent     = "intent"
	kindStart      = "start"
	kindChange     = "change"
	kindRemoved    = "removed"
	kindDeclined   = "declined"
	kindFigure     = "figure"
	kindPlace      = "place"
	kindNoFigure   = "no_figure"
	kindDemo       = "demo"
	kindWarning    = "warning"
	kindSuggestion = "suggestion"
	kindOpen       = "open"
	kindReady      = "ready"
	kindEnough     = "enough"
	kindSoFar      = "so_far"
	kindWhy        = "why"
	kindRefused    = "refused"
	kindQuestion   = "question"
	kindStatement  = "statement"
	kindTerm       = "term"
	kindExcluded   = "excluded"
)

// Kinds lists the kinds of facts that the composer knows.
func Kinds() []string {
	return []string{kindIntent, kindStart, kindChange, kindRemoved, kindDeclined, kindFigure, kindPlace, kindNoFigure, kindDemo, kindWarning,
		kindSuggestion, kindOpen, kindReady, kindEnough, kindSoFar, kindWhy, kindRefused, kindQuestion, kindStatement, kindTerm, kindExcluded}
}

// reply words what happened in a turn, in the order of the facts: what was
// understood, what similar posts paid, what to mind, what comes next.
func reply(w *writer, facts []model.Fact) {
	started := slices.ContainsFunc(facts, func(f model.Fact) bool { return f.Kind == kindStart })
	warned := false
	for i := 0; i < len(facts); i++ {
		f := facts[i]
		switch {
		case f.Kind == kindChange:
			end := i
			for end < len(facts) && facts[end].Kind == kindChange {
				end++
			}
			changes(w, facts[i:end], started)
			i = end - 1
		case f.Kind == kindWarning:
			warning(w, f, warned)
			warned = true
		case sentences[f.Kind] != nil:
			sentences[f.Kind](w, f)
		}
	}
}

var sentences = map[string]func(*writer, model.Fact){
	kindIntent:   intent,
	kindStart:    start,
	kindRemoved:  removed,
	kindDeclined: declined,
	kindFigure:   func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindPlace:    func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindNoFigure: func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindDemo:     func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindRefused:  func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindSoFar:    soFar,
	kindWhy:      func(w *writer, f model.Fact) { w.say("About "+f.Attrs["word"]+": "+lower(f.Text), f) },
	kindSuggestion: func(w *writer, f model.Fact) {
		w.paragraph()
		w.say("Similar posts often mention "+f.Text, f)
	},
	kindOpen:   func(w *writer, f model.Fact) { w.say("Not settled yet: "+f.Text, f) },
	kindReady:  ready,
	kindEnough: enough,
	kindQuestion: func(w *writer, f model.Fact) {
		if len(w.pieces) > 1 || w.gap == "\n\n" {
			w.paragraph()
		}
		w.say(f.Text, f)
	},
}

func start(w *writer, f model.Fact) {
	if f.Text == "" {
		w.say("I have started your post", f)
		return
	}
	w.say("I have started your post: “"+f.Text+"”", f)
}

// removed says what was taken out: the words of an entry, or what a slot is called.
func removed(w *writer, f model.Fact) {
	if f.Key != "" {
		w.say(capital(f.Text)+" is out, and the post says nothing of it", f)
		return
	}
	w.say("“"+f.Text+"” is out", f)
}

// ready says that the post is finished, and plainly what it leaves out.
func ready(w *writer, f model.Fact) {
	switch f.Attrs["n"] {
	case "", "0":
		w.say("Your post is ready", f)
	case "1", "2":
		w.say("Your post is ready; it leaves open "+f.Text, f)
	default:
		w.say("The post says nothing of "+f.Text+", and it can be published so", f)
		w.say("If you want to add something, just tell me", f)
	}
	if f.Key == "marked" {
		w.say("Some of its wording is still marked for a change", f)
	}
}

// enough ends the questions.
func enough(w *writer, f model.Fact) {
	w.paragraph()
	switch {
	case f.Text == "":
		w.say("That is all I wanted to know. Tell me what to change, or say that it is done", f)
	case f.Key == "rush":
		w.say("It leaves open "+f.Text+". You can add that any time, or publish it so", f)
	default:
		w.say("I have no more questions; the post leaves open "+f.Text+". Tell me what to change, or say that it is done", f)
	}
}

func soFar(w *writer, f model.Fact) {
	if title := f.Attrs["title"]; title != "" {
		w.say("The post is called “"+title+"”", f)
	}
	w.say(capital(f.Text), f)
}

// told are the answers to messages that set nothing, by what they were.
var told = map[string][]string{
	"greeting":    {"Hello"},
	"thanks":      {"You are welcome"},
	"help":        {"Tell me about the work in your own words, and I write it up as a job post", "I ask for what is missing, show what similar posts paid, and point out wording that could keep good people away"},
	"off_topic":   {"Job posts are what I can help with", "Tell me what work you need done, and for how much and until when if you know"},
	"nothing_new": {"I found nothing in that for your post, so the draft stays as it is"},
	"still_open":  {"I did not catch that"},
	"foreign":     {"So far I only understand English", "Please describe the work in English, and I write the post"},
	"fine":        {"That is fine", "Tell me what to change, or say that it is done"},
	"onward":      {"All right"},
	"write":       {"Here is the post with what I know so far"},

	"no_question":    {"There is no question open", "Tell me what to change, or say that it is done"},
	"nothing_yet":    {"There is nothing written yet, because I do not know the work", "A sentence on what should be done is enough to begin"},
	"nothing_needed": {"Nothing more is needed", "You can change anything, or say that it is done"},
	"faster":         {"Tell me to just write it at any time, and I ask nothing more"},
	"can":            {"I only write the post with you and compare it with similar ones", "Publishing it and choosing people stays with you"},
	"why_question":   {"I ask because people who apply look for it first, and similar posts differ in it", "You can leave it open"},
	"why_nothing":    {"I see nothing wrong with the post as it is"},
	"command":        {"I left that out of the post, because it is not about the work", "If it belongs there, say it in other words"},
	"cancel":         {"All right, I stop here", "The draft stays as it is until you delete this conversation, and nothing of it is published"},
	"restart":        {"Tell me about the new work, and I write that post in place of this one", "Until then the draft stays as it is"},
	"yes":            {"Then say a word on it if people who apply should know"},
	"no":             {"All right, then the post does not go into that"},
	"no_more":        {"Then the list is complete"},
}

func intent(w *writer, f model.Fact) {
	for _, text := range told[f.Key] {
		w.say(text, f)
	}
}

func declined(w *writer, f model.Fact) {
	switch {
	case f.Attrs["how"] != "":
		intent(w, model.Fact{ID: f.ID, Key: f.Attrs["how"]})
	case f.Key == "scope" || f.Key == "existing" || f.Key == "summary":
		w.say("No problem, the post can go without that", f)
	case f.Attrs["effect"] != "":
		w.say("Then "+f.Attrs["effect"], f)
	case f.Text == "":
		w.say("No problem, that can stay open", f)
	default:
		w.say("No problem, the "+f.Text+" can stay open", f)
	}
}

// warning tells of wording to change; further reports whether it is not the first.
func warning(w *writer, f model.Fact, further bool) {
	if further {
		w.say("Look at "+f.Attrs["word"]+" as well", f)
	} else {
		w.paragraph()
		w.say("Before you publish, look at "+f.Attrs["word"]+" in the post", f)
	}
	for _, sentence := range strings.SplitAfter(f.Attrs["reason"], ". ") {
		w.say(sentence, f)
	}
	if f.Attrs["better"] != "" {
		w.say("You could say “"+lower(f.Attrs["better"])+"” instead", f)
	}
}
