package shortlist

import (
	_ "embed" // the prompts

	"github.com/parleyhq/parley/assistant/workflow"
)

var (
	//go:embed prompts/reply.v1.md
	replyPrompt string
	//go:embed prompts/invitation.v1.md
	invitationPrompt string

	prompts = map[string]workflow.Prompt{
		"reply":      {Name: "shortlist/reply.v1", Text: replyPrompt},
		"invitation": {Name: "shortlist/invitation.v1", Text: invitationPrompt},
	}
)
