package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClientAddress(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("127.0.0.1/32")}
	for name, test := range map[string]struct {
		remote    string
		forwarded []string
		trusted   []netip.Prefix
		want      string
	}{
		"direct":                        {"192.0.2.7:1234", nil, trusted, "192.0.2.7"},
		"direct, with a made-up header": {"192.0.2.7:1234", []string{"198.51.100.1"}, trusted, "192.0.2.7"},
		"nothing trusted":               {"127.0.0.1:1234", []string{"198.51.100.1"}, nil, "127.0.0.1"},
		"one proxy":                     {"10.1.1.1:1234", []string{"198.51.100.1"}, trusted, "198.51.100.1"},
		"two proxies":                   {"10.1.1.1:1234", []string{"198.51.100.1, 10.2.2.2"}, trusted, "198.51.100.1"},
		"two headers":                   {"10.1.1.1:1234", []string{"203.0.113.9", "198.51.100.1"}, trusted, "198.51.100.1"},
		"made up before the proxy":      {"10.1.1.1:1234", []string{"1.1.1.1, 10.9.9.9, 198.51.100.1"}, trusted, "198.51.100.1"},
		"a proxy without header":        {"10.1.1.1:1234", nil, trusted, "10.1.1.1"},
		"nonsense":                      {"10.1.1.1:1234", []string{"198.51.100.1, unknown"}, trusted, "10.1.1.1"},
		"version 6":                     {"[2001:db8::1]:1234", []string{"2001:db9::7"}, trusted, "2001:db9::7"},
		"version 6 in brackets":         {"[2001:db8::1]:1234", []string{"[2001:db9::7]"}, trusted, "2001:db9::7"},
		"version 4 in 6":                {"[::ffff:10.1.1.1]:1234", []string{"::ffff:198.51.100.1"}, trusted, "198.51.100.1"},
		"only proxies":                  {"10.1.1.1:1234", []string{"10.2.2.2, 10.3.3.3"}, trusted, "10.2.2.2"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		for _, value := range test.forwarded {
			r.Header.Add("X-Forwarded-For", value)
		}
		if got := clientAddress(test.trusted)(r); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
