package shortlist

import (
	"regexp"
	"strings"
)

// outcast is how people say whom to leave out by what they are not: "drop
// everyone above €60", "remove those without French".
var outcast = regexp.MustCompile(`(?i)\b(?:drop|remove|exclude|take out|take off|kick out|throw out|leave out|sort out|filter out|get rid of|lose|cut|no) ` +
	`(?:all|everyone|everybody|anyone|anybody|those|people|the ones|candidates|freelancers|whoever)(?: of them| people| candidates| the ones)? ` +
	`(above|over|beyond|(?:who (?:ask|asks|charge|charges|cost|costs|want|wants) |asking |charging |costing )?(?:for )?(?:more than|above|over)|below|under|less than|without|lacking|outside(?: of)?|` +
	`(?:who (?:is|are|live|lives|sit|sits) |living |based )?(?:from|in|outside(?: of)?|based in|living in)|who (?:don['’]?t|do not|doesn['’]?t|does not|cannot|can['’]?t|have no|has no|lack|lacks)(?: (?:have|speak|know|do|use))?)\s+`)

// turned writes what a message wants left out as what it wants kept, which is
// how wishes are read: "drop everyone above €60" is "at most €60".
func turned(text string) string {
	return outcast.ReplaceAllStringFunc(text, func(found string) string {
		how := strings.ToLower(outcast.FindStringSubmatch(found)[1])
		switch {
		case strings.Contains(how, "outside"):
			return "only people in "
		case strings.HasSuffix(how, "above"), strings.HasSuffix(how, "over"), strings.HasSuffix(how, "more than"), how == "beyond":
			return "at most "
		case how == "below", how == "under", how == "less than":
			return "at least "
		case strings.HasSuffix(how, "from"), strings.HasSuffix(how, "in"):
			return "nobody from "
		case strings.HasSuffix(how, "speak"):
			return "must speak "
		case strings.HasSuffix(how, "know"), strings.HasSuffix(how, "use"), strings.HasSuffix(how, "do"):
			return "must know "
		}
		return "must have "
	})
}
