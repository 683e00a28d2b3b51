// Package modeltest helps to test what uses models, and models.
//
// [Scripted] is a model that says what a test tells it to. [Server] is a server
// that speaks the OpenAI chat completions API over HTTP, well or badly. [RunSuite]
// is what any model.Model must do.
package modeltest
