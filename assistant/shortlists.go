package assistant

import (
	"cmp"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

// Shortlists returns the workflow that finds people for a piece of work, as an
// Assistant of the same configuration has it, so that a decision of one can be
// made again without a conversation.
func Shortlists(cfg Config) *shortlist.Workflow {
	return newShortlists(cfg, fit.New(skills.Default(), embed.Default()))
}

func newShortlists(cfg Config, reader *fit.Reader) *shortlist.Workflow {
	ranker := cmp.Or(cfg.Ranker, rank.Default())
	return shortlist.New(cfg.Retriever, reader, ranker, cfg.Models[model.Shortlist]).Using(identities(cfg)...)
}

// identities names the models that have a part in a decision besides the
// ranker: which workflow answers, who is found, and how sentences are compared.
func identities(cfg Config) []rank.Identity {
	router := cmp.Or(cfg.Router, route.Default())
	list := []rank.Identity{{Kind: "router", Name: "router-" + router.Artefact().Hash()[:12], Hash: router.Artefact().Hash()}}
	if found, ok := cfg.Retriever.(interface{ Embedding() string }); ok {
		list = append(list, rank.Identity{Kind: "embedder", Name: found.Embedding()})
	}
	own := embed.Default()
	return append(list, rank.Identity{Kind: "sentences", Name: own.Name(), Hash: own.Artefact().Hash()})
}
