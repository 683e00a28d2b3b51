package dialogue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/sessions"
)

// ErrServer is wrapped by errors of a server that does not do as docs/wire.md says.
var ErrServer = errors.New("dialogue: server")

// ErrRefused is wrapped by errors of documents that are not as docs/ingest.md says.
var ErrRefused = fmt.Errorf("%w: documents refused", ErrServer)

// Site is a site of a running server.
type Site struct {
	URL  string // of the server: http://127.0.0.1:8080
	Name string // the tenant
	Key  string // an operator's; "" where nothing is loaded

	// Sign makes a token as the site's own server would; nil for a site that only
	// visitors come to.
	Sign func(subject string, role sessions.Role, profile string) (string, error)
}

// Document is one to be loaded: any of the kinds of docs/ingest.md.
type Document struct {
	Kind   string
	ID     string
	Fields any // marshalled to a JSON object
}

// Load stores documents, over REST. Where some are refused, the error wraps
// ErrRefused and the others are stored.
func (s Site) Load(ctx context.Context, documents []Document) error {
	var body bytes.Buffer
	for _, d := range documents {
		line, err := d.line()
		if err != nil {
			return err
		}
		body.Write(append(line, '\n'))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/v1/documents?site="+s.Name, &body)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrServer, err)
	}
	request.Header.Set("Authorization", "Bearer "+s.Key)
	request.Header.Set("Content-Type", "application/x-ndjson")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("%w: loading documents: %w", ErrServer, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("%w: loading documents: %w", ErrServer, err)
	}
	var sum struct {
		Rejected int `json:"rejected"`
		Rejects  []struct {
			Reason string `json:"reason"`
		} `json:"rejects"`
	}
	if err := json.Unmarshal(answer, &sum); err != nil || response.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: loading documents: %s: %.200s", ErrServer, response.Status, answer)
	}
	if sum.Rejected > 0 {
		return fmt.Errorf("%w: %d of %d: %v", ErrRefused, sum.Rejected, len(documents), sum.Rejects)
	}
	return nil
}

// line is the document as a line of JSON.
func (d Document) line() ([]byte, error) {
	raw, err := json.Marshal(d.Fields)
	if err != nil {
		return nil, fmt.Errorf("dialogue: document %s: %w", d.ID, err)
	}
	fields := make(map[string]any)
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, fmt.Errorf("dialogue: document %s: %w", d.ID, err)
	}
	fields["kind"], fields["id"] = d.Kind, d.ID
	return json.Marshal(fields)
}

func (s Site) socket() string {
	return "ws" + strings.TrimPrefix(s.URL, "http") + "/v1/chat?site=" + s.Name
}

// Each calls play for each of n cases, so many at a time, until one fails.
// done is told how many have been played; nil for nobody.
func Each(ctx context.Context, n, atOnce int, done func(int), play func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, atOnce))
	var played atomic.Int64
	for i := range n {
		group.Go(func() error {
			err := play(ctx, i)
			if now := played.Add(1); done != nil {
				done(int(now))
			}
			return err
		})
	}
	return group.Wait()
}
