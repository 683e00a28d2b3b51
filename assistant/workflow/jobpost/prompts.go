package jobpost

import (
	_ "embed" // the prompts

	"github.com/parleyhq/parley/assistant/workflow"
)

var (
	//go:embed prompts/reply.v1.md
	replyPrompt string
	//go:embed prompts/description.v1.md
	descriptionPrompt string

	prompts = map[string]workflow.Prompt{
		"reply":       {Name: "job_post/reply.v1", Text: replyPrompt},
		"description": {Name: "job_post/description.v1", Text: descriptionPrompt},
	}
)
