package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/sites"
	"github.com/parleyhq/parley/web/static"
)

// embed serves the page that the widget shows in its frame. The origin of the
// page around it stands in the address, because no header tells it reliably; the
// browser makes sure of it, by the list of ancestors that goes with the page. The
// list is the site's at this moment.
func (s *Server) embed(c echo.Context) error {
	r, w := c.Request(), c.Response()
	site, err := s.Sites.Get(auth.Tenant(r))
	if errors.Is(err, sites.ErrUnknown) {
		return refuseFrame(c, http.StatusNotFound, "This site is not served here", "Check the name in data-tenant: it is the id of one of the sites that this Parley serves.")
	}
	if err != nil {
		return err
	}
	origin := c.QueryParam("origin")
	if ownOrigin(r, origin) {
		static.Frame(w, r, "'self'") // the console's preview
		return nil
	}
	if !site.Allows(origin) {
		return refuseFrame(c, http.StatusForbidden, "This page may not show the assistant", "Its address has to be among the allowed origins of the site, written exactly as the browser shows it, with the scheme and the port.")
	}
	static.Frame(w, r, site.AllowedOrigins...)
	return nil
}

// ownOrigin tells whether an origin is the one that the request was sent to.
func ownOrigin(r *http.Request, origin string) bool {
	scheme, host, found := strings.Cut(origin, "://")
	return found && (scheme == "http" || scheme == "https") && strings.EqualFold(host, r.Host)
}

// demo leads to the demo's site, which has an origin of its own.
func (s *Server) demo(c echo.Context) error {
	address := ""
	if s.Demo != nil {
		address = s.Demo()
	}
	if address == "" {
		return errNotFound
	}
	return c.Redirect(http.StatusSeeOther, address)
}

var refusal = template.Must(template.New("refusal").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
`))

// refuseFrame answers with a page that says why, for whoever opens the address
// to find out. No frame shows it: a host that is not allowed learns nothing.
func refuseFrame(c echo.Context, status int, title, text string) error {
	h := c.Response().Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Cache-Control", "no-store")
	var page bytes.Buffer
	if err := refusal.Execute(&page, struct{ Title, Text string }{title, text}); err != nil {
		return fmt.Errorf("web: write refusal: %w", err)
	}
	return c.HTMLBlob(status, page.Bytes())
}
