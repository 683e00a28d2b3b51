package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
)

type trainRankerCmd struct {
	Tenant []string `help:"Sites whose outcomes are learned from; all of them." sep:","`
	Seed   uint64   `help:"Of the folds of the cross-validation and of the resamples of the interval." default:"1"`
	Out    string   `help:"File of the model; models/ranker.parley in the data folder." placeholder:"FILE" type:"path"`
	Force  bool     `help:"Write the weights also when they order people less well than the table."`
}

// errWorse means that a model was trained and is not to be used.
var errWorse = errors.New("the trained weights order people less well than the table")

// Run learns from which proposals led to an interview or a hire how much each
// feature of a shortlist counts, and writes the weights as a whole or not at all.
func (c trainRankerCmd) Run(env *environ) error {
	_, report, err := c.train(env)
	if report.Weights != nil {
		fmt.Fprintf(env.out, "Trained on %d posts with somebody chosen and somebody not, %d pairs of people.\n", report.Posts, report.Pairs)
		fmt.Fprintf(env.out, "Cross-validated, %.3f of the pairs stand in the right order; by the table %.3f. The difference is %+.3f (95%%: %+.3f to %+.3f).\n\n",
			report.Trained, report.Table, report.Trained-report.Table, report.Low, report.High)
		fmt.Fprintln(env.out, weightsTable(report.Weights).draw(screenOf(env)))
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(env.out, "The ranker is in %s.\n", c.Out)
	if cfg, err := env.config(); err == nil && c.Out == rankerFile(cfg.Data) {
		fmt.Fprintln(env.out, "It is used from the next start on.")
	}
	return nil
}

// train trains and writes. The report has weights once there are some, also
// beside an error that says why they were not written.
func (c *trainRankerCmd) train(env *environ) (*learn.Artefact, rank.TrainReport, error) {
	cfg, err := env.config()
	if err != nil {
		return nil, rank.TrainReport{}, err
	}
	if c.Out == "" {
		c.Out = rankerFile(cfg.Data)
	}
	contests, err := c.contests(env, cfg)
	if err != nil {
		return nil, rank.TrainReport{}, err
	}
	artefact, report, err := rank.Train(env.ctx, contests, rank.TrainOptions{Seed: c.Seed, Source: fmt.Sprintf("outcomes of proposals for %d posts of this installation", len(contests))})
	switch {
	case err != nil:
		return nil, report, err
	case report.Worse() && !c.Force:
		return nil, report, fmt.Errorf("%w, so they were not written; the table stays (--force writes them all the same)", errWorse)
	}
	return artefact, report, writeRanker(cfg.Data, c.Out, artefact)
}

// contests are the posts of the sites with what became of the proposals for
// them. Only the database is opened: a ranker that this program refuses to
// open must not be in the way of training another.
func (c *trainRankerCmd) contests(env *environ, cfg Config) ([]rank.Contest, error) {
	directory, err := cfg.directory()
	if err != nil {
		return nil, err
	}
	tenants := c.Tenant
	if len(tenants) == 0 {
		tenants = (&app{sites: directory}).tenants()
	}
	for _, tenant := range tenants {
		if _, err := directory.Get(tenant); err != nil {
			return nil, fmt.Errorf("%w: %w", errUsage, err)
		}
	}
	storage, err := openStorage(env.ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer storage.close()
	var all []rank.Contest
	for _, tenant := range tenants {
		contests, err := contestsOf(env.ctx, storage.index, tenant)
		if err != nil {
			return nil, fmt.Errorf("read outcomes: %w", err)
		}
		all = append(all, contests...)
	}
	return all, nil
}

// contestsOf are the posts of a site of which something can be learned.
func contestsOf(ctx context.Context, index retrieval.Index, tenant string) ([]rank.Contest, error) {
	sent, err := newest(ctx, index, retrieval.Filter{Tenant: tenant, Kind: retrieval.KindProposal})
	if err != nil {
		return nil, err
	}
	proposals := make(map[string][]*retrieval.Proposal)
	for _, d := range sent {
		if _, known := chosen[d.Proposal.Outcome]; known && d.Proposal.Profile != "" {
			proposals[d.Proposal.JobPost] = append(proposals[d.Proposal.JobPost], d.Proposal)
		}
	}
	reader := fit.New(skills.Default(), embed.Default())
	var contests []rank.Contest
	for _, id := range slices.Sorted(maps.Keys(proposals)) {
		if !undecided(proposals[id]) {
			continue
		}
		contest, err := contestOf(ctx, index, reader, tenant, id, proposals[id])
		if err != nil {
			return nil, err
		}
		if contest.Teaches() {
			contests = append(contests, contest)
		}
	}
	return contests, nil
}

// chosen tells which outcomes mean that somebody was.
var chosen = map[string]bool{"hired": true, "interviewed": true, "declined": false, "no_reply": false}

// undecided reports whether the outcomes of a post differ, so that its
// profiles are worth reading.
func undecided(proposals []*retrieval.Proposal) bool {
	return slices.ContainsFunc(proposals, func(p *retrieval.Proposal) bool { return chosen[p.Outcome] }) &&
		slices.ContainsFunc(proposals, func(p *retrieval.Proposal) bool { return !chosen[p.Outcome] })
}

// contestOf reads a post and the profiles of its proposals. What is no longer
// there is left out.
func contestOf(ctx context.Context, index retrieval.Index, reader *fit.Reader, tenant, id string, proposals []*retrieval.Proposal) (rank.Contest, error) {
	posts, err := index.Get(ctx, tenant, retrieval.KindJobPost, []string{id})
	if err != nil || len(posts) == 0 {
		return rank.Contest{}, err
	}
	outcomes := make(map[string]bool) // by profile; the better one where somebody wrote twice
	day := posts[0].Post.PostedOn
	for _, p := range proposals {
		outcomes[p.Profile] = outcomes[p.Profile] || chosen[p.Outcome]
		if day == "" || p.SentOn != "" && p.SentOn < day {
			day = p.SentOn
		}
	}
	profiles, err := index.Get(ctx, tenant, retrieval.KindProfile, slices.Sorted(maps.Keys(outcomes)))
	if err != nil {
		return rank.Contest{}, err
	}
	var applicants []rank.Applicant
	for _, d := range profiles {
		applicants = append(applicants, rank.Applicant{ID: d.ID, Profile: *d.Profile, Chosen: outcomes[d.ID]})
	}
	date, err := time.Parse(time.DateOnly, day)
	if err != nil { // neither post nor proposals are dated: what depends on a day counts alike for all
		date = time.Unix(0, 0).UTC()
	}
	return rank.NewContest(reader, tenant+"/"+id, *posts[0].Post, applicants, date), nil
}

// weightsTable shows trained weights beside those of the table, as parts of 100.
func weightsTable(trained rank.Weights) table {
	t := table{head: []string{"feature", "table", "trained"}, right: []int{1, 2}}
	before, after := share(rank.DefaultWeights()), share(trained)
	for _, feature := range rank.Features() {
		t.rows = append(t.rows, row{cells: []string{string(feature), fmt.Sprintf("%.1f", before[feature]), fmt.Sprintf("%.1f", after[feature])}})
	}
	return t
}

// share gives weights a sum of 100.
func share(weights rank.Weights) map[rank.Feature]float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out := make(map[rank.Feature]float64)
	for feature, w := range weights {
		out[feature] = 100 * w / sum
	}
	return out
}
