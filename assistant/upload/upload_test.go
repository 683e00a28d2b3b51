package upload_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/upload"
)

// TestMain lets the test binary be the process that reads PDFs.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "read-pdf" {
		os.Exit(upload.PDF(os.Stdin, os.Stdout, os.Exit))
	}
	goleak.VerifyTestMain(m)
}

func reader(t testing.TB) *upload.Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return upload.NewReader(self, "read-pdf")
}

// pdfOf makes a PDF of one page with a content stream, which may be packed.
func pdfOf(stream []byte, filter string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>")
	object("<< /Length %d %s >>\nstream\n%s\nendstream", len(stream), filter, stream)
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}

const page = `BT /F1 12 Tf 50 700 Td (Drainage engineer) Tj 0 -20 Td (24 projects since 2016) Tj ET`

func packed(text []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

func docxOf(t *testing.T, name, xml string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(xml)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func document(body string) string {
	return `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`
}

func TestRead(t *testing.T) {
	r := reader(t)
	for name, c := range map[string]struct {
		data []byte
		kind string
		want string
	}{
		"pdf":          {pdfOf([]byte(page), ""), "pdf", "Drainage engineer\n24 projects since 2016"},
		"packed pdf":   {pdfOf(packed([]byte(page)), "/Filter /FlateDecode"), "pdf", "Drainage engineer\n24 projects since 2016"},
		"docx":         {docxOf(t, "word/document.xml", document(`<w:p><w:r><w:t>Born in </w:t></w:r><w:r><w:t>Ghent</w:t></w:r></w:p><w:p><w:r><w:t>A</w:t><w:tab/><w:t>B &amp; C</w:t></w:r></w:p>`)), "docx", "Born in Ghent\nA\tB & C"},
		"utf-8":        {[]byte("\ufeffZoë, 3 jobs\r\n\r\n\r\n\r\nLast line  "), "text", "Zoë, 3 jobs\n\nLast line"},
		"utf-16":       {[]byte("\xff\xfeZ\x00o\x00\xeb\x00"), "text", "Zoë"},
		"windows-1252": {[]byte("Caf\xe9 \x80 40 an hour"), "text", "Café € 40 an hour"},
		"controls":     {[]byte("a\x07b\u202ec"), "text", "abc"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := r.Read(t.Context(), c.data)
			if err != nil || d.Type != c.kind || d.Text != c.want || d.Cut {
				t.Errorf("%+v, %v, want %q", d, err, c.want)
			}
		})
	}
}

func TestBadFiles(t *testing.T) {
	r := reader(t)
	loop := bytes.Replace(pdfOf([]byte(page), ""), []byte("/Kids [3 0 R] /Count 1"), []byte("/Kids [2 0 R] /Count 9"), 1)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":            {nil, upload.ErrEmpty},
		"only space":         {[]byte(" \n\t "), upload.ErrEmpty},
		"an image":           {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), upload.ErrType},
		"an old Word file":   {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 512)...), upload.ErrType},
		"a zip":              {docxOf(t, "a.txt", "hello"), upload.ErrType},
		"too large":          {bytes.Repeat([]byte("a"), upload.MaxBytes+1), upload.ErrTooLarge},
		"a docx bomb":        {docxOf(t, "word/document.xml", document(strings.Repeat(" ", 30<<20))), upload.ErrTooLarge},
		"a docx in pieces":   {docxOf(t, "word/document.xml", document(`<w:p><w:r><w:t>x`)), upload.ErrBroken},
		"half a zip":         {docxOf(t, "word/document.xml", document(`<w:p/>`))[:60], upload.ErrBroken},
		"half a pdf":         {pdfOf([]byte(page), "")[:200], upload.ErrBroken},
		"a pdf in name only": {[]byte("%PDF-1.7 and nothing else"), upload.ErrBroken},
		"a pdf of scans":     {pdfOf([]byte("q Q"), ""), upload.ErrEmpty},
		"pages in a circle":  {loop, upload.ErrBroken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := r.Read(t.Context(), c.data)
			if !errors.Is(err, c.want) {
				t.Errorf("%+v, %v, want %v", d, err, c.want)
			}
		})
	}
}

// TestPDFBomb checks that a small file which unpacks to very much text ends
// soon, with an error or with its beginning.
func TestPDFBomb(t *testing.T) {
	t.Parallel()
	line := []byte("BT /F1 12 Tf 50 700 Td (" + strings.Repeat("a", 10_000) + ") Tj ET\n")
	d, err := reader(t).Read(t.Context(), pdfOf(packed(bytes.Repeat(line, 6_000)), "/Filter /FlateDecode"))
	if err != nil && !errors.Is(err, upload.ErrBroken) || err == nil && !d.Cut {
		t.Errorf("%d bytes, cut %v, %v", len(d.Text), d.Cut, err)
	}
}

func TestLongText(t *testing.T) {
	d, err := reader(t).Read(t.Context(), []byte(strings.Repeat("Zoë wrote this. ", 30_000)))
	if err != nil || !d.Cut || len(d.Text) > upload.MaxText {
		t.Errorf("%d bytes, cut %v, %v", len(d.Text), d.Cut, err)
	}
}

func TestWithoutACommandNoPDF(t *testing.T) {
	if _, err := upload.NewReader().Read(t.Context(), pdfOf([]byte(page), "")); !errors.Is(err, upload.ErrType) {
		t.Error(err)
	}
}

func FuzzDocx(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	r := upload.NewReader()
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := r.Read(t.Context(), data); err == nil && (d.Text == "" || len(d.Text) > upload.MaxText) {
			t.Errorf("%d bytes", len(d.Text))
		}
	})
}
