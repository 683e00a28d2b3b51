package web

import (
	"net/http"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // operators' time zones, where the machine has none

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/web/figures"
	"github.com/parleyhq/parley/web/operators"
)

// Figures is what the routes below /v1/console/figures work on.
type Figures struct {
	*figures.Figures
	Budgets   []gateway.Budget               // in force
	Spent     figures.Spent                  // required when there are budgets
	Endpoints func() []gateway.EndpointState // nil when no server serves any purpose
}

// figureRoutes are for whoever may look.
func (s *Server) figureRoutes() {
	look := s.require(operators.Viewer)
	s.echo.GET("/v1/console/figures", s.getFigures, look)
	s.echo.GET("/v1/console/figures/details", s.getFigureDetails, look)
	s.echo.GET("/v1/console/figures/budgets", s.getFigureBudgets, look)
}

func (s *Server) getFigures(c echo.Context) error {
	span, err := figureSpan(c, s.Figures.Now())
	if err != nil {
		return err
	}
	query := figures.Query{Tenant: staff(c).Site, Span: span, Filter: figures.Filter{
		Purpose: c.QueryParam("purpose"), Model: c.QueryParam("model"), Workflow: c.QueryParam("workflow"),
	}}
	report, err := s.Figures.Report(c.Request().Context(), query)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, report)
}

// mostFailures is how many failed turns and calls are listed, each.
const mostFailures = 50

func (s *Server) getFigureDetails(c echo.Context) error {
	span, err := figureSpan(c, s.Figures.Now())
	if err != nil {
		return err
	}
	details, err := s.Figures.Details(c.Request().Context(), staff(c).Site, span, mostFailures)
	if err != nil {
		return err
	}
	if details.Failures == nil {
		details.Failures = []figures.Failure{}
	}
	if details.Reasons == nil {
		details.Reasons = []figures.Reason{}
	}
	slices.SortStableFunc(details.Failures, func(a, b figures.Failure) int { return b.At.Compare(a.At) })
	return c.JSON(http.StatusOK, map[string]any{"failures": details.Failures, "reasons": details.Reasons})
}

// getFigureBudgets tells how things stand now: what is left to be spent, and
// which endpoints are called. Budgets that sites share say what others spend,
// so that only who sees all sites is told.
func (s *Server) getFigureBudgets(c echo.Context) error {
	who := staff(c)
	all := !who.ByKey && len(who.Operator.Sites) == 0
	budgets, err := figures.Budgets(c.Request().Context(), s.Figures.Spent, s.Figures.Budgets, who.Site, all, s.Figures.Now())
	if err != nil {
		return err
	}
	endpoints := []gateway.EndpointState{}
	if s.Figures.Endpoints != nil {
		endpoints = s.Figures.Endpoints()
	}
	return c.JSON(http.StatusOK, map[string]any{"budgets": budgets, "endpoints": endpoints})
}

// spans are those that go until now, with the periods that they have unless
// others are asked for.
var spans = map[string]struct {
	days   int
	bucket figures.Bucket
}{"24h": {1, figures.ByHour}, "7d": {7, figures.ByQuarter}, "30d": {30, figures.ByDay}}

// figureSpan reads span, or from and to, with bucket and time_zone.
func figureSpan(c echo.Context, now time.Time) (figures.Span, error) {
	zone, err := time.LoadLocation(c.QueryParam("time_zone"))
	if err != nil || strings.EqualFold(c.QueryParam("time_zone"), "local") {
		return figures.Span{}, invalid("time_zone is a name such as Europe/Madrid.")
	}
	bucket := figures.Bucket(c.QueryParam("bucket"))
	if name := c.QueryParam("span"); name != "" || c.QueryParam("from") == "" {
		if name == "" {
			name = "7d"
		}
		last, known := spans[name]
		if !known || c.QueryParam("from") != "" || c.QueryParam("to") != "" {
			return figures.Span{}, invalid("span is 24h, 7d or 30d; or give from and to.")
		}
		if bucket == "" {
			bucket = last.bucket
		}
		return figures.Last(last.days, bucket, now, zone)
	}
	from, err := dayParam(c, "from", zone)
	if err != nil {
		return figures.Span{}, err
	}
	to, err := dayParam(c, "to", zone)
	if err != nil {
		return figures.Span{}, err
	}
	if bucket == "" {
		bucket = usualBucket(to.Sub(from))
	}
	return figures.Between(from, to.AddDate(0, 0, 1), bucket)
}

// dayParam reads the day of a query parameter.
func dayParam(c echo.Context, name string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, c.QueryParam(name), zone)
	if err != nil {
		return day, invalid("from and to are days such as 2026-01-31, the last one included.")
	}
	return day, nil
}

// usualBucket has periods enough to see something, and not so many that nobody
// can tell them apart. The span is one day shorter than it will be.
func usualBucket(span time.Duration) figures.Bucket {
	switch {
	case span < 48*time.Hour:
		return figures.ByHour
	case span < 14*24*time.Hour:
		return figures.ByQuarter
	}
	return figures.ByDay
}
