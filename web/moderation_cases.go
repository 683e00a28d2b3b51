package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// listedCase is a case in a list: without its thread, and with an excerpt of
// its text, in which the marks are.
type listedCase struct {
	moderation.Case
	Cut bool `json:"cut,omitempty"` // the text is longer
}

// casePage is a page of cases.
type casePage struct {
	Cases  []listedCase      `json:"cases"`
	Next   string            `json:"next,omitempty"` // to be given as after
	People map[string]string `json:"people"`         // names of operators by their ids
}

// caseDetail is all that a reviewer needs to decide a case.
type caseDetail struct {
	Case       moderation.Case       `json:"case"`
	History    []moderation.Decision `json:"history"`
	Policies   []policyBody          `json:"policies"` // of its labels
	Rules      []ruleBody            `json:"rules"`    // of its marks
	Thresholds caseThresholds        `json:"thresholds"`
	Notice     string                `json:"notice,omitempty"` // what the sender is told
	People     map[string]string     `json:"people"`
}

// caseThresholds are those of the site now, for the labels of the case's channel.
type caseThresholds struct {
	Any    moderation.Thresholds                  `json:"any"`
	Labels map[policy.Label]moderation.Thresholds `json:"labels"`
}

func (s *Server) listCases(c echo.Context) error {
	filter, err := caseFilter(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	cases, err := s.Moderation.Cases.List(ctx, staff(c).Site, filter)
	if err != nil {
		return queueError(err)
	}
	page := casePage{Cases: make([]listedCase, len(cases)), People: map[string]string{}}
	for i, found := range cases {
		page.Cases[i] = listed(found)
	}
	if len(cases) == filter.PageSize() {
		page.Next = cases[len(cases)-1].ID
	}
	page.People = s.people(ctx, func(id string) bool {
		return slices.ContainsFunc(cases, func(c moderation.Case) bool { return c.Assignee == id })
	})
	return c.JSON(http.StatusOK, page)
}

// caseFilter reads the query of a list of cases.
func caseFilter(c echo.Context) (f moderation.Filter, err error) {
	f = moderation.Filter{
		Status: moderation.Status(c.QueryParam("status")), Label: policy.Label(c.QueryParam("label")),
		Channel: message.Channel(c.QueryParam("channel")), Stage: moderation.Stage(c.QueryParam("stage")),
		Action: moderation.Action(c.QueryParam("decision")), Assignee: c.QueryParam("assignee"),
		Text: c.QueryParam("text"), After: c.QueryParam("after"),
	}
	stages := []moderation.Stage{"", moderation.StageRules, moderation.StageClassifier, moderation.StageJudge, moderation.StageReviewer, moderation.StageDeadline}
	switch {
	case !slices.Contains([]moderation.Status{"", moderation.Judging, moderation.Waiting, moderation.Decided}, f.Status):
		return f, invalid("status is judging, waiting or decided.")
	case f.Label != "" && !f.Label.Known():
		return f, invalid("There is no label %.40q.", f.Label)
	case f.Channel != "" && !f.Channel.Known():
		return f, invalid("There is no channel %.40q.", f.Channel)
	case !slices.Contains(stages, f.Stage):
		return f, invalid("There is no stage %.40q.", f.Stage)
	case f.Action != "" && !f.Action.Known():
		return f, invalid("There is no decision %.40q.", f.Action)
	case !moderation.Key(f.Assignee) || len(f.Text) > maxSearched:
		return f, invalid("assignee and text are at most %d bytes.", maxSearched)
	}
	if f.Appealed, err = flag(c, "appealed"); err != nil {
		return f, err
	}
	if f.Oldest, err = flag(c, "oldest"); err != nil {
		return f, err
	}
	f.Limit, err = limit(c, 50, 200)
	return f, err
}

// maxSearched is the longest text that cases are searched for, in bytes.
const maxSearched = 500

// flag reads a query parameter that is true or false, false when it is not there.
func flag(c echo.Context, name string) (bool, error) {
	value := c.QueryParam(name)
	if value == "" {
		return false, nil
	}
	set, err := strconv.ParseBool(value)
	if err != nil {
		return false, invalid("%s is true or false.", name)
	}
	return set, nil
}

func (s *Server) getCase(c echo.Context) error {
	found, err := s.Moderation.Cases.Get(c.Request().Context(), staff(c).Site, c.Param("id"))
	if err != nil {
		return queueError(err)
	}
	return s.detail(c, found)
}

// detail answers with all that there is about a case.
func (s *Server) detail(c echo.Context, found moderation.Case) error {
	ctx := c.Request().Context()
	history, err := s.Moderation.Cases.History(ctx, found.Tenant, found.ID)
	if err != nil {
		return queueError(err)
	}
	body := caseDetail{
		Case: found, History: history, Policies: policyBodies(caseLabels(found), c.QueryParam("locale")),
		Rules: s.rulesOf(found), Thresholds: s.thresholds(ctx, found), Notice: notice(found.Verdict, c.QueryParam("locale")),
	}
	body.People = s.people(ctx, func(id string) bool {
		return id == found.Assignee || slices.ContainsFunc(history, func(d moderation.Decision) bool { return d.Actor == id || d.Note == id })
	})
	return c.JSON(http.StatusOK, body)
}

// caseLabels are those that anything gave the message, the newest first.
func caseLabels(c moderation.Case) []policy.Label {
	labels := slices.Concat(c.Verdict.Labels, c.First.Labels)
	for _, mark := range c.Verdict.Marks {
		labels = append(labels, mark.Label)
	}
	var once []policy.Label
	for _, l := range labels {
		if !slices.Contains(once, l) {
			once = append(once, l)
		}
	}
	return once
}

// rulesOf describes the rules that a case names, as they are now.
func (s *Server) rulesOf(c moderation.Case) []ruleBody {
	named := map[string]bool{}
	for _, v := range []moderation.Verdict{c.Verdict, c.First} {
		for _, rule := range append(markRules(v.Marks), v.Rule) {
			id, _, _ := strings.Cut(rule, "@")
			named[id] = true
		}
	}
	return ruleBodies(s.Moderation.Rules(), func(r rules.Rule) bool { return named[r.ID] })
}

func markRules(marks []moderation.Mark) (names []string) {
	for _, m := range marks {
		names = append(names, m.Rule)
	}
	return names
}

func (s *Server) thresholds(ctx context.Context, c moderation.Case) caseThresholds {
	settings := s.Moderation.Moderator.Effective(ctx, c.Tenant)
	t := caseThresholds{Any: settings.Any, Labels: map[policy.Label]moderation.Thresholds{}}
	for label := range c.First.Scores {
		t.Labels[label] = settings.Labels[label].Thresholds
	}
	return t
}

// people returns the names of those operators that are named. Without them a
// case can still be decided: they are left out when they cannot be read.
func (s *Server) people(ctx context.Context, named func(id string) bool) map[string]string {
	names := map[string]string{}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	list, err := s.Operators.List(ctx)
	if err != nil {
		s.Log.Warn("operators' names cannot be read", "error", err)
	}
	for _, o := range list {
		if named(o.ID) {
			names[o.ID] = o.Name
		}
	}
	return names
}
