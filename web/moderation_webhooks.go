package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/sites"
)

// listWebhooks lists what the site was told of decisions, or was to be told:
// without a status what was given up.
func (s *Server) listWebhooks(c echo.Context) error {
	status := hooks.Status(c.QueryParam("status"))
	switch status {
	case "":
		status = hooks.Dead
	case hooks.Pending, hooks.Delivered, hooks.Dead:
	default:
		return invalid("status is pending, delivered or dead.")
	}
	n, err := limit(c, 100, 1000)
	if err != nil {
		return err
	}
	list, err := s.Webhooks.List(c.Request().Context(), staff(c).Site, hooks.Filter{Status: status, Type: hooks.ModerationDecided}, n)
	if err != nil {
		return queueError(err)
	}
	if list == nil {
		list = []hooks.Delivery{}
	}
	return c.JSON(http.StatusOK, struct {
		Deliveries []hooks.Delivery `json:"deliveries"`
	}{list})
}

// redeliver sends an event again.
func (s *Server) redeliver(c echo.Context) error {
	n, err := s.Webhooks.Redeliver(c.Request().Context(), staff(c).Site, c.Param("id"))
	if err != nil {
		return queueError(err)
	}
	s.note(c, []string{staff(c).Site}, sites.WebhookRedelivered, sites.Noted{ID: c.Param("id")})
	return c.JSON(http.StatusOK, struct {
		Deliveries int `json:"deliveries"`
	}{n})
}
