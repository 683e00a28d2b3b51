package inspect

// Node is a message's place in a conversation.
type Node struct {
	Place    int64 // grows with each message
	ID       string
	Parent   string
	Selected bool // on the branch that the person sees
}

// Choose returns the last nodes before a place (0: the end), at most limit, and
// the page that they are on, without its exchanges. Nodes are all of a
// conversation in their order; leaf is the tip of the branch that is seen.
func Choose(nodes []Node, leaf string, before int64, limit int) ([]Node, Page) {
	parents := make(map[string]string, len(nodes))
	for _, n := range nodes {
		parents[n.ID] = n.Parent
	}
	selected := make(map[string]bool, len(nodes))
	for id := leaf; id != "" && !selected[id]; id = parents[id] {
		selected[id] = true
	}
	page := Page{Total: len(nodes)}
	end := len(nodes)
	for before > 0 && end > 0 && nodes[end-1].Place >= before {
		end--
	}
	start := max(0, end-pageSize(limit))
	if start > 0 {
		page.Before = nodes[start].Place
	}
	chosen := append([]Node{}, nodes[start:end]...)
	for i := range chosen {
		chosen[i].Selected = selected[chosen[i].ID]
	}
	return chosen, page
}
