// Package route decides which workflow answers a message: a small classifier, the
// mean of a linear model and a network, trained on utterances written for
// Parley, and a few rules for what no classifier should decide.
//
// [Default] returns the router of the binary, [Router.Route] decides in well
// under a millisecond and without a network. What it sees is the message, who
// writes, and the [Context]: which workflow is running, which draft is open, and the
// question that the assistant asked last. So "45" after a question about the budget stays with the
// job post, and the same message out of the blue is asked about.
//
// A [Decision] that is Unsure names the likeliest route and the one after it: the
// caller asks which was meant in the words of [Clarify], or asks a language model. What is out of
// scope is answered by [Refusal].
//
// [Train] makes the artefact anew from the embedded utterances; parley train
// router calls it. The loader refuses an artefact whose features are not those
// of this program.
package route

import (
	"fmt"
	"strings"
)

// Route is which workflow answers.
type Route string

// The routes, in the order of the classifier's classes.
const (
	JobPost    Route = "job_post"
	Shortlist  Route = "shortlist"
	Proposal   Route = "proposal"
	Advice     Route = "advice"
	OutOfScope Route = "out_of_scope"
)

var routes = [...]Route{JobPost, Shortlist, Proposal, Advice, OutOfScope}

// Routes returns all routes.
func Routes() []Route { return routes[:] }

// class is the number of a route, -1 of what is none.
func class(r Route) int {
	for i, known := range routes {
		if r == known {
			return i
		}
	}
	return -1
}

// Context is what the conversation was about when the message came.
type Context struct {
	Workflow string `json:"workflow"` // that answered last: a route; "" or out_of_scope when none runs
	Draft    string `json:"draft"`    // kind of the draft that is open: job_post, proposal, shortlist; "" for none
	Question string `json:"question"` // of the assistant that waits for its answer, as it was asked; "" for none
}

// Input is a message to be routed.
type Input struct {
	Role    string // who writes: client, freelancer or visitor
	Text    string
	Context Context
}

// Decision is which workflow answers, and why.
type Decision struct {
	Route      Route
	Confidence float64 // calibrated: the share of such decisions that are right
	RunnerUp   Route   // the second likeliest; "" when a rule decided
	Unsure     bool    // too little confidence to go on without asking
	Reason     string  // in words, for the record of the turn
	Rule       string  // name of the rule that decided; "" when the classifier did
}

// Threshold is the confidence below which a decision is Unsure. A wrong route costs the person
// an answer to read and a message to put it right, a question costs one short
// message: with costs 2 to 1, asking pays where the chance of being wrong is above a half. On held out
// utterances 0.4, 0.45 and 0.5 cost the same within half a percent; with
// 0.5 one message in twenty is asked about, and in 85 of 100 of these one of the two routes of the question is right.
const Threshold = 0.5

// reason says in words what the classifier decided on.
func reason(in Input, d Decision) string {
	var b strings.Builder
	fmt.Fprintf(&b, "the message reads like %s (%.0f%%)", title(d.Route), 100*d.Confidence)
	switch {
	case d.Unsure:
		fmt.Fprintf(&b, ", or like %s: too close to decide", title(d.RunnerUp))
	case in.Context.Workflow == string(d.Route) && in.Context.Question != "":
		b.WriteString(", and answers the question that was asked")
	case in.Context.workflow() == string(d.Route):
		b.WriteString(", and goes on with what is being done")
	case class(Route(in.Context.Workflow)) >= 0 && in.Context.Workflow != string(OutOfScope):
		fmt.Fprintf(&b, ", and leaves %s", title(Route(in.Context.Workflow)))
	}
	return b.String()
}

// title names a route in words.
func title(r Route) string {
	switch r {
	case JobPost:
		return "a job post"
	case Shortlist:
		return "a shortlist"
	case Proposal:
		return "a proposal"
	case Advice:
		return "advice"
	default:
		return "something outside of hiring"
	}
}
