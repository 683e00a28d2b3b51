package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/loads"
)

type browsed struct {
	Documents []struct{ ID, Title string }
	Next      int
}

func ids(b browsed) string {
	var list []string
	for _, d := range b.Documents {
		list = append(list, d.ID)
	}
	return strings.Join(list, " ")
}

func TestDocumentsInTheConsole(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, twoSitesConfig(t, env))
		const docs = `{"kind":"job_post","id":"p1","title":"Bakery web shop","description":"A shop for bread. Write to ann@shop.example.","skills":["reactjs"],"posted_on":"2026-03-01"}
{"kind":"job_post","id":"p2","title":"Bakery logo","description":"A drawn logo for a bakery.","posted_on":"2026-04-01"}
{"kind":"job_post","id":"p3","title":""}
{"kind":"profile","id":"f1","headline":"Web developer","overview":"Ten shops in React.","skills":["React"]}
`
		s.do(t, "POST", "/v1/documents?mask_contacts=true", shopKey, docs, http.StatusOK, nil)

		var counts struct {
			Kinds []struct {
				Kind      retrieval.Kind
				Documents int
				Newest    string
			}
			Documents, Embedded int
			Embedding           string
		}
		s.get(t, "/v1/console/documents", shopKey, http.StatusOK, &counts)
		if counts.Documents != 3 || counts.Embedded != 3 || counts.Embedding == "" || counts.Kinds[0].Documents != 2 || counts.Kinds[0].Newest != "2026-04-01" {
			t.Errorf("%+v", counts)
		}
		for path, want := range map[string]string{
			"job_post": "p2 p1", "job_post?offset=1": "p1", "job_post?q=p1": "p1", "job_post?q=logo": "p2", "profile": "f1", "proposal": "",
		} {
			var page browsed
			s.get(t, "/v1/console/documents/"+path, shopKey, http.StatusOK, &page)
			got := ids(page)
			if want == "p2" {
				got, _, _ = strings.Cut(got, " ") // the best of what was found
			}
			if !strings.HasPrefix(got, want) || (want == "") != (got == "") {
				t.Errorf("%s: %q, want %q", path, got, want)
			}
		}

		var view struct {
			Document map[string]any
			Title    string
			Skills   []string
			Alike    []struct{ ID string }
		}
		s.get(t, "/v1/console/documents/job_post/p1", shopKey, http.StatusOK, &view)
		if view.Title != "Bakery web shop" || len(view.Skills) != 1 || view.Skills[0] != "React" || len(view.Alike) != 1 || view.Alike[0].ID != "p2" {
			t.Errorf("%+v", view)
		}
		if text, _ := view.Document["description"].(string); strings.Contains(text, "ann@") {
			t.Errorf("a contact was not taken out: %s", text)
		}

		var list struct{ Loads []loads.Load }
		s.get(t, "/v1/console/loads", shopKey, http.StatusOK, &list)
		if len(list.Loads) != 1 {
			t.Fatalf("%+v", list)
		}
		if l := list.Loads[0]; l.State != loads.Done || l.Rows != 4 || l.Changed != 3 || l.Masked != 1 || l.Refused != 1 || l.Refusals[0].Line != 3 || l.By != "api" {
			t.Errorf("%+v", l)
		}
	})
}

func TestDocumentsOfAnotherSite(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s := startServer(t, twoSitesConfig(t, env))
		s.do(t, "POST", "/v1/documents", shopKey, `{"kind":"job_post","id":"p1","title":"Bakery shop","description":"Bread."}`, http.StatusOK, nil)
		var page browsed
		var list struct{ Loads []loads.Load }
		s.get(t, "/v1/console/documents/job_post?q=p1", otherKey, http.StatusOK, &page)
		s.get(t, "/v1/console/loads", otherKey, http.StatusOK, &list)
		if len(page.Documents)+len(list.Loads) != 0 {
			t.Errorf("%+v %+v", page, list)
		}
		s.get(t, "/v1/console/documents/job_post/p1", otherKey, http.StatusNotFound, nil)
		s.do(t, "DELETE", "/v1/console/documents/job_post/p1", otherKey, nil, http.StatusNotFound, nil)
		s.get(t, "/v1/console/documents", "", http.StatusUnauthorized, nil)
		s.get(t, "/v1/console/documents/secret", shopKey, http.StatusBadRequest, nil)
		for _, bad := range []string{"offset=-1", "offset=1000", "offset=x", "level=" + url.QueryEscape("a\nb"), "q=" + strings.Repeat("x", 5000)} {
			s.get(t, "/v1/console/documents/job_post?"+bad, shopKey, http.StatusBadRequest, nil)
		}
		s.do(t, "DELETE", "/v1/console/documents/job_post/p1", shopKey, nil, http.StatusNoContent, nil)
		s.get(t, "/v1/console/documents/job_post/p1", shopKey, http.StatusNotFound, nil)
	})
}
