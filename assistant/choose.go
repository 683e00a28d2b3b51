package assistant

import (
	"context"
	_ "embed" // the prompt
	"encoding/json"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
)

// choice is which workflow answers, and why; it is kept with the response.
type choice struct {
	route.Decision
	By   string // person, router, model
	Asks bool   // which of the two likeliest is meant
	Call *workflow.Call
}

var (
	ownProfile = regexp.MustCompile(`(?im)^\s*(?:my (?:profile|cv|resume|résumé|background|experience)|about me)\s*:`)
	toApply    = regexp.MustCompile(`(?i)\b(?:proposal|cover letter|application|apply|applying|bid|pitch|would i fit|do i fit|fit (?:me|this|for))\b`)
)

// applies reports whether a message brings the writer's own profile, under its
// name, and says in its beginning what for. A long pasted post would drown that.
func applies(text string) bool {
	return ownProfile.MatchString(text) && toApply.MatchString(text[:min(len(text), 300)])
}

// surelyOut is the confidence from which something to be made is taken for out
// of scope and not for more of the work that a post is about.
const surelyOut = 0.75

// How sure the router must be that a message leaves what is being done. An
// answer that is taken for something else loses what the person said; something
// else that is taken for an answer costs them a sentence to say so. Judged by hand.
const (
	leavesQuestion = 0.7 // a question that waits for its answer
	leavesDraft    = 0.6 // what is being written
	leavesForWork  = 0.9 // a list of people or a proposal for a new piece of work, where no post is spoken of
)

// asksForPeople is said by who wants to see people, whatever else they describe.
var asksForPeople = regexp.MustCompile(`(?i)\b(?:shortlist|candidates?|profiles?|freelancers|people|compare|rank(?:ing)?|suggest|recommend|show me|list of)\b`)

var speaksOfPost = regexp.MustCompile(`(?i)\b(?:post|posting|advert|ad|listing|description|vacancy|publish|budget|hire|hiring|another|also need|new (?:job|project))\b`)

// stays reports whether a message that reads like something else goes on with
// what is being done all the same.
func stays(in route.Input, d route.Decision) bool {
	running := in.Context.Workflow
	if d.Rule != "" || running == "" || running == string(route.Advice) || string(d.Route) == running {
		return false
	}
	work := d.Route == route.JobPost || d.Route == route.Shortlist && running == string(route.Proposal)
	switch {
	case work && running != string(route.JobPost):
		return d.Confidence < leavesForWork && !speaksOfPost.MatchString(in.Text)
	case in.Context.Question != "" && !strings.Contains(in.Text, "?"):
		return d.Confidence < leavesQuestion
	}
	return in.Context.Draft == running && d.Confidence < leavesDraft
}

// wantsToHire is said by somebody who has work to give.
var wantsToHire = regexp.MustCompile(`(?i)\b(?:i|we|my (?:company|team|client)) (?:need|want|would like|am looking|are looking|'m looking)\b[^.?!]{0,40}\b(?:to hire|to post|a post|an ad)\b|\b(?:post|hire|hiring) (?:a|an|my|our|somebody|someone|another)\b`)

// bringsPost reports whether a message answers the proposal's question for the
// job: a pasted post reads like work that somebody wants done, and is not theirs.
func bringsPost(turn sessions.Turn, d route.Decision) bool {
	q := workflow.LastQuestion(turn.History)
	if q == nil || d.Rule != "" || d.Route != route.JobPost && d.Route != route.Shortlist {
		return false
	}
	asked := turn.History[len(turn.History)-1].Response.Route == string(route.Proposal) && proposal.AsksForPost(q)
	return asked && !wantsToHire.MatchString(turn.Message.Text)
}

// returning are the words by which somebody comes back, which say nothing of the work.
var returning = regexp.MustCompile(`(?i)^\W*(?:(?:ok(?:ay)?|right|fine|thanks?|good|now|so|let's|let us|can we|could we|please|go|get|going|and|,|\.)\W+)*(?:back|return) to (?:the|my|our|that|your) (?:job )?[a-z]+(?: letter)?(?: now| then| please)?\s*[,.:;!-]*`)

// blankReturn puts spaces in the place of "ok, back to the post:", so that the
// rest stands where it stood and its sources point at the right words.
func blankReturn(text string) string {
	span := returning.FindStringIndex(text)
	if span == nil || strings.TrimSpace(text[span[1]:]) == "" {
		return text
	}
	return strings.Repeat(" ", len(utf16.Encode([]rune(text[:span[1]])))) + text[span[1]:]
}

// clarifySlot is the slot of the question which of two things is meant.
const clarifySlot = "route"

// choose routes a message. The answer to a clarifying question is put back
// into the message that it was about, so that the workflow sees what the person
// wanted and not "the first".
func (a *Assistant) choose(ctx context.Context, turn sessions.Turn) (sessions.Turn, choice) {
	if r := route.Route(turn.Message.Workflow); a.respond[r] != nil {
		return turn, choice{Decision: route.Decision{Route: r, Confidence: 1, Reason: "the person chose it"}, By: "person"}
	}
	in := input(turn)
	d := a.router.Route(in)
	c := choice{Decision: d, By: "router"}
	clarifying := wasAsked(turn.History)
	switch {
	case clarifying && d.Rule == "clarified":
		return original(turn), c
	case d.Rule == "back":
		turn.Message.Text = blankReturn(turn.Message.Text)
		return turn, c
	case d.Rule == "" && d.Route != route.JobPost && in.Context.Workflow == string(route.JobPost) && jobpost.Takes(turn, d.Route != route.OutOfScope || d.Confidence < surelyOut):
		c.Decision = route.Decision{Route: route.JobPost, Confidence: 1, RunnerUp: d.Route, Rule: "goes on", Reason: "the message says something of the post that is being written"}
		return turn, c
	case d.Rule == "" && d.Route == route.Shortlist && in.Context.Workflow == "" && len(turn.Drafts) == 0 && !asksForPeople.MatchString(in.Text) && jobpost.Describes(turn):
		c.Decision = route.Decision{Route: route.JobPost, Confidence: 1 - d.Confidence, RunnerUp: d.Route, Rule: "describes", Reason: "the message describes work and its terms, for which there is no post yet"}
		return turn, c
	case d.Rule == "" && d.Route != route.Proposal && applies(in.Text):
		c.Decision = route.Decision{Route: route.Proposal, Confidence: 1 - d.Confidence, RunnerUp: d.Route, Rule: "applies", Reason: "the message brings a profile to apply with"}
		return turn, c
	case bringsPost(turn, d):
		c.Decision = route.Decision{Route: route.Proposal, Confidence: 1 - d.Confidence, RunnerUp: d.Route, Rule: "brings the post", Reason: "the message brings the job that was asked for"}
		return turn, c
	case d.Rule == "" && len(turn.Files) > 0 && (d.Unsure || d.Route == route.OutOfScope):
		c.Decision = route.Decision{Route: route.Proposal, Confidence: 1 - d.Confidence, RunnerUp: d.Route, Rule: "file", Reason: "a file is brought, and little is said to it"}
		if running := route.Route(in.Context.Workflow); a.respond[running] != nil {
			c.Route = running
		}
		return turn, c
	case stays(in, d):
		c.Decision = route.Decision{Route: route.Route(in.Context.Workflow), Confidence: 1 - d.Confidence, RunnerUp: d.Route, Rule: "stays", Reason: "too little speaks for leaving what is being done: " + d.Reason}
		return turn, c
	case !d.Unsure:
		return turn, c
	}
	if r, call, ok := a.ask(ctx, turn, in); ok {
		return turn, choice{Decision: route.Decision{Route: r, Confidence: d.Confidence, RunnerUp: d.Route, Reason: "a model was asked, since " + d.Reason}, By: "model", Call: call}
	}
	// Asked once, the likelier one is taken: two questions in a row help nobody. And a
	// message that may be the answer to an open question is tried as that.
	c.Asks = !clarifying && !(in.Context.Question != "" && (string(d.Route) == in.Context.Workflow || string(d.RunnerUp) == in.Context.Workflow))
	if !c.Asks && in.Context.Question != "" && string(d.RunnerUp) == in.Context.Workflow {
		c.Route, c.RunnerUp = d.RunnerUp, d.Route
	}
	return turn, c
}

// input is a turn as the router reads it: the message, what was being done, and
// the question that waits. An answer that turned something down does not end
// what was being done.
func input(turn sessions.Turn) route.Input {
	in := route.Input{Role: string(turn.Session.Role), Text: turn.Message.Text}
	if strings.TrimSpace(in.Text) == "" { // nothing but files
		in.Text = brought(turn, "").Message.Text
	}
	if wasAsked(turn.History) {
		in.Context.Question = turn.History[len(turn.History)-1].Response.Question.Text
	}
	for i := len(turn.History) - 1; i >= 0; i-- {
		r := turn.History[i].Response
		if r == nil || r.Route == "" || r.Route == string(route.OutOfScope) || r.Question != nil && r.Question.Slot == clarifySlot {
			continue
		}
		in.Context.Workflow = r.Route
		if r.Question != nil && in.Context.Question == "" && i >= len(turn.History)-2 {
			in.Context.Question = r.Question.Text
		}
		break
	}
	in.Context.Draft = openDraft(turn.Drafts, in.Context.Workflow)
	return in
}

// openDraft is the kind of the draft that a message is likely about: that of
// the running workflow, else the newest.
func openDraft(drafts []sessions.Draft, workflow string) string {
	kind := ""
	for _, d := range drafts {
		if kind != workflow || kind == "" {
			kind = d.Kind
		}
		if kind == shortlist.InvitationKind {
			kind = shortlist.Kind
		}
	}
	if kind == "" && workflow == jobpost.Kind && len(drafts) > 0 {
		kind = jobpost.Kind
	}
	return kind
}

// wasAsked reports whether the last answer asked which of two things is meant.
func wasAsked(history []sessions.Exchange) bool {
	q := workflow.LastQuestion(history)
	return q != nil && q.Slot == clarifySlot
}

// original puts the message that was asked about in the place of the answer,
// without the exchange about it.
func original(turn sessions.Turn) sessions.Turn {
	last := len(turn.History) - 1
	asked := turn.History[last].Message
	asked.Created = turn.Message.Created
	turn.Message, turn.History = asked, turn.History[:last]
	return turn
}

var (
	//go:embed prompts/route.v1.md
	routeText   string
	routePrompt = workflow.Prompt{Name: "route/route.v1", Text: routeText}
	routeSchema = json.RawMessage(`{"type":"object","properties":{"route":{"type":"string","enum":["job_post","shortlist","proposal","advice","out_of_scope"]}},"required":["route"],"additionalProperties":false}`)
)

// ask has the model of purpose route decide, where there is one. Whatever it
// fails with, the router's own decision stands.
func (a *Assistant) ask(ctx context.Context, turn sessions.Turn, in route.Input) (route.Route, *workflow.Call, bool) {
	m := a.models[model.Route].Model
	if m == nil {
		return "", nil, false
	}
	var facts workflow.Facts
	facts.Add("context", "workflow", "running: "+in.Context.Workflow, nil)
	facts.Add("context", "draft", "open draft: "+in.Context.Draft, nil)
	facts.Add("context", "question", "asked last: "+in.Context.Question, nil)
	facts.Add("context", "role", "who writes: "+in.Role, nil)
	request := workflow.Request(turn, model.Route, "route", routePrompt, facts.List)
	request.History, request.Schema = workflow.History(turn), routeSchema
	var text strings.Builder
	start := workflow.StagesOf(ctx).At(time.Now())
	result, err := m.Generate(ctx, request, func(piece string) error { text.WriteString(piece); return nil })
	call := &workflow.Call{ID: result.Call, Cost: result.Cost, Currency: result.Currency, Task: "route", Model: result.Model, Prompt: result.Prompt, Usage: result.Usage, Hash: workflow.PromptHash(request.Instructions), StartMS: start, TotalMS: workflow.Milliseconds(result.Total)}
	var answer struct{ Route route.Route }
	if err != nil || json.Unmarshal([]byte(text.String()), &answer) != nil {
		return "", nil, false
	}
	if a.respond[answer.Route] == nil && answer.Route != route.OutOfScope {
		return "", nil, false
	}
	return answer.Route, call, true
}
