package proposal

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

// retrieve looks up the post and the profile that the turn is about. Without
// the index there is nothing to write from, and the turn fails with a reason
// that says so.
func (w *Workflow) retrieve(ctx context.Context, t *turn) error {
	for _, find := range []func(context.Context, *turn) error{w.findPost, w.findProfile} {
		if err := find(ctx, t); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("proposal: retrieve: %w: %w", &sessions.Problem{Code: "unavailable", Message: "The job posts and profiles cannot be read at the moment. Please try again in a minute.", Temporary: true}, err)
		}
	}
	if t.hasPost && t.hasProfile {
		w.prepare(t)
	}
	return nil
}

func (w *Workflow) findPost(ctx context.Context, t *turn) error {
	m := &t.doc.Memory
	if m.Post != nil && t.doc.JobPost.ID == "" {
		t.usePost("", *m.Post)
		if t.read.post != "" {
			return nil
		}
	}
	ids := idsIn(t.read.talk)
	if t.doc.JobPost.ID != "" {
		ids = append(ids, t.doc.JobPost.ID)
	}
	docs, err := w.library.Documents(ctx, t.in.Session.Tenant, retrieval.KindJobPost, ids)
	if err != nil {
		return err
	}
	if len(docs) > 0 && docs[0].Post != nil {
		if t.doc.JobPost.ID != "" && docs[0].ID != t.doc.JobPost.ID {
			t.otherPost()
		}
		m.Post = nil
		t.usePost(docs[0].ID, *docs[0].Post)
		return nil
	}
	if t.hasPost {
		return nil
	}
	return w.searchPost(ctx, t)
}

// otherPost forgets what belonged to the post before.
func (t *turn) otherPost() {
	m := &t.doc.Memory
	t.doc.Text, t.doc.Status, t.doc.Words, t.doc.Patterns, t.doc.Similarity = "", Gathering, 0, nil, nil
	m.Asked, m.Edited, m.OwnText, m.Own, m.Variant, m.Phrased = nil, nil, false, nil, 0, ""
	for i := range m.Said {
		m.Said[i].Answers = 0
	}
}

func (t *turn) usePost(id string, post retrieval.JobPost) {
	t.post, t.hasPost = cleanedPost(post), true
	t.doc.JobPost = Subject{ID: id, Title: t.post.Title}
	t.topic = stemsOf(t.post.Title + "\n" + t.post.Description + "\n" + strings.Join(t.post.Skills, " "))
}

// idsIn lists the words of a text that may be ids of documents, at most 24.
func idsIn(text string) []string {
	var ids []string
	for _, word := range idLike.FindAllString(text, -1) {
		word = strings.TrimRight(word, ".-_")
		if strings.ContainsAny(word, "0123456789-_") && len(ids) < 24 {
			ids = append(ids, word)
		}
	}
	return ids
}

var (
	idLike     = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._:-]{1,63}`)
	titleNamed = regexp.MustCompile(`(?i)[“"‘']([^”"’']{3,90})[”"’']|\bthe ([\w][\w ,&'’-]{2,60}?) (?:job|post|posting|project|gig|one|work|ad)\b|\b(?:post|job|project|gig|ad|posting) (?:about|for|with|on|called|titled) (?:the |an? )?([\w][\w ,&'’-]{2,60})|\b(?:proposal|application|apply|applying) (?:for|to) (?:the |an? )([\w][\w ,&'’-]{2,60})`)
)

// searchPost looks for a post by the title that a message quotes or names. Only
// a title that has the words is taken; else the nearest are offered.
func (w *Workflow) searchPost(ctx context.Context, t *turn) error {
	named := ""
	if m := titleNamed.FindStringSubmatch(t.read.talk); m != nil {
		named = firstOf(m[1:]...)
	} else if t.pending > 0 && t.doc.Memory.Asked[t.pending-1].Slot == slotPost && countWords(t.read.talk) < 12 && !t.read.skip {
		named = t.read.talk
	}
	stems := stemsOf(named)
	if named == "" || len(stems) == 0 || noTitle[strings.ToLower(named)] {
		return nil
	}
	hits, err := w.library.Search(ctx, retrieval.Query{Filter: retrieval.Filter{Tenant: t.in.Session.Tenant, Kind: retrieval.KindJobPost}, Text: named, Limit: 5, Documents: 5})
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		return err
	}
	var fitting []retrieval.Hit
	for _, hit := range hits {
		if hit.Document != nil && hit.Document.Post != nil && share(stems, stemsOf(hit.Facets.Title+"\n"+firstWords(hit.Document.Post.Description, 40))) >= 0.75 {
			fitting = append(fitting, hit)
		}
	}
	switch {
	case len(fitting) == 1, len(fitting) > 1 && share(stems, stemsOf(fitting[0].Facets.Title)) > 0.99 && share(stems, stemsOf(fitting[1].Facets.Title)) < 0.99:
		t.usePost(fitting[0].ID, *fitting[0].Document.Post)
	case len(fitting) > 1:
		t.several = fitting
	default:
		t.unknown = named
	}
	return nil
}

var noTitle = set("this that same next first second right whole other last")

func firstWords(text string, n int) string {
	fields := strings.Fields(text)
	return strings.Join(fields[:min(n, len(fields))], " ")
}

func (w *Workflow) findProfile(ctx context.Context, t *turn) error {
	m := &t.doc.Memory
	if m.Profile != nil {
		t.profile, t.hasProfile = cleaned(*m.Profile), true
		t.doc.Profile = Subject{Headline: t.profile.Headline}
		return nil
	}
	var ids []string
	switch {
	case t.in.Session.Profile != "":
		ids = []string{t.in.Session.Profile} // their own, and nobody else's
	default:
		ids = idsIn(t.read.talk)
		if t.doc.Profile.ID != "" {
			ids = append(ids, t.doc.Profile.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	docs, err := w.library.Documents(ctx, t.in.Session.Tenant, retrieval.KindProfile, ids)
	if err != nil {
		return err
	}
	if len(docs) > 0 && docs[0].Profile != nil {
		t.profile, t.hasProfile = cleaned(*docs[0].Profile), true
		t.doc.Profile = Subject{ID: docs[0].ID, Headline: t.profile.Headline}
	}
	return nil
}

// prepare compares the two, and takes the profile apart.
func (w *Workflow) prepare(t *turn) {
	person := w.reader.Person(t.profileID(), t.profile)
	check := func(r fit.Requirement) fit.Finding { return person.Check(r, t.in.Now) }
	t.needs = needsOf(w.reader.Post(t.post, t.in.Now), check)
	t.questions = questionsOf(fit.Questions(t.post.Description), t.post)
	t.passages = passagesOf(t.profileID(), t.profile)
	for _, p := range t.passages {
		p.source.Kind = t.profileKind()
	}
	t.doc.Fit = points(t.needs)
}

// market computes what such work pays. Without it the bid goes without figures.
func (w *Workflow) market(ctx context.Context, t *turn) *retrieval.Market {
	query := retrieval.Query{Filter: retrieval.Filter{Tenant: t.in.Session.Tenant, Kind: retrieval.KindJobPost}, Text: t.post.Title + "\n" + t.post.Description, Limit: retrieval.SimilarPosts}
	if t.doc.JobPost.ID != "" {
		query.Exclude = []string{t.doc.JobPost.ID}
	}
	for _, name := range t.post.Skills {
		if s, ok := skills.Default().Lookup(name); ok {
			name = s.Name
		}
		query.Skills = append(query.Skills, name)
	}
	hits, err := w.library.Search(ctx, query)
	if err != nil && !errors.Is(err, retrieval.ErrPartial) {
		t.findErr = err
		return nil
	}
	market := retrieval.MarketQuery{Tenant: t.in.Session.Tenant, Category: t.post.Category, Hits: hits}
	if t.post.PayType != "" && t.post.Currency != "" {
		market.PayType, market.Currency = t.post.PayType, t.post.Currency
	}
	m, err := w.library.Market(ctx, market)
	if err != nil {
		t.findErr = err
		return nil
	}
	return &m
}
