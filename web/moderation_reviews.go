package web

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
)

const (
	reviewPage   = 1000
	mostReviews  = 100_000 // that one answer is made of
	usualCounts  = 30 * 24 * time.Hour
	usualHistory = 90 * 24 * time.Hour
)

// countCases tells how many cases there are, and what was done a day.
func (s *Server) countCases(c echo.Context) error {
	since, err := instantParam(c, "since", time.Now().Add(-usualCounts))
	if err != nil {
		return err
	}
	counts, err := s.Moderation.Cases.Counts(c.Request().Context(), staff(c).Site, since)
	if err != nil {
		return queueError(err)
	}
	if counts.Days == nil {
		counts.Days = []moderation.Day{}
	}
	return c.JSON(http.StatusOK, counts)
}

// agreement compares machines with reviewers over time.
func (s *Server) agreement(c echo.Context) error {
	from, to, err := span(c, usualHistory)
	if err != nil {
		return err
	}
	bucket := moderation.Bucket(c.QueryParam("bucket"))
	switch bucket {
	case "":
		bucket = moderation.ByWeek
	case moderation.ByDay, moderation.ByWeek, moderation.ByMonth:
	default:
		return invalid("bucket is day, week or month.")
	}
	var reviews []moderation.Review
	partial, err := s.reviews(c.Request().Context(), staff(c).Site, from, to, func(r moderation.Review) {
		r.Case.Message = message.Message{Channel: r.Case.Message.Channel} // texts are not compared
		reviews = append(reviews, r)
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, struct {
		From    time.Time           `json:"from"`
		To      time.Time           `json:"to"`
		Bucket  moderation.Bucket   `json:"bucket"`
		Reviews int                 `json:"reviews"`
		Partial bool                `json:"partial,omitempty"` // there were more
		Periods []moderation.Period `json:"periods"`
	}{from, to, bucket, len(reviews), partial, moderation.Agreement(reviews, bucket)})
}

// exportReviews gives what reviewers decided as lines to train with.
func (s *Server) exportReviews(c echo.Context) error {
	from, to, err := span(c, 0)
	if err != nil {
		return err
	}
	var reviews []moderation.Review
	partial, err := s.reviews(c.Request().Context(), staff(c).Site, from, to, func(r moderation.Review) { reviews = append(reviews, r) })
	if err != nil {
		return err
	}
	if partial {
		return invalid("There are more than %d reviews: ask for a shorter time with from and to.", mostReviews)
	}
	lines := moderation.Training(reviews)
	s.Log.Info("reviews exported", "tenant", staff(c).Site, "operator", staff(c).Operator.ID, "lines", len(lines))
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, mediaLines)
	h.Set(echo.HeaderContentDisposition, `attachment; filename="reviews.jsonl"`)
	c.Response().WriteHeader(http.StatusOK)
	out := bufio.NewWriter(c.Response())
	encoder := json.NewEncoder(out)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return err // whoever asked is gone
		}
	}
	return out.Flush()
}

// reviews hands over all reviews of a time, the oldest first, and tells whether
// there are more than it takes.
func (s *Server) reviews(ctx context.Context, tenant string, from, to time.Time, take func(moderation.Review)) (partial bool, err error) {
	last := map[string]bool{} // decisions of the last moment that were handed over
	for taken := 0; ; {
		page, err := s.Moderation.Cases.Reviewed(ctx, tenant, from, to, reviewPage+len(last))
		if err != nil {
			return false, queueError(err)
		}
		fresh := 0
		for _, r := range page {
			if last[r.Decision.ID] {
				continue
			}
			if taken == mostReviews {
				return true, nil
			}
			if !r.Decision.At.Equal(from) {
				clear(last)
			}
			from = r.Decision.At
			last[r.Decision.ID] = true
			take(r)
			fresh++
			taken++
		}
		if len(page) < reviewPage || fresh == 0 {
			return false, nil
		}
	}
}

// span reads the query parameters from and to.
func span(c echo.Context, usual time.Duration) (from, to time.Time, err error) {
	if to, err = instantParam(c, "to", time.Now()); err != nil {
		return from, to, err
	}
	if usual > 0 {
		from = to.Add(-usual)
	} else {
		from = time.Unix(0, 0)
	}
	if from, err = instantParam(c, "from", from); err != nil {
		return from, to, err
	}
	if from.After(to) {
		return from, to, invalid("from is after to.")
	}
	return from.UTC(), to.UTC(), nil
}

func instantParam(c echo.Context, name string, usual time.Time) (time.Time, error) {
	value := c.QueryParam(name)
	if value == "" {
		return usual, nil
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return t, invalid("%s is a time such as 2026-01-31T12:00:00Z.", name)
	}
	return t, nil
}
