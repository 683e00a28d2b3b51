package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"
)

// clientAddress tells from where a request comes. X-Forwarded-For is read from
// the right, as far as trusted proxies wrote it: what stands left of the first
// other address anybody can make up. Nothing is trusted by itself, neither this
// machine nor private networks.
func clientAddress(trusted []netip.Prefix) echo.IPExtractor {
	return func(r *http.Request) string {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		address := host
		hops := strings.Split(strings.Join(r.Header.Values(echo.HeaderXForwardedFor), ","), ",")
		for i := len(hops) - 1; i >= 0 && proxied(address, trusted); i-- {
			hop, err := netip.ParseAddr(strings.Trim(strings.TrimSpace(hops[i]), "[]"))
			if err != nil {
				break // not an address: whoever wrote it is the last that is known
			}
			address = hop.Unmap().String()
		}
		return address
	}
}

func proxied(address string, trusted []netip.Prefix) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, prefix := range trusted {
		if prefix.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
