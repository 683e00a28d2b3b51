package pgoutbox

import "context"

// Forget implements [hooks.Store].
func (s *Store) Forget(ctx context.Context, tenant, prefix string) (int, error) {
	tag, err := s.pool.Exec(ctx, "delete from webhook_deliveries where tenant = $1 and starts_with(key, $2)", tenant, prefix)
	return int(tag.RowsAffected()), wrap("forget", err)
}
