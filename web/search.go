package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
)

const (
	usualHits = 10
	mostHits  = 50
	maxQuery  = 4000 // bytes of a query's text: what retrieval reads of it
	maxValues = 50   // of each list of a search
	// Each range of pay is a condition of its own, and with convert one in each
	// currency of the table of rates.
	maxPay          = 10
	maxPayToConvert = 4
)

// SearchRequest is the body of POST /v1/search: what is looked for, and the
// conditions of retrieval.Filter. Everything may be left out; without text and
// skills the newest documents come.
type SearchRequest struct {
	Kind     retrieval.Kind `json:"kind"` // job_post
	Text     string         `json:"text"`
	Skills   []string       `json:"skills"`   // wished for
	Language string         `json:"language"` // of Text; found out
	Limit    int            `json:"limit"`    // 10

	AllSkills   []string   `json:"all_skills"`
	AnySkills   []string   `json:"any_skills"`
	Category    string     `json:"category"`
	Level       string     `json:"level"`
	PayType     string     `json:"pay_type"`
	Currency    string     `json:"currency"`
	Pay         []PayRange `json:"pay"` // any of them
	Convert     bool       `json:"convert"`
	Countries   []string   `json:"countries"`
	TimeZone    string     `json:"time_zone"` // "UTC+2±3", as retrieval.ParseZoneWindow reads it
	Languages   []string   `json:"languages"`
	From        string     `json:"from"`
	To          string     `json:"to"`
	AvailableBy string     `json:"available_by"`
	MinHours    int        `json:"min_hours"`
	Credentials []string   `json:"credentials"`
	Exclude     []string   `json:"exclude"`
}

// PayRange is a range of pay in minor units; a Max of 0 is no bound.
type PayRange struct {
	Currency string `json:"currency"`
	Min      int64  `json:"min"`
	Max      int64  `json:"max"`
}

// Query is the search of a tenant's documents that the request asks for. What
// is wrong with the values of conditions, Search says.
func (r SearchRequest) Query(tenant string, now time.Time) (retrieval.Query, error) {
	if err := r.check(); err != nil {
		return retrieval.Query{}, err
	}
	q := retrieval.Query{
		Filter: retrieval.Filter{
			Tenant: tenant, Kind: r.Kind, Category: r.Category, Level: r.Level, PayType: r.PayType, Currency: r.Currency,
			AllSkills: r.AllSkills, AnySkills: r.AnySkills, Countries: r.Countries, Languages: r.Languages,
			From: r.From, To: r.To, AvailableBy: r.AvailableBy, MinHours: r.MinHours, Credentials: r.Credentials, Exclude: r.Exclude,
		},
		Text: r.Text, Phrases: true, Skills: r.Skills, Language: r.Language, Convert: r.Convert, Limit: r.Limit,
	}
	if q.Kind == "" {
		q.Kind = retrieval.KindJobPost
	}
	if q.Limit == 0 {
		q.Limit = usualHits
	}
	q.Documents = q.Limit // their texts are looked at for the words they share
	for _, p := range r.Pay {
		q.Pay = append(q.Pay, retrieval.PayRange(p))
	}
	if r.TimeZone != "" {
		window, err := retrieval.ParseZoneWindow(r.TimeZone, now)
		if err != nil {
			return q, err
		}
		q.Zone = &window
	}
	return q, nil
}

// check bounds what a search may cost, and refuses what no database takes.
func (r SearchRequest) check() error {
	switch {
	case len(r.Text) > maxQuery:
		return invalid("text is longer than %d bytes.", maxQuery)
	case r.Limit < 0 || r.Limit > mostHits:
		return invalid("limit is a number from 1 to %d.", mostHits)
	case len(r.Pay) > maxPay:
		return invalid("pay has more than %d ranges.", maxPay)
	case r.Convert && len(r.Pay) > maxPayToConvert:
		return invalid("pay has more than %d ranges, which is the most beside convert.", maxPayToConvert)
	}
	texts := []string{r.Text, r.Language, r.Category, r.Level, r.PayType, r.Currency, r.TimeZone, r.From, r.To, r.AvailableBy}
	for _, list := range []struct {
		field  string
		values []string
	}{
		{"skills", r.Skills}, {"all_skills", r.AllSkills}, {"any_skills", r.AnySkills}, {"countries", r.Countries},
		{"languages", r.Languages}, {"credentials", r.Credentials}, {"exclude", r.Exclude},
	} {
		if len(list.values) > maxValues {
			return invalid("%s has more than %d entries.", list.field, maxValues)
		}
		texts = append(texts, list.values...)
	}
	if strings.Contains(strings.Join(texts, ""), "\x00") {
		return invalid("The request holds characters that are not text.")
	}
	return nil
}

// search finds documents. People may search what a marketplace shows to all:
// its job posts. Profiles and proposals are for operators.
func (s *Server) search(c echo.Context) error {
	a, err := s.reader(c)
	if err != nil {
		return err
	}
	var request SearchRequest
	if err := readStrict(c, &request); err != nil {
		return err
	}
	q, err := request.Query(a.tenant, time.Now())
	if err != nil {
		return err
	}
	if err := checkKind(q.Kind, a); err != nil {
		return err
	}
	hits, err := s.Retriever.Search(c.Request().Context(), q)
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return err
	}
	return c.JSON(http.StatusOK, NewSearchAnswer(q.Kind, hits, err != nil))
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
