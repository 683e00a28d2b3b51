package builtin

import "github.com/parleyhq/parley/assistant/model"

// proposalReply says the facts of a turn on a proposal in their order: they
// come worded. The verdict, the draft's terms and the question begin
// paragraphs of their own.
func proposalReply(w *writer, facts []model.Fact) {
	before := ""
	for _, f := range facts {
		if part := replyPart(f.Kind); before != "" && part != before {
			w.paragraph()
		}
		before = replyPart(f.Kind)
		w.say(f.Text, f)
	}
}

// replyPart groups the kinds of facts that stand in one paragraph.
func replyPart(kind string) string {
	switch kind {
	case "fit", "verdict", "unknown":
		return "fit"
	case "draft", "taken", "intent":
		return "draft"
	case "bid", "pattern":
		return "terms"
	}
	return kind
}

// proposalText sets the lines of a proposal, paragraph by paragraph. What is
// the client's is there for a language model to refer to, and not said.
func proposalText(w *writer, facts []model.Fact) {
	before := ""
	for _, f := range facts {
		if f.Kind == "client" {
			continue
		}
		if part := f.Attrs["paragraph"]; part != before {
			w.paragraph()
			before = part
		}
		w.say(f.Text, f)
	}
}
