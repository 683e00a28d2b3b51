package builtin

import "github.com/parleyhq/parley/assistant/model"

// advice says facts that are whole sentences, in their order: those of a list
// as a list, with a paragraph where one begins.
func advice(w *writer, facts []model.Fact) {
	for i, f := range facts {
		switch {
		case f.Attrs["item"] != "":
			w.item(f.Text, f)
			continue
		case f.Attrs["p"] != "" || i > 0 && facts[i-1].Attrs["item"] != "":
			w.paragraph()
		}
		w.say(f.Text, f)
	}
}
