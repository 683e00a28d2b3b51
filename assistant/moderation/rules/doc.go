// Package rules is the first stage of moderation: what is certain, likely or
// worth a hint in a message, found in microseconds and without a model.
//
// [Set.Check] reads a message in one or more readings ([Normalise]): folded to
// one alphabet, without what is not seen; with letters put together that were
// apart, figures read as letters and words as figures; from its end; decoded.
// Every reading leads back to the places of the original, in UTF-16 code units.
// What the sender divided over messages is read together with his earlier ones.
//
// Rules are YAML files (default/*.yaml and those of a folder, see [Watcher]):
// phrases over lists of words, found with one Aho–Corasick automaton for all of
// them, or a detector written in Go for what has a form (numbers, addresses,
// links), and the contexts in which a match is innocent. Each rule carries its
// own tests; one that fails them is not used. How a phrase is written is told
// at the type phrase.
//
// The time of a check is linear in the length of the text, of which 64 KiB are
// read: the first and the last half of that.
package rules
