package gateway

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/model"
)

const (
	// After the answer has ended only its usage is still to come. Neither a
	// slow one nor a connection that stays open may hold up the person.
	usageWithin = 2 * time.Second
	drainWithin = 100 * time.Millisecond
)

// chunk is what is read of a chat.completion.chunk. Decoding only this
// allocates less than the library's decoding of the whole.
type chunk struct {
	Model   string `json:"model"`
	Choices []struct {
		Index int `json:"index"`
		Delta struct {
			Content          string          `json:"content"`
			Refusal          string          `json:"refusal"`
			ReasoningContent json.RawMessage `json:"reasoning_content"` // llama.cpp, vLLM
			Reasoning        json.RawMessage `json:"reasoning"`         // Ollama
		} `json:"delta"`
		FinishReason string `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		Input  int `json:"prompt_tokens"`
		Output int `json:"completion_tokens"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
}

// stream asks the server and passes its text on as it comes.
func (c *call) stream(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := newWatchdog(c.by, errNoToken, cancel)
	defer watch.hold()

	x := &exchange{http: c.endpoint.http}
	stream, err := c.endpoint.client(x).CreateChatCompletionStream(ctx, c.body)
	c.sent = x.sent.Load()
	if err != nil {
		return explainStart(ctx, err)
	}
	defer stream.Close()

	var text prose
	c.result.Usage = model.Usage{}
	for {
		piece, err := receive(stream)
		watch.hold()
		finished := c.result.Finish != model.FinishNone
		if err != nil && !finished {
			return explain(ctx, err)
		}
		if err != nil {
			watch.expect(drainWithin, errNextToken)
			watch.resume()
			x.drain()
			return c.ended(&text)
		}
		progress, err := c.take(piece, &text)
		switch {
		case err != nil:
			return err
		case c.result.Finish != model.FinishNone && !finished:
			watch.expect(min(usageWithin, c.endpoint.timeouts.NextToken), errNextToken)
		case progress:
			watch.expect(c.endpoint.timeouts.NextToken, errNextToken)
		}
		watch.resume()
	}
}

// receive reads the next chunk.
func receive(stream *openai.ChatCompletionStream) (chunk, error) {
	raw, err := stream.RecvRaw()
	if err != nil {
		return chunk{}, err
	}
	var piece chunk
	if err := json.Unmarshal(raw, &piece); err != nil {
		return chunk{}, errJSON
	}
	if said(piece.Error) {
		return chunk{}, errReported
	}
	return piece, nil
}

// take passes on the text of a chunk and notes the rest. progress is whether
// the model said or thought something.
func (c *call) take(piece chunk, text *prose) (progress bool, err error) {
	if piece.Model != "" {
		c.result.Model = line(piece.Model, 100)
	}
	if u := piece.Usage; u != nil && u.Input >= 0 && u.Output >= 0 && u.Input+u.Output > 0 {
		c.result.Usage = model.Usage{InputTokens: u.Input, OutputTokens: u.Output, Known: true}
	}
	for _, choice := range piece.Choices {
		if choice.Index != 0 || c.result.Finish != model.FinishNone {
			continue
		}
		delta := choice.Delta
		progress = progress || delta.Content != "" || delta.Refusal != "" || said(delta.ReasoningContent) || said(delta.Reasoning)
		c.received.WriteString(delta.Content)
		c.received.Write(delta.ReasoningContent)
		c.received.Write(delta.Reasoning)
		if err := c.say(text.add(delta.Content)); err != nil {
			return progress, err
		}
		c.result.Finish = finish(choice.FinishReason)
		if delta.Refusal != "" {
			c.result.Finish = model.FinishFiltered
		}
	}
	return progress, nil
}

// said reports whether a field holds something.
func said(raw json.RawMessage) bool {
	return len(raw) > 0 && string(raw) != "null" && string(raw) != `""`
}

func (c *call) say(text string) error {
	if text == "" {
		return nil
	}
	if !c.started {
		c.started = true
		c.result.FirstToken = time.Since(c.start)
	}
	return c.yield(text)
}

// ended judges an answer that its server calls finished.
func (c *call) ended(text *prose) error {
	if err := c.say(text.rest()); err != nil {
		return err
	}
	switch c.result.Finish {
	case model.FinishLength:
		return &failure{kind: model.ErrLength, detail: "finish reason length"}
	case model.FinishFiltered:
		return &failure{kind: model.ErrFiltered, detail: "finish reason content_filter"}
	}
	if !c.started {
		return errEmpty
	}
	return nil
}

// finish reads a finish reason. Servers have names of their own for a plain
// end ("eos", "end_turn"), so whatever is not known counts as one.
func finish(reason string) model.Finish {
	switch reason {
	case "":
		return model.FinishNone
	case "length", "max_tokens":
		return model.FinishLength
	case "content_filter":
		return model.FinishFiltered
	}
	return model.FinishStop
}
