package route

import "strings"

// question is what sort of answer the assistant's last question waits for. Its exact words are
// not looked at, so that questions may be reworded without training anew.
func question(text string) []string {
	if strings.TrimSpace(text) == "" {
		return []string{"none"}
	}
	kinds := []string{"some"}
	list := tokens(normal(text))
	for i, token := range list {
		for _, k := range questionKinds {
			if token == k.Word && (!k.First || i == 0) {
				kinds = append(kinds, k.Kind)
			}
		}
	}
	return kinds
}

var questionKinds = []struct {
	Word  string
	First bool // only at the beginning
	Kind  string
}{
	{"which", false, "which"}, {"what", false, "what"}, {"how", false, "how"}, {"when", false, "when"}, {"where", false, "where"},
	{"who", false, "who"}, {"why", false, "why"},
	{"is", true, "yes-no"}, {"are", true, "yes-no"}, {"do", true, "yes-no"}, {"does", true, "yes-no"}, {"did", true, "yes-no"},
	{"can", true, "yes-no"}, {"could", true, "yes-no"}, {"should", true, "yes-no"}, {"shall", true, "yes-no"}, {"would", true, "yes-no"},
	{"may", true, "yes-no"}, {"have", true, "yes-no"}, {"has", true, "yes-no"}, {"will", true, "yes-no"}, {"was", true, "yes-no"},
	{"or", false, "choice"}, {"shall", false, "offer"}, {"like", false, "offer"},
	{"budget", false, "money"}, {"rate", false, "money"}, {"pay", false, "money"}, {"paid", false, "money"}, {"price", false, "money"}, {"bid", false, "money"},
	{"skill", false, "skills"}, {"skills", false, "skills"}, {"tool", false, "skills"}, {"tools", false, "skills"}, {"know", false, "skills"}, {"able", false, "skills"},
	{"software", false, "skills"}, {"technology", false, "skills"}, {"platform", false, "skills"}, {"language", false, "skills"},
	{"deliver", false, "scope"}, {"delivered", false, "scope"}, {"hand", false, "scope"}, {"include", false, "scope"}, {"done", false, "scope"}, {"work", false, "scope"},
	{"pages", false, "scope"}, {"big", false, "scope"}, {"text", false, "scope"}, {"files", false, "scope"}, {"designs", false, "scope"},
	{"start", false, "time"}, {"begin", false, "time"}, {"date", false, "time"}, {"deadline", false, "time"}, {"long", false, "time"}, {"hours", false, "time"}, {"week", false, "time"},
	{"country", false, "place"}, {"remote", false, "place"}, {"remotely", false, "place"}, {"place", false, "place"}, {"live", false, "place"}, {"travel", false, "place"},
	{"experienced", false, "level"}, {"experience", false, "level"}, {"level", false, "level"}, {"years", false, "level"},
	{"proudest", false, "past"}, {"result", false, "past"}, {"project", false, "past"}, {"worked", false, "past"}, {"learned", false, "past"}, {"client", false, "past"},
	{"invite", false, "about-people"}, {"narrow", false, "about-people"}, {"list", false, "about-people"}, {"compare", false, "about-people"}, {"looking", false, "about-people"},
	{"change", false, "change"}, {"else", false, "change"}, {"happy", false, "change"}, {"right", false, "change"}, {"missing", false, "change"},
	{"contract", false, "about-practice"}, {"agreed", false, "about-practice"}, {"agree", false, "about-practice"}, {"invoice", false, "about-practice"}, {"law", false, "about-practice"},
	{"post", false, "about-post"}, {"publish", false, "about-post"}, {"people", false, "about-people"}, {"person", false, "about-people"},
	{"proposal", false, "about-proposal"}, {"apply", false, "about-proposal"}, {"send", false, "about-proposal"},
	{"hiring", false, "about-side"}, {"paste", false, "paste"},
}
