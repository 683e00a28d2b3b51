package builtin

import (
	"slices"

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
	kindQuestion   = "question"
	kindStatement  = "statement"
	kindTerm       = "term"
	kindExcluded   = "excluded"
)

// Kinds lists the kinds of facts that the composer knows.
func Kinds() []string {
	return []string{kindIntent, kindStart, kindChange, kindRemoved, kindDeclined, kindFigure, kindPlace, kindNoFigure, kindDemo, kindWarning,
		kindSuggestion, kindOpen, kindReady, kindEnough, kindQuestion, kindStatement, kindTerm, kindExcluded}
}

// reply words what happened in a turn, in the order of the facts: what was
// understood, what similar posts paid, what to mind, what comes next.
func reply(w *writer, facts []model.Fact) {
	started := slices.ContainsFunc(facts, func(f model.Fact) bool { return f.Kind == kindStart })
	for i := 0; i < len(facts); i++ {
		f := facts[i]
		if f.Kind == kindChange {
			end := i
			for end < len(facts) && facts[end].Kind == kindChange {
				end++
			}
			changes(w, facts[i:end], started)
			i = end - 1
			continue
		}
		if write := sentences[f.Kind]; write != nil {
			write(w, f)
		}
	}
}

var sentences = map[string]func(*writer, model.Fact){
	kindIntent:   intent,
	kindStart:    start,
	kindRemoved:  func(w *writer, f model.Fact) { w.say("I have taken out “"+f.Text+"”", f) },
	kindDeclined: declined,
	kindFigure:   func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindPlace:    func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindNoFigure: func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindDemo:     func(w *writer, f model.Fact) { w.say(f.Text, f) },
	kindWarning:  warning,
	kindSuggestion: func(w *writer, f model.Fact) {
		w.paragraph()
		w.say("Similar posts also speak of "+f.Text, f)
	},
	kindOpen:  func(w *writer, f model.Fact) { w.say("Still open: "+f.Text, f) },
	kindReady: ready,
	kindEnough: func(w *writer, f model.Fact) {
		w.paragraph()
		w.say("I have no more questions. Tell me what to change, or say that it is done", f)
	},
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

func ready(w *writer, f model.Fact) {
	w.say("Your post is ready", f)
	if f.Key == "marked" {
		w.say("Some of its wording is still marked for a change", f)
	}
}

func intent(w *writer, f model.Fact) {
	switch f.Key {
	case "greeting":
		w.say("Hello", f)
	case "thanks":
		w.say("You are welcome", f)
	case "help":
		w.say("Tell me about the work in your own words, and I write it up as a job post", f)
		w.say("I ask for what is missing, show what similar posts paid, and point out wording that could keep good people away", f)
	case "off_topic":
		w.say("That is not something I can help with", f)
		w.say("I write job posts: tell me what work you need done, and for how much and until when if you know", f)
	case "nothing_new":
		w.say("I found nothing in that for your post, so the draft stays as it is", f)
		w.say("You can tell me more about the work, or what to change", f)
	case "foreign":
		w.say("So far I only understand English", f)
		w.say("Please describe the work in English, and I write the post", f)
	case "fine":
		w.say("That is fine", f)
		w.say("Tell me what to change, or say that it is done", f)
	case "write":
		w.say("Here is the post with what I know so far", f)
	}
}

func declined(w *writer, f model.Fact) {
	switch f.Key {
	case "scope", "existing", "summary":
		w.say("No problem, the post can go without that", f)
	default:
		w.say("No problem, the "+f.Text+" can stay open", f)
	}
}

func warning(w *writer, f model.Fact) {
	w.paragraph()
	w.say("Before you publish, look at “"+f.Attrs["word"]+"” in the post", f)
	w.say(f.Attrs["reason"], f)
	w.say("A better way to say it: "+f.Attrs["better"], f)
}
