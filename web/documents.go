package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval"
)

const (
	maxUpload     = 256 << 20 // bytes of one request's documents
	maxLine       = 1 << 20   // bytes of one document
	loadAtOnce    = 256       // documents between two writes
	uploadTimeout = 30 * time.Minute
	maxRejects    = 100 // rejected lines that an answer names
)

// loadBody says what became of an upload.
type loadBody struct {
	Rows     int      `json:"rows"`
	Changed  int      `json:"changed"`  // documents that are new or differ from what was stored
	Rejected int      `json:"rejected"` // rows that were not loaded
	Rejects  []reject `json:"rejects"`  // the first 100 of them
	Embedded bool     `json:"embedded"` // false: found by words only until embedding is made up for, which happens by itself
}

type reject struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// loadDocuments stores documents sent as JSON lines, each under its own kind or
// the one of the query. Broken lines are named, the others loaded: sending the
// same lines again is safe.
func (s *Server) loadDocuments(c echo.Context) error {
	tenant, err := s.operator(c)
	if err != nil {
		return err
	}
	kind := retrieval.Kind(c.QueryParam("kind"))
	if kind != "" {
		if err := checkKind(kind, asker{tenant, true}); err != nil {
			return err
		}
	}
	// A recorder in a test knows no deadlines, and needs none.
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Now().Add(uploadTimeout))
	_ = control.SetWriteDeadline(time.Now().Add(uploadTimeout + writeTimeout))
	load := &loading{server: s, tenant: tenant, kind: kind, body: loadBody{Rejects: []reject{}, Embedded: true}}
	body := http.MaxBytesReader(c.Response().Writer, c.Request().Body, maxUpload)
	if err := load.read(c.Request().Context(), bufio.NewReaderSize(body, maxLine)); err != nil {
		return err
	}
	if !load.body.Embedded && s.Loaded != nil {
		s.Loaded(tenant)
	}
	return c.JSON(http.StatusOK, load.body)
}

// loading is an upload being read.
type loading struct {
	server *Server
	tenant string
	kind   retrieval.Kind
	docs   []retrieval.Document
	body   loadBody
}

func (l *loading) read(ctx context.Context, lines *bufio.Reader) error {
	for number := 1; ; number++ {
		line, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			l.reject(number, "longer than 1 MiB")
			err = skipLine(lines)
		case len(bytes.TrimSpace(line)) > 0:
			l.take(number, bytes.TrimSpace(line))
		}
		if len(l.docs) >= loadAtOnce {
			if err := l.store(ctx); err != nil {
				return err
			}
		}
		if err != nil {
			return l.end(ctx, err)
		}
	}
}

// end stores what is left when reading has ended, be it in the midst.
func (l *loading) end(ctx context.Context, cause error) error {
	if err := l.store(ctx); err != nil {
		return err
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(cause, &tooLarge):
		return errTooLarge
	case errors.Is(cause, io.EOF):
		return nil
	}
	return invalid("The upload broke off after %d rows, which are loaded.", l.body.Rows)
}

func skipLine(lines *bufio.Reader) error {
	for {
		if _, err := lines.ReadSlice('\n'); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

func (l *loading) take(number int, line []byte) {
	d, err := retrieval.DecodeDocument(line, l.kind)
	if err != nil {
		l.reject(number, problemOf(err).Detail)
		return
	}
	l.body.Rows++
	l.docs = append(l.docs, d)
}

func (l *loading) reject(number int, reason string) {
	l.body.Rows++
	l.body.Rejected++
	if len(l.body.Rejects) < maxRejects {
		l.body.Rejects = append(l.body.Rejects, reject{number, reason})
	}
}

func (l *loading) store(ctx context.Context) error {
	if len(l.docs) == 0 {
		return nil
	}
	changed, err := l.server.Retriever.Load(ctx, l.tenant, l.docs)
	l.docs = l.docs[:0]
	l.body.Changed += changed
	if errors.Is(err, retrieval.ErrNotEmbedded) {
		l.server.Log.Warn("documents stored without embedding", "error", err)
		l.body.Embedded = false
		return nil
	}
	if err != nil {
		return fmt.Errorf("web: load documents: %w", err)
	}
	return nil
}

func (s *Server) getDocument(c echo.Context) error {
	a, err := s.asker(c)
	if err != nil {
		return err
	}
	kind := retrieval.Kind(c.Param("kind"))
	if err := checkKind(kind, a); err != nil {
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
