package main

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/parleyhq/parley/sessions"
)

// addFile uploads a file and returns the answer.
func (s *server) addFile(t testing.TB, session, token, field string, content []byte) (status int, body string) {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile(field, "cv.txt")
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), "POST", s.base+"/v1/sessions/"+session+"/files", &form)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", w.FormDataContentType())
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

func TestFilesOfAConversation(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, testConfig(t, env))
		var ann, ben struct {
			Session sessions.Session
			Token   string
		}
		s.do(t, "POST", "/v1/sessions", "", object{}, http.StatusCreated, &ann)
		s.do(t, "POST", "/v1/sessions", "", object{}, http.StatusCreated, &ben)

		status, body := s.addFile(t, ann.Session.ID, ann.Token, "file", []byte("Zoë builds shops. 12 of them since 2020."))
		if status != http.StatusCreated || !strings.Contains(body, `"type":"text"`) || !strings.Contains(body, `"characters":40`) {
			t.Fatalf("%d %s", status, body)
		}
		_, id, _ := strings.Cut(body, `"file_id":"`)
		id, _, _ = strings.Cut(id, `"`)

		for name, c := range map[string]struct {
			session, token, field string
			content               []byte
			want                  int
		}{
			"without a token":     {ann.Session.ID, "", "file", []byte("x"), http.StatusUnauthorized},
			"by somebody else":    {ann.Session.ID, ben.Token, "file", []byte("x"), http.StatusNotFound},
			"into no session":     {"none", ann.Token, "file", []byte("x"), http.StatusNotFound},
			"under another name":  {ann.Session.ID, ann.Token, "photo", []byte("x"), http.StatusBadRequest},
			"an image":            {ann.Session.ID, ann.Token, "file", []byte("\x89PNG\r\n\x1a\n\x00\x00"), http.StatusUnsupportedMediaType},
			"a broken PDF":        {ann.Session.ID, ann.Token, "file", []byte("%PDF-1.4 nothing"), http.StatusUnprocessableEntity},
			"nothing":             {ann.Session.ID, ann.Token, "file", nil, http.StatusUnprocessableEntity},
			"more than may be":    {ann.Session.ID, ann.Token, "file", bytes.Repeat([]byte("x"), 6<<20), http.StatusRequestEntityTooLarge},
			"just over the limit": {ann.Session.ID, ann.Token, "file", bytes.Repeat([]byte("x"), 5<<20+1), http.StatusRequestEntityTooLarge},
		} {
			if got, body := s.addFile(t, c.session, c.token, c.field, c.content); got != c.want {
				t.Errorf("%s: %d %s", name, got, body)
			}
		}

		c := dial(t, s, "default", object{"token": ann.Token, "session": ann.Session.ID})
		c.write(object{"type": "message.create", "id": "1", "message_id": "m1", "text": "I need a logo for my bakery, about $300", "attachments": []string{id}, "context": object{"job_post_id": "p1"}})
		created := c.until("the message", func(f frame) bool { return f.Type == "message.created" })
		if m := created.Message; len(m.Attachments) != 1 || m.Attachments[0].ID != id || m.Attachments[0].Name != "cv.txt" || m.JobPost != "p1" {
			t.Errorf("message %+v", m)
		}
		c.until("the end", func(f frame) bool { return f.Type == "response.completed" })

		other := dial(t, s, "default", object{"token": ben.Token, "session": ben.Session.ID})
		other.write(object{"type": "message.create", "id": "2", "message_id": "m2", "text": "take this", "attachments": []string{id}})
		if f := other.until("a refusal", func(f frame) bool { return f.Type == "reply" && f.ID == "2" }); f.Error == nil || f.Error.Code != "invalid" {
			t.Errorf("another's file: %+v", f)
		}

		var export struct{ Files []sessions.File }
		s.get(t, "/v1/sessions/"+ann.Session.ID+"/export", ann.Token, http.StatusOK, &export)
		if len(export.Files) != 1 || export.Files[0].Text != "Zoë builds shops. 12 of them since 2020." {
			t.Errorf("export %+v", export.Files)
		}
		for i := range sessions.MaxFiles {
			status, body = s.addFile(t, ann.Session.ID, ann.Token, "file", fmt.Appendf(nil, "file %d", i))
		}
		if status != http.StatusRequestEntityTooLarge {
			t.Errorf("one file too many: %d %s", status, body)
		}
	})
}
