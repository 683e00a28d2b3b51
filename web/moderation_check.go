package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// maxMessage is the largest message that is read, with its thread, as JSON, in bytes.
const maxMessage = 2 << 20

// checkRequest is a message to be judged. Fields that are not known are ignored.
type checkRequest struct {
	ID      string          `json:"id"`
	Channel message.Channel `json:"channel"`
	Sender  string          `json:"sender"`
	Text    *string         `json:"text"` // nil: a slip, which must not pass for a clean message
	Thread  []message.Line  `json:"thread"`
	Subject string          `json:"subject"` // who wrote it, as the site calls them
	Locale  string          `json:"locale"`  // of the notice to the sender
}

func (r checkRequest) message() (message.Message, error) {
	switch {
	case r.Text == nil:
		return message.Message{}, invalid("text is missing.")
	case !moderation.Key(r.Subject):
		return message.Message{}, invalid("subject is a text of at most %d bytes.", moderation.MaxKey)
	}
	return message.Message{ID: r.ID, Channel: r.Channel, Sender: r.Sender, Text: *r.Text, Thread: r.Thread}, nil
}

// checkAnswer is what is to happen to a message.
type checkAnswer struct {
	ID       string                   `json:"id"`
	Decision moderation.Action        `json:"decision"`
	Labels   []policy.Label           `json:"labels"`
	Score    float64                  `json:"score"`
	Scores   map[policy.Label]float64 `json:"scores"`
	Stage    moderation.Stage         `json:"stage"`
	Rule     string                   `json:"rule,omitempty"`
	Marks    []moderation.Mark        `json:"marks,omitempty"`
	Case     string                   `json:"case_id,omitempty"`
	Notice   string                   `json:"notice,omitempty"`
	Judging  bool                     `json:"judging,omitempty"`
	Micros   int64                    `json:"micros"`
}

// checkMessages judges a message, or a batch of them as JSON lines.
func (s *Server) checkMessages(c echo.Context) error {
	media, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	switch {
	case err == nil && media == mediaLines:
		return s.checkBatch(c, staff(c).Site)
	case err != nil || media != echo.MIMEApplicationJSON:
		return errMediaLines
	}
	var request checkRequest
	body := http.MaxBytesReader(c.Response().Writer, c.Request().Body, maxMessage)
	if err := decode(json.NewDecoder(body), &request); err != nil {
		return err
	}
	answer, err := s.check(c.Request().Context(), staff(c).Site, c.QueryParam("locale"), request)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

// check judges one message. The same one may be asked about again: it is
// answered with what was decided meanwhile.
func (s *Server) check(ctx context.Context, tenant, locale string, r checkRequest) (checkAnswer, error) {
	start := time.Now()
	msg, err := r.message()
	if err != nil {
		return checkAnswer{}, err
	}
	v, kept, err := s.Moderation.Moderator.Check(ctx, tenant, msg, moderation.Origin{Subject: r.Subject})
	if err != nil {
		if errors.Is(err, moderation.ErrConflict) {
			err = fmt.Errorf("%w: %w", errOtherText, err)
		}
		return checkAnswer{}, err
	}
	if r.Locale != "" {
		locale = r.Locale
	}
	answer := checkAnswer{
		ID: r.ID, Decision: v.Action, Labels: v.Labels, Score: v.Score, Scores: v.Scores, Stage: v.Stage, Rule: v.Rule,
		Marks: v.Marks, Notice: notice(v, locale), Judging: v.Judging, Micros: time.Since(start).Microseconds(),
	}
	if kept != nil {
		answer.Case = kept.ID
	}
	return answer, nil
}

// notice is what the sender of a message is told when it does not go out: which
// policy, and how to appeal. Neither rule nor words are in it.
func notice(v moderation.Verdict, locale string) string {
	if v.Action.Delivers() || len(v.Labels) == 0 {
		return ""
	}
	return policy.Notice(v.Labels[0], locale)
}

// appeal takes what a sender says against a decision.
func (s *Server) appeal(c echo.Context) error {
	var body struct {
		Message string `json:"message_id"`
		Text    string `json:"text"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	if body.Message == "" {
		return invalid("message_id is needed.")
	}
	kept, err := s.Moderation.Moderator.Appeal(c.Request().Context(), staff(c).Site, body.Message, body.Text)
	if err != nil {
		return queueError(err)
	}
	return c.JSON(http.StatusOK, struct {
		Case     string            `json:"case_id"`
		Message  string            `json:"message_id"`
		Status   moderation.Status `json:"status"`
		Appealed time.Time         `json:"appealed"`
	}{kept.ID, kept.Message.ID, kept.Status, kept.Appealed})
}

// forgetSubject removes all that is kept of what a person sent.
func (s *Server) forgetSubject(c echo.Context) error {
	subject := c.QueryParam("subject")
	if subject == "" {
		return invalid("subject is needed: whose cases are to go.")
	}
	if err := s.Moderation.Cases.DeleteSubject(c.Request().Context(), staff(c).Site, subject); err != nil {
		return queueError(err)
	}
	return c.NoContent(http.StatusNoContent)
}
