// Package figures tells how an installation does over time: turns and how they
// ended, latency, what models cost, what people thought of answers, what of them
// could not be grounded, and errors.
//
// [Figures.Report] answers for a span in buckets of a time zone. What it says is
// added up from rows that are kept anyway: responses, model calls, drafts,
// feedback. [Figures.Roll] sums rows up by slots of a quarter of an hour once they
// do not change any more, so that a month of a million turns is read as a few
// thousand rows. Rows that are not summed up yet are read as they are: a report
// is never behind, unless it says so.
//
// Counts and costs are exact. Percentiles come from a [Sketch] of all values,
// whose error is 2% at most; percentiles are never averaged. Sums hold no text of
// anybody, and outlast conversations that are deleted.
package figures
