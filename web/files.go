package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/upload"
	"github.com/parleyhq/parley/sessions"
)

// fileBody tells what was read of an uploaded file.
type fileBody struct {
	ID         string `json:"file_id"`
	Name       string `json:"name"`
	Type       string `json:"type"`
	Characters int    `json:"characters"`
	Cut        bool   `json:"cut"`
	// Withheld is how many passages the assistant will not read, and Notice
	// what the person is told of that.
	Withheld int    `json:"withheld,omitempty"`
	Notice   string `json:"notice,omitempty"`
}

// addFile reads a file that somebody uploads into a conversation: the part
// "file" of a form. Its text is kept, the file is not.
func (s *Server) addFile(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	name, data, err := uploaded(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if _, err := s.Manager.Files(ctx, who, c.Param("id")); err != nil { // before work is done for a stranger
		return err
	}
	document, err := s.Upload.Read(ctx, data)
	if err != nil {
		return err
	}
	notice, withheld, err := s.screenFile(ctx, who, c.Param("id"), document.Text)
	if err != nil {
		return err
	}
	file, err := s.Manager.AddFile(ctx, who, c.Param("id"), sessions.File{Name: name, Type: document.Type, Text: document.Text, Cut: document.Cut})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, fileBody{file.ID, file.Name, file.Type, len([]rune(file.Text)), file.Cut, withheld, notice})
}

// screenFile tells how much of a file the assistant will not read, because it
// gives instructions to whoever reads it, and refuses one of which nothing is left. What
// is kept is the whole text: a reviewer may find that there is nothing wrong with it.
func (s *Server) screenFile(ctx context.Context, who sessions.Principal, session, text string) (notice string, withheld int, err error) {
	if s.Moderation.Moderator == nil {
		return "", 0, nil
	}
	_, withheld, whole := assistant.NewGuard(s.Moderation.Moderator).File(ctx, who.Tenant, session, who.Subject, text)
	switch {
	case whole:
		return "", 0, invalid("The text of this file reads like instructions to software, with nothing beside them that could be used. Please upload it without them.")
	case withheld == 1:
		return "One passage of the file reads like an instruction to software, so it is left out. The rest is used.", 1, nil
	case withheld > 1:
		return fmt.Sprintf("%d passages of the file read like instructions to software, so they are left out. The rest is used.", withheld), withheld, nil
	}
	return "", 0, nil
}

// uploaded reads the file of a form, never more than upload.MaxBytes of it.
func uploaded(c echo.Context) (name string, data []byte, err error) {
	r := c.Request()
	if kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || kind != echo.MIMEMultipartForm {
		return "", nil, fmt.Errorf("%w: a form", errMedia)
	}
	r.Body = http.MaxBytesReader(c.Response(), r.Body, upload.MaxBytes+maxBody)
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, invalid("the form cannot be read")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return "", nil, invalid(`the form has no part "file"`)
		}
		if err != nil {
			return "", nil, formError(err)
		}
		if part.FormName() != "file" {
			continue
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return "", nil, formError(err)
		}
		return part.FileName(), data, nil
	}
}

func formError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errTooLarge
	}
	return invalid("the form cannot be read")
}
