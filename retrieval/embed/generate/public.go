package main

import (
	"strings"

	"github.com/parleyhq/parley/retrieval/embed"
)

// addOccupations adds names of occupations: with each other, and with what is said of the occupation.
func addOccupations(corpus *embed.Corpus, folder string) error {
	rows, err := readCSV(folder, "matching/esco_occupations_en.csv.gz", "preferredLabel", "altLabels", "description")
	if err != nil {
		return err
	}
	var names, texts [][]string
	for _, row := range rows {
		labels := []string{row[0]}
		for label := range strings.SplitSeq(row[1], "|") {
			if label = strings.TrimSpace(label); label != "" {
				labels = append(labels, label)
			}
		}
		names = append(names, labels)
		texts = append(texts, []string{row[2], row[0] + "\n" + strings.Join(labels[1:], ", ") + "\n" + row[2]})
	}
	corpus.Same("ESCO occupations", names)
	corpus.Pairs("ESCO occupations and descriptions", names, texts)
	return nil
}

// addSkills adds names of skills with their descriptions.
func addSkills(corpus *embed.Corpus, folder string) error {
	rows, err := readCSV(folder, "matching/esco_skills_labels_desc_en.csv.gz", "skill_label", "description")
	if err != nil {
		return err
	}
	var names, texts [][]string
	for _, row := range rows {
		names, texts = append(names, row[:1]), append(texts, row[1:])
	}
	corpus.Pairs("ESCO skills", names, texts)
	return nil
}

// addJobTitles adds titles of one occupation, the tasks that belong to it, and the tasks with each other.
func addJobTitles(corpus *embed.Corpus, folder string) error {
	titles, err := readGroups(folder, "matching/onet_alternate_titles.csv.gz", "O*NET-SOC Code", "Alternate Title")
	if err != nil {
		return err
	}
	tasks, err := readGroups(folder, "matching/onet_task_statements.csv.gz", "O*NET-SOC Code", "Task")
	if err != nil {
		return err
	}
	corpus.Same("O*NET titles", titles.lists)
	corpus.Same("O*NET tasks", tasks.lists)
	left, right := tasks.with(titles)
	corpus.Pairs("O*NET tasks and titles", left, right)
	return nil
}

// addTechnologies adds products with their sort, and with the titles of those who use them.
func addTechnologies(corpus *embed.Corpus, folder string) error {
	const file = "matching/onet_technology_skills.csv.gz"
	titles, err := readGroups(folder, "matching/onet_alternate_titles.csv.gz", "O*NET-SOC Code", "Alternate Title")
	if err != nil {
		return err
	}
	used, err := readGroups(folder, file, "O*NET-SOC Code", "Example")
	if err != nil {
		return err
	}
	sorts, err := readGroups(folder, file, "Commodity Title", "Example")
	if err != nil {
		return err
	}
	left, right := used.with(titles)
	corpus.Pairs("O*NET technologies and titles", left, right)
	left = nil
	for _, name := range sorts.names {
		left = append(left, []string{name})
	}
	corpus.Pairs("O*NET technologies", left, sorts.lists)
	return nil
}

// addSentences adds sentences that stand in one job ad.
func addSentences(corpus *embed.Corpus, folder string) error {
	const leastWords = 5
	rows, err := readSentences(folder, "matching/skillspan_sentences.jsonl.gz")
	if err != nil {
		return err
	}
	var ads [][]string
	last := -1
	for _, row := range rows {
		if row.Ad != last {
			ads, last = append(ads, nil), row.Ad
		}
		if len(row.Tokens) >= leastWords {
			ads[len(ads)-1] = append(ads[len(ads)-1], strings.Join(row.Tokens, " "))
		}
	}
	corpus.Same("SkillSpan", ads)
	return nil
}
