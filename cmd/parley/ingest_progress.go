package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/parleyhq/parley/retrieval/ingest"
)

// progressBar tells on a terminal how far a loading is, with its rate and the
// time left. Elsewhere it says nothing: the summary does.
type progressBar struct {
	w     io.Writer // nil for none
	width func() int
	drawn bool
	last  time.Time
}

const redraw = 100 * time.Millisecond

func newProgressBar(w io.Writer, quiet bool) *progressBar {
	file, ok := w.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(file.Fd())) {
		return &progressBar{}
	}
	return &progressBar{w: w, width: func() int {
		width, _, err := term.GetSize(int(file.Fd()))
		if err != nil || width <= 0 {
			return 80
		}
		return width
	}}
}

// tell draws the bar, at most every 100 ms.
func (b *progressBar) tell(p ingest.Progress) {
	if b.w == nil || time.Since(b.last) < redraw {
		return
	}
	b.last, b.drawn = time.Now(), true
	fmt.Fprint(b.w, "\r\x1b[K"+progressLine(p, b.width()-1))
}

// clear takes the bar away, before something else is written.
func (b *progressBar) clear() {
	if b.drawn {
		fmt.Fprint(b.w, "\r\x1b[K")
		b.drawn = false
		b.last = time.Time{}
	}
}

// progressLine writes the bar in so many columns.
func progressLine(p ingest.Progress, width int) string {
	text := fmt.Sprintf("%d rows", p.Rows)
	if seconds := p.Took.Seconds(); seconds > 0 {
		text += fmt.Sprintf("  %.0f a second", float64(p.Rows)/seconds)
	}
	if p.Rejected > 0 {
		text += fmt.Sprintf("  %d refused", p.Rejected)
	}
	if p.Size <= 0 {
		return cut(text, width)
	}
	share := min(1, float64(p.Read)/float64(p.Size))
	if share > 0.01 {
		left := time.Duration(float64(p.Took) * (1 - share) / share).Round(time.Second)
		text += fmt.Sprintf("  %d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
	}
	const cells = 24
	full := int(share * cells)
	bar := fmt.Sprintf("[%s%s] %3.0f%%  ", strings.Repeat("=", full), strings.Repeat(" ", cells-full), 100*share)
	if len(bar)+len(text) > width {
		bar = fmt.Sprintf("%3.0f%%  ", 100*share)
	}
	return cut(bar+text, width)
}

func cut(text string, width int) string { return text[:max(0, min(len(text), width))] }
