package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// policyBody is a policy as reviewers read it.
type policyBody struct {
	Label  policy.Label `json:"label"`
	Title  string       `json:"title"`
	Text   string       `json:"text"`   // Markdown
	Notice string       `json:"notice"` // what senders are told
}

// ruleBody describes a rule.
type ruleBody struct {
	rules.Rule
	Strength string `json:"strength"` // hint, likely, certain
}

func (s *Server) listPolicies(c echo.Context) error {
	return c.JSON(http.StatusOK, struct {
		Version  string       `json:"version"`
		Policies []policyBody `json:"policies"`
	}{policy.Version(), policyBodies(policy.Labels(), c.QueryParam("locale"))})
}

func policyBodies(labels []policy.Label, locale string) []policyBody {
	list := make([]policyBody, 0, len(labels))
	for _, l := range labels {
		text := policy.Text(l)
		title, _, _ := strings.Cut(text, "\n")
		list = append(list, policyBody{l, strings.TrimPrefix(title, "# "), text, policy.Notice(l, locale)})
	}
	return list
}

// listRules tells which rules are in force, and what is wrong with those of the
// folder as it is now.
func (s *Server) listRules(c echo.Context) error {
	set := s.Moderation.Rules()
	body := struct {
		Version string     `json:"version"`
		Rules   []ruleBody `json:"rules"`
		Errors  []string   `json:"errors"`
	}{set.Version(), ruleBodies(set, func(rules.Rule) bool { return true }), []string{}}
	if s.Moderation.Faults != nil {
		for _, fault := range s.Moderation.Faults() {
			body.Errors = append(body.Errors, fault.Error())
		}
	}
	return c.JSON(http.StatusOK, body)
}

func ruleBodies(set *rules.Set, wanted func(rules.Rule) bool) []ruleBody {
	list := []ruleBody{}
	for _, r := range set.Rules() {
		if wanted(r) {
			list = append(list, ruleBody{r, r.Strength.String()})
		}
	}
	return list
}
