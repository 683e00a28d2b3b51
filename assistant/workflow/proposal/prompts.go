package proposal

import (
	_ "embed" // the prompts

	"github.com/parleyhq/parley/assistant/workflow"
)

var (
	//go:embed prompts/reply.v1.md
	replyPrompt string
	//go:embed prompts/text.v1.md
	textPrompt string

	prompts = map[string]workflow.Prompt{
		"reply": {Name: "proposal/reply.v1", Text: replyPrompt},
		"text":  {Name: "proposal/text.v1", Text: textPrompt},
	}
)
