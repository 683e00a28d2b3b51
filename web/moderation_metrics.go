package web

import (
	"strconv"

	"github.com/parleyhq/parley/assistant/moderation"
)

// Moderation counts what happens to messages.
func (m *Metrics) Moderation(o moderation.Observation) {
	decision := string(o.Action)
	switch o.Event {
	case "judged":
		m.judged.WithLabelValues(o.Outcome, strconv.FormatBool(o.Cached)).Observe(o.Took.Seconds())
		return
	case "expired":
		m.expired.WithLabelValues(decision).Inc()
		return
	}
	m.checks.WithLabelValues(o.Event, string(o.Channel), decision, string(o.Stage)).Observe(o.Took.Seconds())
	if o.Label != "" {
		m.labels.WithLabelValues(string(o.Label), decision).Inc()
	}
}
