// Package proposal helps a freelancer to apply for a piece of work: it tells
// how they fit, asks for a fact or two that would set the proposal apart, and
// drafts at most 200 words in their own voice.
//
// [Workflow.Respond] needs a job post (by id, by a quoted title, or pasted) and
// a profile (the asker's own, by id, or pasted). What a draft says is made of
// passages: sentences of the profile and of what the person said in the chat,
// put into the first person where they were notes, and of nothing else. A
// language model may phrase the draft; each of its sentences is traced to a
// passage, its numbers together with what they count, and left out when it
// cannot be. What the post says is the client's and is never said of the
// freelancer.
package proposal
