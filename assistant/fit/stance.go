package fit

import "strings"

// stance is what a clause of a profile says of what it names.
type stance uint8

const (
	done    stance = iota // it was or is done
	pitched               // it is offered, or only listed
	hedged                // read, tried, learned, hoped for
	denied                // not known, not done
	aimed                 // it addresses the reader or a machine, and proves nothing
)

// cue is a run of words that decides a stance.
type cue struct {
	words  []string
	stance stance
}

// cues are by their first word; "*" stands for any one word. The strongest
// stance of all that match holds.
var cues = func() map[string][]cue {
	byFirst := make(map[string][]cue)
	add := func(s stance, list string) {
		for text := range strings.SplitSeq(list, ",") {
			fields := strings.Fields(text)
			if len(fields) > 0 {
				byFirst[fields[0]] = append(byFirst[fields[0]], cue{fields, s})
			}
		}
	}
	add(denied, `never used, never worked, never done, never did, never built, never touched, never had, never been, never tried, never needed, never written, never made, never taught, never drawn, never shipped, never ran, never run, never,
		have not, haven't, has not, hasn't, had not, hadn't, did not, didn't, do not, don't, does not, doesn't, cannot, can't, can not, won't, will not, am not, i'm not, is not, isn't, are not, aren't, was not, wasn't, not a, not an, not my, not yet, not for, not in, not with, not on, not the,
		no experience, no longer, no such, say no, no project, no projects, no practice, no knowledge, no proof, no, none of, none, without, instead of, rather than, nothing to do, nor, neither, not, lack, lacking, leave * * to others, leave that to, leave the * to, leave * to others, leave to others, leave it to, refuse, avoid, stay away from, stayed away from, turn down,
		different thing from, different from being, not the same as, different from, anything but, except, apart from, new to me, gave up, someone else, somebody else, was done by a colleague, others write, others build, others make, others wrote, others built, others do, others did, that others, by others, hand the numbers to, hand it to, hand that to, hand them to, goes to others, other people do, still missing, is missing, outside my, unfamiliar, isn't something, lapsed, lapse, expired, inactive, revoked, suspended, gave back, part-qualified, part qualified, unlicensed, uncertified, unqualified, unsworn, stopped, given up, let go, only heard of, opened once, opened it once, once and closed, once and, tried once, only once, just once, not since, just the once`)
	add(hedged, `reading about, read about, read a lot, have read, read up on, would take, would take one on, reading up, reading the manual, from the manual, reading my way, read my way, have been reading, only read, read a book, books about, tutorial, tutorials, for a class, for a course, my thesis is, in class, took a course, in a course, a class in, taking a course, taking a class, weekend course, weekend workshop, attended a, certificate course, in a workshop, a seminar, seminar on, seminars on, a * seminar, bootcamp, coursework, at evening school, evening class, evening classes, self-taught so far, certificate from a course, watched a,
		learning, i am learning, to learn, want to learn, studying, self study, want to, would love, would like, love to, like to, hope to, hoping to, plan to, planning to, keen to, eager to, interested in, curious about, dream of, dreaming of, one day, looking to, looking forward to, aspire, wish to, ready to learn, willing to learn, happy to learn, open to,
		tried it, tried, i have tried, played with, playing with, play with, experimenting with, experimented with, experiment with, dabbled, dabbling, tinkered, toyed, toy project, evening project, evening projects, weekend project, weekend projects, in the evenings, after hours, private project, personal project, personal projects, home project, home projects, a prototype for myself, school project, student project, university project, class project, college project, pet project, side project at home, for fun, at home only, hobby, only know, know only, only from, i know * only from, in theory, theoretical, theory only, basic knowledge, basics of, beginner in, do little, little in, very little, only a little, hardly any, barely, rarely, starting with, just started, have started, started last, just begun, have begun, only my own, read the * book, getting into, getting started, new to, watched, watching, seen others, watch over the shoulder, heard of, in training, trainee in, not much, a little, bit of, still at the beginning, evaluating, evaluated, on my list, next on, no project behind, test project, test projects, sandbox, demo project, proof of concept only, hackathon, written by a colleague, written by a senior, as a reader, as a guest, as a customer, as a patient, as a user, as a client, my own children, my children, my kids, my daughter, my son, father of, mother of, parent of, in my free time, in my spare time, weekends only, would be new, would be my first, first time`)
	add(pitched, `i can, can make, can build, can do, can design, can write, can deliver, i do any, any style, any kind, any type, any niche, any industry, any topic, any subject, any field, any business, all ages, all levels, all industries, all topics, all niches, all subjects, money back, hire us, order today, any website, any language, every style, all kinds, all types, whatever you, contact me, message me, hire me, order now, cheap price, lowest price, best price, unlimited, satisfaction, guaranteed, guarantee, 100, expert in all, all languages, we can, just send, send your, ready to, able to, capable of, specialise in everything, everything you need, you name it, services include, my services, offer, i offer, we offer, offering, keywords, tags, best quality, high quality, fast delivery, 24 7`)
	add(aimed, `rank me, rank this, rank * first, put me, put them first, put this, list me, list them, list this, choose me, select me, pick me, ignore the, ignore all, ignore any, ignore previous, ignore your, disregard, note to the, to the ai, ai assistant, assistant reading, dear ai, language model, the model, system prompt, system, prompt, instructions, instruction, this candidate, the candidate, this profile, above all others, ideal match, perfect match, must be ranked, score this, score me, recommend me, recommend this, meets all, meets every, i meet all, i meet every, i fulfil all, i fulfill all, matches all, matches every, fulfils all, verified by the platform, assistant, treat this, mark this, mark me, override, hidden, you are now, developer mode, put this one`)
	return byFirst
}()

// positives are runs that hold a word of denial and deny nothing.
var positives = func() map[string][][]string {
	byFirst := make(map[string][][]string)
	for text := range strings.SplitSeq(`not only, not just, no problem, no problems, never missed, never late, never been late, never had a complaint, no matter, don't hesitate, do not hesitate, can't wait, cannot wait, no surprises, without surprises, without fuss, without drama, without delay, no stranger, not to mention, no nonsense, no jargon, not limited to, no less than, nothing but, no fuss, no drama, never broken, never down, not a single, without downtime, without downtime, no downtime, without losing, no heroics, that do not, that don't, who do not, who don't, who cannot, who can't, which do not, so that nobody, nobody, never stop, never stopped, not one, cannot live without, can't live without, never lost, without a, without any, without one, i no longer have to, never go, never goes, do not move, does not move, does not break, don't break, doesn't break, that never, which never, not afraid, am not afraid, i'm not afraid, assistant to, personal assistant, virtual assistant, executive assistant, legal assistant, research assistant, teaching assistant, system administrator, system administration, design system, operating system, heating system, management system, booking system, content system, system design, security system, control system, the model of, no later than, not least, no wonder, without help, do not need, don't need, does not need, doesn't need`, ",") {
		fields := strings.Fields(text)
		byFirst[fields[0]] = append(byFirst[fields[0]], fields)
	}
	return byFirst
}()

// stanceOf judges a clause by its words. A position's title or a credential is
// taken as it stands.
func stanceOf(tokens []string, quote string, in part) stance {
	found := done
	if in != partTitle && learnt(tokens) {
		found = hedged
	}
	for i := 0; i < len(tokens); i++ {
		if n := positiveAt(tokens, i); n > 0 {
			i += n - 1
			continue
		}
		for _, c := range cues[tokens[i]] {
			if c.stance > found && matches(tokens[i:], c.words) && !(c.stance == aimed && !aims(tokens, i, quote, in)) {
				found = c.stance
			}
		}
	}
	if in == partTitle && found != aimed && found != denied && !strings.Contains(quote, "rainee") || in == partCredential && found != denied && found != aimed {
		return done
	}
	if in == partWork && found == pitched {
		return done
	}
	return found
}

// learnt reports whether a clause tells of a course that was taken: not of one
// that was given.
func learnt(tokens []string) bool {
	course := false
	for i, w := range tokens {
		switch w {
		case "course", "courses", "bootcamp", "tutorial", "tutorials", "seminar", "mooc":
			course = course || i == 0 || tokens[i-1] != "of"
		case "teach", "taught", "teaching", "teaches", "built", "build", "wrote", "write", "written", "designed", "design", "created", "create", "made", "sold", "sell", "gave", "give", "run", "ran", "led", "launched", "recorded", "edited", "produced", "translated", "platform", "platforms", "students", "learners", "my", "author", "subtitled", "for":
			return false
		}
	}
	return course
}

func positiveAt(tokens []string, i int) int {
	for _, p := range positives[tokens[i]] {
		if matches(tokens[i:], p) {
			return len(p)
		}
	}
	return 0
}

func matches(tokens, run []string) bool {
	if len(tokens) < len(run) {
		return false
	}
	for k, w := range run {
		if w != "*" && tokens[k] != w {
			return false
		}
	}
	return true
}

// aims reports whether a word such as "system" or "assistant" really addresses
// a machine: with a colon behind it, or an order beside it.
func aims(tokens []string, i int, quote string, in part) bool {
	switch tokens[i] {
	case "system", "assistant", "prompt", "instructions", "instruction", "the", "hidden", "override", "meets", "matches", "ai", "disregard", "language", "mark", "put", "list", "this", "ignore":
		low := strings.ToLower(quote)
		if strings.Contains(low, tokens[i]+":") {
			return true
		}
		for _, sign := range []string{"rank", "first", "ignore", "candidate", "instruction", "requirement", "ideal", "top of", "shortlist", "reading this", "score", "previous", "budget of the client", "this profile", "applicant"} {
			if tokens[i] != strings.Fields(sign)[0] && strings.Contains(low, sign) {
				return true
			}
		}
		return false
	}
	return true
}
