package main

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml"
)

// shown is the effective configuration as `parley config` prints it. Secrets
// of the environment stand in it masked, under the names of their variables.
type shown struct {
	Config `yaml:",inline"`
	Secret map[string]string `yaml:"environment"`
}

// Show writes the effective configuration as YAML, without secrets.
func (c Config) Show(w io.Writer) error {
	from := c.file
	if from == "" {
		from = "no file"
	}
	secrets := map[string]string{
		"DATABASE_URL":   maskURL(c.DatabaseURL),
		"PARLEY_SECRET":  maskAll(c.Secrets),
		"PARLEY_API_KEY": maskAll(c.APIKeys),
	}
	if c.OpenAI.Set() {
		secrets["OPENAI_API_KEY"] = mask(c.OpenAI.Key)
		secrets["OPENAI_BASE_URL"] = maskURL(c.OpenAI.BaseURL)
		secrets["OPENAI_MODEL"] = c.OpenAI.Model
	}
	for name, value := range secrets {
		if value == "" {
			delete(secrets, name)
		}
	}
	c.PublicURL = c.publicURL(c.Listen)
	out, err := yaml.MarshalWithOptions(shown{c, secrets}, yaml.OmitEmpty())
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	_, err = fmt.Fprintf(w, "# effective configuration (%s, environment, defaults)\n%s", from, out)
	return err
}

// mask tells that a secret is set, and nothing of it.
func mask(secret string) string {
	if secret == "" {
		return ""
	}
	return "********"
}

func maskAll(secrets []string) string {
	masked := make([]string, len(secrets))
	for i, s := range secrets {
		masked[i] = mask(s)
	}
	return strings.Join(masked, ",")
}

// maskURL hides the password of an address, and all of what is no address
// (PostgreSQL also takes "host=… password=…").
func maskURL(address string) string {
	u, err := url.Parse(address)
	if address == "" || err != nil || u.Scheme == "" {
		return mask(address)
	}
	query := u.Query()
	for _, name := range []string{"password", "sslpassword", "passfile"} {
		if query.Has(name) {
			query.Set(name, "********")
			u.RawQuery = strings.ReplaceAll(query.Encode(), "%2A", "*")
		}
	}
	if _, has := u.User.Password(); has {
		u.User = url.User(u.User.Username() + ":********")
	}
	// The mask and its colon are not to be escaped for whoever reads it.
	return strings.ReplaceAll(strings.ReplaceAll(u.String(), "%2A", "*"), "%3A", ":")
}

// publicURL is how browsers reach a server that listens at this address.
func (c Config) publicURL(address string) string {
	if c.PublicURL != "" {
		return strings.TrimSuffix(c.PublicURL, "/")
	}
	host, port, found := cutLast(address, ":")
	if !found {
		return "http://" + address
	}
	switch host {
	case "", "0.0.0.0", "[::]":
		host = "localhost"
	}
	return "http://" + host + ":" + port
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}
