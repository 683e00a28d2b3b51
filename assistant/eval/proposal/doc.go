// Package proposal measures the help that freelancers get with a proposal.
//
// A [Case] is a job post, a freelancer's profile, what they ask for, the facts they
// give when asked, and three lists that a careful reader made: claims that profile
// or answers prove and a good proposal would use, requirements that are not met, and claims that a
// careless writer would make up. [Run] plays the freelancer over the WebSocket, signed in
// with their own profile, and grades the draft. docs/quality.md tells how claims are found in a text.
package proposal
