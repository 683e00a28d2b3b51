package assistant

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/sessions"
)

// namesPost are names of files that hold a job post.
var namesPost = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:job|post|posting|brief|vacancy|advert|description)(?:[^a-z]|$)`)

// brought puts what a message brings beside its text behind it, for the
// workflow to read as if the person had pasted it: the texts of files, and the
// post that the page is about. Who applies for a job brings a profile, unless
// the file is called otherwise.
func brought(turn sessions.Turn, to route.Route) sessions.Turn {
	parts := []string{turn.Message.Text}
	for _, f := range turn.Files {
		switch {
		case to != route.Proposal:
			parts = append(parts, f.Text)
		case namesPost.MatchString(f.Name):
			parts = append(parts, "The job post:\n"+f.Text)
		default:
			parts = append(parts, "My profile:\n"+f.Text)
		}
	}
	if id := turn.Message.JobPost; id != "" && !strings.Contains(turn.Message.Text, id) {
		parts = append(parts, "The job post is "+id+".")
	}
	turn.Message.Text = strings.TrimSpace(strings.Join(parts, "\n\n"))
	return turn
}
