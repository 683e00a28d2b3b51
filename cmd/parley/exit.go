package main

import (
	"errors"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parleyhq/parley/migrations"
)

// Exit codes, as the package comment says.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3
	exitStorage = 4
)

var (
	errRefused = errors.New("a part of the input was refused") // the rest was done
	errStorage = errors.New("storage")
)

func exitCode(err error) int {
	switch {
	case errors.Is(err, errUsage), errors.Is(err, errConfig):
		return exitUsage
	case errors.Is(err, errRefused):
		return exitRefused
	case errors.Is(err, errStorage):
		return exitStorage
	}
	return exitFailed
}

// explain puts into words what a person can do something about.
func explain(err error) string {
	var path *fs.PathError
	var connect *pgconn.ConnectError
	switch {
	case errors.Is(err, migrations.ErrInUse):
		return "another parley process uses the data folder: stop it first, or use the API of the running server"
	case errors.Is(err, migrations.ErrNewer):
		return "a later version of Parley has changed the database: use that version, or restore a backup made before (" + err.Error() + ")"
	case errors.Is(err, syscall.EADDRINUSE):
		return "the address is taken by another program: stop it, or set PARLEY_LISTEN to another one (" + err.Error() + ")"
	case errors.Is(err, errStorage) && errors.As(err, &connect):
		return "PostgreSQL cannot be reached: is it running, and is DATABASE_URL right? (" + connectCause(connect) + ")"
	case errors.Is(err, errStorage) && errors.As(err, &path):
		return "the data folder cannot be used: " + path.Path + ": " + path.Err.Error() + "; set PARLEY_DATA to a folder that can be written to"
	}
	return strings.TrimPrefix(err.Error(), "storage: ")
}

// connectCause is why the server did not answer, without the many lines in
// which every address is tried.
func connectCause(err *pgconn.ConnectError) string {
	var network *net.OpError
	var refusal *pgconn.PgError
	switch {
	case errors.As(err, &refusal):
		return refusal.Message
	case errors.As(err, &network):
		return network.Error()
	}
	return err.Error()
}
