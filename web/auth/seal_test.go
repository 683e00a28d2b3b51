package auth

import (
	"errors"
	"strings"
	"testing"
)

func TestSealedSecrets(t *testing.T) {
	kept := settings(t)
	sealer := func(secrets ...string) *Sealer {
		t.Helper()
		s, err := OpenSealer(t.Context(), kept, secrets...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first, second := strings.Repeat("1", 32), strings.Repeat("2", 32)
	unseals := func(name string, s *Sealer, sealed, place string, wantStale bool, want error) {
		t.Helper()
		secret, stale, err := s.Unseal(sealed, place)
		if !errors.Is(err, want) || stale != wantStale || err == nil && string(secret) != "confidential" {
			t.Errorf("%s: %q, stale %v, %v", name, secret, stale, err)
		}
	}
	seal := func(s *Sealer) string {
		t.Helper()
		sealed, err := s.Seal([]byte("confidential"), "shop/1")
		if err != nil || strings.Contains(sealed, "confidential") {
			t.Fatalf("%q, %v", sealed, err)
		}
		return sealed
	}

	given := seal(sealer(first))
	unseals("the same secret", sealer(first), given, "shop/1", false, nil)
	unseals("in another place", sealer(first), given, "mall/1", false, ErrSealed)
	unseals("another bit", sealer(first), given[:len(given)-2]+"AA", "shop/1", false, ErrSealed)
	unseals("an older secret", sealer(second, first), given, "shop/1", true, nil)
	unseals("a dropped secret", sealer(second), given, "shop/1", false, ErrSealed)
	unseals("nonsense", sealer(second), "nonsense", "shop/1", false, ErrSealed)

	own := seal(sealer())
	unseals("after a restart", sealer(), own, "shop/1", false, nil)
	unseals("once a secret is given", sealer(first), own, "shop/1", true, nil)
	if seal(sealer()) == own {
		t.Error("the same text is sealed the same way twice")
	}
}
