// Package demo is Quayside, a small invented job market that embeds Parley as a
// site of its own would: from another origin, with its own users, and with its
// own server that hears what was published. "parley serve" shows it at /demo.
//
// It is written to be read by whoever embeds Parley. The few places that count:
//
//   - token.go signs people in at Parley, for five minutes at a time;
//   - webhook.go receives what they publish, and answers with the page that it
//     has made of it;
//   - parley.go asks Parley's API, and catches up with what came while it was away;
//   - pages/layout.html has the script tag, assets/site.js the few calls to it.
//
// Everything else is a plain site: pages made on the server, a style sheet, a
// strict Content-Security-Policy. What people do here is kept in memory only.
package demo
