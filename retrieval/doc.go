// Package retrieval finds what a marketplace's own history says about a piece
// of work: similar job posts, profiles and proposals, and what such work paid.
//
// The type to call is [Retriever]. [Retriever.Load] validates, embeds and
// stores documents; [Retriever.Search] asks two ranked lists at once, one by
// words and one by nearness of meaning, and fuses, thins out and explains
// them; [Retriever.Market] computes figures from similar posts. No figure is
// ever guessed: one with fewer than [MinPosts] posts behind it is widened,
// saying so, or absent.
//
// Two seams keep the package free of databases and models: an [Index] keeps
// documents, an [Embedder] turns texts into vectors. Every call is for one
// tenant, and nothing of another tenant is ever read.
package retrieval
