// Package moderation decides what happens to a message: rules and a small
// classifier judge every message at once, a language model few of them, and a
// person the doubtful ones.
//
// A [Moderator] is the cascade. [Moderator.Check] is asked before a message is
// sent on: a clean one is answered without any I/O, every other one becomes a
// [Case] of the [Queue] under the id of its message, so that the same question
// twice is one case. [Moderator.Screen] judges without keeping anything. What
// leads to which [Action] is one table: see decide.go. What a site may choose of
// it is [Settings].
//
// What is promised about cases, whatever fails:
//   - a message that is not clean is answered only when its case is stored;
//   - a judge's verdict that cannot be stored is stored later or asked for again, by
//     whichever process is there;
//   - a judge that stalls, fails or is over its budget counts as down, and the
//     site's choice for that holds;
//   - what is held has a deadline, at which the site's choice is carried out;
//   - every change of a case is one entry of its history, and two who change it
//     at once do not overwrite each other.
//
// Sites are told of changes from [Moderator.Announcements]; a turn with the
// assistant that was held is run by [Config.Released]. Both happen at least once,
// and their receivers know what they have had by its id.
package moderation
