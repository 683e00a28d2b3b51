// Package grounding checks that a text says nothing its sources do not.
//
// A model is asked to name, in square brackets at the end of each sentence,
// the facts that the sentence rests on: "You want a shop for pet supplies
// [f1]." [Stream] reads such a text as it comes, takes the marks out, and lets
// a sentence through only when a [Checker] finds everything it says in those
// facts: numbers, money, durations, dates, skills, names and quotations, and
// most of its other words. A sentence without marks is matched to the facts by
// what it says. Whatever fails is left out and recorded; one sentence is held
// back at most.
//
// A sentence is taken apart into what it claims (see [Split]), and each claim
// must be bound in one fact as it is in the sentence: a number with what it
// counts and the skill it goes with, an achievement with its object, who it is
// said of, and whether it is so, is not so, or may be. Numbers and skills of two
// facts are never joined. [KindClient] and Attrs["about"] keep what a post says
// out of what a freelancer says of themselves.
//
// The check is deterministic and errs on the side of leaving out. A question
// passes only when a fact asks it. It reads English. It reads clauses and does
// not understand them: words that everybody uses may still be put together into
// something else. What it promises is narrower and firm: no number, amount,
// date, known skill or name comes out that is not in a fact. A [Judge] may be
// asked about what passes; it can only lower trust. docs/grounding.md has the
// rules and how well they do.
package grounding

// Kind is what a claim says, by the part of it that is most worth checking.
type Kind string

// The kinds of claims, in the order in which they name a sentence: one with an
// amount of money and a skill is of kind Money.
const (
	Money    Kind = "money"
	Date     Kind = "date"
	Duration Kind = "duration"
	Number   Kind = "number"
	Skill    Kind = "skill"
	Entity   Kind = "entity"
	Opinion  Kind = "opinion" // advice or judgement
	Quote    Kind = "quote"   // restates a fact's words
	Wording  Kind = "wording" // says nothing that could be false

	// Only within a sentence: see Assertion.
	Degree Kind = "degree" // how good or how much: expert, fluent, the best, more than
	Result Kind = "result" // an achievement or a promise: led, won, doubled, guarantee
)

// Claim is a sentence that was let through. Start and End are UTF-16 positions
// in the emitted text.
type Claim struct {
	Start int
	End   int
	Text  string
	Kind  Kind
	Facts []string // ids of the facts it rests on; none for Wording
}

// Dropped is a sentence that was left out, and what of it no fact says.
type Dropped struct {
	Text    string   `json:"text"`
	Missing []string `json:"missing"`
}
