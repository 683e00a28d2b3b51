// Package gateway sends a request to the models that are configured for its
// purpose: servers that speak the OpenAI chat completions API, and models of
// this process such as the built-in composer.
//
// A [Gateway] is itself a [model.Model]. It tries the choices of a purpose in
// their order and goes on to the next one only while no text was yielded, so
// that nobody reads two answers joined. A failure after that ends the call with
// an error that wraps [model.ErrCut], and what was said until then is kept.
//
// What it promises about servers, whatever they do:
//   - every wait has a limit: see [Timeouts];
//   - an answer counts as whole only when the server said why it ended;
//   - text is valid UTF-8 without control characters, and of bounded size;
//   - personal data is masked for an endpoint that is not trusted, and put back
//     into the answer;
//   - an endpoint's key and the prompt go to that endpoint's origin only;
//   - errors and logs contain no key and no text of a prompt or an answer.
//
// With a [Ledger] every call at an endpoint is recorded, and no [Budget] is
// exceeded, whatever other turns and processes do at the same time. Packages
// sqliteledger and pgledger are the two there are.
package gateway
