package moderation

import "github.com/parleyhq/parley/assistant/model"

// Price is what a model costs, in units of Currency for a million tokens.
type Price struct {
	Model    string  `json:"model"`
	Input    float64 `json:"input"`
	Output   float64 `json:"output"`
	Currency string  `json:"currency"`
}

// Cost is what the judge's calls come to for 1,000 messages, of which a tenth
// violates. Rules and classifier cost nothing but time.
type Cost struct {
	Messages float64      `json:"judged_per_1000"`
	Input    float64      `json:"input_tokens_per_1000"`
	Output   float64      `json:"output_tokens_per_1000"`
	Each     model.Usage  `json:"tokens_of_all_calls"` // for the cases, as they are
	Models   []PricedCost `json:"models"`              // none where there is no price
}

// PricedCost is the cost of 1,000 messages with a model as the judge.
type PricedCost struct {
	Price
	Cost float64 `json:"cost_per_1000"`
}

// cost takes the calls of the scripted judge: their prompts are the real ones.
func (m *measurement) cost(stages []Stage) Cost {
	var c Cost
	for _, s := range stages {
		if s.Name != "cascade" || s.Asked == nil || s.Asked.Messages == 0 {
			continue
		}
		c.Messages, c.Each = 1000*s.JudgedUsual.Value, s.Asked.Usage
		each := c.Messages / float64(s.Asked.Messages)
		c.Input, c.Output = each*float64(c.Each.InputTokens), each*float64(c.Each.OutputTokens)
	}
	for _, p := range m.Prices {
		c.Models = append(c.Models, PricedCost{p, (c.Input*p.Input + c.Output*p.Output) / 1e6})
	}
	return c
}
