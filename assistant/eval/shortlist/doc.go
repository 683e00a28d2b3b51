// Package shortlist measures how people are found for a piece of work and how
// a list of them is narrowed in conversation.
//
// A [Case] is a job post, a pool of profiles with how well a careful reader
// thinks each fits, and what a client then says to narrow the list, with who must
// remain. [Run] loads post and pool into a site of their own, plays the client over the
// WebSocket, and grades the order by nDCG@5 and each narrowed list by who is on it.
package shortlist
