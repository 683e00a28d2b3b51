package static

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
)

// Frame serves the page that other sites show in a frame, to those ancestors
// only: sources as Content-Security-Policy writes them, none for nobody.
func Frame(w http.ResponseWriter, r *http.Request, ancestors ...string) {
	page := *files()["/embed.html"]
	policy := FrameCSP(ancestors...)
	// A site's list is part of what a browser keeps: when it changes, the page is
	// sent anew, since a 304 need not replace the policy of what was kept.
	sum := sha256.Sum256([]byte(page.etag + policy))
	page.etag = `"` + hex.EncodeToString(sum[:12]) + `"`
	// A host that isolates itself takes in no frame without these.
	w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	page.send(w, r, policy)
}

// FrameCSP is [CSP] with these ancestors in the place of none.
func FrameCSP(ancestors ...string) string {
	// What would end the directive is no source, whoever has let it into the list.
	ancestors = slices.DeleteFunc(slices.Clone(ancestors), func(source string) bool { return source == "" || strings.ContainsAny(source, ";, \t\r\n") })
	if len(ancestors) == 0 {
		return CSP
	}
	return strings.Replace(CSP, "frame-ancestors 'none'", "frame-ancestors "+strings.Join(ancestors, " "), 1)
}
