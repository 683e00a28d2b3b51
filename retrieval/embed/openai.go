package embed

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/sashabaranov/go-openai"
)

// Errors of a server's embedder, to be tested with errors.Is.
var (
	ErrUnavailable = errors.New("embed: server unavailable")       // temporary: gone, overloaded, too slow
	ErrRejected    = errors.New("embed: request rejected")         // key, model or request at fault: trying again is of no use
	ErrBadAnswer   = errors.New("embed: unusable answer")          // vectors that cannot be trusted: none of them is used
	ErrConfig      = errors.New("embed: incomplete configuration") // of NewOpenAI
)

// OpenAIConfig says which server and model embed texts. BaseURL, Model and
// Dimensions are required; zero values of the others stand for what is said.
type OpenAIConfig struct {
	BaseURL     string // up to and including /v1
	APIKey      string // "" for servers that ask for none
	Model       string
	Dimensions  int           // length of the vectors; an answer of another length is refused
	Shorten     bool          // ask the server for vectors of Dimensions; only some models can
	Batch       int           // texts of a request, at most; 64
	MaxTokens   int           // of a text, as estimated; more is cut off; 6,000
	BatchTokens int           // of a request, as estimated, at most; 100,000
	Timeout     time.Duration // of one request; 30 s
	MaxElapsed  time.Duration // of a batch with all its tries; 2 minutes
	Transport   http.RoundTripper
}

func (c OpenAIConfig) withDefaults() OpenAIConfig {
	if c.Batch <= 0 {
		c.Batch = 64
	}
	if c.MaxTokens <= 0 {
		c.MaxTokens = 6_000
	}
	if c.BatchTokens <= 0 {
		c.BatchTokens = 100_000
	}
	if c.Timeout <= 0 {
		c.Timeout = 30 * time.Second
	}
	if c.MaxElapsed <= 0 {
		c.MaxElapsed = 2 * time.Minute
	}
	if c.Transport == nil {
		c.Transport = http.DefaultTransport
	}
	return c
}

func (c OpenAIConfig) validate() error {
	switch {
	case c.BaseURL == "":
		return fmt.Errorf("%w: base URL is missing", ErrConfig)
	case c.Model == "":
		return fmt.Errorf("%w: model is missing", ErrConfig)
	case c.Dimensions <= 0:
		return fmt.Errorf("%w: dimensions of model %s are missing", ErrConfig, c.Model)
	}
	return nil
}

// OpenAI embeds by any server that speaks the OpenAI API. It is safe for
// concurrent use.
type OpenAI struct {
	config OpenAIConfig
	client *openai.Client
}

// NewOpenAI returns an embedder; it does not ask the server anything yet.
func NewOpenAI(config OpenAIConfig) (*OpenAI, error) {
	if err := config.validate(); err != nil {
		return nil, err
	}
	config = config.withDefaults()
	settings := openai.DefaultConfig(config.APIKey)
	settings.BaseURL = strings.TrimRight(config.BaseURL, "/")
	settings.HTTPClient = &http.Client{Transport: &courteous{config.Transport}, Timeout: config.Timeout}
	return &OpenAI{config: config, client: openai.NewClientWithConfig(settings)}, nil
}

// Name is the model's name with the length of its vectors.
func (o *OpenAI) Name() string { return fmt.Sprintf("%s-%d", o.config.Model, o.config.Dimensions) }

// Dimensions returns the configured length of the vectors.
func (o *OpenAI) Dimensions() int { return o.config.Dimensions }

// Embed returns a vector of unit length for each text, or an error and none.
// What is temporary is tried again, after the time that the server asks for or
// else with growing pauses, until ctx or MaxElapsed ends.
func (o *OpenAI) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		batch := o.fill(texts)
		texts = texts[len(batch):]
		some, err := o.batch(ctx, batch)
		if err != nil {
			return nil, fmt.Errorf("embed: %s: %w", o.config.Model, err)
		}
		vectors = append(vectors, some...)
	}
	return vectors, nil
}

// fill returns the next texts that fit into a request, cut to what servers take; at least one.
func (o *OpenAI) fill(texts []string) (batch []string) {
	left := o.config.BatchTokens
	for _, text := range texts[:min(o.config.Batch, len(texts))] {
		text, tokens := fit(text, o.config.MaxTokens)
		if left -= tokens; left < 0 && len(batch) > 0 {
			break
		}
		batch = append(batch, text)
	}
	return batch
}

func (o *OpenAI) batch(ctx context.Context, texts []string) ([][]float32, error) {
	request := openai.EmbeddingRequestStrings{Model: openai.EmbeddingModel(o.config.Model), Input: texts}
	if o.config.Shorten {
		request.Dimensions = o.config.Dimensions
	}
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = 200*time.Millisecond, 20*time.Second
	return backoff.Retry(ctx, func() ([][]float32, error) { return o.try(ctx, request) },
		backoff.WithBackOff(pauses), backoff.WithMaxElapsedTime(o.config.MaxElapsed))
}

// try makes one request. Errors that are of no use to try again are permanent.
func (o *OpenAI) try(ctx context.Context, request openai.EmbeddingRequestStrings) ([][]float32, error) {
	var wait time.Duration
	answer, err := o.client.CreateEmbeddings(withRetryAfter(ctx, &wait), request)
	if err == nil {
		vectors, err := o.read(answer.Data, len(request.Input))
		if err != nil {
			return nil, backoff.Permanent(err)
		}
		return vectors, nil
	}
	if ctx.Err() != nil {
		return nil, backoff.Permanent(fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err()))
	}
	err = classify(err)
	switch {
	case !errors.Is(err, ErrUnavailable):
		return nil, backoff.Permanent(err)
	case wait > 0:
		return nil, fmt.Errorf("%w: %w", err, &backoff.RetryAfterError{Duration: wait})
	}
	return nil, err
}

// classify tells temporary failures from those that stay.
func classify(err error) error {
	status := 0
	var api *openai.APIError
	var other *openai.RequestError
	switch {
	case errors.As(err, &api):
		status = api.HTTPStatusCode
	case errors.As(err, &other):
		status = other.HTTPStatusCode
	case unreadable(err):
		return fmt.Errorf("%w: %w", ErrBadAnswer, err)
	}
	if status >= 400 && status < 500 && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout {
		return fmt.Errorf("%w: %w", ErrRejected, err)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}
