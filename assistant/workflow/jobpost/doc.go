// Package jobpost is the workflow that turns a conversation into a job post.
//
// [Workflow.Respond] answers one message in five steps. It understands the
// message (package brief), retrieves similar posts and what they paid, decides
// in code whether to ask and what, says so through a model, and lets through
// only what is grounded. A draft goes out from the first turn that has a fact
// in it. [Workflow.Revise] applies a person's own changes to the draft.
//
// What the workflow promises, with any model and with none: at most one
// question a turn and six in a conversation, never for what is known or was
// declined; none after "just write it"; figures only as computed, with the
// number of posts behind them; every sentence of the draft with its sources;
// what a person edited stays until that person says otherwise.
package jobpost
