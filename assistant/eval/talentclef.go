package eval

import (
	"fmt"

	"github.com/parleyhq/parley/retrieval"
)

// TalentCLEF reads task A of TalentCLEF 2025, English validation split: for a
// job title, find the titles of the same work among 2,619, by the judgements
// of people. The measure is MAP.
func TalentCLEF(folder string) (Task, error) {
	task := Task{
		Name: "talentclef", Title: "TalentCLEF 2025 A, English: job title to job titles", MetricName: "MAP", Metric: AveragePrecision,
		Depth: 200, Halves: []Half{Reporting, All},
	}
	judged := make(map[string]Gains)
	err := ReadCSV(folder, "matching/talentclef2025_A_en_qrels.csv.gz", []string{"q_id", "c_id", "rel"}, func(v []string) {
		if v[2] == "0" {
			return
		}
		if judged[v[0]] == nil {
			judged[v[0]] = make(Gains)
		}
		judged[v[0]][v[1]] = 1
	})
	if err != nil {
		return task, err
	}
	err = ReadCSV(folder, "matching/talentclef2025_A_en_queries.csv.gz", []string{"q_id", "jobtitle"}, func(v []string) {
		task.Queries = append(task.Queries, Query{ID: v[0], Text: v[1], Gains: judged[v[0]]})
	})
	if err != nil {
		return task, err
	}
	err = ReadCSV(folder, "matching/talentclef2025_A_en_corpus.csv.gz", []string{"c_id", "jobtitle"}, func(v []string) {
		task.Documents = append(task.Documents, titled(v[0], v[1], ""))
	})
	return task, err
}

// titled is a job post of nothing but a title and a text.
func titled(id, title, text string) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindJobPost, ID: id, Post: &retrieval.JobPost{Title: title, Description: text}}
}

// usable keeps the documents that an installation would take.
func usable(documents []retrieval.Document) (kept []retrieval.Document, err error) {
	for _, d := range documents {
		d.Normalise()
		if d.Validate() == nil {
			kept = append(kept, d)
		}
	}
	if 10*len(kept) < 9*len(documents) {
		return nil, fmt.Errorf("%w: only %d of %d documents can be loaded", ErrData, len(kept), len(documents))
	}
	return kept, nil
}
