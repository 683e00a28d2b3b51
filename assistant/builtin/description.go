package builtin

import "github.com/parleyhq/parley/assistant/model"

// description sets the person's statements in one paragraph and the terms in
// another. The sentences come worded.
func description(w *writer, facts []model.Fact) {
	terms := false
	for _, f := range facts {
		switch f.Kind {
		case kindStatement:
			w.say(f.Text, f)
		case kindTerm:
			if !terms {
				w.paragraph()
				terms = true
			}
			w.say(f.Text, f)
		}
	}
}
