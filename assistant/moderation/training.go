package moderation

import (
	"slices"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// LabelledMessage is a message with the labels that a reviewer gave it. As JSON
// it is a line that `parley train moderation --reviews` reads, in the format of
// package corpus.
type LabelledMessage struct {
	message.Message
	Labels []policy.Label `json:"labels"` // never nil: empty for a clean message
}

// Training returns what can be learned from reviews, in their order. A message
// that was delivered without a label is an example of a clean one that looked
// otherwise. Left out are decisions that say neither: to stop a message without
// a label, or to deliver one with a label. Of messages that say the same in the
// same thread, only the newest decision counts.
func Training(reviews []Review) []LabelledMessage {
	newest := map[string]int{}
	for i, r := range reviews {
		at, seen := newest[sameMessage(r.Case.Message)]
		if !seen || !r.Decision.At.Before(reviews[at].Decision.At) {
			newest[sameMessage(r.Case.Message)] = i
		}
	}
	list := []LabelledMessage{}
	for i, r := range reviews {
		if newest[sameMessage(r.Case.Message)] != i || !r.teaches() {
			continue
		}
		labels := append([]policy.Label{}, r.Decision.Labels...)
		slices.SortFunc(labels, func(a, b policy.Label) int { return policy.Index(a) - policy.Index(b) })
		list = append(list, LabelledMessage{r.Case.Message, slices.Compact(labels)})
	}
	return list
}

func (r Review) teaches() bool {
	stopped := r.Decision.Action == Block || r.Decision.Action == Hold
	return stopped == (len(r.Decision.Labels) > 0)
}

// sameMessage is what messages that say the same have in common.
func sameMessage(m message.Message) string {
	key := string(m.Channel) + "\x00" + m.Sender + "\x00" + m.Text
	for _, line := range m.Thread {
		key += "\x00" + line.Sender + "\x00" + line.Text
	}
	return key
}
