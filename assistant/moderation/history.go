package moderation

import "github.com/parleyhq/parley/assistant/moderation/policy"

// standing is what the entries of a history come to.
type standing struct {
	action Action
	labels []policy.Label
	stage  Stage
	reason string
	status Status
}

// withoutLast is what a history comes to without the last decision of a person
// that still stands; false when there is none.
func withoutLast(history []Decision) (standing, bool) {
	entries := standingEntries(history)
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].Kind == Reviewed {
			return replay(append(entries[:i:i], entries[i+1:]...)), true
		}
	}
	return standing{}, false
}

// standingEntries leaves out what was undone.
func standingEntries(history []Decision) (entries []Decision) {
	for _, d := range history {
		if d.Kind != Undone {
			entries = append(entries, d)
			continue
		}
		for i := len(entries) - 1; i >= 0; i-- {
			if entries[i].Kind == Reviewed {
				entries = append(entries[:i], entries[i+1:]...)
				break
			}
		}
	}
	return entries
}

// replay adds entries up.
func replay(entries []Decision) (s standing) {
	for _, d := range entries {
		switch d.Kind {
		case AppealMade:
			s.status = Waiting
			continue
		case Assigned:
			continue
		}
		s.action, s.labels, s.stage, s.reason = d.Action, d.Labels, d.Stage, ""
		if d.Kind == Judged || d.Kind == Reviewed {
			s.reason = d.Note
		}
		s.status = Waiting
		if d.Action == Block || d.Action == Deliver {
			s.status = Decided
		}
	}
	return s
}

// pending reports whether an appeal waits for a decision.
func pending(history []Decision) bool {
	waits := false
	for _, d := range history {
		switch d.Kind {
		case AppealMade:
			waits = true
		case Assigned:
		default:
			waits = false
		}
	}
	return waits
}
