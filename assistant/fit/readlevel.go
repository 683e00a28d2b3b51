package fit

import (
	"slices"
	"strings"
)

// Levels as profiles have them, rising.
var levels = []string{"entry", "intermediate", "expert"}

var levelNames = map[string]string{
	"senior": "expert", "seniors": "expert", "expert": "expert", "experts": "expert", "veteran": "expert", "veterans": "expert", "top-level": "expert",
	"intermediate": "intermediate", "intermediates": "intermediate", "mid": "intermediate", "midlevel": "intermediate", "medior": "intermediate", "mids": "intermediate",
	"junior": "entry", "juniors": "entry", "entry": "entry", "beginner": "entry", "beginners": "entry", "trainee": "entry", "trainees": "entry", "starters": "entry", "starter": "entry", "novice": "entry", "novices": "entry",
}

// levels reads how experienced somebody must be.
func (x *reading) levels() {
	for i := 0; i < x.Len(); i++ {
		level, ok := levelNames[x.Low(i)]
		if !ok || x.taken[i] || !x.aboutLevel(i, level) {
			continue
		}
		end := i + 1
		if x.Is(end, "-") && x.Is(end+1, "level", "weight") {
			end += 2
		} else if x.Is(end, "level", "levels") {
			end++
		}
		wanted := x.levelsAt(i, &end, level)
		if len(wanted) == 0 {
			continue
		}
		if x.denied(i) && slices.ContainsFunc(x.found, func(p placed) bool { return p.Kind == Level && indexOf(p.Levels, level) < 0 }) {
			x.take(i, end) // "a senior, not an intermediate"
			continue
		}
		from := i
		for from > 0 && x.Is(from-1, "only", "no", "not", "at", "least", "a", "an", "any") {
			from--
		}
		x.add(Requirement{Kind: Level, Levels: wanted, Text: levelText(wanted)}, from, end)
		i = end - 1
	}
}

// levelsAt are those that the words around token i leave, nil when they ask nothing.
func (x *reading) levelsAt(i int, end *int, level string) []string {
	rank := indexOf(levels, level)
	switch {
	case x.denied(i) || x.deniedBehind(*end):
		if level == "entry" {
			return levels[1:]
		}
		if level == "expert" {
			return levels[:2]
		}
		return []string{"entry", "expert"}
	case x.behind(*end, 3, "or", "and") && x.behind(*end, 4, "above", "up", "better", "higher", "upwards", "more"), x.before(i, 3, "least", "minimum"), x.Is(*end, "+"):
		for !x.Is(*end, "above", "up", "better", "higher", "upwards", "more") && *end < min(x.Len(), i+5) && x.behind(*end, 4, "above", "up", "better", "higher", "upwards", "more") {
			*end++
		}
		if x.Is(*end, "above", "up", "better", "higher", "upwards", "more", "+") {
			*end++
		}
		return levels[rank:]
	}
	wanted := []string{level}
	for at := *end; x.Is(at, "or", "and", "/", ","); {
		next, ok := levelNames[x.Low(at+1)]
		if !ok {
			break
		}
		wanted = append(wanted, next)
		at += 2
		*end = at
	}
	return sorted(wanted)
}

// aboutLevel reports whether a word such as "expert" names how experienced
// somebody is: not "an expert in Kafka", "mid March", "beginner courses".
func (x *reading) aboutLevel(i int, level string) bool {
	if x.Is(i+1, "in", "at", "on") && !x.Is(i, "seniors", "juniors", "beginners") && !x.isPlace(i+2) && !x.isPlace(i+3) || x.Is(i+1, "courses", "course", "lessons", "living", "care", "citizens", "market", "march", "april", "may", "june", "classes", "students", "readers") {
		return false
	}
	if x.Is(i, "mid") && !(x.Is(i+1, "-", "level") || x.Is(i+1, "senior")) && !x.Is(i+1, "or") {
		return false
	}
	if x.Is(i, "entry") && !(x.Is(i+1, "-", "level")) {
		return false
	}
	if x.before(i, 3, "for", "teach", "taught", "teaching", "with") && !x.wishing {
		return false
	}
	return x.wishing || level != "entry" && !x.before(i, 3, "our", "my", "your")
}

func levelText(list []string) string {
	switch strings.Join(list, " ") {
	case "intermediate expert":
		return "no beginners"
	case "entry intermediate":
		return "no experts"
	case "entry":
		return "entry level"
	}
	return strings.Join(list, " or ") + " level"
}

func sorted(list []string) []string {
	var in []string
	for _, level := range levels {
		if indexOf(list, level) >= 0 {
			in = append(in, level)
		}
	}
	return in
}

func indexOf(list []string, s string) int {
	for i := range list {
		if list[i] == s {
			return i
		}
	}
	return -1
}
