package rules

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

//go:embed default/*.yaml
var embedded embed.FS

// Errors of rule files; each is wrapped with the file and the rule.
var (
	ErrFile = errors.New("rules: not a rule file")
	ErrRule = errors.New("rules: rule refused")
)

var errIrregular = errors.New("not a regular file")

// file is what a rule file says.
type file struct {
	Lists    map[string][]string    `yaml:"lists"`
	Contexts map[string]contextSpec `yaml:"contexts"`
	Label    policy.Label           `yaml:"label"`  // of rules that name none
	Unless   []string               `yaml:"unless"` // of every rule, besides its own
	Rules    []ruleSpec             `yaml:"rules"`

	name string
}

type contextSpec struct {
	Scope string   `yaml:"scope"`
	Any   []string `yaml:"any"`
	Not   []string `yaml:"not"` // said of the match, they take the excuse away
}

type ruleSpec struct {
	ID          string            `yaml:"id"`
	Version     int               `yaml:"version"`
	Label       policy.Label      `yaml:"label"`
	Strength    string            `yaml:"strength"`
	Description string            `yaml:"description"`
	Off         bool              `yaml:"off"` // switches a rule of a lower layer off
	Channels    []message.Channel `yaml:"channels"`
	Senders     []string          `yaml:"senders"`
	Any         []string          `yaml:"any"`
	Detector    string            `yaml:"detector"`
	All         [][]string        `yaml:"all"`
	Near        int               `yaml:"near"`
	After       []string          `yaml:"after"`
	Pattern     string            `yaml:"pattern"`
	Unless      []string          `yaml:"unless"`
	Tests       struct {
		Match []example `yaml:"match"`
		Pass  []example `yaml:"pass"`
	} `yaml:"tests"`

	file    string
	builtIn bool
}

// example is a test in a rule file: a text, or a message with its thread.
type example struct{ message.Message }

// UnmarshalYAML reads a text or a map.
func (e *example) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&e.Text) == nil {
		return nil
	}
	var long struct {
		Text    string          `yaml:"text"`
		Channel message.Channel `yaml:"channel"`
		Sender  string          `yaml:"sender"`
		Thread  []struct {
			Sender string `yaml:"sender"`
			Text   string `yaml:"text"`
		} `yaml:"thread"`
	}
	if err := unmarshal(&long); err != nil {
		return err
	}
	e.Message = message.Message{Text: long.Text, Channel: long.Channel, Sender: long.Sender}
	for _, l := range long.Thread {
		e.Thread = append(e.Thread, message.Line{Sender: l.Sender, Text: l.Text})
	}
	return nil
}

var defaults = sync.OnceValues(func() (*Set, []error) { return load(false, layer{Embedded(), true}) })

// Embedded returns the rule files that come with this package.
func Embedded() fs.FS {
	files, err := fs.Sub(embedded, "default")
	if err != nil {
		return embedded // cannot be: the name is a valid one
	}
	return files
}

// Default returns the rules that come with this package.
func Default() *Set {
	set, _ := defaults()
	return set
}

// Load reads every *.yaml file of a folder. Files that cannot be read, and
// rules that do not compile, that another one has the id of, or that fail a
// test of their own are left out and named in the errors, which wrap [ErrFile]
// or [ErrRule]; the rest is used.
func Load(fsys fs.FS) (*Set, []error) { return load(true, layer{fsys, false}) }

// layer is a folder of rules.
type layer struct {
	fs.FS
	builtIn bool // it comes with this package
}

// load reads layers of folders: a rule replaces that of a lower layer with its id.
func load(testing bool, layers ...layer) (*Set, []error) {
	var files []file
	var faults []error
	specs := map[string]ruleSpec{}
	for _, layer := range layers {
		more, errs := readFiles(layer.FS)
		faults = append(faults, errs...)
		files = append(files, more...)
		faults = append(faults, collect(specs, more, layer.builtIn)...)
	}
	for {
		set, errs := compile(files, specs)
		if len(errs) == 0 && testing {
			errs = set.selfTest(specs)
		}
		if len(errs) == 0 {
			return set, faults
		}
		for id, err := range errs {
			faults = append(faults, fmt.Errorf("%w: %s: %s: %w", ErrRule, specs[id].file, id, err))
			delete(specs, id)
		}
	}
}

// readFiles parses a folder's files.
func readFiles(fsys fs.FS) (files []file, faults []error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, []error{fmt.Errorf("%w: %w", ErrFile, err)}
	}
	for _, name := range names {
		raw, err := readFile(fsys, name)
		f := file{name: path.Base(name)}
		if err == nil {
			err = yaml.UnmarshalWithOptions(raw, &f, yaml.Strict())
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%w: %s: %w", ErrFile, name, err))
			continue
		}
		files = append(files, f)
	}
	return files, faults
}

// readFile reads a file if it is a regular one: a pipe or a device might never end.
// The file system must not open it to tell (as [os.DirFS] does not).
func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w (%s)", errIrregular, info.Mode().Type())
	}
	return fs.ReadFile(fsys, name)
}

// collect adds the rules of a layer to those of the layers below.
func collect(specs map[string]ruleSpec, files []file, builtIn bool) (faults []error) {
	here := map[string]string{}
	for _, f := range files {
		for _, r := range f.Rules {
			if first, twice := here[r.ID]; twice {
				faults = append(faults, fmt.Errorf("%w: %s: %s: also in %s", ErrRule, f.name, r.ID, first))
				continue
			}
			here[r.ID] = f.name
			if r.Off {
				delete(specs, r.ID)
				continue
			}
			r.file, r.builtIn = f.name, builtIn
			if r.Label == "" {
				r.Label = f.Label
			}
			r.Unless = append(r.Unless, f.Unless...)
			specs[r.ID] = r
		}
	}
	return faults
}

// check refuses what is wrong with a rule before it is compiled.
func (r ruleSpec) check() error {
	switch {
	case r.ID == "" || strings.ContainsAny(r.ID, " @\n"):
		return errors.New("a rule needs an id without spaces")
	case r.Version < 1:
		return errors.New("version must be at least 1")
	case !r.Label.Known():
		return fmt.Errorf("unknown label %q", r.Label)
	case strengths[r.Strength] == 0:
		return fmt.Errorf("unknown strength %q", r.Strength)
	case r.Description == "":
		return errors.New("a rule needs a description")
	case len(r.Any) == 0 && r.Detector == "":
		return errors.New("a rule needs any or a detector")
	case len(r.Any) > 0 && r.Detector != "":
		return errors.New("any and a detector in one rule")
	case r.Detector != "" && detectors[r.Detector].find == nil:
		return fmt.Errorf("unknown detector %q", r.Detector)
	case r.Near < 0 || r.Near > 1000:
		return errors.New("near is a number of words")
	case len(r.Tests.Match) < 4 || len(r.Tests.Pass) < 4:
		return errors.New("a rule needs four tests of each kind")
	}
	for _, c := range r.Channels {
		if !c.Known() {
			return fmt.Errorf("unknown channel %q", c)
		}
	}
	return nil
}
