// Package shortlist is the workflow that finds people for a piece of work, and
// talks about them.
//
// [Workflow.Respond] reads what the work asks for, from the conversation's job
// post, a post of the library, a pasted one or a request in words; looks up
// profiles; compares each with every requirement (package fit); leaves out who
// fails what the person said must be; ranks the others (package rank); and
// answers, with the phrases that prove it. What the person says then narrows,
// widens or reorders the list, asks about somebody on it, or has an invitation
// drafted. [Workflow.Revise] applies a person's own changes.
//
// What the workflow promises, with any model and with none: nobody disappears
// silently, who was left out is listed with the reason; every reason quotes the
// profile it is about; what a profile's text asks of its reader has no effect;
// names and protected attributes are not read; nobody is contacted, invited or
// turned down by the workflow, a person does that. All state lives in the
// draft: a conversation of any length reads only its newest version.
package shortlist
