package main

import (
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
)

// speakers are the models of servers by purpose; what has none is written by
// the built-in composer.
func (m *models) speakers() map[model.Purpose]workflow.Speaker {
	speakers := make(map[model.Purpose]workflow.Speaker)
	for _, purpose := range []model.Purpose{model.Route, model.JobPost, model.Shortlist, model.Proposal, model.Advice, model.Judge} {
		if writes, name := m.writer(purpose); writes != nil {
			speakers[purpose] = workflow.Speaker{Model: writes, Name: name}
		}
	}
	if judge, _ := m.writer(model.Judge); judge != nil {
		for purpose, s := range speakers {
			s.Judge = judge
			speakers[purpose] = s
		}
	}
	return speakers
}
