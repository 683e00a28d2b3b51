package bench

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

const (
	wanted = 100_000 // documents

	sectionBytes = 700 // about as long as a post or a position is
	titleBytes   = 70
	heldOut      = 10 // of so many posts one is not in the corpus: its sentences are queries
)

// corpus collects documents, none of them twice.
type corpus struct {
	documents []retrieval.Document
	queries   []string
	seen      map[string]bool
}

// read fills a corpus from a folder of real data: all posts and resumes in
// sections, tasks of O*NET, occupations and skills of ESCO, and then titles of
// O*NET until there are enough. All are of one kind, so that each search is
// among all of them.
func read(folder string) (*corpus, error) {
	c := &corpus{seen: make(map[string]bool)}
	err := errors.Join(
		c.posts(folder),
		c.resumes(folder),
		c.table(folder, "onet_task_statements", []string{"Task"}),
		c.table(folder, "esco_occupations_en", []string{"preferredLabel", "altLabels", "description"}),
		c.table(folder, "esco_skills_labels_desc_en", []string{"skill_label", "description"}),
		c.table(folder, "onet_alternate_titles", []string{"Alternate Title"}),
	)
	if err == nil && len(c.documents) < wanted {
		err = fmt.Errorf("only %d documents in %s", len(c.documents), folder)
	}
	return c, err
}

func (c *corpus) posts(folder string) error {
	return jsonLines(folder, "posts/freelance_posts.jsonl.gz", func(row struct {
		ID, Title, Description string
		Skills                 []string
	}) {
		if held(row.ID) {
			c.ask(row.Title)
			c.ask(firstSentence(row.Description))
			return
		}
		for _, section := range sections(row.Description) {
			c.add(row.Title, section, row.Skills)
		}
	})
}

// held tells whether a post is kept out of the corpus.
func held(id string) bool {
	h := fnv.New32a()
	h.Write([]byte(id))
	return h.Sum32()%heldOut == 0
}

func (c *corpus) resumes(folder string) error {
	return jsonLines(folder, "profiles/resumes_it.jsonl.gz", func(row struct{ Text string }) {
		for _, section := range sections(row.Text) {
			c.add(cut(section, titleBytes), section, nil)
		}
	})
}

// table adds a document for each row: a title and the text of further columns.
func (c *corpus) table(folder, name string, columns []string) error {
	return unzip(folder, "matching/"+name+".csv.gz", func(r io.Reader) error {
		rows := csv.NewReader(r)
		header, err := rows.Read()
		if err != nil {
			return err
		}
		place := make(map[string]int)
		for i, column := range header {
			place[strings.TrimPrefix(column, "\ufeff")] = i
		}
		for {
			row, err := rows.Read()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			var texts []string
			for _, column := range columns {
				texts = append(texts, row[place[column]])
			}
			c.add(texts[0], strings.Join(texts[1:], "\n"), nil)
		}
	})
}

// add adds a document unless one of the same title and text is there.
func (c *corpus) add(title, text string, skills []string) {
	same := strings.ToLower(title + "\n" + text)
	if len(c.documents) == wanted || strings.TrimSpace(title) == "" || c.seen[same] {
		return
	}
	c.seen[same] = true
	d := retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprintf("d-%06d", len(c.documents)), Post: &retrieval.JobPost{
		Title: cut(title, 2*sectionBytes/3), Description: text, Skills: skills,
	}}
	d.Normalise()
	if d.Validate() == nil {
		c.documents = append(c.documents, d)
	}
}

func (c *corpus) ask(text string) {
	if text = strings.TrimSpace(text); len(text) >= 10 {
		c.queries = append(c.queries, text)
	}
}

// sections cuts a text at spaces into parts of about the same length.
func sections(text string) (list []string) {
	for text = strings.TrimSpace(text); text != ""; {
		section := cut(text, sectionBytes)
		list = append(list, section)
		text = strings.TrimSpace(text[len(section):])
	}
	return list
}

// cut shortens a text to at most n bytes, at a space where there is one.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	if at := strings.LastIndexAny(text[:n], " \n"); at > 0 {
		return text[:at]
	}
	return strings.ToValidUTF8(text[:n], "")
}

func firstSentence(text string) string {
	text = strings.TrimSpace(text)
	if at := strings.IndexAny(text, ".!?\n"); at > 20 {
		text = text[:at]
	}
	return cut(text, 250)
}

func jsonLines[T any](folder, name string, do func(T)) error {
	return unzip(folder, name, func(r io.Reader) error {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var row T
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				return err
			}
			do(row)
		}
		return lines.Err()
	})
}

func unzip(folder, name string, do func(io.Reader) error) error {
	file, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer file.Close()
	r, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := do(r); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
