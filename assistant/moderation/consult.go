package moderation

import (
	"context"
	_ "embed" // the prompt
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

var (
	//go:embed prompts/judge.v1.md
	judgePrompt string

	errMalformed = fmt.Errorf("%w: a verdict is missing or not about the text", model.ErrMalformed)
	errTooLong   = fmt.Errorf("%w: longer than any answer may be", model.ErrMalformed)
)

const longestAnswer = 32 << 10 // bytes

// opinions asks the judge about messages of one site and channel, each of which gets an
// opinion. What it has said before of the same text is not asked again; what it does not
// answer in a usable way is asked once more.
func (j *judge) opinions(ctx context.Context, p *plan, tenant string, messages []message.Message) []opinion {
	labels := p.judgedLabels(messages[0].Channel)
	said, keys := make([]opinion, len(messages)), make([]answerKey, len(messages))
	var open []int
	for i, msg := range messages {
		keys[i] = j.cache.key(j.m.cfg.JudgeName, tenant, labels, msg)
		known, found := j.cache.get(keys[i])
		if !found {
			open = append(open, i)
			continue
		}
		known.quote = find(msg.Text, known.quote)
		said[i] = known
	}
	for try := 0; try < 2 && len(open) > 0; try++ {
		asked := make([]message.Message, len(open))
		for i, at := range open {
			asked[i] = messages[at]
		}
		answer, err := j.call(ctx, tenant, labels, asked)
		var again []int
		for i, at := range open {
			if err != nil {
				said[at] = opinion{err: err}
				continue
			}
			if said[at] = answer[i]; said[at].err != nil {
				again = append(again, at)
				continue
			}
			j.cache.put(keys[at], said[at])
		}
		open = again
	}
	return said
}

// judgedLabels are those that a judge is asked about.
func (p *plan) judgedLabels(channel message.Channel) (labels []policy.Label) {
	for _, l := range p.labels[channel] {
		labels = append(labels, l.label)
	}
	return labels
}

// call asks once. The error is of a call that did not answer; a message for
// which no usable verdict came has errMalformed in its opinion.
func (j *judge) call(ctx context.Context, tenant string, labels []policy.Label, messages []message.Message) ([]opinion, error) {
	ctx, cancel := context.WithTimeout(ctx, j.m.cfg.JudgeTimeout)
	defer cancel()
	var text strings.Builder
	_, err := j.m.cfg.Judge.Generate(ctx, judgeRequest(tenant, labels, messages), func(piece string) error {
		if text.Len()+len(piece) > longestAnswer {
			return errTooLong
		}
		text.WriteString(piece)
		return nil
	})
	if err != nil && !errors.Is(err, errTooLong) {
		return nil, err
	}
	return readAnswer(text.String(), labels, messages), nil
}

// judgeRequest has the texts as facts, which the gateway marks as data and no
// text can break out of.
func judgeRequest(tenant string, labels []policy.Label, messages []message.Message) model.Request {
	var instructions strings.Builder
	instructions.WriteString(strings.TrimSpace(judgePrompt))
	for _, l := range labels {
		fmt.Fprintf(&instructions, "\n\n%s", policy.Prompt(l))
	}
	r := model.Request{
		Tenant: tenant, Purpose: model.Moderate, Task: "judge", Prompt: "moderate/judge.v1+" + policy.Version(),
		Instructions: instructions.String(), Schema: judgeSchema(labels, len(messages)), MaxTokens: 200 + 160*len(messages),
		History: []model.Message{{Role: "user", Text: "Judge each of the messages below by the policies."}},
	}
	ids := messageIDs(len(messages))
	for i, msg := range messages {
		id := ids[i]
		for n, line := range tail(msg.Thread, mostLines) {
			r.Facts = append(r.Facts, model.Fact{
				ID: fmt.Sprintf("%s.%d", id, n+1), Kind: "before", Key: id, Text: excerpt(line.Text, longestLine), Attrs: sender(line.Sender),
			})
		}
		r.Facts = append(r.Facts, model.Fact{ID: id, Kind: "message", Text: excerpt(msg.Text, longestShown), Attrs: sender(msg.Sender)})
	}
	return r
}

// messageIDs are those that messages have in a request.
func messageIDs(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("m%d", i+1))
	}
	return ids
}

func sender(name string) map[string]string {
	if name == "" {
		return nil
	}
	return map[string]string{"sender": name}
}

const (
	longestShown = 8000 // bytes of a message that a judge reads
	longestLine  = 1000 // of a line before it
	mostLines    = 6
	noLabel      = "none"
)

func tail(lines []message.Line, n int) []message.Line { return lines[max(0, len(lines)-n):] }

// cut reports whether a message is too long for a judge to read all of it.
func cut(msg message.Message) bool { return len(msg.Text) > longestShown }

// excerpt keeps the beginning and the end of a long text.
func excerpt(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	half := longest / 2
	return strings.ToValidUTF8(text[:half], "") + "\n[…]\n" + strings.ToValidUTF8(text[len(text)-half:], "")
}

// judgeSchema is what an answer must look like.
func judgeSchema(labels []policy.Label, messages int) json.RawMessage {
	names := []string{noLabel}
	for _, l := range labels {
		names = append(names, string(l))
	}
	schema, err := json.Marshal(map[string]any{
		"type": "object", "required": []string{"verdicts"}, "additionalProperties": false,
		"properties": map[string]any{"verdicts": map[string]any{
			"type": "array",
			"items": map[string]any{
				"type": "object", "required": []string{"message", "label", "quote", "reason", "confidence"}, "additionalProperties": false,
				"properties": map[string]any{
					"message":    map[string]any{"type": "string", "enum": messageIDs(messages)},
					"label":      map[string]any{"type": "string", "enum": names},
					"quote":      map[string]any{"type": "string"},
					"reason":     map[string]any{"type": "string"},
					"confidence": map[string]any{"type": "number"},
				},
			},
		}},
	})
	if err != nil { // of strings: it cannot fail
		panic(err)
	}
	return schema
}

// readAnswer takes what is usable of an answer. A message needs exactly one
// verdict, with a known label, a confidence from 0 to 1 and, unless it is
// clean, words that stand in it.
func readAnswer(raw string, labels []policy.Label, messages []message.Message) []opinion {
	var answer struct {
		Verdicts []struct {
			Message, Label, Quote, Reason string
			Confidence                    *float64
		}
	}
	said := make([]opinion, len(messages))
	for i := range said {
		said[i].err = errMalformed
	}
	if err := json.Unmarshal([]byte(raw), &answer); err != nil {
		return said
	}
	ids, count := messageIDs(len(messages)), make(map[string]int)
	for _, v := range answer.Verdicts {
		count[v.Message]++
	}
	for _, v := range answer.Verdicts {
		at := slices.Index(ids, v.Message)
		if at < 0 || count[v.Message] != 1 || v.Confidence == nil || !(*v.Confidence >= 0 && *v.Confidence <= 1) {
			continue
		}
		o := opinion{reason: shorten(v.Reason, 300), confidence: *v.Confidence}
		if v.Label != noLabel {
			o.label, o.quote = policy.Label(v.Label), find(messages[at].Text, v.Quote)
			if !slices.Contains(labels, o.label) || o.quote == "" {
				continue
			}
		}
		said[at] = o
	}
	return said
}
