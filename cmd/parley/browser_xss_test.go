package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHostileTexts puts the texts of web/ui/test/hostile.json where the pages
// show what others wrote, in a real Chromium: nothing of them runs, loads,
// styles, or leads where it should not. See needBrowser.
func TestHostileTexts(t *testing.T) {
	needBrowser(t)
	loaded, model := serveBuiltin(t), newEcho(t)
	loadHostile(t, loaded)
	talking := command(t, map[string]string{"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "OPENAI_BASE_URL": model.url}, "serve").serving(t)
	runPages(t, "e2e/xss.mjs", "PARLEY_URL="+talking, "PARLEY_LOADED="+loaded, "PARLEY_OPERATOR="+browserOperator)
}

// loadHostile loads a job post and a profile of each of the texts.
func loadHostile(t *testing.T, url string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(uiFolder, "test", "hostile.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Text, Unit string }
	if err := json.Unmarshal(content, &cases); err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	encoder := json.NewEncoder(&lines)
	for n, c := range cases {
		text := strings.ToValidUTF8(strings.ReplaceAll(c.Text+c.Unit, "\x00", ""), "")
		if strings.TrimSpace(text) == "" || !utf8.ValidString(text) {
			continue
		}
		title := fmt.Sprintf("Hostile %d %s", n, text)
		skills := []string{"Shopify", text}
		if utf8.RuneCountInString(text) > 60 {
			skills = skills[:1]
		}
		post := object{"kind": "job_post", "id": fmt.Sprint("hostile-post-", n), "title": title, "description": "Shopify canary. " + text, "category": "web", "skills": skills, "level": "", "pay_type": "fixed", "pay_min": 100_000, "pay_max": 200_000, "currency": "EUR", "country": "DE", "time_zone": "Europe/Berlin", "language": "en", "posted_on": "2026-11-01"}
		profile := object{"kind": "profile", "id": fmt.Sprint("hostile-profile-", n), "headline": title, "overview": "Shopify developer, canary. " + text, "category": "web", "skills": skills, "level": "expert", "rate": 4_800, "currency": "EUR", "country": "DE", "time_zone": "Europe/Berlin", "available_from": "2026-11-01"}
		for _, document := range []object{post, profile} {
			if err := encoder.Encode(document); err != nil {
				t.Fatal(err)
			}
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/v1/documents", strings.NewReader(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-ndjson")
	request.Header.Set("Authorization", "Bearer "+browserOperator)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var sum struct {
		Rows    int
		Rejects []object
	}
	if err := json.NewDecoder(response.Body).Decode(&sum); err != nil || response.StatusCode != http.StatusOK || sum.Rows < len(cases) {
		t.Fatalf("loading: status %d, %+v, %v", response.StatusCode, sum, err)
	}
	t.Logf("%d documents loaded, %d refused", sum.Rows, len(sum.Rejects))
}
