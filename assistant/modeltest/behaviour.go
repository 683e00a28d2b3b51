package modeltest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const modelName = "scripted-1"

// Answer streams a text word by word, with a finish reason and usage, as a
// well-behaved server does.
func Answer(text string) Behaviour { return Stream(Pieces(text), "stop", true) }

// Unmetered streams a text and does not say what it used.
func Unmetered(text string) Behaviour { return Stream(Pieces(text), "stop", false) }

// Ends streams a text that ends for another reason: length, content_filter.
func Ends(text, reason string) Behaviour { return Stream(Pieces(text), reason, true) }

// Stream streams pieces as they are, a chunk each.
func Stream(pieces []string, reason string, usage bool) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		begin(w)
		for _, piece := range pieces {
			event(w, delta(piece))
		}
		event(w, ended(reason))
		if usage {
			event(w, used(len(pieces)))
		}
		done(w)
	}
}

// Choose behaves as a function says for the body of a request.
func Choose(choose func(body []byte) Behaviour) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, quit <-chan struct{}) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		choose(body)(w, r, quit)
	}
}

// Cut streams a text and ends the body without a finish reason.
func Cut(text string) Behaviour {
	return Raw(text)
}

// Reset streams a text and breaks the connection.
func Reset(text string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		if text != "" {
			begin(w)
			say(w, text)
		}
		panic(http.ErrAbortHandler)
	}
}

// Stall streams a text, "" for none, and then falls silent until the client goes.
func Stall(text string) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, quit <-chan struct{}) {
		if text != "" {
			begin(w)
			say(w, text)
		}
		wait(r, quit)
	}
}

// StallAfterFinish gives a whole answer with its finish reason, and keeps the
// stream open without usage.
func StallAfterFinish(text string) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, quit <-chan struct{}) {
		begin(w)
		say(w, text)
		event(w, ended("stop"))
		wait(r, quit)
	}
}

// Drip streams a text with a pause before each word.
func Drip(text string, pause time.Duration) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, quit <-chan struct{}) {
		begin(w)
		for _, piece := range Pieces(text) {
			select {
			case <-time.After(pause):
			case <-r.Context().Done():
				return
			case <-quit:
				return
			}
			event(w, delta(piece))
		}
		event(w, ended("stop"))
		done(w)
	}
}

// KeepAlive sends chunks without text until the client goes.
func KeepAlive(pause time.Duration) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, quit <-chan struct{}) {
		begin(w)
		for {
			event(w, delta(""))
			select {
			case <-time.After(pause):
			case <-r.Context().Done():
				return
			case <-quit:
				return
			}
		}
	}
}

// Raw streams data lines as they are, after a text.
func Raw(text string, data ...string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		begin(w)
		say(w, text)
		for _, d := range data {
			event(w, d)
		}
	}
}

// HugeLine sends one line of so many bytes.
func HugeLine(size int) Behaviour {
	return Raw("", delta(strings.Repeat("x", size)))
}

// Whole answers with one JSON object instead of a stream.
func Whole(text string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{
			"object": "chat.completion", "model": %q,
			"choices": [{"index": 0, "message": {"role": "assistant", "content": %s}, "finish_reason": "stop"}],
			"usage": {"prompt_tokens": 7, "completion_tokens": 3}
		}`, modelName, quoted(text))
	}
}

// HTML answers with a web page, as a wrong base URL or a proxy does.
func HTML() Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<html><body>Sign in</body></html>")
	}
}

// Fail answers with an error of the API.
func Fail(status int, code, message string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) { problem(w, status, code, message) }
}

// Limited answers 429 and asks to be left alone, in the words of Retry-After.
func Limited(retryAfter string) Behaviour {
	return func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		w.Header().Set("Retry-After", retryAfter)
		problem(w, http.StatusTooManyRequests, "rate_limit_exceeded", "slow down")
	}
}

// Redirect sends the client to another URL, body included.
func Redirect(url string) Behaviour {
	return func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
		http.Redirect(w, r, url, http.StatusTemporaryRedirect)
	}
}

// Pieces splits a text into words with the space before them.
func Pieces(text string) []string {
	var pieces []string
	for text != "" {
		end := strings.IndexByte(text[1:], ' ') + 1
		if end == 0 {
			end = len(text)
		}
		pieces, text = append(pieces, text[:end]), text[end:]
	}
	return pieces
}

func begin(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
}

func event(w http.ResponseWriter, data string) {
	fmt.Fprintf(w, "data: %s\n\n", data)
	w.(http.Flusher).Flush()
}

// say streams a text, a word a chunk.
func say(w http.ResponseWriter, text string) {
	for _, piece := range Pieces(text) {
		event(w, delta(piece))
	}
}

func done(w http.ResponseWriter) { event(w, "[DONE]") }

func delta(text string) string {
	return fmt.Sprintf(`{"object":"chat.completion.chunk","model":%q,"choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}`, modelName, quoted(text))
}

func ended(reason string) string {
	return fmt.Sprintf(`{"object":"chat.completion.chunk","model":%q,"choices":[{"index":0,"delta":{},"finish_reason":%q}]}`, modelName, reason)
}

func used(output int) string {
	return fmt.Sprintf(`{"object":"chat.completion.chunk","model":%q,"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":%d}}`, modelName, output)
}

func problem(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error":{"message":%s,"type":"error","code":%q}}`, quoted(message), code)
}

func wait(r *http.Request, quit <-chan struct{}) {
	select {
	case <-r.Context().Done():
	case <-quit:
	}
}

func quoted(text string) string {
	raw, _ := json.Marshal(text) // a string: it cannot fail
	return string(raw)
}
