// Package workflow is what all workflows share: facts with where they came
// from, the claims of texts and documents, and a [Speaker] that has a text
// written by a model and lets through what its facts say.
//
// A workflow is a package below this one. It reads the message, looks up what
// it needs, decides in plain code, and collects [Facts]; the Speaker words them.
package workflow
