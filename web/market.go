package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
)

// mostPeriod is how many months each of a trend's two periods has at most.
const mostPeriod = retrieval.MaxTrendMonths / 2

// market answers what work like this pays and takes, computed from similar posts.
func (s *Server) market(c echo.Context) error {
	a, err := s.reader(c)
	if err != nil {
		return err
	}
	q, m, err := marketQuery(c, a.tenant)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	m.Hits, err = s.Retriever.Search(ctx, q)
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return err
	}
	figures, err := s.Retriever.Market(ctx, m)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, figures)
}

// marketQuery reads what is asked for: the search for similar posts, and what
// is computed from its hits. Figures choose among all similar posts by
// themselves, so the search has no conditions but the category.
func marketQuery(c echo.Context, tenant string) (retrieval.Query, retrieval.MarketQuery, error) {
	q := retrieval.Query{
		Filter: retrieval.Filter{Tenant: tenant, Kind: retrieval.KindJobPost, Category: c.QueryParam("category")},
		Text:   c.QueryParam("q"), Skills: c.QueryParams()["skill"], Limit: retrieval.SimilarPosts,
	}
	m := retrieval.MarketQuery{
		Tenant: tenant, Category: q.Category, Skills: q.Skills,
		Level: c.QueryParam("level"), PayType: c.QueryParam("pay_type"), Currency: c.QueryParam("currency"),
	}
	if len(q.Text) > maxQuery {
		return q, m, invalid("q is longer than %d bytes.", maxQuery)
	}
	if len(q.Skills) > maxValues {
		return q, m, invalid("At most %d skills can be asked for.", maxValues)
	}
	switch convert := c.QueryParam("convert"); convert {
	case "", "false":
	case "true":
		m.Convert = true
	default:
		return q, m, invalid("convert is true or false.")
	}
	return q, m, nil
}

// trend answers how the demand for a skill or a category moves.
func (s *Server) trend(c echo.Context) error {
	a, err := s.reader(c)
	if err != nil {
		return err
	}
	q, err := trendQuery(c, a.tenant)
	if err != nil {
		return err
	}
	moves, err := s.Retriever.Trend(c.Request().Context(), q)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, moves)
}

func trendQuery(c echo.Context, tenant string) (retrieval.TrendQuery, error) {
	q := retrieval.TrendQuery{
		Tenant: tenant, Skill: c.QueryParam("skill"), Category: c.QueryParam("category"),
		From: c.QueryParam("from"), To: c.QueryParam("to"),
	}
	text := c.QueryParam("months")
	if text == "" {
		return q, nil
	}
	var err error
	if q.Months, err = strconv.Atoi(text); err != nil || q.Months < 1 || q.Months > mostPeriod {
		return q, invalid("months is a number from 1 to %d.", mostPeriod)
	}
	return q, nil
}
