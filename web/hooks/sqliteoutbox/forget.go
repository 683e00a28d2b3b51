package sqliteoutbox

import "context"

// Forget implements [hooks.Store].
func (s *Store) Forget(ctx context.Context, tenant, prefix string) (int, error) {
	n, err := affected(s.db.Write.ExecContext(ctx, "delete from webhook_deliveries where tenant = ?1 and substr(key, 1, length(?2)) = ?2", tenant, prefix))
	return n, wrap("forget", err)
}
