package brief

import "strings"

var (
	// afterNot may stand between a negation and what it excludes.
	afterNot = words(`want use using like a an in with on the based be built work interested looking into need have necessarily required require needed really any another`)
	// owners before a trade tell that it is the person's own.
	owners = words(`our my run own for am are we're i'm have at of`)
	// wishWords tell that a thing is wanted and not merely there.
	wishWords = words(`need want looking build redesign create improve update fix needs wants redo`)
)

var (
	ruledOut  = words("no not without avoid avoiding don't dont never nothing hate except excluding neither nor isn't")
	niceFirst = phrases(`would be good, would be great, would be helpful, would help, would be ideal, would be cool, would be a plus, would be a bonus, would be an advantage, would be lovely, would love, would be happy, we'd be happy, nice to have, nice to haves, ideally, preferably, bonus, bonus points, bonus points for, would be nice, optional, optionally, good to have,
		as a bonus, plus points, a plus, big plus, extra points, pluses, advantageous`)
	niceAfter = phrases(`would be ok, would be okay, would be fine, is ok too, is okay too, is fine too, also ok, also fine, a plus, a bonus, nice to have, an advantage, optional, would be nice, would be great, would be good, would be a plus, would be helpful, would help,
		would be ideal, would be a bonus, preferred, is preferred, a big plus, a huge plus, a nice bonus, helpful, welcome, desirable, beneficial,
		good to have, a nice to have, not required but, a strong plus, would be cool, an asset, an added bonus, plus, advantageous, would be awesome,
		would be amazing, appreciated`)
	mustCues = words("must required mandatory essential need needs requires crucial")
	business = words(`agency business company firm studio practice startup clinic school department team store shop bureau office industry market magazine community club
		conference service services provider academy brand fans`)
	existing = phrases(`we already have, i already have, we have, i have, already have, existing, already done, i've got, we've got, we already use, is ready, are ready,
		already exists, provided by us, we will provide, i will provide, i'll provide, we'll provide, we provide, i provide, is done, are done, has been done,
		i've already, we've already, have already, there is, there's, there are, exists, exist, already exist`)
)

var activities = words(`design development writing editing translation marketing photography production animation illustration maintenance management administration
		optimization services creation generation entry testing proofreading transcription research consulting coaching retouching mixing mastering narration acting`)

// denied reads words before a skill that exclude it, "no WordPress", "not Wix or
// Squarespace", "anything but PHP", or merely say that it is not called for,
// "no need for React".
func (r *reader) denied(m skillMatch) (want, bool) {
	s := r.sentenceOf(m.from)
	for k := m.from - 1; k >= max(s.from, m.from-7); k-- {
		low := r.low(k)
		switch {
		case ruledOut[low]:
			switch {
			case !r.excludes(k, m.from):
				return must, false
			case r.is(k+1, "only", "just", "sure", "mind", "matter", "problem", "longer", "code") && !r.linkedSkill(k+1):
				return must, false
			case r.is(k+1, "need", "have", "require", "necessarily", "too", "experience", "required", "needed"):
				return aside, true
			}
			if low == "not" && k == s.from && r.is(m.from-1, ",") && m.from > k+2 && !r.linkedOr(m.to) {
				return must, false // "not WordPress, Webflow please"
			}
			return without, !r.is(k-1, "why", "if", "or")
		case low == ":":
			return must, false
		case low == "of" && r.is(k-1, "instead"), low == "than" && r.is(k-1, "rather", "other"), low == "from" && r.is(k-1, "away", "off"):
			return without, true
		case low == "but" && r.is(k-1, "anything", "everything"), low == "with" && r.is(k-1, "nothing"), low == "of" && r.is(k-2, "tired", "sick"):
			return without, true
		case r.taken[k] == removal || r.is(k, "do", "make", "add", "want", "need", "get", "build", "create") && !r.is(k-1, "don't", "dont", "not", "no"):
			return must, false
		case r.is(k, "but", ";", "just", "prefer"), r.is(k, "use", "using") && !ruledOut[r.low(k-1)], low == "," && !r.linkedSkill(k+1):
			return must, false
		}
	}
	return must, false
}

// excludes reports whether the negation at token k is about the skill at token
// i: "no bootstrap", "not built with Wix", but not "not supported by WordPress".
func (r *reader) excludes(k, i int) bool {
	if k+1 == i {
		return true
	}
	switch r.low(k) {
	case "without":
		return i-k <= 4 && !strings.HasSuffix(r.low(k+1), "ing") || r.is(k+1, "using") || r.linkedSkill(k+1)
	case "no", "avoid", "avoiding", "hate", "except", "excluding", "nothing", "neither", "nor":
		return (i-k <= 4 || r.linkedSkill(k+1)) && !r.is(k+1, "/", "-")
	}
	return r.linkedSkill(k+1) || afterNot[r.low(k+1)]
}

// linkedOr reports whether a list of what is ruled out goes on at token i.
func (r *reader) linkedOr(i int) bool {
	return r.is(i, "or", "nor", "and", ",") && r.linkedSkill(i+1) || r.is(i, ",") && r.is(i+1, "or", "nor")
}

// notNeeded reports whether the words at token i say that what stands before
// is not called for: "WordPress is not needed".
func (r *reader) notNeeded(i int) bool {
	if r.is(i, "is", "are") {
		i++
	}
	return r.is(i, "not", "isn't", "aren't") && r.is(i+1, "needed", "required", "necessary", "important", "a")
}

// linkedSkill reports whether a skill begins at token i.
func (r *reader) linkedSkill(i int) bool {
	m := r.skillOf(i)
	return m != nil && m.from == i
}

// skillOf returns the match that token i is part of, nil for none.
func (r *reader) skillOf(i int) *skillMatch {
	if i < 0 || i >= len(r.skillAt) || r.skillAt[i] < 0 {
		return nil
	}
	return &r.found[r.skillAt[i]]
}

// turns reports whether the words between a cue and a skill begin another thought.
func (r *reader) turns(from, to int) bool {
	for k := from; k < to; k++ {
		if r.is(k, "but", ";", "must", "required", "need") || r.low(k) == "." {
			return true
		}
	}
	return false
}

// headed reports whether the list that token i is in stands under a heading of a kind.
func (r *reader) headed(i int, heading lexicon[bool]) bool {
	at := r.tokens[i].sentence
	for k := at - 1; k >= max(0, at-12); k-- {
		s := r.sentences[k]
		if s.header {
			return heading.has(r.view, s.from, s.to)
		}
		if !s.bullet && s.to-s.from > 4 {
			return false
		}
	}
	return false
}

// ownsBusiness reports whether a skill names the person's trade and not the
// work: "we run a translation agency".
func (r *reader) ownsBusiness(m skillMatch) bool {
	for k := m.from - 1; k >= max(r.sentenceOf(m.from).from, m.from-5); k-- {
		if owners[r.low(k)] {
			return true
		}
		if r.is(k, "need", "want", "hire", "hiring", "build", "create") {
			return false
		}
	}
	return false
}

// isSelf reports whether the person speaks of themselves: "I'm a photographer".
func (r *reader) isSelf(i int) bool {
	for k := i - 1; k >= max(r.sentenceOf(i).from, i-4); k-- {
		if r.is(k, "i'm", "im", "we're") || r.is(k, "am", "are") && r.is(k-1, "i", "we") {
			return r.is(k+1, "a", "an", "the", "two", "three", "small") && k+1 < i
		}
		if r.is(k, "as") && r.is(k-1, "work", "working") {
			return true
		}
	}
	return false
}

// servesOwn reports whether a thing at token i is what the work is for: "a
// video for our fintech app".
func (r *reader) servesOwn(i int) bool {
	for k := i - 1; k >= max(r.sentenceOf(i).from+1, i-3); k-- {
		if r.is(k, "my", "our") {
			return r.is(k-1, "for", "on", "in", "of")
		}
	}
	return false
}

// possessed reports whether the clause of token i says that the thing is there already.
func (r *reader) possessed(i int) bool {
	from, to := r.clause(i)
	if r.is(from, "and", "so") {
		from++
	}
	for to > from && r.tokens[to-1].kind == sign {
		to--
	}
	if r.is(to-1, "too", "also") && from > r.sentenceOf(i).from+1 {
		from, to = r.clause(from - 2) // "the script is ready, the voice-over too"
	}
	return existing.has(r.view, from, to) && !r.wants(from, to)
}

func (r *reader) wants(from, to int) bool {
	for k := from; k < to; k++ {
		if wishWords[r.low(k)] {
			return true
		}
	}
	return false
}
