package assistant

import (
	"context"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/workflow"
)

// screened are speakers whose models' sentences are judged before they are said:
// what is published by the policies for posts, the rest by those for the assistant.
func screened(speakers map[model.Purpose]workflow.Speaker, s Screener) map[model.Purpose]workflow.Speaker {
	with := make(map[model.Purpose]workflow.Speaker, len(speakers))
	for purpose, speaker := range speakers {
		speaker.Screen = func(ctx context.Context, tenant, sentence string, strict bool) []string {
			msg := message.Message{Channel: message.Assistant, Sender: "assistant", Text: sentence}
			if strict {
				msg.Channel = message.Post
			}
			v := s.Screen(ctx, tenant, msg)
			if !breaks(v) {
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

// breaks reports whether a sentence that a model wrote is dropped. It stands without
// those around it, of which the classifier knows nothing: in a post its doubts
// are no reason, since whoever the post is for reads it before it is published.
func breaks(v moderation.Verdict) bool {
	return v.Action == moderation.Block || v.Action == moderation.Hold && v.Rule != ""
}
