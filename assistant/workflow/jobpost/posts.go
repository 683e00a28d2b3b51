package jobpost

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
)

// gist is what the workflow needs of a similar post's text.
type gist struct {
	aspects []string // ids of what it mentions
	snippet string
	until   time.Time
}

// gists remembers the gists of posts, so that the same few hundred are not
// read again for every turn. A changed text is noticed after keepGist.
type gists struct {
	mu    sync.Mutex
	posts map[gistKey]gist
}

type gistKey struct{ tenant, id string }

const (
	keepGist  = 10 * time.Minute
	mostGists = 20_000
)

// of returns the gists of posts by id; posts that are gone are left out.
func (g *gists) of(ctx context.Context, library workflow.Library, tenant string, ids []string) (map[string]gist, error) {
	found, missing := g.remembered(tenant, ids)
	if len(missing) == 0 {
		return found, nil
	}
	docs, err := library.Documents(ctx, tenant, retrieval.KindJobPost, missing)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.posts == nil || len(g.posts)+len(docs) > mostGists {
		g.posts = make(map[gistKey]gist)
	}
	for _, d := range docs {
		read := gist{aspects: aspectsIn(d), snippet: workflow.Clip(d.Text(), snippetLength), until: time.Now().Add(keepGist)}
		g.posts[gistKey{tenant, d.ID}] = read
		found[d.ID] = read
	}
	return found, nil
}

func (g *gists) remembered(tenant string, ids []string) (found map[string]gist, missing []string) {
	found = make(map[string]gist, len(ids))
	now := time.Now()
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, id := range ids {
		if read, ok := g.posts[gistKey{tenant, id}]; ok && now.Before(read.until) {
			found[id] = read
		} else {
			missing = append(missing, id)
		}
	}
	return found, missing
}

// aspectsIn lists the aspects of its category that a post mentions.
func aspectsIn(post retrieval.Document) []string {
	text := flat(post.Title() + "\n" + post.Text())
	var ids []string
	for _, a := range aspectsOf(post.Post.Category) {
		if mentions(text, a.patterns) && !slices.Contains(ids, a.id) {
			ids = append(ids, a.id)
		}
	}
	if mentions(text, existingPatterns) {
		ids = append(ids, aspectExisting)
	}
	return ids
}
