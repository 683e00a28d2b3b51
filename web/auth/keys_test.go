package auth

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/sites"
)

func settings(t *testing.T) sites.Settings {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	return sites.SQLite(db.Write)
}

func TestGivenKeysRotate(t *testing.T) {
	first, second := strings.Repeat("1", 32), strings.Repeat("2", 32)
	token, who, err := authenticator(t, givenKeys(t, first)).Visitor(t.Context(), "shop")
	if err != nil {
		t.Fatal(err)
	}
	rotated := authenticator(t, givenKeys(t, second, first))
	if again, _, err := rotated.Verify(t.Context(), "shop", token); err != nil || again != who {
		t.Errorf("the older key: %+v, %v", again, err)
	}
	fresh, _, _ := rotated.Visitor(t.Context(), "shop")
	only := authenticator(t, givenKeys(t, second))
	if _, _, err := only.Verify(t.Context(), "shop", fresh); err != nil {
		t.Errorf("the newest key did not sign: %v", err)
	}
	if _, _, err := only.Verify(t.Context(), "shop", token); !errors.Is(err, ErrInvalid) {
		t.Errorf("a dropped key: %v", err)
	}
	if _, err := GivenKeys("short"); err == nil {
		t.Error("a short secret was taken")
	}
}

func TestKeptKeysSurviveARestart(t *testing.T) {
	kept := settings(t)
	load := func() *Authenticator {
		keys, err := KeptKeys(t.Context(), kept)
		if err != nil {
			t.Fatal(err)
		}
		return authenticator(t, keys)
	}
	token, _, err := load().Visitor(t.Context(), "shop")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := load().Verify(t.Context(), "shop", token); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

func TestProcessesThatStartAtOnceShareAKey(t *testing.T) {
	kept := settings(t)
	ids := make([]string, 8)
	var wait sync.WaitGroup
	for i := range ids {
		wait.Go(func() {
			keys, err := KeptKeys(context.Background(), kept)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = keys.newest(context.Background()).ID
		})
	}
	wait.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("ids %v", ids)
		}
	}
}

func TestARotationReachesRunningProcesses(t *testing.T) {
	kept := settings(t)
	keys, err := KeptKeys(t.Context(), kept)
	if err != nil {
		t.Fatal(err)
	}
	running := authenticator(t, keys)
	old, _, _ := running.Visitor(t.Context(), "shop")
	rotated, err := Rotate(t.Context(), kept, false)
	if err != nil || len(rotated) != 2 {
		t.Fatalf("%d keys, %v", len(rotated), err)
	}
	other, err := KeptKeys(t.Context(), kept)
	if err != nil {
		t.Fatal(err)
	}
	fresh, _, _ := authenticator(t, other).Visitor(t.Context(), "shop")
	keys.loaded = time.Now().Add(-reloadLimit) // as if the last look had been that long ago
	if _, _, err := running.Verify(t.Context(), "shop", fresh); err != nil {
		t.Errorf("a token of the new key: %v", err)
	}
	if _, _, err := running.Verify(t.Context(), "shop", old); err != nil {
		t.Errorf("a token of the old key: %v", err)
	}

	if _, err := Rotate(t.Context(), kept, true); err != nil {
		t.Fatal(err)
	}
	keys.loaded = time.Now().Add(-reloadAfter)
	if _, _, err := running.Verify(t.Context(), "shop", old); !errors.Is(err, ErrInvalid) {
		t.Errorf("after revoking: %v", err)
	}
}

func TestRotationForgetsKeysOfDeadTokens(t *testing.T) {
	kept := settings(t)
	day := 24 * time.Hour
	list := []Key{
		{ID: "c", Secret: []byte("c"), Created: time.Now().Add(-VisitorLife - day)},
		{ID: "b", Secret: []byte("b"), Created: time.Now().Add(-VisitorLife - 2*day)},
		{ID: "a", Secret: []byte("a"), Created: time.Now().Add(-VisitorLife - 3*day)},
	}
	value, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Swap(t.Context(), setting, "", string(value)); err != nil {
		t.Fatal(err)
	}
	rotated, err := Rotate(t.Context(), kept, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(rotated) != 2 || rotated[1].ID != "c" {
		t.Errorf("%d keys are left, want the new one and c, which signed until now", len(rotated))
	}
}

type brokenSettings struct{ sites.Settings }

func (brokenSettings) Get(context.Context, string) (string, error) {
	return "", errors.New("the database is gone")
}

func TestKnownKeysCountWhileTheDatabaseIsGone(t *testing.T) {
	keys, err := KeptKeys(t.Context(), settings(t))
	if err != nil {
		t.Fatal(err)
	}
	a := authenticator(t, keys)
	token, _, _ := a.Visitor(t.Context(), "shop")
	keys.settings = brokenSettings{}
	keys.loaded = time.Time{}
	if _, _, err := a.Verify(t.Context(), "shop", token); err != nil {
		t.Error(err)
	}
	if _, err := KeptKeys(t.Context(), brokenSettings{}); err == nil {
		t.Error("started without keys")
	}
}
