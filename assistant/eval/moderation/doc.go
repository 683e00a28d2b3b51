// Package moderation measures the cascade that screens messages, stage by stage,
// on messages whose labels are known: how well it tells violations apart, what
// happens to them and to clean messages that look like them, how much of the
// traffic a judge would see, what that costs, and how long a message takes.
//
// [Measure] does all of it. Cases are read by [ReadCases], public sets of others
// by [ReadOutside] and [ReadHateCheck]; the judge of the comparisons is [Scripted],
// right as often as it is told to be, so that figures do not depend on anybody's
// model. Intervals are of a bootstrap that draws families of variants together.
package moderation
