package web

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
	"github.com/parleyhq/parley/retrieval/loads"
)

const (
	maxUpload     = 256 << 20 // bytes of one request's documents, as sent
	maxUnpacked   = 1 << 30   // bytes of them unpacked
	maxLine       = 1 << 20   // bytes of one document
	uploadTimeout = 30 * time.Minute
	maxRejects    = 100 // rejected lines that an answer names
)

// loadBody says what became of an upload.
type loadBody struct {
	Rows     int      `json:"rows"`
	Changed  int      `json:"changed"`  // documents that are new or differ from what was stored
	Deleted  int      `json:"deleted"`  // documents that lines asked to delete, and that were there
	Masked   int      `json:"masked"`   // contacts that were taken out of texts
	Rejected int      `json:"rejected"` // rows that were not loaded
	Rejects  []reject `json:"rejects"`  // the first 100 of them
	Embedded bool     `json:"embedded"` // false: found by words only until embedding is made up for, which happens by itself
}

type reject struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// loadDocuments stores and deletes documents sent as JSON lines, each under its
// own kind or the one of the query. Broken lines are named, the others loaded:
// sending the same lines again is safe.
func (s *Server) loadDocuments(c echo.Context) error {
	o, err := s.loadOptions(c)
	if err != nil {
		return err
	}
	// A recorder in a test knows no deadlines, and needs none.
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Now().Add(uploadTimeout))
	_ = control.SetWriteDeadline(time.Now().Add(uploadTimeout + writeTimeout))
	if o.Stdin, err = unpacked(c); err != nil {
		return err
	}
	body := loadBody{Rejects: []reject{}, Embedded: true}
	o.Remark = func(r ingest.Remark) {
		if !r.Loaded && len(body.Rejects) < maxRejects {
			body.Rejects = append(body.Rejects, reject{r.Line, r.Reason})
		}
	}
	record := loads.Load{Source: "upload", By: "api", Kind: string(o.Kind), Model: s.Retriever.Embedding()}
	sum, err := loads.Keep(c.Request().Context(), s.Loads, record, o, s.Log)
	body.Rows, body.Changed, body.Deleted, body.Masked, body.Rejected = sum.Rows, sum.Changed, sum.Deleted, sum.Masked, sum.Rejected
	if errors.Is(err, retrieval.ErrNotEmbedded) {
		s.Log.Warn("documents stored without embedding", "error", err)
		body.Embedded = false
		if s.Loaded != nil {
			s.Loaded(o.Tenant)
		}
	}
	if err := loadError(err, sum); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, body)
}

// loadOptions reads who loads what.
func (s *Server) loadOptions(c echo.Context) (o ingest.Options, err error) {
	o = ingest.Options{Files: []string{"-"}, Loader: s.Retriever, Lines: true, Strict: true, MaxRow: maxLine}
	if o.Tenant, err = s.operator(c); err != nil {
		return o, err
	}
	if o.Kind = retrieval.Kind(c.QueryParam("kind")); o.Kind != "" {
		if err := checkKind(o.Kind, asker{o.Tenant, true}); err != nil {
			return o, err
		}
	}
	if mask := c.QueryParam("mask_contacts"); mask != "" {
		if o.MaskContacts, err = strconv.ParseBool(mask); err != nil {
			return o, invalid("mask_contacts is true or false.")
		}
	}
	return o, nil
}

// unpacked is a request's body, unpacked.
func unpacked(c echo.Context) (io.Reader, error) {
	r := c.Request()
	sent := http.MaxBytesReader(c.Response().Writer, r.Body, maxUpload)
	switch r.Header.Get(echo.HeaderContentEncoding) {
	case "", "identity":
		return sent, nil
	case "gzip":
		unpacked, err := gzip.NewReader(sent)
		if err != nil {
			return nil, invalid("The body is not gzipped, as its Content-Encoding says.")
		}
		return http.MaxBytesReader(c.Response().Writer, unpacked, maxUnpacked), nil
	}
	return nil, invalid("The body is plain, or gzipped with the Content-Encoding gzip.")
}

// loadError is what an upload fails with. That lines were rejected or not
// embedded is told in the answer.
func loadError(err error, sum ingest.Summary) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, ingest.ErrStopped):
		return fmt.Errorf("web: load documents: %w", err)
	case errors.As(err, &tooLarge):
		return errTooLarge
	case errors.Is(err, ingest.ErrUnreadable):
		return invalid("The upload broke off or is damaged after %d rows, of which %d are loaded.", sum.Rows, sum.Loaded+sum.Removals)
	}
	return nil
}

func (s *Server) getDocument(c echo.Context) error {
	a, err := s.asker(c)
	if err != nil {
		return err
	}
	kind := retrieval.Kind(c.Param("kind"))
	if err := checkKind(kind, a); err != nil && !s.ownProfile(c, kind) {
		return err
	}
	docs, err := s.Retriever.Documents(c.Request().Context(), a.tenant, kind, []string{c.Param("id")})
	if err != nil {
		return err
	}
	if len(docs) == 0 {
		return errNotFound
	}
	return c.JSON(http.StatusOK, docs[0])
}

// ownProfile reports whether a freelancer asks for the profile that their token names.
func (s *Server) ownProfile(c echo.Context, kind retrieval.Kind) bool {
	who, err := s.who(c)
	return err == nil && kind == retrieval.KindProfile && who.Profile != "" && who.Profile == c.Param("id")
}

func (s *Server) deleteDocument(c echo.Context) error {
	tenant, err := s.operator(c)
	if err != nil {
		return err
	}
	kind := retrieval.Kind(c.Param("kind"))
	if err := checkKind(kind, asker{tenant, true}); err != nil {
		return err
	}
	n, err := s.Retriever.Delete(c.Request().Context(), tenant, kind, []string{c.Param("id")})
	if err != nil {
		return err
	}
	if n == 0 {
		return errNotFound
	}
	return c.NoContent(http.StatusNoContent)
}
