package web

import "github.com/parleyhq/parley/retrieval"

// SearchAnswer is the answer of POST /v1/search, and what "parley search --json" prints.
type SearchAnswer struct {
	Hits []Hit `json:"hits"`
	// Partial is set when there may be better hits: one of the two ranked lists
	// did not answer, or quoted words stand in too many documents.
	Partial bool `json:"partial,omitempty"`
}

// Hit is a document that was found, why, and what a list shows of it.
type Hit struct {
	ID         string            `json:"id"`
	Kind       retrieval.Kind    `json:"kind"`
	Title      string            `json:"title"`
	Snippet    string            `json:"snippet,omitempty"` // of its text, about the words
	Score      float64           `json:"score"`
	Similarity float64           `json:"similarity,omitempty"`
	Words      []string          `json:"words,omitempty"`
	Skills     []string          `json:"skills,omitempty"`
	Missing    []string          `json:"missing,omitempty"`
	Repeats    []string          `json:"repeats,omitempty"`
	Why        retrieval.Reasons `json:"why"`
	Demo       bool              `json:"demo,omitempty"`
	Data       HitData           `json:"data"`
}

// HitData is Evidence.data of a job post in docs/wire.md, with what profiles
// and proposals have besides. Money is in minor units.
type HitData struct {
	Category      string   `json:"category"`
	Skills        []string `json:"skills"`
	Level         string   `json:"level"`
	PayType       string   `json:"pay_type"`
	PayMin        int64    `json:"pay_min"`
	PayMax        int64    `json:"pay_max"`
	Currency      string   `json:"currency"`
	DurationDays  int      `json:"duration_days"`
	PostedOn      string   `json:"posted_on"`
	Country       string   `json:"country"`
	TimeZone      string   `json:"time_zone,omitempty"`
	Languages     []string `json:"languages,omitempty"`
	HoursPerWeek  int      `json:"hours_per_week,omitempty"`
	AvailableFrom string   `json:"available_from,omitempty"`
	Credentials   []string `json:"credentials,omitempty"`
	Jobs          int      `json:"jobs,omitempty"`
	Rating        float64  `json:"rating,omitempty"`
	Reviews       int      `json:"reviews,omitempty"`
}

const snippetLength = 220 // bytes

// NewSearchAnswer is the answer that these hits make.
func NewSearchAnswer(kind retrieval.Kind, hits []retrieval.Hit, partial bool) SearchAnswer {
	answer := SearchAnswer{Hits: make([]Hit, len(hits)), Partial: partial}
	for i, h := range hits {
		answer.Hits[i] = newHit(kind, h)
	}
	return answer
}

func newHit(kind retrieval.Kind, h retrieval.Hit) Hit {
	f := h.Facets
	return Hit{
		ID: h.ID, Kind: kind, Title: f.Title, Snippet: h.Excerpt(snippetLength), Score: h.Score, Similarity: h.Similarity,
		Words: h.Words, Skills: h.Skills, Missing: h.Missing, Repeats: h.Repeats, Why: h.Why, Demo: f.Demo,
		Data: HitData{
			Category: f.Category, Skills: append([]string{}, f.Skills...), Level: f.Level, PayType: f.PayType, PayMin: f.PayMin, PayMax: f.PayMax,
			Currency: f.Currency, DurationDays: f.DurationDays, PostedOn: f.PostedOn, Country: f.Country, TimeZone: f.TimeZone, Languages: f.Languages,
			HoursPerWeek: f.HoursPerWeek, AvailableFrom: f.AvailableFrom, Credentials: f.Credentials, Jobs: f.Jobs, Rating: f.Rating, Reviews: f.Reviews,
		},
	}
}
