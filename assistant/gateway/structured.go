package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/parleyhq/parley/assistant/model"
)

// structured holds answers to requests that have a schema back until they
// satisfy it, and passes other requests on.
type structured struct {
	model.Model
	repairs int // how often a wrong answer is sent back to be mended
}

// Generate implements model.Model. A structured answer is yielded at once.
func (s structured) Generate(ctx context.Context, request model.Request, yield func(string) error) (model.Result, error) {
	if request.Schema == nil {
		return s.Model.Generate(ctx, request, yield)
	}
	schema, err := compile(request.Schema)
	if err != nil {
		return model.Result{}, fmt.Errorf("%w: its schema is invalid: %w", model.ErrRejected, err)
	}
	start, total, cost := time.Now(), model.Usage{Known: true}, int64(0)
	history := slices.Clip(request.History)
	for try := 0; ; try++ {
		var text strings.Builder
		result, err := s.Model.Generate(ctx, request, func(piece string) error { text.WriteString(piece); return nil })
		total, cost = sum(total, result.Usage), cost+result.Cost
		result.Usage, result.Cost, result.Total = total, cost, time.Since(start)
		if err != nil {
			return result, err
		}
		answer := unfenced(text.String())
		wrong := check(schema, answer)
		if wrong == nil {
			return result, yield(answer)
		}
		if try >= s.repairs {
			return result, &failure{kind: model.ErrMalformed, detail: "the answer does not satisfy its schema"}
		}
		request.History = append(history,
			model.Message{Role: "assistant", Text: text.String()},
			model.Message{Role: "user", Text: "That answer does not satisfy the schema: " + line(wrong.Error(), 1000) + "\nGive the whole answer again, mended."})
	}
}

// compile reads a schema. It may not refer to anything outside itself.
func compile(raw json.RawMessage) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		return nil, err
	}
	const name = "urn:answer"
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(jsonschema.SchemeURLLoader{})
	if err := compiler.AddResource(name, document); err != nil {
		return nil, err
	}
	return compiler.Compile(name)
}

// check returns what is wrong with an answer, in words for a model.
func check(schema *jsonschema.Schema, answer string) error {
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(answer))
	if err != nil {
		return errors.New("it is not one JSON value")
	}
	return schema.Validate(value)
}

// unfenced takes a Markdown code fence off, which many models put around JSON.
func unfenced(answer string) string {
	answer = strings.TrimSpace(answer)
	inner, fenced := strings.CutPrefix(answer, "```")
	if !fenced {
		return answer
	}
	_, inner, _ = strings.Cut(inner, "\n")
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inner), "```"))
}

func sum(a, b model.Usage) model.Usage {
	return model.Usage{
		InputTokens: a.InputTokens + b.InputTokens, OutputTokens: a.OutputTokens + b.OutputTokens, Known: a.Known && b.Known,
	}
}
