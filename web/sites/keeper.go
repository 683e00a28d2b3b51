package sites

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"
)

// Sealer encrypts what must be read again. The context binds a sealed secret to
// its place: it opens nowhere else.
type Sealer interface {
	Seal(secret []byte, context string) (string, error)
	// Unseal tells too whether Seal would use another key by now.
	Unseal(sealed, context string) (secret []byte, stale bool, err error)
}

// KeeperConfig is what a Keeper is made of. The first three are required.
type KeeperConfig struct {
	Store     Store
	Directory *Directory
	Sealer    Sealer
	Every     time.Duration // how often others' changes are looked for; 1 s
	Log       *slog.Logger  // slog.Default(); sees no secret
}

const (
	flushEvery = 30 * time.Second // uses of keys
	storeTime  = 2 * time.Second  // of the loop's calls: a database that hangs holds nothing up
)

// Keeper keeps what sites choose, and has the directory follow: at once what
// was changed through it, within Every what another process changed. While the
// database is gone the last that was known counts.
type Keeper struct {
	cfg  KeeperConfig
	stop context.CancelFunc
	done chan struct{}

	mu       sync.Mutex // of what follows, and of changing the directory
	revision int64
	kept     map[string]Kept
	changed  []func()
	flushed  time.Time
	failing  bool
}

// OpenKeeper loads what is kept and follows it until Close.
func OpenKeeper(ctx context.Context, cfg KeeperConfig) (*Keeper, error) {
	cfg.Every = cmp.Or(cfg.Every, time.Second)
	cfg.Log = cmp.Or(cfg.Log, slog.Default())
	k := &Keeper{cfg: cfg, revision: -1, done: make(chan struct{}), flushed: time.Now()}
	if err := k.refresh(ctx); err != nil {
		return nil, err
	}
	following, stop := context.WithCancel(context.Background())
	k.stop = stop
	go k.follow(following)
	return k, nil
}

// Close stops following and notes the last uses of keys.
func (k *Keeper) Close() {
	k.stop()
	<-k.done
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	defer cancel()
	k.flush(ctx)
}

// OnChange has f called after each change, by whoever makes or notices it.
func (k *Keeper) OnChange(f func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.changed = append(k.changed, f)
}

func (k *Keeper) follow(ctx context.Context) {
	defer close(k.done)
	ticker := time.NewTicker(k.cfg.Every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		k.look(ctx)
	}
}

func (k *Keeper) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	err := k.refresh(ctx)
	switch {
	case err != nil && !k.failing:
		k.cfg.Log.Warn("sites: settings cannot be read, the last known ones count", "error", err)
	case err == nil && k.failing:
		k.cfg.Log.Info("sites: settings are read again")
	}
	k.failing = err != nil
	if err == nil && time.Since(k.flushed) >= flushEvery {
		k.flush(ctx)
		k.flushed = time.Now()
	}
}

// flush notes uses. Those that cannot be noted are forgotten: they are coarse.
func (k *Keeper) flush(ctx context.Context) {
	if used := k.cfg.Directory.takeUsed(); len(used) > 0 {
		if err := k.cfg.Store.Used(ctx, used); err != nil {
			k.cfg.Log.Warn("sites: note uses of keys", "error", err)
		}
	}
}

// refresh reads again when something has changed.
func (k *Keeper) refresh(ctx context.Context) error {
	changed, err := k.read(ctx)
	for _, f := range changed {
		f()
	}
	return err
}

func (k *Keeper) read(ctx context.Context) (changed []func(), err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	revision, err := k.cfg.Store.Revision(ctx)
	if err != nil || revision == k.revision {
		return nil, err
	}
	kept, keys, err := k.cfg.Store.Load(ctx)
	if err != nil {
		return nil, err
	}
	k.kept = map[string]Kept{}
	for _, each := range kept {
		k.kept[each.Tenant] = each
	}
	k.apply(ctx, keys)
	k.revision = revision
	return k.changed, nil
}

// apply makes the directory's next snapshot.
func (k *Keeper) apply(ctx context.Context, keys []Key) {
	d := k.cfg.Directory
	next := &snapshot{sites: map[string]Site{}, keys: map[string]holder{}}
	for hash, h := range d.now.Load().keys {
		if h.id == "" {
			next.keys[hash] = h
		}
	}
	secrets := map[string][]Secret{}
	for _, key := range keys {
		if _, served := d.base[key.Tenant]; !served || !key.Counts(d.clock()) {
			continue
		}
		switch key.Kind {
		case APIKey:
			next.keys[key.Secret] = holder{key.Tenant, key.ID, key.Until}
		case JWTSecret:
			if value, ok := k.unseal(ctx, key); ok {
				secrets[key.Tenant] = append(secrets[key.Tenant], Secret{ID: key.ID, Value: value, Until: key.Until})
			}
		}
	}
	for id, site := range maps.All(d.base) {
		next.sites[id] = site.with(k.kept[id].Chosen, secrets[id])
	}
	d.now.Store(next)
}

// unseal reads a secret, and seals it anew when the key that sealed it is going.
func (k *Keeper) unseal(ctx context.Context, key Key) ([]byte, bool) {
	place := key.Tenant + "/" + key.ID
	value, stale, err := k.cfg.Sealer.Unseal(key.Secret, place)
	if err != nil {
		k.cfg.Log.Warn("sites: a secret cannot be read any more: make another one", "tenant", key.Tenant, "key", key.ID, "error", err)
		return nil, false
	}
	if stale {
		sealed, err := k.cfg.Sealer.Seal(value, place)
		if err == nil {
			err = k.cfg.Store.Reseal(ctx, key.Tenant, key.ID, key.Secret, sealed)
		}
		if err != nil {
			k.cfg.Log.Warn("sites: seal a secret anew", "tenant", key.Tenant, "key", key.ID, "error", err)
		}
	}
	return value, true
}
