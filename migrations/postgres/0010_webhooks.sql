-- +goose Up
-- An event on its way to one endpoint of its site. Rows of endpoints that are
-- not configured any more expire.
create table webhook_deliveries (
    seq      bigint generated always as identity primary key, -- the order in which they were added
    tenant   text        not null,
    event    text        not null, -- its id
    endpoint text        not null, -- an address
    type     text        not null,
    key      text        not null, -- events of one key keep their order
    created  timestamptz not null, -- of the event
    status   text        not null, -- pending, delivered, dead
    attempts integer     not null,
    error    text        not null, -- of the last attempt
    next     timestamptz not null, -- not to be tried before
    expires  timestamptz not null,
    changed  timestamptz not null,
    lease    text        not null, -- of who sends it now
    leased   timestamptz,          -- until when
    data     text        not null, -- JSON as it is sent: jsonb would change it
    unique (tenant, event, endpoint)
);
create index webhook_deliveries_due on webhook_deliveries (tenant, endpoint, next, seq) where status = 'pending';
create index webhook_deliveries_by_key on webhook_deliveries (tenant, endpoint, key, seq) where status = 'pending' and key <> '';
create index webhook_deliveries_leased on webhook_deliveries (tenant, endpoint, leased) where status = 'pending' and leased is not null;
create index webhook_deliveries_next on webhook_deliveries (next) where status = 'pending';
create index webhook_deliveries_expires on webhook_deliveries (expires) where status = 'pending';
create index webhook_deliveries_old on webhook_deliveries (changed) where status <> 'pending';
create index webhook_deliveries_listed on webhook_deliveries (tenant, status, seq);

-- +goose Down
drop table webhook_deliveries;
