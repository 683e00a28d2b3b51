package brief

import (
	"slices"
	"sort"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

// reader is the state of reading one message.
type reader struct {
	*calendar
	in         Input
	brief      Brief
	found      []skillMatch
	excluded   map[string]bool // skills that the message rules out
	left       map[string]bool // skills that the person wants to get away from
	skillAt    []int32         // for each token the match it is part of, -1 for none
	stances    []stance
	taken      []Slot // what each token was read as, "" for nothing yet
	changes    []mention
	removed    []Item
	priced     []part       // work that questions for a price name
	ending     ending       // how the message closes
	revised    []string     // sums that the message itself corrects
	ratedPay   bool         // the sum was called a rate, of what was not said
	openLevel  bool         // "doesn't need to be an expert" answered the question for the level
	retradedAt int          // one more than the sentence that named another trade, 0 for none
	titleGone  bool         // what the title named was taken back
	listed     map[int]bool // sentences in which deliverables were found
}

// mention is a slot that the message set, and where it did.
type mention struct {
	slot Slot
	at   int
}

// read understands a message, or a part of one, with all of its readers.
func read(in Input) Reading {
	r := newReader(in)
	if len(r.tokens) == 0 {
		return Reading{Brief: r.brief}
	}
	if r.foreign() {
		return Reading{Brief: r.brief, Intent: IntentOther}
	}
	for k, s := range r.sentences {
		if r.stances[k] = r.stanceOf(s); r.stances[k] < asks && r.leavesOpenOnly(s) {
			r.stances[k] = leavesOpen
		}
	}
	r.claimListMarks()
	r.asides()
	r.match(skills.Default())
	r.matchRespelt(skills.Default())
	r.pricedWork()
	r.answer()
	r.correct()
	r.takeBack()
	r.questions()
	r.conditions()
	r.shiftTime()
	r.hours()
	r.money()
	r.when()
	r.duration()
	r.looseTime()
	r.wholeSum()
	r.level()
	r.levelPhrase()
	r.place()
	r.skills()
	r.work()
	r.category()
	r.plainTitle()
	r.problemTitle()
	r.antecedent()
	r.titleColon()
	r.titleContext()
	r.freeSkills()
	r.marketingChannels()
	r.forgetOld()
	r.summary()
	r.forgetRevised()
	r.declines()
	return Reading{Brief: r.brief, Changed: r.changed(), Removed: r.removed, Intent: r.intent()}
}

func newReader(in Input) *reader {
	zone := in.Zone
	if zone == nil {
		zone = time.UTC
	}
	now := in.Now.In(zone)
	v := newView(in.MessageID, in.Text)
	r := &reader{in: in, brief: clone(in.Known), listed: make(map[int]bool), stances: make([]stance, len(v.sentences)), taken: make([]Slot, len(v.tokens))}
	r.calendar = &calendar{view: v, today: date(now.Year(), now.Month(), now.Day()), region: region(in.Locale)}
	return r
}

// closed reports whether token i stands in a sentence that tells no facts.
func (r *reader) closed(i int) bool { return r.stances[r.tokens[i].sentence] >= asks }

// listMark is what the numbers of a list are read as, so that they are no sums.
const listMark Slot = "list_mark"

func (r *reader) claimListMarks() {
	for _, s := range r.sentences {
		if s.bullet {
			r.claim(listMark, s.from, s.afterBullet(r.tokens))
		}
	}
	var inline []int
	for i := range r.tokens {
		if r.taken[i] == "" && r.tokens[i].kind == number && len(r.low(i)) <= 2 && r.is(i+1, ")") && r.tokens[i+1].tight && !r.is(i-1, "(") {
			inline = append(inline, i)
		}
	}
	for _, i := range inline {
		if len(inline) > 1 {
			r.claim(listMark, i, i+2)
		}
	}
}

// claim notes that the tokens [from, to) were read as a slot.
func (r *reader) claim(slot Slot, from, to int) {
	for i := from; i < to; i++ {
		r.taken[i] = slot
	}
}

func (r *reader) claimed(i int) bool { return r.taken[i] != "" }

func (r *reader) anyClaimed(from, to int) bool {
	for i := from; i < min(to, len(r.taken)); i++ {
		if r.taken[i] != "" {
			return true
		}
	}
	return false
}

// change notes that the message set a slot at token i.
func (r *reader) change(slot Slot, i int) {
	r.changes = append(r.changes, mention{slot, i})
	r.brief.Declined = slices.DeleteFunc(r.brief.Declined, func(s Slot) bool { return s == slot })
}

func (r *reader) changedNow(slot Slot) bool {
	return slices.ContainsFunc(r.changes, func(m mention) bool { return m.slot == slot })
}

// changed lists the slots that were set, each once, in order of mention.
func (r *reader) changed() []Slot {
	sort.SliceStable(r.changes, func(a, b int) bool { return r.changes[a].at < r.changes[b].at })
	var slots []Slot
	for _, m := range r.changes {
		if !slices.Contains(slots, m.slot) {
			slots = append(slots, m.slot)
		}
	}
	return slots
}

// clone copies a brief as far as reading changes it in place.
func clone(b Brief) Brief {
	for _, list := range []*[]Item{&b.Summary, &b.Deliverables, &b.Must, &b.Nice, &b.Without, &b.Conditions, &b.Questions} {
		*list = slices.Clone(*list)
	}
	b.Declined = slices.Clone(b.Declined)
	return b
}

// confidence keeps a value within 0.3–0.95: nothing read by rule is certain.
func confidence(value float64) float64 { return min(0.95, max(0.3, value)) }
