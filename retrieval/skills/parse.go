package skills

import (
	"bufio"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"path"
	"strings"
)

// ErrInvalid is wrapped by every problem that Parse reports.
var ErrInvalid = errors.New("skills: invalid vocabulary")

// rules is raised whenever Match or Lookup find other skills in the same text
// by the same vocabulary, so that what was found before counts as outdated.
const rules = 2

// entry is a line as it was read.
type entry struct {
	where string // file:line, for problems
	skill Skill
}

// Parse reads every .txt file at the top of a file system; the file's name
// without .txt is the category of its skills. The error joins one problem for
// each line that is not well formed, repeats a name or alias, or refers to a
// skill that does not exist; beside it the vocabulary holds what could be read.
func Parse(folder fs.FS) (*Vocabulary, error) {
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("skills: list files: %w", err)
	}
	var entries []entry
	var problems []error
	sum := fnv.New64a()
	fmt.Fprintln(sum, rules)
	for _, name := range names {
		read, bad, err := parseFile(folder, name, sum)
		if err != nil {
			return nil, err
		}
		entries, problems = append(entries, read...), append(problems, bad...)
	}
	v, bad := build(entries)
	v.fingerprint = sum.Sum64()
	return v, errors.Join(append(problems, bad...)...)
}

func parseFile(folder fs.FS, name string, sum io.Writer) (entries []entry, problems []error, err error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("skills: %w", err)
	}
	defer file.Close()
	category := strings.TrimSuffix(path.Base(name), ".txt")
	lines := bufio.NewScanner(io.TeeReader(file, sum))
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", name, number)
		skill, err := parseLine(line)
		if err != nil {
			problems = append(problems, fmt.Errorf("%w: %s: %w", ErrInvalid, where, err))
			continue
		}
		skill.Category = category
		entries = append(entries, entry{where, skill})
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fmt.Errorf("skills: read %s: %w", name, err)
	}
	return entries, problems, nil
}

// parseLine reads "name | aliases | broader: … | related: …".
func parseLine(line string) (Skill, error) {
	fields := strings.Split(line, "|")
	var skill Skill
	skill.Name = strings.TrimSpace(fields[0])
	if name, ok := strings.CutPrefix(skill.Name, "!"); ok {
		skill.Name, skill.Everyday = strings.TrimSpace(name), true
	}
	if skill.Name == "" {
		return skill, errors.New("no name")
	}
	if len(fields) > 1 {
		for _, alias := range list(fields[1]) {
			plain, everyday := strings.CutPrefix(alias, "!")
			plain, doubtful := strings.CutPrefix(plain, "!")
			if everyday {
				skill.everyday = append(skill.everyday, plain)
			}
			if doubtful {
				skill.doubtful = append(skill.doubtful, plain)
			}
			skill.Aliases = append(skill.Aliases, plain)
		}
	}
	for _, field := range fields[min(2, len(fields)):] {
		key, value, _ := strings.Cut(field, ":")
		switch strings.TrimSpace(key) {
		case "broader":
			skill.Broader = append(skill.Broader, list(value)...)
		case "related":
			skill.Related = append(skill.Related, list(value)...)
		default:
			return skill, fmt.Errorf("unknown field %q", strings.TrimSpace(field))
		}
	}
	return skill, nil
}

func list(text string) []string {
	var items []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
