// Package inspect reads conversations for the people who run a site: which
// there are, what was said, and how each answer came about.
//
// A [Reader] lists and searches the sessions of one site, gives one of them
// page by page, and one turn with all that is kept of it. A [Feed] tells what
// changes, to any number of viewers from one look at the database a second.
// Nothing is ever changed through this package but the [Trail], which keeps
// who looked at what.
//
// What is promised:
//   - every look-up is by site: what belongs to another one does not exist;
//   - what is deleted is gone with the next look;
//   - a page is bounded, however long a conversation is or how many there are.
//
// Conversations are read from a [Store], of which there is one for each kind of
// database; package inspecttest is the suite that both run.
package inspect
