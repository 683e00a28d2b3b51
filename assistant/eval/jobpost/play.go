package jobpost

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/parleyhq/parley/assistant/eval/dialogue"
)

// kind is that of the drafts that are graded.
const kind = "job_post"

// patience is how often a client answers the same question.
const patience = 3

// maxTurns ends a conversation that does not come to an end by itself.
const maxTurns = 30

// Played is a conversation that was held.
type Played struct {
	Exchanges []dialogue.Exchange
	Asked     []Asked
	Settled   post   // when there were no more questions
	Changed   []post // after each change
	Final     post   // at the end
	Claims    claims
	Told      int // answers that nobody asked for, given in the end
	Clarified int // questions what a message was about
	Broken    string

	Said *dialogue.Transcript
}

// Asked is a question that was put, and what stood in the post before.
type Asked struct {
	Slot   string
	Text   string
	Before string // all that the client had said
	Post   post
}

// player is the client of a case.
type player struct {
	c      Case
	talk   *dialogue.Conversation
	played Played
	used   map[string]bool // answers that were given
	asks   map[string]int  // by slot: how often it was asked for
	turns  int
}

// Play holds the conversation of a case as its client: answers questions by
// their slot, refuses where the case has no answer, tells what the finished
// draft lacks, makes the changes, and ends. An error is of the connection; a
// response that failed is in Broken.
func Play(ctx context.Context, site dialogue.Site, c Case) (Played, error) {
	talk, err := dialogue.Open(ctx, site, dialogue.Person{Locale: c.Locale, TimeZone: c.TimeZone})
	if err != nil {
		return Played{}, err
	}
	defer talk.Close()
	p := &player{c: c, talk: talk, used: make(map[string]bool), asks: make(map[string]int)}
	err = p.play()
	p.played.Exchanges, p.played.Said = talk.Exchanges(), talk.Transcript(kind)
	return p.played, err
}

func (p *player) play() error {
	if err := p.say(p.c.Opening); err != nil || p.played.Broken != "" {
		return err
	}
	if err := p.post(&p.played.Settled); err != nil {
		return err
	}
	if missing := p.untold(); missing != "" {
		if err := p.say(missing); err != nil {
			return err
		}
	}
	for _, change := range p.c.Changes {
		if err := p.say(change.Text); err != nil {
			return err
		}
		p.played.Changed = append(p.played.Changed, post{})
		if err := p.post(&p.played.Changed[len(p.played.Changed)-1]); err != nil {
			return err
		}
	}
	if err := p.say("That's all, finish it."); err != nil {
		return err
	}
	draft, _ := p.talk.Draft(kind)
	p.played.Claims = draft.Claims
	return p.post(&p.played.Final)
}

// say sends a message and answers questions until there are none.
func (p *player) say(text string) error {
	for text != "" && p.played.Broken == "" {
		if p.turns++; p.turns > maxTurns {
			p.played.Broken = fmt.Sprintf("no end after %d messages", maxTurns)
			return nil
		}
		e, err := p.talk.Say(text)
		if err != nil {
			return err
		}
		if !e.Completed() {
			p.played.Broken = "a response ended " + string(e.Response.Status)
			return nil
		}
		if e.Response.Question == nil {
			return nil
		}
		if which, asked := dialogue.Which(e.Response.Question, "job post", "post"); asked {
			p.played.Clarified++
			text = which
		} else if text, err = p.answer(e.Response.Question.Slot, e.Response.Question.Text); err != nil {
			return err
		}
	}
	return nil
}

// answer is what the client says to a question.
func (p *player) answer(slot, question string) (string, error) {
	asked := Asked{Slot: slot, Text: question, Before: p.said()}
	if err := p.post(&asked.Post); err != nil {
		return "", err
	}
	p.played.Asked = append(p.played.Asked, asked)
	if p.asks[slot]++; p.asks[slot] > patience {
		p.played.Broken = fmt.Sprintf("the client gave up: asked %d times for %s", p.asks[slot], slot)
		return "", nil
	}
	var fresh, again []string
	for _, name := range answersTo(slot, question) {
		answer := strings.Join(p.c.Answers[name], ", ")
		switch {
		case answer == "":
		case p.used[name]:
			again = append(again, answer)
		default:
			p.used[name] = true
			fresh = append(fresh, answer)
		}
	}
	switch {
	case len(fresh) > 0:
		return sentences(fresh), nil
	case len(again) > 0: // as people do who are asked a second time
		return sentences(again), nil
	}
	return p.refusal(), nil
}

// sentences puts answers one after the other, each ended.
func sentences(parts []string) string {
	for i, part := range parts[:len(parts)-1] {
		if !strings.ContainsAny(part[len(part)-1:], ".!?") {
			parts[i] = part + "."
		}
	}
	return strings.Join(parts, " ")
}

// answersTo are the answers of a case that a question for a slot calls for.
func answersTo(slot, question string) []string {
	switch slot {
	case "summary", "scope", "deliverables":
		return []string{"scope", "deliverables"}
	case "skills":
		return []string{"must_skills", "skills", "nice_skills"}
	case "duration":
		if strings.Contains(strings.ToLower(question), "start") {
			return []string{"start", "duration_days", "duration", "deadline"}
		}
		return []string{"duration_days", "duration", "deadline"}
	case "deadline":
		return []string{"deadline", "duration_days"}
	}
	return []string{slot}
}

// refusals are how people leave a question open.
var refusals = []string{
	"no idea", "Not sure, to be honest.", "I don't know", "skip that one", "hmm, can't say yet", "No preference.", "I'd rather leave that open.", "don't know, you tell me", "not sure yet", "Doesn't matter to me.",
}

// refusal is chosen by the case and how often it was needed: the same in each run.
func (p *player) refusal() string {
	h := fnv.New32a()
	fmt.Fprint(h, p.c.ID)
	return refusals[(int(h.Sum32()%uint32(len(refusals)))+len(p.played.Asked))%len(refusals)]
}

// asides begin what a client adds without being asked.
var asides = []struct{ slot, words string }{
	{"deliverables", "What I need"}, {"must_skills", "Skills"}, {"nice_skills", "Nice to have"}, {"level", "Level"}, {"pay", "Budget"}, {"duration_days", "How long"}, {"hours_per_week", "Hours"},
	{"start", "Start"}, {"deadline", "Deadline"}, {"location", "Where"}, {"time_zone", "Time zone"}, {"languages", "Languages"}, {"conditions", "Conditions"},
}

// untold is what the client would still add on reading the draft: the answers
// to questions that were not put, for slots in which the draft is not right.
func (p *player) untold() string {
	lacks := make(map[string]bool)
	for _, item := range compare(p.c.Facts, p.played.Settled, p.said()) {
		if item.Missed > 0 {
			lacks[item.Slot] = true
		}
	}
	var lines []string
	for _, aside := range asides {
		if answer := p.c.Answers[aside.slot]; lacks[aside.slot] && len(answer) > 0 && !p.used[aside.slot] {
			p.used[aside.slot] = true
			p.played.Told++
			lines = append(lines, aside.words+": "+strings.Join(answer, ", "))
		}
	}
	return strings.Join(lines, "\n")
}

// said is all that the client wrote so far.
func (p *player) said() string { return said(p.talk.Exchanges()) }

func said(exchanges []dialogue.Exchange) string {
	var lines []string
	for _, e := range exchanges {
		lines = append(lines, e.Said)
	}
	return strings.Join(lines, "\n")
}

// post reads the draft as it stands.
func (p *player) post(into *post) (err error) {
	draft, _ := p.talk.Draft(kind)
	*into, err = readPost(draft)
	return err
}
