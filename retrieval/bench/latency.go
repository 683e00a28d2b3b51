package bench

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// latency is how long one thing took, many times, in order of length.
type latency []time.Duration

// measure does something for each query, so many at once, and tells how long
// each took.
func measure(ctx context.Context, queries []string, concurrent int, do func(ctx context.Context, query string) error) (latency, error) {
	times := make(latency, len(queries))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range concurrent {
		group.Go(func() error {
			for {
				at := int(next.Add(1) - 1)
				if at >= len(queries) {
					return nil
				}
				start := time.Now()
				if err := do(ctx, queries[at]); err != nil {
					return fmt.Errorf("%q: %w", queries[at], err)
				}
				times[at] = time.Since(start)
			}
		})
	}
	err := group.Wait()
	slices.Sort(times)
	return times, err
}

func (l latency) at(q float64) time.Duration { return l[int(q*float64(len(l)-1))] }

func (l latency) String() string {
	return fmt.Sprintf("p50 %5.1f  p90 %5.1f  p99 %5.1f  max %6.1f ms", ms(l.at(.5)), ms(l.at(.9)), ms(l.at(.99)), ms(l.at(1)))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func sorted(l latency) latency {
	slices.Sort(l)
	return l
}
