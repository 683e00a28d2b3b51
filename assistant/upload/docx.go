package upload

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// docx reads the text of a Word document: paragraphs as lines, cells of tables
// parted by tabs. Headers, footnotes and comments are left out.
func docx(data []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	for _, file := range archive.File {
		if file.Name != "word/document.xml" {
			continue
		}
		body, err := file.Open()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrBroken, err)
		}
		defer body.Close()
		return paragraphs(&limited{body, maxXML})
	}
	return "", ErrType
}

// limited fails when more is read than it may be.
type limited struct {
	from io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, fmt.Errorf("%w: unpacked", ErrTooLarge)
	}
	return n, err
}

// word is the namespace of a document's own elements, the usual and the strict one.
func word(name xml.Name) bool {
	return name.Space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" || name.Space == "http://purl.oclc.org/ooxml/wordprocessingml/main"
}

func paragraphs(r io.Reader) (string, error) {
	decoder := xml.NewDecoder(r)
	var text strings.Builder
	inText := false
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return text.String(), nil
		case errors.Is(err, ErrTooLarge):
			return "", err
		case err != nil:
			return "", fmt.Errorf("%w: %w", ErrBroken, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !word(t.Name) {
				continue
			}
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				text.WriteByte('\t')
			case "br", "cr":
				text.WriteByte('\n')
			}
		case xml.EndElement:
			if !word(t.Name) {
				continue
			}
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				text.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
		if text.Len() > 2*MaxText {
			return text.String(), nil
		}
	}
}
