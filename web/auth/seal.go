package auth

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/web/sites"
)

// ErrSealed means that a sealed secret cannot be read: the key that sealed it
// is gone, or it stands in another place.
var ErrSealed = errors.New("auth: the secret cannot be unsealed")

const sealingSetting = "sealing_key"

// Sealer keeps secrets that must be read again, such as those of sites' JWTs,
// encrypted with AES-256-GCM. Its keys are derived from the installation's
// secrets (PARLEY_SECRET), so that the database alone tells nothing. Without
// such secrets there is one kept in the database, which protects only from who
// sees single rows.
type Sealer struct {
	keys []sealingKey // the first seals
}

type sealingKey struct {
	id   string
	aead cipher.AEAD
}

// OpenSealer makes a Sealer from the installation's secrets, newest first, and
// the key kept in the database, which is made when there are no secrets.
func OpenSealer(ctx context.Context, settings sites.Settings, secrets ...string) (*Sealer, error) {
	kept, err := settings.Get(ctx, sealingSetting)
	if err == nil && kept == "" && len(secrets) == 0 {
		kept, err = firstSealingKey(ctx, settings)
	}
	if err != nil {
		return nil, fmt.Errorf("auth: read sealing key: %w", err)
	}
	if kept != "" {
		secrets = append(append([]string{}, secrets...), kept)
	}
	s := &Sealer{}
	for _, secret := range secrets {
		key, err := newSealingKey(secret)
		if err != nil {
			return nil, fmt.Errorf("auth: make sealing key: %w", err)
		}
		s.keys = append(s.keys, key)
	}
	return s, nil
}

func firstSealingKey(ctx context.Context, settings sites.Settings) (string, error) {
	if _, err := settings.Swap(ctx, sealingSetting, "", rand.Text()+rand.Text()); err != nil {
		return "", err
	}
	return settings.Get(ctx, sealingSetting) // of whichever process was first
}

func newSealingKey(secret string) (k sealingKey, err error) {
	derived, err := hkdf.Key(sha256.New, []byte(secret), nil, "parley sealing key", 32+4)
	if err != nil {
		return k, err
	}
	block, err := aes.NewCipher(derived[:32])
	if err != nil {
		return k, err
	}
	k.id = hex.EncodeToString(derived[32:])
	k.aead, err = cipher.NewGCMWithRandomNonce(block)
	return k, err
}

// Seal implements [sites.Sealer]: "KEY.CIPHERTEXT", the second in base64url.
func (s *Sealer) Seal(secret []byte, context string) (string, error) {
	k := s.keys[0]
	return k.id + "." + base64url.EncodeToString(k.aead.Seal(nil, nil, secret, []byte(context))), nil
}

// Unseal implements [sites.Sealer]. Its error is ErrSealed.
func (s *Sealer) Unseal(sealed, context string) (secret []byte, stale bool, err error) {
	id, text, _ := strings.Cut(sealed, ".")
	for i, k := range s.keys {
		if k.id != id {
			continue
		}
		content, err := base64url.DecodeString(text)
		if err == nil {
			secret, err = k.aead.Open(nil, nil, content, []byte(context))
		}
		if err != nil {
			return nil, false, fmt.Errorf("%w: %w", ErrSealed, err)
		}
		return secret, i > 0, nil
	}
	return nil, false, fmt.Errorf("%w: its key is not known", ErrSealed)
}
