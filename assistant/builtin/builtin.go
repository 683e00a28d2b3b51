// Package builtin is a model that needs no network: a composer that writes
// from the facts of a request and from nothing else.
//
// It knows the tasks of each workflow's purpose. For job_post/reply, for
// example, it words what happened in a turn; for job_post/description it sets
// the person's statements in paragraphs. What it writes depends on the facts
// alone, so the same turn always reads the same. Every sentence names its facts
// in square brackets, as package model asks of any model. Facts of a kind it
// does not know are passed over.
package builtin

import (
	"context"
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Name is what the composer is called where a model is named.
const Name = "builtin"

// Composer is the built-in model. The zero value is ready for use, by any
// number of goroutines.
type Composer struct{}

var _ model.Model = Composer{}

type task struct {
	purpose model.Purpose
	name    string
}

// tasks are what the composer can write.
var tasks = map[task]func(*writer, []model.Fact){
	{model.JobPost, "reply"}:       reply,
	{model.JobPost, "description"}: description,

	{model.Shortlist, "reply"}:      shortlist,
	{model.Shortlist, "invitation"}: invitation,
	{model.Advice, "reply"}:         advice,
	{model.Proposal, "reply"}:       proposalReply,
	{model.Proposal, "text"}:        proposalText,
}

// Generate writes the text that a request's task asks for, sentence by
// sentence. A task it does not know, or a request for structured output, is
// model.ErrRejected.
func (Composer) Generate(ctx context.Context, request model.Request, yield func(text string) error) (model.Result, error) {
	began := time.Now()
	result := model.Result{Model: Name, Endpoint: Name, Usage: model.Usage{Known: true}}
	write, ok := tasks[task{request.Purpose, request.Task}]
	if !ok || request.Schema != nil {
		return result, &model.Error{Endpoint: Name, Err: fmt.Errorf("%w: task %q of %q", model.ErrRejected, request.Task, request.Purpose)}
	}
	w := &writer{}
	write(w, request.Facts)
	for i, piece := range w.pieces {
		if err := ctx.Err(); err != nil {
			return result, err
		}
		if i == 0 {
			result.FirstToken = time.Since(began)
		}
		if err := yield(piece); err != nil {
			return result, err
		}
	}
	if err := ctx.Err(); err != nil {
		return result, err
	}
	result.Finish = model.FinishStop
	result.Total = time.Since(began)
	return result, nil
}
