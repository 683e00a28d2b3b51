package moderation

import "time"

// ByPerson reports whether a case is decided and a person decided it.
func (c Case) ByPerson() bool { return c.Status == Decided && c.Verdict.Stage == StageReviewer }

// Standing returns the number and the time of the decision of a person that
// holds after a history: the last one that was not taken back. 0 means none.
func Standing(history []Decision) (number int, at time.Time) {
	var made []Decision
	for _, d := range history {
		switch {
		case d.Kind == Reviewed:
			made = append(made, d)
		case d.Kind == Undone && len(made) > 0:
			made = made[:len(made)-1]
		}
	}
	if len(made) == 0 {
		return 0, time.Time{}
	}
	last := made[len(made)-1]
	return last.Number, last.At
}
