package retrieval

import (
	"context"
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

const (
	historyPosts = 20_000           // the newest posts that widened figures and base rates are computed from
	historyAge   = 10 * time.Minute // after which another process's loads are noticed
	maxHistories = 64               // tenants kept at once
)

// history is what all posts of a tenant say: the figures that a small one is
// widened to, and how common each skill is.
type history struct {
	all    *group
	groups map[groupKey]*group
	names  map[string]string // vocabulary names of the skills that posts list, by their spelling
	// broader are, by their vocabulary names, the skills above those that posts list.
	broader map[string][]string
}

// groupKey is a category, or one level of it. The zero key stands for all posts.
type groupKey struct{ category, level string }

// group are the figures of all posts of a category or of one level of it.
type group struct {
	posts      int
	skills     map[string]int // by canonical name: posts that list it
	pay        map[payKey]PayFigure
	duration   *DaysFigure
	timeToHire *DaysFigure
	demo       bool // some of its posts belong to the demo marketplace
}

// newHistory computes the figures of posts, newest first.
func newHistory(posts []counted, vocabulary *skills.Vocabulary, rates *Rates) *history {
	members := map[groupKey][]counted{{}: posts}
	for _, post := range posts {
		if post.Category == "" {
			continue
		}
		category := groupKey{post.Category, ""}
		members[category] = append(members[category], post)
		if post.Level != "" {
			level := groupKey{post.Category, post.Level}
			members[level] = append(members[level], post)
		}
	}
	h := &history{groups: make(map[groupKey]*group, len(members))}
	names := newNamer(vocabulary, nil)
	for key, posts := range members {
		h.groups[key] = newGroup(key, posts, names, rates)
	}
	h.names, h.broader = names.found, names.broader()
	h.all = h.groups[groupKey{}]
	delete(h.groups, groupKey{})
	return h
}

func newGroup(key groupKey, posts []counted, names namer, rates *Rates) *group {
	g := &group{posts: len(posts), skills: make(map[string]int), pay: make(map[payKey]PayFigure), demo: anyDemo(posts)}
	for _, post := range posts {
		for name := range names.of(post.Skills) {
			g.skills[name]++
		}
	}
	scope := ScopeCategory
	if key.level != "" {
		scope = ScopeLevel
	}
	paid := make(map[payKey][]counted)
	for _, post := range posts {
		if pay := payKeyOf(post.Facets); pay.known() {
			paid[pay] = append(paid[pay], post)
		}
	}
	for pay, posts := range paid {
		if figure, ok := payFigure(paidBy(posts, pay), pay, rates); ok {
			figure.Scope, figure.Level = scope, key.level
			g.pay[pay] = figure
		}
	}
	g.duration = scoped(durationFigure, posts, durationOf, scope)
	g.timeToHire = scoped(timeToHireFigure, posts, daysToHire, scope)
	return g
}

// scoped computes a figure of days, nil when there is none.
func scoped(id string, posts []counted, days func(counted) float64, scope string) *DaysFigure {
	figure, ok := daysFigure(id, posts, days)
	if !ok {
		return nil
	}
	figure.Scope = scope
	return &figure
}

func anyDemo(posts []counted) bool {
	for _, post := range posts {
		if post.Demo {
			return true
		}
	}
	return false
}

// histories keeps the history of each tenant that was asked for until its
// posts change.
type histories struct {
	index      Index
	vocabulary *skills.Vocabulary
	now        func() time.Time

	mu       sync.Mutex
	byTenant map[string]*cachedHistory
}

// cachedHistory is computed by the first who needs it; others wait for it.
type cachedHistory struct {
	ready chan struct{} // closed when computed or failed
	at    time.Time
	value *history
	err   error
}

func newHistories(index Index, vocabulary *skills.Vocabulary) *histories {
	return &histories{index: index, vocabulary: vocabulary, now: time.Now, byTenant: make(map[string]*cachedHistory)}
}

// forget drops a tenant's history because its posts changed.
func (h *histories) forget(tenant string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.byTenant, tenant)
}

func (h *histories) of(ctx context.Context, tenant string) (*history, error) {
	cached, mine := h.entry(tenant)
	if mine {
		h.compute(ctx, tenant, cached)
	}
	select {
	case <-cached.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if cached.err != nil && !mine && ctx.Err() == nil {
		// Whoever computed it may merely have been cancelled.
		return h.load(ctx, tenant)
	}
	return cached.value, cached.err
}

// entry returns the tenant's entry and whether the caller has to compute it.
func (h *histories) entry(tenant string) (cached *cachedHistory, mine bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if cached, ok := h.byTenant[tenant]; ok && h.now().Sub(cached.at) < historyAge {
		return cached, false
	}
	if len(h.byTenant) >= maxHistories {
		h.dropOldest()
	}
	cached = &cachedHistory{ready: make(chan struct{}), at: h.now()}
	h.byTenant[tenant] = cached
	return cached, true
}

func (h *histories) dropOldest() {
	oldest, at := "", time.Time{}
	for tenant, cached := range h.byTenant {
		if oldest == "" || cached.at.Before(at) {
			oldest, at = tenant, cached.at
		}
	}
	delete(h.byTenant, oldest)
}

func (h *histories) compute(ctx context.Context, tenant string, cached *cachedHistory) {
	defer close(cached.ready)
	cached.value, cached.err = h.load(ctx, tenant)
	if cached.err == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.byTenant[tenant] == cached {
		delete(h.byTenant, tenant)
	}
}

func (h *histories) load(ctx context.Context, tenant string) (*history, error) {
	posts, err := h.index.Facets(ctx, Filter{Tenant: tenant, Kind: KindJobPost}, nil, historyPosts)
	if err != nil {
		return nil, err
	}
	return newHistory(evenly(posts), h.vocabulary, nil), nil
}
