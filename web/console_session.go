package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/operators"
)

// require lets operators through who have that role for the site of the
// request, and a site's API key as an admin of its site. Handlers behind it
// find who it is by [staff].
func (s *Server) require(need operators.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			access, err := s.Operators.Access(r, auth.Tenant(r), need)
			if err != nil {
				return err
			}
			if _, err := s.Sites.Get(access.Site); err != nil {
				return err
			}
			c.SetRequest(r.WithContext(operators.With(r.Context(), access)))
			return next(c)
		}
	}
}

// staff is who asks, in handlers behind require.
func staff(c echo.Context) operators.Access {
	access, _ := operators.Of(c.Request().Context())
	return access
}

// consoleSession is who is signed in to the console.
type consoleSession struct {
	Operator operators.Operator `json:"operator"`
	Sites    []string           `json:"sites"` // that they see, by id
}

func (s *Server) consoleSession(o operators.Operator) consoleSession {
	body := consoleSession{Operator: o, Sites: []string{}}
	if body.Operator.Sites == nil {
		body.Operator.Sites = []string{}
	}
	for _, site := range s.Sites.All() {
		if o.Sees(site.ID) {
			body.Sites = append(body.Sites, site.ID)
		}
	}
	return body
}

// signIn turns a one-time token into a session.
func (s *Server) signIn(c echo.Context) error {
	r := c.Request()
	if err := s.Operators.FromConsole(r); err != nil {
		return err
	}
	var body struct {
		Token string `json:"token"`
	}
	if err := readJSON(c, &body); err != nil {
		return err
	}
	cookie, o, err := s.Operators.SignIn(r.Context(), body.Token, c.RealIP())
	if err != nil {
		return err
	}
	c.SetCookie(s.Operators.Cookie(cookie))
	return c.JSON(http.StatusCreated, s.consoleSession(o))
}

// getConsoleSession tells who is signed in. It asks for no site: whoever sees
// only some of them learns here which.
func (s *Server) getConsoleSession(c echo.Context) error {
	access, err := s.Operators.SignedIn(c.Request())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.consoleSession(access.Operator))
}

// signOut ends the session. The browser forgets its cookie in any case.
func (s *Server) signOut(c echo.Context) error {
	r := c.Request()
	if err := s.Operators.FromConsole(r); err != nil {
		return err
	}
	c.SetCookie(s.Operators.Cookie(""))
	if access, err := s.Operators.SignedIn(r); err == nil {
		if err := s.Operators.SignOut(r.Context(), access); err != nil {
			return err
		}
	}
	return c.NoContent(http.StatusNoContent)
}

// startOIDC sends the browser to the identity provider.
func (s *Server) startOIDC(c echo.Context) error {
	address, cookie, err := s.Operators.Start(c.Request())
	if err != nil {
		return err
	}
	c.SetCookie(cookie)
	return c.Redirect(http.StatusFound, address)
}

// finishOIDC is where the identity provider sends the browser back to. What
// went wrong is told on the console's page, in a word: this is a page's address
// and no program's.
func (s *Server) finishOIDC(c echo.Context) error {
	c.SetCookie(s.Operators.Forget())
	cookie, _, err := s.Operators.Finish(c.Request(), c.RealIP())
	if err != nil {
		p := problemOf(err)
		s.Log.Warn("sign-in through the identity provider", "error", err)
		return c.Redirect(http.StatusSeeOther, "/console?error="+p.Code)
	}
	c.SetCookie(s.Operators.Cookie(cookie))
	return c.Redirect(http.StatusSeeOther, "/console")
}

// consoleRoutes are the ways into the console.
func (s *Server) consoleRoutes() {
	s.echo.POST("/v1/console/session", s.signIn)
	s.echo.GET("/v1/console/session", s.getConsoleSession)
	s.echo.DELETE("/v1/console/session", s.signOut)
	s.echo.GET("/v1/console/oidc/start", s.startOIDC)
	s.echo.GET("/v1/console/oidc/callback", s.finishOIDC)
}
