package shortlist

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

// work is a piece of work that people are looked for.
type work struct {
	source     Source
	post       retrieval.JobPost
	version    int               // of the draft
	conditions []fit.Requirement // said beside it, by the person
}

// findWork tells what a message asks people for: a post that it pastes, a post
// of the library that it names, the conversation's job post, or what it
// describes itself. Nil is nothing to go by.
func (w *Workflow) findWork(ctx context.Context, in sessions.Turn) (*work, error) {
	text := in.Message.Text
	if post, ok := pasted(text, in.Now); ok {
		return &work{source: Source{Kind: "message", ID: in.Message.ID, Title: post.Title}, post: post}, nil
	}
	found, err := w.named(ctx, in.Session.Tenant, text)
	if found != nil || err != nil {
		return found, err
	}
	described := w.described(in)
	if draft, ok := workflow.Current(in.Drafts, jobpost.Kind); ok && (described == nil || ownPost.MatchString(text)) {
		return fromDraft(draft)
	}
	return described, nil
}

func fromDraft(draft sessions.Draft) (*work, error) {
	post, err := jobpost.AsPost(draft)
	if err != nil {
		return nil, fmt.Errorf("shortlist: %w", err)
	}
	if post.Title == "" && post.Description == "" && len(post.Skills) == 0 {
		return nil, nil
	}
	return &work{source: Source{Kind: "draft", ID: draft.ID, Title: post.Title}, post: post, version: draft.Version}, nil
}

// ownPost is how people speak of the post that they are writing.
var ownPost = regexp.MustCompile(`(?i)\b(?:th(?:is|e|at)|my|our|it for the) (?:job |draft |new )?(?:post|job|ad|advert|posting|listing|role|draft|project|work|task|position)\b|\bfor (?:this|it|that)\b`)

// leastPasted is from how many characters on a text can be a post.
const leastPasted = 220

// pasted reads a job post that stands in a message, "Find me people for this:"
// in front of it or not.
func pasted(text string, now time.Time) (retrieval.JobPost, bool) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) < leastPasted {
		return retrieval.JobPost{}, false
	}
	lines := strings.Split(text, "\n")
	for len(lines) > 1 && (strings.TrimSpace(lines[0]) == "" || asksForPeople.MatchString(lines[0]) && utf8.RuneCountInString(lines[0]) < leastPasted) {
		lines = lines[1:]
	}
	body := strings.TrimSpace(strings.Join(lines, "\n"))
	read := brief.Read(brief.Input{Text: body, Now: now}).Brief
	post := postOf(read)
	post.Description = body
	if first, rest, ok := strings.Cut(body, "\n"); ok && utf8.RuneCountInString(first) <= 140 && strings.TrimSpace(rest) != "" {
		post.Title, post.Description = strings.TrimSpace(titleMark.ReplaceAllString(first, "")), strings.TrimSpace(rest)
	}
	if post.Title == "" {
		post.Title = workflow.Clip(body, 80)
	}
	return post, true
}

// pastedAnew is a message about a list that pastes another post: it says so
// before several lines.
var pastedAnew = regexp.MustCompile(`(?is)^[^\n]{0,160}\b(?:this|following|another|new|next|here)\b[^\n]{0,60}\n.{200,}\n?`)

var (
	asksForPeople = regexp.MustCompile(`(?i)\b(?:find|show|search|shortlist|people|candidates|somebody|someone|anyone|who|freelancers?|match(?:es)?)\b`)
	titleMark     = regexp.MustCompile(`(?i)^\s*(?:#+\s*|\*+\s*)?(?:(?:job )?title|post|job)\s*:\s*|\*+\s*$`)
)

// postOf is a post with the facts that were read from a text.
func postOf(b brief.Brief) retrieval.JobPost {
	post := retrieval.JobPost{
		Title: b.Title.Value, Category: b.Category.Value, Level: b.Level.Value, HoursPerWeek: max(b.Hours.Value.Min, b.Hours.Value.Max),
		DurationDays: max(b.Duration.Value.MinDays, b.Duration.Value.MaxDays), Country: b.Location.Value.Country, TimeZone: b.TimeZone.Value, Language: "en",
	}
	if p := b.Pay.Value; p.Per == "" {
		post.PayType, post.PayMin, post.PayMax, post.Currency = p.Type, p.Min, p.Max, p.Currency
	}
	for _, skill := range b.Must {
		post.Skills = append(post.Skills, skill.Text)
	}
	return post
}

// named looks up the posts of the library whose ids stand in a message.
func (w *Workflow) named(ctx context.Context, tenant, text string) (*work, error) {
	ids := idLike.FindAllString(text, mostNamed)
	if len(ids) == 0 || utf8.RuneCountInString(text) > 2_000 {
		return nil, nil
	}
	docs, err := w.library.Documents(ctx, tenant, retrieval.KindJobPost, ids)
	if err != nil {
		return nil, fmt.Errorf("shortlist: named post: %w", err)
	}
	for _, d := range docs {
		if d.Post != nil {
			return &work{source: Source{Kind: "document", ID: d.ID, Title: d.Post.Title}, post: *d.Post}, nil
		}
	}
	return nil, nil
}

// mostNamed is how many words of a message are looked up as ids.
const mostNamed = 12

// idLike is a word that can be the id of a document: it holds a digit, a hyphen
// or an underscore.
var idLike = regexp.MustCompile(`\b[A-Za-z0-9]*(?:[0-9]|[A-Za-z0-9][-_:][A-Za-z0-9])[A-Za-z0-9_:-]*\b`)

// described reads a request in words: "a Shopify developer in Europe under 60".
// What it says of price, place, language and time is a condition, the rest is
// the work. Nil when it names no work.
func (w *Workflow) described(in sessions.Turn) *work {
	text := in.Message.Text
	read := brief.Read(brief.Input{MessageID: in.Message.ID, Text: text, Now: in.Now}).Brief
	post := postOf(read)
	post.Description = strings.TrimSpace(requestWords.ReplaceAllString(text, ""))
	if !namesWork(post.Description) {
		return nil
	}
	if post.Title == "" {
		post.Title = workflow.Clip(post.Description, 80)
	}
	found := &work{source: Source{Kind: "message", ID: in.Message.ID, Title: post.Title}, post: post}
	for _, r := range w.reader.Wish(text, in.Now, wishContext(in, nil)).Add {
		switch r.Kind {
		case fit.Skill, fit.Experience, fit.Credential:
		default:
			found.conditions = append(found.conditions, r)
		}
	}
	return found
}

// requestWords stand around what is asked for.
var requestWords = regexp.MustCompile(`(?i)^\W*(?:(?:hi|hello|hey|please|ok(?:ay)?|so|now|and)\W+)*(?:(?:can|could|would) you (?:please )?)?(?:please )?(?:i(?:'m| am)? )?(?:want|need|like|looking|look|find|search|get|show|suggest|recommend|list|shortlist|give|who(?: is there)?)(?: me| us)?(?: for)?(?: (?:some|any|a few))? `)

// namesWork reports whether a request says what is to be done: a skill, a
// trade, or more than the words that any such request has.
func namesWork(text string) bool {
	if len(skills.Default().Match(text)) > 0 {
		return true
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return r != '\'' && (r < 'a' || r > 'z') && r < 128 }) {
		if trade.MatchString(word) && !anybody[word] {
			return true
		}
	}
	return false
}

// trade is how the names of most occupations end.
var trade = regexp.MustCompile(`^\p{L}{3,}(?:ers?|ors?|ists?|ians?|ants?|yers?|eers?|chefs?|coach(?:es)?)$`)

// anybody are words that end like an occupation and name none.
var anybody = set("freelancer freelancers worker workers candidate candidates over under after another other others whether either order rather never ever number offer cover matter better later earlier remember contractor contractors speaker speakers beginner beginners starter starters expert experts professional applicant applicants for consider shorter longer cheaper quarter member answer user users summer winter october september november december want wants")

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		out[word] = true
	}
	return out
}
