package main

import (
	"fmt"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
)

type tokenCmd struct {
	Visitor tokenVisitorCmd `cmd:"" help:"Print the token of a new visitor."`
	User    tokenUserCmd    `cmd:"" help:"Print a JWT as a site's own server would sign it for one of its users."`
}

type tokenVisitorCmd struct {
	Tenant string `help:"Site the visitor comes to." default:"default"`
}

// Run prints a visitor's token.
func (c tokenVisitorCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	directory, err := cfg.directory()
	if err != nil {
		return err
	}
	var keys *auth.Keys
	if len(cfg.Secrets) > 0 {
		keys, err = auth.GivenKeys(cfg.Secrets...)
	} else {
		a, e := openTool(env)
		if e != nil {
			return e
		}
		defer a.Close()
		keys, err = signingKeys(env.ctx, cfg, a.storage.settings)
	}
	if err != nil {
		return err
	}
	token, _, err := auth.New(directory, keys).Visitor(env.ctx, c.Tenant)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	_, err = fmt.Fprintln(env.out, token)
	return err
}

type tokenUserCmd struct {
	Subject string        `arg:"" help:"The site's id of the user."`
	Tenant  string        `help:"Site that signs; it needs a jwt in parley.yaml." default:"default"`
	Role    string        `help:"What the user is: ${enum}." enum:"client,freelancer" default:"client"`
	Profile string        `help:"A freelancer's own profile." placeholder:"ID"`
	Life    time.Duration `help:"How long the token counts." default:"1h"`
}

// Run prints a user's token.
func (c tokenUserCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	directory, err := cfg.directory()
	if err != nil {
		return err
	}
	site, err := directory.Get(c.Tenant)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	who := sessions.Principal{Tenant: c.Tenant, Subject: c.Subject, Role: sessions.Role(c.Role), Profile: c.Profile}
	token, err := auth.SignUser(site, who, c.Life)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	_, err = fmt.Fprintln(env.out, token)
	return err
}

type keyCmd struct {
	Rotate keyRotateCmd `cmd:"" help:"Add a new signing key, which signs from now on; tokens of the older ones still count."`
}

type keyRotateCmd struct {
	Revoke bool `help:"Forget the older keys: every visitor's token becomes invalid, and their conversations can no longer be opened with it."`
}

// Run rotates the signing keys that are kept in the database.
func (c keyRotateCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	if len(cfg.Secrets) > 0 {
		return fmt.Errorf("%w: PARLEY_SECRET is set: put the new secret before the old one there, with a comma between", errUsage)
	}
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	keys, err := auth.Rotate(env.ctx, a.storage.settings, c.Revoke)
	if err != nil {
		return fmt.Errorf("%w: %w", errStorage, err)
	}
	_, err = fmt.Fprintf(env.out, "Key %s signs now. %d keys are accepted; running servers take notice within a minute.\n", keys[0].ID, len(keys))
	return err
}
