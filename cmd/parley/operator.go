package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/operators"
)

// openDesk is where operators sign in to the console.
func openDesk(cfg Config, store operators.Store, keys *auth.Authenticator) (*operators.Desk, error) {
	provider, err := cfg.oidc()
	if err != nil {
		return nil, err
	}
	desk, err := operators.NewDesk(operators.Config{Store: store, Key: keys.Operator, PublicURL: cfg.PublicURL, OIDC: provider, Now: cfg.now})
	if err != nil {
		return nil, configError("oidc: %w", err)
	}
	return desk, nil
}

type operatorCmd struct {
	Add    operatorAddCmd    `cmd:"" help:"Add an operator and print a token to sign in with, once, within 24 hours."`
	List   operatorListCmd   `cmd:"" help:"List operators."`
	Role   operatorRoleCmd   `cmd:"" help:"Give an operator another role, or other sites."`
	Token  operatorTokenCmd  `cmd:"" help:"Print a token with which an operator signs in, once, within 24 hours."`
	Revoke operatorRevokeCmd `cmd:"" help:"End an operator: they are signed out everywhere within a second."`
}

// withDesk opens the database for a command and closes it after.
func withDesk(env *environ, do func(*operators.Desk) error) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	log, err := newLogger(cfg, env.log)
	if err != nil {
		return err
	}
	storage, err := openStorage(env.ctx, cfg, log)
	if err != nil {
		return err
	}
	defer storage.close()
	desk, err := operators.NewDesk(operators.Config{Store: storage.staff, PublicURL: cfg.PublicURL, Now: cfg.now})
	if err != nil {
		return err
	}
	err = do(desk)
	switch {
	case errors.Is(err, operators.ErrInvalid), errors.Is(err, operators.ErrNotFound), errors.Is(err, operators.ErrConflict), errors.Is(err, operators.ErrLast):
		return fmt.Errorf("%w: %w", errUsage, err)
	case err != nil:
		return fmt.Errorf("%w: %w", errStorage, err)
	}
	return nil
}

// checkSites finds slips in the names of sites: one that does not exist would
// let its operator see nothing.
func checkSites(env *environ, names []string) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	directory, err := cfg.directory()
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := directory.Get(name); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
	}
	return nil
}

type operatorAddCmd struct {
	Name  string   `arg:"" help:"What others see them as."`
	Email string   `help:"Their address; an identity provider knows them by it." placeholder:"ADDRESS"`
	Role  string   `help:"What they may do: ${enum}." enum:"viewer,reviewer,admin" default:"viewer"`
	Site  []string `help:"Site that they see; all without it. May be given several times." placeholder:"ID"`
}

// Run adds an operator.
func (c operatorAddCmd) Run(env *environ) error {
	if err := checkSites(env, c.Site); err != nil {
		return err
	}
	return withDesk(env, func(desk *operators.Desk) error {
		o, err := desk.Add(env.ctx, operators.Operator{Name: c.Name, Email: c.Email, Role: operators.Role(c.Role), Sites: c.Site})
		if err != nil {
			return err
		}
		token, err := desk.Token(env.ctx, o.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.out, "%s is operator %s. To sign in, once, within 24 hours:\n%s\n", o.Name, o.ID, token)
		return err
	})
}

type operatorListCmd struct {
	All bool `help:"Those that were revoked, too."`
}

// Run lists operators.
func (c operatorListCmd) Run(env *environ) error {
	return withDesk(env, func(desk *operators.Desk) error {
		list, err := desk.List(env.ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(env.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tNAME\tEMAIL\tROLE\tSITES\tSINCE")
		for _, o := range list {
			if !o.Revoked.IsZero() && !c.All {
				continue
			}
			role, where := string(o.Role), "all"
			if !o.Revoked.IsZero() {
				role = "revoked"
			}
			if len(o.Sites) > 0 {
				where = strings.Join(o.Sites, ",")
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", o.ID, o.Name, o.Email, role, where, o.Created.Format("2006-01-02"))
		}
		return w.Flush()
	})
}

type operatorRoleCmd struct {
	Operator string   `arg:"" help:"Their id or address."`
	Role     string   `arg:"" help:"What they may do from now on: ${enum}." enum:"viewer,reviewer,admin"`
	Site     []string `help:"Site that they see from now on. May be given several times." placeholder:"ID"`
	AllSites bool     `help:"They see all sites from now on."`
}

// Run changes a role.
func (c operatorRoleCmd) Run(env *environ) error {
	if c.AllSites && len(c.Site) > 0 {
		return fmt.Errorf("%w: --site and --all-sites exclude each other", errUsage)
	}
	if err := checkSites(env, c.Site); err != nil {
		return err
	}
	return withDesk(env, func(desk *operators.Desk) error {
		o, err := desk.Find(env.ctx, c.Operator)
		if err != nil {
			return err
		}
		where := o.Sites
		if c.AllSites || len(c.Site) > 0 {
			where = c.Site
		}
		if o, err = desk.Grant(env.ctx, o.ID, operators.Role(c.Role), where); err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.out, "%s is %s now. Running servers take notice within a second.\n", o.Name, o.Role)
		return err
	})
}

type operatorTokenCmd struct {
	Operator string `arg:"" help:"Their id or address."`
}

// Run prints a one-time token.
func (c operatorTokenCmd) Run(env *environ) error {
	return withDesk(env, func(desk *operators.Desk) error {
		o, err := desk.Find(env.ctx, c.Operator)
		if err != nil {
			return err
		}
		token, err := desk.Token(env.ctx, o.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(env.out, token)
		return err
	})
}

type operatorRevokeCmd struct {
	Operator string `arg:"" help:"Their id or address."`
}

// Run revokes an operator.
func (c operatorRevokeCmd) Run(env *environ) error {
	return withDesk(env, func(desk *operators.Desk) error {
		o, err := desk.Find(env.ctx, c.Operator)
		if err != nil {
			return err
		}
		if o, err = desk.Revoke(env.ctx, o.ID); err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.out, "%s is no operator any more.\n", o.Name)
		return err
	})
}
