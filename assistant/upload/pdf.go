package upload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

const (
	pdfPatience = 5 * time.Second  // after which no further page is begun
	pdfStuck    = 8 * time.Second  // after which its process gives up
	pdfTimeout  = 12 * time.Second // after which it is killed
	pdfMemory   = 400 << 20        // of the process that reads it, in bytes
)

// How the process that reads a PDF ends.
const (
	exitBroken    = 10
	exitEncrypted = 11
	exitMemory    = 12
	exitCut       = 13 // with the text of the first pages
)

// pdf has the command read a PDF. At most two are read at once.
func (r *Reader) pdf(ctx context.Context, data []byte) (text string, cut bool, err error) {
	if len(r.command) == 0 {
		return "", false, fmt.Errorf("%w: PDFs are not read here", ErrType)
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return "", false, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.command[0], r.command[1:]...)
	cmd.Env = []string{"PATH=/nonexistent", "GOMAXPROCS=1"} // no secret of the server's goes there
	cmd.Stdin = bytes.NewReader(data)
	cmd.WaitDelay = time.Second
	out := &capped{left: 2 * MaxText}
	cmd.Stdout = out
	err = cmd.Run()
	if ctx.Err() != nil {
		return "", false, fmt.Errorf("%w: it takes too long", ErrBroken)
	}
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out.String(), out.left == 0, nil
	case errors.As(err, &exit) && exit.ExitCode() == exitCut:
		return out.String(), true, nil
	case errors.As(err, &exit) && exit.ExitCode() == exitEncrypted:
		return "", false, ErrEncrypted
	case errors.As(err, &exit):
		return "", false, fmt.Errorf("%w: the PDF is damaged or too large", ErrBroken)
	}
	return "", false, fmt.Errorf("upload: reading a PDF: %w", err)
}

// capped keeps the beginning of what is written, and takes the rest.
type capped struct {
	strings.Builder
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	n := len(p)
	p = p[:min(n, c.left)]
	c.left -= len(p)
	c.Builder.Write(p)
	return n, nil
}

// PDF reads a PDF from in and writes its text to out. It is the whole of a
// process: the code that it returns is the one to exit with, and when it takes
// too much memory or time it ends at once by calling exit.
func PDF(in io.Reader, out io.Writer, exit func(code int)) (code int) {
	defer func() {
		if recover() != nil { // the library panics on some damaged files
			code = exitBroken
		}
	}()
	stop := make(chan struct{})
	defer close(stop)
	go watch(stop, exit)
	data, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil || len(data) > MaxBytes {
		return exitBroken
	}
	document, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return exitEncrypted
	case err != nil:
		return exitBroken
	}
	begun := time.Now()
	for i := 1; i <= document.NumPage(); i++ {
		if i > maxPages || time.Since(begun) > pdfPatience {
			return exitCut
		}
		if err := writePage(out, document.Page(i)); err != nil {
			return exitBroken
		}
	}
	return 0
}

// writePage writes a page in the order in which it was made, a line for each
// height on it. Files say where glyphs stand and not where words end, so gaps
// become spaces.
func writePage(out io.Writer, page pdf.Page) error {
	if page.V.IsNull() {
		return nil
	}
	var text strings.Builder
	var last pdf.Text
	run, count := 0.0, 0.0 // where the present run of glyphs began, and how many it has
	ends := runEnds(page)
	for _, glyph := range page.Content().Text {
		switch {
		case glyph.S == ends[glyph.Font] || glyph.S == "\n":
			continue
		case text.Len() == 0:
		case math.Abs(glyph.Y-last.Y) > max(2, glyph.FontSize/3):
			text.WriteByte('\n')
			run, count = glyph.X, 0
		case glyph.X != last.X:
			text.WriteString(gap(glyph, last, run, count))
			run, count = glyph.X, 0
		}
		if text.Len() == 0 {
			run = glyph.X
		}
		text.WriteString(glyph.S)
		last, count = glyph, count+1
	}
	_, err := fmt.Fprintln(out, text.String()+"\n")
	return err
}

// runEnds is, for each font, what the line feed becomes that the library adds
// to every run of glyphs: fonts with codes of their own make a letter of it.
func runEnds(page pdf.Page) map[string]string {
	ends := make(map[string]string)
	for _, name := range page.Fonts() {
		font := page.Font(name)
		base := font.BaseFont()
		if _, after, ok := strings.Cut(base, "+"); ok { // as the library names it
			base = after
		}
		if encoder := font.Encoder(); encoder != nil {
			ends[base] = encoder.Decode("\n")
		}
	}
	return ends
}

// halfEm is the width of a usual glyph for its height, for fonts that do not
// say: their glyphs all stand where their run begins.
const halfEm = 0.5

// gap is what stands between two glyphs of a line: nothing, a space, or a tab
// where a column begins.
func gap(next, last pdf.Text, run, count float64) string {
	end := last.X + last.W
	if last.W == 0 {
		end = run + count*halfEm*last.FontSize
	}
	wide := next.X - end
	switch {
	case strings.HasSuffix(last.S, " ") || next.S == " ":
		return ""
	case wide > 1.5*last.FontSize:
		return "\t"
	case last.W > 0 && wide > 0.2*last.FontSize:
		return " "
	case last.W == 0 && isWord(last.S) && isWord(next.S): // runs seldom part a word
		return " "
	}
	return ""
}

func isWord(glyph string) bool {
	r, _ := utf8.DecodeRuneInString(glyph)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// watch ends a process that takes too much memory, or that is stuck in a page.
func watch(stop <-chan struct{}, exit func(int)) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	stuck := time.NewTimer(pdfStuck)
	defer stuck.Stop()
	var m runtime.MemStats
	for {
		select {
		case <-stop:
			return
		case <-stuck.C:
			exit(exitBroken)
			return
		case <-tick.C:
			if runtime.ReadMemStats(&m); m.HeapAlloc > pdfMemory {
				exit(exitMemory)
				return
			}
		}
	}
}
