package jobpost

import (
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
)

// payFigure chooses the figure to compare with: of the person's currency and
// pay type where they are known, never of another currency; otherwise the one
// with the most posts behind it.
func payFigure(market *retrieval.Market, pay brief.Pay) *retrieval.PayFigure {
	if market == nil || pay.Per != "" || pay.Amount() && pay.Currency == "" {
		return nil
	}
	kind := payType(pay)
	var best *retrieval.PayFigure
	for i := range market.Pay {
		f := &market.Pay[i]
		if pay.Currency != "" && f.Currency != pay.Currency || kind != "" && f.PayType != kind {
			continue
		}
		if best == nil || f.Posts > best.Posts && best.Scope == f.Scope {
			best = f
		}
	}
	return best
}

// placeText says where the person's pay stands among the posts of a figure, ""
// when it cannot be compared.
//
// With told the figure stands in the sentence before.
func placeText(f retrieval.PayFigure, pay brief.Pay, told bool) string {
	if !pay.Amount() || pay.Currency != f.Currency || payType(pay) != f.PayType {
		return ""
	}
	them, span := "them", "that range"
	if !told {
		them = fmt.Sprintf("those %d posts", f.Posts)
		span = "the " + brief.MoneyRange(workflow.Round(f.P25, f.Currency), workflow.Round(f.P75, f.Currency), f.Currency) + " that similar posts mostly paid"
		if f.Scope != retrieval.ScopeSimilar {
			span = strings.Replace(span, "similar", "such", 1)
		}
	}
	own := middle(pay)
	if workflow.Round(own, f.Currency) == workflow.Round(f.P50, f.Currency) {
		return "is right at the median"
	}
	switch {
	case own < f.Min:
		return "is less than any of " + them + " paid"
	case own < f.P25:
		return "is less than three in four of " + them + " paid"
	case own < f.P50:
		return "lies in the lower half of " + span
	case own <= f.P75:
		return "lies in the upper half of " + span
	case own <= f.Max:
		return "is more than three in four of " + them + " paid"
	}
	return "is more than any of " + them + " paid"
}

func middle(p brief.Pay) int64 {
	switch {
	case p.Min == 0:
		return p.Max
	case p.Max == 0:
		return p.Min
	}
	return (p.Min + p.Max) / 2
}

// ownPay is the person's pay as the subject of a sentence: "Your $4,000", "Your budget of $3,000–4,500".
func ownPay(p brief.Pay) string {
	switch {
	case p.Min == p.Max:
		return "Your " + brief.Money(p.Min, p.Currency)
	case p.Min == 0:
		return "Your " + brief.Money(p.Max, p.Currency) + " at most"
	case p.Max == 0:
		return "Your " + brief.Money(p.Min, p.Currency)
	}
	return "Your " + brief.MoneyRange(p.Min, p.Max, p.Currency)
}

// lengthText writes a range of days as people would: "2–4 weeks", "3–6 months".
func lengthText(high int) string {
	switch {
	case high <= 6:
		return "less than a week"
	case high <= 13:
		return "1–2 weeks"
	case high <= 27:
		return "2–4 weeks"
	case high <= 44:
		return "4–6 weeks"
	case high <= 75:
		return "6–10 weeks"
	case high <= 135:
		return "3–4 months"
	}
	return "more than 4 months"
}

func lower(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// noFigure says why nothing can be compared.
func noFigure(market *retrieval.Market, pay brief.Pay) string {
	switch {
	case pay.Currency != "" && pay.Per == "":
		return "Too few posts of this kind are paid in " + pay.Currency + " to compare the budget with."
	case market == nil || market.Posts == 0:
		return "There are no similar posts to compare the budget with yet."
	case pay.Per != "":
		return "Similar posts are paid a fixed price or by the hour, so I have nothing to compare this with."
	case pay.Amount() && pay.Currency == "":
		return "Without a currency I cannot compare it with similar posts."
	}
	return "There are too few similar posts to say what this usually costs."
}
