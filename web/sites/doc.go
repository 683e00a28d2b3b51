// Package sites knows the sites that an installation serves: their names, the
// origins that may embed the chat, how their users are signed in and which keys
// their operators hold. A site is what every row of the database calls a tenant.
//
// Sites come from the configuration, with what was chosen for them in the
// console on top: a [Keeper] keeps that in a [Store] and has the [Directory]
// follow. What the installation keeps for itself,
// such as the keys that sign visitors' tokens, is in [Settings], one for each
// kind of database.
package sites
