package moderation

import (
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Action is what is to happen to a message.
type Action string

// The actions, from the mildest to the hardest.
const (
	Deliver          Action = "deliver"
	DeliverAndReview Action = "deliver_and_review" // it goes out, and a person looks at it afterwards
	Hold             Action = "hold"               // it waits for a judge or a person, until its deadline
	Block            Action = "block"              // it does not go out; the sender may appeal
)

// Stage is the part of the cascade that decided.
type Stage string

// The stages.
const (
	StageRules      Stage = "rules"
	StageClassifier Stage = "classifier"
	StageJudge      Stage = "judge"
	StageReviewer   Stage = "reviewer" // a person
	StageDeadline   Stage = "deadline" // nobody decided in time: the site's choice for that holds
)

// Verdict is what moderation found in a message, and what is to happen to it.
type Verdict struct {
	Action Action         `json:"decision"`
	Labels []policy.Label `json:"labels"` // that it breaks, likeliest first; empty when it is clean
	// Score is how probable it is that the message breaks any policy, 0–1, and
	// Scores the same by label, for every label of its channel.
	Score  float64                  `json:"score"`
	Scores map[policy.Label]float64 `json:"scores"`
	Stage  Stage                    `json:"stage"`
	Rule   string                   `json:"rule,omitempty"` // "contact.phone@3": the rule that counted most, with its version
	Marks  []Mark                   `json:"marks,omitempty"`
	Reason string                   `json:"reason,omitempty"` // a judge's or reviewer's, in a sentence; for reviewers, never for senders
	// Judging tells that a judge was asked and that its verdict will follow.
	Judging bool `json:"judging,omitempty"`
	// Rules, Model and Policy identify what judged: versions or hashes.
	Rules  string `json:"rules_version,omitempty"`
	Model  string `json:"model_version,omitempty"`
	Policy string `json:"policy_version,omitempty"`
}

// Mark is a place in a message's text that counted.
type Mark struct {
	Label policy.Label `json:"label"`
	Rule  string       `json:"rule,omitempty"` // "" for words that the classifier weighed most, or a judge quoted
	Quote string       `json:"quote"`
	Start int          `json:"start"` // in UTF-16 code units of the text; with Thread, of that line
	End   int          `json:"end"`
	// Thread is 1 + the index of the line of the thread that it stands in, 0 for the message.
	Thread int `json:"thread,omitempty"`
}
