package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
)

// sendConversation answers with the selected branch of a conversation as a text
// for people: what the person wrote as quotations, what was answered as it was
// said, and the drafts as they stand.
func sendConversation(c echo.Context, state *sessions.State) error {
	title := state.Session.Title
	if title == "" {
		title = "Conversation"
	}
	blocks := []string{"# " + escapeMarkdown(title), state.Session.Created.UTC().Format("2006-01-02")}
	answers := make(map[string]sessions.Response)
	for _, r := range state.Responses {
		if r.Status != sessions.StatusReplaced && r.Status != sessions.StatusReleased {
			answers[r.Message] = r
		}
	}
	on := make(map[string]bool)
	for _, m := range branchOf(state) {
		on[m.ID] = true
		blocks = append(blocks, saidMarkdown(m), answerMarkdown(answers[m.ID]))
	}
	drafts, err := draftsMarkdown(state.Drafts, on)
	if err != nil {
		return err
	}
	filled := make([]string, 0, len(blocks))
	for _, block := range append(blocks, drafts...) {
		if block = strings.TrimSpace(block); block != "" {
			filled = append(filled, block)
		}
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="conversation.md"`)
	return c.Blob(http.StatusOK, "text/markdown; charset=utf-8", []byte(strings.Join(filled, "\n\n")+"\n"))
}

// branchOf is the selected branch, oldest message first.
func branchOf(state *sessions.State) []sessions.Message {
	var found []sessions.Message
	next := state.Session.Leaf
	for i := len(state.Messages) - 1; i >= 0 && next != ""; i-- { // a parent stands before its children
		if m := state.Messages[i]; m.ID == next {
			found = append(found, m)
			next = m.Parent
		}
	}
	for i, j := 0, len(found)-1; i < j; i, j = i+1, j-1 {
		found[i], found[j] = found[j], found[i]
	}
	return found
}

// saidMarkdown is what a person wrote, with the names of the files that came with it.
func saidMarkdown(m sessions.Message) string {
	lines := strings.Split(escapeBlocks(m.Text), "\n")
	for _, a := range m.Attachments {
		lines = append(lines, "", "("+escapeMarkdown(a.Name)+")")
	}
	return "> " + strings.Join(lines, "\n> ")
}

// answerMarkdown is an answer, which is Markdown already.
func answerMarkdown(r sessions.Response) string {
	if r.Status == sessions.StatusHeld && r.Problem != nil {
		return escapeBlocks(r.Problem.Message)
	}
	return r.Text
}

// draftsMarkdown are the newest versions of the branch's drafts, each behind a rule.
func draftsMarkdown(all []sessions.Draft, on map[string]bool) ([]string, error) {
	newest := make(map[string]sessions.Draft)
	var order []string
	for _, d := range all {
		if !on[d.Message] {
			continue
		}
		if _, known := newest[d.ID]; !known {
			order = append(order, d.ID)
		}
		newest[d.ID] = d
	}
	var blocks []string
	for _, id := range order {
		text, err := draftMarkdown(newest[id])
		if err != nil {
			return nil, fmt.Errorf("web: export draft %s: %w", id, err)
		}
		if text != "" {
			blocks = append(blocks, "---", text)
		}
	}
	return blocks, nil
}

func draftMarkdown(d sessions.Draft) (string, error) {
	switch d.Kind {
	case jobpost.Kind:
		var post jobpost.Document
		err := json.Unmarshal(d.Document, &post)
		return postMarkdown(post), err
	case shortlist.Kind:
		_, text, err := shortlistMarkdown(d.Document)
		return text, err
	case shortlist.InvitationKind:
		_, text, err := invitationMarkdown(d.Document)
		return text, err
	case proposal.Kind:
		_, text, err := proposalMarkdown(d.Document)
		return text, err
	}
	return "", nil
}
