package gateway

import (
	"maps"
	"slices"
	"time"
)

// EndpointState is how an endpoint stands in this process now.
type EndpointState struct {
	Name    string    `json:"name"`
	Circuit string    `json:"circuit"`         // closed: it is called; open: it is left alone; half-open: one call tries it
	Calls   int       `json:"calls"`           // that run now
	Most    int       `json:"most"`            // that may run at the same time
	Paused  time.Time `json:"paused,omitzero"` // until when the server asked to be left alone
}

// States tells how the endpoints stand now, in the order of their names.
func (g *Gateway) States() []EndpointState {
	states := make([]EndpointState, 0, len(g.endpoints))
	for _, name := range slices.Sorted(maps.Keys(g.endpoints)) {
		e := g.endpoints[name]
		state := EndpointState{Name: name, Circuit: e.breaker.State().String(), Calls: len(e.slots), Most: cap(e.slots)}
		if until := time.Unix(0, e.paused.Load()); until.After(time.Now()) {
			state.Paused = until.UTC()
		}
		states = append(states, state)
	}
	return states
}
