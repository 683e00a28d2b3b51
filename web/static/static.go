// Package static holds the built chat page and serves it. The files in dist
// are made from web/ui by `npm run build` and committed, so that Go alone
// builds the binary; a test fails when they are older than their sources.
//
// [Handler] serves the page at / and its assets at /assets/. Asset names carry
// a hash of their content and may be kept for ever; the page itself is checked
// with every visit. The caller sends [CSP] with the page; Handler does so too.
package static

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// CSP is the page's Content-Security-Policy. Scripts and styles come from
// files of the same origin only, nothing inline, nothing from elsewhere; no
// string ever becomes markup (trusted types); nobody may frame the page. The
// console frames a page of its own, to show how the widget looks.
// 'self' in connect-src covers the WebSocket of the same host.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// FS returns the built files: index.html, assets/, licences.txt.
func FS() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("static: dist is not embedded: " + err.Error()) // impossible: the directive above would not compile
	}
	return sub
}
