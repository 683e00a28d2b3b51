package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/sites"
)

// consoleSettings lists the routes of a site's settings. Keys are made and
// revoked by people only: a key that leaked must not make another one.
func (s *Server) consoleSettings() {
	look, manage := s.require(operators.Viewer), s.require(operators.Admin)
	s.echo.GET("/v1/site", s.getSite)
	s.echo.GET("/v1/console/settings", s.getSiteSettings, look)
	s.echo.PUT("/v1/console/settings", s.putSiteSettings, manage)
	s.echo.GET("/v1/console/history", s.getHistory, look)
	s.echo.GET("/v1/console/keys", s.listKeys, look)
	s.echo.POST("/v1/console/keys", s.makeKey, manage, people)
	s.echo.DELETE("/v1/console/keys/:id", s.revokeKey, manage, people)
}

// people refuses API keys where only a signed-in operator may go on.
func people(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if staff(c).ByKey {
			return operators.ErrForbidden
		}
		return next(c)
	}
}

// siteError is an error of what sites keep: what it has no sentinel for is of
// the database, and passes.
func siteError(err error) error {
	for _, known := range []error{sites.ErrInvalid, sites.ErrStale, sites.ErrNotFound, sites.ErrUnknown, context.Canceled} {
		if errors.Is(err, known) {
			return err
		}
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", moderation.ErrUnavailable, err)
}

// getSite tells everybody how the widget of a site looks: fields that nobody
// chose are missing.
func (s *Server) getSite(c echo.Context) error {
	site, err := s.Sites.Get(auth.Tenant(c.Request()))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, struct {
		Site string `json:"site"`
		sites.Look
	}{site.ID, site.Look})
}

// siteSettings is what a site chose, beside what the configuration fixes.
type siteSettings struct {
	Site string `json:"site"`
	sites.Kept
	Fixed fixedSettings `json:"fixed"`
}

type fixedSettings struct {
	Origins []fixedOrigin `json:"origins"`
	APIKeys int           `json:"api_keys"` // how many
	JWT     *fixedJWT     `json:"jwt,omitempty"`
}

type fixedOrigin struct {
	Origin string `json:"origin"`
	From   string `json:"from"` // the field of the configuration
}

type fixedJWT struct {
	Issuer   string `json:"issuer"`
	Audience string `json:"audience"`
}

func (s *Server) siteSettings(kept sites.Kept) (siteSettings, error) {
	body := siteSettings{Site: kept.Tenant, Kept: kept, Fixed: fixedSettings{Origins: []fixedOrigin{}}}
	site, err := s.Sites.Configured(kept.Tenant)
	if err != nil {
		return body, err
	}
	for i, origin := range site.AllowedOrigins {
		from := "allowed_origins"
		if s.PublicOrigin != "" && i == len(site.AllowedOrigins)-1 && strings.EqualFold(origin, s.PublicOrigin) {
			from = "public_url"
		}
		body.Fixed.Origins = append(body.Fixed.Origins, fixedOrigin{origin, from})
	}
	body.Fixed.APIKeys = len(site.APIKeys)
	if site.JWT != nil {
		body.Fixed.JWT = &fixedJWT{site.JWT.Issuer, site.JWT.Audience}
	}
	return body, nil
}

func (s *Server) getSiteSettings(c echo.Context) error {
	kept, err := s.Keeper.Settings(staff(c).Site)
	if err != nil {
		return siteError(err)
	}
	body, err := s.siteSettings(kept)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, body)
}

// putSiteSettings replaces what a site chose, if it still is of the version
// that whoever saves has seen. Otherwise the problem tells what it is now.
func (s *Server) putSiteSettings(c echo.Context) error {
	var body struct {
		Version int           `json:"version"`
		Chosen  *sites.Chosen `json:"chosen"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	if body.Chosen == nil {
		return invalid("chosen is missing.")
	}
	a := staff(c)
	kept, err := s.Keeper.Save(c.Request().Context(), actor(a), a.Site, body.Version, *body.Chosen)
	if errors.Is(err, sites.ErrStale) {
		if current, e := s.Keeper.Current(c.Request().Context(), a.Site); e == nil {
			err = &staleSettings{current}
		}
	}
	if err != nil {
		return siteError(err)
	}
	s.Log.Info("site settings changed", "tenant", a.Site, "operator", a.Operator.ID, "version", kept.Version)
	answer, err := s.siteSettings(kept)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

// staleSettings is a sites.ErrStale with what counts now.
type staleSettings struct{ current sites.Kept }

func (e *staleSettings) Error() string { return sites.ErrStale.Error() }
func (e *staleSettings) Unwrap() error { return sites.ErrStale }

func actor(a operators.Access) sites.Actor {
	return sites.Actor{ID: a.Operator.ID, Name: a.Operator.Name}
}

// note writes into the history what has been done. It is done in any case: what
// cannot be noted is said in the log.
func (s *Server) note(c echo.Context, list []string, what string, noted sites.Noted) {
	a := staff(c)
	if err := s.Keeper.Note(c.Request().Context(), actor(a), list, what, noted); err != nil {
		s.Log.Error("history", "what", what, "operator", a.Operator.ID, "of", noted.ID, "error", err)
	}
}

// getHistory lists what was changed, the newest first.
func (s *Server) getHistory(c echo.Context) error {
	n, err := limit(c, 50, 200)
	if err != nil {
		return err
	}
	before, err := position(c, "before")
	if err != nil {
		return err
	}
	list, err := s.Keeper.History(c.Request().Context(), staff(c).Site, before, n)
	if err != nil {
		return siteError(err)
	}
	if list == nil {
		list = []sites.Change{}
	}
	return c.JSON(http.StatusOK, struct {
		Changes []sites.Change `json:"changes"`
		More    bool           `json:"more"`
	}{list, len(list) == n})
}

// position reads a query parameter that is the number of an entry, 0 when missing.
func position(c echo.Context, name string) (int64, error) {
	value := c.QueryParam(name)
	if value == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 1 {
		return 0, invalid("%s is the number of an entry of the list.", name)
	}
	return n, nil
}

// shownKey is a key with who made it.
type shownKey struct {
	sites.Key
	Maker  string `json:"maker,omitempty"` // the operator's name, while there is one
	Counts bool   `json:"counts"`          // it has not ended
}

func (s *Server) listKeys(c echo.Context) error {
	keys, err := s.Keeper.Keys(c.Request().Context(), staff(c).Site)
	if err != nil {
		return siteError(err)
	}
	makers := map[string]bool{}
	for _, k := range keys {
		makers[k.By] = true
	}
	names := s.people(c.Request().Context(), func(id string) bool { return makers[id] })
	list := make([]shownKey, len(keys))
	for i, k := range keys {
		list[i] = shownKey{k, names[k.By], k.Counts(time.Now())}
	}
	return c.JSON(http.StatusOK, struct {
		Keys []shownKey `json:"keys"`
	}{list})
}

// makeKey makes a key and shows its secret, once.
func (s *Server) makeKey(c echo.Context) error {
	var body struct {
		Kind     sites.Kind `json:"kind"`
		Name     string     `json:"name"`
		Replaces string     `json:"replaces"`
		Overlap  int        `json:"overlap_hours"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	a := staff(c)
	want := sites.NewKey{Kind: body.Kind, Name: body.Name, Replaces: body.Replaces, Overlap: time.Duration(min(max(body.Overlap, -1), 1<<20)) * time.Hour}
	key, secret, err := s.Keeper.MakeKey(c.Request().Context(), actor(a), a.Site, want)
	if err != nil {
		return siteError(err)
	}
	s.Log.Info("key made", "tenant", a.Site, "operator", a.Operator.ID, "key", key.ID, "kind", key.Kind, "replaces", body.Replaces)
	return c.JSON(http.StatusCreated, struct {
		Key    shownKey `json:"key"`
		Secret string   `json:"secret"`
	}{shownKey{key, a.Operator.Name, true}, secret})
}

func (s *Server) revokeKey(c echo.Context) error {
	a := staff(c)
	if err := s.Keeper.Revoke(c.Request().Context(), actor(a), a.Site, c.Param("id")); err != nil {
		return siteError(err)
	}
	s.Log.Info("key revoked", "tenant", a.Site, "operator", a.Operator.ID, "key", c.Param("id"))
	return c.NoContent(http.StatusNoContent)
}
