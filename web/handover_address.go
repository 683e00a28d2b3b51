package web

import (
	"net"
	"net/url"
	"strings"
	"unicode"

	"github.com/parleyhq/parley/web/sites"
)

// maxAddress is the longest address of a post, in bytes.
const maxAddress = 2000

// checkAddress tells what is wrong with the address of a post on a site. It is
// shown as a link in a conversation that people trust, so it leads to the site's
// own hosts only: whoever gets hold of a key cannot send people elsewhere.
func checkAddress(site sites.Site, address string) error {
	if address == "" || len(address) > maxAddress {
		return invalid("url is an address of 1 to %d bytes.", maxAddress)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "" || strings.ContainsFunc(address, odd):
		return invalid("url is no web address.")
	case u.User != nil:
		return invalid("url: leave the user and the password out.")
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return invalid("url: https is needed, except on this machine.")
	}
	for _, origin := range site.AllowedOrigins {
		if own, err := url.Parse(origin); err == nil && strings.EqualFold(own.Hostname(), u.Hostname()) && port(own) == port(u) {
			return nil
		}
	}
	return invalid("url: %s is the host of none of the site's allowed origins. Add the origin of the pages that show posts to them.", u.Host)
}

// odd is what no address has as it is, and what browsers read in their own ways.
func odd(r rune) bool { return r == '\\' || unicode.IsSpace(r) || !unicode.IsPrint(r) }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func port(u *url.URL) string {
	switch p := u.Port(); {
	case p != "":
		return p
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
