package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"golang.org/x/term"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// moderateSum adds up what was decided, for who ran the command.
type moderateSum struct {
	lines, broken int
	actions       map[moderation.Action]int
	labels        map[policy.Label]int
	started       time.Time
	judging       time.Duration // of all lines, on however many cores
}

func newModerateSum() *moderateSum {
	return &moderateSum{actions: map[moderation.Action]int{}, labels: map[policy.Label]int{}, started: time.Now()}
}

func (s *moderateSum) add(l *moderateLine) {
	s.lines++
	if l.verdict == nil {
		s.broken++
		return
	}
	s.judging += l.took
	s.actions[l.verdict.Action]++
	for _, label := range l.verdict.Labels {
		s.labels[label]++
	}
}

// draw lays the sum out: decisions, then the labels that were given.
func (s *moderateSum) draw(on screen) string {
	judged := s.lines - s.broken
	if judged == 0 {
		return fmt.Sprintf("%s read, none judged.\n", counted(s.lines, "line"))
	}
	share := func(n int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(judged)) }
	decisions := table{head: []string{"decision", "messages", "share"}, right: []int{1, 2}}
	for _, a := range []moderation.Action{moderation.Deliver, moderation.DeliverAndReview, moderation.Hold, moderation.Block} {
		decisions.rows = append(decisions.rows, row{cells: []string{string(a), grouped(s.actions[a]), share(s.actions[a])}})
	}
	text := decisions.draw(on)
	labels := table{head: []string{"label", "messages", "share"}, right: []int{1, 2}}
	for _, l := range policy.Labels() {
		if n := s.labels[l]; n > 0 {
			labels.rows = append(labels.rows, row{cells: []string{string(l), grouped(n), share(n)}})
		}
	}
	if len(labels.rows) > 0 {
		text += "\n" + labels.draw(on)
	}
	took := time.Since(s.started)
	return text + on.dim(fmt.Sprintf("\n%s in %s, %s a second; rules and classifier took %d µs of one core for each.\n",
		groupedOf(judged, "message"), took.Round(10*time.Millisecond), grouped(int(float64(judged)/took.Seconds())), (s.judging/time.Duration(judged)).Microseconds()))
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	if n < 10_000 {
		return strconv.Itoa(n)
	}
	return message.NewPrinter(language.English).Sprint(n)
}

// groupedOf is counted with the thousands apart.
func groupedOf(n int, what string) string {
	if n == 1 {
		return counted(n, what)
	}
	return grouped(n) + " " + what + "s"
}

// screenOfLog is the screen that progress and summaries go to.
func screenOfLog(env *environ) screen {
	file, ok := env.log.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return screen{}
	}
	return screen{80, env.getenv("NO_COLOR") == "" && env.getenv("TERM") != "dumb"}
}
