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
	{"post", false, "about-post"}, {"publish", false, "about-post"}, {"people", false, "about-people"}, {"person", false, "about-people"},
	{"proposal", false, "about-proposal"}, {"apply", false, "about-proposal"}, {"send", false, "about-proposal"},
	{"hiring", false, "about-side"}, {"paste", false, "paste"},
}
