package main

import (
	"fmt"
	"strings"

	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
)

// WebhookConfig is an address of a site that is told of events.
type WebhookConfig struct {
	URL       string   `yaml:"url"`        // https, or http on this machine
	SecretEnv string   `yaml:"secret_env"` // variable with the secret that signs; several, newest first, with commas between
	Events    []string `yaml:"events"`     // their types; all
}

// OIDCConfig is the identity provider through which operators sign in. Without
// it they sign in with one-time tokens only.
type OIDCConfig struct {
	Issuer          string            `yaml:"issuer"`
	ClientID        string            `yaml:"client_id"`
	ClientSecretEnv string            `yaml:"client_secret_env"` // variable with the secret; none for a public client
	RolesClaim      string            `yaml:"roles_claim"`       // the claim whose values name roles; operators are added by hand
	Roles           map[string]string `yaml:"roles"`             // a value of it: viewer, reviewer or admin
	AllowedDomains  []string          `yaml:"allowed_domains"`   // of email addresses; any
}

// webhooks are the endpoints of all sites.
func (c Config) webhooks() (*hooks.Endpoints, error) {
	var all []hooks.Endpoint
	for _, tenant := range c.Tenants {
		for i, w := range tenant.Webhooks {
			field := fmt.Sprintf("tenants: %s: webhooks[%d]", tenant.ID, i)
			secrets, err := c.secretFrom(w.SecretEnv, field+".secret_env")
			if err != nil {
				return nil, err
			}
			endpoint := hooks.Endpoint{Tenant: tenant.ID, URL: w.URL, Secrets: list(secrets), Events: w.Events}
			if err := endpoint.Check(); err != nil {
				return nil, configError("%s: %w", field, err)
			}
			all = append(all, endpoint)
		}
	}
	if c.demo != nil {
		all = append(all, c.demo.endpoint)
	}
	endpoints, err := hooks.NewEndpoints(all...)
	if err != nil {
		return nil, configError("tenants: webhooks: %w", err)
	}
	return endpoints, nil
}

// oidc is the identity provider, nil for none.
func (c Config) oidc() (*operators.OIDC, error) {
	if c.OIDC == nil {
		return nil, nil
	}
	if c.PublicURL == "" {
		return nil, configError("oidc: public_url is needed, for the provider to send people back to")
	}
	made := &operators.OIDC{
		Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, RedirectURL: strings.TrimRight(c.PublicURL, "/") + operators.CallbackPath,
		RolesClaim: c.OIDC.RolesClaim, Roles: map[string]operators.Role{}, Domains: c.OIDC.AllowedDomains,
	}
	for value, role := range c.OIDC.Roles {
		made.Roles[value] = operators.Role(role)
	}
	if c.OIDC.ClientSecretEnv != "" {
		secret, err := c.secretFrom(c.OIDC.ClientSecretEnv, "oidc.client_secret_env")
		if err != nil {
			return nil, err
		}
		made.ClientSecret = secret
	}
	if err := made.Check(); err != nil {
		return nil, configError("oidc: %w", err)
	}
	return made, nil
}

// validateHooks checks what this file reads.
func (c Config) validateHooks() error {
	if _, err := c.webhooks(); err != nil {
		return err
	}
	_, err := c.oidc()
	return err
}
