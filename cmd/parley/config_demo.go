package main

import (
	"net"
	"net/url"
)

// demoOff is the demo_listen of a server that does not show the demo's site.
const demoOff = "off"

func (c Config) validateDemo() error {
	if c.DemoListen == "" || c.DemoListen == demoOff {
		return nil
	}
	host, _, err := net.SplitHostPort(c.DemoListen)
	if err != nil {
		return configError("demo_listen: %q is no address: write it as host:port, or off", c.DemoListen)
	}
	if ip := net.ParseIP(host); host != "" && !loopbackHost(host) && (ip == nil || !ip.IsUnspecified()) {
		return configError("demo_listen: %s is neither this machine alone, 127.0.0.1, nor all of its addresses, 0.0.0.0", host)
	}
	for _, tenant := range c.Tenants {
		if tenant.ID == demoTenant {
			return configError("tenants: %s is the name of the demo's site: choose another, or set demo_listen to off", demoTenant)
		}
	}
	return nil
}

func loopbackHost(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
