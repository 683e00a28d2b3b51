package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Limits of a batch. Its lines are in memory while it is judged.
const (
	mediaLines   = "application/x-ndjson"
	maxBatch     = 16 << 20 // bytes
	maxMessages  = 10_000
	batchChunk   = 256 // lines that are judged together
	batchWorkers = 8   // most of their time they wait for cases to be stored
	mostBatches  = 4
	batchReading = 2 * time.Minute
	// Once a case could not be stored, the others of the batch wait no longer
	// than this for the database: a sender who may ask again soon is better off.
	batchPatience = 200 * time.Millisecond
)

// batch is a batch of messages of one site.
type batch struct {
	server         *Server
	tenant, locale string
	down           atomic.Bool // a case could not be stored
}

// batchLine is a line of a batch, and then of its answer.
type batchLine struct {
	number  int
	raw     []byte
	request checkRequest
	answer  checkAnswer
	err     error
}

// checkBatch judges JSON lines and answers each with a line, in their order. A
// line that is broken or cannot be stored has its error in the answer, and the rest goes on.
func (s *Server) checkBatch(c echo.Context, tenant string) error {
	select {
	case s.batches <- struct{}{}:
		defer func() { <-s.batches }()
	default:
		return errBusy
	}
	// A recorder in a test knows no deadlines, and needs none.
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Now().Add(batchReading))
	lines, err := readBatch(c)
	if err != nil {
		return err
	}
	b := batch{server: s, tenant: tenant, locale: c.QueryParam("locale")}
	c.Response().Header().Set(echo.HeaderContentType, mediaLines)
	c.Response().WriteHeader(http.StatusOK)
	ctx := c.Request().Context()
	for from := 0; from < len(lines) && ctx.Err() == nil; from += batchChunk {
		chunk := lines[from:min(from+batchChunk, len(lines))]
		b.judge(ctx, chunk)
		_ = control.SetWriteDeadline(time.Now().Add(writeTimeout))
		if err := writeBatch(c.Response(), chunk); err != nil {
			return err // whoever asked is gone
		}
		_ = control.Flush()
		clear(chunk) // what is answered need not be kept
	}
	return nil
}

// readBatch reads all lines first: a client that sends them all before it reads an
// answer would otherwise wait for us, and we for it.
func readBatch(c echo.Context) ([]batchLine, error) {
	body, err := unpacked(c)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(body, maxBatch+1))
	switch {
	case err != nil:
		return nil, bodyError(err)
	case len(content) > maxBatch:
		return nil, fmt.Errorf("%w: a batch", errLargeBatch)
	}
	var lines []batchLine
	number := 0
	for raw := range bytes.Lines(content) {
		number++
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
			continue
		}
		if len(lines) == maxMessages {
			return nil, fmt.Errorf("%w: a batch", errLargeBatch)
		}
		lines = append(lines, batchLine{number: number, raw: raw})
	}
	if len(lines) == 0 {
		return nil, invalid("The body is empty.")
	}
	return lines, nil
}

// judge judges lines side by side, those of one id after another.
func (b *batch) judge(ctx context.Context, lines []batchLine) {
	var shares [batchWorkers][]*batchLine
	for i := range lines {
		line := &lines[i]
		line.read()
		hash := fnv.New32a()
		hash.Write([]byte(line.request.ID))
		at := hash.Sum32() % batchWorkers
		shares[at] = append(shares[at], line)
	}
	var working sync.WaitGroup
	for _, share := range shares {
		working.Go(func() {
			for _, line := range share {
				if line.err == nil {
					line.answer, line.err = b.check(ctx, line.request)
				}
			}
		})
	}
	working.Wait()
}

func (l *batchLine) read() {
	if len(l.raw) > maxMessage {
		l.err = errTooLarge
		return
	}
	l.err = decode(json.NewDecoder(bytes.NewReader(l.raw)), &l.request)
}

// check judges one message. A panic is that message's error: it must not end the
// process, as it would outside of the handler's goroutine.
func (b *batch) check(ctx context.Context, r checkRequest) (answer checkAnswer, err error) {
	defer func() {
		if r := recover(); r != nil {
			b.server.Metrics.panics.Inc()
			b.server.Log.Error("panic", "route", "/v1/moderation/check", "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	if b.down.Load() {
		hurried, cancel := context.WithTimeout(ctx, batchPatience)
		defer cancel()
		ctx = hurried
	}
	answer, err = b.server.check(ctx, b.tenant, b.locale, r)
	switch {
	case err != nil && problemOf(err).Temporary:
		b.down.Store(true)
	case err == nil && answer.Case != "":
		b.down.Store(false)
	}
	return answer, err
}

// writeBatch writes the answers of lines.
func writeBatch(to io.Writer, lines []batchLine) error {
	out := bufio.NewWriter(to)
	encoder := json.NewEncoder(out)
	for _, l := range lines {
		var answer any = l.answer
		if l.err != nil {
			answer = l.refused()
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
	return out.Flush()
}

// refusedLine is the answer to a line that was not judged.
type refusedLine struct {
	Line  int         `json:"line"` // from 1
	ID    string      `json:"id,omitempty"`
	Error lineProblem `json:"error"`
}

// lineProblem is what a line's error tells: as the Problem of a frame.
type lineProblem struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	Temporary bool   `json:"temporary"`
}

func (l *batchLine) refused() refusedLine {
	p := problemOf(l.err)
	if errors.Is(l.err, errTooLarge) {
		p.Message = "The line is too large."
	}
	id := l.request.ID
	if !moderation.Key(id) {
		id = ""
	}
	return refusedLine{l.number, id, lineProblem{p.Code, strings.Replace(p.Message, "The body", "The line", 1), p.Temporary}}
}
