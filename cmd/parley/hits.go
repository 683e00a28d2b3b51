package main

import (
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

// hitTable lists what was found, with the reasons below each where they are asked for.
func hitTable(kind retrieval.Kind, hits []retrieval.Hit, explain bool) table {
	t := table{head: []string{"cosine", "title", "pay", "level", "from", "posted", "id"}, flex: 1, right: []int{0}}
	switch kind {
	case retrieval.KindProfile:
		t.head[2], t.head[5] = "rate", "rating"
	case retrieval.KindProposal:
		t.head[2], t.head[5] = "bid", "sent"
	}
	for _, h := range hits {
		f := h.Facets
		cells := []string{fmt.Sprintf("%.2f", h.Similarity), f.Title, payText(f), f.Level, placeText(f), f.PostedOn, h.ID}
		if kind == retrieval.KindProfile {
			cells[5] = ratingText(f)
		}
		r := row{cells: cells}
		if explain {
			r.below = reasons(h)
		}
		t.rows = append(t.rows, r)
	}
	return t
}

func payText(f retrieval.Facets) string {
	if f.PayMin == 0 && f.PayMax == 0 {
		return ""
	}
	text := strings.TrimSuffix(brief.Pay{Type: f.PayType, Min: f.PayMin, Max: f.PayMax, Currency: f.Currency}.String(), ", fixed price")
	return strings.Replace(text, " an hour", "/h", 1)
}

func placeText(f retrieval.Facets) string {
	if f.TimeZone == "" {
		return f.Country
	}
	return strings.TrimSpace(f.Country + " " + f.TimeZone)
}

func ratingText(f retrieval.Facets) string {
	switch {
	case f.Rating > 0:
		return fmt.Sprintf("%.1f of %d", f.Rating, f.Reviews)
	case f.Jobs > 0:
		return fmt.Sprintf("%d jobs", f.Jobs)
	}
	return ""
}

// reasons says why a hit was found, and why in this place.
func reasons(h retrieval.Hit) []string {
	places := "by words " + placeIn(h.Why.LexicalPlace) + ", by meaning " + placeIn(h.Why.NearestPlace)
	if h.Why.NearestPlace > 0 {
		places += fmt.Sprintf(" (cosine %.3f)", h.Similarity)
	}
	lines := []string{fmt.Sprintf("%s · score %.4f = %.4f fused × %.3f recency × %.3f quality", places, h.Score, h.Why.Fused, h.Why.Recency, h.Why.Quality)}
	var parts []string
	for _, part := range []struct {
		name  string
		items []string
	}{{"words", h.Words}, {"skills", h.Skills}, {"missing", h.Missing}, {"also posted as", h.Repeats}} {
		if len(part.items) > 0 {
			parts = append(parts, part.name+": "+strings.Join(part.items, ", "))
		}
	}
	if len(parts) > 0 {
		lines = append(lines, strings.Join(parts, " · "))
	}
	return lines
}

func placeIn(place int) string {
	if place == 0 {
		return "not found"
	}
	return fmt.Sprintf("no. %d", place)
}
