package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/loads"
	"github.com/parleyhq/parley/web/operators"
)

const (
	browsePage  = 50
	alikeOnes   = 6
	usualLoads  = 50
	alikeLength = 600 // bytes of a document's text that others are compared with
)

var documentKinds = []retrieval.Kind{retrieval.KindJobPost, retrieval.KindProfile, retrieval.KindProposal}

// consoleDocuments lists the routes for a site's documents and what they tell.
func (s *Server) consoleDocuments() {
	look, manage := s.require(operators.Viewer), s.require(operators.Admin)
	s.echo.GET("/v1/console/documents", s.countDocuments, look)
	s.echo.GET("/v1/console/documents/:kind", s.browseDocuments, look)
	s.echo.GET("/v1/console/documents/:kind/:id", s.showDocument, look)
	s.echo.DELETE("/v1/console/documents/:kind/:id", s.removeDocument, manage)
	s.echo.GET("/v1/console/loads", s.listLoads, look)
	s.echo.GET("/v1/console/market/pay", s.payTrend, look)
}

// documentCounts is how many documents a site has, and how far they are embedded.
type documentCounts struct {
	Kinds     []kindCount `json:"kinds"`
	Documents int         `json:"documents"`
	Embedding string      `json:"embedding"` // the model in use
	Embedded  int         `json:"embedded"`  // by it
}

type kindCount struct {
	Kind      retrieval.Kind `json:"kind"`
	Documents int            `json:"documents"`
	Newest    string         `json:"newest,omitempty"` // date of the newest, YYYY-MM-DD
}

func (s *Server) countDocuments(c echo.Context) error {
	ctx, site := c.Request().Context(), staff(c).Site
	coverage, err := s.Retriever.Coverage(ctx, site)
	if err != nil {
		return err
	}
	body := documentCounts{Documents: coverage.Documents, Embedding: s.Retriever.Embedding()}
	body.Embedded = coverage.Vectors[body.Embedding]
	for _, kind := range documentKinds {
		filter := retrieval.Filter{Tenant: site, Kind: kind}
		count := kindCount{Kind: kind}
		if count.Documents, err = s.Retriever.Count(ctx, filter); err != nil {
			return err
		}
		newest, err := s.Retriever.Newest(ctx, filter, 0, 1)
		if err != nil {
			return err
		}
		if len(newest) > 0 {
			count.Newest = newest[0].PostedOn
		}
		body.Kinds = append(body.Kinds, count)
	}
	return c.JSON(http.StatusOK, body)
}

// documentPage is a part of a list of documents.
type documentPage struct {
	Documents []documentRow `json:"documents"`
	Next      int           `json:"next,omitempty"`    // offset of what comes behind, when there is more to page through
	Partial   bool          `json:"partial,omitempty"` // a search that one of its two lists did not answer
}

// documentRow is what a list shows of a document.
type documentRow struct {
	ID      string         `json:"id"`
	Kind    retrieval.Kind `json:"kind"`
	Title   string         `json:"title"`
	Snippet string         `json:"snippet,omitempty"`
	Demo    bool           `json:"demo,omitempty"`
	Data    HitData        `json:"data"`
}

// browseDocuments lists documents of a kind, the newest first, or those that a
// search finds. A search for an id finds that document first.
func (s *Server) browseDocuments(c echo.Context) error {
	filter, err := browseFilter(c)
	if err != nil {
		return err
	}
	query := c.QueryParam("q")
	if len(query) > maxQuery {
		return invalid("q is longer than %d bytes.", maxQuery)
	}
	if query != "" {
		return s.findDocuments(c, filter, query)
	}
	offset := 0
	if text := c.QueryParam("offset"); text != "" {
		if offset, err = strconv.Atoi(text); err != nil || offset < 0 || offset >= retrieval.MostBrowsed {
			return invalid("offset is a number from 0 to %d.", retrieval.MostBrowsed-1)
		}
	}
	list, err := s.Retriever.Newest(c.Request().Context(), filter, offset, browsePage+1)
	if err != nil {
		return err
	}
	page := documentPage{Documents: []documentRow{}}
	if len(list) > browsePage {
		list, page.Next = list[:browsePage], offset+browsePage
	}
	for _, f := range list {
		page.Documents = append(page.Documents, rowOf(filter.Kind, retrieval.Hit{ID: f.ID, Facets: f}))
	}
	return c.JSON(http.StatusOK, page)
}

func browseFilter(c echo.Context) (retrieval.Filter, error) {
	filter := retrieval.Filter{
		Tenant: staff(c).Site, Kind: retrieval.Kind(c.Param("kind")), Category: c.QueryParam("category"), Level: c.QueryParam("level"),
	}
	if language := c.QueryParam("language"); language != "" {
		filter.Languages = []string{language}
	}
	return filter, checkKind(filter.Kind, asker{filter.Tenant, true})
}

func (s *Server) findDocuments(c echo.Context, filter retrieval.Filter, query string) error {
	ctx := c.Request().Context()
	hits, err := s.Retriever.Search(ctx, retrieval.Query{Filter: filter, Text: query, Phrases: true, Limit: browsePage})
	partial := errors.Is(err, retrieval.ErrPartial)
	if err != nil && !partial {
		return err
	}
	page := documentPage{Documents: []documentRow{}, Partial: partial}
	named, err := s.Retriever.Documents(ctx, filter.Tenant, filter.Kind, []string{query})
	if err != nil {
		return err
	}
	for _, d := range named {
		page.Documents = append(page.Documents, documentRow{ID: d.ID, Kind: d.Kind, Title: d.Title(), Demo: d.Demo, Data: HitData{Skills: []string{}}})
	}
	for _, h := range hits {
		if row := rowOf(filter.Kind, h); len(named) == 0 || row.ID != named[0].ID {
			page.Documents = append(page.Documents, row)
		} else {
			page.Documents[0] = row
		}
	}
	return c.JSON(http.StatusOK, page)
}

func rowOf(kind retrieval.Kind, h retrieval.Hit) documentRow {
	hit := newHit(kind, h)
	return documentRow{ID: hit.ID, Kind: kind, Title: hit.Title, Snippet: hit.Snippet, Demo: hit.Demo, Data: hit.Data}
}

// documentView is one document as it is stored, and what Parley makes of it.
type documentView struct {
	Document retrieval.Document `json:"document"`
	Title    string             `json:"title"`
	Skills   []string           `json:"skills"` // under which it is found
	Alike    []documentRow      `json:"alike"`  // the nearest others of its kind
}

func (s *Server) showDocument(c echo.Context) error {
	ctx, site, kind := c.Request().Context(), staff(c).Site, retrieval.Kind(c.Param("kind"))
	if err := checkKind(kind, asker{site, true}); err != nil {
		return err
	}
	docs, err := s.Retriever.Documents(ctx, site, kind, []string{c.Param("id")})
	if err != nil {
		return err
	}
	if len(docs) == 0 {
		return errNotFound
	}
	view := documentView{Document: docs[0], Title: docs[0].Title(), Skills: s.Retriever.Skills(docs[0]), Alike: []documentRow{}}
	if view.Skills == nil {
		view.Skills = []string{}
	}
	if view.Alike, err = s.alike(ctx, site, docs[0]); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, view)
}

// alike are the documents nearest to one. What cannot be searched now is left out.
func (s *Server) alike(ctx context.Context, site string, d retrieval.Document) ([]documentRow, error) {
	text := d.Text()
	hits, err := s.Retriever.Search(ctx, retrieval.Query{
		Filter: retrieval.Filter{Tenant: site, Kind: d.Kind, Exclude: []string{d.ID}},
		Text:   d.Title() + "\n" + text[:min(len(text), alikeLength)], Limit: alikeOnes,
	})
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return nil, err
	}
	rows := []documentRow{}
	for _, h := range hits {
		rows = append(rows, rowOf(d.Kind, h))
	}
	return rows, nil
}

func (s *Server) removeDocument(c echo.Context) error {
	site, kind := staff(c).Site, retrieval.Kind(c.Param("kind"))
	if err := checkKind(kind, asker{site, true}); err != nil {
		return err
	}
	n, err := s.Retriever.Delete(c.Request().Context(), site, kind, []string{c.Param("id")})
	if err != nil {
		return err
	}
	if n == 0 {
		return errNotFound
	}
	s.Log.Info("document deleted in the console", "tenant", site, "kind", kind, "operator", staff(c).Operator.ID)
	return c.NoContent(http.StatusNoContent)
}

// listLoads lists what was loaded into the site, the newest first.
func (s *Server) listLoads(c echo.Context) error {
	list, err := s.Loads.List(c.Request().Context(), staff(c).Site, usualLoads)
	if err != nil {
		return fmt.Errorf("%w: %w", retrieval.ErrUnavailable, err)
	}
	if list == nil {
		list = []loads.Load{}
	}
	return c.JSON(http.StatusOK, map[string]any{"loads": list})
}

// payTrend answers how the pay of a kind of work has moved.
func (s *Server) payTrend(c echo.Context) error {
	trend, err := s.Retriever.PayTrend(c.Request().Context(), retrieval.PayTrendQuery{
		Tenant: staff(c).Site, Skill: c.QueryParam("skill"), Category: c.QueryParam("category"), Level: c.QueryParam("level"),
		PayType: c.QueryParam("pay_type"), Currency: c.QueryParam("currency"),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, trend)
}
