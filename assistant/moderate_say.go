package assistant

import (
	"context"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/workflow"
)

// screened are speakers whose models' sentences are judged before they are said:
// what is published by all policies, the rest by those of the assistant.
func screened(speakers map[model.Purpose]workflow.Speaker, s Screener) map[model.Purpose]workflow.Speaker {
	with := make(map[model.Purpose]workflow.Speaker, len(speakers))
	for purpose, speaker := range speakers {
		speaker.Screen = func(ctx context.Context, tenant, sentence string, strict bool) []string {
			msg := message.Message{Channel: message.Assistant, Sender: "assistant", Text: sentence}
			if strict {
				msg.Channel = message.Post
			}
			v := s.Screen(ctx, tenant, msg)
			if v.Action.Delivers() {
				return nil
			}
			why := []string{"policy"}
			for _, label := range v.Labels {
				why = append(why, string(label))
			}
			return why
		}
		with[purpose] = speaker
	}
	return with
}
