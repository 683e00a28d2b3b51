package jobpost

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// payReplies are the quartiles of a figure, each with how many posts paid less.
func payReplies(f *retrieval.PayFigure, category string) []sessions.QuickReply {
	if f == nil {
		return nil
	}
	suffix := ", fixed price"
	if f.PayType == "hourly" {
		suffix = " an hour"
	}
	posts := fmt.Sprintf("%d similar posts", f.Posts)
	if f.Scope != retrieval.ScopeSimilar {
		posts = fmt.Sprintf("%d posts in %s", f.Posts, brief.CategoryName(category))
	}
	var replies []sessions.QuickReply
	said := make(map[int64]bool)
	for _, q := range []struct {
		minor int64
		text  string
	}{{f.P25, "A quarter of " + posts + " paid less"}, {f.P50, "Half of " + posts + " paid less"}, {f.P75, "A quarter of " + posts + " paid more"}} {
		sum := friendly(q.minor, f.Currency)
		if !said[sum] {
			said[sum] = true
			replies = append(replies, sessions.QuickReply{Text: "About " + brief.Money(sum, f.Currency) + suffix, Reason: q.text})
		}
	}
	return replies
}

// friendly rounds a sum to two figures, as people name budgets: 3,637 → 3,600.
func friendly(minor int64, currency string) int64 {
	step := retrieval.MinorUnits(currency)
	for minor/step >= 100 {
		step *= 10
	}
	return max(step, (minor+step/2)/step*step)
}

func lengthReplies(s *Spread) []sessions.QuickReply {
	if s == nil {
		return nil
	}
	return bucketReplies(s.Length, s.Posts, "say", func(b Bucket) string { return capital(lengthText(b.Max)) })
}

func hoursReplies(s *Spread) []sessions.QuickReply {
	if s == nil {
		return nil
	}
	return bucketReplies(s.Hours, s.Posts, "say", func(b Bucket) string {
		if b.Max > 40 {
			return "Full time"
		}
		return fmt.Sprintf("%d–%d hours a week", b.Min, b.Max)
	})
}

// bucketReplies offers the three most frequent ranges, in order of size.
func bucketReplies(buckets []Bucket, of int, verb string, text func(Bucket) string) []sessions.QuickReply {
	top := slices.Clone(buckets)
	slices.SortStableFunc(top, func(a, b Bucket) int { return cmp.Compare(b.Posts, a.Posts) })
	top = top[:min(3, len(top))]
	slices.SortFunc(top, func(a, b Bucket) int { return cmp.Compare(a.Min, b.Min) })
	var replies []sessions.QuickReply
	for _, b := range top {
		if b.Posts >= 2 {
			t := text(b)
			replies = append(replies, sessions.QuickReply{Text: t, Reason: fmt.Sprintf("%d of %d similar posts %s %s", b.Posts, of, verb, lower(t))})
		}
	}
	return replies
}

func levelReplies(s *Spread) []sessions.QuickReply {
	names := []struct{ level, text string }{{"entry", "Entry level"}, {"intermediate", "Intermediate"}, {"expert", "Expert"}}
	var replies []sessions.QuickReply
	for _, n := range names {
		reply := sessions.QuickReply{Text: n.text}
		if s != nil && s.Level[n.level] > 0 {
			reply.Reason = fmt.Sprintf("%d of %d similar posts", s.Level[n.level], s.Posts)
		}
		replies = append(replies, reply)
	}
	return replies
}

func skillReplies(doc *Document) []sessions.QuickReply {
	var replies []sessions.QuickReply
	for _, c := range companions(doc) {
		if len(replies) == 3 {
			break
		}
		replies = append(replies, sessions.QuickReply{Text: c.Skill, Reason: ofRelated(c.Posts, c.Of) + " ask for it"})
	}
	return replies
}

func scopeReplies(doc *Document) []sessions.QuickReply {
	var replies []sessions.QuickReply
	for _, a := range openAspects(doc) {
		if len(replies) == 3 {
			break
		}
		replies = append(replies, sessions.QuickReply{Text: a.text, Reason: ofSimilar(doc.Brief.Memory.Aspects[a.id], doc.Brief.Memory.Posts) + " mention " + a.name})
	}
	return replies
}

func ofSimilar(n, of int) string {
	return strconv.Itoa(n) + " of " + strconv.Itoa(of) + " similar posts"
}

// ofRelated counts among all posts that figures stand on, of which the similar
// ones whose texts were read are a part.
func ofRelated(n, of int) string {
	return strconv.Itoa(n) + " of " + strconv.Itoa(of) + " posts of this kind"
}
