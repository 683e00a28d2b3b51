package eval

import (
	"strings"
)

const (
	minListed = 3 // skills that a post must list to be a query

	// otherCategory is what common skills count between posts of different
	// categories: that two posts name Excel says less when one is bookkeeping
	// and the other research.
	otherCategory = 0.5
)

// post is a row of the collection of real job posts.
type post struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Skills      []string `json:"skills"`
	Category    string   `json:"category"`
}

// Posts reads real job posts: for a post's title and description, find its
// neighbours. Neither the query nor the documents show listed skills or
// categories; those are the judgement. The gain of a found post is the Jaccard
// overlap of the two posts' listed skills, as they spell them but for letter
// case, and half of it where the categories differ. The measure is nDCG@10.
//
// Posts that list no skill are left out, since nothing can be judged by them,
// and so are repeats of the same title and text.
func Posts(folder string) (Task, error) {
	return posts(folder, "posts", "Real job posts: title and description to similar posts", func(p post) string { return p.Title + "\n" + p.Description })
}

// PostTitles is Posts with nothing but the title as the query, which is as
// much as people write.
func PostTitles(folder string) (Task, error) {
	return posts(folder, "post-titles", "Real job posts: title to similar posts", func(p post) string { return p.Title })
}

func posts(folder, name, title string, text func(post) string) (Task, error) {
	task := Task{Name: name, Title: title, MetricName: "nDCG@10", Metric: NDCG(10), Depth: 20, Halves: []Half{Reporting}, SampleLimit: 600}
	var rows []post
	seen := make(map[string]bool)
	err := ReadJSONL(folder, "posts/freelance_posts.jsonl.gz", func(p post) {
		same := strings.Join(splitWords(p.Title+" "+p.Description), " ")
		if p.Skills = folded(p.Skills); len(p.Skills) > 0 && !seen[same] {
			seen[same] = true
			rows = append(rows, p)
			task.Documents = append(task.Documents, titled(p.ID, p.Title, p.Description))
		}
	})
	if err != nil {
		return task, err
	}
	if task.Documents, err = usable(task.Documents); err != nil {
		return task, err
	}
	judge := newSkillJudge(rows)
	for at, p := range rows {
		if len(p.Skills) >= minListed {
			task.Queries = append(task.Queries, Query{ID: p.ID, Text: text(p), Exclude: []string{p.ID}, Gains: judge.gains(at)})
		}
	}
	return task, nil
}

// folded returns skills in lower case, each once.
func folded(skills []string) (list []string) {
	seen := make(map[string]bool, len(skills))
	for _, s := range skills {
		if s = strings.ToLower(strings.TrimSpace(s)); s != "" && !seen[s] {
			seen[s] = true
			list = append(list, s)
		}
	}
	return list
}

// skillJudge grades posts for one another.
type skillJudge struct {
	rows    []post
	listing map[string][]int // skill → rows that list it
}

func newSkillJudge(rows []post) skillJudge {
	j := skillJudge{rows, make(map[string][]int)}
	for at, p := range rows {
		for _, s := range p.Skills {
			j.listing[s] = append(j.listing[s], at)
		}
	}
	return j
}

// gains are those of all other posts for one.
func (j skillJudge) gains(of int) Gains {
	shared := make(map[int]int)
	for _, s := range j.rows[of].Skills {
		for _, at := range j.listing[s] {
			shared[at]++
		}
	}
	delete(shared, of)
	gains := make(Gains, len(shared))
	asked := j.rows[of]
	for at, n := range shared {
		other := j.rows[at]
		gain := float64(n) / float64(len(asked.Skills)+len(other.Skills)-n)
		if asked.Category != other.Category {
			gain *= otherCategory
		}
		gains[other.ID] = gain
	}
	return gains
}
