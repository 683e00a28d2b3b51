// Package dialogue holds conversations with a running server as a person's
// browser does: over the real WebSocket of docs/wire.md. What measures answers
// plays its cases through it, so that nothing is graded that people do not get.
//
// A [Site] is where conversations take place; [Site.Load] puts documents there
// and [Open] begins a [Conversation]. [Each] plays cases a few at a time.
package dialogue
