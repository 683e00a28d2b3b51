package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/goccy/go-yaml"
)

// defaultFile is read when it is there and no other is named.
const defaultFile = "parley.yaml"

// maxConfig is the largest configuration file, in bytes.
const maxConfig = 1 << 20

// LoadConfig reads the configuration: the named file (or PARLEY_CONFIG, or
// parley.yaml when there is one), then the environment, which wins, then the
// defaults. An unknown field is an error that names its line.
func LoadConfig(file string, getenv func(string) string) (Config, error) {
	named := file
	if named == "" {
		named = getenv("PARLEY_CONFIG")
	}
	c := Config{}
	if named != "" || exists(defaultFile) {
		c.file = named
		if named == "" {
			c.file = defaultFile
		}
		if err := readConfig(c.file, &c); err != nil {
			return Config{}, err
		}
	}
	c.getenv = getenv
	c.override(getenv)
	c = c.withDefaults()
	return c, c.validate()
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

func readConfig(path string, c *Config) error {
	file, err := os.Open(path)
	if err != nil {
		return configError("%w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxConfig+1))
	if err != nil {
		return configError("%w", err)
	}
	if len(content) > maxConfig {
		return configError("%s: larger than 1 MiB", path)
	}
	// An empty file is a valid configuration, but no YAML document.
	if strings.TrimSpace(string(content)) == "" {
		return nil
	}
	if err := yaml.UnmarshalWithOptions(content, c, yaml.Strict()); err != nil {
		return plainYAMLError(path, err)
	}
	return nil
}

// plainYAMLError says on one line where the file is wrong.
func plainYAMLError(path string, err error) error {
	var fault yaml.Error
	if !errors.As(err, &fault) {
		return configError("%s: %s", path, firstLine(err.Error()))
	}
	where := path
	if token := fault.GetToken(); token != nil && token.Position != nil {
		where = fmt.Sprintf("%s:%d", path, token.Position.Line)
	}
	message := firstLine(fault.GetMessage())
	var wrongType *yaml.TypeError
	if errors.As(err, &wrongType) && wrongType.DstType != nil {
		message = "expected " + yamlType(wrongType.DstType.Kind().String())
		if token := fault.GetToken(); token != nil {
			message += fmt.Sprintf(", found %q", token.Value)
		}
	}
	return configError("%s: %s", where, message)
}

func yamlType(kind string) string {
	switch {
	case kind == "bool":
		return "true or false"
	case kind == "slice":
		return "a list"
	case kind == "map", kind == "struct":
		return "a group of fields"
	case kind == "string":
		return "a text"
	}
	return "a number"
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// override takes over what the environment sets.
func (c *Config) override(getenv func(string) string) {
	for name, field := range map[string]*string{
		"PARLEY_LISTEN":      &c.Listen,
		"PARLEY_DEMO_LISTEN": &c.DemoListen,
		"PARLEY_PUBLIC_URL":  &c.PublicURL,
		"PARLEY_DATA":        &c.Data,
		"PARLEY_LOG":         &c.Log,
		"DATABASE_URL":       &c.DatabaseURL,
		"OPENAI_API_KEY":     &c.OpenAI.Key,
		"OPENAI_BASE_URL":    &c.OpenAI.BaseURL,
		"OPENAI_MODEL":       &c.OpenAI.Model,
	} {
		if value := getenv(name); value != "" {
			*field = value
		}
	}
	c.Secrets = list(getenv("PARLEY_SECRET"))
	c.APIKeys = list(getenv("PARLEY_API_KEY"))
}

// list splits at commas and drops blanks.
func list(value string) []string {
	var items []string
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
