package eval

import "github.com/parleyhq/parley/assistant/route"

// RoutingFigures are those of routing on the scoreboard; [Routing] tells more.
var RoutingFigures = []Figure{
	{Name: "accuracy", Title: "Right workflow", Share: true, Target: AtLeast(0.92), Main: true},
	{Name: "oos_f1", Title: "Out of scope, F1", Share: true, Target: AtLeast(0.85), Main: true},
}

// RoutingBoard routes all cases, for the scoreboard.
func RoutingBoard(router Router, cases []RoutingCase) Board {
	board := Board{Task: "routing", Title: "Routing", Model: "the router", Figures: RoutingFigures}
	for _, c := range cases {
		d := router.Route(route.Input{Role: c.Role, Text: c.Text, Context: c.Context})
		out := Outcome{ID: c.ID, Hard: c.Hard}
		hit := func(b bool) float64 {
			if b {
				return 1
			}
			return 0
		}
		is, said := c.Route == route.OutOfScope, d.Route == route.OutOfScope
		out.Add("accuracy", One(hit(d.Route == c.Route)))
		out.Add("oos_f1", HarmonicTally(hit(is && said), hit(!is && said), hit(is && !said)))
		if d.Route != c.Route {
			out.Fail("%s was taken for %s (%.2f)", c.Route, d.Route, d.Confidence)
		}
		board.Outcomes = append(board.Outcomes, out)
	}
	return board
}
