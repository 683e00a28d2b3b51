// Package brief holds the typed facts of a piece of work, and reads them from
// what people write.
//
// [Read] takes one message with what was known before it and returns the brief
// after it. It is deterministic and uses no model: small readers, one a slot,
// work on one tokenised view of the text. Every fact carries the span of text
// it came from and a confidence; nothing is set that the text does not say. A
// question is no fact ("should I pay 4k?"), nor is another person's price.
//
// English only: of a text in another language little or nothing is read.
package brief
