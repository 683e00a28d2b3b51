package moderation

import "slices"

var actions = []Action{Deliver, DeliverAndReview, Hold, Block}

// Known reports whether there is such an action.
func (a Action) Known() bool { return slices.Contains(actions, a) }

// Delivers reports whether the message goes out.
func (a Action) Delivers() bool { return a == Deliver || a == DeliverAndReview }

// harder returns the harder of two actions.
func harder(a, b Action) Action {
	if slices.Index(actions, b) > slices.Index(actions, a) {
		return b
	}
	return a
}

// changes reports whether a message that was treated in one way is treated in
// another one now. Between the two kinds of delivery there is no difference for a site.
func changes(from, to Action) bool {
	return from != to && !(from.Delivers() && to.Delivers())
}
