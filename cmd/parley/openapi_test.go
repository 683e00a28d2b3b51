package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/parleyhq/parley/web"
)

// document is web/openapi.yaml, read once.
var document = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(web.OpenAPI)
	if err != nil {
		return nil, err
	}
	return doc, doc.Validate(context.Background(), openapi3.DisableExamplesValidation())
})

var pathParameter = regexp.MustCompile(`\\\{[a-z]+\\\}`)

// operation finds what the document says of a request, the most specific path first.
func operation(t testing.TB, r *http.Request) *routers.Route {
	t.Helper()
	doc, err := document()
	if err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	paths := doc.Paths.Map()
	var templates []string
	for template := range paths {
		pattern := pathParameter.ReplaceAllString(regexp.QuoteMeta(template), `[^/]+`)
		if regexp.MustCompile("^" + pattern + "$").MatchString(r.URL.Path) {
			templates = append(templates, template)
		}
	}
	// A literal ending such as ".md" is longer than the bare parameter.
	slices.SortFunc(templates, func(a, b string) int { return len(b) - len(a) })
	for _, template := range templates {
		if op := paths[template].GetOperation(r.Method); op != nil {
			return &routers.Route{Spec: doc, Path: template, PathItem: paths[template], Method: r.Method, Operation: op}
		}
	}
	return nil
}

// checkResponse fails the test when a response is not as openapi.yaml says.
// Requests to what is not described are let through: they are errors.
func checkResponse(t testing.TB, r *http.Request, response *http.Response, body []byte) {
	t.Helper()
	route := operation(t, r)
	if route == nil {
		if response.StatusCode < 400 {
			t.Errorf("%s %s answers %d and is not described", r.Method, r.URL.Path, response.StatusCode)
		}
		return
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: route},
		Status:                 response.StatusCode,
		Header:                 response.Header,
		Body:                   io.NopCloser(bytes.NewReader(body)),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, ExcludeResponseBody: !isJSON(response)},
	}
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		t.Errorf("%s %s: the answer is not as openapi.yaml says: %v\n%.2000s", r.Method, r.URL.Path, err, body)
	}
	described := route.Operation.Responses.Status(response.StatusCode)
	if described == nil {
		described = route.Operation.Responses.Default()
	}
	media, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	if described != nil && len(described.Value.Content) > 0 && described.Value.Content.Get(media) == nil {
		t.Errorf("%s %s answers %s, which is not described", r.Method, r.URL.Path, media)
	}
}

func isJSON(response *http.Response) bool {
	media := response.Header.Get("Content-Type")
	return strings.HasPrefix(media, "application/json") || strings.HasPrefix(media, "application/problem+json")
}

// do sends a request, checks the answer against openapi.yaml and its status
// against want, and decodes it into result unless that is nil.
func (s *server) do(t testing.TB, method, path, token string, body any, want int, result any) (*http.Response, []byte) {
	t.Helper()
	var content io.Reader
	media := ""
	switch b := body.(type) {
	case nil:
	case string:
		content, media = strings.NewReader(b), "application/x-ndjson"
	default:
		encoded, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		content, media = bytes.NewReader(encoded), "application/json"
	}
	r, err := http.NewRequestWithContext(t.Context(), method, s.base+path, content)
	if err != nil {
		t.Fatal(err)
	}
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return s.send(t, r, want, result)
}

func (s *server) send(t testing.TB, r *http.Request, want int, result any) (*http.Response, []byte) {
	t.Helper()
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != want {
		t.Errorf("%s %s: status %d, want %d: %.500s", r.Method, r.URL.Path, response.StatusCode, want, answer)
	}
	checkResponse(t, r, response, answer)
	if result != nil {
		if err := json.Unmarshal(answer, result); err != nil {
			t.Fatalf("%s %s: %v: %.500s", r.Method, r.URL.Path, err, answer)
		}
	}
	return response, answer
}

func (s *server) get(t testing.TB, path, token string, want int, result any) (*http.Response, []byte) {
	t.Helper()
	return s.do(t, http.MethodGet, path, token, nil, want, result)
}

func TestEveryRouteIsDescribed(t *testing.T) {
	doc, err := document()
	if err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	a, err := newApp(t.Context(), testConfig(t, nil), quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	name := regexp.MustCompile(`:([a-z]+)`)
	served := map[string]bool{}
	for _, route := range a.web.Routes() {
		if route.Method == "echo_route_not_found" {
			continue
		}
		path := strings.Replace(name.ReplaceAllString(route.Path, "{$1}"), "*", "{path}", 1)
		served[route.Method+" "+path] = true
	}
	// One handler serves a draft in all its formats.
	for _, format := range []string{".md", ".json"} {
		served["GET /v1/drafts/{id}"+format] = true
	}
	described := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described[method+" "+path] = true
		}
	}
	for route := range served {
		if !described[route] {
			t.Errorf("%s is served and not described", route)
		}
	}
	for route := range described {
		if !served[route] {
			t.Errorf("%s is described and not served", route)
		}
	}
}
