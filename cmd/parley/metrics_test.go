package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMetricsWithATokenAndOnTheirOwnAddress(t *testing.T) {
	own := freeAddress(t)
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, []byte("metrics: {listen: '"+own+"', token_env: METRICS_TOKEN}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := startServer(t, testConfig(t, map[string]string{"PARLEY_CONFIG": file, "METRICS_TOKEN": "let-prometheus-in"}))
	s.get(t, "/metrics", "", http.StatusUnauthorized, nil)
	s.get(t, "/metrics", "wrong", http.StatusUnauthorized, nil)
	s.get(t, "/metrics", "let-prometheus-in", http.StatusOK, nil)
	response, err := s.http.Get("http://" + own + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || !strings.Contains(string(body), "parley_turns_running") {
		t.Errorf("%v: %.200s", err, body)
	}
}
