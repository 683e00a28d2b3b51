package operators

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
)

// claims are what a provider says of a person.
type claims struct {
	Subject string   // "ISSUER SUB"
	Name    string   // may be empty
	Email   string   // in small letters; only one that the provider has verified
	Values  []string // of the roles claim
}

func (c *claims) read(token *oidc.IDToken, rolesClaim string) error {
	var said struct {
		Name     string `json:"name"`
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := token.Claims(&said); err != nil {
		return err
	}
	if len(said.Name) <= maxName && plain(said.Name) {
		c.Name = strings.TrimSpace(said.Name)
	}
	if email := strings.ToLower(said.Email); said.Verified && validEmail(email) {
		c.Email = email
	}
	if rolesClaim == "" {
		return nil
	}
	var all map[string]any
	if err := token.Claims(&all); err != nil {
		return err
	}
	switch value := all[rolesClaim].(type) {
	case string:
		c.Values = []string{value}
	case []any:
		for _, item := range value {
			if text, ok := item.(string); ok {
				c.Values = append(c.Values, text)
			}
		}
	}
	return nil
}

// role is the strongest role of a person; "" for none.
func (c OIDC) role(values []string) (best Role) {
	for _, value := range values {
		if role, mapped := c.Roles[value]; mapped && (best == "" || role.Covers(best)) {
			best = role
		}
	}
	return best
}

// recognise returns the operator that a person is, changed to what the
// provider says now, or made when it gives them a role.
func (d *Desk) recognise(ctx context.Context, said claims) (Operator, error) {
	cfg := d.provider.cfg
	_, domain, _ := strings.Cut(said.Email, "@")
	if len(cfg.Domains) > 0 && !slices.Contains(cfg.Domains, domain) {
		return Operator{}, fmt.Errorf("%w: no verified address of an allowed domain", ErrStranger)
	}
	role := cfg.role(said.Values)
	if cfg.RolesClaim != "" && role == "" {
		return Operator{}, fmt.Errorf("%w: no role", ErrStranger)
	}
	list, err := d.cfg.Store.List(ctx)
	if err != nil {
		return Operator{}, err
	}
	id, err := match(list, said)
	if err != nil {
		return Operator{}, err
	}
	if id != "" {
		return d.update(ctx, id, said, role)
	}
	if role == "" {
		return Operator{}, ErrStranger
	}
	name := said.Name
	if name == "" {
		name = said.Email
	}
	if name == "" {
		name = "Operator"
	}
	o := Operator{ID: rand.Text(), Name: name, Email: said.Email, Subject: said.Subject, Role: role, Created: d.now()}
	err = d.cfg.Store.Add(ctx, o)
	if errors.Is(err, ErrConflict) { // the same person in two tabs, or an address of somebody else
		return o, fmt.Errorf("%w: %w", ErrStranger, err)
	}
	return o, err
}

// match returns the id of the operator whom a person is, "" for nobody. The
// subject counts before the address, which a provider may give to somebody
// else one day. Who was revoked stays out, until they are added again.
func match(list []Operator, said claims) (id string, err error) {
	revoked := false
	for _, o := range list {
		if o.Subject == said.Subject {
			if o.Revoked.IsZero() {
				return o.ID, nil
			}
			revoked = true
		}
	}
	for _, o := range list {
		if said.Email == "" || o.Email != said.Email {
			continue
		}
		switch {
		case !o.Revoked.IsZero():
			revoked = true
		case o.Subject == "":
			id = o.ID
		default:
			return "", fmt.Errorf("%w: the address is another person's", ErrStranger)
		}
	}
	if id == "" && revoked {
		return "", fmt.Errorf("%w: revoked", ErrForbidden)
	}
	return id, nil
}

// update links an operator to a person and takes over the role that the
// provider gives, if it gives any.
func (d *Desk) update(ctx context.Context, id string, said claims, role Role) (Operator, error) {
	o, err := d.change(ctx, id, func(o *Operator) error {
		if !o.Revoked.IsZero() || o.Subject != "" && o.Subject != said.Subject {
			return ErrForbidden
		}
		o.Subject = said.Subject
		if role != "" {
			o.Role = role
		}
		return nil
	})
	if errors.Is(err, ErrConflict) { // another operator was linked to this person meanwhile
		return o, fmt.Errorf("%w: %w", ErrForbidden, err)
	}
	return o, err
}
