// Package eval is the scoreboard: it measures what Parley claims about its own
// quality on data with known answers, against honest baselines.
//
// Retrieval is measured by [Retrieval.Run] on tasks: documents, queries and
// judgements, read from files by [TalentCLEF], [Posts] and [Occupations]. Each
// task is ranked by two baselines and by Parley's own lists, alone and fused,
// through the same Retriever and index that serve people. Differences carry
// bootstrap intervals over queries.
//
// Nothing is tuned on what is reported. A query belongs to the half that the
// hash of its id says ([HalfOf]): constants are chosen on the tuning half, the
// figures of a [Report] are of the reporting half.
//
// The parts are meant to be shared by measurements of other abilities: metrics
// and intervals know nothing of retrieval.
package eval
