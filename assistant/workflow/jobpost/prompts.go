package jobpost

import (
	_ "embed" // the prompts
)

// prompt is an instruction for language models. A change of its text is a new
// version, a new file: answers are stored with the version they came from.
type prompt struct {
	name string
	text string
}

var (
	//go:embed prompts/reply.v1.md
	replyPrompt string
	//go:embed prompts/description.v1.md
	descriptionPrompt string

	prompts = map[string]prompt{
		"reply":       {"job_post/reply.v1", replyPrompt},
		"description": {"job_post/description.v1", descriptionPrompt},
	}
)
