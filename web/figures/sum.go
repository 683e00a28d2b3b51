package figures

import (
	"cmp"
	"slices"
	"time"
)

// Sum is what happened in a slot. Its JSON is what stores keep.
type Sum struct {
	At       time.Time   `json:"-"` // when the slot begins
	Sessions int         `json:"s,omitempty"`
	Turns    []TurnSum   `json:"t,omitempty"`
	Calls    []CallSum   `json:"c,omitempty"`
	Drafts   []DraftSum  `json:"d,omitempty"`
	Ratings  []RatingSum `json:"r,omitempty"`
}

// Empty reports whether nothing happened.
func (s Sum) Empty() bool {
	return s.Sessions == 0 && len(s.Turns)+len(s.Calls)+len(s.Drafts)+len(s.Ratings) == 0
}

// TurnSum sums turns up that were alike.
type TurnSum struct {
	TurnKind
	Count   int    `json:"n"`
	Again   int    `json:"a,omitempty"`
	Kept    int    `json:"k,omitempty"`
	Dropped int    `json:"x,omitempty"`
	First   packed `json:"f,omitempty"`
	Whole   packed `json:"w,omitempty"`
}

// TurnKind is what turns are told apart by.
type TurnKind struct {
	Route   string `json:"route,omitempty"`
	Model   string `json:"m,omitempty"`
	Outcome string `json:"o"`
	Problem string `json:"p,omitempty"`
}

// CallSum sums model calls up that were alike.
type CallSum struct {
	CallKind
	Count    int    `json:"n"`
	Fallback int    `json:"b,omitempty"` // failed before their first token, so that others were asked
	Input    int64  `json:"i,omitempty"`
	Output   int64  `json:"u,omitempty"`
	Cost     int64  `json:"$,omitempty"` // millionths of Currency
	First    packed `json:"f,omitempty"` // time to the first token
	Whole    packed `json:"w,omitempty"`
}

// CallKind is what calls are told apart by.
type CallKind struct {
	Purpose  string `json:"p,omitempty"`
	Model    string `json:"m,omitempty"`
	Endpoint string `json:"e,omitempty"`
	Route    string `json:"route,omitempty"` // of the turn that they were for
	Currency string `json:"y,omitempty"`
	Error    string `json:"x,omitempty"` // its class; "" for calls that answered
}

// DraftSum sums drafts of a kind up that became ready or were published.
type DraftSum struct {
	Kind      string `json:"k"`
	Published int    `json:"p,omitempty"`
	Ready     packed `json:"r,omitempty"` // time from the beginning of the conversation
}

// RatingSum sums up what people thought of answers.
type RatingSum struct {
	Route string `json:"route,omitempty"`
	Model string `json:"m,omitempty"`
	Up    int    `json:"u,omitempty"`
	Down  int    `json:"d,omitempty"`
}

// Summarise sums rows up by slots, in their order; slots without any are left out.
// Routes are the workflows of turns by their responses, for calls that were made
// in another slot than their turn began in.
func Summarise(rows Rows, routes map[string]string) []Sum {
	slots := map[time.Time]*slot{}
	at := func(t time.Time) *slot {
		key := t.UTC().Truncate(Slot)
		if slots[key] == nil {
			slots[key] = &slot{turns: map[TurnKind]*turnTally{}, calls: map[CallKind]*callTally{}, drafts: map[string]*draftTally{}, ratings: map[[2]string]*RatingSum{}}
		}
		return slots[key]
	}
	for _, t := range rows.Sessions {
		at(t).sessions++
	}
	for _, t := range rows.Turns {
		at(t.At).turn(t)
	}
	for _, c := range rows.Calls {
		at(c.At).call(c, routes[c.Response])
	}
	for _, d := range rows.Drafts {
		at(d.At).draft(d)
	}
	for _, r := range rows.Ratings {
		at(r.At).rating(r)
	}
	sums := make([]Sum, 0, len(slots))
	for key, s := range slots {
		sum := s.sum()
		sum.At = key
		sums = append(sums, sum)
	}
	slices.SortFunc(sums, func(a, b Sum) int { return a.At.Compare(b.At) })
	return sums
}

// Routes are the workflows of turns by their responses.
func Routes(turns []Turn) map[string]string {
	routes := make(map[string]string, len(turns))
	for _, t := range turns {
		routes[t.ID] = t.Route
	}
	return routes
}

// slot is a sum that is being made.
type slot struct {
	sessions int
	turns    map[TurnKind]*turnTally
	calls    map[CallKind]*callTally
	drafts   map[string]*draftTally
	ratings  map[[2]string]*RatingSum
}

type turnTally struct {
	TurnSum
	first, whole Sketch
}

type callTally struct {
	CallSum
	first, whole Sketch
}

type draftTally struct {
	DraftSum
	ready Sketch
}

func (s *slot) turn(t Turn) {
	kind := TurnKind{t.Route, t.Model, t.Outcome, t.Problem}
	sum := s.turns[kind]
	if sum == nil {
		sum = &turnTally{TurnSum: TurnSum{TurnKind: kind}}
		s.turns[kind] = sum
	}
	sum.Count++
	if t.Again {
		sum.Again++
	}
	sum.Kept += t.Kept
	sum.Dropped += t.Dropped
	if t.Outcome != "completed" && t.Outcome != "incomplete" {
		return // what did not answer is not quick or slow
	}
	if t.FirstText > 0 {
		sum.first.Add(t.FirstText)
	}
	sum.whole.Add(t.Whole)
}

func (s *slot) call(c Call, route string) {
	failed := c.Error
	if failed == "" && c.Status == "reserved" {
		failed = "lost"
	}
	kind := CallKind{c.Purpose, c.Model, c.Endpoint, route, c.Currency, failed}
	sum := s.calls[kind]
	if sum == nil {
		sum = &callTally{CallSum: CallSum{CallKind: kind}}
		s.calls[kind] = sum
	}
	sum.Count++
	if c.Status == "failed" && c.FirstToken == 0 {
		sum.Fallback++
	}
	sum.Input += int64(c.Input)
	sum.Output += int64(c.Output)
	sum.Cost += c.Cost
	if c.FirstToken > 0 {
		sum.first.Add(c.FirstToken)
	}
	if c.Status == "settled" {
		sum.whole.Add(c.Total)
	}
}

func (s *slot) draft(d Draft) {
	sum := s.drafts[d.Kind]
	if sum == nil {
		sum = &draftTally{DraftSum: DraftSum{Kind: d.Kind}}
		s.drafts[d.Kind] = sum
	}
	if d.Published {
		sum.Published++
	}
	if d.Ready {
		sum.ready.Add(d.At.Sub(d.Began))
	}
}

func (s *slot) rating(r Rating) {
	kind := [2]string{r.Route, r.Model}
	sum := s.ratings[kind]
	if sum == nil {
		sum = &RatingSum{Route: r.Route, Model: r.Model}
		s.ratings[kind] = sum
	}
	if r.Up {
		sum.Up++
	} else {
		sum.Down++
	}
}

func (s *slot) sum() Sum {
	sum := Sum{Sessions: s.sessions}
	for _, t := range s.turns {
		t.First, t.Whole = t.first.pack(), t.whole.pack()
		sum.Turns = append(sum.Turns, t.TurnSum)
	}
	for _, c := range s.calls {
		c.First, c.Whole = c.first.pack(), c.whole.pack()
		sum.Calls = append(sum.Calls, c.CallSum)
	}
	for _, d := range s.drafts {
		d.Ready = d.ready.pack()
		sum.Drafts = append(sum.Drafts, d.DraftSum)
	}
	for _, r := range s.ratings {
		sum.Ratings = append(sum.Ratings, *r)
	}
	sum.order()
	return sum
}

// order makes a sum of the same rows the same always.
func (s *Sum) order() {
	slices.SortFunc(s.Turns, func(a, b TurnSum) int {
		return cmp.Or(cmp.Compare(a.Route, b.Route), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Problem, b.Problem))
	})
	slices.SortFunc(s.Calls, func(a, b CallSum) int {
		return cmp.Or(cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Endpoint, b.Endpoint),
			cmp.Compare(a.Route, b.Route), cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Error, b.Error))
	})
	slices.SortFunc(s.Drafts, func(a, b DraftSum) int { return cmp.Compare(a.Kind, b.Kind) })
	slices.SortFunc(s.Ratings, func(a, b RatingSum) int { return cmp.Or(cmp.Compare(a.Route, b.Route), cmp.Compare(a.Model, b.Model)) })
}
