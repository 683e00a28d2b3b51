-- +goose Up
-- For figures over time, and for summing them up.
create index responses_by_created on responses (tenant, created);
create index responses_failed on responses (tenant, created) where status in ('failed', 'incomplete');
create index drafts_by_created on drafts (tenant, created);
create index feedback_by_created on feedback (tenant, created, rating, reason); -- reasons are counted by it alone
create index sessions_by_created on sessions (tenant, created);
create index model_calls_by_tenant on model_calls (tenant, created);
create index model_calls_failed on model_calls (tenant, created) where error not in ('', 'cancelled');

-- What happened in a quarter of an hour, once it does not change any more: see
-- package figures. No text of anybody. Rows stay when conversations are deleted.
create table figure_sums (
    tenant text    not null,
    slot   integer not null, -- when it begins, microseconds since 1970
    body   text    not null, -- JSON of figures.Sum
    primary key (tenant, slot)
); -- with row ids: a body is larger than what fits into a page of an index
-- All slots of a tenant before this time are summed up; those without rows have no sum.
create table figure_standing (
    tenant text    not null primary key,
    until  integer not null
) without rowid;

-- +goose Down
drop table figure_standing;
drop table figure_sums;
drop index model_calls_failed;
drop index model_calls_by_tenant;
drop index sessions_by_created;
drop index feedback_by_created;
drop index drafts_by_created;
drop index responses_failed;
drop index responses_by_created;
