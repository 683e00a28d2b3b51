package gateway

import (
	"crypto/sha256"
	"sync"
)

const remembered = 8192 // texts of each generation

// memo remembers where texts have personal data, since each turn of a
// conversation sends most of what the last one did. It keeps no text, only its
// hash, and forgets the older half when the newer one is full.
type memo struct {
	mu           sync.Mutex
	newer, older map[[sha256.Size]byte][]span
}

// personal is the function of that name, remembered. The spans are not to be changed.
func (m *memo) personal(text string) []span {
	if text == "" {
		return nil
	}
	key := sha256.Sum256([]byte(text))
	m.mu.Lock()
	found, known := m.newer[key]
	older, knew := m.older[key]
	m.mu.Unlock()
	switch {
	case known:
		return found
	case knew:
		found = older
	default:
		found = personal(text)
	}
	m.keep(key, found)
	return found
}

func (m *memo) keep(key [sha256.Size]byte, found []span) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.newer) >= remembered || m.newer == nil {
		m.older, m.newer = m.newer, make(map[[sha256.Size]byte][]span)
	}
	m.newer[key] = found
}
