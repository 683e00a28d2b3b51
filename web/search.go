package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
)

const (
	usualHits = 10
	mostHits  = 50
	maxQuery  = 4000 // bytes of a query's text: what retrieval reads of it
)

// hit is a document that was found, with what a list shows of it.
type hit struct {
	ID         string         `json:"id"`
	Kind       retrieval.Kind `json:"kind"`
	Title      string         `json:"title"`
	Score      float64        `json:"score"`
	Similarity float64        `json:"similarity,omitempty"`
	Words      []string       `json:"words,omitempty"`
	Skills     []string       `json:"skills,omitempty"`
	Demo       bool           `json:"demo,omitempty"`
	Data       hitData        `json:"data"`
}

// hitData is Evidence.data of a job post in docs/wire.md.
type hitData struct {
	Category     string   `json:"category"`
	Skills       []string `json:"skills"`
	Level        string   `json:"level"`
	PayType      string   `json:"pay_type"`
	PayMin       int64    `json:"pay_min"`
	PayMax       int64    `json:"pay_max"`
	Currency     string   `json:"currency"`
	DurationDays int      `json:"duration_days"`
	PostedOn     string   `json:"posted_on"`
	Country      string   `json:"country"`
}

type searchBody struct {
	Hits []hit `json:"hits"`
	// Partial is set when one of the two ranked lists did not answer.
	Partial bool `json:"partial,omitempty"`
}

// search finds documents. People may search what a marketplace shows to all:
// its job posts. Profiles and proposals are for operators.
func (s *Server) search(c echo.Context) error {
	a, err := s.asker(c)
	if err != nil {
		return err
	}
	kind, err := searchedKind(c, a)
	if err != nil {
		return err
	}
	n, err := limit(c, usualHits, mostHits)
	if err != nil {
		return err
	}
	q, err := searchQuery(c, a.tenant)
	if err != nil {
		return err
	}
	q.Kind, q.Limit = kind, n
	hits, err := s.Retriever.Search(c.Request().Context(), q)
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return err
	}
	body := searchBody{Hits: make([]hit, len(hits)), Partial: err != nil}
	for i, h := range hits {
		body.Hits[i] = newHit(kind, h)
	}
	return c.JSON(http.StatusOK, body)
}

func searchedKind(c echo.Context, a asker) (retrieval.Kind, error) {
	kind := retrieval.Kind(c.QueryParam("kind"))
	if kind == "" {
		kind = retrieval.KindJobPost
	}
	return kind, checkKind(kind, a)
}

// checkKind tells whether there is such a kind, and the asker may read it.
func checkKind(kind retrieval.Kind, a asker) error {
	switch kind {
	case retrieval.KindJobPost:
		return nil
	case retrieval.KindProfile, retrieval.KindProposal:
		if a.operator {
			return nil
		}
		return errForbidden
	}
	return invalid("kind is one of job_post, profile, proposal.")
}

// searchQuery reads the parameters that search and market share.
func searchQuery(c echo.Context, tenant string) (retrieval.Query, error) {
	q := retrieval.Query{
		Tenant: tenant, Kind: retrieval.KindJobPost, Text: c.QueryParam("q"), Skills: c.QueryParams()["skill"],
		Category: c.QueryParam("category"), Level: c.QueryParam("level"), PayType: c.QueryParam("pay_type"), Currency: c.QueryParam("currency"),
	}
	if len(q.Text) > maxQuery {
		return q, invalid("q is longer than %d bytes.", maxQuery)
	}
	if len(q.Skills) > 50 {
		return q, invalid("At most 50 skills can be asked for.")
	}
	return q, nil
}

func newHit(kind retrieval.Kind, h retrieval.Hit) hit {
	f := h.Facets
	return hit{
		ID: h.ID, Kind: kind, Title: f.Title, Score: h.Score, Similarity: h.Similarity, Words: h.Words, Skills: h.Skills, Demo: f.Demo,
		Data: hitData{
			Category: f.Category, Skills: append([]string{}, f.Skills...), Level: f.Level, PayType: f.PayType, PayMin: f.PayMin, PayMax: f.PayMax,
			Currency: f.Currency, DurationDays: f.DurationDays, PostedOn: f.PostedOn, Country: f.Country,
		},
	}
}
