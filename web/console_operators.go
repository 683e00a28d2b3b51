package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/sites"
)

// consoleOperators lists the routes of who may use the console. An admin of
// some sites manages those who see no others, and knows of the rest who sees
// these sites.
func (s *Server) consoleOperators() {
	manage := s.require(operators.Admin)
	s.echo.GET("/v1/console/operators", s.listOperators, manage, people)
	s.echo.POST("/v1/console/operators", s.addOperator, manage, people)
	s.echo.PATCH("/v1/console/operators/:id", s.changeOperator, manage, people)
	s.echo.DELETE("/v1/console/operators/:id", s.revokeOperator, manage, people)
	s.echo.POST("/v1/console/operators/:id/token", s.operatorToken, manage, people)
}

// shownOperator is an operator as an admin sees them.
type shownOperator struct {
	operators.Operator
	Provider bool `json:"provider"` // signs in through the identity provider
	Yours    bool `json:"yours"`    // the admin who asks may change them
}

// seenBy is what an admin sees of an operator: of who sees other sites too, only
// what concerns those of the admin; ok is false when none does.
func seenBy(admin, o operators.Operator) (_ shownOperator, ok bool) {
	made := shownOperator{Operator: o, Provider: o.Subject != "", Yours: manages(admin, o)}
	if made.Sites == nil {
		made.Sites = []string{}
	}
	if made.Yours {
		return made, true
	}
	made.Email = ""
	if len(o.Sites) == 0 {
		return made, true
	}
	made.Sites = slices.DeleteFunc(slices.Clone(o.Sites), func(site string) bool { return !admin.Sees(site) })
	return made, len(made.Sites) > 0
}

// manages tells whether an admin may change an operator: not one who sees what
// the admin does not.
func manages(admin, o operators.Operator) bool {
	return len(admin.Sites) == 0 || len(o.Sites) > 0 && !slices.ContainsFunc(o.Sites, func(site string) bool { return !admin.Sees(site) })
}

// staffError is an error of the desk: what it has no sentinel for is of the
// database, and passes.
func staffError(err error) error {
	for _, known := range []error{operators.ErrInvalid, operators.ErrNotFound, operators.ErrConflict, operators.ErrLast, context.Canceled} {
		if errors.Is(err, known) {
			return err
		}
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", moderation.ErrUnavailable, err)
}

func (s *Server) listOperators(c echo.Context) error {
	all, err := s.Operators.List(c.Request().Context())
	if err != nil {
		return staffError(err)
	}
	list := []shownOperator{}
	for _, o := range all {
		if one, ok := seenBy(staff(c).Operator, o); ok {
			list = append(list, one)
		}
	}
	return c.JSON(http.StatusOK, struct {
		Operators []shownOperator `json:"operators"`
	}{list})
}

// noteOperator writes into the history of all sites that the operator sees, or saw
// before.
func (s *Server) noteOperator(c echo.Context, what string, o operators.Operator, before []string) {
	var list []string
	for _, site := range s.Sites.All() {
		if o.Sees(site.ID) || slices.Contains(before, site.ID) || len(before) == 0 && what == sites.OperatorChanged {
			list = append(list, site.ID)
		}
	}
	s.note(c, list, what, sites.Noted{ID: o.ID, Name: o.Name, Role: string(o.Role)})
}

// checkGrant refuses sites that do not exist, and those that the admin does not see.
func (s *Server) checkGrant(admin operators.Operator, list []string) error {
	if len(list) == 0 && len(admin.Sites) > 0 {
		return invalid("sites: choose at least one of your sites.")
	}
	for _, site := range list {
		if _, err := s.Sites.Get(site); err != nil || !admin.Sees(site) {
			return invalid("sites: %.64q is none of your sites.", site)
		}
	}
	return nil
}

type operatorToken struct {
	Operator shownOperator `json:"operator"`
	Token    string        `json:"token"` // shown once; counts once, for 24 hours
}

func (s *Server) addOperator(c echo.Context) error {
	var body struct {
		Name  string         `json:"name"`
		Email string         `json:"email"`
		Role  operators.Role `json:"role"`
		Sites []string       `json:"sites"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	admin := staff(c).Operator
	if err := s.checkGrant(admin, body.Sites); err != nil {
		return err
	}
	ctx := c.Request().Context()
	added, err := s.Operators.Add(ctx, operators.Operator{Name: strings.TrimSpace(body.Name), Email: strings.TrimSpace(body.Email), Role: body.Role, Sites: body.Sites})
	if err != nil {
		return staffError(err)
	}
	token, err := s.Operators.Token(ctx, added.ID)
	if err != nil {
		return staffError(err)
	}
	s.noteOperator(c, sites.OperatorAdded, added, added.Sites)
	s.Log.Info("operator added", "operator", admin.ID, "added", added.ID, "role", added.Role, "sites", added.Sites)
	one, _ := seenBy(admin, added)
	return c.JSON(http.StatusCreated, operatorToken{one, token})
}

// managed is the operator of the path; whoever the admin may not change does
// not exist.
func (s *Server) managed(c echo.Context) (operators.Operator, error) {
	o, err := s.Operators.Find(c.Request().Context(), c.Param("id"))
	if err == nil && (o.ID != c.Param("id") || !manages(staff(c).Operator, o)) {
		err = operators.ErrNotFound
	}
	return o, staffError(err)
}

func (s *Server) changeOperator(c echo.Context) error {
	var body struct {
		Role  operators.Role `json:"role"`
		Sites *[]string      `json:"sites"`
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	o, err := s.managed(c)
	if err != nil {
		return err
	}
	if body.Role == "" {
		body.Role = o.Role
	}
	if body.Sites == nil {
		body.Sites = &o.Sites
	}
	admin := staff(c).Operator
	if err := s.checkGrant(admin, *body.Sites); err != nil {
		return err
	}
	before := o.Sites
	o, err = s.Operators.Grant(c.Request().Context(), o.ID, body.Role, *body.Sites)
	if err != nil {
		return staffError(err)
	}
	s.noteOperator(c, sites.OperatorChanged, o, before)
	s.Log.Info("operator changed", "operator", admin.ID, "changed", o.ID, "role", o.Role, "sites", o.Sites)
	one, _ := seenBy(admin, o)
	return c.JSON(http.StatusOK, one)
}

func (s *Server) revokeOperator(c echo.Context) error {
	o, err := s.managed(c)
	if err != nil {
		return err
	}
	if _, err := s.Operators.Revoke(c.Request().Context(), o.ID); err != nil {
		return staffError(err)
	}
	s.noteOperator(c, sites.OperatorRevoked, o, o.Sites)
	s.Log.Info("operator revoked", "operator", staff(c).Operator.ID, "revoked", o.ID)
	return c.NoContent(http.StatusNoContent)
}

func (s *Server) operatorToken(c echo.Context) error {
	o, err := s.managed(c)
	if err != nil {
		return err
	}
	token, err := s.Operators.Token(c.Request().Context(), o.ID)
	if err != nil {
		return staffError(err)
	}
	s.noteOperator(c, sites.OperatorToken, o, o.Sites)
	s.Log.Info("operator token made", "operator", staff(c).Operator.ID, "for", o.ID)
	one, _ := seenBy(staff(c).Operator, o)
	return c.JSON(http.StatusCreated, operatorToken{one, token})
}
