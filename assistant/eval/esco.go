package eval

import (
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// Occupations reads vacancy titles with their ESCO occupation, the validation
// split of JobBERT (Decorte et al. 2021), and the occupations of ESCO: label,
// alternative labels, description. The measure is
// MRR, of the first 50. Titles that differ in
// letter case only are one query, right with any occupation that the data has
// for them.
func Occupations(folder string) (Task, error) {
	task := Task{
		Name: "esco", Title: "JobBERT validation: vacancy title to ESCO occupation", MetricName: "MRR@50", Metric: ReciprocalRank,
		Depth: 50, Halves: []Half{Reporting}, SampleLimit: 2000,
	}
	known := make(map[string]bool)
	err := ReadCSV(folder, "matching/esco_occupations_en.csv.gz", []string{"id", "preferredLabel", "altLabels", "description"}, func(v []string) {
		if !known[v[0]] {
			known[v[0]] = true
			task.Documents = append(task.Documents, occupation(v[0], v[1], v[2], v[3]))
		}
	})
	if err != nil {
		return task, err
	}
	if task.Documents, err = usable(task.Documents); err != nil {
		return task, err
	}
	at := make(map[string]int)
	err = ReadCSV(folder, "matching/jobbert_title_esco_val.csv.gz", []string{"vacancyTitle", "esco_id"}, func(v []string) {
		title, occupation := v[0], v[1]
		id := strings.ToLower(title)
		if id == "" || !known[occupation] {
			return
		}
		if _, seen := at[id]; !seen {
			at[id] = len(task.Queries)
			task.Queries = append(task.Queries, Query{ID: id, Text: title, Gains: make(Gains)})
		}
		task.Queries[at[id]].Gains[occupation] = 1
	})
	return task, err
}

func occupation(id, label, alternatives, description string) retrieval.Document {
	return titled(id, label, strings.ReplaceAll(alternatives, " | ", ", ")+"\n"+description)
}
