package route

import (
	"sync"

	"github.com/parleyhq/parley/retrieval/learn"
)

// Router decides which workflow answers. It is safe for concurrent use.
type Router struct {
	model    classifier
	meta     meta
	artefact *learn.Artefact
}

// Artefact tells what the router was trained on. Callers must not change it.
func (r *Router) Artefact() *learn.Artefact { return r.artefact }

var collections = sync.Pool{New: func() any { return learn.NewFeatures(hashBits) }}

// Route decides on a message. The same input gives the same decision. However
// long the message, only some 2,000 bytes of it are read.
func (r *Router) Route(in Input) Decision {
	in = in.known()
	s := see(in.Text)
	if d, ok := rule(in, s); ok {
		return d
	}
	features := collections.Get().(*learn.Features)
	defer collections.Put(features)
	extractSeen(features, in, s)
	scores := make([]float64, len(routes))
	r.model.scores(features.List(), scores)
	learn.Softmax(scores, r.meta.Temperature)
	best, second := top(scores)
	d := Decision{Route: routes[best], Confidence: scores[best], RunnerUp: routes[second]}
	d.Unsure = d.Confidence < Threshold || !s.says() // without words there is nothing to be sure of
	d.Reason = reason(in, d)
	return d
}

// known reads what the router does not know as nothing: another role as a visitor,
// another workflow or kind of draft as none. It also bounds the work.
func (in Input) known() Input {
	if in.Role != "client" && in.Role != "freelancer" {
		in.Role = "visitor"
	}
	if class(Route(in.Context.Workflow)) < 0 {
		in.Context.Workflow = ""
	}
	if class(Route(in.Context.Draft)) < 0 {
		in.Context.Draft = ""
	}
	return in
}
