package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/parleyhq/parley/web/hooks"
)

const (
	maxEvent     = 2 << 20 // bytes
	mostReceived = 50      // events that are kept to be shown
)

// receipt is an event that came, as the page shows it.
type receipt struct {
	ID       string
	At       time.Time
	Type     string
	Verified bool
	Again    bool   // it had come before
	Data     string // as JSON, to be read
	Job      *Job   // that was made of it, nil for none
	URL      string // that was answered
}

// event is what Parley sends, as far as this site uses it.
type event struct {
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

// webhook receives what Parley tells. It checks the signature over the body as it
// came, keeps a job of each post that was published, and answers with its page.
func (s *Site) webhook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEvent))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	got := receipt{ID: r.Header.Get(hooks.HeaderID), At: time.Now(), Verified: true}
	if err := hooks.Verify(r.Header, body, got.At, s.cfg.WebhookSecret); err != nil {
		s.note(receipt{At: got.At}) // nothing else of it is believed
		http.Error(w, "the signature is wrong", http.StatusUnauthorized)
		return
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, "this is not JSON", http.StatusBadRequest)
		return
	}
	got.Type, got.Data = e.Type, indented(e.Data)
	if e.Type == hooks.DraftPublished {
		var d draft
		if err := json.Unmarshal(e.Data, &d); err != nil {
			http.Error(w, "this is no draft", http.StatusBadRequest)
			return
		}
		got.Job = s.take(r.Context(), d)
	}
	if got.Job != nil {
		got.URL = s.address(*got.Job)
	}
	s.note(got)
	if got.URL == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"url": got.URL}) // if Parley is gone, it asks again
}

// take makes a job of a draft, in the place of an earlier version of it, and
// returns it; nil for a draft that is no job post. The same draft again makes the
// same job: an event may come twice.
func (s *Site) take(ctx context.Context, d draft) *Job {
	if d.Kind != "job_post" {
		return nil
	}
	job := newJob(d)
	s.mu.Lock()
	for i := range s.jobs {
		if s.jobs[i].ID == job.ID {
			if s.jobs[i].Version > job.Version {
				job = s.jobs[i] // an old version that comes late
			}
			s.jobs = append(s.jobs[:i], s.jobs[i+1:]...)
			break
		}
	}
	s.jobs = append([]Job{job}, s.jobs...)
	s.mu.Unlock()
	// Parley shall know the job, for those who want help to apply. Without it the
	// page stands all the same.
	if err := s.parley.load(ctx, job); err != nil {
		s.cfg.Log.Warn("demo site: load a job into Parley", "job", job.ID, "error", err)
	}
	return &job
}

// address is where a job stands.
func (s *Site) address(j Job) string { return s.cfg.Origins[0] + "/jobs/" + j.ID }

func (s *Site) note(r receipt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, before := range s.received {
		r.Again = r.Again || r.Verified && before.ID == r.ID
	}
	s.received = append([]receipt{r}, s.received...)
	s.received = s.received[:min(len(s.received), mostReceived)]
}

// indented is JSON as people read it.
func indented(data json.RawMessage) string {
	var text bytes.Buffer
	if json.Indent(&text, data, "", "  ") != nil {
		return ""
	}
	return text.String()
}
