package workflow

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// FigureText says what posts paid: "Similar fixed-price posts mostly paid
// $2,800–4,500 (median $3,600, 14 posts, Jan 2025 – Oct 2026)." A figure that
// had to be widened to a whole category says so.
func FigureText(f retrieval.PayFigure, category string) string {
	kind, per := "fixed-price", ""
	if f.PayType == "hourly" {
		kind, per = "hourly", " an hour"
	}
	subject := "Similar " + kind + " posts"
	if f.Scope != retrieval.ScopeSimilar {
		kind += " posts"
		if name := brief.CategoryName(category); name != "" {
			kind += " in " + name
		}
		subject = "Too few posts are close to this one; " + kind + " in general"
		if f.Level != "" {
			subject = "Too few posts are close to this one; " + kind + " for " + levelNames[f.Level]
		}
	}
	return fmt.Sprintf("%s mostly paid %s%s (median %s, %s).", subject, brief.MoneyRange(Round(f.P25, f.Currency), Round(f.P75, f.Currency), f.Currency), per,
		brief.Money(Round(f.P50, f.Currency), f.Currency), Behind(f.Posts, f.From, f.To))
}

var levelNames = map[string]string{"entry": "people at entry level", "intermediate": "people at intermediate level", "expert": "experts"}

// Round drops the cents of sums of 20 and more, which quartiles have by
// interpolation. Minor is in minor units of the currency.
func Round(minor int64, currency string) int64 {
	per := retrieval.MinorUnits(currency)
	if minor < 20*per {
		return minor
	}
	return (minor + per/2) / per * per
}

// Behind says what a figure rests on: "14 posts, Jan 2025 – Oct 2026". From and
// to are YYYY-MM-DD; without them only the posts are counted.
func Behind(posts int, from, to string) string {
	text := fmt.Sprintf("%d posts", posts)
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return text
	}
	first, last := a.Format("Jan 2006"), b.Format("Jan 2006")
	if first == last {
		return text + ", " + first
	}
	return text + ", " + first + " – " + last
}

// FigureEvidence is a figure as the page shows it beside an answer.
func FigureEvidence(f retrieval.PayFigure, category string, demo bool) sessions.Evidence {
	data, err := json.Marshal(f)
	if err != nil { // strings and numbers only
		panic(err)
	}
	title := "What fixed-price posts paid"
	if f.PayType == "hourly" {
		title = "What hourly posts paid"
	}
	return sessions.Evidence{ID: f.ID, Kind: "figure", Title: title, Snippet: FigureText(f, category), Demo: demo, Data: data}
}

// DemoNotice says that figures are not of a real market.
const DemoNotice = "The figures come from Parley’s demo posts, not from a real market."
