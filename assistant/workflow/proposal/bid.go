package proposal

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// settleBid decides what price to name: what the person said; else, never
// above their own rate nor above what the post offers, what goes with the post
// and the market.
func (t *turn) settleBid(market *retrieval.Market) {
	if t.owns("bid") {
		return
	}
	figure := payFigure(market, t.post)
	if bid := t.saidBid(); bid != nil {
		bid.Figure = figure
		bid.Reason = "It is what you said." + beside(figure, bid)
		t.doc.Bid = bid
		return
	}
	if isHourly(t.post) || t.post.PayType == "" && t.post.PayMax == 0 && t.profile.Rate > 0 {
		t.doc.Bid = t.hourlyBid(figure)
	} else {
		t.doc.Bid = t.fixedBid(figure)
	}
}

// saidBid is the last price that the person named.
func (t *turn) saidBid() *Bid {
	said := t.doc.Memory.Said
	for i := len(said) - 1; i >= 0; i-- {
		p := priced(said[i].Text)
		if !isPrice(said[i].Text, p) {
			continue
		}
		bid := &Bid{Amount: p.amount, Currency: p.currency, Type: p.kind, Unit: p.unit, Said: p.said, Source: &said[i].Source}
		if bid.Currency == "" {
			bid.Currency = firstOf(t.post.Currency, t.profile.Currency)
		}
		if bid.Currency == "USD" && strings.HasSuffix(t.post.Currency, "D") && !strings.Contains(strings.ToUpper(p.said), "US") {
			bid.Currency = t.post.Currency // "$60" to a client who pays Canadian dollars
		}
		if strings.Contains(strings.ToLower(p.said), "kr") && (t.post.Currency == "DKK" || t.post.Currency == "SEK" || t.post.Currency == "NOK") {
			bid.Currency = t.post.Currency
		}
		if bid.Type == "" && bid.Unit == "" {
			bid.Type = firstOf(t.post.PayType, retrieval.PayFixed)
		}
		return bid
	}
	return nil
}

// isPrice reports whether an amount in a sentence is what the person asks for.
func isPrice(text string, p price) bool {
	return p.amount > 0 && (asksPrice.MatchString(text) || p.kind == retrieval.PayHourly && countWords(text) <= 14 || strings.HasPrefix(strings.TrimSpace(text), p.said) && countWords(text) <= 9 && !earned.MatchString(text))
}

func firstOf(list ...string) string {
	for _, text := range list {
		if text != "" {
			return text
		}
	}
	return ""
}

func (t *turn) hourlyBid(figure *retrieval.PayFigure) *Bid {
	p, post := t.profile, t.post
	if p.Rate == 0 {
		return t.marketBid(figure, retrieval.PayHourly)
	}
	bid := &Bid{Amount: p.Rate, Currency: p.Currency, Type: retrieval.PayHourly, Figure: figure, Reason: "It is the rate on your profile."}
	switch {
	case post.Currency != p.Currency && post.PayMax > 0:
		bid.Reason += " The post pays in " + post.Currency + ", up to " + rateText(post.PayMax, post.Currency) + "; compare before you send it."
	case post.PayMax > 0 && p.Rate > post.PayMax:
		bid.Amount = post.PayMax
		bid.Reason = fmt.Sprintf("It is the most that the post offers, %s less than the rate on your profile. Whether that is worth it is for you to say.", brief.Money(p.Rate-post.PayMax, p.Currency))
	case post.PayMax > 0:
		bid.Reason += " It is within the " + brief.MoneyRange(max(post.PayMin, 1), post.PayMax, post.Currency) + " of the post."
		if p.Rate < post.PayMin {
			bid.Reason = "It is the rate on your profile. The post offers more, from " + brief.Money(post.PayMin, post.Currency) + "."
		}
	}
	bid.Reason += beside(figure, bid)
	return bid
}

// fixedBid is a price for the whole: by the post's own range, higher in it the
// more of the demands are met, or else by the market.
func (t *turn) fixedBid(figure *retrieval.PayFigure) *Bid {
	low, high := t.post.PayMin, t.post.PayMax
	if low == 0 {
		low = high
	}
	if high == 0 {
		high = low
	}
	if high == 0 || t.post.Currency == "" {
		return t.marketBid(figure, retrieval.PayFixed)
	}
	met := t.metShare()
	amount := low + int64(float64(high-low)*met)
	step := retrieval.MinorUnits(t.post.Currency)
	for _, n := range []int64{10, 50, 100, 500, 1000, 5000} {
		if n*retrieval.MinorUnits(t.post.Currency) <= (high-low)/8 {
			step = n * retrieval.MinorUnits(t.post.Currency)
		}
	}
	amount = amount / step * step
	bid := &Bid{Amount: min(high, max(low, amount)), Currency: t.post.Currency, Type: retrieval.PayFixed, Figure: figure, Reason: "It is what the post offers."}
	if low < high {
		bid.Reason = fmt.Sprintf("The post offers %s, and your profile proves %d%% of what it demands.", brief.MoneyRange(low, high, t.post.Currency), int(met*100+0.5))
	}
	bid.Reason += beside(figure, bid)
	return bid
}

// marketBid is the median of similar posts, where there are enough of them.
func (t *turn) marketBid(figure *retrieval.PayFigure, kind string) *Bid {
	if figure == nil || figure.PayType != kind {
		return nil
	}
	return &Bid{Amount: figure.P50, Currency: figure.Currency, Type: kind, Figure: figure, Reason: "Neither the post nor your profile names a price; this is the median of similar posts." + beside(figure, nil)}
}

// metShare is how much of the demands is met, by weight.
func (t *turn) metShare() float64 {
	met, all := 0.0, 0.0
	for _, n := range t.needs {
		if n.Must {
			all += n.weight
			met += n.weight * n.finding.Degree
		}
	}
	if all == 0 {
		return 0.5
	}
	return met / all
}

// beside says what similar posts paid: " Similar hourly posts mostly paid
// €50–70 (14 posts, Jan 2025 – Feb 2026)."
func beside(f *retrieval.PayFigure, bid *Bid) string {
	if f == nil || bid != nil && (bid.Currency != f.Currency || bid.Type != f.PayType) {
		return ""
	}
	kind, per := "fixed-price", ""
	if f.PayType == retrieval.PayHourly {
		kind, per = "hourly", " an hour"
	}
	subject := "Similar " + kind + " posts"
	if f.Scope != retrieval.ScopeSimilar {
		subject = "In general " + kind + " posts of this category"
	}
	return fmt.Sprintf(" %s mostly paid %s%s (%s).", subject, brief.MoneyRange(f.P25, f.P75, f.Currency), per, behind(f.Posts, f.From, f.To))
}

// behind says what a figure rests on: "14 posts, Jan 2025 – Oct 2026".
func behind(posts int, from, to string) string {
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

// payFigure is the figure of the post's own pay type and currency.
func payFigure(market *retrieval.Market, post retrieval.JobPost) *retrieval.PayFigure {
	if market == nil {
		return nil
	}
	for i := range market.Pay {
		f := &market.Pay[i]
		if (post.PayType == "" || f.PayType == post.PayType) && (post.Currency == "" || f.Currency == post.Currency) {
			return f
		}
	}
	return nil
}

// bidLine says the price in the draft.
func (t *turn) bidLine() (line, bool) {
	b := t.doc.Bid
	if b == nil || t.style().NoBid {
		return line{}, false
	}
	amount, source := brief.Money(b.Amount, b.Currency), t.bidSource()
	text := "My price is " + amount + "."
	switch {
	case b.Said != "" && t.fullSaid(b) != "":
		text = t.fullSaid(b)
	case b.Said != "" && b.Source != nil && strings.HasPrefix(b.Source.Quote, b.Said) && countWords(b.Source.Quote) <= 9 && !judged.MatchString(b.Source.Quote) && b.Type != retrieval.PayHourly:
		text = "My price is " + strings.TrimRight(b.Source.Quote, " .!") + "."
	case b.Said != "" && b.Type == retrieval.PayHourly:
		text = "My rate is " + hourly(b) + "."
	case b.Said != "":
		text = "My price is " + withCurrency(b) + "."
	case b.Type == retrieval.PayHourly && b.Amount == t.profile.Rate && b.Currency == t.profile.Currency:
		text = "My rate is " + amount + " an hour."
	case b.Type == retrieval.PayHourly:
		text = "For this work I would ask " + amount + " an hour."
	case b.Unit != "":
		text = "My price is " + amount + " per " + b.Unit + "."
	}
	return line{t.priceWords(text), grounding.Money, []sessions.Source{source}}, true
}

// judged finds what the person says of their price, which is no part of it.
var judged = regexp.MustCompile(`(?i)\b(?:is|are|was|would|works?|fits?|ok|okay|good|fine|enough|want|need|please)\b`)

var perUnit = regexp.MustCompile(`(?i) (?:per|an?|each|the|for) \w|/`)

// priceWords words a price in one of several ways, by profile and post, so that
// not all proposals for a post say it alike.
func (t *turn) priceWords(text string) string {
	way := seed(t.profileID()+"/"+t.post.Title) / 7 % 3
	for start, others := range map[string][3]string{"My rate is ": {"My rate is ", "I charge ", "I ask "}, "My price is ": {"My price is ", "I would do it for ", "I ask "}} {
		if rest, ok := strings.CutPrefix(text, start); ok && way == 1 && start == "My price is " && perUnit.MatchString(rest) {
			return text
		} else if ok && figures.MatchString(rest) && !strings.Contains(rest, " and ") {
			return others[way] + rest
		}
	}
	return text
}

// fullSaid is the sentence in which the person named the price, where it says
// more than that: "My bid is $7,500 and eight weeks are fine from 16 March."
func (t *turn) fullSaid(b *Bid) string {
	if b.Source == nil || b.Source.Quote == "" || !aboutStart.MatchString(b.Source.Quote) && !aboutHours.MatchString(b.Source.Quote) || aboutText.MatchString(b.Source.Quote) {
		return ""
	}
	return sentence(yesNo.ReplaceAllString(b.Source.Quote, ""))
}

// hourly is a rate as the person wrote it, with its unit.
func hourly(b *Bid) string {
	if regexpHour.MatchString(b.Said) {
		return strings.Replace(withCurrency(b), " the hour", " an hour", 1)
	}
	return withCurrency(b) + " an hour"
}

// withCurrency is a price as the person wrote it, with the currency where they
// left it to be understood.
func withCurrency(b *Bid) string {
	if p := priced(b.Said); p.currency == "" {
		text := brief.Money(b.Amount, b.Currency)
		if b.Unit != "" {
			text += " per " + b.Unit
		}
		return text
	}
	return b.Said
}

func (t *turn) bidSource() sessions.Source {
	b := t.doc.Bid
	switch {
	case b.Source != nil:
		return *b.Source
	case b.Type == retrieval.PayHourly && b.Amount == t.profile.Rate:
		return t.valueOf(fmt.Sprint(t.profile.Rate))
	case b.Figure != nil && b.Amount == b.Figure.P50 && t.post.PayMax == 0:
		return sessions.Source{Kind: "figure", ID: b.Figure.ID}
	}
	s := t.ofPost("")
	s.Quote = fmt.Sprint(max(t.post.PayMin, t.post.PayMax))
	return s
}

// unmetTerms lists hard terms that fail and are no matter of proof: hours,
// start, place, zone, pay.
func (t *turn) unmetTerms() (list []need) {
	for _, n := range t.needs {
		switch n.Kind {
		case fit.Hours, fit.Start, fit.Place, fit.Zone:
			if n.finding.Status == fit.Missing {
				list = append(list, n)
			}
		}
	}
	return list
}
