package embed

import (
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// mostPassages of a text are learned from one by one, the first ones.
const mostPassages = 6

// lessons makes the sources of documents.
func lessons(documents []retrieval.Document) []source {
	titles := source{name: "titles and texts"}
	listed := source{name: "texts and skills"}
	categories := source{name: "categories"}
	at := make(map[string]int)
	for _, d := range documents {
		if d.Kind == retrieval.KindProposal {
			continue
		}
		whole := wholeText(d)
		if list := passages(d.Text()); len(list) > 0 {
			titles.pair([]string{d.Title()}, append(list[:min(mostPassages, len(list))], d.Text(), whole))
		}
		if names := d.Skills(); len(names) > 0 {
			listed.pair([]string{d.Title(), whole, d.Text()}, append([]string{strings.Join(names, ", ")}, names...))
		}
		if name := d.Facets().Category; name != "" {
			i, ok := at[name]
			if !ok {
				i = len(categories.left)
				at[name], categories.left = i, append(categories.left, nil)
			}
			categories.left[i] = append(categories.left[i], whole)
		}
	}
	return []source{titles, listed, categories, proposals(documents)}
}

func wholeText(d retrieval.Document) string { return d.Title() + "\n" + d.Text() }

func proposals(documents []retrieval.Document) source {
	posts := make(map[string]string)
	for _, d := range documents {
		if d.Kind == retrieval.KindJobPost {
			posts[d.ID] = wholeText(d)
		}
	}
	s := source{name: "proposals and posts"}
	for _, d := range documents {
		if d.Kind == retrieval.KindProposal {
			if post, ok := posts[d.Proposal.JobPost]; ok {
				s.pair([]string{d.Proposal.Text}, []string{post})
			}
		}
	}
	return s
}

func (s *source) pair(left, right []string) {
	s.left, s.right = append(s.left, left), append(s.right, right)
}

// passages cuts a text at ends of sentences into pieces of at least 60 bytes.
func passages(text string) []string {
	const least = 60
	var list []string
	start := 0
	text = strings.ReplaceAll(text, "\n", " ")
	for at := 0; at+1 < len(text); at++ {
		if text[at+1] == ' ' && strings.IndexByte(".?!", text[at]) >= 0 && at-start >= least {
			list, start = append(list, strings.TrimSpace(text[start:at+1])), at+1
		}
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		list = append(list, rest)
	}
	return list
}
