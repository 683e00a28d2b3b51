package brief

import (
	"slices"
	"strings"
	"unicode"
)

// crafts are the categories in which skills are called by what is made.
var crafts = words("design video_audio writing legal")

var (
	// makers of a skill's name that people leave out: "BigQuery", "Kafka".
	brands = words("microsoft google apache adobe amazon oracle ms aws atlassian")
	// kinds end the name of a skill that people name without: "Android", "Instagram".
	kinds = words("development programming marketing administration analysis framework js net")
)

// namesSkill reports whether the words of a match name the skill, and do not
// only name who does it or what comes of it: "Python developer" names Python,
// "photographer" and "real estate agent" name nobody's skill.
func (r *reader) namesSkill(m skillMatch) bool {
	said := r.quote(m.from, m.to)
	if strings.EqualFold(said, m.name) || m.to == m.from+1 && (r.isInitials(m.from, m.name) || r.isProper(m.from)) {
		return true
	}
	parts := nameWords(m.name)
	if len(parts) == 0 {
		return true
	}
	if crafts[m.category] && products[parts[len(parts)-1]] {
		return false // "a product video" is to be made, and no skill of anybody
	}
	needed := slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return brands[part] || kinds[part] })
	if len(needed) == 0 {
		needed = parts
	}
	for _, part := range needed {
		if !r.saysWord(part, m.from, m.to) {
			return false
		}
	}
	return !(len(parts) > len(needed) && kinds[parts[len(parts)-1]] && r.behindSkill(m))
}

// nameWords are the words of a skill's name in lower case, without "and".
func nameWords(name string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(lower(name), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '+' && c != '#'
	}), func(part string) bool { return part == "and" || part == "of" })
}

// saysWord reports whether one of the tokens [from, to) is a word, or a form of it.
func (r *reader) saysWord(part string, from, to int) bool {
	for i := from; i < to; i++ {
		low := r.low(i)
		if low == part || len(part) > 3 && stem(low) == stem(part) && !(workers[low] && low != part) {
			return true
		}
		if len(low) > 3 && strings.HasPrefix(part, low) && !workers[low] && !products[low] {
			return true // "Postgres"
		}
	}
	return strings.EqualFold(strings.ReplaceAll(r.quote(from, to), " ", ""), part)
}

// isInitials reports whether token i is made of the initials of a name: "SEO".
func (r *reader) isInitials(i int, name string) bool {
	var initials strings.Builder
	for _, part := range nameWords(name) {
		initials.WriteByte(part[0])
	}
	low := r.low(i)
	return len(low) > 1 && low == initials.String()
}

// isProper reports whether token i is written as a name with capitals within: "HAZOP".
func (r *reader) isProper(i int) bool {
	text := r.text[r.tokens[i].start:r.tokens[i].end]
	return len(text) > 2 && strings.IndexFunc(text[1:], unicode.IsUpper) >= 0 && !workers[r.low(i)]
}

// behindSkill reports whether a match stands behind another skill that it only
// adds a noun to: the front end of "a Vue front end".
func (r *reader) behindSkill(m skillMatch) bool {
	before := r.skillOf(m.from - 1)
	return before != nil && r.same(m.from-1, m.from)
}
