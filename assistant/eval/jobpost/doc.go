// Package jobpost measures how a job post comes about in conversation.
//
// A [Case] says what a client writes first, what is true in the end, and what
// they would answer. [Play] holds the conversation as that client with a
// running server, and [Grade] compares the finished post with the facts: slots
// right, wrong and missed, questions asked and asked again, what the post says
// that nobody told it, and what the client had to type beside a blank form.
// docs/quality.md tells how tolerant the comparison is.
package jobpost
