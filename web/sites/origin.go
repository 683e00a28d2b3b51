package sites

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// validHost is what the host of an origin may be made of: it becomes part of
// headers, in which other characters would mean something.
var validHost = regexp.MustCompile(`^([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$`)

// Origin returns an origin as browsers send it: in small letters, without the
// scheme's own port, with a name in the letters of DNS. Anything that no browser
// sends is an error, for whoever wrote it.
func Origin(text string) (string, error) {
	wrong := fmt.Errorf("%q is no origin: write it as https://host, without a path", text)
	scheme, rest, found := strings.Cut(text, "://")
	scheme = strings.ToLower(scheme)
	if !found || scheme != "http" && scheme != "https" || strings.ContainsAny(rest, "/?#@*\\ \t") {
		return "", wrong
	}
	u, err := url.Parse(scheme + "://" + rest)
	if err != nil || u.Hostname() == "" || strings.HasSuffix(u.Host, ":") {
		return "", wrong
	}
	host, port := strings.ToLower(strings.TrimSuffix(u.Host, ":"+u.Port())), u.Port()
	if !strings.HasPrefix(host, "[") {
		if host, err = idna.Lookup.ToASCII(host); err != nil {
			return "", wrong
		}
	}
	if n, err := strconv.Atoi(port); !validHost.MatchString(host) || port != "" && (err != nil || n < 1 || n > 65535) {
		return "", wrong
	}
	if port == "" || scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		return scheme + "://" + host, nil
	}
	return scheme + "://" + host + ":" + port, nil
}
