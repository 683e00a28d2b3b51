package eval

import "cmp"

// Report is what was measured on one task. It is marshalled as JSON.
type Report struct {
	Task      string   `json:"task"`
	Title     string   `json:"title"`
	Metric    string   `json:"metric"`
	Documents int      `json:"documents"`
	Embedding string   `json:"embedding"`
	Grams     Grams    `json:"grams"` // of the baseline, chosen on the tuning half
	Seed      uint64   `json:"seed"`
	Results   []Result `json:"results"`
}

// Result is how the systems did on the queries of one half.
type Result struct {
	Half     Half         `json:"half"`
	Queries  int          `json:"queries"`
	Against  string       `json:"against"` // the better baseline, which the others are compared with
	Systems  []Score      `json:"systems"`
	PerQuery []QueryScore `json:"per_query,omitempty"`
}

// Score is one system's mean over queries, and how it compares with the better
// baseline. The baselines themselves are not compared.
type Score struct {
	System   string      `json:"system"`
	Title    string      `json:"title"`
	Baseline bool        `json:"baseline,omitempty"`
	Mean     float64     `json:"mean"`
	Against  *Comparison `json:"against_baseline,omitempty"`

	scores []float64
}

// QueryScore is what each system scored for one query.
type QueryScore struct {
	Query  string             `json:"query"`
	Text   string             `json:"text"`
	Scores map[string]float64 `json:"scores"`
}

// compare sets the better baseline apart and compares the other systems with it.
func (r *Result) compare(resamples int, seed uint64) error {
	var best *Score
	for i := range r.Systems {
		if s := &r.Systems[i]; s.Baseline && (best == nil || cmp.Compare(s.Mean, best.Mean) > 0) {
			best = s
		}
	}
	if best == nil {
		return nil
	}
	r.Against = best.System
	for i := range r.Systems {
		s := &r.Systems[i]
		if s.Baseline {
			continue
		}
		c, err := Compare(s.scores, best.scores, resamples, seed)
		if err != nil {
			return err
		}
		s.Against = &c
	}
	return nil
}

func perQuery(queries []Query, systems []Score) []QueryScore {
	list := make([]QueryScore, len(queries))
	for i, q := range queries {
		list[i] = QueryScore{Query: q.ID, Text: q.Text, Scores: make(map[string]float64, len(systems))}
		for _, s := range systems {
			list[i].Scores[s.System] = s.scores[i]
		}
	}
	return list
}
