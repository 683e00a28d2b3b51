package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// ErrFolder says that the folder of rules cannot be read.
var ErrFolder = errors.New("rules: folder not readable")

// Watcher keeps rules up to date with a folder whose files lie over the
// embedded ones: a rule with the id of an embedded one replaces it, "off: true"
// switches it off. There is always a set in force. What is wrong in the folder
// changes nothing: as long as a file is broken, a rule fails its tests or the
// folder is gone, the rules that were in force stay.
type Watcher struct {
	dir      string
	log      *slog.Logger
	onChange func(*Set)
	set      atomic.Pointer[Set]
	reading  sync.Mutex         // one reload at a time
	applied  string             // fingerprint of the folder that is in force
	refused  string             // of one that was refused, so that it is reported once
	wrong    map[string][]error // by fingerprint: with those of applied and of refused
	faults   atomic.Pointer[[]error]
	stop     chan struct{}
	done     chan struct{}
	once     sync.Once
}

// NewWatcher reads a folder and looks at it again at every interval (0: only
// when told to). Without a folder ("") the embedded rules are in force. At the
// start faulty files and rules are left out and logged. A change is taken over
// when the folder is found the same twice, so that a file that is just being
// written is not. onChange may be nil; it is called with every new set.
func NewWatcher(dir string, interval time.Duration, log *slog.Logger, onChange func(*Set)) *Watcher {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	w := &Watcher{dir: dir, log: log, onChange: onChange, wrong: map[string][]error{}, stop: make(chan struct{}), done: make(chan struct{})}
	w.set.Store(Default())
	w.start()
	if dir == "" || interval <= 0 {
		close(w.done)
		return w
	}
	go w.watch(interval, w.applied)
	return w
}

// start reads the folder for the first time.
func (w *Watcher) start() {
	if w.dir == "" {
		return
	}
	print, err := w.fingerprint()
	if err != nil {
		w.log.Error("moderation rules", "err", err)
		w.faults.Store(&[]error{err})
		return
	}
	set, faults := load(true, layer{Embedded(), true}, layer{os.DirFS(w.dir), false})
	for _, f := range faults {
		w.log.Error("moderation rules", "err", f)
	}
	w.applied = print
	w.set.Store(set)
	w.found(print, faults)
}

// Set returns the rules in force.
func (w *Watcher) Set() *Set { return w.set.Load() }

// Faults returns what is wrong with the folder as it was found last, nothing
// when its rules are in force as they are.
func (w *Watcher) Faults() []error {
	if faults := w.faults.Load(); faults != nil {
		return *faults
	}
	return nil
}

// found notes what is wrong with a state of the folder.
func (w *Watcher) found(print string, faults []error) {
	for known := range w.wrong {
		if known != w.applied && known != w.refused {
			delete(w.wrong, known)
		}
	}
	w.wrong[print] = faults
	w.faults.Store(&faults)
}

// Reload reads the folder now. An error wraps [ErrFolder], [ErrFile] or
// [ErrRule] and says all that is wrong; the rules in force stay then.
func (w *Watcher) Reload() error {
	if w.dir == "" {
		return nil
	}
	w.reading.Lock()
	defer w.reading.Unlock()
	print, err := w.fingerprint()
	if err != nil {
		w.faults.Store(&[]error{err})
		return err
	}
	return w.apply(print)
}

// Close ends the watching. The last rules stay in force.
func (w *Watcher) Close() {
	w.once.Do(func() { close(w.stop) })
	<-w.done
}

func (w *Watcher) watch(interval time.Duration, last string) {
	defer close(w.done)
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-tick.C:
			last = w.look(last)
		}
	}
}

// look applies the folder when it changed and then stayed the same for an
// interval. It returns the folder's fingerprint.
func (w *Watcher) look(last string) string {
	w.reading.Lock()
	defer w.reading.Unlock()
	print, err := w.fingerprint()
	if err != nil {
		if last != "" {
			w.log.Error("moderation rules: those in force stay", "err", err)
		}
		w.faults.Store(&[]error{err})
		return ""
	}
	if print == w.applied || print == w.refused {
		faults := w.wrong[print]
		w.faults.Store(&faults)
		return print
	}
	if print != last {
		return print
	}
	if err := w.apply(print); err != nil {
		w.log.Error("moderation rules: those in force stay", "err", err)
	}
	return print
}

// apply loads the folder and puts its rules in force if nothing is wrong.
func (w *Watcher) apply(print string) error {
	set, faults := load(true, layer{Embedded(), true}, layer{os.DirFS(w.dir), false})
	if len(faults) > 0 {
		w.refused = print
		w.found(print, faults)
		return errors.Join(faults...)
	}
	w.applied, w.refused = print, ""
	w.found(print, nil)
	if set.Version() == w.set.Load().Version() {
		return nil
	}
	w.set.Store(set)
	w.log.Info("moderation rules changed", "version", set.Version(), "rules", len(set.rules))
	if w.onChange != nil {
		w.onChange(set)
	}
	return nil
}

// fingerprint hashes the names and contents of the folder's rule files. What is
// no regular file counts with its name, so that loading refuses it.
func (w *Watcher) fingerprint() (string, error) {
	if info, err := os.Stat(w.dir); err != nil || !info.IsDir() {
		return "", fmt.Errorf("%w: %s", ErrFolder, w.dir)
	}
	fsys := os.DirFS(w.dir)
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrFolder, err)
	}
	h := sha256.New()
	for _, name := range names {
		raw, err := readFile(fsys, name)
		if errors.Is(err, errIrregular) {
			fmt.Fprintf(h, "%s %v\n", name, err)
			continue
		}
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrFolder, err)
		}
		fmt.Fprintf(h, "%s %d\n", name, len(raw))
		h.Write(raw)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
