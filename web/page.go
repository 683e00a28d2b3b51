package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/static"
)

// page serves the chat page, the search page, the console and their assets.
func (s *Server) page() {
	files := echo.WrapHandler(static.Handler())
	for _, path := range []string{"/", "/search", "/console", "/console/*", "/licences.txt", "/assets/*", "/widget.js", "/client/*"} {
		s.echo.GET(path, files)
		s.echo.HEAD(path, files)
	}
	s.echo.GET("/embed", s.embed)
	s.echo.GET("/demo", s.demo)
	s.echo.HEAD("/embed", s.embed)
	s.echo.GET("/favicon.ico", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
}
