package brief

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestTry(t *testing.T) {
	path := os.Getenv("TRY")
	if path == "" {
		t.Skip()
	}
	f, _ := os.Open(path)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	known := Brief{}
	n := 0
	for sc.Scan() {
		line := sc.Text()
		if strings.HasPrefix(line, "---") {
			known = Brief{}
			continue
		}
		if line == "" {
			continue
		}
		cont := strings.HasPrefix(line, "> ")
		line = strings.TrimPrefix(line, "> ")
		if !cont {
			known = Brief{}
		}
		asked := Slot("")
		if strings.HasPrefix(line, "[") {
			a, rest, _ := strings.Cut(line[1:], "] ")
			asked, line = Slot(a), rest
		}
		n++
		line = strings.ReplaceAll(line, `\n`, "\n")
		r := Read(Input{MessageID: fmt.Sprint("m", n), Text: line, Now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), Asked: asked, Known: known})
		known = r.Brief
		fmt.Printf("\n%q asked=%s\n", line, asked)
		show(r)
	}
}

func show(r Reading) {
	b := r.Brief
	if b.Title.Known() {
		fmt.Println("   title:", b.Title.Value)
	}
	if b.Category.Known() {
		fmt.Printf("   category: %s %.2f\n", b.Category.Value, b.Category.Confidence)
	}
	list := func(name string, l []Item) {
		if len(l) > 0 {
			var s []string
			for _, i := range l {
				s = append(s, i.Text)
			}
			fmt.Println("   "+name+":", strings.Join(s, " | "))
		}
	}
	list("summary", b.Summary)
	list("deliver", b.Deliverables)
	list("must", b.Must)
	list("nice", b.Nice)
	list("without", b.Without)
	if b.Level.Known() {
		fmt.Println("   level:", b.Level.Value)
	}
	if b.Pay.Known() {
		fmt.Printf("   pay: %s   %q %+v\n", b.Pay.Value, b.Pay.Sources[0].Quote, b.Pay.Value)
	}
	if b.Duration.Known() {
		fmt.Printf("   duration: %+v\n", b.Duration.Value)
	}
	if b.Hours.Known() {
		fmt.Printf("   hours: %+v\n", b.Hours.Value)
	}
	if b.Start.Known() {
		fmt.Printf("   start: %+v\n", b.Start.Value)
	}
	if b.Deadline.Known() {
		fmt.Printf("   deadline: %+v\n", b.Deadline.Value)
	}
	if b.Location.Known() {
		fmt.Printf("   location: %+v\n", b.Location.Value)
	}
	if b.TimeZone.Known() {
		fmt.Printf("   zone: %+v\n", b.TimeZone.Value)
	}
	list("conditions", b.Conditions)
	list("questions", b.Questions)
	list("removed", r.Removed)
	var declined []string
	for _, s := range []Slot{SlotTitle, SlotCategory, SlotLevel, SlotPay, SlotDuration, SlotHours, SlotStart, SlotDeadline, SlotLocation, SlotTimeZone} {
		d := map[Slot]bool{SlotTitle: b.Title.Declined, SlotCategory: b.Category.Declined, SlotLevel: b.Level.Declined, SlotPay: b.Pay.Declined, SlotDuration: b.Duration.Declined, SlotHours: b.Hours.Declined, SlotStart: b.Start.Declined, SlotDeadline: b.Deadline.Declined, SlotLocation: b.Location.Declined, SlotTimeZone: b.TimeZone.Declined}
		if d[s] {
			declined = append(declined, string(s))
		}
	}
	if len(declined)+len(b.Declined) > 0 {
		fmt.Println("   declined:", declined, b.Declined)
	}
	fmt.Printf("   intent=%q changed=%v\n", r.Intent, r.Changed)
}
