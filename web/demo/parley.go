package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// parley is Parley's API, as this site uses it with its key.
type parley struct {
	base, key string
	client    *http.Client
}

// errNotFound means that Parley has nothing of the kind.
var errNotFound = errors.New("demo: not found")

const maxAnswer = 8 << 20 // bytes

func newParley(base, key string) parley {
	return parley{base, key, &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second}}}
}

// call sends a request and decodes what is answered into result, unless that is nil.
func (p parley) call(ctx context.Context, method, path string, body, result any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("demo: %s: %w", path, err)
	}
	return p.send(ctx, method, path, "application/json", encoded, result)
}

func (p parley) send(ctx context.Context, method, path, media string, body []byte, result any) error {
	r, err := http.NewRequestWithContext(ctx, method, p.base+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("demo: %s: %w", path, err)
	}
	r.Header.Set("Authorization", "Bearer "+p.key)
	r.Header.Set("Content-Type", media)
	answer, err := p.client.Do(r)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	switch {
	case err != nil:
		return fmt.Errorf("demo: %s: %w", path, err)
	case answer.StatusCode == http.StatusNotFound:
		return errNotFound
	case answer.StatusCode >= 300:
		return fmt.Errorf("demo: %s: status %d: %.200s", path, answer.StatusCode, content)
	case result == nil:
		return nil
	}
	if err := json.Unmarshal(content, result); err != nil {
		return fmt.Errorf("demo: %s: %w", path, err)
	}
	return nil
}

// newest returns the newest jobs that Parley has of this market.
func (p parley) newest(ctx context.Context, n int) ([]document, error) {
	var found struct {
		Hits []struct {
			ID, Title, Snippet string
			Data               document
		}
	}
	if err := p.call(ctx, http.MethodPost, "/v1/search", map[string]any{"kind": "job_post", "limit": n}, &found); err != nil {
		return nil, err
	}
	jobs := make([]document, len(found.Hits))
	for i, hit := range found.Hits {
		jobs[i] = hit.Data
		jobs[i].ID, jobs[i].Title, jobs[i].Description = hit.ID, hit.Title, hit.Snippet
	}
	return jobs, nil
}

// job returns one of them, or errNotFound.
func (p parley) job(ctx context.Context, id string) (d document, err error) {
	err = p.call(ctx, http.MethodGet, "/v1/documents/job_post/"+url.PathEscape(id), nil, &d)
	return d, err
}

// profile returns a freelancer's, or errNotFound.
func (p parley) profile(ctx context.Context, id string) (found profile, err error) {
	err = p.call(ctx, http.MethodGet, "/v1/documents/profile/"+url.PathEscape(id), nil, &found)
	return found, err
}

// load has Parley know a job of this market.
func (p parley) load(ctx context.Context, j Job) error {
	line, err := json.Marshal(j.document())
	if err != nil {
		return fmt.Errorf("demo: load: %w", err)
	}
	return p.send(ctx, http.MethodPost, "/v1/documents", "application/x-ndjson", line, nil)
}

// catchUp takes what was published while this site was away. Webhooks alone would
// do, as long as one misses none for more than a day.
func (s *Site) catchUp(ctx context.Context) error {
	for {
		var list struct {
			Drafts []draft
			Next   string
		}
		if err := s.parley.call(ctx, http.MethodGet, "/v1/drafts?cursor="+url.QueryEscape(s.cursor), nil, &list); err != nil {
			return err
		}
		for _, d := range list.Drafts {
			if err := s.answer(ctx, d); err != nil && !errors.Is(err, errNotFound) { // it may have been deleted since
				return err
			}
		}
		s.cursor = list.Next
		if len(list.Drafts) == 0 {
			return nil
		}
	}
}

// answer makes a job of a draft and tells Parley where it stands, if it was not told so before.
func (s *Site) answer(ctx context.Context, d draft) error {
	job := s.take(ctx, d)
	if job == nil || d.URL == s.address(*job) {
		return nil
	}
	return s.parley.call(ctx, http.MethodPut, "/v1/drafts/"+url.PathEscape(d.ID)+"/published",
		map[string]any{"version": d.Version, "url": s.address(*job)}, nil)
}
