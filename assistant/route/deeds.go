package route

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/learn"
)

// deed is what a clause does, and with what: "find me a designer" seeks a
// trade, "make it shorter" edits, "who pays the tax" asks about law.
type deed struct {
	act     string
	objects []string // sorts of the nouns behind it, each once, in their order
}

// Bounds of what is read of a message and of a clause.
const (
	mostDeeds   = 24
	mostObjects = 3
	objectReach = 16 // words behind what is done
)

var (
	leads       = words(`ok okay so now then well hi hello hey yes yeah yep no nope please pls plz and but also thanks thank great good fine oh ah hmm hm um umm uh actually just maybe perhaps right alright first next instead quick quickly btw or because anyway again still really honestly sorry sure cool nice one thing question in between kindly today later rather simply um- sir dear team bonjour hola hallo`)
	selves      = words(`i we i'm we're i'd we'd i've we've i'll we'll im ive id ill my our me us mine ours ich wir yo nous je`)
	yous        = words(`you u ya you'd you'll you're your yours`)
	others      = words(`he she they client clients client's it's he's she's they're it that this that's which these those his her their them him customer customers buyer c1 c2 c3 c4 c5 c6 c7 c8`)
	auxiliaries = words(`is are was were am do does did can could should shall may might would will has have had isn't aren't don't doesn't didn't can't couldn't shouldn't wouldn't won't hasn't haven't any anyone anybody ist sind kann darf es est-ce puedo`)
	asking      = words(`who whom whose who's whos who'd who've which what what's whats how how's why when where quién quien wer wen qué que was wie qui quel quelle combien cuánto wann`)
	negations   = words(`don't not never no nobody without dont isn't aren't doesn't won't wouldn't can't cannot neither nor stop enough forget`)
	polite      = words(`can could would will may might`)
	adverbs     = words(`even ever only to`)
)

// words is a set of words.
func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// deedsOf reads the clauses of a message, of a long one the first and the last.
func deedsOf(s seen) []deed {
	var list []deed
	from := 0
	for i := 0; i <= len(s.words); i++ {
		if i < len(s.words) && !endsClause(s.words[i]) {
			continue
		}
		if from < i {
			asks := i < len(s.words) && s.words[i] == "?"
			list = append(list, readClause(s.words[from:i], asks))
		}
		from = i + 1
	}
	if len(list) > mostDeeds {
		const last = mostDeeds / 3
		list = append(list[:mostDeeds-last:mostDeeds-last], list[len(list)-last:]...)
	}
	return list
}

func endsClause(word string) bool {
	return word == "-" || !isDigit(word) && strings.ContainsAny(word, ".?!;:…–—,(")
}

// clause is one that is being read.
type clause struct {
	words []string
	at    int
}

func (c *clause) word(ahead int) string {
	if c.at+ahead < len(c.words) {
		return c.words[c.at+ahead]
	}
	return ""
}

// pass goes on to the next word that says what is done.
func (c *clause) pass() {
	for c.at < len(c.words) && (leads[c.words[c.at]] || adverbs[c.words[c.at]]) {
		c.at++
	}
}

func readClause(list []string, asks bool) deed {
	c := &clause{words: list}
	for c.at < len(list) && leads[list[c.at]] {
		c.at++
	}
	if c.at == len(list) {
		if name := cues[list[0]]; name == "YES" || name == "NO" {
			return deed{act: name}
		}
		return deed{act: "LEAD"}
	}
	d := deed{act: c.act()}
	for k := c.at; k < min(len(list), c.at+objectReach) && len(d.objects) < mostObjects; k++ {
		if n := noun(list[k]); n != "" && !slices.Contains(d.objects, n) {
			d.objects = append(d.objects, n)
		}
	}
	if asks && !strings.HasPrefix(d.act, "Q") && !strings.HasPrefix(d.act, "REQ") {
		d.act += "?"
	}
	return d
}

// act reads what a clause does and goes behind it.
func (c *clause) act() string {
	first, second := c.word(0), c.word(1)
	switch {
	case polite[first] && yous[second]:
		c.at += 2
		return c.request("REQ", "CANYOU")
	case first == "let's" || first == "lets":
		c.at++
		return c.request("REQ", "LETS")
	case first == "let" && (second == "us" || second == "me"):
		c.at += 2
		return c.request("REQ", "LETS")
	case first == "help" && (second == "me" || second == "us"):
		c.at += 2
		return c.help()
	case first == "do" && yous[second]:
		return c.doYou()
	case first == "don't" || first == "dont" || first == "never" || first == "stop":
		c.at++
		return "NOT " + c.request("REQ", "DONT")
	case first == "do" && second == "not":
		c.at += 2
		return "NOT " + c.request("REQ", "DONT")
	case asking[first]:
		return c.asks()
	case auxiliaries[first]:
		return c.asksWhether()
	case selves[first]:
		return c.own()
	case others[first]:
		c.at++
		return "OTHER"
	case slices.Contains(verbs[first], "WANT"):
		c.at++
		return "NEED"
	case verbs[first] != nil:
		return c.request("REQ", "")
	case isDigit(first):
		return "NUM"
	default:
		return "NP"
	}
}

// request names what is asked for by the next verb, or the request without one.
func (c *clause) request(name, without string) string {
	c.pass()
	if list := verbs[c.word(0)]; list != nil {
		without = name + ":" + strings.Join(list, "+")
	}
	c.at++
	return without
}

func (c *clause) help() string {
	c.pass()
	if verbs[c.word(0)] == nil {
		return "HELP" // with a thing, which is its object
	}
	return c.request("HELP", "")
}

func (c *clause) doYou() string {
	act := "Q:doyou"
	if list := verbs[c.word(2)]; list != nil {
		act += ":" + list[0]
	}
	c.at += 3
	return act
}

// asks reads a question with who, what, how and the like.
func (c *clause) asks() string {
	first := c.word(0)
	act := "Q:" + strings.TrimSuffix(strings.TrimSuffix(first, "'s"), "'d")
	c.at++
	auxiliary := auxiliaries[c.word(0)]
	switch next := c.word(1); {
	case auxiliary && selves[next]:
		c.at += 2
		return act + ":SELF"
	case auxiliary && yous[next]:
		c.at += 2
		return act + ":YOU"
	case auxiliary && others[next]:
		c.at += 2
		return act + ":OTHER"
	case auxiliary:
		act += ":" + c.word(0)
		c.at++
	case first == "how":
		act += ":" + cue(c.word(0))
		c.at++
	}
	return act
}

// asksWhether reads a question that begins with its verb.
func (c *clause) asksWhether() string {
	first, second := c.word(0), c.word(1)
	c.at += 2
	switch {
	case selves[second]:
		return "Q:aux:SELF"
	case yous[second]:
		return "Q:aux:YOU"
	case others[second]:
		return "Q:aux:OTHER"
	case second == "there":
		return "Q:there"
	case first == "any" || first == "anyone" || first == "anybody":
		c.at -= 2
		return "Q:any"
	default:
		return "Q:aux"
	}
}

// own reads what people say of themselves: what they want, or what they did.
func (c *clause) own() string {
	act := "SELF"
	if first := c.word(0); first == "my" || first == "our" {
		act = "MY"
	}
	c.at++
	negated := ""
	for k := c.at; k < min(c.at+5, len(c.words)); k++ {
		if negations[c.words[k]] {
			negated = "NOT "
		}
		list := verbs[c.words[k]]
		if list == nil {
			continue
		}
		c.at = k + 1
		if !slices.Contains(list, "WANT") {
			return negated + "SELF:" + list[len(list)-1]
		}
		return negated + c.need()
	}
	return negated + act
}

// need reads what is wanted: of the assistant, to do, or to have.
func (c *clause) need() string {
	if c.word(0) == "you" || c.word(0) == "for" && c.word(1) == "you" {
		for w := c.word(0); w == "you" || w == "to" || w == "for"; w = c.word(0) {
			c.at++
		}
		if list := verbs[c.word(0)]; list != nil {
			return "REQ:" + strings.Join(list, "+")
		}
		return "NEED"
	}
	if c.word(0) != "to" {
		return "NEED"
	}
	list := verbs[c.word(1)]
	if list == nil {
		return "NEEDTO"
	}
	c.at += 2
	return "NEEDTO:" + list[0]
}

// wishes tells whether something is asked for.
func (d deed) wishes() bool {
	for _, sign := range []string{"REQ", "Q", "NEED", "HELP"} {
		if strings.HasPrefix(d.act, sign) {
			return true
		}
	}
	return false
}

// deeds adds what the clauses of a message do. Of several wishes the last is most often what is wanted now.
func deeds(f *learn.Features, in Input, situation string, s seen) {
	list := deedsOf(s)
	first := slices.IndexFunc(list, deed.wishes)
	last := first
	for i, d := range list {
		if d.wishes() {
			last = i
		}
	}
	base, role, flow, at := learn.NewName("a"), learn.NewName("ar").And(in.Role), learn.NewName("af").And(in.Context.workflow()), learn.NewName("as").And(situation)
	for i, d := range list {
		d.add(f, base)
		d.add(f, role)
		d.add(f, flow)
		if i == last {
			d.add(f, base.And("last"))
			d.add(f, at.And("last"))
		}
		if i == first {
			d.add(f, base.And("first"))
		}
	}
	if last < 0 {
		for _, name := range []learn.Name{base, role, at} {
			f.Add(name.And("no wish"))
		}
	}
}

// add adds a deed under a name: alone, with its first object, with two.
func (d deed) add(f *learn.Features, name learn.Name) {
	name = name.And(d.act)
	f.Add(name)
	if len(d.objects) == 0 {
		f.Add(name.And("-"))
		return
	}
	name = name.And(d.objects[0])
	f.Add(name)
	if len(d.objects) > 1 {
		f.Add(name.And(d.objects[1]))
	}
}
