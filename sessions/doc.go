// Package sessions keeps conversations: ordered turns, a history that is a
// tree, versioned drafts, and subscribers that can leave and come back without
// losing or doubling anything.
//
// The one type to call is [Manager]. A connection opens a session with
// [Manager.Open] and is handed events; it submits messages with
// [Manager.Submit]. A turn belongs to the session and not to the connection
// that started it: a disconnect does not stop it, [Manager.Cancel] does.
//
// Three seams keep the package free of databases, sockets and language models:
// [Store] keeps what must survive, [Responder] answers a message, and a
// [Subscriber] takes events. Positions in texts are UTF-16 code units
// everywhere in this package, because that is what browsers count in.
package sessions
