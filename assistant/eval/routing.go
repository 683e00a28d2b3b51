package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/retrieval/learn"
)

// RoutingCase is a message whose route is known.
type RoutingCase struct {
	ID      string        `json:"id"`
	Role    string        `json:"role"`
	Context route.Context `json:"context"`
	Text    string        `json:"text"`
	Route   route.Route   `json:"route"`
	Hard    bool          `json:"hard,omitempty"`
}

// RoutingReport is how well messages were routed. It is marshalled as JSON.
type RoutingReport struct {
	N           int      `json:"n"`
	Accuracy    float64  `json:"accuracy"` // of the likeliest route, unsure or not
	Accuracy95  Interval `json:"accuracy_95"`
	OutOfScope  float64  `json:"oos_f1"`
	Hard        int      `json:"hard"` // cases that are marked so
	HardRight   float64  `json:"hard_accuracy"`
	Unsure      float64  `json:"unsure"`        // share of cases that the person would be asked about
	Sure        float64  `json:"sure_accuracy"` // of the others
	Calibration float64  `json:"calibration_error"`
	Slowest     float64  `json:"slowest_ms"`
	Mean        float64  `json:"mean_ms"`

	Routes []RouteScore     `json:"routes"`
	Failed []RoutingFailure `json:"failures"`
}

// RouteScore is how one route was recognised. F1 is the harmonic mean of precision and recall.
type RouteScore struct {
	Route     route.Route         `json:"route"`
	N         int                 `json:"n"`
	Precision float64             `json:"precision"`
	Recall    float64             `json:"recall"`
	F1        float64             `json:"f1"`
	Taken     map[route.Route]int `json:"taken"` // what its cases were taken for
}

// RoutingFailure is a case that went to another workflow.
type RoutingFailure struct {
	RoutingCase
	Got        route.Route `json:"got"`
	Confidence float64     `json:"confidence"`
	Unsure     bool        `json:"unsure"`
	Reason     string      `json:"reason"`
}

// ReadRoutingCases reads one JSON object a line.
func ReadRoutingCases(r io.Reader) ([]RoutingCase, error) {
	var cases []RoutingCase
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	known := make(map[route.Route]bool)
	for _, name := range route.Routes() {
		known[name] = true
	}
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		var c RoutingCase
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrData, n, err)
		}
		if !known[c.Route] {
			return nil, fmt.Errorf("%w: line %d: route %q is none", ErrData, n, c.Route)
		}
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrData, err)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%w: no cases", ErrData)
	}
	return cases, nil
}

// Router is what routes messages: a *route.Router.
type Router interface {
	Route(route.Input) route.Decision
}

// Routing routes all cases and grades the decisions. resamples and seed are of the interval.
func Routing(router Router, cases []RoutingCase, resamples int, seed uint64) (RoutingReport, error) {
	report := RoutingReport{N: len(cases), Failed: []RoutingFailure{}}
	rights, zeros := make([]float64, len(cases)), make([]float64, len(cases))
	confidence, right := make([]float64, len(cases)), make([]bool, len(cases))
	taken := make(map[route.Route]map[route.Route]int)
	sure, sureRight, hardRight := 0, 0, 0
	for i, c := range cases {
		begun := time.Now()
		d := router.Route(route.Input{Role: c.Role, Text: c.Text, Context: c.Context})
		took := float64(time.Since(begun)) / float64(time.Millisecond)
		report.Slowest = max(report.Slowest, took)
		report.Mean += took / float64(len(cases))
		if taken[c.Route] == nil {
			taken[c.Route] = make(map[route.Route]int)
		}
		taken[c.Route][d.Route]++
		right[i], confidence[i] = d.Route == c.Route, d.Confidence
		one := 0
		if right[i] {
			one, rights[i] = 1, 1
		} else {
			report.Failed = append(report.Failed, RoutingFailure{c, d.Route, d.Confidence, d.Unsure, d.Reason})
		}
		if c.Hard {
			report.Hard++
			hardRight += one
		}
		if !d.Unsure {
			sure++
			sureRight += one
		}
	}
	compared, err := Compare(rights, zeros, resamples, seed)
	if err != nil {
		return report, err
	}
	report.Accuracy, report.Accuracy95 = compared.Difference, compared.Difference95
	report.HardRight = share(hardRight, report.Hard)
	report.Unsure, report.Sure = 1-share(sure, len(cases)), share(sureRight, sure)
	report.Calibration = learn.CalibrationError(confidence, right)
	for _, name := range route.Routes() {
		score := scoreRoute(name, taken)
		if report.Routes = append(report.Routes, score); name == route.OutOfScope {
			report.OutOfScope = score.F1
		}
	}
	return report, nil
}

func scoreRoute(name route.Route, taken map[route.Route]map[route.Route]int) RouteScore {
	s := RouteScore{Route: name, Taken: taken[name]}
	said := 0
	for is, list := range taken {
		said += list[name]
		for _, n := range list {
			if is == name {
				s.N += n
			}
		}
	}
	hit := taken[name][name]
	s.Precision, s.Recall, s.F1 = share(hit, said), share(hit, s.N), share(2*hit, said+s.N)
	return s
}

func share(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// Write tells the report in words and a table.
func (r RoutingReport) Write(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "routing, %d cases: accuracy %.3f (95%%: %.3f to %.3f), out-of-scope F1 %.3f\n",
		r.N, r.Accuracy, r.Accuracy95.Low, r.Accuracy95.High, r.OutOfScope)
	if r.Hard > 0 {
		fmt.Fprintf(&b, "accuracy %.3f on the %d cases that are marked as hard\n", r.HardRight, r.Hard)
	}
	fmt.Fprintf(&b, "unsure of %.1f%%; accuracy %.3f where it is sure; calibration error %.3f; %.2f ms a message, %.2f the slowest\n\n",
		100*r.Unsure, r.Sure, r.Calibration, r.Mean, r.Slowest)
	fmt.Fprintf(&b, "%-14s %5s %10s %7s %6s   taken for\n", "route", "n", "precision", "recall", "F1")
	for _, s := range r.Routes {
		fmt.Fprintf(&b, "%-14s %5d %10.3f %7.3f %6.3f  ", s.Route, s.N, s.Precision, s.Recall, s.F1)
		for _, other := range route.Routes() {
			if n := s.Taken[other]; n > 0 && other != s.Route {
				fmt.Fprintf(&b, " %s %d", other, n)
			}
		}
		b.WriteByte('\n')
	}
	_, err := b.WriteTo(w)
	return err
}
