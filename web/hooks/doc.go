// Package hooks tells sites of events by webhooks that are not lost.
//
// An [Event] is added to the [Outbox], which keeps one [Delivery] of it for each
// [Endpoint] of its site that wants its type. A [Sender] delivers what waits:
// signed by the Standard Webhooks convention, one attempt at a time for each
// endpoint over all processes, again with growing pauses for a day. What could
// not be delivered then is a dead letter, which can be listed and sent again.
// Receivers written in Go check what they get with [Verify].
//
// What is promised:
//   - an event that was added is sent at least once, whatever process dies when,
//     and always under its id, by which a receiver knows it again;
//   - events with one [Event.Key] reach an endpoint in the order in which they
//     were added, except for those that are sent again by hand;
//   - an endpoint that stalls, fails or is gone holds up nobody else;
//   - no body and no secret is ever logged or kept with an error.
package hooks
