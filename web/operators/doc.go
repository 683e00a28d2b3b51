// Package operators knows the people who run an installation, and lets them
// into its console.
//
// An [Operator] has a [Role] and the sites that it holds for. They sign in with
// a one-time token, or through the identity provider of [OIDC]; a [Desk] gives
// each a session, whose cookie every request of the console carries. A site's
// API key counts as an admin of that site.
//
// What is promised:
//   - a request that the browser sent for another page changes nothing, whatever
//     cookies it carries (see [Desk.Access]);
//   - a revoked operator, and a lowered role, count everywhere within a second;
//   - tokens and sessions are kept as hashes, and a token counts once.
//
// Operators are kept by a [Store], of which there is one for each kind of
// database; package operatorstest is the suite that both run.
package operators
