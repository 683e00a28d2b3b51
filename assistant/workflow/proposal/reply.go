package proposal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// The kinds of facts that a reply is made of. The text of each is a sentence
// or two that can be said as it stands.
const (
	factFit     = "fit"      // how the profile meets the post
	factVerdict = "verdict"  // whether applying is realistic
	factTaken   = "taken"    // what the message gave was kept
	factDraft   = "draft"    // what the draft says and leaves open
	factBid     = "bid"      // the price and its reason
	factPattern = "pattern"  // what went with being hired
	factAdvice  = "advice"   // remarks on a draft
	factRefused = "refused"  // what is not written
	factUnknown = "unknown"  // what was not found
	factIntent  = "intent"   // thanks, done
	factAsk     = "question" // the question to ask, word for word
)

// reply has the answer written and emits it, with the question at its end.
func (w *Workflow) reply(ctx context.Context, t *turn, emit func(sessions.Output) error) error {
	request := workflow.Request(t.in, model.Proposal, "reply", prompts["reply"], t.facts.List)
	request.History = workflow.History(t.in)
	var err error
	t.spoken, err = w.speaker.Say(ctx, request, false, func(text string) error { return emit(sessions.Output{Text: text}) })
	t.calls = append(t.calls, t.spoken.Calls...)
	if err != nil || t.ask == nil {
		return err
	}
	if !strings.Contains(t.spoken.Text, t.ask.Text) { // a model may have worded it away
		if err := emit(sessions.Output{Text: t.spoken.Append(t.ask.Text)}); err != nil {
			return err
		}
	}
	return emit(sessions.Output{Question: t.question()})
}

// question is what is asked, with answers to tap.
func (t *turn) question() *sessions.Question {
	q := &sessions.Question{Slot: t.ask.Slot, Text: t.ask.Text}
	switch t.ask.Slot {
	case slotPost:
		for _, hit := range t.several[:min(3, len(t.several))] {
			q.Suggestions = append(q.Suggestions, sessions.QuickReply{Text: "“" + hit.Facets.Title + "”", Reason: hit.ID})
		}
	case slotProfile:
	default:
		q.Suggestions = []sessions.QuickReply{{Text: "No idea"}, {Text: "Just write it"}}
	}
	return q
}

// replyFacts lists what the reply to a turn may say.
func (t *turn) replyFacts() *workflow.Facts {
	f := &workflow.Facts{}
	switch {
	case t.unknown != "" && !t.hasPost:
		f.Add(factUnknown, "", "I found no post called “"+workflow.Clip(t.unknown, 60)+"”.", nil)
	case len(t.several) > 0 && !t.hasPost:
		f.Add(factUnknown, "", fmt.Sprintf("%s posts could be meant.", capital(number(len(t.several)))), nil)
	}
	if t.hasPost && t.hasProfile {
		t.fitFacts(f)
		t.refusedFacts(f)
		t.adviceFacts(f)
		if t.ask == nil {
			t.draftFacts(f)
		} else if len(t.read.facts) > 0 && t.askedFacts() < mostAsked+1 && t.tell("taken") {
			f.Add(factTaken, "", "Good, that goes in.", nil)
		}
	}
	if t.read.thanks && len(f.List) == 0 && t.ask == nil {
		f.Add(factIntent, "thanks", "You are welcome.", nil)
	}
	if t.ask != nil {
		f.Add(factAsk, t.ask.Slot, t.ask.Text, nil)
	} else if len(f.List) == 0 {
		f.Add(factIntent, "fine", "The draft stays as it is. Tell me what to change, or send it.", nil)
	}
	return f
}

// told reports whether something is said for the first time with this turn,
// and remembers that it was.
func (t *turn) told(what string) bool { return slices.Contains(t.doc.Memory.Told, what) }

func (t *turn) tell(what string) bool {
	if t.told(what) {
		return false
	}
	t.doc.Memory.Told = append(t.doc.Memory.Told, what)
	return true
}

// fitFacts say how the profile meets the post: what is proven and by what, what
// is there in part, what is missing, and whether it is worth applying.
func (t *turn) fitFacts(f *workflow.Facts) {
	if t.prior != nil && t.prior.JobPost == t.doc.JobPost && t.prior.Profile == t.doc.Profile && len(t.prior.Fit) > 0 && !t.read.fits {
		return
	}
	demands := t.demands()
	met := 0
	for _, n := range demands {
		if n.finding.Status == fit.Met {
			met++
		}
	}
	switch {
	case len(demands) == 0:
	case met == 0 && len(demands) == 1:
		f.Add(factFit, "count", "Your profile does not fully prove the one thing they ask for.", nil, t.valueOf(""))
	case met == 0:
		f.Add(factFit, "count", fmt.Sprintf("Your profile proves none of the %s they ask for in full.", things(len(demands))), nil, t.valueOf(""))
	case met == len(demands):
		f.Add(factFit, "count", fmt.Sprintf("You can prove everything they ask for, %s in all.", things(met)), nil, t.valueOf(""))
	default:
		f.Add(factFit, "count", fmt.Sprintf("You can prove %s of the %s they ask for.", number(met), things(len(demands))), nil, t.valueOf(""))
	}
	if text, sources := t.strongest(demands); text != "" {
		f.Add(factFit, "strong", text, nil, sources...)
	}
	t.shortFacts(f, demands)
	for _, n := range t.unmetTerms() {
		if n.Must && n.finding.Note != "" {
			f.Add(factFit, n.ID, "They also want "+n.Text+". "+toYou(n.finding.Note), nil)
			break
		}
	}
	if t.read.fits || met < len(demands) {
		f.Add(factVerdict, "", t.verdict(demands), nil)
	}
}

// tellingProof is the proof that says most: with a figure where one has it.
func tellingProof(proofs []fit.Proof) (best fit.Proof, ok bool) {
	for _, proof := range proofs {
		if countWords(proof.Quote) < 4 || !usable(proof.Quote) || proof.Field != "/overview" && !strings.HasSuffix(proof.Field, "/text") {
			continue
		}
		if !ok || figures.MatchString(proof.Quote) && !figures.MatchString(best.Quote) {
			best, ok = proof, true
		}
	}
	return best, ok
}

// shortFacts say what is there in part and what is not shown, without what the
// question is about to go into.
func (t *turn) shortFacts(f *workflow.Facts, demands []need) {
	var partly, missing []string
	var from [2][]sessions.Source
	for _, n := range demands {
		if !n.open() || n.Not || t.ask != nil && t.ask.Of == n.ID {
			continue
		}
		source := t.ofPost(n.Quote)
		if n.finding.Status == fit.Partly {
			text := n.Text
			if own, ok := t.yearsOf(n); ok && n.Years > 0 && own < n.Years {
				text += " (your profile shows " + years(own) + ")"
			}
			partly, from[0] = append(partly, text), append(from[0], source)
		} else {
			missing, from[1] = append(missing, n.Text), append(from[1], source)
		}
	}
	if n := min(2, len(missing)); n > 0 {
		f.Add(factFit, "missing", "Your profile does not show "+strings.Join(missing[:n], " or ")+".", nil, from[1][:n]...)
	}
	if n := min(2, len(partly)); n > 0 {
		f.Add(factFit, "partly", "It shows only in part: "+workflow.Join(partly[:n])+".", nil, from[0][:n]...)
	}
}

// toYou turns a note on a profile to the person whose profile it is.
func toYou(note string) string {
	return strings.NewReplacer("The profile", "Your profile", "the profile", "your profile").Replace(note)
}

// leastDemand leaves levels and wished-for languages out of the count.
const leastDemand = 0.3

// demands are the needs that count for whether somebody fits: what must be, or
// else all that has weight.
func (t *turn) demands() (list []need) {
	for _, must := range []bool{true, false} {
		for _, n := range byWeight(t.needs) {
			if n.weight >= leastDemand && (n.Must || !must) {
				list = append(list, n)
			}
		}
		if len(list) >= 2 {
			return list
		}
		if must {
			list = nil
		}
	}
	return list
}

// strongest quotes the phrase that proves most.
func (t *turn) strongest(demands []need) (string, []sessions.Source) {
	var proofs []fit.Proof
	for _, n := range demands {
		if n.finding.Status == fit.Met {
			proofs = append(proofs, n.finding.Proofs...)
		}
	}
	proof, ok := tellingProof(proofs)
	if !ok {
		return "", nil
	}
	source := sessions.Source{Kind: t.profileKind(), ID: t.profileID(), Start: proof.Start, End: proof.End, Quote: proof.Quote}
	return "Your strongest proof: “" + clipped(proof.Quote, 18) + "”.", []sessions.Source{source}
}

// verdict says plainly whether to apply.
func (t *turn) verdict(demands []need) string {
	all, met, proven := 0.0, 0.0, 0
	for _, n := range demands {
		if n.finding.Status == fit.Met {
			proven++
		}
		all += n.weight
		met += n.weight * n.finding.Degree
	}
	terms := len(t.unmetTerms())
	switch {
	case all == 0 || met >= 0.8*all && terms == 0:
		return "It is realistic for you."
	case met >= 0.8*all:
		return "Your work fits; the terms need a word with the client first."
	case met >= 0.5*all && 3*proven >= len(demands):
		return "It is realistic if you say the gap openly and lead with what you can prove."
	}
	return "To be honest, it is a long shot: most of what they ask for cannot be shown from your profile."
}

func (t *turn) refusedFacts(f *workflow.Facts) {
	for _, text := range t.refused[:min(2, len(t.refused))] {
		f.Add(factRefused, "", "I left out “"+workflow.Clip(text, 80)+"”, because your profile says less. If it is so, tell me where and when you did it.", nil)
	}
	for _, what := range t.style().Mention {
		if !t.read.wished || !strings.Contains(t.in.Message.Text, what) || len(t.read.facts) > 0 {
			continue
		}
		switch {
		case t.prior != nil && t.prior.Text != "" && t.prior.Text == t.doc.Text && share(stemsOf(what), stemsOf(t.doc.Text)) >= 0.5:
			f.Add(factDraft, "there", "That is in the draft already.", nil)
		case !t.covers(what):
			f.Add(factRefused, "mention", "I found nothing about “"+workflow.Clip(what, 60)+"” in your profile. Tell me in a sentence what you did, and I add it.", nil)
		}
	}
}

// covers reports whether the draft, or the profile, has something on a subject.
func (t *turn) covers(what string) bool {
	stems := stemsOf(what)
	return share(stems, stemsOf(t.doc.Text)) >= 0.5 || slices.ContainsFunc(t.passages, func(p *passage) bool { return share(stems, p.stems) >= 0.5 })
}

func (t *turn) adviceFacts(f *workflow.Facts) {
	if !t.read.check || len(t.doc.Advice) == 0 && t.read.draft == "" {
		return
	}
	n := len(t.doc.Advice)
	if n == 0 {
		f.Add(factAdvice, "none", "I went through it line by line and would send it as it is.", nil)
		return
	}
	f.Add(factAdvice, "count", fmt.Sprintf("I went through your draft line by line and marked %s. The most important:", things(n)), nil)
	for i, a := range ranked(t.doc.Advice) {
		if i == 2 {
			break
		}
		text := a.Reason
		if a.Text != "" {
			text = "“" + clipped(a.Text, 12) + "”: " + lowerStart(a.Reason)
		}
		f.Add(factAdvice, a.Kind, text, nil)
	}
}

func things(n int) string {
	if n == 1 {
		return "one thing"
	}
	return number(n) + " things"
}

var adviceOrder = []string{"gap_hidden", "untraceable", "missing_answer", "tone", "generic", "no_question", "long"}

// ranked puts the remarks that matter most first.
func ranked(list []Advice) []Advice {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b Advice) int { return slices.Index(adviceOrder, a.Kind) - slices.Index(adviceOrder, b.Kind) })
	return out
}

// draftFacts say what the draft is, and what it leaves open.
func (t *turn) draftFacts(f *workflow.Facts) {
	before := ""
	if t.prior != nil {
		before = t.prior.Text
	}
	switch {
	case t.doc.Status == Ready && t.doc.Text == before:
		f.Add(factIntent, "ready", "Good luck with it. The draft is yours to send; I send nothing myself.", nil)
		return
	case t.doc.Text == before:
		return
	case before == "":
		f.Add(factDraft, "first", fmt.Sprintf("Here is your draft, %d words, from your profile and what you told me.", t.doc.Words), nil)
	default:
		f.Add(factDraft, "again", fmt.Sprintf("I changed it; it has %d words now.", t.doc.Words), nil)
	}
	if limit := t.style().Limit; limit > 0 && t.doc.Words > limit {
		f.Add(factDraft, "limit", fmt.Sprintf("It is longer than %d words because your own answers take the room. Tell me which of them can go.", limit), nil)
	}
	t.openFacts(f)
	if b := t.doc.Bid; b != nil && (before == "" || t.read.bids || t.prior.Bid == nil || t.prior.Bid.Amount != b.Amount) {
		f.Add(factBid, "", "Bid: "+bidText(b)+strings.Replace(". "+b.Reason, ". It is what you said.", ", as you said.", 1), nil, t.bidSource())
	}
	if s := t.doc.Similarity; s != nil && s.Max >= alikeEnough && before == "" {
		f.Add(factDraft, "similar", fmt.Sprintf("It shares %d%% of its wording with a proposal that was sent before; a sentence of your own would set it apart.", int(100*s.Max)), nil)
	}
	if p := t.doc.Patterns; p != nil && before == "" && p.Enough && t.tell("patterns") {
		f.Add(factPattern, "", p.sentence(), nil)
	}
}

// openFacts say what the draft does not answer, and what gap it names.
func (t *turn) openFacts(f *workflow.Facts) {
	var open []string
	for _, a := range t.doc.Answers {
		if a.Text == "" {
			open = append(open, "“"+clipped(a.Question, 16)+"”")
		}
	}
	if len(open) > 0 && t.tell("open") {
		f.Add(factDraft, "open", "I left open what only you can answer: "+strings.Join(open[:min(2, len(open))], " and ")+".", nil)
	}
}
