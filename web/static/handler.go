package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

const (
	forever = "public, max-age=31536000, immutable"
	recheck = "no-cache"
	shared  = "public, max-age=300" // of scripts that other sites load by a fixed name
)

var contentTypes = map[string]string{
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".css":   "text/css; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
	".ts":    "text/plain; charset=utf-8",
	".txt":   "text/plain; charset=utf-8",
}

// file is one built file with what its response needs.
type file struct {
	body        []byte
	zipped      []byte // nil where compressing gains nothing
	contentType string
	cache       string
	etag        string
}

// files are read and compressed once, with the first request.
var files = sync.OnceValue(func() map[string]*file {
	found := map[string]*file{}
	root := FS()
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		contentType, served := contentTypes[path.Ext(name)]
		if !served {
			return nil // the stamp of the sources is for the test only
		}
		body, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		found["/"+name] = newFile(name, contentType, body)
		return nil
	})
	if err != nil {
		panic("static: embedded files cannot be read: " + err.Error()) // they are part of the binary
	}
	found["/"] = found["/index.html"]
	found["/search"] = found["/search.html"]
	found["/console"] = found["/console.html"]
	return found
})

func newFile(name, contentType string, body []byte) *file {
	f := &file{body: body, contentType: contentType, cache: recheck}
	switch {
	case strings.HasPrefix(name, "assets/"):
		f.cache = forever
	case name == "widget.js" || strings.HasPrefix(name, "client/"):
		f.cache = shared
	}
	if path.Ext(name) != ".woff2" {
		if zipped := compress(body); len(zipped) < len(body) {
			f.zipped = zipped
		}
	}
	sum := sha256.Sum256(body)
	f.etag = `"` + hex.EncodeToString(sum[:12]) + `"`
	return f
}

func compress(body []byte) []byte {
	var buffer bytes.Buffer
	// Neither call can fail: the level is valid and a Buffer takes everything.
	writer, _ := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	_, _ = writer.Write(body)
	_ = writer.Close()
	return buffer.Bytes()
}

// Handler serves the page and its assets. Other paths are answered with 404
// and other methods than GET and HEAD with 405.
func Handler() http.Handler {
	return http.HandlerFunc(serve)
}

func serve(w http.ResponseWriter, r *http.Request) {
	f, ok := find(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	f.send(w, r, CSP)
}

// send answers with a file; a page with this policy.
func (f *file) send(w http.ResponseWriter, r *http.Request, policy string) {
	header := w.Header()
	header.Set("Cache-Control", f.cache)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Vary", "Accept-Encoding")
	if strings.HasPrefix(f.contentType, "text/html") {
		header.Set("Content-Security-Policy", policy)
		header.Set("Referrer-Policy", "no-referrer")
	}
	if f.cache == shared {
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	body, etag := f.body, f.etag
	if f.zipped != nil && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		body, etag = f.zipped, strings.TrimSuffix(f.etag, `"`)+`-gz"`
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("ETag", etag)
	if matches(r.Header.Get("If-None-Match"), etag) {
		header.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", f.contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader may be gone, which is nobody's error
	}
}

// find returns what is served at a path. All that is below /console is the
// console's page, which reads its own address.
func find(path string) (*file, bool) {
	if strings.HasPrefix(path, "/console/") {
		path = "/console"
	}
	f, ok := files()[path]
	return f, ok
}

// acceptsGzip reads an Accept-Encoding header, q=0 included.
func acceptsGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if coding = strings.ToLower(strings.TrimSpace(coding)); coding != "gzip" && coding != "*" {
			continue
		}
		weight, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !found || (err == nil && q > 0)
	}
	return false
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == etag || part == "*" {
			return true
		}
	}
	return false
}
