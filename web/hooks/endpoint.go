package hooks

import (
	"encoding/base64"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// Endpoint is an address of a site that is told of events.
type Endpoint struct {
	Tenant string
	URL    string // https, or http on this machine
	// Secrets sign, each: "whsec_" and base64, or any text of 24 bytes and more.
	// While a secret is being replaced there are two.
	Secrets []string
	Events  []string // types; none for all
}

const (
	minSecret    = 24 // bytes, as Standard Webhooks asks for
	secretPrefix = "whsec_"
)

// Check tells what is wrong with an endpoint, if anything is: ErrInvalid. It
// names no secret.
func (e Endpoint) Check() error {
	u, err := url.Parse(e.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("%w: url is no https address", ErrInvalid)
	case u.User != nil || u.Fragment != "":
		return fmt.Errorf("%w: url: an address without a user and a fragment", ErrInvalid)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return fmt.Errorf("%w: url: https is needed, except on this machine", ErrInvalid)
	case len(e.Secrets) == 0:
		return fmt.Errorf("%w: a secret is needed", ErrInvalid)
	}
	for _, secret := range e.Secrets {
		if _, err := key(secret); err != nil {
			return err
		}
	}
	for _, event := range e.Events {
		if !slices.Contains(Types(), event) {
			return fmt.Errorf("%w: events: %q is none of %s", ErrInvalid, event, strings.Join(Types(), ", "))
		}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// key is what a secret signs with.
func key(secret string) ([]byte, error) {
	bytes := []byte(secret)
	if encoded, found := strings.CutPrefix(secret, secretPrefix); found {
		decoded, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return nil, fmt.Errorf("%w: what follows %s in a secret is not base64", ErrInvalid, secretPrefix)
		}
		bytes = decoded
	}
	if len(bytes) < minSecret {
		return nil, fmt.Errorf("%w: a secret has at least %d bytes", ErrInvalid, minSecret)
	}
	return bytes, nil
}

// wants tells whether an endpoint is told of events of a type.
func (e Endpoint) wants(event string) bool {
	return len(e.Events) == 0 || slices.Contains(e.Events, event)
}

// Endpoints are those of all sites. They do not change.
type Endpoints struct {
	byTenant map[string][]Endpoint
}

// NewEndpoints checks endpoints; a site has each address once.
func NewEndpoints(list ...Endpoint) (*Endpoints, error) {
	all := &Endpoints{byTenant: map[string][]Endpoint{}}
	for _, e := range list {
		if err := e.Check(); err != nil {
			return nil, err
		}
		if _, twice := all.find(e.Tenant, e.URL); twice {
			return nil, fmt.Errorf("%w: %s has an address twice", ErrInvalid, e.Tenant)
		}
		all.byTenant[e.Tenant] = append(all.byTenant[e.Tenant], e)
	}
	return all, nil
}

func (e *Endpoints) find(tenant, url string) (Endpoint, bool) {
	for _, endpoint := range e.byTenant[tenant] {
		if endpoint.URL == url {
			return endpoint, true
		}
	}
	return Endpoint{}, false
}

// of returns where an event goes.
func (e *Endpoints) of(event Event) (urls []string) {
	for _, endpoint := range e.byTenant[event.Tenant] {
		if endpoint.wants(event.Type) {
			urls = append(urls, endpoint.URL)
		}
	}
	return urls
}
