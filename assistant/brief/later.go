package brief

import (
	"math"
	"time"
)

// shifts tell that a known date or length moves by a stretch of time.
var shifts = map[string]float64{"later": 1, "longer": 1, "more": 1, "extra": 1, "earlier": -1, "sooner": -1, "less": -1, "shorter": -1}

// shiftTime reads "one week later", "two weeks more": the known deadline, or the start
// or the length where there is no deadline, moves by so much.
func (r *reader) shiftTime() {
	if !r.inProgress() || r.in.Asked == SlotDuration || r.in.Asked == SlotDeadline || r.in.Asked == SlotStart {
		return
	}
	for i := range r.tokens {
		if r.closed(i) || r.claimed(i) {
			continue
		}
		s, ok := r.stretchAt(i)
		way := shifts[r.low(s.to)]
		if !ok || way == 0 || r.hasDay(s.to, r.sentenceOf(i).to) || s.high <= 0 || r.is(s.to, "more", "less") && r.is(s.to+1, "than") {
			continue
		}
		if r.shiftBy(int(math.Round(s.high*way)), s.from, s.to+1, r.is(s.to, "longer", "shorter", "more", "less")) {
			r.claim(removal, s.from, s.to+1)
		}
		return
	}
}

// beginsNear reports whether the sentence of token i is about the start.
func (r *reader) beginsNear(i int) bool {
	s := r.sentenceOf(i)
	for k := s.from; k < s.to; k++ {
		if startCues[r.low(k)] {
			return true
		}
	}
	return false
}

// shiftBy moves what is known by some days; length says that the work is longer or
// shorter, which is its length where one is known.
func (r *reader) shiftBy(days, from, to int, length bool) bool {
	b, known := &r.brief, r.in.Known
	moved := func(day Field[Day]) (Field[Day], bool) {
		at, err := time.Parse(isoDate, day.Value.Date)
		if err != nil {
			return day, false
		}
		next := at.AddDate(0, 0, days).Format(isoDate)
		return Field[Day]{Value: Day{Date: next, Text: r.quote(from, to)}, Sources: append([]Source{r.source(from, to)}, day.Sources...), Confidence: 0.8}, true
	}
	switch {
	case length && known.Duration.Known() && known.Duration.Value.MaxDays+days > 0 && known.Duration.Value.MaxDays > 0:
		p := Period{MinDays: max(1, known.Duration.Value.MinDays+days), MaxDays: known.Duration.Value.MaxDays + days}
		b.Duration = Field[Period]{Value: p, Sources: append([]Source{r.source(from, to)}, known.Duration.Sources...), Confidence: 0.8}
		r.change(SlotDuration, from)
		return true
	case known.Deadline.Value.Date != "" && !(known.Start.Value.Date != "" && r.beginsNear(from)):
		next, ok := moved(known.Deadline)
		if ok {
			b.Deadline = next
			r.change(SlotDeadline, from)
		}
		return ok
	case known.Start.Value.Date != "":
		next, ok := moved(known.Start)
		if ok {
			b.Start = next
			r.change(SlotStart, from)
		}
		return ok
	}
	return false
}
