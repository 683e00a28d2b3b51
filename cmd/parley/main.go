package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Config string `help:"Configuration file (PARLEY_CONFIG; parley.yaml when it is there)." placeholder:"FILE" type:"path"`

	Serve    serveCmd    `cmd:"" help:"Run the server: chat page, WebSocket and REST API."`
	Ingest   ingestCmd   `cmd:"" help:"Load job posts, profiles or proposals from CSV, JSON or JSON lines."`
	Search   searchCmd   `cmd:"" help:"Find documents by words and by meaning."`
	Market   marketCmd   `cmd:"" help:"Tell what such work pays, takes and calls for, and how demand moves."`
	Embed    embedCmd    `cmd:"" help:"Embed documents that the present embedding model has not embedded yet, as the server does in the background."`
	Moderate moderateCmd `cmd:"" help:"Judge a file of messages by rules and classifier, and by a model where one is asked for."`
	Eval     evalCmd     `cmd:"" help:"Measure the quality of answers on data with known ones."`
	Data     dataCmd     `cmd:"" help:"Make data to train on."`
	Train    trainCmd    `cmd:"" help:"Train Parley's own models."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database to the schema of this version, or tell how far it is."`
	Conf     configCmd   `cmd:"" name:"config" help:"Print the effective configuration, with secrets masked."`
	Token    tokenCmd    `cmd:"" help:"Make tokens, to try the API or an embed out."`
	Operator operatorCmd `cmd:"" help:"Look after the people who may use the console."`
	Key      keyCmd      `cmd:"" help:"Look after the keys that sign visitors' tokens."`
	Replay   replayCmd   `cmd:"" help:"Make the decision of a shortlist again from its record, and say what differs."`
	Models   modelsCmd   `cmd:"" help:"Look after language models."`
	Health   healthCmd   `cmd:"" help:"Ask a running server whether it is ready; for health checks of containers."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
	ReadPDF  readPDFCmd  `cmd:"" name:"read-pdf" hidden:"" help:"Write the text of a PDF; the server calls this in a process of its own."`
}

const description = `Parley is a conversational hiring assistant that a marketplace runs itself.

Start with "parley serve": it needs no configuration, no key and no other server. Settings come from parley.yaml and the
environment, which wins; "parley config" shows the result.

Exit codes: 0 done, 1 it failed, 2 the command line or the configuration is wrong, 3 a part of the input was refused and the
rest was done, 4 the database or the data folder cannot be used.`

// environment is what commands get from outside.
type environ struct {
	ctx    context.Context
	getenv func(string) string
	in     io.Reader
	out    io.Writer // results
	log    io.Writer // progress and logs
	file   string    // --config
}

func (e *environ) config() (Config, error) { return LoadConfig(e.file, e.getenv) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the next one ends the process as usual.
	context.AfterFunc(ctx, stop)
	// What logs before the configuration is read, or without being given a logger, does so in the same form.
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	env := &environ{ctx: ctx, getenv: os.Getenv, in: os.Stdin, out: os.Stdout, log: os.Stderr}
	os.Exit(run(env, os.Args[1:]))
}

// run runs one command and returns its exit code.
func run(env *environ, args []string) int {
	var c cli
	helped := false
	parser, err := kong.New(&c, kong.Name("parley"), kong.Description(description),
		kong.Writers(env.out, env.log), kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 120}))
	if err != nil {
		return fail(env, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if helped {
		return 0
	}
	if err != nil {
		return fail(env, fmt.Errorf("%w: %w (see parley --help)", errUsage, err))
	}
	env.file = c.Config
	if err := command.Run(env); err != nil {
		return fail(env, err)
	}
	return 0
}

// fail says on one line what went wrong, and returns the exit code.
func fail(env *environ, err error) int {
	text := strings.Join(strings.Fields(explain(err)), " ")
	fmt.Fprintln(env.log, "parley:", text)
	return exitCode(err)
}

var errUsage = errors.New("usage")
