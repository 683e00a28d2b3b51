package grounding

import (
	"bytes"
	"context"
	_ "embed" // the prompt
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Judge asks a model whether a sentence follows from its facts. It can only
// lower trust: it is asked for what the check let through, its "no" holds a
// sentence back, and when it says yes, fails, is over its budget or answers too
// late the sentence stands.
type Judge struct {
	Model   model.Model   // nil for no judge
	Request model.Request // Tenant, Session and Response that the calls are for; the rest is filled in
	Timeout time.Duration // of one call; 0 for 4 s
}

// Judgement is one answer of a judge.
type Judgement struct {
	Supported bool
	Reason    string // in the judge's words, at most 200 bytes
	Result    model.Result
}

// ErrJudge is wrapped by every error of a judge: the sentence stands.
var ErrJudge = errors.New("grounding: no judgement")

const (
	judgeTimeout  = 4 * time.Second
	longestAnswer = 4096 // bytes
	longestReason = 200
)

var (
	//go:embed prompts/judge.v1.md
	judgePrompt string
	judgeSchema = json.RawMessage(`{"type":"object","properties":{"supported":{"type":"boolean"},"reason":{"type":"string"}},"required":["supported","reason"],"additionalProperties":false}`)
)

// Ask judges a sentence by the facts that it rests on. Beside an error the
// Judgement is supported, and its Result as far as known.
func (j Judge) Ask(ctx context.Context, sentence string, facts []model.Fact) (Judgement, error) {
	timeout := j.Timeout
	if timeout == 0 {
		timeout = judgeTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var answer strings.Builder
	result, err := j.Model.Generate(ctx, j.request(sentence, facts), func(text string) error {
		if answer.Len()+len(text) > longestAnswer {
			return model.ErrMalformed
		}
		answer.WriteString(text)
		return nil
	})
	stands := Judgement{Supported: true, Result: result}
	if err != nil {
		return stands, fmt.Errorf("%w: %w", ErrJudge, err)
	}
	said, err := parseJudgement(answer.String())
	if err != nil {
		return stands, fmt.Errorf("%w: %w", ErrJudge, err)
	}
	said.Result = result
	return said, nil
}

func (j Judge) request(sentence string, facts []model.Fact) model.Request {
	r := j.Request
	r.Purpose, r.Task, r.Prompt = model.Judge, "sentence", "judge/sentence.v1"
	r.Instructions, r.Schema = judgePrompt, judgeSchema
	r.Facts = append([]model.Fact{{ID: "s1", Kind: "sentence", Text: sentence}}, facts...)
	r.History = []model.Message{{Role: "user", Text: "Does everything in the sentence follow from its sources?"}}
	r.MaxTokens = 400
	return r
}

func parseJudgement(answer string) (Judgement, error) {
	var said struct {
		Supported *bool
		Reason    string
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(answer)))
	if err := decoder.Decode(&said); err != nil || said.Supported == nil {
		return Judgement{}, model.ErrMalformed
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Judgement{}, model.ErrMalformed
	}
	reason := strings.ToValidUTF8(said.Reason[:min(len(said.Reason), longestReason)], "")
	return Judgement{Supported: *said.Supported, Reason: strings.Map(dropControl, reason)}, nil
}

// Consult has a judge asked about each sentence of a strict text that passed
// the check and says something, before it is emitted: the writer waits for it.
// It does nothing for replies, and is not asked again in this text once it has
// failed. Call it before the first Write.
func (s *Stream) Consult(ctx context.Context, judge Judge) {
	if judge.Model != nil && s.checker.strict {
		s.ctx, s.judge = ctx, &judge
	}
}

// Judgements returns what the judge answered, failed calls included, for the
// record of calls.
func (s *Stream) Judgements() []Judgement { return s.judgements }

// doubt returns why a judge holds a sentence back, nothing where it does not.
func (s *Stream) doubt(sentence string, verdict Verdict) []string {
	if s.judge == nil || verdict.Kind == Wording || len(verdict.Facts) == 0 {
		return nil
	}
	var facts []model.Fact
	for _, id := range verdict.Facts {
		facts = append(facts, s.checker.given[s.checker.byID[id]])
	}
	said, err := s.judge.Ask(s.ctx, sentence, facts)
	s.judgements = append(s.judgements, said)
	if err != nil {
		s.judge = nil
	}
	if said.Supported {
		return nil
	}
	return []string{strings.TrimSpace("judge: " + said.Reason)}
}
