package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/sites"
)

// consoleWebhooks lists the routes of what a site is told of.
func (s *Server) consoleWebhooks() {
	look, manage := s.require(operators.Viewer), s.require(operators.Admin)
	s.echo.GET("/v1/console/webhooks", s.listEndpoints, look)
	s.echo.GET("/v1/console/webhooks/deliveries", s.listDeliveries, look)
	s.echo.GET("/v1/console/webhooks/deliveries/:id", s.getDelivery, look)
	s.echo.POST("/v1/console/webhooks/deliveries/:id/redeliver", s.redeliver, manage)
	s.echo.POST("/v1/console/webhooks/test", s.testWebhook, manage)
}

// endpoint is where a site is told of events.
type endpoint struct {
	Number  int      `json:"number"` // by which the other routes know it
	URL     string   `json:"url"`
	Events  []string `json:"events"`  // none for all
	Secrets int      `json:"secrets"` // how many sign
	Gone    bool     `json:"gone"`    // not configured any more: nothing is sent there
	Pending int      `json:"pending"`
	Dead    int      `json:"dead"`
}

// plainURL is an address as somebody may see it: only admins see the path and
// the query, which may hold a secret.
func plainURL(address string, role operators.Role) string {
	u, err := url.Parse(address)
	if role.Covers(operators.Admin) || err != nil || u.Path == "" && u.RawQuery == "" {
		return address
	}
	return u.Scheme + "://" + u.Host + "/…"
}

// endpoints are those of the site, the configured ones first, and those that
// something still waits for.
func (s *Server) endpoints(c echo.Context) ([]endpoint, error) {
	counts, err := s.Webhooks.Counts(c.Request().Context(), staff(c).Site)
	if err != nil {
		return nil, queueError(err)
	}
	list := []endpoint{}
	place := map[string]int{}
	add := func(e endpoint) {
		place[e.URL], e.Number = len(list), len(list)
		list = append(list, e)
	}
	for _, e := range s.Webhooks.Endpoints(staff(c).Site) {
		add(endpoint{URL: e.URL, Events: append([]string{}, e.Events...), Secrets: len(e.Secrets)})
	}
	for _, count := range counts {
		if _, known := place[count.Endpoint]; !known {
			add(endpoint{URL: count.Endpoint, Events: []string{}, Gone: true})
		}
		e := &list[place[count.Endpoint]]
		if count.Status == hooks.Dead {
			e.Dead = count.N
		} else {
			e.Pending = count.N
		}
	}
	return list, nil
}

func (s *Server) listEndpoints(c echo.Context) error {
	list, err := s.endpoints(c)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].URL = plainURL(list[i].URL, staff(c).Operator.Role)
	}
	return c.JSON(http.StatusOK, struct {
		Endpoints []endpoint `json:"endpoints"`
		Types     []string   `json:"types"`
	}{list, append(hooks.Types(), hooks.Test)})
}

// listDeliveries lists what was sent or is to be, the newest first.
func (s *Server) listDeliveries(c echo.Context) error {
	f := hooks.Filter{Status: hooks.Status(c.QueryParam("status")), Type: c.QueryParam("type")}
	switch f.Status {
	case "", hooks.Pending, hooks.Delivered, hooks.Dead:
	default:
		return invalid("status is pending, delivered or dead.")
	}
	n, err := limit(c, 50, 200)
	if err != nil {
		return err
	}
	if f.Before, err = position(c, "before"); err != nil {
		return err
	}
	if number := c.QueryParam("endpoint"); number != "" {
		if f.Endpoint, err = s.endpointOf(c, number); err != nil {
			return err
		}
	}
	list, err := s.Webhooks.List(c.Request().Context(), staff(c).Site, f, n)
	if err != nil {
		return queueError(err)
	}
	return c.JSON(http.StatusOK, struct {
		Deliveries []hooks.Delivery `json:"deliveries"`
		More       bool             `json:"more"`
	}{plainDeliveries(list, staff(c).Operator.Role), len(list) == n})
}

func plainDeliveries(list []hooks.Delivery, role operators.Role) []hooks.Delivery {
	shown := make([]hooks.Delivery, len(list))
	for i, d := range list {
		d.Endpoint = plainURL(d.Endpoint, role)
		shown[i] = d
	}
	return shown
}

func (s *Server) endpointOf(c echo.Context, number string) (string, error) {
	list, err := s.endpoints(c)
	if err != nil {
		return "", err
	}
	for i, e := range list {
		if number == strconv.Itoa(i) {
			return e.URL, nil
		}
	}
	return "", invalid("endpoint is the number of one of the endpoints.")
}

// mostEndpoints is more than an event ever goes to.
const mostEndpoints = 1000

// getDelivery shows how an event went at each endpoint, and admins its payload as
// it is sent: it may hold what people wrote, with their addresses and numbers.
func (s *Server) getDelivery(c echo.Context) error {
	list, err := s.Webhooks.List(c.Request().Context(), staff(c).Site, hooks.Filter{Event: c.Param("id")}, mostEndpoints)
	if err != nil {
		return queueError(err)
	}
	if len(list) == 0 {
		return errNotFound
	}
	var payload json.RawMessage
	if staff(c).Operator.Role.Covers(operators.Admin) {
		if payload, err = list[0].Event.Body(); err != nil {
			return err
		}
	}
	return c.JSON(http.StatusOK, struct {
		Payload    json.RawMessage  `json:"payload,omitempty"`
		Deliveries []hooks.Delivery `json:"deliveries"`
	}{payload, plainDeliveries(list, staff(c).Operator.Role)})
}

// testWebhook sends an endpoint an event that means nothing.
func (s *Server) testWebhook(c echo.Context) error {
	var body struct {
		Endpoint json.Number `json:"endpoint"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	address, err := s.endpointOf(c, body.Endpoint.String())
	if err != nil {
		return err
	}
	a := staff(c)
	data, err := json.Marshal(map[string]string{"text": "A test from the console. Nothing has happened.", "by": a.Operator.Name, "at": time.Now().UTC().Format(time.RFC3339)})
	if err != nil {
		return err
	}
	id, err := s.Webhooks.Test(c.Request().Context(), a.Site, address, data)
	if err != nil {
		return queueError(err)
	}
	s.note(c, []string{a.Site}, sites.WebhookTested, sites.Noted{ID: id})
	s.Log.Info("webhook tested", "tenant", a.Site, "operator", a.Operator.ID, "event", id)
	return c.JSON(http.StatusAccepted, struct {
		ID string `json:"id"`
	}{id})
}
