package moderation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Case is a message whose labels are known.
type Case struct{ corpus.Example }

// UnmarshalJSON reads a case. The id may be a number. Text and labels must be
// there; labels of a clean message are an empty list.
func (c *Case) UnmarshalJSON(raw []byte) error {
	var read struct {
		corpus.Example
		ID     any             `json:"id"`
		Text   *string         `json:"text"`
		Labels *[]policy.Label `json:"labels"`
	}
	if err := json.Unmarshal(raw, &read); err != nil {
		return err
	}
	switch {
	case read.Text == nil:
		return errors.New("text is missing")
	case read.Labels == nil:
		return errors.New("labels are missing: write [] for a clean message")
	}
	c.Example = read.Example
	c.Text, c.Labels = *read.Text, *read.Labels
	if read.ID != nil {
		c.ID = fmt.Sprint(read.ID)
	}
	return nil
}

// check completes a case and says what is wrong with it.
func (c *Case) check(line int) error {
	if c.ID == "" {
		c.ID = fmt.Sprintf("line-%d", line)
	}
	if c.Channel == "" {
		c.Channel = message.Direct
	}
	if !c.Channel.Known() {
		return fmt.Errorf("no channel is named %.40q", c.Channel)
	}
	for _, l := range c.Labels {
		if !l.Known() {
			return fmt.Errorf("no label is named %.40q", l)
		}
	}
	return nil
}

// ReadCases reads one JSON object a line: id, sender, text, labels, and where
// there are such thread, channel, lang, kind and source (the case that it is a variant of).
// Unknown fields are passed over. Errors name the line and wrap [eval.ErrData].
func ReadCases(r io.Reader) ([]Case, error) {
	return eval.ReadCases(r, func(n int, c *Case) error { return c.check(n) })
}

// violating is how many cases break a policy.
func violating(cases []Case) (n int) {
	for _, c := range cases {
		if !c.Clean() {
			n++
		}
	}
	return n
}

// families are the places of cases that are variants of each other. They come
// in the order of their first case.
func families(cases []Case) [][]int {
	of := make(map[string]int)
	var list [][]int
	for i, c := range cases {
		at, known := of[c.Family()]
		if !known {
			at = len(list)
			of[c.Family()] = at
			list = append(list, nil)
		}
		list[at] = append(list[at], i)
	}
	return list
}

func has(c Case, l policy.Label) bool { return slices.Contains(c.Labels, l) }
