package web

import "github.com/parleyhq/parley/web/hooks"

// Webhook counts an attempt to tell a site of an event.
func (m *Metrics) Webhook(a hooks.Attempt) {
	m.webhooks.WithLabelValues(a.Type, a.Outcome).Observe(a.Took.Seconds())
}
