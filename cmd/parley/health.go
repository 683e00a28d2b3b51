package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"time"
)

type configCmd struct{}

// Run prints the effective configuration.
func (configCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	return cfg.Show(env.out)
}

type healthCmd struct {
	URL string `arg:"" optional:"" help:"Of the server; by default the one that the configuration makes listen here."`
}

// Run asks /readyz.
func (c healthCmd) Run(env *environ) error {
	address := c.URL
	if address == "" {
		cfg, err := env.config()
		if err != nil {
			return err
		}
		cfg.PublicURL = "" // what is asked is the process here, not a proxy before it
		address = cfg.publicURL(cfg.Listen)
	}
	ctx, cancel := context.WithTimeout(env.ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("not ready: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		_, err := fmt.Fprintln(env.out, "ready")
		return err
	}
	var problem struct {
		Detail string `json:"detail"`
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil || json.Unmarshal(body, &problem) != nil || problem.Detail == "" {
		problem.Detail = response.Status
	}
	return fmt.Errorf("not ready: %s", problem.Detail)
}

type versionCmd struct{}

// Run prints the version that the binary was built from.
func (versionCmd) Run(env *environ) error {
	_, err := fmt.Fprintln(env.out, "parley", version())
	return err
}

// release is set by the linker for released binaries.
var release string

// version is the release, or the commit that the binary was built from.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	if revision == "" {
		return info.Main.Version
	}
	return "commit " + revision + changed
}
