package jobpost

import (
	"regexp"
	"slices"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// figureFacts quote money when it matters: when the person asks, when the pay
// is new, and once before the budget is asked for.
func (t *turn) figureFacts(f *workflow.Facts) {
	pay := t.doc.Brief.Pay.Value
	asked := t.reading.Intent == brief.IntentPrice
	matters := asked || slices.Contains(t.reading.Changed, brief.SlotPay) || t.decision.Slot == brief.SlotPay
	if !matters {
		return
	}
	market := t.doc.Market
	if t.aside != nil {
		market = t.aside
	}
	figure := payFigure(market, t.comparable(pay))
	if figure == nil {
		if asked || pay.Amount() && t.doc.Brief.Memory.Key != "" {
			if t.decision.Slot != slotCurrency {
				f.Add(factNoFigure, "", noFigure(market, pay), nil)
			}
		}
		return
	}
	source := sessions.Source{Kind: "figure", ID: figure.ID}
	t.figure, t.figureDemo = figure, market.Demo
	text := workflow.FigureText(*figure, t.figureCategory())
	tell := text != t.doc.Brief.Memory.Quoted || asked
	place := placeText(*figure, pay, tell)
	if tell {
		t.doc.Brief.Memory.Quoted = text
		f.Add(factFigure, figure.PayType, text, map[string]string{"currency": figure.Currency}, source)
	}
	if place != "" {
		f.Add(factPlace, "", ownPay(pay)+" "+place+".", map[string]string{"currency": figure.Currency}, append(workflow.ToSources(t.doc.Brief.Pay.Sources), source)...)
	}
	if market.Demo && !t.doc.Brief.Memory.DemoSaid {
		t.doc.Brief.Memory.DemoSaid = true
		f.Add(factDemo, "", workflow.DemoNotice, nil)
	}
}

// figureCategory is the category that a figure may have been widened to: that
// of the post, never one that was only guessed from a question.
func (t *turn) figureCategory() string {
	if t.aside != nil {
		return ""
	}
	return t.doc.Category
}

var (
	asksHourly = regexp.MustCompile(`(?i)\b(?:per|an|by the) hour\b|\bhourly\b`)
	asksFixed  = regexp.MustCompile(`(?i)\bfixed\b|\b(?:per|for the) (?:project|whole)\b|\bin total\b`)
)

// comparable is the pay to choose a figure by: the person's own, or the kind
// that a question about prices names ("and if I pay per hour?").
func (t *turn) comparable(pay brief.Pay) brief.Pay {
	if t.reading.Intent != brief.IntentPrice {
		return pay
	}
	pay = brief.Pay{Type: pay.Type, Currency: pay.Currency} // whatever the sum is
	hourly, fixed := asksHourly.MatchString(t.in.Message.Text), asksFixed.MatchString(t.in.Message.Text)
	switch {
	case hourly == fixed:
		return pay
	case hourly:
		return brief.Pay{Type: "hourly", Currency: pay.Currency}
	}
	return brief.Pay{Type: "fixed", Currency: pay.Currency}
}
