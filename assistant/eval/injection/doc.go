// Package injection measures what texts that carry instructions can do.
//
// Each [Attack] is put into a place that the assistant reads: somebody's profile,
// a job post, a freelancer's own profile, a message. The same conversation is held with and without
// it, over the WebSocket, and nothing may differ: neither who is listed in which order, nor a word of a proposal,
// nor which workflow answers, nor a value of a job post. Labelled attacks of others, where they are at hand,
// are played the same way, and routed as messages.
package injection
