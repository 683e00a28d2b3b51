package moderation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Settings is what a site chose, as JSON. What is left out takes the default:
//
//	labels.<label>.channels   where the label is looked for     all channels that it exists on
//	labels.<label>.review     score from which somebody looks   the classifier's, from its cost table
//	labels.<label>.hold       score from which it is held       likewise
//	labels.<label>.block      score from which it is blocked    likewise
//	labels.<label>.certain    for a hit of a certain rule       block
//	labels.<label>.likely     for a hit of a likely rule        hold for scam, else deliver_and_review
//	any.review, hold, block   for the score of any violation    the classifier's
//	judge.off                 nobody but people is asked        false
//	judge.share               of all messages, at most, asked   0.2, with 100 ahead; 1 for no limit
//	judge.meanwhile           while the judge is asked          deliver_and_review; or hold
//	judge.down                when it cannot be asked           deliver_and_review; or hold
//	judge.clear               confidence that clears a message  0.7
//	judge.confirm             confidence that confirms a label  0.8
//	judge.confirmed           what a confirmed label leads to   block; or hold, for a person to decide
//	hold.hours                after which a held message is     24, from 1 to 168
//	hold.then                 …                                 block; or deliver
//	retention_days            that decided cases are kept       180, from 1 to 3650
//
// Scores are from 0 to 1; a threshold above 1, at most 2, is never reached.
//
// Turns with the assistant and documents have milder defaults of their own, which a
// choice for a label takes the place of as well:
//
//	channel    label                       certain             likely              scores
//	assistant  injection, discrimination   deliver_and_review  deliver_and_review  review from hold on
//	assistant  abuse, scam, prohibited     hold                deliver_and_review  review from hold on, hold from block on
//	document   injection                   hold                hold                never block
type Settings struct {
	Labels        map[policy.Label]LabelSettings `json:"labels,omitempty"`
	Any           Thresholds                     `json:"any,omitzero"`
	Judge         JudgeSettings                  `json:"judge,omitzero"`
	Hold          HoldSettings                   `json:"hold,omitzero"`
	RetentionDays int                            `json:"retention_days,omitempty"`
}

// Thresholds are scores from which something is done; 0 for the default.
type Thresholds struct {
	Review float64 `json:"review,omitempty"`
	Hold   float64 `json:"hold,omitempty"`
	Block  float64 `json:"block,omitempty"`
}

// LabelSettings is what a site chose for a label.
type LabelSettings struct {
	Channels []message.Channel `json:"channels,omitzero"` // nil for all, empty for none
	Thresholds
	Certain Action `json:"certain,omitempty"`
	Likely  Action `json:"likely,omitempty"`
}

// JudgeSettings is what a site chose about the judge.
type JudgeSettings struct {
	Off       bool    `json:"off,omitempty"`
	Share     float64 `json:"share,omitempty"`
	Meanwhile Action  `json:"meanwhile,omitempty"`
	Down      Action  `json:"down,omitempty"`
	Clear     float64 `json:"clear,omitempty"`
	Confirm   float64 `json:"confirm,omitempty"`
	Confirmed Action  `json:"confirmed,omitempty"`
}

// HoldSettings is how long a message is held, and what then happens to it.
type HoldSettings struct {
	Hours int    `json:"hours,omitempty"`
	Then  Action `json:"then,omitempty"`
}

// Defaults of what the classifier does not say.
const (
	defaultShare     = 0.2
	defaultClear     = 0.7
	defaultConfirm   = 0.8
	defaultHours     = 24
	defaultRetention = 180
)

// ParseSettings reads settings and validates them. Errors wrap ErrInvalid.
func ParseSettings(raw []byte) (Settings, error) {
	var s Settings
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return Settings{}, fmt.Errorf("%w: settings: %w", ErrInvalid, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Settings{}, fmt.Errorf("%w: settings: more than one JSON value", ErrInvalid)
	}
	return s, s.Validate()
}

// Validate reports all that is wrong. Errors wrap ErrInvalid.
func (s Settings) Validate() error {
	problems := []error{s.Any.validate("any"), s.Judge.validate(), s.Hold.validate()}
	for _, label := range policy.Labels() {
		if chosen, ok := s.Labels[label]; ok {
			problems = append(problems, chosen.validate(label))
		}
	}
	for label := range s.Labels {
		if !label.Known() {
			problems = append(problems, fmt.Errorf("there is no label %q", label))
		}
	}
	if s.RetentionDays < 0 || s.RetentionDays > 3650 {
		problems = append(problems, errors.New("retention_days must be from 1 to 3650"))
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("%w: settings: %w", ErrInvalid, err)
	}
	return nil
}

func (t Thresholds) validate(name string) error {
	last := 0.0
	for _, v := range []float64{t.Review, t.Hold, t.Block} {
		if !(v >= 0 && v <= 2) {
			return fmt.Errorf("%s: thresholds must be above 0 and at most 2", name)
		}
		if v != 0 && v < last {
			return fmt.Errorf("%s: review must not be above hold, nor hold above block", name)
		}
		last = max(last, v)
	}
	return nil
}

func (l LabelSettings) validate(label policy.Label) error {
	name := "labels." + string(label)
	for _, c := range l.Channels {
		if !screened(label, c) {
			return fmt.Errorf("%s: is not looked for on channel %q", name, c)
		}
	}
	if err := either(l.Certain, name+".certain", actions...); err != nil {
		return err
	}
	if err := either(l.Likely, name+".likely", actions...); err != nil {
		return err
	}
	return l.Thresholds.validate(name)
}

func (j JudgeSettings) validate() error {
	for name, v := range map[string]float64{"share": j.Share, "clear": j.Clear, "confirm": j.Confirm} {
		if !(v >= 0 && v <= 1) {
			return fmt.Errorf("judge.%s must be above 0 and at most 1", name)
		}
	}
	return errors.Join(
		either(j.Meanwhile, "judge.meanwhile", DeliverAndReview, Hold),
		either(j.Down, "judge.down", DeliverAndReview, Hold),
		either(j.Confirmed, "judge.confirmed", Hold, Block),
	)
}

func (h HoldSettings) validate() error {
	if h.Hours < 0 || h.Hours > 168 {
		return errors.New("hold.hours must be from 1 to 168")
	}
	return either(h.Then, "hold.then", Deliver, Block)
}

// either reports an action that is neither left out nor one of those.
func either(a Action, name string, of ...Action) error {
	if a == "" || slices.Contains(of, a) {
		return nil
	}
	return fmt.Errorf("%s must be one of %q, not %q", name, of, a)
}

// screened reports whether a label is looked for on a channel at all: what is
// said to an assistant concerns nobody else's business, and a document can only mislead.
func screened(label policy.Label, c message.Channel) bool {
	switch c {
	case message.Document:
		return label == policy.Injection
	case message.Assistant:
		return slices.Contains([]policy.Label{policy.Abuse, policy.Scam, policy.Discrimination, policy.ProhibitedWork, policy.Injection}, label)
	case message.Direct, message.Post:
		return label != policy.Injection
	}
	return false
}

// hours and days are durations of settings.
func hours(n int) time.Duration { return time.Duration(n) * time.Hour }
func days(n int) time.Duration  { return hours(24 * n) }
