package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
)

// marketHits is how many similar posts retrieval asks for to compute figures from.
const marketHits = 60

// market answers what work like this pays and takes, computed from similar posts.
func (s *Server) market(c echo.Context) error {
	a, err := s.asker(c)
	if err != nil {
		return err
	}
	q, err := searchQuery(c, a.tenant)
	if err != nil {
		return err
	}
	m := retrieval.MarketQuery{Tenant: q.Tenant, Category: q.Category, Level: q.Level, PayType: q.PayType, Currency: q.Currency, Skills: q.Skills}
	// Figures choose among all similar posts by themselves.
	q.Level, q.PayType, q.Currency, q.Limit = "", "", "", marketHits
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
