package moderation

import (
	"context"
	"encoding/json"
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Accuracy is how often a scripted judge is right.
type Accuracy struct {
	Recall        float64 `json:"recall"`         // of violations that it is asked about
	FalsePositive float64 `json:"false_positive"` // of clean messages that it is asked about
	Confidence    float64 `json:"confidence"`     // that it always has
	Seed          uint64  `json:"seed"`           // of which ones
}

// Scripted is a judge that knows the labels and errs as often as it is told to:
// whether on a message depends on the seed and the case alone. Asked about a
// clean one in error it agrees with what the stages before it suspect.
func Scripted(accuracy Accuracy, cases []Case, first []judgement) model.Model {
	return scripted{accuracy, cases, first, index(cases)}
}

type scripted struct {
	Accuracy
	cases  []Case
	first  []judgement
	places map[key]int
}

type verdict struct {
	Message    string  `json:"message"`
	Label      string  `json:"label"`
	Quote      string  `json:"quote"`
	Reason     string  `json:"reason"`
	Confidence float64 `json:"confidence"`
}

// Generate implements [model.Model].
func (s scripted) Generate(_ context.Context, r model.Request, yield func(string) error) (model.Result, error) {
	var answer struct {
		Verdicts []verdict `json:"verdicts"`
	}
	for id, k := range questions(r) {
		v := verdict{Message: id, Label: "none", Reason: "Scripted for a measurement: a reason is about as long as this one.", Confidence: s.Confidence}
		if at, known := s.places[k]; known {
			if label := s.label(at); label != "" {
				v.Label, v.Quote = string(label), beginning(k.text)
			}
		}
		answer.Verdicts = append(answer.Verdicts, v)
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return model.Result{}, err
	}
	return model.Result{Model: "scripted", Finish: model.FinishStop}, yield(string(raw))
}

// label is what the judge says of a case, "" for nothing.
func (s scripted) label(at int) policy.Label {
	c, first := s.cases[at], s.first[at]
	if c.Clean() {
		if s.chance(c.ID) < s.FalsePositive && len(first.labels) > 0 {
			return first.labels[0]
		}
		return ""
	}
	if s.chance(c.ID) >= s.Recall {
		return ""
	}
	for _, l := range c.Labels {
		if _, screened := first.scores[l]; screened {
			return l
		}
	}
	return ""
}

// chance is a number from 0 to 1 for a case.
func (s scripted) chance(id string) float64 {
	h := fnv.New64a()
	h.Write([]byte(strconv.FormatUint(s.Seed, 10) + "\x00" + id))
	x := h.Sum64() // of the splitmix64 generator, so that ids that are alike get numbers that are not
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11) / (1 << 53)
}

// beginning quotes the first words of a text.
func beginning(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), 6)], " ")
}
