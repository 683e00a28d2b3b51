package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// classifierFile is where the trained classifier of messages of a data folder lies.
func classifierFile(data string) string {
	return filepath.Join(data, "models", "moderation.parley")
}

// openClassifier opens what "parley train moderation" has made, or the
// classifier of the binary where nothing was trained.
func openClassifier(data string) (*classify.Classifier, error) {
	classifier, err := classify.Open(classifierFile(data))
	if errors.Is(err, fs.ErrNotExist) {
		return classify.Default(), nil
	}
	if err != nil {
		return nil, configError("%w (train again, or remove the file)", err)
	}
	return classifier, nil
}

// screener is a Moderator that keeps nothing: for files of messages. It needs
// no database. Settings come from a file, "" for the defaults; judge may be nil.
func screener(cfg Config, settings string, judge model.Model, judgeName string, log *slog.Logger) (*moderation.Moderator, error) {
	classifier, err := openClassifier(cfg.Data)
	if err != nil {
		return nil, err
	}
	set := rules.Default()
	if cfg.Moderation.Rules != "" {
		watcher := rules.NewWatcher(cfg.Moderation.Rules, rulesInterval, log, nil)
		set = watcher.Set()
		watcher.Close()
	}
	made := moderation.Config{
		Rules: func() *rules.Set { return set }, Classifier: classifier, Log: log,
		Judge: judge, JudgeName: judgeName, JudgeTimeout: cfg.Moderation.Judge.Timeout,
	}
	if settings != "" {
		raw, err := os.ReadFile(settings)
		if err != nil {
			return nil, fmt.Errorf("%w: --settings: %w", errUsage, err)
		}
		if _, err := moderation.ParseSettings(raw); err != nil {
			return nil, fmt.Errorf("%w: --settings: %w", errUsage, err)
		}
		made.Settings = fixedSettings(raw)
	}
	return moderation.New(made), nil
}

// fixedSettings are the same for every site, and do not change.
type fixedSettings string

func (f fixedSettings) Get(context.Context, string) (string, error) { return string(f), nil }

func (f fixedSettings) Swap(context.Context, string, string, string) (bool, error) {
	return false, errors.ErrUnsupported
}
