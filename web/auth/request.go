package auth

import (
	"net/http"
	"strings"

	"github.com/parleyhq/parley/web/sites"
)

// Bearer returns the token of a request's Authorization header, "" for none.
func Bearer(r *http.Request) string {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// Tenant returns the site that a request is for: its query parameter "site",
// or [sites.Default]. Whether the asker may speak there is for Verify to tell.
func Tenant(r *http.Request) string {
	if site := r.URL.Query().Get("site"); site != "" {
		return site
	}
	return sites.Default
}

// OriginAllowed tells whether a browser's page that sent this request may talk
// to the site. A request without Origin comes from no page, or from one of the
// same host that only reads; a page of the host the request was sent to always may.
func (a *Authenticator) OriginAllowed(tenant string, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	if _, host, found := strings.Cut(origin, "://"); found && strings.EqualFold(host, r.Host) {
		return true
	}
	site, err := a.sites.Get(tenant)
	return err == nil && site.Allows(origin)
}
