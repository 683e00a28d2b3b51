package moderation

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// Judge is a model that is asked about doubtful messages.
type Judge struct {
	Model  model.Model
	Name   string
	AtOnce int // calls; 1 when 0
	// Count counts the tokens of a call; nil where the server's own count is to be believed.
	Count func(model.Request, string) model.Usage
}

// Asked is what a judge was asked in all.
type Asked struct {
	Messages int         `json:"messages"`
	Calls    int         `json:"calls"`
	Failed   int         `json:"failed"`
	Usage    model.Usage `json:"usage"`
}

// judged runs the whole cascade. first is what rules and classifier said.
func (c Cascade) judged(ctx context.Context, judge Judge, cases []Case, first []judgement) ([]judgement, Asked, error) {
	w := &witness{judge: judge, places: index(cases), said: make(map[int]opinion)}
	m := moderation.New(moderation.Config{
		Rules: func() *rules.Set { return c.Rules }, Classifier: c.Classifier, Log: c.Log, Judge: w, JudgeName: judge.Name,
	})
	defer m.Close()
	all := make([]judgement, len(cases))
	workers := max(1, judge.AtOnce)
	var group errgroup.Group
	for part := range workers {
		from, to := part*len(cases)/workers, (part+1)*len(cases)/workers
		group.Go(func() error {
			messages := make([]message.Message, 0, to-from)
			for _, one := range cases[from:to] {
				messages = append(messages, one.Message)
			}
			for i, v := range m.Judged(ctx, tenant, messages) {
				all[from+i] = told(v)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, Asked{}, err
	}
	for i := range all {
		o, asked := w.said[i]
		all[i].asked = asked
		all[i].score = first[i].score
		if asked {
			all[i].score = o.weigh(first[i].score)
		}
	}
	w.asked.Messages = len(w.said)
	return all, w.asked, nil
}

// opinion is what a judge said of a message; the zero value when it said nothing usable.
type opinion struct {
	violates   bool
	confidence float64
}

// weigh multiplies the odds of a score by those of the judge's confidence: two
// witnesses who do not know of each other.
func (o opinion) weigh(score float64) float64 {
	const least = 1e-6
	odds := func(p float64) float64 {
		p = min(max(p, least), 1-least)
		return p / (1 - p)
	}
	if o.confidence == 0 {
		return score
	}
	said := odds(o.confidence)
	if !o.violates {
		said = 1 / said
	}
	both := odds(score) * said
	return both / (1 + both)
}

// witness stands before a judge and notes what it is asked, and what it says.
type witness struct {
	judge  Judge
	places map[key]int

	mu    sync.Mutex
	said  map[int]opinion // by the place of the case
	asked Asked
}

// Generate implements [model.Model].
func (w *witness) Generate(ctx context.Context, r model.Request, yield func(string) error) (model.Result, error) {
	var text strings.Builder
	result, err := w.judge.Model.Generate(ctx, r, func(piece string) error {
		text.WriteString(piece)
		return yield(piece)
	})
	usage := result.Usage
	if w.judge.Count != nil && !usage.Known {
		usage = w.judge.Count(r, text.String())
	}
	w.note(r, text.String(), usage, err)
	return result, err
}

func (w *witness) note(r model.Request, answer string, usage model.Usage, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked.Calls++
	if err != nil {
		w.asked.Failed++
	}
	w.asked.Usage.InputTokens += usage.InputTokens
	w.asked.Usage.OutputTokens += usage.OutputTokens
	said := opinions(answer)
	for id, k := range questions(r) {
		if at, known := w.places[k]; known {
			w.said[at] = said[id]
		}
	}
}

// opinions reads an answer, as far as it is one.
func opinions(answer string) map[string]opinion {
	var read struct {
		Verdicts []struct {
			Message, Label string
			Confidence     float64
		}
	}
	said := make(map[string]opinion)
	if json.Unmarshal([]byte(answer), &read) != nil {
		return said
	}
	for _, v := range read.Verdicts {
		if v.Confidence > 0 && v.Confidence <= 1 {
			said[v.Message] = opinion{v.Label != "none", v.Confidence}
		}
	}
	return said
}

// key is how a case is known again in a question: a judge is not told its id.
type key struct{ text, before string }

// recognised is how many bytes of a text identify it; of long ones a judge
// sees only the beginning and the end.
const recognised = 500

func begin(text string) string { return strings.ToValidUTF8(text[:min(len(text), recognised)], "") }

// index finds cases by their texts. Of cases that are the same the first is found.
func index(cases []Case) map[key]int {
	places := make(map[key]int, len(cases))
	for i, c := range cases {
		k := key{text: begin(c.Text)}
		if n := len(c.Thread); n > 0 {
			k.before = begin(c.Thread[n-1].Text)
		}
		if _, known := places[k]; !known {
			places[k] = i
		}
	}
	return places
}

// questions are the messages that a request asks about, by their ids in it.
func questions(r model.Request) map[string]key {
	asked := make(map[string]key)
	for _, f := range r.Facts {
		switch k := asked[f.ID]; f.Kind {
		case "message":
			k.text = begin(f.Text)
			asked[f.ID] = k
		case "before":
			k = asked[f.Key]
			k.before = begin(f.Text) // the last one stays
			asked[f.Key] = k
		}
	}
	return asked
}
