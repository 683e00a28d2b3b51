package sqliteindex

import (
	"context"

	"github.com/parleyhq/parley/retrieval"
)

// Months implements [retrieval.Index]. Its cost is that of the filter, and of
// a look at each document.
func (x *Index) Months(ctx context.Context, filter retrieval.Filter) (map[string]int, error) {
	if err := check(ctx, filter); err != nil {
		return nil, wrap("count months", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	months := make(map[string]int)
	c := x.corpora[scope{filter.Tenant, filter.Kind}]
	if c == nil {
		return months, nil
	}
	wanted := c.selection(filter, x.zones)
	defer wanted.release()
	for day, list := range c.fields[fieldPosted] {
		posts := 0
		for _, slot := range list.slots {
			if wanted.kept.has(slot) {
				posts++
			}
		}
		if posts > 0 {
			months[retrieval.MonthOf(day)] += posts
		}
	}
	return months, nil
}
