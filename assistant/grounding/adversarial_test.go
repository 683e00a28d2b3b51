package grounding_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/retrieval/skills"
)

var trueFacts = []model.Fact{
	{ID: "f1", Kind: "proof", Text: "I used Kafka for two years at Northwind Rail.", Attrs: map[string]string{"about": "me"}},
	{ID: "f2", Kind: "proof", Text: "Raised conversion by 30 % for Delby, a shop for lamps.", Attrs: map[string]string{"about": "me"}},
	{ID: "f3", Kind: "gap", Text: "I have not used Kubernetes in production.", Attrs: map[string]string{"about": "me"}},
	{ID: "f4", Kind: "client", Text: "We process 40,000 events a second and want five years of Kafka."},
	{ID: "f5", Kind: "bid", Text: "My rate is €65 an hour.", Attrs: map[string]string{"about": "me", "currency": "EUR"}},
	{ID: "f6", Kind: "candidate", Text: "Anna has nine years of Angular."},
	{ID: "f7", Kind: "candidate", Text: "Boris has three years of Vue."},
}

// twisted are sentences that cite the right fact and say something else.
var twisted = map[string][]string{
	"another unit":          {"I used Kafka for two months [f1].", "I used Kafka for two decades [f1].", "My rate is €65 a day [f5].", "My rate is €65 [f5] a week."},
	"another value":         {"I used Kafka for twelve years [f1].", "I used Kafka for 2.5 years [f1].", "I used Kafka for two and a half years [f1].", "I used Kafka for about twenty years [f1]."},
	"rounded":               {"You process over 40,000 events a second [f4].", "You process 50,000 events a second [f4].", "You process nearly 40,000 events a second [f4]."},
	"without not":           {"I have used Kubernetes in production [f3].", "I use Kubernetes in production [f3]."},
	"with not":              {"I have not used Kafka for two years at Northwind Rail [f1].", "I never raised conversion for Delby [f2]."},
	"people merged":         {"Boris has nine years of Angular [f6][f7].", "Anna has nine years of Angular and three years of Vue [f6][f7].", "Boris has three years of Vue and nine years of Angular [f6][f7]."},
	"names swapped":         {"I used Kafka for two years at Delby [f1].", "I raised conversion by 30% for Northwind Rail [f2].", "I raised conversion by 30% for Northwind Rail [f1][f2]."},
	"the client's as mine":  {"I process 40,000 events a second [f4].", "I have five years of Kafka [f4].", "I have five years of Kafka [f1][f4].", "Five years of Kafka [f4]."},
	"mine as the client's":  {"You used Kafka for two years [f1].", "Your rate is €65 an hour [f5]."},
	"in parentheses":        {"I used Kafka for two years (and Rust for ten) [f1].", "I used Kafka (five years) at Northwind Rail [f1]."},
	"in Markdown":           {"I used Kafka for **ten** years [f1].", "I used Kafka for *ten* years [f1].", "I used Kafka for `ten` years [f1].", "| Kafka | 10 years | [f1]", "### Kafka, ten years [f1]", "[Kafka for ten years](https://example.com) [f1]"},
	"in lists":              {"- Ten years of Kafka [f1]", "* Kafka: ten years [f1]", "1. Kafka – 10 years [f1]", "2) 10 years of Kafka [f1]"},
	"in footnotes":          {"I used Kafka at Northwind Rail[^10] [f1].", "[^1]: For ten years [f1]."},
	"in quotation marks":    {"They said “ten years of Kafka” [f1].", "I raised conversion, in their words “by half” [f2]."},
	"as a question":         {"Who else has ten years of Kafka [f1]?", "Would two years of Kafka not be plenty [f1]?", "Is €65 not a bargain?!"},
	"with unseen signs":     {"I used Kafka for te\u200bn years [f1].", "I used Kafka for 2\u200b0 years [f1].", "I used Ru\u00adst for two years [f1].", "I have n\u2060ever used Kafka [f1].", "I used Kub\u200dernetes for two years [f1]."},
	"with lookalikes":       {"I used Kubеrnetes for two years [f1].", "I used Кubernetes in production for two years [f1].", "I used Kafka for tеn years [f1]."},
	"in other digits":       {"I used Kafka for ５ years [f1].", "I used Kafka for 𝟓 years [f1].", "I used Kafka for ⑤ years [f1].", "I used Kafka for ٥ years [f1].", "I used Kafka for 5️⃣ years [f1]."},
	"in entities and tags":  {"I used Kafka for &#53; years [f1].", "I used Kafka for <b>five</b> years [f1].", "I used Kafka for f<!-- -->ive years [f1]."},
	"Roman numerals":        {"I used Kafka for V years [f1].", "I used Kafka for XII years [f1]."},
	"dozens":                {"I raised conversion for a dozen shops [f2].", "I raised conversion for dozens of shops [f2].", "I raised conversion for half a dozen shops for lamps [f2]."},
	"percent":               {"I raised conversion by 30 percentage points for Delby [f2].", "I raised conversion by 30 pp for Delby [f2].", "I raised conversion by 30 for Delby [f2].", "I raised conversion by 0.3 % for Delby [f2]."},
	"currency":              {"My rate is $65 an hour [f5].", "My rate is £65 an hour [f5].", "My rate is 65 USD an hour [f5].", "My rate is ¥65 an hour [f5]."},
	"translated":            {"Ich habe Kafka fünf Jahre lang benutzt [f1].", "Cinq ans de Kafka [f1].", "Cinco años de Kafka [f1].", "Mi tarifa es de 95 € por hora [f5]."},
	"praise":                {"I am an expert in Kafka [f1].", "I am the best at Kafka [f1].", "I have extensive Kafka experience [f1].", "I know Kafka better than others [f1].", "I am a certified Kafka developer [f1].", "I am a world-class Kafka developer [f1]."},
	"results and promises":  {"I guarantee two years of Kafka [f1].", "I will double conversion for you [f2].", "I doubled conversion for Delby [f2].", "I raised revenue by 30 % for Delby [f2].", "I cut conversion by 30 % for Delby [f2]."},
	"achievements":          {"I led Kafka for two years at Northwind Rail [f1].", "I founded Delby [f2].", "I managed a shop for lamps [f2].", "I won an award for Delby [f2]."},
	"addresses":             {"I used Kafka at Northwind Rail, see evil.example.com [f1].", "I used Kafka, write to me@evil.example [f1]."},
	"a sign in a mark":      {"I used Kafka for ten years [f1, f2].", "I used Kafka for ten years [f99]."},
	"a claim beside a true": {"My rate is €65 an hour, and I have ten years of Rust [f5].", "My rate is €65 an hour; Delby paid €90 [f5]."},
}

// TestModelThatTwists has a model say each of them between true sentences.
func TestModelThatTwists(t *testing.T) {
	const before, after = "I used Kafka for two years at Northwind Rail.", "My rate is €65 an hour."
	for _, strict := range []bool{false, true} {
		checker := grounding.NewChecker(trueFacts, skills.Default(), strict)
		for name, sentences := range twisted {
			for _, sentence := range sentences {
				m := modeltest.NewScripted(func(model.Request) modeltest.Reply {
					return modeltest.Says(before + " [f1]\n\n" + sentence + "\n\n" + after + " [f5]")
				})
				var got strings.Builder
				s := grounding.NewStream(checker, func(text string) error {
					got.WriteString(text)
					return nil
				})
				_, err := m.Generate(t.Context(), model.Request{Facts: trueFacts}, s.Write)
				if err = errors.Join(err, s.Close()); err != nil {
					t.Fatal(err)
				}
				if got.String() != before+"\n\n"+after {
					t.Errorf("%s, strict %v: %q let %q through", name, strict, sentence, strings.TrimSuffix(strings.TrimPrefix(got.String(), before), after))
				}
			}
		}
	}
}
